// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/aead.h"

#include "crypto/cipher.h"
#include "crypto/hmac.h"
#include "crypto/openssl.h"

#include <array>

namespace claimsmith::crypto {
namespace {

using Cipher = std::unique_ptr<EVP_CIPHER, ossl::Deleter<EVP_CIPHER_free>>;

constexpr std::size_t blockSize = 16;
constexpr std::size_t maximumText = 1U << 30; ///< octets; OpenSSL counts them in an int
constexpr int encrypting = 1;
constexpr int decrypting = 0;

struct Kind
{
    const char* cipher; ///< OpenSSL's name
    std::size_t keySize;
    std::size_t nonceSize;
    std::size_t tagSize;
    DigestKind digest; ///< of the CBC kinds
    bool isGcm;
};

constexpr std::array<Kind, 6> kinds{{
    {"AES-128-CBC", 32, blockSize, 16, DigestKind::Sha256, false},
    {"AES-192-CBC", 48, blockSize, 24, DigestKind::Sha384, false},
    {"AES-256-CBC", 64, blockSize, 32, DigestKind::Sha512, false},
    {"AES-128-GCM", 16, gcmNonceSize, gcmTagSize, {}, true},
    {"AES-192-GCM", 24, gcmNonceSize, gcmTagSize, {}, true},
    {"AES-256-GCM", 32, gcmNonceSize, gcmTagSize, {}, true},
}};

const Kind& infoOf(AeadKind kind) noexcept
{
    return kinds[static_cast<std::size_t>(kind)];
}

const EVP_CIPHER* cipherOf(AeadKind kind) noexcept
{
    static const std::array<Cipher, 6> ciphers = [] {
        std::array<Cipher, 6> fetched;
        for (std::size_t i = 0; i < fetched.size(); ++i)
            fetched[i].reset(EVP_CIPHER_fetch(nullptr, kinds[i].cipher, nullptr));
        return fetched;
    }();
    return ciphers[static_cast<std::size_t>(kind)].get();
}

/// One run of a cipher over one text.
class Run final
{
public:
    Run(AeadKind kind, BytesView key, BytesView nonce, int direction) : m_context(EVP_CIPHER_CTX_new())
    {
        m_isGood = EVP_CipherInit_ex2(m_context.get(), cipherOf(kind), ossl::octets(key), ossl::octets(nonce),
                                      direction, nullptr) == 1;
    }

    void associate(BytesView data)
    {
        int size = 0;
        if (!data.empty())
            m_isGood = m_isGood && EVP_CipherUpdate(m_context.get(), nullptr, &size, ossl::octets(data),
                                                    static_cast<int>(data.size())) == 1;
    }

    void setTag(BytesView tag)
    {
        Bytes copy(tag); // OpenSSL wants it writable, and only reads it
        m_isGood = m_isGood && EVP_CIPHER_CTX_ctrl(m_context.get(), EVP_CTRL_AEAD_SET_TAG,
                                                   static_cast<int>(copy.size()), copy.data()) == 1;
    }

    /// The whole text, with the padding added or taken away where the cipher has one.
    Bytes text(BytesView input)
    {
        Bytes output(input.size() + blockSize, '\0');
        int size = 0;
        int rest = 0;
        m_isGood = m_isGood &&
                   EVP_CipherUpdate(m_context.get(), ossl::octets(output), &size, ossl::octets(input),
                                    static_cast<int>(input.size())) == 1 &&
                   EVP_CipherFinal_ex(m_context.get(), ossl::octets(output) + size, &rest) == 1;
        if (!m_isGood) {
            wipe(output);
            return {};
        }
        output.resize(static_cast<std::size_t>(size) + static_cast<std::size_t>(rest));
        return output;
    }

    Bytes tag()
    {
        Bytes octets(gcmTagSize, '\0');
        m_isGood =
            m_isGood && EVP_CIPHER_CTX_ctrl(m_context.get(), EVP_CTRL_AEAD_GET_TAG, gcmTagSize, octets.data()) == 1;
        return octets;
    }

    bool isGood() const noexcept { return m_isGood; }

private:
    ossl::CipherContext m_context;
    bool m_isGood = false;
};

/// RFC 7518 §5.2.2.1 steps 4-6: the code over data, nonce, ciphertext and the data's length in bits, cut in half.
Bytes codeOf(const Kind& kind, BytesView key, BytesView nonce, BytesView ciphertext, BytesView associatedData)
{
    Bytes input;
    input.reserve(associatedData.size() + nonce.size() + ciphertext.size() + 8);
    input.append(associatedData).append(nonce).append(ciphertext);
    const std::uint64_t bits = std::uint64_t{associatedData.size()} * 8;
    for (int shift = 56; shift >= 0; shift -= 8)
        input += static_cast<char>(bits >> shift);
    Bytes code = Hmac(kind.digest, SecretBytes(key.substr(0, kind.keySize / 2))).sign(input);
    code.resize(kind.tagSize);
    return code;
}

Result<Sealed> sealGcm(AeadKind kind, const SecretBytes& key, BytesView nonce, BytesView plaintext, BytesView data)
{
    Run run(kind, key.view(), nonce, encrypting);
    run.associate(data);
    Sealed sealed{.ciphertext = run.text(plaintext), .tag = run.tag()};
    if (!run.isGood())
        return ossl::failure(CryptoErrorCode::LibraryFailure);
    return sealed;
}

Result<Sealed> sealCbc(AeadKind kind, const SecretBytes& key, BytesView nonce, BytesView plaintext, BytesView data)
{
    const Kind& info = infoOf(kind);
    Run run(kind, key.view().substr(info.keySize / 2), nonce, encrypting);
    Sealed sealed{.ciphertext = run.text(plaintext), .tag = {}};
    if (!run.isGood())
        return ossl::failure(CryptoErrorCode::LibraryFailure);
    sealed.tag = codeOf(info, key.view(), nonce, sealed.ciphertext, data);
    return sealed;
}

Result<SecretBytes> opened(Run& run, BytesView ciphertext)
{
    SecretBytes plaintext(run.text(ciphertext));
    if (!run.isGood())
        return Error{.code = CryptoErrorCode::DecryptionFailed};
    return plaintext;
}

} // namespace

std::size_t aeadKeySize(AeadKind kind) noexcept
{
    return infoOf(kind).keySize;
}

std::size_t aeadNonceSize(AeadKind kind) noexcept
{
    return infoOf(kind).nonceSize;
}

std::size_t aeadTagSize(AeadKind kind) noexcept
{
    return infoOf(kind).tagSize;
}

Result<Sealed> seal(AeadKind kind, const SecretBytes& key, BytesView nonce, BytesView plaintext,
                    BytesView associatedData)
{
    const Kind& info = infoOf(kind);
    if (key.size() != info.keySize || nonce.size() != info.nonceSize || plaintext.size() > maximumText ||
        associatedData.size() > maximumText)
        return Error{.code = CryptoErrorCode::KeyInvalid};
    const ossl::ErrorQueueGuard guard;
    return info.isGcm ? sealGcm(kind, key, nonce, plaintext, associatedData)
                      : sealCbc(kind, key, nonce, plaintext, associatedData);
}

Result<SecretBytes> open(AeadKind kind, const SecretBytes& key, BytesView nonce, const Sealed& sealed,
                         BytesView associatedData)
{
    const Kind& info = infoOf(kind);
    if (key.size() != info.keySize || nonce.size() != info.nonceSize || sealed.tag.size() != info.tagSize ||
        sealed.ciphertext.size() > maximumText || associatedData.size() > maximumText)
        return Error{.code = CryptoErrorCode::DecryptionFailed};
    const ossl::ErrorQueueGuard guard;
    if (info.isGcm) {
        Run run(kind, key.view(), nonce, decrypting);
        run.associate(associatedData);
        run.setTag(sealed.tag);
        return opened(run, sealed.ciphertext);
    }
    if (!equalInConstantTime(codeOf(info, key.view(), nonce, sealed.ciphertext, associatedData), sealed.tag))
        return Error{.code = CryptoErrorCode::DecryptionFailed};
    Run run(kind, key.view().substr(info.keySize / 2), nonce, decrypting);
    return opened(run, sealed.ciphertext);
}

} // namespace claimsmith::crypto
