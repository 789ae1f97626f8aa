// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/balancer/hashinput.h"

#include "base/random.h"
#include "gateway/plugins/requestarguments.h"
#include "http/cookie.h"
#include "http/query.h"

#include <algorithm>
#include <charconv>

namespace claimsmith::gateway {
namespace {

using Kind = HashSource::Kind;

std::optional<std::string> joinedValues(std::vector<std::string> values)
{
    if (values.empty())
        return std::nullopt;
    std::ranges::sort(values);
    std::string text;
    for (const std::string& value : values)
        text += (text.empty() ? "" : ",") + value;
    return text;
}

std::optional<std::string> consumerOf(const Exchange& exchange)
{
    if (exchange.identity.consumer)
        return exchange.identity.consumer->id;
    const auto& credential = exchange.identity.credential;
    return credential && credential->entity ? std::optional(credential->entity->id) : std::nullopt;
}

std::optional<std::string> headerOf(const Exchange& exchange, const std::string& name)
{
    const auto lines = findHeaderLines(exchange.upstream.headers, name);
    return joinedValues({lines.begin(), lines.end()});
}

std::optional<std::string> argumentOf(const Exchange& exchange, const std::string& name)
{
    std::vector<std::string> values;
    const http::QueryArguments arguments = http::parseQuery(exchange.upstream.query.value_or(""));
    for (const http::QueryArgument* argument : arguments.all(name))
        values.push_back(argument->value.value_or("true"));
    return joinedValues(std::move(values));
}

/// By name, else by number.
std::optional<std::string> captureOf(const Exchange& exchange, const std::string& name)
{
    if (!exchange.match)
        return std::nullopt;
    if (const auto found = exchange.match->namedCaptures.find(name); found != exchange.match->namedCaptures.end())
        return found->second;
    std::size_t index = 0;
    const auto parsed = std::from_chars(name.data(), name.data() + name.size(), index);
    const bool isNumber = parsed.ec == std::errc() && parsed.ptr == name.data() + name.size();
    return isNumber && index < exchange.match->captures.size() ? exchange.match->captures[index] : std::nullopt;
}

std::optional<std::string> valueOf(const Exchange& exchange, const HashSource& source)
{
    switch (source.kind) {
    case Kind::None:
        return std::nullopt;
    case Kind::Consumer:
        return consumerOf(exchange);
    case Kind::Ip:
        return exchange.request.clientAddress;
    case Kind::Header:
        return headerOf(exchange, source.name);
    case Kind::Cookie: {
        const auto cookie = http::findCookie(exchange.upstream.headers, source.name);
        return cookie ? std::optional<std::string>(*cookie) : std::nullopt;
    }
    case Kind::Path:
        return exchange.path;
    case Kind::QueryArgument:
        return argumentOf(exchange, source.name);
    case Kind::UriCapture:
        return captureOf(exchange, source.name);
    }
    return std::nullopt;
}

std::string nameOf(const HashSource& source)
{
    static constexpr std::string_view kinds[] = {"none",   "consumer", "ip",    "header",
                                                 "cookie", "path",     "query", "capture"};
    std::string text(kinds[static_cast<std::size_t>(source.kind)]);
    return source.name.empty() ? text : text + " " + source.name;
}

} // namespace

HashInput readHashInput(const Exchange& exchange, const UpstreamSettings& settings)
{
    for (const HashSource& source : {settings.hashOn, settings.hashFallback}) {
        if (auto value = valueOf(exchange, source))
            return {*std::move(value), nameOf(source), {}};
        if (source.kind != Kind::Cookie)
            continue;
        // Kong spells the attribute so.
        HashInput input{randomUuid(), nameOf(source), {}};
        input.setCookie =
            source.name + "=" + input.value + "; Path=" + settings.cookiePath + "; Same-Site=Lax; HttpOnly";
        return input;
    }
    return {{}, nameOf(settings.hashOn), {}};
}

} // namespace claimsmith::gateway
