// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/keyimport.h"

#include "base/base64.h"
#include "base/text.h"
#include "crypto/keyreader.h"
#include "crypto/opensshkey.h"
#include "crypto/pkcs12.h"
#include "document/json.h"
#include "jose/jwk.h"
#include "jose/keytext.h"

#include <algorithm>
#include <array>

namespace claimsmith::jose {
namespace {

using document::Value;

/// x5c: standard base64, the key's own certificate first (RFC 7517 §4.7).
KeyMetadata certifiedBy(const std::vector<Bytes>& chain)
{
    KeyMetadata metadata;
    document::Array list;
    for (const Bytes& der : chain)
        list.push_back(toBase64(der));
    if (!list.empty())
        metadata.others.append("x5c", std::move(list));
    return metadata;
}

Result<Key> toKey(const crypto::ReadKey& read, const std::vector<Bytes>& chain)
{
    if (const crypto::PrivateKey* secret = read.privateKey())
        return Key::fromPrivate(*secret, certifiedBy(chain));
    return Key::fromPublic(read.publicKey(), certifiedBy(chain));
}

bool isPlainText(std::string_view text)
{
    return findInvalidUtf8(text) == std::string_view::npos &&
           std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

/// Blocks of one file, of which certificates are used up by the keys that they certify.
class Blocks final
{
public:
    explicit Blocks(const std::vector<crypto::ReadKey>& all) : m_all(all), m_isUsed(all.size(), false) {}

    /// Every private key, and every public one that is no certificate, with its chain; then the certificates that are
    /// left, each with its own.
    Result<std::vector<Key>> keys()
    {
        std::vector<Key> keys;
        for (const bool certificates : {false, true}) {
            for (std::size_t i = 0; i < m_all.size(); ++i) {
                if (m_isUsed[i] || m_all[i].certificate.has_value() != certificates)
                    continue;
                m_isUsed[i] = true;
                CLAIMSMITH_TRY(Key key, toKey(m_all[i], chainOf(i)));
                keys.push_back(std::move(key));
            }
        }
        return keys;
    }

private:
    /// The key's own certificate and those that certify it, by issuer and subject (RFC 7517 §4.7).
    std::vector<Bytes> chainOf(std::size_t index)
    {
        std::vector<Bytes> chain;
        const crypto::CertificateInfo* last = ownCertificate(index);
        while (last != nullptr) {
            chain.push_back(last->der);
            last = last->issuer == last->subject
                       ? nullptr
                       : take([&](const crypto::ReadKey& each) { return each.certificate->subject == last->issuer; });
        }
        return chain;
    }

    const crypto::CertificateInfo* ownCertificate(std::size_t index)
    {
        if (m_all[index].certificate)
            return &*m_all[index].certificate;
        const crypto::PublicKey open = m_all[index].publicKey();
        return take([&](const crypto::ReadKey& each) { return each.publicKey() == open; });
    }

    /// The first certificate not used yet that fits, which is then.
    template <class Fits>
    const crypto::CertificateInfo* take(const Fits& fits)
    {
        for (std::size_t i = 0; i < m_all.size(); ++i) {
            if (m_isUsed[i] || !m_all[i].certificate || !fits(m_all[i]))
                continue;
            m_isUsed[i] = true;
            return &*m_all[i].certificate;
        }
        return nullptr;
    }

    const std::vector<crypto::ReadKey>& m_all;
    std::vector<bool> m_isUsed;
};

/// Collects what one input can be taken for.
class Importer final
{
public:
    Importer(const SecretBytes* passphrase, KeyImport& out) : m_passphrase(passphrase), m_out(out) {}

    /// Whether the input has a structure, readable or not.
    bool tryStructures(BytesView input, std::string_view wrapping)
    {
        m_wrapping = wrapping;
        const std::string_view text = trimmed(input);
        if (text.starts_with('{') || text.starts_with('['))
            return tryJson(text);
        if (crypto::looksLikeOpenSsh(input))
            return tryOpenSsh(input);
        if (crypto::looksLikePem(input))
            return tryPem(input);
        if (crypto::looksLikePkcs12(input))
            return tryPkcs12(input);
        return tryDer(input);
    }

private:
    void add(KeyShape shape, std::vector<Key> keys, std::vector<KeySet::Ignored> ignored = {})
    {
        m_out.interpretations.push_back({.shape = shape,
                                         .keys = std::move(keys),
                                         .ignored = std::move(ignored),
                                         .wrapping = std::string(m_wrapping)});
    }

    bool refuse(KeyShape shape, Error reason)
    {
        m_out.refusals.push_back({.shape = shape, .reason = std::move(reason)});
        return true;
    }

    bool tryJson(std::string_view text)
    {
        auto read = readKeys(text);
        if (read) {
            const bool isSet = read->format == KeyFormat::JwkSet;
            add(isSet ? KeyShape::JwkSet : KeyShape::Jwk, std::move(read->set.keys), std::move(read->set.ignored));
            return true;
        }
        const bool isJson = document::parseJson(text).hasValue();
        return isJson ? refuse(KeyShape::Jwk, std::move(read).error()) : false;
    }

    bool tryOpenSsh(BytesView input)
    {
        auto read = crypto::readOpenSshKey(input);
        if (!read)
            return refuse(KeyShape::OpenSsh, std::move(read).error());
        // The comment is free text of whoever wrote the file.
        KeyMetadata metadata{.id = isPlainText(read->comment) ? read->comment : "", .use = {}, .algorithm = {}};
        auto key = std::holds_alternative<crypto::PrivateKey>(read->key)
                       ? Key::fromPrivate(std::get<crypto::PrivateKey>(read->key), std::move(metadata))
                       : Key::fromPublic(std::get<crypto::PublicKey>(read->key), std::move(metadata));
        if (!key)
            return refuse(KeyShape::OpenSsh, std::move(key).error());
        add(KeyShape::OpenSsh, {std::move(key).value()});
        return true;
    }

    bool tryPem(BytesView input)
    {
        auto read = crypto::readPemKeys(input, m_passphrase);
        if (!read)
            return refuse(KeyShape::Pem, std::move(read).error());
        const bool areCertificates =
            std::ranges::all_of(*read, [](const crypto::ReadKey& each) { return each.certificate.has_value(); });
        const KeyShape shape = areCertificates ? KeyShape::Certificate : KeyShape::Pem;
        auto keys = Blocks(*read).keys();
        if (!keys)
            return refuse(shape, std::move(keys).error());
        add(shape, std::move(keys).value());
        return true;
    }

    bool tryPkcs12(BytesView input)
    {
        auto read = crypto::readPkcs12(input, m_passphrase);
        if (!read)
            return refuse(KeyShape::Pkcs12, std::move(read).error());
        std::vector<crypto::ReadKey> parts;
        if (read->key)
            parts.push_back({.key = *read->key, .encoding = crypto::KeyEncoding::Pkcs8});
        for (const crypto::Certificate& certificate : read->chain) {
            if (auto open = certificate.publicKey())
                parts.push_back({.key = std::move(open).value(),
                                 .encoding = crypto::KeyEncoding::Certificate,
                                 .certificate = certificate.info()});
        }
        auto keys = Blocks(parts).keys();
        if (!keys)
            return refuse(KeyShape::Pkcs12, std::move(keys).error());
        add(KeyShape::Pkcs12, std::move(keys).value());
        return true;
    }

    bool tryDer(BytesView input)
    {
        auto read = crypto::readDerKey(input, m_passphrase);
        if (!read)
            return read.error().code == crypto::CryptoErrorCode::NotAKey
                       ? false
                       : refuse(KeyShape::Der, std::move(read).error());
        const std::vector<crypto::ReadKey> parts{*read};
        auto keys = Blocks(parts).keys();
        const KeyShape shape = read->certificate ? KeyShape::Certificate : KeyShape::Der;
        if (!keys)
            return refuse(shape, std::move(keys).error());
        add(shape, std::move(keys).value());
        return true;
    }

    const SecretBytes* m_passphrase;
    KeyImport& m_out;
    std::string_view m_wrapping;
};

std::string withoutWhiteSpace(std::string_view text)
{
    std::string dense;
    dense.reserve(text.size());
    std::ranges::copy_if(text, std::back_inserter(dense),
                         [](char c) { return c != ' ' && c != '\n' && c != '\r' && c != '\t'; });
    return dense;
}

std::string withLineEnds(std::string_view text)
{
    std::string repaired;
    repaired.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool isEscape = text.substr(at, 2) == "\\n";
        repaired += isEscape ? '\n' : text[at];
        at += isEscape ? 1 : 0;
    }
    return repaired;
}

/// A structure within another writing.
bool tryWrapped(Importer& importer, std::string_view text)
{
    if (crypto::looksLikePem(text) && text.find("\\n") != std::string_view::npos) {
        const SecretBytes repaired(withLineEnds(text));
        return importer.tryStructures(repaired.view(), "escaped line ends");
    }
    SecretBytes dense(withoutWhiteSpace(text));
    constexpr std::size_t shortestStructure = 44; ///< SPKI of Ed25519
    struct Writing
    {
        std::string_view name;
        SecretEncoding encoding;
    };
    static constexpr std::array<Writing, 3> writings{{
        {"hex", SecretEncoding::Hex},
        {"base64", SecretEncoding::Base64},
        {"base64url", SecretEncoding::Base64Url},
    }};
    return std::ranges::any_of(writings, [&](const Writing& writing) {
        const auto octets = readSecret(dense.view(), writing.encoding);
        return octets && octets->size() >= shortestStructure && importer.tryStructures(octets->view(), writing.name);
    });
}

// ---- Secrets

bool isUsualSize(std::size_t octets) noexcept
{
    constexpr std::array<std::size_t, 7> sizes{16, 24, 32, 48, 64, 96, 128};
    return std::ranges::find(sizes, octets) != sizes.end();
}

struct SecretReading
{
    KeyShape shape;
    SecretEncoding encoding;
    int likelihood; ///< when the octets have a usual size
};

/// Hexadecimal digits are base64 digits too, but hardly by chance; text is what everything else is.
constexpr std::array<SecretReading, 4> secretReadings{{
    {KeyShape::SecretHex, SecretEncoding::Hex, 4},
    {KeyShape::SecretBase64, SecretEncoding::Base64, 3},
    {KeyShape::SecretBase64Url, SecretEncoding::Base64Url, 3},
    {KeyShape::SecretText, SecretEncoding::Text, 2},
}};

void addSecrets(std::string_view text, KeyImport& out)
{
    std::vector<std::pair<int, KeyInterpretation>> found;
    for (const SecretReading& reading : secretReadings) {
        auto octets = readSecret(text, reading.encoding);
        if (!octets || octets->empty())
            continue;
        const bool isLikely = reading.encoding == SecretEncoding::Text || isUsualSize(octets->size());
        KeyInterpretation interpretation{.shape = reading.shape};
        interpretation.keys.push_back(Key::fromSecret(std::move(octets).value()));
        found.emplace_back(isLikely ? reading.likelihood : 1, std::move(interpretation));
    }
    std::ranges::stable_sort(found, std::ranges::greater(), &std::pair<int, KeyInterpretation>::first);
    for (auto& [likelihood, interpretation] : found)
        out.interpretations.push_back(std::move(interpretation));
}

bool isUrl(std::string_view text) noexcept
{
    return (text.starts_with("https://") || text.starts_with("http://")) &&
           text.find_first_of(" \t\r\n") == std::string_view::npos;
}

} // namespace

bool KeyImport::needsPassphrase() const noexcept
{
    return std::ranges::any_of(refusals, [](const KeyRefusal& refusal) {
        return refusal.reason.code == crypto::CryptoErrorCode::PassphraseNeeded ||
               refusal.reason.code == crypto::CryptoErrorCode::PassphraseWrong;
    });
}

KeyImport importKey(BytesView input, const SecretBytes* passphrase)
{
    KeyImport out;
    const std::string_view text = trimmed(input);
    if (isUrl(text)) {
        out.interpretations.push_back({.shape = KeyShape::Url});
        return out;
    }
    Importer importer(passphrase, out);
    const bool isEscaped = crypto::looksLikePem(text) && text.find("\\n") != std::string_view::npos;
    if (!isEscaped && importer.tryStructures(input, ""))
        return out;
    // A structure that is broken or locked is none the less no secret.
    if (tryWrapped(importer, text))
        return out;
    addSecrets(text, out);
    return out;
}

std::string_view toString(KeyShape shape) noexcept
{
    constexpr std::array<std::string_view, 12> names{
        "jwk", "jwk-set", "pem",         "certificate", "openssh",       "pkcs12",
        "der", "url",     "secret-text", "secret-hex",  "secret-base64", "secret-base64url",
    };
    return names[static_cast<std::size_t>(shape)];
}

} // namespace claimsmith::jose
