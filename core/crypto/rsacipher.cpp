// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/rsacipher.h"

#include "base/random.h"
#include "crypto/openssl.h"

#include <openssl/rsa.h>

namespace claimsmith::crypto {
namespace {

struct Padding
{
    int mode;
    DigestKind digest = DigestKind::Sha1; ///< of OAEP
};

using Start = int (*)(EVP_PKEY_CTX*);

/// Null when the key is none of RSA.
ossl::KeyContext contextFor(const AsymmetricKey& key, Start start, const Padding& padding)
{
    if (key.kind() != KeyKind::Rsa)
        return nullptr;
    ossl::KeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, key.handle(), nullptr));
    if (!context || start(context.get()) != 1 || EVP_PKEY_CTX_set_rsa_padding(context.get(), padding.mode) != 1)
        return nullptr;
    if (padding.mode == RSA_PKCS1_OAEP_PADDING &&
        (EVP_PKEY_CTX_set_rsa_oaep_md(context.get(), ossl::fetched(padding.digest)) != 1 ||
         EVP_PKEY_CTX_set_rsa_mgf1_md(context.get(), ossl::fetched(padding.digest)) != 1))
        return nullptr;
    return context;
}

std::size_t modulusSize(const AsymmetricKey& key) noexcept
{
    return static_cast<std::size_t>(EVP_PKEY_get_size(key.handle()));
}

Result<Bytes> encrypt(const PublicKey& key, const Padding& padding, const SecretBytes& message)
{
    const ossl::ErrorQueueGuard guard;
    const ossl::KeyContext context = contextFor(key, &EVP_PKEY_encrypt_init, padding);
    if (!context)
        return Error{.code = CryptoErrorCode::KeyUnfit, .parameters = {{"kind", key.typeName()}}};
    Bytes ciphertext(modulusSize(key), '\0');
    std::size_t size = ciphertext.size();
    const BytesView text = message.view();
    if (EVP_PKEY_encrypt(context.get(), ossl::octets(ciphertext), &size, ossl::octets(text), text.size()) != 1)
        return ossl::failure(CryptoErrorCode::KeyUnfit);
    ciphertext.resize(size);
    return ciphertext;
}

Result<SecretBytes> decrypt(const PrivateKey& key, const Padding& padding, BytesView ciphertext)
{
    const ossl::ErrorQueueGuard guard;
    const ossl::KeyContext context = contextFor(key, &EVP_PKEY_decrypt_init, padding);
    if (!context)
        return Error{.code = CryptoErrorCode::KeyUnfit, .parameters = {{"kind", key.typeName()}}};
    Bytes message(modulusSize(key), '\0');
    std::size_t size = message.size();
    const bool isDone =
        ciphertext.size() == message.size() &&
        EVP_PKEY_decrypt(context.get(), ossl::octets(message), &size, ossl::octets(ciphertext), ciphertext.size()) == 1;
    const SecretBytes whole(std::move(message)); // wiped to its end, which resize() would leave behind
    if (!isDone)
        return Error{.code = CryptoErrorCode::DecryptionFailed};
    return SecretBytes(whole.view().substr(0, size));
}

// ---- PKCS #1 v1.5 without an oracle: 255 for true, 0 for false, and no branch on either

unsigned isZero(unsigned octet) noexcept
{
    return ((octet - 1U) >> 8) & 0xffU;
}

unsigned octetAt(BytesView bytes, std::size_t at) noexcept
{
    return static_cast<unsigned char>(bytes[at]);
}

/// Whether `block` is 00 02, padding without a zero, 00, and then just `size` octets (RFC 8017 §7.2.2 step 3).
unsigned isPadded(BytesView block, std::size_t size) noexcept
{
    const std::size_t separator = block.size() - size - 1;
    unsigned good = isZero(octetAt(block, 0)) & isZero(octetAt(block, 1) ^ 2U) & isZero(octetAt(block, separator));
    for (std::size_t i = 2; i < separator; ++i)
        good &= ~isZero(octetAt(block, i));
    return good & 0xffU;
}

} // namespace

Result<Bytes> encryptOaep(const PublicKey& key, DigestKind digest, const SecretBytes& message)
{
    return encrypt(key, {.mode = RSA_PKCS1_OAEP_PADDING, .digest = digest}, message);
}

Result<SecretBytes> decryptOaep(const PrivateKey& key, DigestKind digest, BytesView ciphertext)
{
    return decrypt(key, {.mode = RSA_PKCS1_OAEP_PADDING, .digest = digest}, ciphertext);
}

Result<Bytes> encryptPkcs1(const PublicKey& key, const SecretBytes& message)
{
    return encrypt(key, {.mode = RSA_PKCS1_PADDING}, message);
}

Result<SecretBytes> decryptPkcs1(const PrivateKey& key, BytesView ciphertext, std::size_t size)
{
    constexpr std::size_t shortestPadding = 11; // 00 02, eight octets, 00
    if (key.kind() == KeyKind::Rsa && modulusSize(key) < size + shortestPadding)
        return Error{.code = CryptoErrorCode::KeyUnfit, .parameters = {{"kind", key.typeName()}}};
    CLAIMSMITH_TRY(const SecretBytes block, decrypt(key, {.mode = RSA_NO_PADDING}, ciphertext));
    const unsigned good = isPadded(block.view(), size);
    const BytesView message = block.view().substr(block.size() - size);
    Bytes chosen = randomBytes(size);
    for (std::size_t i = 0; i < size; ++i)
        chosen[i] = static_cast<char>((octetAt(message, i) & good) | (octetAt(chosen, i) & ~good));
    return SecretBytes(std::move(chosen));
}

} // namespace claimsmith::crypto
