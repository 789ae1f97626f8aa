// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace claimsmith::gateway::functions {

/// Id of the finding about the functions of a phase: found is Lua's message when one failed.
inline constexpr std::string_view ran = "pre-function.ran";

} // namespace claimsmith::gateway::functions
