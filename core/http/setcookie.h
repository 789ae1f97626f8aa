// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace claimsmith::http {

/// A Set-Cookie line as a client reads it (RFC 6265 §5.2, and draft-ietf-httpbis-rfc6265bis §5.6 for SameSite). Views
/// into the line; of an attribute that comes twice the last one holds.
struct SetCookie
{
    std::string_view name;
    std::string_view value;  ///< as sent, quotes included
    std::string_view domain; ///< without a leading dot; empty: the host alone
    std::string_view path;   ///< empty: that of the request
    std::string_view expires;
    std::optional<std::int64_t> maxAge; ///< seconds; goes before `expires`
    std::string_view sameSite;
    bool secure = false;
    bool httpOnly = false;

    friend bool operator==(const SetCookie&, const SetCookie&) = default;
};

/// Nothing for a line without a name and without a value: clients ignore it.
std::optional<SetCookie> parseSetCookie(std::string_view line) noexcept;

} // namespace claimsmith::http
