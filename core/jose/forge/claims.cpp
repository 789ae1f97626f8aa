// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/base64.h"
#include "document/json.h"
#include "jose/forge/groups.h"
#include "jose/forge/subject.h"

#include <array>

namespace claimsmith::jose::forge {
namespace {

using document::Number;
using document::Object;
using document::Value;

constexpr std::int64_t hour = 3600;

void addText(std::vector<Forgery>& list, const Subject& subject, const Knowledge& knowledge, std::string label,
             std::string_view payload)
{
    if (auto token = signedByTester(subject, knowledge, subject.header(), payload))
        list.push_back({std::move(label), std::move(*token)});
}

/// The fresh claims with one of them set.
void add(std::vector<Forgery>& list, const Subject& subject, const Knowledge& knowledge, std::string label,
         std::string_view claim, const Value& value)
{
    if (!subject.hasClaims())
        return;
    Object claims = subject.freshClaims();
    claims.set(claim, value);
    addText(list, subject, knowledge, std::move(label), document::toJson(claims));
}

std::vector<Forgery> expired(const Subject& subject, const Knowledge& knowledge)
{
    std::vector<Forgery> list;
    add(list, subject, knowledge, "an hour ago", "exp", knowledge.now - hour);
    add(list, subject, knowledge, "in 1970", "exp", 0);
    add(list, subject, knowledge, "a negative time", "exp", -1);
    return list;
}

std::vector<Forgery> expirationType(const Subject& subject, const Knowledge& knowledge)
{
    std::vector<Forgery> list;
    add(list, subject, knowledge, "a text", "exp", std::to_string(knowledge.now + hour));
    add(list, subject, knowledge, "an empty text", "exp", "");
    add(list, subject, knowledge, "null", "exp", nullptr);
    add(list, subject, knowledge, "true", "exp", true);
    add(list, subject, knowledge, "a list", "exp", document::Array{Value(knowledge.now + hour)});
    add(list, subject, knowledge, "an object", "exp", Object{{"$gt", 0}});
    add(list, subject, knowledge, "a date", "exp", "2999-12-31T23:59:59Z");
    return list;
}

std::vector<Forgery> expirationSize(const Subject& subject, const Knowledge& knowledge)
{
    std::vector<Forgery> list;
    add(list, subject, knowledge, "beyond a double", "exp", Value(Number(std::string("1e400"))));
    add(list, subject, knowledge, "beyond 64 bits", "exp", Value(Number(std::string("99999999999999999999"))));
    add(list, subject, knowledge, "milliseconds of an hour ago", "exp", (knowledge.now - hour) * 1000);
    return list;
}

std::vector<Forgery> notANumber(const Subject& subject, const Knowledge& knowledge)
{
    std::vector<Forgery> list;
    if (!subject.hasClaims())
        return list;
    for (const char* text : {"NaN", "Infinity", "0x7fffffff", "+99999999999", "09999999999"})
        add(list, subject, knowledge, text, "exp", Value(Number(std::string(text))));
    return list;
}

std::vector<Forgery> noExpiration(const Subject& subject, const Knowledge& knowledge)
{
    std::vector<Forgery> list;
    Object claims = subject.freshClaims();
    if (subject.hasClaims() && claims.remove("exp"))
        addText(list, subject, knowledge, "exp left out", document::toJson(claims));
    return list;
}

std::vector<Forgery> notYet(const Subject& subject, const Knowledge& knowledge)
{
    std::vector<Forgery> list;
    add(list, subject, knowledge, "nbf in an hour", "nbf", knowledge.now + hour);
    add(list, subject, knowledge, "nbf as a text", "nbf", std::to_string(knowledge.now + hour));
    return list;
}

std::vector<Forgery> fromFuture(const Subject& subject, const Knowledge& knowledge)
{
    std::vector<Forgery> list;
    add(list, subject, knowledge, "iat in a day", "iat", knowledge.now + 24 * hour);
    add(list, subject, knowledge, "iat that is no number", "iat", "now");
    return list;
}

std::vector<Forgery> otherAudience(const Subject& subject, const Knowledge& knowledge)
{
    std::vector<Forgery> list;
    if (!subject.claims().contains("aud"))
        return list;
    add(list, subject, knowledge, "another", "aud", "https://somebody.example");
    add(list, subject, knowledge, "an empty list", "aud", document::Array{});
    add(list, subject, knowledge, "an object", "aud", Object{});
    add(list, subject, knowledge, "a wildcard", "aud", "*");
    return list;
}

const std::string* issuerOf(const Subject& subject)
{
    const Value* issuer = subject.claims().find("iss");
    return issuer == nullptr ? nullptr : issuer->asString();
}

std::vector<Forgery> otherIssuer(const Subject& subject, const Knowledge& knowledge)
{
    std::vector<Forgery> list;
    const std::string* issuer = issuerOf(subject);
    if (issuer == nullptr)
        return list;
    add(list, subject, knowledge, "another", "iss", "https://somebody.example");
    add(list, subject, knowledge, "a slash behind it", "iss", *issuer + '/');
    add(list, subject, knowledge, "a space behind it", "iss", *issuer + ' ');
    add(list, subject, knowledge, "a host behind it", "iss", *issuer + ".somebody.example");
    add(list, subject, knowledge, "a list that holds it", "iss", document::Array{Value(*issuer)});
    return list;
}

/// The issuer with one letter that only looks the same.
std::vector<Forgery> lookAlike(const Subject& subject, const Knowledge& knowledge)
{
    struct Pair
    {
        char latin;
        const char* cyrillic;
    };
    static constexpr std::array<Pair, 5> pairs{
        {{'a', "\u0430"}, {'e', "\u0435"}, {'o', "\u043e"}, {'c', "\u0441"}, {'i', "\u0456"}}};
    std::vector<Forgery> list;
    const std::string* issuer = issuerOf(subject);
    for (const Pair& pair : pairs) {
        const std::size_t at = issuer == nullptr ? std::string::npos : issuer->find(pair.latin);
        if (at == std::string::npos)
            continue;
        std::string changed = *issuer;
        changed.replace(at, 1, pair.cyrillic);
        add(list, subject, knowledge, std::string("a Cyrillic letter for ") + pair.latin, "iss", changed);
    }
    return list;
}

std::vector<Forgery> duplicateClaims(const Subject& subject, const Knowledge& knowledge)
{
    std::vector<Forgery> list;
    if (!subject.hasClaims())
        return list;
    Object last = subject.freshClaims();
    last.append("sub", "claimsmith-admin");
    if (subject.claims().contains("sub"))
        addText(list, subject, knowledge, "sub twice", document::toJson(last));
    Object expiry = subject.freshClaims();
    expiry.set("exp", knowledge.now - hour);
    expiry.append("exp", knowledge.now + hour);
    addText(list, subject, knowledge, "exp twice, the last in the future", document::toJson(expiry));
    return list;
}

std::vector<Forgery> payloadType(const Subject& subject, const Knowledge& knowledge)
{
    std::vector<Forgery> list;
    for (const char* text : {"null", "[]", "\"claims\"", "true", "0", "", "{", "not JSON"})
        addText(list, subject, knowledge, *text == '\0' ? "nothing" : text, text);
    return list;
}

constexpr auto error = LintSeverity::Error;
constexpr auto warning = LintSeverity::Warning;

constexpr std::array<Variant, 12> list{{
    {"exp-past", "claims", "Expired", "exp is not checked.", error, "RFC 7519 §4.1.4", true, &expired},
    {"exp-type", "claims", "exp that is no number", "A time of another type counts as none, or as far away.", error,
     "RFC 7519 §2", true, &expirationType},
    {"exp-huge", "claims", "exp that is too large", "A number that can't be represented counts as far away.", warning,
     "RFC 7519 §2", true, &expirationSize},
    {"exp-not-json", "claims", "exp that JSON does not have",
     "The reader takes numbers that JSON lacks; NaN is never past.", error, "RFC 8259 §6", true, &notANumber},
    {"exp-absent", "claims", "No exp", "A token that never ends is accepted.", warning, "RFC 8725 §3.10", true,
     &noExpiration},
    {"nbf-future", "claims", "Not valid yet", "nbf is not checked.", warning, "RFC 7519 §4.1.5", true, &notYet},
    {"iat-future", "claims", "Issued in the future", "iat is not checked.", LintSeverity::Info, "RFC 7519 §4.1.6", true,
     &fromFuture},
    {"aud-other", "claims", "For somebody else", "A token for another service is accepted.", error, "RFC 8725 §3.9",
     true, &otherAudience},
    {"iss-other", "claims", "From somebody else", "The issuer is not bound to the key, or compared loosely.", error,
     "RFC 8725 §3.8", true, &otherIssuer},
    {"iss-look-alike", "claims", "An issuer that looks the same", "Names are normalised before they are compared.",
     warning, "RFC 8725 §3.7", true, &lookAlike},
    {"claims-duplicate", "claims", "Claims twice", "One reader takes the first and another the last.", warning,
     "RFC 7519 §4", true, &duplicateClaims},
    {"payload-type", "claims", "Payload that is no JSON object",
     "A payload without claims passes, or crashes the verifier.", error, "RFC 7519 §7.2", true, &payloadType},
}};

} // namespace

std::span<const Variant> claimVariants()
{
    return list;
}

} // namespace claimsmith::jose::forge
