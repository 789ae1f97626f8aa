// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/base64.h"
#include "base/log.h"
#include "gateway/lua/values.h"
#include "gateway/plugins/pre_function/api.h"
#include "gateway/plugins/pre_function/headers.h"
#include "gateway/plugins/pre_function/tables.h"
#include "http/query.h"

#include <lua.hpp>

#include <chrono>
#include <string>

namespace claimsmith::gateway::functions {
namespace {

/// The arguments from `first` on, put together as Kong's log does.
std::string joinedArguments(lua_State* state, int first)
{
    std::string message;
    for (int i = first; i <= lua_gettop(state); ++i)
        message += plainText(state, i).value_or(luaL_typename(state, i));
    return message;
}

template <LogLevel Level>
int logLine(lua_State* state, Call&)
{
    claimsmith::log(Level, "functions", joinedArguments(state, 1));
    return 0;
}

/// ngx.log(ngx.ERR, …): levels count downwards.
int ngxLog(lua_State* state, Call&)
{
    const auto level = luaL_checkinteger(state, 1);
    claimsmith::log(level <= 4   ? LogLevel::Error
                    : level <= 5 ? LogLevel::Warning
                    : level <= 7 ? LogLevel::Info
                                 : LogLevel::Debug,
                    "functions", joinedArguments(state, 2));
    return 0;
}

int setSerializeValue(lua_State* state, Call& call)
{
    call.exchange.logFields.set(luaL_checkstring(state, 1), readValue(state, 2));
    return 0;
}

double secondsOf(const Call& call)
{
    return std::chrono::duration<double>(call.exchange.clock.now().time_since_epoch()).count();
}

int now(lua_State* state, Call& call)
{
    lua_pushnumber(state, secondsOf(call));
    return 1;
}

int time(lua_State* state, Call& call)
{
    lua_pushnumber(state, static_cast<double>(call.exchange.clock.unixSeconds()));
    return 1;
}

std::string_view textArgument(lua_State* state)
{
    std::size_t size = 0;
    const char* text = luaL_checklstring(state, 1, &size);
    return {text, size};
}

int encodeBase64(lua_State* state, Call&)
{
    lua::pushText(state, toBase64(textArgument(state)));
    return 1;
}

int decodeBase64(lua_State* state, Call&)
{
    const auto decoded = fromBase64(textArgument(state), Base64Rule::Lenient);
    if (!decoded)
        return 0;
    lua::pushText(state, *decoded);
    return 1;
}

int escapeUri(lua_State* state, Call&)
{
    lua::pushText(state, http::percentEncode(textArgument(state)));
    return 1;
}

int unescapeUri(lua_State* state, Call&)
{
    std::string text(textArgument(state));
    for (char& c : text)
        c = c == '+' ? ' ' : c;
    lua::pushText(state, http::percentDecode(text));
    return 1;
}

constexpr ApiFunction functions[] = {
    {"kong.log.debug", anyPhase, logLine<LogLevel::Debug>},
    {"kong.log.info", anyPhase, logLine<LogLevel::Info>},
    {"kong.log.notice", anyPhase, logLine<LogLevel::Info>},
    {"kong.log.warn", anyPhase, logLine<LogLevel::Warning>},
    {"kong.log.err", anyPhase, logLine<LogLevel::Error>},
    {"kong.log.crit", anyPhase, logLine<LogLevel::Error>},
    {"kong.log.alert", anyPhase, logLine<LogLevel::Error>},
    {"kong.log.emerg", anyPhase, logLine<LogLevel::Error>},
    {"kong.log.set_serialize_value", anyPhase, setSerializeValue},
    {"ngx.log", anyPhase, ngxLog},
    {"ngx.now", anyPhase, now},
    {"ngx.time", anyPhase, time},
    {"ngx.encode_base64", anyPhase, encodeBase64},
    {"ngx.decode_base64", anyPhase, decodeBase64},
    {"ngx.escape_uri", anyPhase, escapeUri},
    {"ngx.unescape_uri", anyPhase, unescapeUri},
};

} // namespace

std::span<const ApiFunction> otherFunctions() noexcept
{
    return functions;
}

} // namespace claimsmith::gateway::functions
