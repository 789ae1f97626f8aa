// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/pre_function/headers.h"

#include <set>
#include <stdexcept>
#include <string>

namespace claimsmith::gateway::functions {
namespace {

/// Names and values that would break the message are refused, whoever wrote them.
void checkHeader(std::string_view name, std::optional<std::string_view> value)
{
    if (!http::isToken(name))
        throw std::invalid_argument("invalid header name '" + std::string(name) + "'");
    if (!value || !http::isSafeHeaderValue(*value))
        throw std::invalid_argument("invalid value of header '" + std::string(name) + "'");
}

} // namespace

std::optional<std::string> plainText(lua_State* state, int index)
{
    if (lua_isboolean(state, index))
        return lua_toboolean(state, index) ? "true" : "false";
    if (!lua_isstring(state, index))
        return std::nullopt;
    // A copy: converting a number in place would confuse lua_next().
    lua_pushvalue(state, index);
    std::size_t size = 0;
    const char* text = lua_tolstring(state, -1, &size);
    std::string copy(text, size);
    lua_pop(state, 1);
    return copy;
}

int setHeaderFrom(lua_State* state, http::HeaderMap& headers)
{
    const std::string_view name = luaL_checkstring(state, 1);
    const auto value = plainText(state, 2);
    checkHeader(name, value);
    headers.set(name, *value);
    return 0;
}

int addHeaderFrom(lua_State* state, http::HeaderMap& headers)
{
    const std::string_view name = luaL_checkstring(state, 1);
    const auto value = plainText(state, 2);
    checkHeader(name, value);
    headers.add(name, *value);
    return 0;
}

int clearHeaderFrom(lua_State* state, http::HeaderMap& headers)
{
    headers.remove(luaL_checkstring(state, 1));
    return 0;
}

int setHeadersFrom(lua_State* state, http::HeaderMap& headers)
{
    luaL_checktype(state, 1, LUA_TTABLE);
    std::set<std::string, std::less<>> known;
    eachPair(state, 1, [&](std::string_view name, std::optional<std::string_view> value) {
        const std::string_view text = value.value_or("true");
        checkHeader(name, text);
        if (known.emplace(name).second)
            headers.set(name, text);
        else
            headers.add(name, text);
    });
    return 0;
}

} // namespace claimsmith::gateway::functions
