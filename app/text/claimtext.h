// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/value.h"

#include <QString>
#include <QTimeZone>

#include <cstdint>
#include <optional>
#include <string_view>

namespace claimsmith::app {

/// What a claim says, in words.
struct ClaimMeaning
{
    enum class Kind {
        Registered, ///< in IANA's "JSON Web Token Claims": the text names it
        Custom,     ///< the text names those of well-known providers
        Instant,    ///< the text is the time
        Unusable,   ///< of a type that no verifier takes: the text says what it should be
    };
    Kind kind = Kind::Custom;
    QString text;
    QString details; ///< date, zone and ISO form of an instant; what a known claim is for, and its standard
};

/// Whether the claim holds a NumericDate (RFC 7519 §2): iat, nbf, exp and those of OpenID Connect.
bool isTimeClaim(std::string_view name) noexcept;

/// The instant in whole seconds, rounded towards the past as a verifier that compares whole seconds reads it. Nothing
/// when the value is no number or out of range.
std::optional<std::int64_t> claimInstant(const document::Value& value) noexcept;

ClaimMeaning claimMeaning(std::string_view name, const document::Value& value, std::int64_t now, const QTimeZone& zone);

} // namespace claimsmith::app
