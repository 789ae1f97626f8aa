// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/pkcs12.h"

#include "crypto/openssl.h"

#include <openssl/pkcs12.h>

namespace claimsmith::crypto {
namespace {

using Pkcs12 = std::unique_ptr<PKCS12, ossl::Deleter<PKCS12_free>>;

struct FreeStack
{
    void operator()(STACK_OF(X509) * certificates) const noexcept { sk_X509_pop_free(certificates, &X509_free); }
};
using Stack = std::unique_ptr<STACK_OF(X509), FreeStack>;

Pkcs12 parse(BytesView der) noexcept
{
    const unsigned char* next = ossl::octets(der);
    Pkcs12 file(d2i_PKCS12(nullptr, &next, static_cast<long>(der.size())));
    return file && next == ossl::octets(der) + der.size() ? std::move(file) : nullptr;
}

/// The file says how often a passphrase is hashed, up to two billion times; OpenSSL does what it says.
bool isCostly(PKCS12* file) noexcept
{
    constexpr long mostIterations = 2'000'000; // a second or two; what is written today has 2,048 to 600,000
    const ASN1_INTEGER* iterations = nullptr;
    PKCS12_get0_mac(nullptr, nullptr, nullptr, &iterations, file);
    const long count = iterations == nullptr ? 1 : ASN1_INTEGER_get(iterations);
    return count < 0 || count > mostIterations;
}

/// The passphrase that opens the file; an empty and an absent one are written in two ways (RFC 7292 appendix B.1).
Result<const char*> checked(PKCS12* file, const SecretBytes& passphrase)
{
    const BytesView word = passphrase.view();
    if (PKCS12_mac_present(file) != 1 || PKCS12_verify_mac(file, word.data(), static_cast<int>(word.size())) == 1)
        return word.data();
    if (word.empty() && PKCS12_verify_mac(file, nullptr, 0) == 1)
        return nullptr;
    return Error{.code = CryptoErrorCode::PassphraseWrong};
}

} // namespace

bool looksLikePkcs12(BytesView der) noexcept
{
    const ossl::ErrorQueueGuard guard;
    return parse(der) != nullptr;
}

Result<Pkcs12Content> readPkcs12(BytesView der, const SecretBytes* passphrase)
{
    const ossl::ErrorQueueGuard guard;
    const Pkcs12 file = parse(der);
    if (!file)
        return Error{.code = CryptoErrorCode::NotAKey};
    if (isCostly(file.get()))
        return Error{.code = CryptoErrorCode::PemCorrupt, .detail = "the passphrase would be hashed too often"};
    const SecretBytes empty(BytesView(""));
    auto word = checked(file.get(), passphrase == nullptr ? empty : *passphrase);
    if (!word)
        return Error{.code =
                         passphrase == nullptr ? CryptoErrorCode::PassphraseNeeded : CryptoErrorCode::PassphraseWrong};
    EVP_PKEY* key = nullptr;
    ::X509* own = nullptr;
    STACK_OF(X509)* others = nullptr;
    if (PKCS12_parse(file.get(), *word, &key, &own, &others) != 1) {
        if (PKCS12_mac_present(file.get()) == 1)
            return ossl::failure(CryptoErrorCode::PemCorrupt);
        // Without a code over it nothing but the decryption tells whether the passphrase is right.
        return Error{.code =
                         passphrase == nullptr ? CryptoErrorCode::PassphraseNeeded : CryptoErrorCode::PassphraseWrong};
    }
    ossl::PKey ownedKey(key);
    const Stack ownedOthers(others);
    Pkcs12Content content;
    if (own != nullptr)
        content.chain.emplace_back(std::shared_ptr<::X509>(ossl::X509(own)));
    for (int i = 0; i < sk_X509_num(others); ++i) {
        ::X509* certificate = sk_X509_value(others, i);
        X509_up_ref(certificate);
        content.chain.emplace_back(std::shared_ptr<::X509>(ossl::X509(certificate)));
    }
    if (ownedKey) {
        content.key.emplace(std::shared_ptr<EVP_PKEY>(std::move(ownedKey)));
        CLAIMSMITH_CHECK(content.key->checkPair());
    }
    return content;
}

} // namespace claimsmith::crypto
