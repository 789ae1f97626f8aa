// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/keyreader.h"

#include "crypto/openssl.h"

#include <openssl/pem.h>

#include <array>
#include <cstring>

namespace claimsmith::crypto {
namespace {

constexpr std::string_view beginMark = "-----BEGIN ";
constexpr std::string_view dashes = "-----";

enum class Content { Private, Public, Certificate, Parameters };

struct PemLabel
{
    std::string_view label;
    Content content;
    KeyEncoding encoding;
};

/// RFC 7468 §5, §10, §11, §13, and the older labels of OpenSSL.
constexpr std::array<PemLabel, 11> pemLabels{{
    {"PUBLIC KEY", Content::Public, KeyEncoding::Spki},
    {"RSA PUBLIC KEY", Content::Public, KeyEncoding::Pkcs1Public},
    {"PRIVATE KEY", Content::Private, KeyEncoding::Pkcs8},
    {"ENCRYPTED PRIVATE KEY", Content::Private, KeyEncoding::EncryptedPkcs8},
    {"RSA PRIVATE KEY", Content::Private, KeyEncoding::Traditional},
    {"EC PRIVATE KEY", Content::Private, KeyEncoding::Traditional},
    {"DSA PRIVATE KEY", Content::Private, KeyEncoding::Traditional},
    {"CERTIFICATE", Content::Certificate, KeyEncoding::Certificate},
    {"X509 CERTIFICATE", Content::Certificate, KeyEncoding::Certificate},
    {"TRUSTED CERTIFICATE", Content::Certificate, KeyEncoding::Certificate},
    {"EC PARAMETERS", Content::Parameters, KeyEncoding::Traditional},
}};

const PemLabel* findLabel(std::string_view label) noexcept
{
    for (const PemLabel& known : pemLabels) {
        if (known.label == label)
            return &known;
    }
    return nullptr;
}

struct PemBlock
{
    std::size_t offset = 0;
    std::string_view label;
    std::string_view text; ///< from the BEGIN line to behind the END line
};

Error pemError(CryptoErrorCode code, std::size_t offset, std::string_view label)
{
    return {.code = code, .place = {.offset = offset}, .parameters = {{"label", std::string(label)}}};
}

Result<PemBlock> findBlock(std::string_view text, std::size_t from)
{
    const std::size_t begin = text.find(beginMark, from);
    if (begin == std::string_view::npos)
        return Error{.code = CryptoErrorCode::NotAKey};
    const std::size_t labelBegin = begin + beginMark.size();
    const std::size_t labelEnd = text.find(dashes, labelBegin);
    if (labelEnd == std::string_view::npos)
        return pemError(CryptoErrorCode::PemIncomplete, begin, {});
    const std::string_view label = text.substr(labelBegin, labelEnd - labelBegin);
    const std::string endLine = "-----END " + std::string(label) + "-----";
    const std::size_t end = text.find(endLine, labelEnd);
    if (end == std::string_view::npos)
        return pemError(CryptoErrorCode::PemIncomplete, begin, label);
    return PemBlock{.offset = begin, .label = label, .text = text.substr(begin, end + endLine.size() - begin)};
}

/// What OpenSSL is told when it asks for a passphrase, and whether it asked.
struct PassphraseAnswer
{
    const SecretBytes* passphrase = nullptr;
    bool asked = false;

    /// Without a callback OpenSSL would ask at the terminal.
    static int give(char* buffer, int size, int /*forWriting*/, void* self)
    {
        auto& answer = *static_cast<PassphraseAnswer*>(self);
        answer.asked = true;
        if (answer.passphrase == nullptr || answer.passphrase->size() > static_cast<std::size_t>(size))
            return -1;
        std::memcpy(buffer, answer.passphrase->view().data(), answer.passphrase->size());
        return static_cast<int>(answer.passphrase->size());
    }

    CryptoErrorCode explain(CryptoErrorCode otherwise) const noexcept
    {
        if (!asked)
            return otherwise;
        return passphrase == nullptr ? CryptoErrorCode::PassphraseNeeded : CryptoErrorCode::PassphraseWrong;
    }
};

/// The key in `input`, all of which has to belong to it; null when there is none of that form.
std::shared_ptr<EVP_PKEY> decode(BytesView input, const char* inputType, int selection, PassphraseAnswer& answer)
{
    EVP_PKEY* key = nullptr;
    const ossl::Decoder decoder(
        OSSL_DECODER_CTX_new_for_pkey(&key, inputType, nullptr, nullptr, selection, nullptr, nullptr));
    if (!decoder)
        return nullptr;
    OSSL_DECODER_CTX_set_pem_password_cb(decoder.get(), &PassphraseAnswer::give, &answer);
    const unsigned char* next = ossl::octets(input);
    std::size_t left = input.size();
    const bool decoded = OSSL_DECODER_from_data(decoder.get(), &next, &left) == 1;
    ossl::PKey owned(key);
    if (!decoded || !owned)
        return nullptr;
    const bool isDer = std::string_view(inputType) == "DER";
    if (isDer && left != 0)
        return nullptr;
    return {std::move(owned)};
}

Result<ReadKey> fromPrivate(PrivateKey key, KeyEncoding encoding)
{
    CLAIMSMITH_CHECK(key.checkPair());
    return ReadKey{.key = std::move(key), .encoding = encoding};
}

// ---- Certificates

Result<ReadKey> fromCertificate(const Certificate& certificate)
{
    CLAIMSMITH_TRY(PublicKey key, certificate.publicKey());
    return ReadKey{.key = std::move(key), .encoding = KeyEncoding::Certificate, .certificate = certificate.info()};
}

// ---- One PEM block

KeyEncoding refine(KeyEncoding encoding, const PassphraseAnswer& answer) noexcept
{
    return encoding == KeyEncoding::Traditional && answer.asked ? KeyEncoding::EncryptedTraditional : encoding;
}

Result<ReadKey> readBlock(const PemBlock& block, const PemLabel& label, const SecretBytes* passphrase)
{
    if (label.content == Content::Certificate) {
        const ossl::Bio in = ossl::reader(block.text);
        ossl::X509 certificate(PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr));
        if (!certificate)
            return pemError(CryptoErrorCode::PemCorrupt, block.offset, block.label);
        return fromCertificate(Certificate(std::move(certificate)));
    }
    PassphraseAnswer answer{.passphrase = passphrase};
    const bool isPrivate = label.content == Content::Private;
    // The decoder wants the line end that a pasted text may lack.
    SecretBytes text(std::string(block.text) + "\n");
    auto key = decode(text.view(), "PEM", isPrivate ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY, answer);
    if (!key)
        return pemError(answer.explain(CryptoErrorCode::PemCorrupt), block.offset, block.label);
    if (isPrivate)
        return fromPrivate(PrivateKey(std::move(key)), refine(label.encoding, answer));
    return ReadKey{.key = PublicKey(std::move(key)), .encoding = label.encoding};
}

// ---- DER

constexpr int integerTag = V_ASN1_INTEGER;

/// The tag of the second element of the sequence that a DER key is, which tells its forms apart; -1 when there is none.
int secondTag(BytesView der) noexcept
{
    const unsigned char* next = ossl::octets(der);
    const unsigned char* const end = next + der.size();
    long size = 0;
    int tag = -1;
    int tagClass = 0;
    const auto readHeader = [&] { return (ASN1_get_object(&next, &size, &tag, &tagClass, end - next) & 0x80) == 0; };
    if (!readHeader() || tag != V_ASN1_SEQUENCE || !readHeader())
        return -1;
    next += size;
    return readHeader() ? tag : -1;
}

KeyEncoding privateEncoding(BytesView der, const PassphraseAnswer& answer) noexcept
{
    if (answer.asked)
        return KeyEncoding::EncryptedPkcs8;
    // PKCS#8 has its AlgorithmIdentifier there, PKCS#1 the modulus and SEC 1 an octet string.
    return secondTag(der) == V_ASN1_SEQUENCE ? KeyEncoding::Pkcs8 : KeyEncoding::Traditional;
}

/// The next key from this offset on, which moves behind it.
Result<ReadKey> readNext(std::string_view text, std::size_t& from, const SecretBytes* passphrase)
{
    for (;;) {
        CLAIMSMITH_TRY(const PemBlock block, findBlock(text, from));
        from = block.offset + block.text.size();
        const PemLabel* label = findLabel(block.label);
        if (label == nullptr)
            return pemError(CryptoErrorCode::PemUnsupported, block.offset, block.label);
        if (label->content == Content::Parameters)
            continue;
        if (block.text.find("\\n") != std::string_view::npos)
            return pemError(CryptoErrorCode::PemEscapedNewlines, block.offset, block.label);
        return readBlock(block, *label, passphrase);
    }
}

/// Whether another block than one of parameters follows, readable or not.
bool hasKeyBehind(std::string_view text, std::size_t from)
{
    while (looksLikePem(text.substr(from))) {
        const auto block = findBlock(text, from);
        const PemLabel* label = block ? findLabel(block->label) : nullptr;
        if (label == nullptr || label->content != Content::Parameters)
            return true;
        from = block->offset + block->text.size();
    }
    return false;
}

} // namespace

PublicKey ReadKey::publicKey() const
{
    const PrivateKey* secret = privateKey();
    return secret != nullptr ? secret->publicKey() : *std::get_if<PublicKey>(&key);
}

const AsymmetricKey& ReadKey::any() const noexcept
{
    if (const PrivateKey* secret = privateKey())
        return *secret;
    return *std::get_if<PublicKey>(&key);
}

bool looksLikePem(std::string_view text) noexcept
{
    return text.find(beginMark) != std::string_view::npos;
}

Result<ReadKey> readPemKey(std::string_view text, const SecretBytes* passphrase)
{
    const ossl::ErrorQueueGuard guard;
    std::size_t from = 0;
    return readNext(text, from, passphrase);
}

Result<std::vector<ReadKey>> readPemKeys(std::string_view text, const SecretBytes* passphrase)
{
    const ossl::ErrorQueueGuard guard;
    std::vector<ReadKey> keys;
    std::size_t from = 0;
    do {
        CLAIMSMITH_TRY(ReadKey key, readNext(text, from, passphrase));
        keys.push_back(std::move(key));
    } while (hasKeyBehind(text, from));
    return keys;
}

Result<ReadKey> readDerKey(BytesView der, const SecretBytes* passphrase)
{
    const ossl::ErrorQueueGuard guard;
    PassphraseAnswer answer{.passphrase = passphrase};
    if (auto key = decode(der, "DER", EVP_PKEY_KEYPAIR, answer))
        return fromPrivate(PrivateKey(std::move(key)), privateEncoding(der, answer));
    if (answer.asked)
        return Error{.code = answer.explain(CryptoErrorCode::NotAKey)};
    if (auto key = decode(der, "DER", EVP_PKEY_PUBLIC_KEY, answer)) {
        const KeyEncoding encoding = secondTag(der) == integerTag ? KeyEncoding::Pkcs1Public : KeyEncoding::Spki;
        return ReadKey{.key = PublicKey(std::move(key)), .encoding = encoding};
    }
    if (const auto certificate = Certificate::fromDer(der))
        return fromCertificate(*certificate);
    return Error{.code = CryptoErrorCode::NotAKey};
}

Result<ReadKey> readKey(BytesView bytes, const SecretBytes* passphrase)
{
    return looksLikePem(bytes) ? readPemKey(bytes, passphrase) : readDerKey(bytes, passphrase);
}

} // namespace claimsmith::crypto
