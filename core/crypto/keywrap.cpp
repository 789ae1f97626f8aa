// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/keywrap.h"

#include "crypto/openssl.h"

#include <openssl/aes.h>

#include <array>

namespace claimsmith::crypto {
namespace {

using Cipher = std::unique_ptr<EVP_CIPHER, ossl::Deleter<EVP_CIPHER_free>>;

constexpr std::size_t half = 8; ///< octets of the units that RFC 3394 works on
constexpr int wrapping = 1;
constexpr int unwrapping = 0;

/// Null for a key that is none of AES.
const EVP_CIPHER* cipherFor(std::size_t keySize) noexcept
{
    static const std::array<Cipher, 3> ciphers{
        Cipher(EVP_CIPHER_fetch(nullptr, "AES-128-WRAP", nullptr)),
        Cipher(EVP_CIPHER_fetch(nullptr, "AES-192-WRAP", nullptr)),
        Cipher(EVP_CIPHER_fetch(nullptr, "AES-256-WRAP", nullptr)),
    };
    return keySize == 16 || keySize == 24 || keySize == 32 ? ciphers[(keySize - 16) / 8].get() : nullptr;
}

/// Empty when OpenSSL refuses, which when unwrapping says that the check value is wrong.
Bytes run(const SecretBytes& wrappingKey, BytesView input, int direction)
{
    const EVP_CIPHER* cipher = cipherFor(wrappingKey.size());
    const ossl::CipherContext context(EVP_CIPHER_CTX_new());
    EVP_CIPHER_CTX_set_flags(context.get(), EVP_CIPHER_CTX_FLAG_WRAP_ALLOW);
    Bytes output(input.size() + half, '\0');
    int size = 0;
    const bool isDone =
        EVP_CipherInit_ex2(context.get(), cipher, ossl::octets(wrappingKey.view()), nullptr, direction, nullptr) == 1 &&
        EVP_CipherUpdate(context.get(), ossl::octets(output), &size, ossl::octets(input),
                         static_cast<int>(input.size())) == 1 &&
        size > 0;
    if (!isDone) {
        wipe(output);
        return {};
    }
    output.resize(static_cast<std::size_t>(size));
    return output;
}

bool isWrappable(std::size_t size) noexcept
{
    constexpr std::size_t maximum = 4096;
    return size % half == 0 && size >= 2 * half && size <= maximum;
}

} // namespace

Result<Bytes> wrapKey(const SecretBytes& wrappingKey, const SecretBytes& key)
{
    if (cipherFor(wrappingKey.size()) == nullptr || !isWrappable(key.size()))
        return Error{.code = CryptoErrorCode::KeyInvalid};
    const ossl::ErrorQueueGuard guard;
    Bytes wrapped = run(wrappingKey, key.view(), wrapping);
    if (wrapped.empty())
        return ossl::failure(CryptoErrorCode::LibraryFailure);
    return wrapped;
}

Result<SecretBytes> unwrapKey(const SecretBytes& wrappingKey, BytesView wrapped)
{
    if (cipherFor(wrappingKey.size()) == nullptr)
        return Error{.code = CryptoErrorCode::KeyInvalid};
    if (wrapped.size() < half || !isWrappable(wrapped.size() - half))
        return Error{.code = CryptoErrorCode::DecryptionFailed};
    const ossl::ErrorQueueGuard guard;
    SecretBytes key(run(wrappingKey, wrapped, unwrapping));
    if (key.empty())
        return Error{.code = CryptoErrorCode::DecryptionFailed};
    return key;
}

} // namespace claimsmith::crypto
