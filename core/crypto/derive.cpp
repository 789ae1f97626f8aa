// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/derive.h"

#include "crypto/openssl.h"

#include <limits>

namespace claimsmith::crypto {
namespace {

bool canAgree(const PrivateKey& own, const PublicKey& peer) noexcept
{
    const KeyKind kind = own.kind();
    if (kind != peer.kind())
        return false;
    if (kind == KeyKind::Ec)
        return own.curve() && own.curve() == peer.curve();
    return kind == KeyKind::X25519 || kind == KeyKind::X448;
}

} // namespace

Result<SecretBytes> agree(const PrivateKey& own, const PublicKey& peer)
{
    if (!canAgree(own, peer))
        return Error{.code = CryptoErrorCode::KeyUnfit, .parameters = {{"kind", peer.typeName()}}};
    const ossl::ErrorQueueGuard guard;
    const ossl::KeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, own.handle(), nullptr));
    std::size_t size = 0;
    if (!context || EVP_PKEY_derive_init(context.get()) != 1 ||
        EVP_PKEY_derive_set_peer(context.get(), peer.handle()) != 1 ||
        EVP_PKEY_derive(context.get(), nullptr, &size) != 1)
        return ossl::failure(CryptoErrorCode::KeyInvalid);
    Bytes secret(size, '\0');
    if (EVP_PKEY_derive(context.get(), ossl::octets(secret), &size) != 1)
        return ossl::failure(CryptoErrorCode::KeyInvalid);
    secret.resize(size);
    return SecretBytes(std::move(secret));
}

SecretBytes concatKdf(const SecretBytes& sharedSecret, BytesView otherInfo, std::size_t size)
{
    const std::size_t perRound = digestSize(DigestKind::Sha256);
    const std::size_t rounds = (size + perRound - 1) / perRound;
    Bytes material;
    material.reserve(rounds * perRound);
    Digest hash(DigestKind::Sha256);
    for (std::size_t round = 1; round <= rounds; ++round) {
        const Bytes counter{'\0', '\0', static_cast<char>(round >> 8), static_cast<char>(round)};
        hash.add(counter);
        hash.add(sharedSecret.view());
        hash.add(otherInfo);
        const SecretBytes block(hash.finish());
        material.append(block.view());
    }
    const SecretBytes whole(std::move(material));
    return SecretBytes(whole.view().substr(0, size));
}

Result<SecretBytes> pbkdf2(DigestKind digest, const SecretBytes& password, BytesView salt, std::uint64_t iterations,
                           std::size_t size)
{
    if (iterations == 0 || iterations > static_cast<std::uint64_t>(std::numeric_limits<int>::max()))
        return Error{.code = CryptoErrorCode::LibraryFailure, .detail = "the number of iterations is out of bounds"};
    const ossl::ErrorQueueGuard guard;
    Bytes key(size, '\0');
    const BytesView word = password.view();
    const int isDone =
        PKCS5_PBKDF2_HMAC(word.empty() ? "" : word.data(), static_cast<int>(word.size()), ossl::octets(salt),
                          static_cast<int>(salt.size()), static_cast<int>(iterations), ossl::fetched(digest),
                          static_cast<int>(key.size()), ossl::octets(key));
    if (isDone != 1)
        return ossl::failure(CryptoErrorCode::LibraryFailure);
    return SecretBytes(std::move(key));
}

} // namespace claimsmith::crypto
