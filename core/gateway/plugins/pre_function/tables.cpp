// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/pre_function/tables.h"

#include "base/text.h"
#include "gateway/lua/templatevalues.h"
#include "gateway/lua/values.h"
#include "gateway/plugins/pre_function/api.h"
#include "http/cookie.h"
#include "http/query.h"

#include <lua.hpp>

#include <memory>

namespace claimsmith::gateway::functions {

using document::Array;
using document::Number;
using document::Object;
using document::Value;

namespace {

constexpr int deepest = 16;

std::string_view textAt(lua_State* state, int index)
{
    std::size_t size = 0;
    const char* text = lua_tolstring(state, index, &size);
    return text ? std::string_view(text, size) : std::string_view();
}

void pushSharedTable(lua_State* state, Call& call)
{
    lua::State& owner = lua::State::of(state);
    if (!call.shared.isIn(owner)) {
        lua::pushShared(owner.handle(), call.exchange);
        call.shared = lua::Kept(owner);
    }
    call.shared.push();
    if (owner.handle() != state)
        lua_xmove(owner.handle(), state, 1);
}

/// kong.ctx.plugin: what this instance keeps for this request, from phase to phase.
void pushPluginTable(lua_State* state, Call& call)
{
    lua::State& owner = lua::State::of(state);
    auto* kept = std::any_cast<std::shared_ptr<lua::Kept>>(&call.exchange.memory());
    if (!kept || !(*kept)->isIn(owner)) {
        lua_newtable(owner.handle());
        call.exchange.memory() = std::make_shared<lua::Kept>(owner);
        kept = std::any_cast<std::shared_ptr<lua::Kept>>(&call.exchange.memory());
    }
    (*kept)->push();
    if (owner.handle() != state)
        lua_xmove(owner.handle(), state, 1);
}

int readContext(lua_State* state)
{
    const std::string_view name = textAt(state, 2);
    if (name == "shared")
        pushSharedTable(state, Call::current());
    else if (name == "plugin")
        pushPluginTable(state, Call::current());
    else
        return luaL_error(state, "'kong.ctx.%s' is not available to functions here", lua_tostring(state, 2));
    return 1;
}

/// Variables of nginx that configurations use; nothing for all others.
std::optional<std::string> variable(const Exchange& exchange, std::string_view name)
{
    const ClientRequest& request = exchange.request;
    const auto header = [&](std::string_view of) -> std::optional<std::string> {
        const auto found = exchange.upstream.headers.find(of);
        return found ? std::optional(std::string(*found)) : std::nullopt;
    };
    if (name.starts_with("http_")) {
        std::string dashed(name.substr(5));
        for (char& c : dashed)
            c = c == '_' ? '-' : c;
        return header(dashed);
    }
    if (name.starts_with("arg_")) {
        const auto arguments = http::parseQuery(exchange.upstream.query.value_or(""));
        const auto* found = arguments.find(name.substr(4));
        return found ? std::optional(found->value.value_or("")) : std::nullopt;
    }
    if (name == "remote_addr")
        return request.clientAddress;
    if (name == "remote_port")
        return std::to_string(request.peer.port);
    if (name == "realip_remote_addr")
        return request.peer.address;
    if (name == "server_port")
        return std::to_string(request.local.port);
    if (name == "host")
        return request.forwardedHost;
    if (name == "scheme")
        return request.scheme == Scheme::Https ? "https" : "http";
    if (name == "request_method")
        return exchange.upstream.method;
    if (name == "request_uri")
        return request.head.target;
    if (name == "uri")
        return exchange.path;
    if (name == "args")
        return exchange.upstream.query;
    if (name == "request_id" || name == "kong_request_id")
        return exchange.requestId;
    if (name == "upstream_uri")
        return exchange.upstream.path;
    if (name == "status")
        return std::to_string(exchange.response.status);
    return std::nullopt;
}

int readVariable(lua_State* state)
{
    const auto value = variable(Call::current().exchange, textAt(state, 2));
    if (!value)
        return 0;
    lua::pushText(state, *value);
    return 1;
}

int readResponseHeader(lua_State* state)
{
    const auto value = Call::current().exchange.response.headers.find(lua::normalisedHeaderName(textAt(state, 2)));
    if (!value)
        return 0;
    lua::pushText(state, *value);
    return 1;
}

int writeResponseHeader(lua_State* state)
{
    http::HeaderMap& headers = Call::current().exchange.response.headers;
    const std::string_view name = textAt(state, 2);
    if (Call::current().phase != Phase::HeaderFilter)
        return luaL_error(state, "ngx.header can only be set in header_filter phase");
    if (lua_isnil(state, 3))
        headers.remove(name);
    else
        headers.set(name, textAt(state, 3));
    return 0;
}

/// Pushes an empty table that asks these functions.
void pushProxy(lua_State* state, lua_CFunction read, lua_CFunction write)
{
    lua_newtable(state);
    lua_createtable(state, 0, 2);
    lua_pushcfunction(state, read);
    lua_setfield(state, -2, "__index");
    if (write) {
        lua_pushcfunction(state, write);
        lua_setfield(state, -2, "__newindex");
    }
    lua_setmetatable(state, -2);
}

void addProxy(lua_State* state, int root, const char* table, const char* name, lua_CFunction read, lua_CFunction write)
{
    lua_getfield(state, root, table);
    lua_pushstring(state, name);
    pushProxy(state, read, write);
    lua_rawset(state, -3);
    lua_pop(state, 1);
}

Value readTable(lua_State* state, int index, int depth)
{
    if (const auto count = lua_objlen(state, index); count > 0) {
        Array array;
        for (int i = 1; i <= static_cast<int>(count); ++i) {
            lua_rawgeti(state, index, i);
            array.push_back(readValue(state, lua_gettop(state), depth + 1));
            lua_pop(state, 1);
        }
        return array;
    }
    Object object;
    lua_pushnil(state);
    while (lua_next(state, index) != 0) {
        if (lua_type(state, -2) == LUA_TSTRING)
            object.append(std::string(textAt(state, -2)), readValue(state, lua_gettop(state), depth + 1));
        lua_pop(state, 1);
    }
    return object;
}

} // namespace

void addContextTables(lua_State* state, int root)
{
    addProxy(state, root, "kong", "ctx", readContext, nullptr);
    addProxy(state, root, "ngx", "var", readVariable, nullptr);
    addProxy(state, root, "ngx", "header", readResponseHeader, writeResponseHeader);
}

Value readValue(lua_State* state, int index, int depth)
{
    if (depth > deepest || !lua_checkstack(state, 4))
        return {};
    switch (lua_type(state, index)) {
    case LUA_TBOOLEAN:
        return Value(lua_toboolean(state, index) != 0);
    case LUA_TNUMBER:
        return Value(static_cast<double>(lua_tonumber(state, index)));
    case LUA_TSTRING:
        return Value(textAt(state, index));
    case LUA_TTABLE:
        return readTable(state, index, depth);
    default:
        return {};
    }
}

void saveShared(lua::State& state, Call& call)
{
    if (!call.shared.isIn(state))
        return;
    call.shared.push();
    const Value value = readValue(state.handle(), lua_gettop(state.handle()));
    lua_pop(state.handle(), 1);
    call.exchange.shared = value.asObject() ? *value.asObject() : Object();
}

} // namespace claimsmith::gateway::functions
