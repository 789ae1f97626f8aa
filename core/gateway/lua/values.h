// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/value.h"
#include "http/query.h"

#include <string>
#include <string_view>

struct lua_State;

namespace claimsmith::gateway::lua {

/// How values of a request look in Lua (kong-plugins.md A4).

void pushText(lua_State* state, std::string_view text);

/// Pushes null as nothing, lists and objects as tables.
void pushValue(lua_State* state, const document::Value& value);

/// Puts a value into the table on top of the stack: the first one as itself, further ones of the same name into a list.
/// The value is on top of the stack, above the table, and is taken off.
void addToTable(lua_State* state, std::string_view name);

/// Puts a header line into the table on top of the stack, its name in lower case.
void addHeader(lua_State* state, std::string_view name, std::string_view value);
/// Puts an argument into the table on top of the stack; one without a value is `true`.
void addArgument(lua_State* state, const http::QueryArgument& argument);
/// Lets the table on top of the stack find headers by any spelling: "X_Name" for "x-name".
void setHeaderLookup(lua_State* state);

/// The name as nginx's modules look it up: lower case, "-" for "_".
std::string normalisedHeaderName(std::string_view name);

} // namespace claimsmith::gateway::lua
