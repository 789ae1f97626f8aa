// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/claims.h"

#include "document/json.h"
#include "jose/error.h"

#include <algorithm>
#include <cmath>

namespace claimsmith::jose {
namespace {

using document::Object;
using document::Value;

Error claimError(JoseErrorCode code, std::string_view claim, std::vector<std::pair<std::string, std::string>> more = {})
{
    Error error{.code = code,
                .place = {.pointer = document::joinPointer("", claim)},
                .parameters = {{"claim", std::string(claim)}}};
    std::ranges::move(more, std::back_inserter(error.parameters));
    return error;
}

void failWith(Rung& rung, Error problem)
{
    rung.state = RungState::Failed;
    rung.problem = std::move(problem);
}

std::string joined(const std::vector<std::string>& texts)
{
    std::string all;
    for (const std::string& text : texts)
        all += (all.empty() ? "" : ", ") + text;
    return all;
}

std::string shown(const Value& value)
{
    const std::string* text = value.asString();
    return text != nullptr ? *text : document::toJson(value);
}

/// A NumericDate (RFC 7519 §2): a finite number, fractions allowed. Fails the rung when the claim is something else;
/// nothing when it is absent too.
std::optional<double> numericDate(const Object& claims, std::string_view claim, Rung& rung)
{
    const Value* value = claims.find(claim);
    if (value == nullptr)
        return std::nullopt;
    rung.found = shown(*value);
    const document::Number* number = value->asNumber();
    if (number == nullptr || !std::isfinite(number->toDouble())) {
        failWith(rung, claimError(JoseErrorCode::ClaimType, claim, {{"expected", "number"}}));
        return std::nullopt;
    }
    return number->toDouble();
}

std::int64_t wholeSeconds(double seconds) noexcept
{
    constexpr double limit = 9.0e18; // where casting is still defined
    return static_cast<std::int64_t>(std::floor(std::clamp(seconds, -limit, limit)));
}

void judge(Rung& rung, bool holds, double distance, JoseErrorCode code, std::string_view claim)
{
    rung.distance = wholeSeconds(distance);
    if (holds)
        rung.state = RungState::Passed;
    else
        failWith(rung, claimError(code, claim, {{"distance", std::to_string(*rung.distance)}}));
}

// ---- Times. Each compares as its section says: exp excludes its own second, nbf includes it.

Rung checkExpiration(const Object& claims, double leeway, double now)
{
    Rung rung{.id = RungId::Expiration, .standard = "RFC 7519 §4.1.4"};
    if (const auto exp = numericDate(claims, "exp", rung))
        judge(rung, now < *exp + leeway, *exp + leeway - now, JoseErrorCode::TokenExpired, "exp");
    return rung;
}

Rung checkNotBefore(const Object& claims, double leeway, double now)
{
    Rung rung{.id = RungId::NotBefore, .standard = "RFC 7519 §4.1.5"};
    if (const auto nbf = numericDate(claims, "nbf", rung))
        judge(rung, now >= *nbf - leeway, *nbf - leeway - now, JoseErrorCode::TokenNotYetValid, "nbf");
    return rung;
}

/// RFC 7519 §4.1.6 gives iat for the age alone; a token from the future still betrays a wrong clock.
Rung checkIssuedAt(const Object& claims, double leeway, double now)
{
    Rung rung{.id = RungId::IssuedAt, .standard = "RFC 7519 §4.1.6"};
    if (const auto iat = numericDate(claims, "iat", rung))
        judge(rung, now >= *iat - leeway, *iat - leeway - now, JoseErrorCode::TokenFromFuture, "iat");
    return rung;
}

Rung checkLifetime(const Object& claims, const ClaimsPolicy& policy, double now)
{
    Rung rung{.id = RungId::Lifetime};
    if (!policy.maximumLifetime)
        return rung;
    rung.expected = std::to_string(*policy.maximumLifetime);
    Rung ignored{.id = RungId::Lifetime};
    const auto exp = numericDate(claims, "exp", ignored);
    if (!exp) {
        failWith(rung, claimError(JoseErrorCode::ClaimMissing, "exp"));
        return rung;
    }
    const double lifetime = *exp - numericDate(claims, "iat", ignored).value_or(now);
    rung.found = std::to_string(wholeSeconds(lifetime));
    if (lifetime <= static_cast<double>(*policy.maximumLifetime))
        rung.state = RungState::Passed;
    else
        failWith(rung,
                 claimError(JoseErrorCode::LifetimeTooLong, "exp", {{"limit", rung.expected}, {"found", rung.found}}));
    return rung;
}

// ---- Names

void compare(Rung& rung, bool isWanted, bool matches, std::string_view claim)
{
    if (!isWanted)
        return;
    if (matches)
        rung.state = RungState::Passed;
    else if (rung.found.empty())
        failWith(rung, claimError(JoseErrorCode::ClaimMissing, claim));
    else
        failWith(rung,
                 claimError(JoseErrorCode::ClaimMismatch, claim, {{"expected", rung.expected}, {"found", rung.found}}));
}

/// A claim that has to be a string when it is there, and one of `wanted` when there are any.
Rung checkName(RungId id, std::string_view standard, const Object& claims, std::string_view claim,
               const std::vector<std::string>& wanted)
{
    Rung rung{.id = id, .expected = joined(wanted), .standard = standard};
    const Value* value = claims.find(claim);
    if (value != nullptr)
        rung.found = shown(*value);
    const std::string* text = value == nullptr ? nullptr : value->asString();
    if (value != nullptr && text == nullptr) {
        failWith(rung, claimError(JoseErrorCode::ClaimType, claim, {{"expected", "string"}}));
        return rung;
    }
    compare(rung, !wanted.empty(), text != nullptr && std::ranges::find(wanted, *text) != wanted.end(), claim);
    return rung;
}

/// RFC 7519 §4.1.3: a string, or an array of strings.
std::optional<std::vector<std::string>> audiencesOf(const Value& value)
{
    if (const std::string* one = value.asString())
        return std::vector{*one};
    const document::Array* array = value.asArray();
    if (array == nullptr)
        return std::nullopt;
    std::vector<std::string> audiences;
    for (const Value& element : *array) {
        const std::string* text = element.asString();
        if (text == nullptr)
            return std::nullopt;
        audiences.push_back(*text);
    }
    return audiences;
}

Rung checkAudience(const Object& claims, const std::vector<std::string>& wanted)
{
    Rung rung{.id = RungId::Audience, .expected = joined(wanted), .standard = "RFC 7519 §4.1.3"};
    const Value* value = claims.find("aud");
    if (value == nullptr) {
        compare(rung, !wanted.empty(), false, "aud");
        return rung;
    }
    rung.found = shown(*value);
    const auto audiences = audiencesOf(*value);
    if (!audiences) {
        failWith(rung, claimError(JoseErrorCode::ClaimType, "aud", {{"expected", "string or array of strings"}}));
        return rung;
    }
    const bool matches = std::ranges::any_of(
        wanted, [&](const std::string& name) { return std::ranges::find(*audiences, name) != audiences->end(); });
    compare(rung, !wanted.empty(), matches, "aud");
    return rung;
}

Rung checkRequired(const Object& claims, const std::vector<std::string>& required)
{
    Rung rung{.id = RungId::Required, .expected = joined(required)};
    if (required.empty())
        return rung;
    rung.state = RungState::Passed;
    for (const std::string& claim : required) {
        if (claims.contains(claim))
            continue;
        failWith(rung, claimError(JoseErrorCode::ClaimMissing, claim));
        break;
    }
    return rung;
}

std::vector<std::string> listOf(const std::optional<std::string>& text)
{
    return text ? std::vector{*text} : std::vector<std::string>();
}

} // namespace

std::vector<Rung> checkClaims(const Object& claims, const ClaimsPolicy& policy, std::int64_t now)
{
    const auto at = static_cast<double>(now);
    const auto leeway = static_cast<double>(policy.leeway);
    return {
        checkExpiration(claims, leeway, at),
        checkNotBefore(claims, leeway, at),
        checkIssuedAt(claims, leeway, at),
        checkLifetime(claims, policy, at),
        checkName(RungId::Issuer, "RFC 7519 §4.1.1", claims, "iss", policy.issuers),
        checkAudience(claims, policy.audiences),
        checkName(RungId::Subject, "RFC 7519 §4.1.2", claims, "sub", listOf(policy.subject)),
        checkName(RungId::Nonce, "OpenID Connect Core §3.1.3.7", claims, "nonce", listOf(policy.nonce)),
        checkRequired(claims, policy.required),
    };
}

} // namespace claimsmith::jose
