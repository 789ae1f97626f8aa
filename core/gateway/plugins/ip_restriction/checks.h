// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace claimsmith::gateway::iprestriction {

/// Ids of the plugin's checks, in its order. found: the client's address.
inline constexpr std::string_view notDenied = "ip-restriction.not-denied"; ///< parameter "entry": what it lies in
inline constexpr std::string_view allowed = "ip-restriction.allowed";      ///< expected: the list

inline constexpr std::string_view all[] = {notDenied, allowed};

} // namespace claimsmith::gateway::iprestriction
