// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/base64.h"
#include "document/json.h"
#include "jose/forge/groups.h"
#include "jose/forge/subject.h"
#include "jose/jwk.h"

#include <array>

namespace claimsmith::jose::forge {
namespace {

using document::Object;

/// A text that the verifier may hold as its "key", in the ways that files and configurations end.
std::vector<std::pair<std::string, std::string>> whiteSpaceForms(const std::string& name, const std::string& pem)
{
    std::string bare = pem;
    while (bare.ends_with('\n'))
        bare.pop_back();
    std::string crlf;
    for (const char c : pem)
        crlf.append(c == '\n' ? "\r\n" : std::string(1, c));
    std::string oneLine;
    for (const char c : bare)
        oneLine += c == '\n' ? ' ' : c;
    return {{name, bare + '\n'},
            {name + " without the last line end", bare},
            {name + " with CRLF", crlf},
            {name + " on one line", oneLine}};
}

std::string toPem(const char* label, BytesView der)
{
    const std::string text = toBase64(der);
    std::string pem = "-----BEGIN " + std::string(label) + "-----\n";
    for (std::size_t at = 0; at < text.size(); at += 64)
        pem.append(text.substr(at, 64)).append("\n");
    return pem + "-----END " + label + "-----\n";
}

/// PKCS #1 out of SubjectPublicKeyInfo: the BIT STRING's content, behind its "no unused bits".
Bytes pkcs1Of(BytesView spki)
{
    constexpr std::size_t headerOfRsaSpki = 24; ///< for moduli from 1024 to 16384 bits
    return Bytes(spki.substr(std::min(headerOfRsaSpki, spki.size())));
}

std::vector<std::string> certificatesOf(const Key& key)
{
    std::vector<std::string> pems;
    const document::Value* chain = key.metadata().others.find("x5c");
    if (chain == nullptr || chain->asArray() == nullptr)
        return pems;
    for (const document::Value& entry : *chain->asArray()) {
        const auto der = entry.asString() == nullptr ? std::nullopt : fromBase64(*entry.asString());
        if (der)
            pems.push_back(toPem("CERTIFICATE", *der));
    }
    return pems;
}

void addHmac(std::vector<Forgery>& list, const Subject& subject, const std::string& label, BytesView secret)
{
    list.push_back({label, withHmac(subject.headerWith({{"alg", "HS256"}}), subject.freshPayload(), secret)});
}

std::vector<Forgery> publicPem(const Subject& subject, const Knowledge& knowledge)
{
    std::vector<Forgery> list;
    const auto addForms = [&](const std::string& name, const std::string& pem) {
        for (const auto& [label, secret] : whiteSpaceForms(name, pem))
            addHmac(list, subject, label, secret);
    };
    for (const Key& key : knowledge.publicKeys) {
        if (key.publicKey() == nullptr)
            continue;
        addForms("SPKI", key.publicKey()->publicPem());
        if (key.type() == KeyType::Rsa)
            addForms("PKCS #1", toPem("RSA PUBLIC KEY", pkcs1Of(key.publicKey()->publicDer())));
        for (const std::string& certificate : certificatesOf(key))
            addForms("certificate", certificate);
    }
    return list;
}

std::vector<Forgery> publicOctets(const Subject& subject, const Knowledge& knowledge)
{
    std::vector<Forgery> list;
    for (const Key& key : knowledge.publicKeys) {
        const crypto::PublicKey* open = key.publicKey();
        if (open == nullptr)
            continue;
        addHmac(list, subject, "SPKI in DER", open->publicDer());
        addHmac(list, subject, "SPKI in base64", toBase64(open->publicDer()));
        const Object jwk = *writeJwk(*key.publicPart(), KeyParts::Public).asObject();
        addHmac(list, subject, "the JWK's text", document::toJson(jwk));
        if (const auto numbers = open->rsaPublicNumbers()) {
            addHmac(list, subject, "the modulus", numbers->modulus);
            addHmac(list, subject, "n in base64url", toBase64Url(numbers->modulus));
        } else if (const auto point = open->ecPoint()) {
            addHmac(list, subject, "the point", "\4" + point->x + point->y);
            addHmac(list, subject, "x in base64url", toBase64Url(point->x));
        } else if (const auto octets = open->octetPublicKey()) {
            addHmac(list, subject, "the public octets", *octets);
            addHmac(list, subject, "x in base64url", toBase64Url(*octets));
        }
    }
    return list;
}

/// The same PEM as a secret, by the other digests.
std::vector<Forgery> publicPemOtherDigests(const Subject& subject, const Knowledge& knowledge)
{
    std::vector<Forgery> list;
    for (const Key& key : knowledge.publicKeys) {
        if (key.publicKey() == nullptr)
            continue;
        for (const char* algorithm : {"HS384", "HS512"})
            list.push_back({algorithm, withHmac(subject.headerWith({{"alg", algorithm}}), subject.freshPayload(),
                                                key.publicKey()->publicPem())});
    }
    return list;
}

std::vector<Forgery> emptySecret(const Subject& subject, const Knowledge&)
{
    std::vector<Forgery> list;
    addHmac(list, subject, "no octets", "");
    addHmac(list, subject, "one NUL", Bytes(1, '\0'));
    addHmac(list, subject, "32 zeros", Bytes(32, '\0'));
    addHmac(list, subject, "null", "null");
    addHmac(list, subject, "undefined", "undefined");
    addHmac(list, subject, "nil", "nil");
    return list;
}

/// Secrets of tutorials, defaults of libraries, and what people type.
constexpr std::array<std::string_view, 64> wellKnownSecrets{
    "secret",
    "your-256-bit-secret",
    "your-384-bit-secret",
    "your-512-bit-secret",
    "a-string-secret-at-least-256-bits-long",
    "password",
    "Password1",
    "passw0rd",
    "123456",
    "12345678",
    "1234567890",
    "qwerty",
    "admin",
    "administrator",
    "root",
    "test",
    "testing",
    "test123",
    "changeme",
    "change-me",
    "default",
    "key",
    "mykey",
    "my-key",
    "mysecret",
    "my-secret",
    "my_secret",
    "mysecretkey",
    "my-secret-key",
    "my_secret_key",
    "secretkey",
    "secret-key",
    "secret_key",
    "supersecret",
    "super-secret",
    "super_secret",
    "topsecret",
    "top-secret",
    "shhhhh",
    "shhh",
    "jwt",
    "jwtsecret",
    "jwt-secret",
    "jwt_secret",
    "jwt_secret_key",
    "JWT_SECRET",
    "JWT_SECRET_KEY",
    "SECRET",
    "SECRET_KEY",
    "secret123",
    "token",
    "hello",
    "helloworld",
    "hello world",
    "letmein",
    "abc123",
    "keyboard cat",
    "foo",
    "foobar",
    "dev",
    "development",
    "production",
    "local",
    "AllYourBase",
};

std::vector<Forgery> weakSecret(const Subject& subject, const Knowledge& knowledge)
{
    std::vector<Forgery> list;
    for (const std::string_view secret : wellKnownSecrets)
        addHmac(list, subject, std::string(secret), secret);
    for (const std::string& secret : knowledge.moreSecrets)
        addHmac(list, subject, "a secret of the list", secret);
    return list;
}

/// Signed with the tester's own key, but by an algorithm that the verifier does not expect of it.
std::vector<Forgery> otherOfFamily(const Subject& subject, const Knowledge& knowledge)
{
    std::vector<Forgery> list;
    const AlgorithmInfo* expected = subject.algorithm();
    if (!knowledge.signer || expected == nullptr)
        return list;
    for (const Algorithm algorithm : algorithmsFor(*knowledge.signer)) {
        const AlgorithmInfo& entry = info(algorithm);
        const bool isSame = entry.id == expected->id || entry.family == crypto::SignatureFamily::EdDsa;
        if (isSame)
            continue;
        const std::string header = document::toJson(subject.headerWith({{"alg", entry.name}}));
        if (auto token = withKey(header, subject.freshPayload(), *knowledge.signer, entry))
            list.push_back({std::string(entry.name), std::move(*token)});
    }
    return list;
}

constexpr auto error = LintSeverity::Error;

constexpr std::array<Variant, 6> list{{
    {"hs-public-pem", "confusion", "HMAC keyed with the public key's PEM",
     "The verifier takes alg from the token and its public key for a secret.", error, "RFC 8725 §3.1", false,
     &publicPem},
    {"hs-public-pem-digest", "confusion", "The same with HS384 and HS512", "Only HS256 was thought of.", error,
     "RFC 8725 §3.1", false, &publicPemOtherDigests},
    {"hs-public-octets", "confusion", "HMAC keyed with other forms of the public key",
     "The key is kept in a form that serves as a secret.", error, "RFC 8725 §3.1", false, &publicOctets},
    {"hs-empty-secret", "confusion", "HMAC keyed with nothing", "A key that was not found became an empty secret.",
     error, "RFC 8725 §3.5", false, &emptySecret},
    {"hs-weak-secret", "confusion", "HMAC keyed with a well-known secret",
     "The secret is one that everybody tries first.", error, "RFC 8725 §3.5", false, &weakSecret},
    {"alg-other", "confusion", "Another algorithm with the right key", "The algorithm is not bound to the key.",
     LintSeverity::Warning, "RFC 8725 §3.1", true, &otherOfFamily},
}};

} // namespace

std::span<const Variant> confusionVariants()
{
    return list;
}

} // namespace claimsmith::jose::forge
