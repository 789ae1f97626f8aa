// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/lua/values.h"

#include "base/text.h"

#include <lua.hpp>

#include <algorithm>

namespace claimsmith::gateway::lua {
namespace {

/// __index of a table of headers.
int findHeader(lua_State* state)
{
    if (lua_type(state, 2) != LUA_TSTRING)
        return 0;
    std::size_t size = 0;
    const char* name = lua_tolstring(state, 2, &size);
    luaL_Buffer normalised;
    luaL_buffinit(state, &normalised);
    for (std::size_t i = 0; i < size; ++i)
        luaL_addchar(&normalised, name[i] == '_' ? '-' : toLower(name[i]));
    luaL_pushresult(&normalised);
    lua_rawget(state, 1);
    return 1;
}

} // namespace

void pushText(lua_State* state, std::string_view text)
{
    lua_pushlstring(state, text.data(), text.size());
}

void pushValue(lua_State* state, const document::Value& value)
{
    luaL_checkstack(state, 4, "value nested too deeply");
    if (const auto* array = value.asArray()) {
        lua_createtable(state, static_cast<int>(array->size()), 0);
        for (std::size_t i = 0; i < array->size(); ++i) {
            pushValue(state, (*array)[i]);
            lua_rawseti(state, -2, static_cast<int>(i) + 1);
        }
    } else if (const auto* object = value.asObject()) {
        lua_createtable(state, 0, static_cast<int>(object->size()));
        for (const auto& [name, member] : *object) {
            pushText(state, name);
            pushValue(state, member);
            lua_rawset(state, -3);
        }
    } else if (const auto* text = value.asString()) {
        pushText(state, *text);
    } else if (const auto* number = value.asNumber()) {
        lua_pushnumber(state, number->toDouble());
    } else if (const auto* flag = value.asBoolean()) {
        lua_pushboolean(state, *flag ? 1 : 0);
    } else {
        lua_pushnil(state);
    }
}

void addToTable(lua_State* state, std::string_view name)
{
    pushText(state, name);
    lua_pushvalue(state, -1);
    lua_rawget(state, -4); // table, value, name, known
    if (lua_isnil(state, -1)) {
        lua_pop(state, 1);
        lua_insert(state, -2);
        lua_rawset(state, -3);
        return;
    }
    if (!lua_istable(state, -1)) {
        lua_createtable(state, 2, 0);
        lua_insert(state, -2);
        lua_rawseti(state, -2, 1);
        lua_pushvalue(state, -2);
        lua_pushvalue(state, -2);
        lua_rawset(state, -6); // table, value, name, list
    }
    lua_pushvalue(state, -3);
    lua_rawseti(state, -2, static_cast<int>(lua_objlen(state, -2)) + 1);
    lua_pop(state, 3);
}

void addHeader(lua_State* state, std::string_view name, std::string_view value)
{
    pushText(state, value);
    addToTable(state, toLower(name));
}

void addArgument(lua_State* state, const http::QueryArgument& argument)
{
    if (argument.value)
        pushText(state, *argument.value);
    else
        lua_pushboolean(state, 1);
    addToTable(state, argument.name);
}

void setHeaderLookup(lua_State* state)
{
    lua_createtable(state, 0, 1);
    lua_pushcfunction(state, findHeader);
    lua_setfield(state, -2, "__index");
    lua_setmetatable(state, -2);
}

std::string normalisedHeaderName(std::string_view name)
{
    std::string normalised = toLower(name);
    std::ranges::replace(normalised, '_', '-');
    return normalised;
}

} // namespace claimsmith::gateway::lua
