// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/cookie.h"

#include "base/text.h"

#include <algorithm>

namespace claimsmith::http {
namespace {

/// Calls `visit(Cookie)` for each pair until it returns false.
template <class Visit>
void forEachCookie(std::string_view header, Visit visit)
{
    while (!header.empty()) {
        const std::size_t end = std::min(header.find(';'), header.size());
        const std::string_view pair = trimmed(header.substr(0, end));
        header.remove_prefix(std::min(end + 1, header.size()));
        const std::size_t equals = pair.find('=');
        if (equals == std::string_view::npos)
            continue;
        if (!visit(Cookie{trimmed(pair.substr(0, equals)), trimmed(pair.substr(equals + 1))}))
            return;
    }
}

} // namespace

std::vector<Cookie> parseCookies(std::string_view header)
{
    std::vector<Cookie> cookies;
    forEachCookie(header, [&cookies](const Cookie& cookie) {
        cookies.push_back(cookie);
        return true;
    });
    return cookies;
}

std::optional<std::string_view> findCookie(const HeaderMap& headers, std::string_view name) noexcept
{
    std::optional<std::string_view> result;
    for (const HeaderField& field : headers) {
        if (!equalIgnoringCase(field.name, "cookie"))
            continue;
        forEachCookie(field.value, [&](const Cookie& cookie) {
            if (equalIgnoringCase(cookie.name, name))
                result = cookie.value;
            return !result;
        });
        if (result)
            break;
    }
    return result;
}

} // namespace claimsmith::http
