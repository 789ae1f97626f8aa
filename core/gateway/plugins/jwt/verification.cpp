// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/jwt/verification.h"

#include "document/value.h"
#include "gateway/plugins/config.h"
#include "gateway/plugins/identity.h"
#include "gateway/plugins/jwt/checks.h"
#include "gateway/plugins/jwt/tokenmemory.h"
#include "jose/algorithm.h"

#include <algorithm>
#include <cmath>

namespace claimsmith::gateway::jwt {

using document::Object;
using document::Value;

namespace {

constexpr std::string_view supportedAlgorithms[] = {"HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "ES256",
                                                    "ES384", "ES512", "PS256", "PS384", "PS512", "EdDSA"};
/// Kong takes PSS signatures of 2048-bit keys only and breaks at others.
constexpr std::size_t kongPssSize = 256;

constexpr std::string_view timeStandard(std::string_view claim) noexcept
{
    return claim == "exp" ? "RFC 7519 §4.1.4" : "RFC 7519 §4.1.5";
}

std::string joined(const std::vector<std::string>& texts)
{
    std::string out;
    for (const std::string& text : texts)
        out += (out.empty() ? "" : ", ") + text;
    return out;
}

std::string_view partName(Broken::Part part) noexcept
{
    static constexpr std::string_view names[] = {"header", "payload", "signature"};
    return names[static_cast<std::size_t>(part)];
}

/// Lua can look into objects, lists and texts; anything else breaks Kong's plugin.
bool canBeIndexed(const Value& value) noexcept
{
    return value.asObject() || value.asArray() || value.asString();
}

bool isFalse(const Value& value) noexcept
{
    return value.asBoolean() && !*value.asBoolean();
}

std::string shown(const Value& value)
{
    if (const auto* text = value.asString())
        return *text;
    if (const auto* number = value.asNumber())
        return number->text();
    return std::string(document::kindName(value.kind()));
}

} // namespace

Settings::Settings(const Value& config, Conduct manner, std::string configPointer)
    : places{textsSetting(config, "uri_param_names"), textsSetting(config, "cookie_names"),
             textsSetting(config, "header_names")},
      keyClaimName(textSetting(config, "key_claim_name").value_or("")),
      secretIsBase64(flagSetting(config, "secret_is_base64")), claimsToVerify(textsSetting(config, "claims_to_verify")),
      maximumExpiration(numberSetting(config, "maximum_expiration")), realm(textSetting(config, "realm")),
      conduct(manner), pointer(std::move(configPointer))
{
}

Verification::Verification(Exchange& exchange, const Settings& settings, const JwtCredentials& credentials) noexcept
    : m_exchange(exchange), m_settings(settings), m_credentials(credentials), m_findings(exchange.step(), all)
{
}

std::optional<Answer> Verification::run()
{
    static constexpr Refusal (Verification::*steps[])() = {
        &Verification::takeToken,      &Verification::decode,
        &Verification::findCredential, &Verification::checkAlgorithm,
        &Verification::checkKey,       &Verification::checkSignature,
        &Verification::checkTimes,     &Verification::checkMaximumExpiration,
    };

    struct CloseFindings
    {
        Findings& findings;

        ~CloseFindings() { findings.closeUnchecked(); }
    } close{m_findings};

    for (const auto step : steps)
        if (auto refusal = (this->*step)())
            return refusal;
    authenticate(m_exchange, *m_credential->consumer, *m_credential->entity, m_key);
    m_exchange.authenticatedToken = m_token->text;
    if (m_token == &m_decoded)
        TokenMemory::ofThread(m_credentials)
            .keep(std::move(m_decoded), m_credential->verifying(m_settings.secretIsBase64));
    return std::nullopt;
}

std::string Verification::pointerTo(std::string_view setting) const
{
    return document::joinPointer(m_settings.pointer, setting);
}

const Value* Verification::claim(std::string_view name) const noexcept
{
    return m_token->claims.find(name);
}

Verification::Refusal Verification::refuse(Value body) const
{
    Answer answer = exitAnswer(401, body);
    std::string challenge = "Bearer";
    if (m_settings.realm)
        challenge += " realm=\"" + *m_settings.realm + "\"";
    if (m_hasToken)
        challenge += " error=\"invalid_token\"";
    answer.headers.set("WWW-Authenticate", challenge);
    return answer;
}

Verification::Refusal Verification::refuseWith(std::string message) const
{
    return refuse(Object{{"message", std::move(message)}});
}

Verification::Refusal Verification::takeToken()
{
    auto tokens = collectTokens(m_exchange.upstream.headers, m_exchange.upstream.query, m_settings.places);
    const auto finding = [this](std::string_view check) {
        return Finding{
            .check = std::string(check), .expected = m_settings.places.toString(), .pointer = m_settings.pointer};
    };
    if (tokens.empty()) {
        if (m_findings)
            m_findings.failed(finding(tokenFound));
        return refuseWith("Unauthorized");
    }
    m_hasToken = true;
    if (m_findings) {
        Finding found = finding(tokenFound);
        std::vector<std::string> places;
        for (const FoundToken& token : tokens)
            places.insert(places.end(), token.places.begin(), token.places.end());
        found.found = joined(places);
        m_findings.passed(found);
        Finding single{.check = std::string(singleToken),
                       .expected = "1",
                       .found = std::to_string(tokens.size()),
                       .parameters = {{"places", joined(places)}}};
        tokens.size() == 1 ? m_findings.passed(single) : m_findings.failed(single);
    }
    if (tokens.size() > 1)
        return refuseWith("Multiple tokens provided");
    if (m_findings) {
        Finding text{.check = std::string(tokenIsText), .found = tokens.front().places.front()};
        tokens.front().isText ? m_findings.passed(text) : m_findings.failed(text);
    }
    if (!tokens.front().isText)
        return refuseWith("Unrecognizable token");
    m_text = std::move(tokens.front().text);
    return std::nullopt;
}

Verification::Refusal Verification::decode()
{
    const auto brokenAt = [this](std::string_view part, std::string_view message) {
        if (m_findings)
            m_findings.failed({.check = std::string(decodes),
                               .found = std::string(message),
                               .standard = "RFC 7515 §5.2",
                               .parameters = {{"part", std::string(part)}}});
        return refuseWith("Bad token; " + std::string(message));
    };
    if (const auto* known = TokenMemory::ofThread(m_credentials).find(m_text, m_exchange.clock.unixSeconds())) {
        m_token = &known->token;
        m_verifiedBy = known->verifiedBy;
    } else {
        auto decoded = decodeToken(std::move(m_text), m_settings.conduct);
        if (const auto* broken = std::get_if<Broken>(&decoded))
            return brokenAt(partName(broken->part), broken->message);
        m_decoded = std::move(*std::get_if<Token>(&decoded));
    }
    if (m_settings.conduct == Conduct::Kong && !canBeIndexed(m_token->header)) {
        if (m_findings)
            m_findings.failed({.check = std::string(decodes),
                               .standard = "RFC 7515 §4",
                               .quirk = std::string(answers500),
                               .parameters = {{"part", "header"}}});
        throw Fault{"the token's header is no object"};
    }
    const std::string* algorithm = m_token->header.findString("alg");
    m_algorithm = algorithm ? *algorithm : std::string();
    if (std::ranges::find(supportedAlgorithms, m_algorithm) == std::end(supportedAlgorithms)) {
        if (m_findings) {
            m_findings.passed({.check = std::string(decodes)});
            m_findings.failed(
                {.check = std::string(algorithmKnown), .found = m_algorithm, .standard = "RFC 7515 §4.1.1"});
        }
        return refuseWith("Bad token; invalid alg");
    }
    if (isFalse(m_token->claims))
        return brokenAt("payload", "invalid claims");
    if (!m_token->signatureDecodes)
        return brokenAt("signature", "invalid signature");
    if (m_findings) {
        m_findings.passed({.check = std::string(decodes),
                           .standard = m_token->quirk.empty() ? "" : "RFC 7515",
                           .quirk = std::string(m_token->quirk)});
        m_findings.passed({.check = std::string(algorithmKnown), .found = m_algorithm});
    }
    return std::nullopt;
}

Verification::Refusal Verification::findCredential()
{
    const std::string& name = m_settings.keyClaimName;
    const auto finding = [&](std::string_view problem, std::string found) {
        return Finding{.check = std::string(keyClaim),
                       .expected = name,
                       .found = std::move(found),
                       .pointer = pointerTo("key_claim_name"),
                       .parameters = {{"claim", name}, {"problem", std::string(problem)}}};
    };
    if (!canBeIndexed(m_token->claims)) {
        if (m_findings) {
            Finding broken = finding("not-text", shown(m_token->claims));
            broken.quirk = answers500;
            m_findings.failed(std::move(broken));
        }
        throw Fault{"the token's payload is no object"};
    }
    const Value* value = claim(name);
    const bool isInClaims = value && !isFalse(*value);
    if (!isInClaims)
        value = m_token->header.find(name);
    if (!value || isFalse(*value)) {
        m_findings.failed(finding("absent", {}));
        return refuseWith("No mandatory '" + name + "' in claims");
    }
    if (!value->asString()) {
        Finding notText = finding("not-text", shown(*value));
        if (m_settings.conduct == Conduct::Strict) {
            m_findings.failed(std::move(notText));
            return refuseWith("Invalid '" + name + "' in claims");
        }
        notText.quirk = answers500;
        m_findings.failed(std::move(notText));
        throw Fault{"the key claim is no text"};
    }
    m_key = *value->asString();
    if (m_key.empty()) {
        m_findings.failed(finding("empty", {}));
        return refuseWith("Invalid '" + name + "' in claims");
    }
    m_credential = m_credentials.find(m_key);
    if (m_findings) {
        Finding found = finding({}, m_key);
        found.parameters = {{"claim", name}, {"in", isInClaims ? "claims" : "header"}};
        m_findings.passed(std::move(found));
        Finding known{
            .check = std::string(credentialFound), .found = m_key, .parameters = {{"claim", name}, {"key", m_key}}};
        if (m_credential) {
            known.expected = m_credential->consumer->entity->name();
            known.pointer = m_credential->entity->pointer;
            m_findings.passed(std::move(known));
        } else {
            m_findings.failed(std::move(known));
        }
    }
    return m_credential ? Refusal() : refuseWith("No credentials found for given '" + name + "'");
}

Verification::Refusal Verification::checkAlgorithm()
{
    const bool fits = m_algorithm == m_credential->algorithm;
    if (m_findings) {
        Finding finding{.check = std::string(algorithmFits),
                        .expected = std::string(m_credential->algorithm),
                        .found = m_algorithm,
                        .pointer = document::joinPointer(m_credential->entity->pointer, "algorithm"),
                        .standard = "RFC 8725 §3.1"};
        fits ? m_findings.passed(std::move(finding)) : m_findings.failed(std::move(finding));
    }
    return fits ? Refusal() : refuseWith("Invalid algorithm");
}

Verification::Refusal Verification::checkKey()
{
    using Key = Verifying::Key;
    const Key key = m_credential->verifying(m_settings.secretIsBase64).key;
    const bool isSecret = m_algorithm.starts_with("HS");
    const bool isMissing = key == Key::Absent || key == Key::NotBase64;
    const bool breaks = key == Key::Unreadable && m_settings.conduct == Conduct::Kong;
    if (m_findings) {
        const std::string_view problem = key == Key::Absent      ? "absent"
                                         : key == Key::NotBase64 ? "not-base64"
                                                                 : "unreadable";
        Finding finding{.check = std::string(keyUsable),
                        .quirk = std::string(breaks ? answers500 : std::string_view())};
        finding.pointer = key == Key::NotBase64 ? pointerTo("secret_is_base64")
                                                : document::joinPointer(m_credential->entity->pointer,
                                                                        isSecret ? "secret" : "rsa_public_key");
        if (isMissing || key == Key::Unreadable)
            finding.parameters.emplace_back("problem", problem);
        isMissing || key == Key::Unreadable ? m_findings.failed(std::move(finding))
                                            : m_findings.passed(std::move(finding));
    }
    if (breaks)
        throw Fault{"the credential's public key can't be read"};
    return isMissing || key == Key::Unreadable ? refuseWith("Invalid key/secret") : Refusal();
}

Verification::Refusal Verification::checkSignature()
{
    const Verifying& verifying = m_credential->verifying(m_settings.secretIsBase64);
    Finding finding{.check = std::string(signatureValid)};
    if (m_findings) {
        finding.expected = m_credential->consumer->entity->name();
        finding.found = m_algorithm;
        finding.pointer = m_credential->entity->pointer;
        finding.standard = "RFC 7515 §5.2";
        finding.quirk = verifying.hasOtherCurve ? curveIgnored : std::string_view();
    }
    const bool isPss = m_algorithm.starts_with("PS");
    const bool isEcdsa = m_algorithm.starts_with("ES");
    if (m_settings.conduct == Conduct::Kong && verifying.verifier && (isPss || isEcdsa)) {
        const std::size_t size = isPss ? kongPssSize : verifying.verifier->signatureSize();
        if (m_token->signature.size() != size) {
            finding.quirk = answers500;
            m_findings.failed(std::move(finding));
            throw Fault{"the signature has another length than Kong takes"};
        }
    }
    const bool isValid =
        m_verifiedBy == &verifying ||
        (verifying.verifier && verifying.verifier->verify(m_token->signingInput(), m_token->signature));
    if (m_findings)
        isValid ? m_findings.passed(std::move(finding)) : m_findings.failed(std::move(finding));
    return isValid ? Refusal() : refuseWith("Invalid signature");
}

std::optional<std::string> Verification::checkTime(std::string_view name)
{
    const Value* value = claim(name);
    const auto* number = value ? value->asNumber() : nullptr;
    const std::int64_t now = m_exchange.clock.unixSeconds();
    const double time = number ? number->toDouble() : 0;
    std::optional<std::string> error;
    std::string_view problem;
    if (!number || (m_settings.conduct == Conduct::Strict && !std::isfinite(time))) {
        error = "must be a number";
        problem = "not-a-number";
    } else if (name == "exp" && time <= static_cast<double>(now)) {
        error = "token expired";
        problem = "past";
    } else if (name == "nbf" && time > static_cast<double>(now)) {
        error = "token not valid yet";
        problem = "future";
    }
    if (m_findings) {
        Finding finding{.check = std::string(name == "exp" ? expiration : notBefore),
                        .found = value ? shown(*value) : "",
                        .pointer = pointerTo("claims_to_verify"),
                        .standard = std::string(timeStandard(name)),
                        .parameters = {{"claim", std::string(name)}, {"now", std::to_string(now)}}};
        if (!problem.empty())
            finding.parameters.emplace_back("problem", problem);
        error ? m_findings.failed(std::move(finding)) : m_findings.passed(std::move(finding));
    }
    return error;
}

void Verification::noteUnlisted(std::string_view name, std::string_view check)
{
    const Value* value = claim(name);
    m_findings.notAsked({.check = std::string(check),
                         .found = value ? shown(*value) : "",
                         .pointer = pointerTo("claims_to_verify"),
                         .standard = std::string(timeStandard(name)),
                         .parameters = {{"claim", std::string(name)}, {"reason", "not-listed"}}});
}

Verification::Refusal Verification::checkTimes()
{
    Object errors;
    for (const std::string_view name : {"exp", "nbf"}) {
        const bool isListed = std::ranges::find(m_settings.claimsToVerify, name) != m_settings.claimsToVerify.end();
        if (!isListed) {
            if (m_findings)
                noteUnlisted(name, name == "exp" ? expiration : notBefore);
        } else if (auto error = checkTime(name)) {
            errors.set(name, std::move(*error));
        }
    }
    return errors.empty() ? Refusal() : refuse(std::move(errors));
}

Verification::Refusal Verification::checkMaximumExpiration()
{
    if (!(m_settings.maximumExpiration > 0))
        return std::nullopt;
    const Value* value = claim("exp");
    const auto* number = value ? value->asNumber() : nullptr;
    const std::int64_t now = m_exchange.clock.unixSeconds();
    const bool isShort = number && number->toDouble() - static_cast<double>(now) <= m_settings.maximumExpiration;
    if (m_findings) {
        Finding finding{.check = std::string(maximumExpiration),
                        .expected = document::Number(m_settings.maximumExpiration).text(),
                        .found = value ? shown(*value) : "",
                        .pointer = pointerTo("maximum_expiration"),
                        .parameters = {{"now", std::to_string(now)}}};
        if (!isShort)
            finding.parameters.emplace_back("problem", number ? "too-long" : "absent");
        isShort ? m_findings.passed(std::move(finding)) : m_findings.failed(std::move(finding));
    }
    return isShort ? Refusal() : refuse(Object{{"exp", "exceeds maximum allowed expiration"}});
}

} // namespace claimsmith::gateway::jwt
