// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/cors/origins.h"

#include <algorithm>
#include <utility>

namespace claimsmith::gateway::cors {
namespace {

constexpr bool isWordOrDigit(char c) noexcept
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// What Kong takes for no regular expression.
bool isLiteral(std::string_view entry) noexcept
{
    return std::ranges::all_of(
        entry, [](char c) { return isWordOrDigit(c) || std::string_view(".:/-").find(c) != std::string_view::npos; });
}

std::string_view schemeOf(std::string_view url) noexcept
{
    const auto colon = url.find(':');
    if (colon == 0 || colon == std::string_view::npos || !isWordOrDigit(url.front()))
        return {};
    const auto scheme = url.substr(0, colon);
    const bool isScheme = std::ranges::all_of(
        scheme, [](char c) { return isWordOrDigit(c) || std::string_view("+-.").find(c) != std::string_view::npos; });
    return isScheme ? scheme : std::string_view();
}

/// Leading "^" away, "$" at the end: how Kong holds an expression to the whole origin.
std::string anchored(std::string_view expression, Conduct conduct)
{
    expression.remove_prefix(expression.starts_with('^') ? 1 : 0);
    if (conduct == Conduct::Strict)
        return "(?:" + std::string(expression) + ")$";
    return std::string(expression) + (expression.ends_with('$') ? "" : "$");
}

} // namespace

/// As the URL library of Kong takes an origin apart.
Origin normaliseOrigin(std::string_view text)
{
    Origin origin{std::string(text), std::string(text)};
    const std::string_view scheme = schemeOf(text.substr(0, text.find('#')));
    std::string_view rest = text.substr(scheme.empty() ? 0 : scheme.size() + 1);
    if (!rest.starts_with("//"))
        return origin;
    rest.remove_prefix(2);
    std::string_view host = rest.substr(0, rest.find_first_of("/#"));
    host.remove_prefix(host.find('@') == std::string_view::npos ? 0 : host.find('@') + 1);
    std::string_view port;
    if (const auto colon = host.rfind(':');
        colon != std::string_view::npos && host.find(']', colon) == std::string_view::npos) {
        port = host.substr(colon + 1);
        host = host.substr(0, colon);
    }
    if (host.empty())
        return origin;
    if ((scheme == "http" && port == "80") || (scheme == "https" && port == "443"))
        port = {};
    origin.host = host;
    origin.domain = (scheme.empty() ? "" : std::string(scheme) + "://") + origin.host +
                    (port.empty() ? "" : ":" + std::string(port));
    return origin;
}

Result<OriginRules> OriginRules::create(const std::vector<std::string>& entries, Conduct conduct)
{
    OriginRules rules;
    rules.m_allowsAll = entries.empty() || (entries.size() == 1 && entries.front() == "*");
    rules.m_hasStar = std::ranges::find(entries, "*") != entries.end();
    if (entries.size() == 1 && isLiteral(entries.front()))
        rules.m_only = entries.front();
    for (const std::string& entry : entries) {
        Rule rule;
        if (entry == "*")
            continue;
        if (isLiteral(entry)) {
            rule.domain = normaliseOrigin(entry).domain;
        } else {
            rule.pattern = Pattern::compile(anchored(entry, conduct), Pattern::Anchor::Start);
            if (!rule.pattern)
                return Error{
                    ConfigurationErrorCode::PluginFailed, {}, "the expression '" + entry + "' is not supported"};
        }
        rule.comparesHost = entry.find(':') == std::string::npos;
        rules.m_rules.push_back(std::move(rule));
    }
    return rules;
}

bool OriginRules::matches(const Rule& rule, const Origin& origin) const noexcept
{
    return rule.pattern ? rule.pattern->matches(rule.comparesHost ? origin.host : origin.domain)
                        : rule.domain == origin.domain;
}

OriginRules::Choice OriginRules::choose(std::optional<std::string_view> text) const
{
    if (m_allowsAll)
        return {"*", true, false};
    if (m_only)
        return {*m_only, false, true};
    if (!text)
        return {};
    if (m_hasStar)
        return {"*", true, true};
    const Origin origin = normaliseOrigin(*text);
    const bool isAllowed = std::ranges::any_of(m_rules, [&](const Rule& rule) { return matches(rule, origin); });
    return {isAllowed ? std::optional(origin.domain) : std::nullopt, false, true};
}

} // namespace claimsmith::gateway::cors
