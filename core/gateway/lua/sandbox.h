// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

struct lua_State;

namespace claimsmith::gateway::lua {

/// What code of the configuration can reach (kong-plugins.md F1.4 and H; untrusted_lua = sandbox). Code of the user's
/// never sees the state's globals: each chunk gets an environment of its own.

/// Prepares a new state: keeps the libraries where no code finds them, and gives strings those methods that can't be
/// used to load code. Searching with patterns costs what pattern.h counts.
void openSandbox(lua_State* state);

/// Pushes a new environment for functions: the basic functions, `string`, `table`, `math`, `coroutine` and the harmless
/// part of `os`; `require` refuses. Changing it harms nobody else.
void pushFunctionEnvironment(lua_State* state);

/// Pushes one of the basic functions: "tostring", "type", "require"….
void pushBasicFunction(lua_State* state, const char* name);

} // namespace claimsmith::gateway::lua
