// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/claimtext.h"

#include "text/claimnames.h"
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

constexpr std::array<std::string_view, 6> timeClaims{"exp", "nbf", "iat", "auth_time", "updated_at", "toe"};

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
    const auto known = claimNameMeaning(name);
    if (!known)
        return {ClaimMeaning::Kind::Custom, Tr::tr("Custom claim"), {}};
    if (!hasUsableType(name, value))
        return unusable(name == "aud" ? Tr::tr("Must be a text or a list of texts") : Tr::tr("Must be a text"));
    const auto kind = known->isRegistered ? ClaimMeaning::Kind::Registered : ClaimMeaning::Kind::Custom;
    return {kind, known->title, known->sentence + u'\n' + known->standard};
}

} // namespace claimsmith::app
