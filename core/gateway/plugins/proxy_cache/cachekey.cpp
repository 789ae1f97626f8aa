// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/proxy_cache/cachekey.h"

#include "base/base64.h"
#include "base/text.h"
#include "crypto/digest.h"
#include "gateway/entities.h"
#include "gateway/plugins/requestarguments.h"
#include "http/query.h"

#include <algorithm>
#include <set>

namespace claimsmith::gateway::proxycache {
namespace {

void appendPart(std::string& out, std::string_view part)
{
    if (!out.empty())
        out += ':';
    out += part;
}

/// "name=value", values of a repeated name sorted.
std::string withValues(std::string_view name, std::vector<std::string_view> values)
{
    std::ranges::sort(values);
    std::string text(name);
    char separator = '=';
    for (const std::string_view value : values) {
        text.append(1, separator).append(value);
        separator = ',';
    }
    return text;
}

std::string queryPart(const http::QueryArguments& arguments, std::string_view name)
{
    const auto found = arguments.all(name);
    if (found.empty())
        return {};
    if (found.size() == 1 && !found.front()->value)
        return std::string(name);
    std::vector<std::string_view> values;
    for (const http::QueryArgument* argument : found)
        values.emplace_back(argument->value ? std::string_view(*argument->value) : std::string_view());
    return withValues(name, std::move(values));
}

std::string queryParts(const Exchange& exchange, const std::vector<std::string>& names)
{
    std::string parts;
    if (!exchange.upstream.query)
        return parts;
    const http::QueryArguments arguments = http::parseQuery(*exchange.upstream.query);
    const auto append = [&](std::string_view name) {
        if (const std::string part = queryPart(arguments, name); !part.empty())
            appendPart(parts, part);
    };
    if (!names.empty()) {
        std::ranges::for_each(names, append);
        return parts;
    }
    std::set<std::string_view> all;
    for (const http::QueryArgument& argument : arguments)
        all.insert(argument.name);
    std::ranges::for_each(all, append);
    return parts;
}

std::string headerParts(const Exchange& exchange, const std::vector<std::string>& names)
{
    std::string parts;
    for (const std::string& name : names)
        if (auto lines = findHeaderLines(exchange.upstream.headers, name); !lines.empty())
            appendPart(parts, withValues(name, std::move(lines)));
    return parts;
}

/// The request line up to a query: with one, the version goes with it.
std::string requestLine(const http::RequestHead& head)
{
    const std::string_view target = head.target;
    const std::size_t query = target.find('?');
    if (query != std::string_view::npos)
        return head.method + " " + std::string(target.substr(0, query));
    return head.method + " " + std::string(target) + " HTTP/" + std::to_string(head.version.major) + "." +
           std::to_string(head.version.minor);
}

std::string ownerOf(const Exchange& exchange)
{
    if (!exchange.match || !exchange.match->route)
        return "default";
    const std::string& route = exchange.match->route->id;
    return exchange.identity.consumer ? exchange.identity.consumer->id + ":" + route : route;
}

} // namespace

std::string keyOf(const Exchange& exchange, const KeyRules& rules)
{
    const std::string line = requestLine(exchange.request.head);
    const std::string text = ownerOf(exchange) + "|" + exchange.upstream.method + "|" +
                             (rules.ignoresCase ? toLower(line) : line) + "|" +
                             queryParts(exchange, rules.queryParameters) + "|" + headerParts(exchange, rules.headers);
    return toHex(crypto::digest(crypto::DigestKind::Sha256, text));
}

} // namespace claimsmith::gateway::proxycache
