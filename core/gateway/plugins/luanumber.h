// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>

namespace claimsmith::gateway {

/// A text as Lua's tonumber() reads it: decimal or hexadecimal, a sign, spaces around it. Nothing for what is no
/// number, and for what is not finite, which no use of it could count with.
std::optional<double> luaNumber(std::string_view text);

} // namespace claimsmith::gateway
