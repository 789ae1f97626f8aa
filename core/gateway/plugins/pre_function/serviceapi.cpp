// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"
#include "gateway/plugins/pre_function/api.h"
#include "gateway/plugins/pre_function/headers.h"
#include "gateway/plugins/request_transformer/arguments.h"
#include "gateway/requestpath.h"

#include <lua.hpp>

#include <stdexcept>

namespace claimsmith::gateway::functions {
namespace {

int setScheme(lua_State* state, Call& call)
{
    const std::string_view scheme = luaL_checkstring(state, 1);
    if (scheme != "http" && scheme != "https")
        throw std::invalid_argument("invalid scheme: " + std::string(scheme));
    call.exchange.upstream.scheme = scheme == "https" ? Scheme::Https : Scheme::Http;
    return 0;
}

int setPath(lua_State* state, Call& call)
{
    const std::string_view path = luaL_checkstring(state, 1);
    if (!path.starts_with('/'))
        throw std::invalid_argument("path must start with /");
    call.exchange.upstream.path = encodePath(path);
    return 0;
}

int setRawQuery(lua_State* state, Call& call)
{
    const std::string query = luaL_checkstring(state, 1);
    call.exchange.upstream.query = query.empty() ? std::nullopt : std::optional(query);
    return 0;
}

/// { name = value or list of values }: written in the order of the names, as Kong does.
int setQuery(lua_State* state, Call& call)
{
    luaL_checktype(state, 1, LUA_TTABLE);
    std::vector<http::QueryArgument> arguments;
    eachPair(state, 1, [&](std::string_view name, std::optional<std::string_view> value) {
        arguments.push_back({std::string(name), value ? std::optional(std::string(*value)) : std::nullopt});
    });
    const requesttransformer::Arguments grouped{http::QueryArguments(std::move(arguments))};
    std::string query = grouped.toText(true);
    call.exchange.upstream.query = query.empty() ? std::nullopt : std::optional(std::move(query));
    return 0;
}

int setMethod(lua_State* state, Call& call)
{
    const std::string_view method = luaL_checkstring(state, 1);
    if (!http::isToken(method))
        throw std::invalid_argument("invalid method: " + std::string(method));
    call.exchange.upstream.method = method;
    return 0;
}

int setHeader(lua_State* state, Call& call)
{
    if (equalIgnoringCase(luaL_checkstring(state, 1), "host"))
        call.exchange.upstream.hostHeader = luaL_checkstring(state, 2);
    else
        setHeaderFrom(state, call.exchange.upstream.headers);
    return 0;
}

int addHeader(lua_State* state, Call& call)
{
    return addHeaderFrom(state, call.exchange.upstream.headers);
}

int clearHeader(lua_State* state, Call& call)
{
    return clearHeaderFrom(state, call.exchange.upstream.headers);
}

int setHeaders(lua_State* state, Call& call)
{
    return setHeadersFrom(state, call.exchange.upstream.headers);
}

int setRawBody(lua_State* state, Call& call)
{
    std::size_t size = 0;
    const char* body = luaL_checklstring(state, 1, &size);
    call.exchange.upstream.body = Bytes(body, size);
    return 0;
}

int setTarget(lua_State* state, Call& call)
{
    const auto port = luaL_checkinteger(state, 2);
    if (port < 0 || port > 65535)
        throw std::invalid_argument("port must be an integer between 0 and 65535");
    call.exchange.upstream.host = luaL_checkstring(state, 1);
    call.exchange.upstream.port = static_cast<std::uint16_t>(port);
    return 0;
}

constexpr ApiFunction functions[] = {
    {"kong.service.set_target", bitOf(Phase::Access), setTarget},
    {"kong.service.request.set_scheme", bitOf(Phase::Access), setScheme},
    {"kong.service.request.set_path", bitOf(Phase::Access), setPath},
    {"kong.service.request.set_raw_query", requestPhases, setRawQuery},
    {"kong.service.request.set_query", requestPhases, setQuery},
    {"kong.service.request.set_method", requestPhases, setMethod},
    {"kong.service.request.set_header", requestPhases, setHeader},
    {"kong.service.request.add_header", requestPhases, addHeader},
    {"kong.service.request.clear_header", requestPhases, clearHeader},
    {"kong.service.request.set_headers", requestPhases, setHeaders},
    {"kong.service.request.set_raw_body", bitOf(Phase::Access), setRawBody},
    {"ngx.req.set_header", requestPhases, setHeader},
    {"ngx.req.clear_header", requestPhases, clearHeader},
};

} // namespace

std::span<const ApiFunction> serviceFunctions() noexcept
{
    return functions;
}

} // namespace claimsmith::gateway::functions
