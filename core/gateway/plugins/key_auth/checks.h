// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace claimsmith::gateway::keyauth {

/// Ids of the plugin's checks, in its order.
inline constexpr std::string_view keyFound = "key-auth.key-found"; ///< expected: where it looks
inline constexpr std::string_view singleKey = "key-auth.single-key";
inline constexpr std::string_view keyKnown = "key-auth.key-known"; ///< the key itself stays out of findings

inline constexpr std::string_view all[] = {keyFound, singleKey, keyKnown};

} // namespace claimsmith::gateway::keyauth
