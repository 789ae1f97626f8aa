// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/proxy_cache/cachecontrol.h"

#include "base/text.h"
#include "http/date.h"

#include <algorithm>
#include <charconv>

namespace claimsmith::gateway::proxycache {

CacheControl::CacheControl(const http::HeaderMap& headers)
{
    for (const std::string_view line : headers.values("cache-control"))
        for (const std::string_view piece : split(line, ',')) {
            const std::string_view text = trimmed(piece);
            const std::size_t equals = text.find('=');
            if (!text.empty())
                m_directives.push_back({toLower(text.substr(0, equals)), equals == std::string_view::npos
                                                                             ? std::string()
                                                                             : std::string(text.substr(equals + 1))});
        }
}

const CacheControl::Directive* CacheControl::find(std::string_view name) const noexcept
{
    // The last one counts.
    const auto found = std::find_if(m_directives.rbegin(), m_directives.rend(),
                                    [name](const Directive& directive) { return directive.name == name; });
    return found == m_directives.rend() ? nullptr : &*found;
}

bool CacheControl::has(std::string_view name) const noexcept
{
    return find(name) != nullptr;
}

std::optional<double> CacheControl::seconds(std::string_view name) const noexcept
{
    const Directive* directive = find(name);
    if (!directive)
        return std::nullopt;
    const std::string_view text = trimmed(directive->value);
    double number = 0;
    const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool isNumber = !text.empty() && result.ec == std::errc() && result.ptr == text.data() + text.size();
    return isNumber ? std::optional(number) : std::nullopt;
}

std::int64_t lifetimeOf(const http::HeaderMap& headers, const CacheControl& control, TimePoint now)
{
    constexpr double longest = 1e9;
    for (const std::string_view name : {"s-maxage", "max-age"})
        if (control.has(name))
            return static_cast<std::int64_t>(std::clamp(control.seconds(name).value_or(0), 0.0, longest));
    const auto lines = headers.values("expires");
    const auto expires = lines.empty() ? std::nullopt : http::parseHttpDate(lines.back());
    if (!expires)
        return 0;
    return std::max<std::int64_t>(0, std::chrono::floor<std::chrono::seconds>(*expires - now).count());
}

} // namespace claimsmith::gateway::proxycache
