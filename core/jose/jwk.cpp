// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/jwk.h"

#include "base/base64.h"
#include "crypto/keyreader.h"
#include "document/json.h"

#include <algorithm>
#include <array>
#include <utility>

namespace claimsmith::jose {
namespace {

using document::Object;
using document::Value;

constexpr std::array<std::string_view, 4> curveNames{"P-256", "P-384", "P-521", "secp256k1"};

struct OctetCurve
{
    crypto::KeyKind kind;
    std::string_view name;
};

constexpr std::array<OctetCurve, 4> octetCurves{{
    {crypto::KeyKind::Ed25519, "Ed25519"},
    {crypto::KeyKind::Ed448, "Ed448"},
    {crypto::KeyKind::X25519, "X25519"},
    {crypto::KeyKind::X448, "X448"},
}};

Error memberError(JoseErrorCode code, std::string_view member, std::string_view expected = {})
{
    Error error{.code = code,
                .place = {.pointer = document::joinPointer("", member)},
                .parameters = {{"member", std::string(member)}}};
    if (!expected.empty())
        error.parameters.emplace_back("expected", std::string(expected));
    return error;
}

Error because(Error cause)
{
    Error error{.code = JoseErrorCode::KeyNumbersInvalid};
    error.cause = std::make_shared<const Error>(std::move(cause));
    return error;
}

// ---- Reading members

/// Empty when the member is absent.
Result<std::string> optionalText(const Object& jwk, std::string_view member)
{
    const Value* value = jwk.find(member);
    if (value == nullptr)
        return std::string();
    const std::string* text = value->asString();
    if (text == nullptr)
        return memberError(JoseErrorCode::KeyMemberType, member, "string");
    return *text;
}

Result<std::string> requiredText(const Object& jwk, std::string_view member)
{
    if (!jwk.contains(member))
        return memberError(JoseErrorCode::KeyMemberMissing, member);
    return optionalText(jwk, member);
}

Result<Bytes> octets(const Object& jwk, std::string_view member)
{
    CLAIMSMITH_TRY(const std::string text, requiredText(jwk, member));
    std::optional<Bytes> bytes = fromBase64Url(text);
    if (!bytes)
        return memberError(JoseErrorCode::KeyMemberBase64, member);
    return std::move(*bytes);
}

Result<SecretBytes> secretOctets(const Object& jwk, std::string_view member)
{
    CLAIMSMITH_TRY(Bytes bytes, octets(jwk, member));
    return SecretBytes(std::move(bytes));
}

// ---- Metadata

Result<std::optional<std::vector<std::string>>> readOperations(const Object& jwk)
{
    const Value* member = jwk.find("key_ops");
    if (member == nullptr)
        return std::optional<std::vector<std::string>>();
    const Error invalid = memberError(JoseErrorCode::KeyOperationsInvalid, "key_ops");
    const document::Array* array = member->asArray();
    if (array == nullptr)
        return invalid;
    std::vector<std::string> operations;
    for (const Value& element : *array) {
        const std::string* name = element.asString();
        if (name == nullptr || std::ranges::find(operations, *name) != operations.end())
            return invalid;
        operations.push_back(*name);
    }
    return std::optional(std::move(operations));
}

bool isKeyMember(std::string_view name)
{
    constexpr std::array<std::string_view, 17> known{"kty", "kid", "use", "alg", "key_ops", "k",  "n",  "e", "crv",
                                                     "x",   "y",   "d",   "p",   "q",       "dp", "dq", "qi"};
    return std::ranges::find(known, name) != known.end();
}

Result<KeyMetadata> readMetadata(const Object& jwk)
{
    KeyMetadata metadata;
    CLAIMSMITH_TRY(metadata.id, optionalText(jwk, "kid"));
    CLAIMSMITH_TRY(metadata.use, optionalText(jwk, "use"));
    CLAIMSMITH_TRY(metadata.algorithm, optionalText(jwk, "alg"));
    CLAIMSMITH_TRY(metadata.operations, readOperations(jwk));
    for (const document::Member& member : jwk) {
        if (!isKeyMember(member.name))
            metadata.others.append(member.name, member.value);
    }
    return metadata;
}

// ---- The kinds of keys

Result<Key> fromSecretMember(const Object& jwk, KeyMetadata metadata)
{
    CLAIMSMITH_TRY(SecretBytes secret, secretOctets(jwk, "k"));
    if (secret.empty())
        return memberError(JoseErrorCode::KeySecretEmpty, "k");
    return Key::fromSecret(std::move(secret), std::move(metadata));
}

/// A key from either half, with crypto's reason as the cause.
Result<Key> finished(Result<crypto::PublicKey> key, KeyMetadata metadata)
{
    if (!key)
        return because(std::move(key).error());
    return Key::fromPublic(std::move(key).value(), std::move(metadata));
}

Result<Key> finished(Result<crypto::PrivateKey> key, KeyMetadata metadata)
{
    if (!key)
        return because(std::move(key).error());
    return Key::fromPrivate(std::move(key).value(), std::move(metadata));
}

Result<crypto::RsaPrivateNumbers> readRsaPrivate(const Object& jwk)
{
    crypto::RsaPrivateNumbers numbers;
    CLAIMSMITH_TRY(numbers.exponent, secretOctets(jwk, "d"));
    if (jwk.contains("oth"))
        return memberError(JoseErrorCode::KeyTypeUnknown, "oth"); // more than two primes: nobody makes them
    // RFC 7518 §6.3.2: when one of the five is there, all have to be.
    constexpr std::array<std::string_view, 5> crtMembers{"p", "q", "dp", "dq", "qi"};
    if (std::ranges::none_of(crtMembers, [&](std::string_view name) { return jwk.contains(name); }))
        return numbers;
    CLAIMSMITH_TRY(numbers.firstPrime, secretOctets(jwk, "p"));
    CLAIMSMITH_TRY(numbers.secondPrime, secretOctets(jwk, "q"));
    CLAIMSMITH_TRY(numbers.firstCrtExponent, secretOctets(jwk, "dp"));
    CLAIMSMITH_TRY(numbers.secondCrtExponent, secretOctets(jwk, "dq"));
    CLAIMSMITH_TRY(numbers.firstCrtCoefficient, secretOctets(jwk, "qi"));
    return numbers;
}

Result<Key> fromRsaMembers(const Object& jwk, KeyMetadata metadata)
{
    crypto::RsaPublicNumbers numbers;
    CLAIMSMITH_TRY(numbers.modulus, octets(jwk, "n"));
    CLAIMSMITH_TRY(numbers.exponent, octets(jwk, "e"));
    if (!jwk.contains("d"))
        return finished(crypto::PublicKey::fromRsa(numbers), std::move(metadata));
    CLAIMSMITH_TRY(const crypto::RsaPrivateNumbers secret, readRsaPrivate(jwk));
    return finished(crypto::PrivateKey::fromRsa(numbers, secret), std::move(metadata));
}

Result<Key> fromEcMembers(const Object& jwk, KeyMetadata metadata)
{
    CLAIMSMITH_TRY(const std::string name, requiredText(jwk, "crv"));
    const auto found = std::ranges::find(curveNames, name);
    if (found == curveNames.end())
        return Error{
            .code = JoseErrorCode::KeyCurveUnknown, .place = {.pointer = "/crv"}, .parameters = {{"curve", name}}};
    crypto::EcPoint point{.curve = static_cast<crypto::Curve>(found - curveNames.begin()), .x = {}, .y = {}};
    CLAIMSMITH_TRY(point.x, octets(jwk, "x"));
    CLAIMSMITH_TRY(point.y, octets(jwk, "y"));
    if (!jwk.contains("d"))
        return finished(crypto::PublicKey::fromEc(point), std::move(metadata));
    CLAIMSMITH_TRY(const SecretBytes scalar, secretOctets(jwk, "d"));
    return finished(crypto::PrivateKey::fromEc(point, scalar), std::move(metadata));
}

Result<Key> fromOctetMembers(const Object& jwk, KeyMetadata metadata)
{
    CLAIMSMITH_TRY(const std::string name, requiredText(jwk, "crv"));
    const auto found = std::ranges::find(octetCurves, name, &OctetCurve::name);
    if (found == octetCurves.end())
        return Error{
            .code = JoseErrorCode::KeyCurveUnknown, .place = {.pointer = "/crv"}, .parameters = {{"curve", name}}};
    CLAIMSMITH_TRY(const Bytes open, octets(jwk, "x"));
    if (!jwk.contains("d"))
        return finished(crypto::PublicKey::fromOctets(found->kind, open), std::move(metadata));
    CLAIMSMITH_TRY(const SecretBytes secret, secretOctets(jwk, "d"));
    return finished(crypto::PrivateKey::fromOctets(found->kind, open, secret), std::move(metadata));
}

struct Reader
{
    KeyType type;
    Result<Key> (*read)(const Object& jwk, KeyMetadata metadata);
};

constexpr std::array<Reader, 4> readers{{
    {KeyType::Oct, &fromSecretMember},
    {KeyType::Rsa, &fromRsaMembers},
    {KeyType::Ec, &fromEcMembers},
    {KeyType::Okp, &fromOctetMembers},
}};

/// RFC 7517 §4.7: the first certificate's key is the JWK's. Its members are standard base64, not base64url.
Result<void> checkCertificate(const Key& key)
{
    const Value* chain = key.metadata().others.find("x5c");
    if (chain == nullptr)
        return {};
    const document::Array* array = chain->asArray();
    const std::string* first = array == nullptr || array->empty() ? nullptr : array->front().asString();
    const std::optional<Bytes> der = first == nullptr ? std::nullopt : fromBase64(*first);
    if (!der)
        return memberError(JoseErrorCode::KeyMemberType, "x5c", "array of base64 certificates");
    const auto certificate = crypto::readDerKey(*der);
    if (!certificate || key.publicKey() == nullptr || !(certificate->publicKey() == *key.publicKey()))
        return memberError(JoseErrorCode::KeyCertificateMismatch, "x5c");
    return {};
}

// ---- Writing

void put(Object& jwk, std::string_view member, BytesView bytes)
{
    jwk.append(std::string(member), toBase64Url(bytes));
}

void put(Object& jwk, std::string_view member, const SecretBytes& bytes)
{
    if (!bytes.empty())
        put(jwk, member, bytes.view());
}

void putMetadata(Object& jwk, const KeyMetadata& metadata)
{
    if (!metadata.id.empty())
        jwk.append("kid", metadata.id);
    if (!metadata.use.empty())
        jwk.append("use", metadata.use);
    if (metadata.operations)
        jwk.append("key_ops", document::Array(metadata.operations->begin(), metadata.operations->end()));
    if (!metadata.algorithm.empty())
        jwk.append("alg", metadata.algorithm);
}

void putPublicNumbers(Object& jwk, const Key& key)
{
    const crypto::PublicKey& open = *key.publicKey();
    if (!key.curveName().empty())
        jwk.append("crv", key.curveName());
    if (const auto rsa = open.rsaPublicNumbers()) {
        put(jwk, "n", rsa->modulus);
        put(jwk, "e", rsa->exponent);
    } else if (const auto point = open.ecPoint()) {
        put(jwk, "x", point->x);
        put(jwk, "y", point->y);
    } else if (const auto octetKey = open.octetPublicKey()) {
        put(jwk, "x", *octetKey);
    }
}

void putPrivateNumbers(Object& jwk, const crypto::PrivateKey& secret)
{
    if (const auto rsa = secret.rsaPrivateNumbers()) {
        put(jwk, "d", rsa->exponent);
        put(jwk, "p", rsa->firstPrime);
        put(jwk, "q", rsa->secondPrime);
        put(jwk, "dp", rsa->firstCrtExponent);
        put(jwk, "dq", rsa->secondCrtExponent);
        put(jwk, "qi", rsa->firstCrtCoefficient);
    } else if (const auto scalar = secret.ecScalar()) {
        put(jwk, "d", *scalar);
    } else if (const auto octetKey = secret.octetPrivateKey()) {
        put(jwk, "d", *octetKey);
    }
}

} // namespace

std::string_view curveName(crypto::Curve curve) noexcept
{
    return curveNames[static_cast<std::size_t>(curve)];
}

std::optional<std::string_view> octetCurveName(crypto::KeyKind kind) noexcept
{
    const auto found = std::ranges::find(octetCurves, kind, &OctetCurve::kind);
    return found == octetCurves.end() ? std::nullopt : std::optional(found->name);
}

Result<Key> readJwk(const Value& value)
{
    const Object* jwk = value.asObject();
    if (jwk == nullptr)
        return Error{.code = JoseErrorCode::KeyNotRecognised};
    CLAIMSMITH_TRY(const std::string type, requiredText(*jwk, "kty"));
    const auto reader = std::ranges::find_if(readers, [&](const Reader& r) { return toString(r.type) == type; });
    if (reader == readers.end())
        return Error{
            .code = JoseErrorCode::KeyTypeUnknown, .place = {.pointer = "/kty"}, .parameters = {{"type", type}}};
    CLAIMSMITH_TRY(KeyMetadata metadata, readMetadata(*jwk));
    CLAIMSMITH_TRY(Key key, reader->read(*jwk, std::move(metadata)));
    CLAIMSMITH_CHECK(checkCertificate(key));
    return key;
}

Result<KeySet> readJwks(const Value& value)
{
    const Value* member = value.find("keys");
    const document::Array* array = member == nullptr ? nullptr : member->asArray();
    if (array == nullptr)
        return memberError(JoseErrorCode::KeySetInvalid, "keys");
    KeySet set;
    for (std::size_t i = 0; i < array->size(); ++i) {
        auto key = readJwk((*array)[i]);
        if (key) {
            set.keys.push_back(std::move(key).value());
            continue;
        }
        Error reason = std::move(key).error();
        reason.place.pointer.insert(0, document::joinPointer("/keys", i));
        set.ignored.push_back({.index = i, .reason = std::move(reason)});
    }
    return set;
}

Value writeJwk(const Key& key, KeyParts parts)
{
    Object jwk;
    jwk.append("kty", toString(key.type()));
    putMetadata(jwk, key.metadata());
    if (const SecretBytes* secret = key.secret()) {
        if (parts == KeyParts::Private)
            put(jwk, "k", *secret);
    } else {
        putPublicNumbers(jwk, key);
        if (parts == KeyParts::Private && key.privateKey() != nullptr)
            putPrivateNumbers(jwk, *key.privateKey());
    }
    for (const document::Member& member : key.metadata().others)
        jwk.append(member.name, member.value);
    return jwk;
}

Value writeJwks(const std::vector<Key>& keys, KeyParts parts)
{
    document::Array array;
    for (const Key& key : keys)
        array.push_back(writeJwk(key, parts));
    Object set;
    set.append("keys", std::move(array));
    return set;
}

SecretBytes thumbprintInput(const Key& key)
{
    Object required;
    required.append("kty", toString(key.type()));
    if (const SecretBytes* secret = key.secret())
        put(required, "k", *secret);
    else
        putPublicNumbers(required, key);
    // The members' names are ASCII: their order by code point is that of the octets.
    std::vector<document::Member> sorted(required.begin(), required.end());
    std::ranges::sort(sorted, {}, &document::Member::name);
    Object canonical;
    for (document::Member& member : sorted)
        canonical.append(std::move(member.name), std::move(member.value));
    return SecretBytes(document::toJson(canonical));
}

} // namespace claimsmith::jose
