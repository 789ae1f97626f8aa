// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/message.h"

#include <optional>
#include <string_view>
#include <vector>

namespace claimsmith::http {

/// A pair of a Cookie header (RFC 6265 §4.2.1). Views into the header's value; the value is as sent, quotes included.
struct Cookie
{
    std::string_view name;
    std::string_view value;
    friend bool operator==(const Cookie&, const Cookie&) = default;
};

/// The pairs of one Cookie header value, in order. Pieces without '=' are skipped.
std::vector<Cookie> parseCookies(std::string_view header);

/// The value of the first cookie with this name in any Cookie line, names compared without regard to case as Kong does.
/// A view into `headers`.
std::optional<std::string_view> findCookie(const HeaderMap& headers, std::string_view name) noexcept;

} // namespace claimsmith::http
