// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>
#include <string_view>

namespace claimsmith::app {

/// What a name of a token means to people who have not read its standard.
struct NameMeaning
{
    QString title;            ///< "Audience"
    QString sentence;         ///< "Whom the token is meant for: …"
    QString standard;         ///< "RFC 7519 §4.1.3"; a vendor's name for a claim that no standard has
    bool isRegistered = true; ///< in IANA's registries; else known from a vendor
};

/// Of a claim in the payload; names are case-sensitive (RFC 7519 §10.1.1). Nothing for one that nobody has registered.
std::optional<NameMeaning> claimNameMeaning(std::string_view name);
/// Of a parameter of a JOSE header.
std::optional<NameMeaning> headerNameMeaning(std::string_view name);
/// What a value of a header says: "HS256" is an HMAC, "at+jwt" an access token. Empty for values that say themselves.
QString headerValueMeaning(std::string_view name, std::string_view value);

} // namespace claimsmith::app
