// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/lua/values.h"
#include "gateway/plugins/pre_function/api.h"
#include "gateway/plugins/pre_function/headers.h"
#include "gateway/plugins/pre_function/tables.h"

#include <lua.hpp>

#include <stdexcept>

namespace claimsmith::gateway::functions {
namespace {

int getStatus(lua_State* state, Call& call)
{
    lua_pushinteger(state, call.exchange.response.status);
    return 1;
}

int getHeader(lua_State* state, Call& call)
{
    const auto value = call.exchange.response.headers.find(lua::normalisedHeaderName(luaL_checkstring(state, 1)));
    if (!value)
        return 0;
    lua::pushText(state, *value);
    return 1;
}

int getHeaders(lua_State* state, Call& call)
{
    lua_newtable(state);
    for (const http::HeaderField& field : call.exchange.response.headers)
        lua::addHeader(state, field.name, field.value);
    lua::setHeaderLookup(state);
    return 1;
}

int getSource(lua_State* state, Call& call)
{
    lua::pushText(state, call.exchange.figures.isProxied ? "service" : "exit");
    return 1;
}

int checkedStatus(lua_State* state)
{
    const auto status = luaL_checkinteger(state, 1);
    if (status < 100 || status > 599)
        throw std::invalid_argument("code must be a number between 100 and 599");
    return static_cast<int>(status);
}

int setStatus(lua_State* state, Call& call)
{
    call.exchange.response.status = checkedStatus(state);
    return 0;
}

int setHeader(lua_State* state, Call& call)
{
    return setHeaderFrom(state, call.exchange.response.headers);
}

int addHeader(lua_State* state, Call& call)
{
    return addHeaderFrom(state, call.exchange.response.headers);
}

int clearHeader(lua_State* state, Call& call)
{
    return clearHeaderFrom(state, call.exchange.response.headers);
}

int setHeaders(lua_State* state, Call& call)
{
    return setHeadersFrom(state, call.exchange.response.headers);
}

/// Takes the headers of the argument at 3 over, when there are any.
void takeHeaders(lua_State* state, Answer& answer)
{
    if (!lua_istable(state, 3))
        return;
    lua_settop(state, 3);
    lua_replace(state, 1);
    setHeadersFrom(state, answer.headers);
}

/// A table becomes JSON, a text stays; headers win over what the body asks for.
Answer answerFrom(lua_State* state)
{
    const int status = checkedStatus(state);
    Answer answer = exitAnswer(status);
    if (lua_istable(state, 2))
        answer = exitAnswer(status, readValue(state, 2));
    else if (!lua_isnoneornil(state, 2))
        answer.body = plainText(state, 2).value_or("");
    takeHeaders(state, answer);
    return answer;
}

/// Ends the code at once: nothing inside of it can catch that.
int exitWith(lua_State* state, Call& call)
{
    call.answer = answerFrom(state);
    lua::State::of(state).abort(state, "kong.response.exit");
}

/// The body is Kong's own for errors, in the type that the client accepts.
int exitWithError(lua_State* state, Call& call)
{
    const int status = checkedStatus(state);
    if (status < 400)
        throw std::invalid_argument("code must be a number between 400 and 599");
    call.answer = errorAnswer(call.exchange.request.head.headers, call.exchange.requestId, status,
                              plainText(state, 2).value_or(""));
    takeHeaders(state, *call.answer);
    lua::State::of(state).abort(state, "kong.response.error");
}

int getRawBody(lua_State* state, Call& call)
{
    lua::pushText(state, call.body->bytes());
    return 1;
}

int setRawBody(lua_State* state, Call& call)
{
    std::size_t size = 0;
    const char* body = luaL_checklstring(state, 1, &size);
    call.body->replace(Bytes(body, size));
    return 0;
}

constexpr ApiFunction functions[] = {
    {"kong.response.get_status", responsePhases, getStatus},
    {"kong.response.get_header", responsePhases, getHeader},
    {"kong.response.get_headers", responsePhases, getHeaders},
    {"kong.response.get_source", responsePhases, getSource},
    {"kong.response.set_status", bitOf(Phase::HeaderFilter), setStatus},
    {"kong.response.set_header", bitOf(Phase::HeaderFilter), setHeader},
    {"kong.response.add_header", bitOf(Phase::HeaderFilter), addHeader},
    {"kong.response.clear_header", bitOf(Phase::HeaderFilter), clearHeader},
    {"kong.response.set_headers", bitOf(Phase::HeaderFilter), setHeaders},
    {"kong.response.exit", requestPhases, exitWith},
    {"kong.response.error", requestPhases, exitWithError},
    {"kong.response.get_raw_body", bitOf(Phase::BodyFilter), getRawBody},
    {"kong.response.set_raw_body", bitOf(Phase::BodyFilter), setRawBody},
    {"kong.service.response.get_status", responsePhases, getStatus},
    {"kong.service.response.get_header", responsePhases, getHeader},
    {"kong.service.response.get_headers", responsePhases, getHeaders},
};

} // namespace

std::span<const ApiFunction> responseFunctions() noexcept
{
    return functions;
}

} // namespace claimsmith::gateway::functions
