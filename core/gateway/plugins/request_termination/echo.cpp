// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/request_termination/echo.h"

#include "base/text.h"
#include "document/json.h"
#include "gateway/entities.h"
#include "gateway/node.h"
#include "http/mediatype.h"
#include "http/query.h"

namespace claimsmith::gateway {

using document::Array;
using document::Object;
using document::Value;

namespace {

/// One value as itself, several as a list.
void addValue(Object& object, std::string_view name, Value value)
{
    Value* known = object.find(name);
    if (!known)
        object.append(std::string(name), std::move(value));
    else if (known->asArray())
        known->asArray()->push_back(std::move(value));
    else
        *known = Array{*known, std::move(value)};
}

Object headersOf(const http::HeaderMap& headers)
{
    Object object;
    for (const http::HeaderField& field : headers)
        addValue(object, toLower(field.name), field.value);
    return object;
}

Object argumentsOf(std::string_view query)
{
    Object object;
    for (const http::QueryArgument& argument : http::parseQuery(query))
        addValue(object, argument.name, argument.value ? Value(*argument.value) : Value(true));
    return object;
}

Value decodedBody(const Exchange& exchange)
{
    const auto type = http::parseMediaType(exchange.upstream.headers.value("Content-Type"));
    if (!type || !exchange.request.body)
        return {};
    if (type->is("application/x-www-form-urlencoded"))
        return argumentsOf(*exchange.request.body);
    auto json = type->is("application/json") ? document::parseJson(*exchange.request.body) : Result<Value>(Value());
    return json && (json->asObject() || json->asArray()) ? std::move(*json) : Value();
}

Object capturesOf(const RouteMatch& match)
{
    Object named;
    for (const auto& [name, text] : match.namedCaptures)
        named.set(name, text);
    Array unnamed;
    for (std::size_t i = 1; i < match.captures.size(); ++i)
        unnamed.push_back(match.captures[i] ? Value(*match.captures[i]) : Value());
    return {{"named", std::move(named)}, {"unnamed", std::move(unnamed)}};
}

Object requestOf(const Exchange& exchange)
{
    const ClientRequest& request = exchange.request;
    Object object{
        {"scheme", request.scheme == Scheme::Https ? "https" : "http"},
        {"host", request.forwardedHost},
        {"port", request.local.port},
        {"headers", headersOf(exchange.upstream.headers)},
        {"query", argumentsOf(exchange.upstream.query.value_or(""))},
        {"raw_body", request.body.value_or(Bytes())},
        {"method", request.head.method},
        {"path", exchange.path},
        {"uri_captures", capturesOf(*exchange.match)},
    };
    if (Value body = decodedBody(exchange); !body.isNull())
        object.set("body", std::move(body));
    return object;
}

/// An entity as Kong's proxy holds it: without what is unset, with its workspace.
Object entityOf(const Entity& entity)
{
    Object object;
    for (const auto& [name, value] : entity.fields)
        if (!value.isNull())
            object.append(name, value);
    object.set("ws_id", defaultWorkspaceId);
    return object;
}

} // namespace

Value describeRequest(const Exchange& exchange, std::string_view message)
{
    const NodeIdentity& node = nodeIdentity();
    Object description;
    if (!message.empty())
        description.set("message", message);
    description.set("kong", Object{{"node_id", node.id}, {"worker_pid", node.processId}, {"hostname", node.hostName}});
    description.set("request", requestOf(exchange));
    description.set("matched_route", entityOf(*exchange.match->route->entity));
    if (exchange.match->service)
        description.set("matched_service", entityOf(*exchange.match->service->entity));
    return description;
}

} // namespace claimsmith::gateway
