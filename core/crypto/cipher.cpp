// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/cipher.h"

#include "base/random.h"
#include "crypto/openssl.h"

#include <openssl/core_names.h>
#include <openssl/kdf.h>

#include <array>

namespace claimsmith::crypto {
namespace {

using Cipher = std::unique_ptr<EVP_CIPHER, ossl::Deleter<EVP_CIPHER_free>>;
using Kdf = std::unique_ptr<EVP_KDF, ossl::Deleter<EVP_KDF_free>>;
using KdfContext = std::unique_ptr<EVP_KDF_CTX, ossl::Deleter<EVP_KDF_CTX_free>>;

constexpr int encrypting = 1;
constexpr int decrypting = 0;

const EVP_CIPHER* aes256Gcm() noexcept
{
    static const Cipher cipher(EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr));
    return cipher.get();
}

/// Ready for the text: key, nonce and associated data are in. Null when OpenSSL refuses.
ossl::CipherContext start(const SecretBytes& key, BytesView nonce, BytesView associatedData, int direction)
{
    ossl::CipherContext context(EVP_CIPHER_CTX_new());
    int size = 0;
    if (EVP_CipherInit_ex2(context.get(), aes256Gcm(), ossl::octets(key.view()), ossl::octets(nonce), direction,
                           nullptr) != 1)
        return nullptr;
    if (!associatedData.empty() && EVP_CipherUpdate(context.get(), nullptr, &size, ossl::octets(associatedData),
                                                    static_cast<int>(associatedData.size())) != 1)
        return nullptr;
    return context;
}

bool isPowerOfTwo(std::uint64_t n) noexcept
{
    return n > 1 && (n & (n - 1)) == 0;
}

/// RFC 7914 §2 and our own bound; the order of the tests keeps the product in range.
bool isPermitted(const ScryptCost& cost) noexcept
{
    constexpr std::uint64_t blockSize = 128;
    return isPowerOfTwo(cost.n) && cost.r >= 1 && cost.p >= 1 && cost.r <= 64 && cost.p <= 16 &&
           cost.n <= maximumScryptMemory / (blockSize * cost.r);
}

} // namespace

Result<Bytes> sealAes256Gcm(const SecretBytes& key, BytesView plaintext, BytesView associatedData)
{
    if (key.size() != aes256KeySize)
        return Error{.code = CryptoErrorCode::KeyInvalid};
    const ossl::ErrorQueueGuard guard;
    Bytes sealed = randomBytes(gcmNonceSize);
    const ossl::CipherContext context = start(key, sealed, associatedData, encrypting);
    sealed.resize(gcmNonceSize + plaintext.size() + gcmTagSize);
    unsigned char* const text = ossl::octets(sealed) + gcmNonceSize;
    int size = 0;
    if (!context ||
        EVP_CipherUpdate(context.get(), text, &size, ossl::octets(plaintext), static_cast<int>(plaintext.size())) !=
            1 ||
        EVP_CipherFinal_ex(context.get(), text + size, &size) != 1 ||
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, gcmTagSize, text + plaintext.size()) != 1)
        return ossl::failure(CryptoErrorCode::LibraryFailure);
    return sealed;
}

Result<SecretBytes> openAes256Gcm(const SecretBytes& key, BytesView sealed, BytesView associatedData)
{
    if (key.size() != aes256KeySize)
        return Error{.code = CryptoErrorCode::KeyInvalid};
    if (sealed.size() < gcmNonceSize + gcmTagSize)
        return Error{.code = CryptoErrorCode::DecryptionFailed};
    const ossl::ErrorQueueGuard guard;
    const BytesView text = sealed.substr(gcmNonceSize, sealed.size() - gcmNonceSize - gcmTagSize);
    Bytes tag(sealed.substr(sealed.size() - gcmTagSize));
    const ossl::CipherContext context = start(key, sealed.substr(0, gcmNonceSize), associatedData, decrypting);
    Bytes plaintext(text.size(), '\0');
    int size = 0;
    const bool isAuthentic = context &&
                             EVP_CipherUpdate(context.get(), ossl::octets(plaintext), &size, ossl::octets(text),
                                              static_cast<int>(text.size())) == 1 &&
                             EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, gcmTagSize, tag.data()) == 1 &&
                             EVP_CipherFinal_ex(context.get(), ossl::octets(plaintext) + size, &size) == 1;
    SecretBytes secret(std::move(plaintext));
    if (!isAuthentic)
        return Error{.code = CryptoErrorCode::DecryptionFailed};
    return secret;
}

Result<SecretBytes> scrypt(const SecretBytes& passphrase, BytesView salt, const ScryptCost& cost, std::size_t size)
{
    if (!isPermitted(cost))
        return Error{.code = CryptoErrorCode::KeyInvalid, .detail = "the costs of scrypt are out of bounds"};
    const ossl::ErrorQueueGuard guard;
    const Kdf algorithm(EVP_KDF_fetch(nullptr, OSSL_KDF_NAME_SCRYPT, nullptr));
    const KdfContext context(EVP_KDF_CTX_new(algorithm.get()));
    const ossl::ParamBuilder builder(OSSL_PARAM_BLD_new());
    const BytesView word = passphrase.view();
    OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_KDF_PARAM_PASSWORD, ossl::octets(word), word.size());
    OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_KDF_PARAM_SALT, ossl::octets(salt), salt.size());
    OSSL_PARAM_BLD_push_uint64(builder.get(), OSSL_KDF_PARAM_SCRYPT_N, cost.n);
    OSSL_PARAM_BLD_push_uint32(builder.get(), OSSL_KDF_PARAM_SCRYPT_R, cost.r);
    OSSL_PARAM_BLD_push_uint32(builder.get(), OSSL_KDF_PARAM_SCRYPT_P, cost.p);
    // OpenSSL counts some working memory on top of 128·N·r.
    OSSL_PARAM_BLD_push_uint64(builder.get(), OSSL_KDF_PARAM_SCRYPT_MAXMEM, maximumScryptMemory + (64U << 20));
    const ossl::Params params(OSSL_PARAM_BLD_to_param(builder.get()));
    Bytes key(size, '\0');
    if (!context || !params || EVP_KDF_derive(context.get(), ossl::octets(key), key.size(), params.get()) != 1)
        return ossl::failure(CryptoErrorCode::LibraryFailure);
    return SecretBytes(std::move(key));
}

} // namespace claimsmith::crypto
