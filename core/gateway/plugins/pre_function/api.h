// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/plugins/pre_function/call.h"

#include <span>
#include <string_view>

namespace claimsmith::gateway::functions {

/// The part of Kong's plugin development kit and of OpenResty's API that functions can use (README.md lists it; the
/// tables here are the truth).

/// Phases in which a function may be called, as bits.
using Phases = unsigned;

constexpr Phases bitOf(Phase phase) noexcept
{
    return 1U << static_cast<unsigned>(phase);
}

inline constexpr Phases anyPhase = ~0U;
inline constexpr Phases requestPhases = bitOf(Phase::Rewrite) | bitOf(Phase::Access);
inline constexpr Phases headerPhases = requestPhases | bitOf(Phase::HeaderFilter);
inline constexpr Phases responsePhases = bitOf(Phase::HeaderFilter) | bitOf(Phase::BodyFilter) | bitOf(Phase::Log);

/// Called with the arguments on the stack, returns how many results it pushed. An error in Lua or a C++ exception ends
/// the user's code.
struct ApiFunction
{
    std::string_view path; ///< "kong.request.get_header"
    Phases phases;
    int (*call)(lua_State* state, Call& call);
};

std::span<const ApiFunction> requestFunctions() noexcept;  ///< kong.request, kong.client, kong.router, kong.node
std::span<const ApiFunction> serviceFunctions() noexcept;  ///< kong.service
std::span<const ApiFunction> responseFunctions() noexcept; ///< kong.response, kong.service.response
std::span<const ApiFunction> otherFunctions() noexcept;    ///< kong.log, ngx

/// Adds `kong` and `ngx` to the environment on top of the stack.
void addApi(lua_State* state);

/// Whether a chain of names leads to something of the API; behind ngx.var, ngx.ctx, ngx.header, kong.ctx.shared and
/// kong.ctx.plugin anything does.
bool isKnownName(std::string_view chain);

/// Writes what the code left in kong.ctx.shared back to the exchange.
void saveShared(lua::State& state, Call& call);

} // namespace claimsmith::gateway::functions
