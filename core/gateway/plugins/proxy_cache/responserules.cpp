// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/proxy_cache/responserules.h"

#include "gateway/plugins/config.h"
#include "gateway/plugins/proxy_cache/cachecontrol.h"
#include "gateway/plugins/proxy_cache/checks.h"

#include <algorithm>

namespace claimsmith::gateway::proxycache {
namespace {

std::vector<std::int64_t> numbersOf(const document::Value& config, std::string_view name)
{
    std::vector<std::int64_t> numbers;
    const document::Value* list = config.find(name);
    if (list && list->asArray())
        for (const document::Value& element : *list->asArray())
            if (element.asNumber())
                numbers.push_back(element.asNumber()->toInteger().value_or(0));
    return numbers;
}

/// "*" stands for any type.
http::MediaType parseExpected(const std::string& text)
{
    if (text == "*")
        return {"*", "*", {}};
    return http::parseMediaType(text).value_or(http::MediaType{});
}

bool matches(const http::MediaType& expected, const http::MediaType& found)
{
    const auto fits = [](const std::string& wanted, const std::string& is) {
        return !wanted.empty() && (wanted == "*" || wanted == is);
    };
    return fits(expected.type, found.type) && fits(expected.subtype, found.subtype) &&
           expected.parameters.size() == found.parameters.size() &&
           std::ranges::all_of(expected.parameters, [&found](const auto& parameter) {
               return found.parameter(parameter.first) == std::string_view(parameter.second);
           });
}

std::string joined(const auto& texts)
{
    std::string list;
    for (const auto& text : texts)
        list.append(list.empty() ? "" : ", ").append(text);
    return list;
}

/// Passes or fails a check, with what `describe()` says of it; whether it passed.
bool tell(Findings& findings, bool passes, const auto& describe)
{
    if (findings)
        passes ? findings.passed(describe()) : findings.failed(describe());
    return passes;
}

} // namespace

ResponseRules::ResponseRules(const document::Value& config, std::string pointer)
    : m_statuses(numbersOf(config, "response_code")), m_typeTexts(textsSetting(config, "content_type")),
      m_lifetime(static_cast<std::int64_t>(numberSetting(config, "cache_ttl", 300))),
      m_heedsCacheControl(flagSetting(config, "cache_control")), m_pointer(std::move(pointer))
{
    for (const std::string& text : m_typeTexts)
        m_types.push_back(parseExpected(text));
}

std::string ResponseRules::pointerTo(std::string_view field) const
{
    return document::joinPointer(m_pointer, field);
}

bool ResponseRules::checkStatus(const http::ResponseHead& response, Findings& findings) const
{
    const bool passes = std::ranges::find(m_statuses, response.status) != m_statuses.end();
    return tell(findings, passes, [&] {
        std::vector<std::string> expected;
        for (const std::int64_t code : m_statuses)
            expected.push_back(std::to_string(code));
        return Finding{.check = std::string(status),
                       .expected = joined(expected),
                       .found = std::to_string(response.status),
                       .pointer = pointerTo("response_code")};
    });
}

bool ResponseRules::checkType(const http::ResponseHead& response, Findings& findings) const
{
    const auto lines = response.headers.values("content-type");
    const bool isSingle = lines.size() == 1 && !lines.front().empty();
    const http::MediaType found =
        isSingle ? http::parseMediaType(lines.front()).value_or(http::MediaType{}) : http::MediaType{};
    const bool passes =
        isSingle && std::ranges::any_of(m_types, [&found](const auto& type) { return matches(type, found); });
    return tell(findings, passes, [&] {
        return Finding{.check = std::string(contentType),
                       .expected = joined(m_typeTexts),
                       .found = joined(lines),
                       .pointer = pointerTo("content_type")};
    });
}

std::optional<std::int64_t> ResponseRules::checkLifetime(const Exchange& exchange, Findings& findings) const
{
    const http::HeaderMap& headers = exchange.response.headers;
    const CacheControl control(headers);
    std::string_view forbidden;
    for (const std::string_view directive : {"private", "no-store", "no-cache"})
        if (forbidden.empty() && control.has(directive))
            forbidden = directive;
    const auto describe = [&](std::string_view check, std::string found, const char* section) {
        return Finding{.check = std::string(check),
                       .found = std::move(found),
                       .pointer = pointerTo("cache_control"),
                       .standard = section};
    };
    if (!tell(findings, forbidden.empty(),
              [&] { return describe(responseAllows, std::string(forbidden), "RFC 9111 §3"); }))
        return std::nullopt;
    const std::int64_t seconds = lifetimeOf(headers, control, exchange.clock.now());
    if (!tell(findings, seconds > 0,
              [&] { return describe(proxycache::lifetime, std::to_string(seconds), "RFC 9111 §4.2.1"); }))
        return std::nullopt;
    return seconds;
}

std::optional<std::int64_t> ResponseRules::accept(Exchange& exchange) const
{
    Findings findings(exchange.step(), ofResponse);
    std::optional<std::int64_t> seconds;
    if (checkStatus(exchange.response, findings) && checkType(exchange.response, findings))
        seconds = m_heedsCacheControl ? checkLifetime(exchange, findings) : m_lifetime;
    findings.closeUnchecked();
    return seconds;
}

} // namespace claimsmith::gateway::proxycache
