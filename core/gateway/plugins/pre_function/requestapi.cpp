// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/json.h"
#include "gateway/entities.h"
#include "gateway/lua/values.h"
#include "gateway/node.h"
#include "gateway/plugins/pre_function/api.h"
#include "gateway/plugins/requestarguments.h"
#include "http/mediatype.h"

#include <lua.hpp>

namespace claimsmith::gateway::functions {
namespace {

int text(lua_State* state, std::string_view value)
{
    lua::pushText(state, value);
    return 1;
}

int number(lua_State* state, double value)
{
    lua_pushnumber(state, value);
    return 1;
}

int headers(lua_State* state, const http::HeaderMap& from)
{
    lua_newtable(state);
    for (const http::HeaderField& field : from)
        lua::addHeader(state, field.name, field.value);
    lua::setHeaderLookup(state);
    return 1;
}

int arguments(lua_State* state, std::string_view query)
{
    lua_newtable(state);
    for (const http::QueryArgument& argument : http::parseQuery(query))
        lua::addArgument(state, argument);
    return 1;
}

int getHeader(lua_State* state, Call& call)
{
    const auto lines = findHeaderLines(call.exchange.upstream.headers, luaL_checkstring(state, 1));
    return lines.empty() ? 0 : text(state, lines.front());
}

int getQueryArgument(lua_State* state, Call& call)
{
    const auto query = http::parseQuery(call.exchange.upstream.query.value_or(""));
    const auto* found = query.find(luaL_checkstring(state, 1));
    if (!found)
        return 0;
    if (found->value)
        return text(state, *found->value);
    lua_pushboolean(state, 1);
    return 1;
}

/// Forms and JSON; nothing and a message for other types.
int getBody(lua_State* state, Call& call)
{
    const auto type = http::parseMediaType(call.exchange.upstream.headers.value("Content-Type"));
    const Bytes body = call.exchange.request.body.value_or("");
    if (type && type->is("application/x-www-form-urlencoded"))
        return arguments(state, body);
    const auto json = type && type->is("application/json")
                          ? document::parseJson(body, {.allowDuplicateKeys = true, .allowKongNumbers = true})
                          : Result<document::Value>(document::Value());
    if (json && (json->asObject() || json->asArray())) {
        lua::pushValue(state, *json);
        return 1;
    }
    lua_pushnil(state);
    lua_pushliteral(state, "the body can't be read as a form or as JSON");
    return 2;
}

/// { named = {…}, unnamed = {…} } of the route's regular expression.
int getCaptures(lua_State* state, Call& call)
{
    lua_createtable(state, 0, 2);
    lua_newtable(state);
    lua_newtable(state);
    if (const auto& match = call.exchange.match) {
        for (const auto& [name, value] : match->namedCaptures) {
            lua::pushText(state, value);
            lua_setfield(state, -3, name.c_str());
        }
        for (std::size_t i = 1; i < match->captures.size(); ++i) {
            lua::pushText(state, match->captures[i].value_or(""));
            lua_rawseti(state, -2, static_cast<int>(i));
        }
    }
    lua_setfield(state, -3, "unnamed");
    lua_setfield(state, -2, "named");
    return 1;
}

int entity(lua_State* state, const Entity* found)
{
    if (!found)
        return 0;
    lua::pushValue(state, document::Value(found->fields));
    return 1;
}

/// The credential without what is secret in it.
int getCredential(lua_State* state, Call& call)
{
    const auto& credential = call.exchange.identity.credential;
    if (!credential || !credential->entity)
        return 0;
    document::Object shown;
    for (const auto& [name, value] : credential->entity->fields) {
        const Field* field = credential->entity->type->schema().find(name);
        if (!field || !field->secret)
            shown.append(name, value);
    }
    lua::pushValue(state, document::Value(std::move(shown)));
    return 1;
}

std::string_view nameOf(Scheme scheme) noexcept
{
    return scheme == Scheme::Https ? "https" : "http";
}

std::string versionText(http::Version version)
{
    return std::to_string(version.major) + (version.minor != 0 ? "." + std::to_string(version.minor) : "");
}

constexpr ApiFunction functions[] = {
    {"kong.request.get_scheme", anyPhase,
     [](lua_State* s, Call& c) { return text(s, nameOf(c.exchange.request.scheme)); }},
    {"kong.request.get_host", anyPhase,
     [](lua_State* s, Call& c) { return text(s, c.exchange.request.forwardedHost); }},
    {"kong.request.get_port", anyPhase, [](lua_State* s, Call& c) { return number(s, c.exchange.request.local.port); }},
    {"kong.request.get_forwarded_scheme", anyPhase,
     [](lua_State* s, Call& c) { return text(s, nameOf(c.exchange.request.forwardedScheme)); }},
    {"kong.request.get_forwarded_host", anyPhase,
     [](lua_State* s, Call& c) { return text(s, c.exchange.request.forwardedHost); }},
    {"kong.request.get_forwarded_port", anyPhase,
     [](lua_State* s, Call& c) { return number(s, c.exchange.request.forwardedPort); }},
    {"kong.request.get_http_version", anyPhase,
     [](lua_State* s, Call& c) { return text(s, versionText(c.exchange.request.head.version)); }},
    {"kong.request.get_method", anyPhase, [](lua_State* s, Call& c) { return text(s, c.exchange.upstream.method); }},
    {"kong.request.get_path", anyPhase, [](lua_State* s, Call& c) { return text(s, c.exchange.path); }},
    {"kong.request.get_raw_path", anyPhase,
     [](lua_State* s, Call& c) { return text(s, c.exchange.request.head.path()); }},
    {"kong.request.get_path_with_query", anyPhase,
     [](lua_State* s, Call& c) { return text(s, c.exchange.request.head.target); }},
    {"kong.request.get_raw_query", anyPhase,
     [](lua_State* s, Call& c) { return text(s, c.exchange.upstream.query.value_or("")); }},
    {"kong.request.get_query_arg", anyPhase, getQueryArgument},
    {"kong.request.get_query", anyPhase,
     [](lua_State* s, Call& c) { return arguments(s, c.exchange.upstream.query.value_or("")); }},
    {"kong.request.get_header", anyPhase, getHeader},
    {"kong.request.get_headers", anyPhase,
     [](lua_State* s, Call& c) { return headers(s, c.exchange.upstream.headers); }},
    {"kong.request.get_uri_captures", anyPhase, getCaptures},
    {"kong.request.get_raw_body", bitOf(Phase::Access),
     [](lua_State* s, Call& c) { return text(s, c.exchange.request.body.value_or("")); }},
    {"kong.request.get_body", bitOf(Phase::Access), getBody},
    {"kong.client.get_ip", anyPhase, [](lua_State* s, Call& c) { return text(s, c.exchange.request.peer.address); }},
    {"kong.client.get_forwarded_ip", anyPhase,
     [](lua_State* s, Call& c) { return text(s, c.exchange.request.clientAddress); }},
    {"kong.client.get_port", anyPhase, [](lua_State* s, Call& c) { return number(s, c.exchange.request.peer.port); }},
    {"kong.client.get_consumer", anyPhase,
     [](lua_State* s, Call& c) {
         return entity(s, c.exchange.identity.consumer ? c.exchange.identity.consumer->entity : nullptr);
     }},
    {"kong.client.get_credential", anyPhase, getCredential},
    {"kong.router.get_route", anyPhase,
     [](lua_State* s, Call& c) { return entity(s, c.exchange.match ? c.exchange.match->route->entity : nullptr); }},
    {"kong.router.get_service", anyPhase,
     [](lua_State* s, Call& c) {
         const bool isThere = c.exchange.match && c.exchange.match->service;
         return entity(s, isThere ? c.exchange.match->service->entity : nullptr);
     }},
    {"kong.node.get_id", anyPhase, [](lua_State* s, Call&) { return text(s, nodeIdentity().id); }},
    {"kong.node.get_hostname", anyPhase, [](lua_State* s, Call&) { return text(s, nodeIdentity().hostName); }},
    {"ngx.req.get_headers", anyPhase, [](lua_State* s, Call& c) { return headers(s, c.exchange.upstream.headers); }},
    {"ngx.req.get_uri_args", anyPhase,
     [](lua_State* s, Call& c) { return arguments(s, c.exchange.upstream.query.value_or("")); }},
    {"ngx.req.get_method", anyPhase, [](lua_State* s, Call& c) { return text(s, c.exchange.upstream.method); }},
};

} // namespace

std::span<const ApiFunction> requestFunctions() noexcept
{
    return functions;
}

} // namespace claimsmith::gateway::functions
