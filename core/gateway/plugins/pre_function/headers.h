// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/message.h"

#include <lua.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace claimsmith::gateway::functions {

/// The four ways of Kong's API to change headers, for the arguments (name, value) or (table) on the stack. A value may
/// be a text, number or flag, in tables also a list of them. All give no results.
int setHeaderFrom(lua_State* state, http::HeaderMap& headers);
int addHeaderFrom(lua_State* state, http::HeaderMap& headers);
int clearHeaderFrom(lua_State* state, http::HeaderMap& headers);
int setHeadersFrom(lua_State* state, http::HeaderMap& headers);

/// The value at `index` as text, "true" and "false" included; nothing for other kinds.
std::optional<std::string> plainText(lua_State* state, int index);

/// Calls use(name, value) for each pair of the table at `index` whose name is a text, and for each value of a list. A
/// value of `true` is a name without one.
template <class Use>
void eachPair(lua_State* state, int index, Use use)
{
    lua_pushnil(state);
    while (lua_next(state, index) != 0) {
        const bool isNamed = lua_type(state, -2) == LUA_TSTRING;
        const std::string_view name = isNamed ? lua_tostring(state, -2) : "";
        if (isNamed && lua_istable(state, -1)) {
            for (int i = 1; i <= static_cast<int>(lua_objlen(state, -1)); ++i) {
                lua_rawgeti(state, -1, i);
                use(name, plainText(state, -1));
                lua_pop(state, 1);
            }
        } else if (isNamed) {
            const bool isFlag = lua_isboolean(state, -1) && lua_toboolean(state, -1);
            use(name, isFlag ? std::optional<std::string>() : plainText(state, -1));
        }
        lua_pop(state, 1);
    }
}

} // namespace claimsmith::gateway::functions
