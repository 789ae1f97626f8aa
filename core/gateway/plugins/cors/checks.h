// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace claimsmith::gateway::cors {

/// Ids of the plugin's checks, in its order: what a browser will make of the answer. The plugin itself refuses nothing.
inline constexpr std::string_view originAllowed = "cors.origin";   ///< found: the origin; expected: those allowed
inline constexpr std::string_view methodAllowed = "cors.method";   ///< of a preflight; found: the method
inline constexpr std::string_view headersAllowed = "cors.headers"; ///< of a preflight; found: the first one missing

inline constexpr std::string_view all[] = {originAllowed, methodAllowed, headersAllowed};

/// Notes on where Kong and caution part, for Finding::quirk.
inline constexpr std::string_view openEnd = "cors.quirk.open-end"; ///< only the last alternative is held to the end

} // namespace claimsmith::gateway::cors
