// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/generate.h"

#include "base/base64.h"
#include "base/random.h"
#include "crypto/rsakeygen.h"

namespace claimsmith::jose {
namespace {

Result<crypto::PrivateKey> generateRsa(std::size_t bits, const std::atomic<bool>* cancelled)
{
    const int size = static_cast<int>(std::min<std::size_t>(bits, 1U << 20));
    return cancelled ? crypto::generateRsa(size, *cancelled) : crypto::PrivateKey::generateRsa(size);
}

Result<Key> generateMaterial(const AlgorithmInfo& algorithm, std::size_t bits, const std::atomic<bool>* cancelled)
{
    if (algorithm.keyType == KeyType::Oct) {
        constexpr std::size_t largestSecret = 8192; ///< bits
        if (bits < 8 || bits > largestSecret || bits % 8 != 0)
            return Error{.code = crypto::CryptoErrorCode::SizeRefused, .parameters = {{"bits", std::to_string(bits)}}};
        return Key::fromSecret(SecretBytes(randomBytes(bits / 8)));
    }
    auto made = algorithm.keyType == KeyType::Rsa ? generateRsa(bits, cancelled)
                : algorithm.keyType == KeyType::Ec
                    ? crypto::PrivateKey::generateEc(*algorithm.curve)
                    : crypto::PrivateKey::generate(algorithm.edwardsKey.value_or(crypto::KeyKind::Ed25519));
    if (!made)
        return std::move(made).error();
    return Key::fromPrivate(std::move(made).value());
}

} // namespace

Result<Key> generateKey(Algorithm algorithm, const GenerateOptions& options)
{
    const AlgorithmInfo& entry = info(algorithm);
    CLAIMSMITH_TRY(const Key key,
                   generateMaterial(entry, options.bits == 0 ? entry.minimumBits : options.bits, options.cancelled));
    KeyMetadata metadata{.id = options.id, .use = "sig", .algorithm = std::string(entry.name)};
    if (metadata.id.empty())
        metadata.id = key.secret() != nullptr ? randomUuid() : toBase64Url(key.thumbprint());
    return key.withMetadata(std::move(metadata));
}

} // namespace claimsmith::jose
