// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/setcookie.h"

#include "base/text.h"

#include <algorithm>
#include <charconv>

namespace claimsmith::http {
namespace {

/// Takes the part before the separator off the text, and the separator with it.
std::string_view takePart(std::string_view& text, char separator) noexcept
{
    const std::size_t end = std::min(text.find(separator), text.size());
    const std::string_view part = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return part;
}

/// §5.2.2: an optional minus and digits; anything else is as if it were not there.
std::optional<std::int64_t> parseMaxAge(std::string_view value) noexcept
{
    std::int64_t seconds = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), seconds);
    if (error != std::errc() || end != value.data() + value.size())
        return {};
    return seconds;
}

void setAttribute(SetCookie& cookie, std::string_view name, std::string_view value) noexcept
{
    if (equalIgnoringCase(name, "domain"))
        cookie.domain = value.substr(value.rfind('.', 0) == 0 ? 1 : 0); // §5.2.3
    else if (equalIgnoringCase(name, "path"))
        cookie.path = value.rfind('/', 0) == 0 ? value : std::string_view(); // §5.2.4
    else if (equalIgnoringCase(name, "expires"))
        cookie.expires = value;
    else if (equalIgnoringCase(name, "max-age"))
        cookie.maxAge = parseMaxAge(value);
    else if (equalIgnoringCase(name, "samesite"))
        cookie.sameSite = value;
    else if (equalIgnoringCase(name, "secure"))
        cookie.secure = true;
    else if (equalIgnoringCase(name, "httponly"))
        cookie.httpOnly = true;
}

} // namespace

std::optional<SetCookie> parseSetCookie(std::string_view line) noexcept
{
    std::string_view pair = takePart(line, ';');
    SetCookie cookie;
    // A pair without "=" is a value without a name, as browsers read it (rfc6265bis §5.6).
    if (pair.find('=') != std::string_view::npos)
        cookie.name = trimmed(takePart(pair, '='));
    cookie.value = trimmed(pair);
    if (cookie.name.empty() && cookie.value.empty())
        return {};
    while (!line.empty()) {
        std::string_view value = takePart(line, ';');
        const std::string_view name = trimmed(takePart(value, '='));
        setAttribute(cookie, name, trimmed(value));
    }
    return cookie;
}

} // namespace claimsmith::http
