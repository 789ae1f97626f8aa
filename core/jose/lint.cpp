// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/lint.h"

#include "base/text.h"
#include "jose/roca.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace claimsmith::jose {
namespace {

using document::Object;
using document::Value;
using Parameters = std::vector<std::pair<std::string, std::string>>;

struct Rule
{
    LintCode code;
    std::string_view name;
    LintSeverity severity;
    std::string_view standard;
};

constexpr std::array<Rule, 19> rules{{
    {LintCode::AlgorithmNone, "algorithm-none", LintSeverity::Error, "RFC 8725 §3.2"},
    {LintCode::SecretShort, "secret-short", LintSeverity::Error, "RFC 7518 §3.2"},
    {LintCode::SecretGuessable, "secret-guessable", LintSeverity::Warning, "RFC 8725 §3.5"},
    {LintCode::KeyShort, "key-short", LintSeverity::Error, "RFC 7518 §3.3"},
    {LintCode::KeyRoca, "key-roca", LintSeverity::Error, "CVE-2017-15361"},
    {LintCode::KeyInHeader, "key-in-header", LintSeverity::Warning, "RFC 7515 §10.1"},
    {LintCode::UrlInHeader, "url-in-header", LintSeverity::Warning, "RFC 8725 §3.10"},
    {LintCode::NoType, "no-type", LintSeverity::Info, "RFC 8725 §3.11"},
    {LintCode::NoKeyId, "no-key-id", LintSeverity::Info, "RFC 7515 §4.1.4"},
    {LintCode::NoExpiration, "no-expiration", LintSeverity::Warning, "RFC 7519 §4.1.4"},
    {LintCode::NoIssuedAt, "no-issued-at", LintSeverity::Info, "RFC 7519 §4.1.6"},
    {LintCode::NoIssuer, "no-issuer", LintSeverity::Warning, "RFC 8725 §3.8"},
    {LintCode::NoAudience, "no-audience", LintSeverity::Warning, "RFC 8725 §3.9"},
    {LintCode::NoTokenId, "no-token-id", LintSeverity::Info, "RFC 7519 §4.1.7"},
    {LintCode::TimeInMilliseconds, "time-in-milliseconds", LintSeverity::Error, "RFC 7519 §2"},
    {LintCode::TimeAsText, "time-as-text", LintSeverity::Error, "RFC 7519 §2"},
    {LintCode::ExpiresBeforeStart, "expires-before-start", LintSeverity::Error, "RFC 7519 §4.1.4"},
    {LintCode::LongLifetime, "long-lifetime", LintSeverity::Info, ""},
    {LintCode::SecretInPayload, "secret-in-payload", LintSeverity::Warning, "RFC 7519 §12"},
}};

constexpr bool isInOrder()
{
    for (std::size_t i = 0; i < rules.size(); ++i) {
        if (static_cast<std::size_t>(rules[i].code) != i)
            return false;
    }
    return true;
}
static_assert(isInOrder());

/// Collects findings with what the table says about each.
class Findings final
{
public:
    void add(LintCode code, std::string_view member = {}, Parameters parameters = {})
    {
        const Rule& rule = rules[static_cast<std::size_t>(code)];
        m_list.push_back({.code = code,
                          .severity = rule.severity,
                          .standard = rule.standard,
                          .pointer = member.empty() ? "" : document::joinPointer("", member),
                          .parameters = std::move(parameters)});
    }

    std::vector<LintFinding> take()
    {
        std::ranges::stable_sort(m_list, std::ranges::greater(), &LintFinding::severity);
        return std::move(m_list);
    }

private:
    std::vector<LintFinding> m_list;
};

const AlgorithmInfo* algorithmOf(const Object* header)
{
    const Value* alg = header == nullptr ? nullptr : header->find("alg");
    const std::string* name = alg == nullptr ? nullptr : alg->asString();
    return name == nullptr ? nullptr : findAlgorithm(*name);
}

// ---- Keys

void lintSecret(const SecretBytes& secret, const AlgorithmInfo* algorithm, Findings& findings)
{
    const AlgorithmInfo& wanted =
        algorithm != nullptr && algorithm->keyType == KeyType::Oct ? *algorithm : info(Algorithm::HS256);
    const std::string required = std::to_string(wanted.minimumBits);
    const std::size_t bits = secret.size() * 8;
    const std::size_t carried = estimatedBits(secret);
    if (bits < wanted.minimumBits)
        findings.add(LintCode::SecretShort, {},
                     {{"algorithm", std::string(wanted.name)}, {"bits", std::to_string(bits)}, {"required", required}});
    else if (carried < wanted.minimumBits)
        findings.add(LintCode::SecretGuessable, {},
                     {{"algorithm", std::string(wanted.name)},
                      {"characters", std::to_string(secret.size())},
                      {"bits", std::to_string(carried)},
                      {"required", required}});
}

void lintKey(const Key& key, const AlgorithmInfo* algorithm, Findings& findings)
{
    if (const SecretBytes* secret = key.secret())
        return lintSecret(*secret, algorithm, findings);
    if (key.type() != KeyType::Rsa)
        return;
    const std::size_t required = info(Algorithm::RS256).minimumBits;
    if (key.bits() < required)
        findings.add(LintCode::KeyShort, {},
                     {{"bits", std::to_string(key.bits())}, {"required", std::to_string(required)}});
    if (hasRocaWeakness(key))
        findings.add(LintCode::KeyRoca);
}

// ---- Header

void lintHeader(const Object& header, const Key* key, Findings& findings)
{
    const Value* alg = header.find("alg");
    const std::string* name = alg == nullptr ? nullptr : alg->asString();
    if (name != nullptr && equalIgnoringCase(*name, "none"))
        findings.add(LintCode::AlgorithmNone, "alg");
    for (const std::string_view member : {"jwk", "x5c"}) {
        if (header.contains(member))
            findings.add(LintCode::KeyInHeader, member, {{"member", std::string(member)}});
    }
    for (const std::string_view member : {"jku", "x5u"}) {
        if (header.contains(member))
            findings.add(LintCode::UrlInHeader, member, {{"member", std::string(member)}});
    }
    if (!header.contains("typ"))
        findings.add(LintCode::NoType, "typ");
    if (!header.contains("kid") && key != nullptr && !key->id().empty())
        findings.add(LintCode::NoKeyId, "kid");
}

// ---- Claims

std::optional<double> timeOf(const Object& claims, std::string_view claim)
{
    const Value* value = claims.find(claim);
    const document::Number* number = value == nullptr ? nullptr : value->asNumber();
    return number == nullptr ? std::nullopt : std::optional(number->toDouble());
}

bool isDigits(std::string_view text) noexcept
{
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

void lintTime(const Object& claims, std::string_view claim, Findings& findings)
{
    constexpr double firstImplausible = 1e11; // in the year 5138; in milliseconds it was 1973
    const Value* value = claims.find(claim);
    if (value == nullptr)
        return;
    if (const std::string* text = value->asString(); text != nullptr && isDigits(*text))
        findings.add(LintCode::TimeAsText, claim, {{"claim", std::string(claim)}});
    if (timeOf(claims, claim).value_or(0) >= firstImplausible)
        findings.add(LintCode::TimeInMilliseconds, claim, {{"claim", std::string(claim)}});
}

void lintLifetime(const Object& claims, Findings& findings)
{
    constexpr double longLifetime = 24.0 * 60 * 60;
    const std::optional<double> expires = timeOf(claims, "exp");
    if (!expires)
        return;
    const std::optional<double> notBefore = timeOf(claims, "nbf");
    const std::optional<double> issued = timeOf(claims, "iat");
    if ((notBefore && *expires <= *notBefore) || (issued && *expires <= *issued))
        findings.add(LintCode::ExpiresBeforeStart, "exp");
    else if (issued && *expires - *issued > longLifetime)
        findings.add(LintCode::LongLifetime, "exp", {{"seconds", std::to_string(std::llround(*expires - *issued))}});
}

bool speaksOfSecret(std::string_view claim)
{
    constexpr std::array<std::string_view, 7> words{"password", "passwd", "secret",     "private_key",
                                                    "api_key",  "apikey", "credit_card"};
    const std::string name = toLower(claim);
    return std::ranges::any_of(words, [&](std::string_view word) { return name.find(word) != std::string::npos; });
}

void lintClaims(const Object& claims, Findings& findings)
{
    struct Wanted
    {
        std::string_view claim;
        LintCode code;
    };
    static constexpr std::array<Wanted, 5> wanted{{
        {"exp", LintCode::NoExpiration},
        {"aud", LintCode::NoAudience},
        {"iss", LintCode::NoIssuer},
        {"iat", LintCode::NoIssuedAt},
        {"jti", LintCode::NoTokenId},
    }};
    for (const Wanted& each : wanted) {
        if (!claims.contains(each.claim))
            findings.add(each.code, each.claim);
    }
    for (const std::string_view claim : {"exp", "nbf", "iat"})
        lintTime(claims, claim, findings);
    lintLifetime(claims, findings);
    for (const document::Member& member : claims) {
        if (speaksOfSecret(member.name))
            findings.add(LintCode::SecretInPayload, member.name, {{"claim", member.name}});
    }
}

} // namespace

std::vector<LintFinding> lint(const LintInput& input)
{
    Findings findings;
    if (input.key != nullptr)
        lintKey(*input.key, algorithmOf(input.header), findings);
    if (input.header != nullptr)
        lintHeader(*input.header, input.key, findings);
    if (input.claims != nullptr)
        lintClaims(*input.claims, findings);
    return findings.take();
}

std::string_view toString(LintCode code) noexcept
{
    return rules[static_cast<std::size_t>(code)].name;
}

std::string_view toString(LintSeverity severity) noexcept
{
    constexpr std::array<std::string_view, 3> names{"info", "warning", "error"};
    return names[static_cast<std::size_t>(severity)];
}

std::size_t estimatedBits(const SecretBytes& secret) noexcept
{
    double alphabet = 0;
    bool lower = false, upper = false, digit = false, symbol = false;
    for (const char c : secret.view()) {
        const auto octet = static_cast<unsigned char>(c);
        if (octet < 0x20 || octet > 0x7e)
            return secret.size() * 8;
        lower = lower || (c >= 'a' && c <= 'z');
        upper = upper || (c >= 'A' && c <= 'Z');
        digit = digit || (c >= '0' && c <= '9');
        symbol = symbol || !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'));
    }
    alphabet += (lower ? 26 : 0) + (upper ? 26 : 0) + (digit ? 10 : 0) + (symbol ? 33 : 0);
    return alphabet == 0 ? 0 : static_cast<std::size_t>(static_cast<double>(secret.size()) * std::log2(alphabet));
}

} // namespace claimsmith::jose
