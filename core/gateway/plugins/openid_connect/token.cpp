// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/openid_connect/token.h"

#include "base/base64.h"
#include "document/json.h"
#include "gateway/plugins/openid_connect/checks.h"
#include "jose/claims.h"
#include "jose/compact.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

namespace claimsmith::gateway::openidconnect {

using document::Object;
using document::Value;

namespace {

std::string_view textIn(const Object& object, std::string_view name) noexcept
{
    const Value* value = object.find(name);
    const std::string* text = value ? value->asString() : nullptr;
    return text ? std::string_view(*text) : std::string_view();
}

std::optional<Object> readPart(std::string_view encoded)
{
    const auto bytes = fromBase64Url(encoded);
    auto value = bytes ? document::parseJson(*bytes) : Result<Value>(Error{document::JsonErrorCode::UnexpectedEnd});
    if (!value || !value->asObject())
        return std::nullopt;
    return std::move(*value->asObject());
}

std::string joined(const std::vector<std::string>& texts)
{
    std::string all;
    for (const std::string& text : texts)
        all += (all.empty() ? "" : ", ") + text;
    return all;
}

const jose::SignatureVerifier* verifierFor(const std::vector<jose::SignatureVerifier>& verifiers,
                                           jose::Algorithm algorithm) noexcept
{
    const auto found = std::ranges::find(verifiers, algorithm, &jose::SignatureVerifier::algorithm);
    return found == verifiers.end() ? nullptr : &*found;
}

class SignatureCheck final
{
public:
    SignatureCheck(const Token& token, const Metadata& metadata, const Settings& settings,
                   const Expectations& expectations, Findings& findings)
        : m_token(token), m_metadata(metadata), m_settings(settings), m_expectations(expectations),
          m_findings(findings), m_algorithm(jose::findAlgorithm(token.algorithm()))
    {
    }

    Signed run()
    {
        const bool isSymmetric = m_algorithm && m_algorithm->keyType == jose::KeyType::Oct;
        const bool isEnabled = !isSymmetric || (m_expectations.client && !m_expectations.client->verifiers.empty());
        noteAlgorithm(isSymmetric);
        if (!m_algorithm || !isEnabled)
            return {algorithmKnown, nullptr};
        return isSymmetric ? bySecret() : byKey();
    }

private:
    void noteAlgorithm(bool isSymmetric)
    {
        if (!m_findings)
            return;
        const bool isEnabled = !isSymmetric || (m_expectations.client && !m_expectations.client->verifiers.empty());
        const bool isNone = m_token.algorithm() == "none";
        m_findings.record(m_algorithm && isEnabled, {.check = std::string(algorithmKnown),
                                                     .found = std::string(m_token.algorithm()),
                                                     .pointer = m_settings.pointerTo("enable_hs_signatures"),
                                                     .standard = "RFC 8725 §3.1",
                                                     .parameters = {{"problem", isNone         ? "none"
                                                                                : !m_algorithm ? "unknown"
                                                                                : !isEnabled   ? "hs-disabled"
                                                                                               : ""}}});
    }

    Signed bySecret()
    {
        const auto* verifier = verifierFor(m_expectations.client->verifiers, m_algorithm->id);
        const bool isValid = verifier && verifies(*verifier);
        note(isValid, "");
        return {isValid ? std::string_view() : signatureValid, nullptr};
    }

    /// The key that the token names, or the only ones that fit when it names none.
    Signed byKey()
    {
        const std::string_view kid = m_token.keyId();
        const PreparedKey* suitable = nullptr;
        for (const PreparedKey& key : m_metadata.keys) {
            const auto* verifier = verifierFor(key.verifiers, m_algorithm->id);
            if (!verifier || (!kid.empty() && key.key.id() != kid))
                continue;
            suitable = &key;
            if (verifies(*verifier)) {
                noteKey(true);
                note(true, key.key.id());
                return {{}, &key};
            }
        }
        noteKey(suitable != nullptr);
        if (!suitable)
            return {keyFound, nullptr};
        note(false, suitable->key.id());
        return {signatureValid, nullptr};
    }

    bool verifies(const jose::SignatureVerifier& verifier) const noexcept
    {
        return verifier.verify(std::string_view(m_token.text).substr(0, m_token.signingInputSize), m_token.signature);
    }

    void noteKey(bool isFound)
    {
        if (m_findings)
            m_findings.record(isFound, {.check = std::string(keyFound),
                                        .expected = m_metadata.keyIds(),
                                        .found = std::string(m_token.keyId()),
                                        .pointer = m_settings.pointerTo("issuer"),
                                        .standard = "RFC 7515 §4.1.4",
                                        .parameters = {{"algorithm", std::string(m_token.algorithm())},
                                                       {"issuer", m_metadata.issuer}}});
    }

    void note(bool isValid, const std::string& kid)
    {
        if (m_findings)
            m_findings.record(isValid, {.check = std::string(signatureValid),
                                        .found = std::string(m_token.algorithm()),
                                        .pointer = m_settings.pointerTo("verify_signature"),
                                        .standard = "RFC 7515 §5.2",
                                        .parameters = {{"kid", kid}}});
    }

    const Token& m_token;
    const Metadata& m_metadata;
    const Settings& m_settings;
    const Expectations& m_expectations;
    Findings& m_findings;
    const jose::AlgorithmInfo* m_algorithm;
};

/// Where a rung of the claims is told, and by which setting.
struct ClaimRow
{
    jose::RungId rung;
    std::string_view check;
    std::string_view setting;
    std::string_view claim;
};

constexpr ClaimRow claimRows[] = {
    {jose::RungId::Expiration, expiration, "leeway", "exp"},
    {jose::RungId::NotBefore, notBefore, "leeway", "nbf"},
    {jose::RungId::IssuedAt, issuedAt, "leeway", "iat"},
    {jose::RungId::Issuer, issuerKnown, "issuers_allowed", "iss"},
    {jose::RungId::Audience, idTokenForClient, "client_id", "aud"},
    {jose::RungId::Nonce, nonceFits, "verify_nonce", "nonce"},
};

jose::ClaimsPolicy timesPolicy(const Settings& settings)
{
    jose::ClaimsPolicy policy;
    constexpr double longest = 1e9;
    policy.leeway = static_cast<std::int64_t>(std::ceil(std::clamp(settings.leeway, 0.0, longest)));
    return policy;
}

Finding findingOf(const ClaimRow& row, const jose::Rung& rung, const jose::ClaimsPolicy& policy,
                  const Settings& settings, std::int64_t now)
{
    const bool isType = rung.problem && rung.problem->code == ErrorCode(jose::JoseErrorCode::ClaimType);
    return {.check = std::string(row.check),
            .expected = row.check == issuerKnown ? joined(policy.issuers) : rung.expected,
            .found = rung.found,
            .pointer = settings.pointerTo(row.setting),
            .standard = std::string(rung.standard),
            .parameters = {{"now", std::to_string(now)},
                           {"leeway", std::to_string(policy.leeway)},
                           {"problem", isType ? "type" : ""},
                           {"claim", std::string(row.claim)}}};
}

/// Checks what the rows name; gives the first check that failed.
std::string_view check(const Object& claims, const jose::ClaimsPolicy& policy, const Settings& settings,
                       std::int64_t now, std::span<const ClaimRow> rows, Findings& findings)
{
    std::string_view failed;
    for (const jose::Rung& rung : jose::checkClaims(claims, policy, now)) {
        const auto row = std::ranges::find(rows, rung.id, &ClaimRow::rung);
        if (row == rows.end() || rung.state == jose::RungState::NotChecked)
            continue;
        const bool holds = rung.state == jose::RungState::Passed;
        if (!holds && failed.empty())
            failed = row->check;
        if (findings)
            findings.record(holds, findingOf(*row, rung, policy, settings, now));
    }
    return failed;
}

} // namespace

std::string_view Token::keyId() const noexcept
{
    return textIn(header, "kid");
}

std::string_view Token::algorithm() const noexcept
{
    return textIn(header, "alg");
}

bool looksLikeToken(std::string_view text) noexcept
{
    return std::ranges::count(text, '.') == 2 && text.front() != '.';
}

ReadToken readToken(std::string text)
{
    const auto parts = jose::splitCompact(text);
    if (!parts || parts->signature.find('.') != std::string_view::npos)
        return {{}, "parts"};
    auto header = readPart(parts->header);
    if (!header)
        return {{}, "header"};
    auto claims = readPart(parts->payload);
    if (!claims)
        return {{}, "payload"};
    auto signature = fromBase64Url(parts->signature);
    if (!signature)
        return {{}, "signature"};
    if (header->contains("crit") || header->contains("b64"))
        return {{}, "crit"};
    const std::size_t size = parts->signingInput.size();
    return {Token{std::move(text), *std::move(header), *std::move(claims), *std::move(signature), size}, {}};
}

Signed checkSignature(const Token& token, const Metadata& metadata, const Settings& settings,
                      const Expectations& expectations, Findings& findings)
{
    if (!settings.verifiesSignature || expectations.skipsSignature) {
        findings.notAsked(
            {.check = std::string(signatureValid),
             .pointer = settings.pointerTo(settings.verifiesSignature ? "ignore_signature" : "verify_signature")});
        return {};
    }
    return SignatureCheck(token, metadata, settings, expectations, findings).run();
}

std::string_view checkClaims(const Object& claims, const Metadata& metadata, const Settings& settings,
                             const Expectations& expectations, std::int64_t now, Findings& findings)
{
    jose::ClaimsPolicy policy = timesPolicy(settings);
    policy.issuers = settings.issuersAllowed;
    policy.issuers.push_back(metadata.issuer);
    std::erase(policy.issuers, std::string()); // of a reference that leads nowhere
    policy.nonce = expectations.nonce;
    if (expectations.isIdToken && expectations.client)
        policy.audiences = {expectations.client->id};
    if (settings.verifiesClaims)
        return check(claims, policy, settings, now, claimRows, findings);
    // What binds an ID token to its login is a setting of its own: verify_nonce.
    const std::span ofLogin = std::span(claimRows).last(2);
    return expectations.nonce ? check(claims, policy, settings, now, ofLogin, findings) : std::string_view();
}

std::string_view checkTimes(const Object& claims, const Settings& settings, std::int64_t now, Findings& findings)
{
    const std::span times = std::span(claimRows).first(3);
    return settings.verifiesClaims ? check(claims, timesPolicy(settings), settings, now, times, findings)
                                   : std::string_view();
}

} // namespace claimsmith::gateway::openidconnect
