// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace claimsmith::gateway::requestsize {

/// Ids of the plugin's checks, in its order.
inline constexpr std::string_view lengthGiven = "request-size-limiting.length-given";
inline constexpr std::string_view within = "request-size-limiting.within"; ///< expected and found: octets

inline constexpr std::string_view all[] = {lengthGiven, within};

} // namespace claimsmith::gateway::requestsize
