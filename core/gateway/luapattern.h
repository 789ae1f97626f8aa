// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace claimsmith::gateway {

/// Whether a Lua pattern (Lua 5.1 reference manual §5.4.1) is found in the text, octet by octet in the C locale:
/// classes, sets, the four repetitions and both anchors, which is what Kong's schemas use. Captures are passed over;
/// `%b` and
/// `%f` mean the letters. An unfinished pattern matches nothing. Schemas are the only source of patterns: the time is
/// not bounded.
bool matchesLuaPattern(std::string_view text, std::string_view pattern) noexcept;

} // namespace claimsmith::gateway
