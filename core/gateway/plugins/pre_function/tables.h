// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/value.h"

struct lua_State;

namespace claimsmith::gateway::functions {

/// Adds kong.ctx, ngx.var and ngx.header to the environment at `root`, whose `kong` and `ngx` are there.
void addContextTables(lua_State* state, int root);

/// The value at `index` as far as JSON can hold it: functions and what nests too deeply become null. A table with a
/// first element is a list.
document::Value readValue(lua_State* state, int index, int depth = 0);

} // namespace claimsmith::gateway::functions
