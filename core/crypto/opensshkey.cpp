// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/opensshkey.h"

#include "base/base64.h"
#include "base/text.h"
#include "crypto/openssl.h"

#include <algorithm>
#include <array>

namespace claimsmith::crypto {
namespace {

constexpr std::string_view privateBegin = "-----BEGIN OPENSSH PRIVATE KEY-----";
constexpr std::string_view privateEnd = "-----END OPENSSH PRIVATE KEY-----";
constexpr std::string_view rfc4716Begin = "---- BEGIN SSH2 PUBLIC KEY ----";
constexpr std::string_view rfc4716End = "---- END SSH2 PUBLIC KEY ----";
constexpr std::string_view magic{"openssh-key-v1\0", 15};

struct CurveName
{
    Curve curve;
    std::string_view keyType;
    std::string_view identifier; ///< RFC 5656 §10.1
};

constexpr std::array<CurveName, 3> curves{{
    {Curve::P256, "ecdsa-sha2-nistp256", "nistp256"},
    {Curve::P384, "ecdsa-sha2-nistp384", "nistp384"},
    {Curve::P521, "ecdsa-sha2-nistp521", "nistp521"},
}};
constexpr std::string_view rsaType = "ssh-rsa";
constexpr std::string_view edType = "ssh-ed25519";

bool isKeyType(std::string_view name) noexcept
{
    return name == rsaType || name == edType ||
           std::ranges::any_of(curves, [&](const CurveName& each) { return each.keyType == name; });
}

Error corrupt()
{
    return {.code = CryptoErrorCode::PemCorrupt, .parameters = {{"label", "OPENSSH"}}};
}

/// Takes the fields of RFC 4251 §5 off the front of octets.
class Reader final
{
public:
    explicit Reader(BytesView octets) noexcept : m_rest(octets) {}

    std::uint32_t number()
    {
        std::uint32_t value = 0;
        for (const char octet : take(4))
            value = value << 8U | static_cast<unsigned char>(octet);
        return value;
    }

    BytesView text() { return take(number()); }

    /// An mpint that is not negative, without its leading zeros.
    BytesView positive()
    {
        BytesView value = text();
        m_isGood = m_isGood && (value.empty() || (static_cast<unsigned char>(value.front()) & 0x80U) == 0);
        while (!value.empty() && value.front() == '\0')
            value.remove_prefix(1);
        return value;
    }

    BytesView take(std::size_t size)
    {
        m_isGood = m_isGood && size <= m_rest.size();
        if (!m_isGood)
            return {};
        const BytesView taken = m_rest.substr(0, size);
        m_rest.remove_prefix(size);
        return taken;
    }

    bool isGood() const noexcept { return m_isGood; }
    bool isAtEnd() const noexcept { return m_rest.empty(); }

private:
    BytesView m_rest;
    bool m_isGood = true;
};

Result<EcPoint> readPoint(const CurveName& curve, BytesView octets)
{
    const std::size_t size = coordinateSize(curve.curve);
    if (octets.size() != 2 * size + 1 || octets.front() != '\4')
        return corrupt();
    return EcPoint{.curve = curve.curve, .x = Bytes(octets.substr(1, size)), .y = Bytes(octets.substr(1 + size))};
}

Result<PublicKey> readPublicBlob(BytesView blob)
{
    Reader reader(blob);
    const BytesView type = reader.text();
    if (type == rsaType) {
        const Bytes exponent(reader.positive());
        const Bytes modulus(reader.positive());
        return reader.isGood() && reader.isAtEnd() ? PublicKey::fromRsa({.modulus = modulus, .exponent = exponent})
                                                   : Result<PublicKey>(corrupt());
    }
    if (type == edType) {
        const BytesView octets = reader.text();
        return reader.isGood() && reader.isAtEnd() ? PublicKey::fromOctets(KeyKind::Ed25519, octets)
                                                   : Result<PublicKey>(corrupt());
    }
    const auto curve = std::ranges::find(curves, type, &CurveName::keyType);
    if (curve == curves.end())
        return reader.isGood() ? Error{.code = CryptoErrorCode::KeyTypeUnsupported} : corrupt();
    const BytesView identifier = reader.text();
    CLAIMSMITH_TRY(const EcPoint point, readPoint(*curve, reader.text()));
    if (identifier != curve->identifier || !reader.isAtEnd())
        return corrupt();
    return PublicKey::fromEc(point);
}

// ---- The private form (OpenSSH's PROTOCOL.key)

/// d mod (prime - 1), RFC 8017 §3.2.
SecretBytes crtExponent(const SecretBytes& exponent, const SecretBytes& prime)
{
    const auto toNumber = [](const SecretBytes& bytes) {
        return ossl::BigNumber(BN_bin2bn(ossl::octets(bytes.view()), static_cast<int>(bytes.size()), nullptr));
    };
    const std::unique_ptr<BN_CTX, ossl::Deleter<BN_CTX_free>> context(BN_CTX_secure_new());
    const ossl::BigNumber order = toNumber(prime);
    const ossl::BigNumber rest(BN_new());
    const bool isDone = BN_sub_word(order.get(), 1) == 1 &&
                        BN_mod(rest.get(), toNumber(exponent).get(), order.get(), context.get()) == 1;
    if (!isDone)
        return SecretBytes();
    Bytes octets(static_cast<std::size_t>(BN_num_bytes(rest.get())), '\0');
    BN_bn2bin(rest.get(), ossl::octets(octets));
    return SecretBytes(std::move(octets));
}

Result<PrivateKey> readPrivateRsa(Reader& reader)
{
    RsaPublicNumbers open;
    open.modulus = reader.positive();
    open.exponent = reader.positive();
    RsaPrivateNumbers secret;
    secret.exponent = SecretBytes(reader.positive());
    const SecretBytes coefficient(reader.positive());
    const SecretBytes first(reader.positive());
    const SecretBytes second(reader.positive());
    if (!reader.isGood())
        return corrupt();
    // The file lacks the two CRT exponents, which a PKCS #8 file has to have.
    secret.firstCrtExponent = crtExponent(secret.exponent, first);
    secret.secondCrtExponent = crtExponent(secret.exponent, second);
    secret.firstPrime = first.clone();
    secret.secondPrime = second.clone();
    secret.firstCrtCoefficient = coefficient.clone();
    return PrivateKey::fromRsa(open, secret);
}

Result<PrivateKey> readPrivateEd(Reader& reader)
{
    const Bytes open(reader.text());
    const SecretBytes secret(reader.text()); // the seed, and the public half once more
    const std::size_t size = octetKeySize(KeyKind::Ed25519);
    if (!reader.isGood() || secret.size() != 2 * size || secret.view().substr(size) != open)
        return corrupt();
    return PrivateKey::fromOctets(KeyKind::Ed25519, open, SecretBytes(secret.view().substr(0, size)));
}

Result<PrivateKey> readPrivateEc(Reader& reader, const CurveName& curve)
{
    const BytesView identifier = reader.text();
    CLAIMSMITH_TRY(const EcPoint point, readPoint(curve, reader.text()));
    const BytesView scalar = reader.positive();
    const std::size_t size = coordinateSize(curve.curve);
    if (!reader.isGood() || identifier != curve.identifier || scalar.size() > size)
        return corrupt();
    Bytes padded(size - scalar.size(), '\0');
    padded.reserve(size);
    padded.append(scalar);
    const SecretBytes secret(std::move(padded));
    return PrivateKey::fromEc(point, secret);
}

Result<OpenSshKey> readPrivateFields(BytesView fields)
{
    Reader reader(fields);
    if (reader.number() != reader.number() || !reader.isGood())
        return corrupt();
    const BytesView type = reader.text();
    const auto curve = std::ranges::find(curves, type, &CurveName::keyType);
    auto key = type == rsaType         ? readPrivateRsa(reader)
               : type == edType        ? readPrivateEd(reader)
               : curve != curves.end() ? readPrivateEc(reader, *curve)
                                       : Result<PrivateKey>(Error{.code = CryptoErrorCode::KeyTypeUnsupported});
    if (!key)
        return std::move(key).error();
    const std::string comment(reader.text());
    return OpenSshKey{.key = std::move(key).value(), .comment = reader.isGood() ? comment : std::string()};
}

Result<OpenSshKey> readPrivateBlob(BytesView blob)
{
    Reader reader(blob);
    if (reader.take(magic.size()) != magic)
        return corrupt();
    const BytesView cipher = reader.text();
    reader.text(); // the derivation and its options
    reader.text();
    const std::uint32_t count = reader.number();
    reader.text(); // the public half, which the private fields repeat
    const BytesView fields = reader.text();
    if (!reader.isGood() || count != 1)
        return corrupt();
    if (cipher != "none")
        return Error{.code = CryptoErrorCode::PemUnsupported,
                     .parameters = {{"label", "an encrypted OpenSSH private key"}}};
    return readPrivateFields(fields);
}

/// Base64 over several lines; header lines of RFC 4716 §3.3 ("Comment: …") are skipped.
std::optional<Bytes> decodeLines(std::string_view text)
{
    Bytes joined;
    joined.reserve(text.size()); // no copy is left behind by growing
    bool continues = false;
    for (const std::string_view raw : split(text, '\n')) {
        const std::string_view line = trimmed(raw);
        const bool isHeader = continues || line.find(':') != std::string_view::npos;
        continues = isHeader && line.ends_with('\\');
        if (!isHeader)
            joined.append(line);
    }
    auto octets = fromBase64(joined);
    wipe(joined);
    return octets;
}

Result<Bytes> blobBetween(std::string_view text, std::string_view begin, std::string_view end)
{
    const std::size_t from = text.find(begin);
    const std::size_t to = text.find(end, from + begin.size());
    if (to == std::string_view::npos)
        return Error{.code = CryptoErrorCode::PemIncomplete, .place = {.offset = from}};
    auto octets = decodeLines(text.substr(from + begin.size(), to - from - begin.size()));
    if (!octets)
        return corrupt();
    return std::move(*octets);
}

Result<OpenSshKey> readPublicLine(std::string_view line)
{
    const std::size_t first = line.find(' ');
    const std::size_t second = line.find(' ', first + 1);
    const auto blob = fromBase64(line.substr(first + 1, second - first - 1));
    if (!blob)
        return corrupt();
    CLAIMSMITH_TRY(PublicKey key, readPublicBlob(*blob));
    const std::string_view comment = second == std::string_view::npos ? "" : trimmed(line.substr(second));
    return OpenSshKey{.key = std::move(key), .comment = std::string(comment)};
}

// ---- Writing

void append(Bytes& blob, BytesView field)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        blob += static_cast<char>(field.size() >> shift);
    blob.append(field);
}

void appendPositive(Bytes& blob, BytesView number)
{
    const bool hasTopBit = !number.empty() && (static_cast<unsigned char>(number.front()) & 0x80U) != 0;
    append(blob, hasTopBit ? Bytes(1, '\0').append(number) : Bytes(number));
}

} // namespace

bool looksLikeOpenSsh(std::string_view text) noexcept
{
    const std::string_view line = trimmed(text);
    return line.find(privateBegin) != std::string_view::npos || line.find(rfc4716Begin) != std::string_view::npos ||
           isKeyType(line.substr(0, line.find(' ')));
}

Result<OpenSshKey> readOpenSshKey(std::string_view text)
{
    if (text.find(privateBegin) != std::string_view::npos) {
        CLAIMSMITH_TRY(Bytes blob, blobBetween(text, privateBegin, privateEnd));
        const SecretBytes content(std::move(blob));
        return readPrivateBlob(content.view());
    }
    if (text.find(rfc4716Begin) != std::string_view::npos) {
        CLAIMSMITH_TRY(const Bytes blob, blobBetween(text, rfc4716Begin, rfc4716End));
        CLAIMSMITH_TRY(PublicKey key, readPublicBlob(blob));
        return OpenSshKey{.key = std::move(key)};
    }
    if (!looksLikeOpenSsh(text))
        return Error{.code = CryptoErrorCode::NotAKey};
    const std::string_view line = trimmed(text);
    if (line.find('\n') != std::string_view::npos) // one key is read: which of several would be a guess
        return corrupt();
    return readPublicLine(line);
}

std::optional<std::string> openSshPublicKey(const PublicKey& key)
{
    Bytes blob;
    std::string_view type;
    const auto numbers = key.kind() == KeyKind::Rsa ? key.rsaPublicNumbers() : std::nullopt;
    if (numbers) {
        type = rsaType;
        append(blob, type);
        appendPositive(blob, numbers->exponent);
        appendPositive(blob, numbers->modulus);
    } else if (const auto point = key.ecPoint()) {
        const auto curve = std::ranges::find(curves, point->curve, &CurveName::curve);
        if (curve == curves.end())
            return std::nullopt;
        type = curve->keyType;
        append(blob, type);
        append(blob, curve->identifier);
        append(blob, "\4" + point->x + point->y);
    } else if (key.kind() == KeyKind::Ed25519) {
        type = edType;
        append(blob, type);
        append(blob, *key.octetPublicKey());
    } else {
        return std::nullopt;
    }
    return std::string(type) + ' ' + toBase64(blob);
}

} // namespace claimsmith::crypto
