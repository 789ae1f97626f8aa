// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/logrecord.h"

#include "base/text.h"
#include "gateway/entities.h"
#include "gateway/exchange.h"
#include "gateway/node.h"
#include "http/query.h"
#include "http/url.h"

#include <algorithm>

namespace claimsmith::gateway {

using document::Array;
using document::Object;
using document::Value;

namespace {

/// One value, or a list when there are several.
void addTo(Object& object, std::string_view name, Value value)
{
    Value* const known = object.find(name);
    if (!known)
        object.set(name, std::move(value));
    else if (known->asArray())
        known->asArray()->push_back(std::move(value));
    else
        *known = Array{std::move(*known), std::move(value)};
}

Object headersOf(const http::HeaderMap& headers, bool hidesCredentials)
{
    Object object;
    for (const http::HeaderField& field : headers) {
        const std::string name = toLower(field.name);
        const bool isSecret = hidesCredentials && (name == "authorization" || name == "proxy-authorization");
        addTo(object, name, isSecret ? Value("REDACTED") : Value(field.value));
    }
    return object;
}

Object queryOf(const std::optional<std::string>& query)
{
    Object object;
    if (!query)
        return object;
    const http::QueryArguments arguments = http::parseQuery(*query);
    for (const http::QueryArgument& argument : arguments)
        addTo(object, argument.name, argument.value ? Value(*argument.value) : Value(true));
    return object;
}

std::string_view schemeName(Scheme scheme) noexcept
{
    return scheme == Scheme::Https ? "https" : "http";
}

Object requestOf(const Exchange& exchange)
{
    const ClientRequest& request = exchange.request;
    return {{"id", exchange.requestId},
            {"uri", request.head.target},
            {"url", std::string(schemeName(request.forwardedScheme)) + "://" + request.forwardedHost + ":" +
                        std::to_string(request.forwardedPort) + request.head.target},
            {"querystring", queryOf(exchange.match ? exchange.upstream.query : std::nullopt)},
            {"method", exchange.upstream.method},
            {"headers", headersOf(exchange.upstream.headers, true)},
            {"size", exchange.figures.requestBytes}};
}

Object latenciesOf(const Figures& figures)
{
    return {{"request", figures.total.count()},
            {"kong", figures.kong.count()},
            {"proxy", figures.upstream ? figures.upstream->count() : -1},
            {"receive", figures.receive.count()}};
}

Object tryOf(const UpstreamTry& attempt, TimePoint begin)
{
    using std::chrono::floor;
    using std::chrono::milliseconds;
    using std::chrono::nanoseconds;
    const auto start = std::chrono::time_point_cast<nanoseconds>(begin) + attempt.begin;
    Object object{{"balancer_start", floor<milliseconds>(start).time_since_epoch().count()},
                  {"balancer_start_ns", start.time_since_epoch().count()}};
    if (const auto address = http::parseAuthority(attempt.address)) {
        object.set("ip", address->host);
        object.set("port", address->port);
    }
    if (!attempt.hasAnswered) {
        object.set("state", "failed");
        object.set("code", attempt.status);
    }
    return object;
}

Array triesOf(const Figures& figures)
{
    Array tries;
    for (const UpstreamTry& attempt : figures.tries)
        tries.emplace_back(tryOf(attempt, figures.begin));
    return tries;
}

/// The statuses of all tries, as nginx lists them: "502, 200".
std::string statusesOf(const Figures& figures)
{
    std::string statuses;
    for (const UpstreamTry& attempt : figures.tries)
        statuses += (statuses.empty() ? "" : ", ") + std::to_string(attempt.status);
    return statuses;
}

std::string upstreamTarget(const Exchange& exchange)
{
    if (exchange.figures.tries.empty())
        return {};
    const UpstreamRequest& upstream = exchange.upstream;
    return upstream.query ? upstream.path + "?" + *upstream.query : upstream.path;
}

Object entityOf(const Entity& entity)
{
    Object object;
    for (const auto& [name, value] : entity.fields)
        if (!value.isNull())
            object.set(name, value);
    object.set("ws_id", defaultWorkspaceId);
    return object;
}

void addEntities(Object& record, const Exchange& exchange)
{
    if (exchange.match) {
        record.set("route", entityOf(*exchange.match->route->entity));
        if (exchange.match->service)
            record.set("service", entityOf(*exchange.match->service->entity));
    }
    if (exchange.identity.consumer)
        record.set("consumer", entityOf(*exchange.identity.consumer->entity));
}

void setPath(Object& record, std::string_view path, const Value& value)
{
    Object* object = &record;
    for (std::size_t dot = path.find('.'); dot != std::string_view::npos; dot = path.find('.')) {
        Value* next = object->find(path.substr(0, dot));
        if (!next || !next->asObject())
            next = &object->set(path.substr(0, dot), Object{});
        object = next->asObject();
        path.remove_prefix(dot + 1);
    }
    if (value.isNull())
        object->remove(path);
    else
        object->set(path, value);
}

} // namespace

Object logRecord(const Exchange& exchange)
{
    const Figures& figures = exchange.figures;
    const auto startedAt = std::chrono::floor<std::chrono::milliseconds>(figures.begin).time_since_epoch().count();
    Object record{{"request", requestOf(exchange)},
                  {"upstream_uri", upstreamTarget(exchange)},
                  {"upstream_status", statusesOf(figures)},
                  {"response", Object{{"status", exchange.response.status},
                                      {"headers", headersOf(exchange.response.headers, false)},
                                      {"size", figures.responseBytes}}},
                  {"latencies", latenciesOf(figures)},
                  {"tries", triesOf(figures)},
                  {"client_ip", exchange.request.clientAddress},
                  {"started_at", startedAt},
                  {"source", figures.isProxied ? "upstream" : "kong"},
                  {"workspace", defaultWorkspaceId},
                  {"workspace_name", "default"}};
    addEntities(record, exchange);
    for (const auto& [path, value] : exchange.logFields)
        setPath(record, path, value);
    return record;
}

} // namespace claimsmith::gateway
