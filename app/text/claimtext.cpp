// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/claimtext.h"

#include "text/timetext.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cmath>

namespace claimsmith::app {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(ClaimText)
};

using Kind = document::Value::Kind;

struct RegisteredClaim
{
    std::string_view name;
    const char* meaning;
};

/// From IANA's registry "JSON Web Token Claims": those that people meet behind gateways.
constexpr std::array registeredClaims{
    RegisteredClaim{"iss", QT_TRANSLATE_NOOP("ClaimText", "Issuer")},
    RegisteredClaim{"sub", QT_TRANSLATE_NOOP("ClaimText", "Subject")},
    RegisteredClaim{"aud", QT_TRANSLATE_NOOP("ClaimText", "Audience")},
    RegisteredClaim{"jti", QT_TRANSLATE_NOOP("ClaimText", "Token ID")},
    RegisteredClaim{"azp", QT_TRANSLATE_NOOP("ClaimText", "Authorised party")},
    RegisteredClaim{"nonce", QT_TRANSLATE_NOOP("ClaimText", "Nonce of the sign-in")},
    RegisteredClaim{"at_hash", QT_TRANSLATE_NOOP("ClaimText", "Hash of the access token")},
    RegisteredClaim{"c_hash", QT_TRANSLATE_NOOP("ClaimText", "Hash of the code")},
    RegisteredClaim{"acr", QT_TRANSLATE_NOOP("ClaimText", "Class of the sign-in")},
    RegisteredClaim{"amr", QT_TRANSLATE_NOOP("ClaimText", "Methods of the sign-in")},
    RegisteredClaim{"sid", QT_TRANSLATE_NOOP("ClaimText", "Session ID")},
    RegisteredClaim{"scope", QT_TRANSLATE_NOOP("ClaimText", "Scope")},
    RegisteredClaim{"client_id", QT_TRANSLATE_NOOP("ClaimText", "Client ID")},
    RegisteredClaim{"act", QT_TRANSLATE_NOOP("ClaimText", "Acting party")},
    RegisteredClaim{"may_act", QT_TRANSLATE_NOOP("ClaimText", "Party that may act")},
    RegisteredClaim{"cnf", QT_TRANSLATE_NOOP("ClaimText", "Key the holder has to prove")},
    RegisteredClaim{"events", QT_TRANSLATE_NOOP("ClaimText", "Security events")},
    RegisteredClaim{"email", QT_TRANSLATE_NOOP("ClaimText", "Email address")},
    RegisteredClaim{"email_verified", QT_TRANSLATE_NOOP("ClaimText", "Whether the email address is verified")},
    RegisteredClaim{"preferred_username", QT_TRANSLATE_NOOP("ClaimText", "User name")},
    RegisteredClaim{"given_name", QT_TRANSLATE_NOOP("ClaimText", "Given name")},
    RegisteredClaim{"family_name", QT_TRANSLATE_NOOP("ClaimText", "Family name")},
};

constexpr std::array<std::string_view, 5> timeClaims{"exp", "nbf", "iat", "auth_time", "updated_at"};

ClaimMeaning unusable(const QString& text)
{
    return {ClaimMeaning::Kind::Unusable, text, {}};
}

ClaimMeaning timeMeaning(const document::Value& value, std::int64_t now, const QTimeZone& zone)
{
    const auto instant = claimInstant(value);
    if (!instant)
        return unusable(value.asNumber() ? Tr::tr("Beyond the calendar") : Tr::tr("Must be a number"));
    return {ClaimMeaning::Kind::Instant, instantText(*instant, now, zone), instantDetails(*instant, zone)};
}

/// RFC 7519 §4.1: StringOrURI, for aud also an array of them.
bool hasUsableType(std::string_view name, const document::Value& value)
{
    if (name == "iss" || name == "sub" || name == "jti")
        return value.kind() == Kind::String;
    if (name != "aud")
        return true;
    const auto* list = value.asArray();
    return value.kind() == Kind::String || (list && std::all_of(list->begin(), list->end(), [](const auto& each) {
                                                return each.kind() == Kind::String;
                                            }));
}

} // namespace

bool isTimeClaim(std::string_view name) noexcept
{
    return std::find(timeClaims.begin(), timeClaims.end(), name) != timeClaims.end();
}

std::optional<std::int64_t> claimInstant(const document::Value& value) noexcept
{
    const auto* number = value.asNumber();
    if (!number)
        return std::nullopt;
    if (const auto whole = number->toInteger())
        return whole;
    const double seconds = std::floor(number->toDouble());
    constexpr double limit = 9.2e18;
    if (!(seconds > -limit && seconds < limit))
        return std::nullopt;
    return static_cast<std::int64_t>(seconds);
}

ClaimMeaning claimMeaning(std::string_view name, const document::Value& value, std::int64_t now, const QTimeZone& zone)
{
    if (isTimeClaim(name))
        return timeMeaning(value, now, zone);
    const auto* known = std::find_if(registeredClaims.begin(), registeredClaims.end(),
                                     [&](const RegisteredClaim& claim) { return claim.name == name; });
    if (known == registeredClaims.end())
        return {ClaimMeaning::Kind::Custom, Tr::tr("Custom claim"), {}};
    if (!hasUsableType(name, value))
        return unusable(name == "aud" ? Tr::tr("Must be a text or a list of texts") : Tr::tr("Must be a text"));
    return {ClaimMeaning::Kind::Registered, Tr::tr(known->meaning), {}};
}

} // namespace claimsmith::app
