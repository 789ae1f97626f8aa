// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace claimsmith::gateway::botdetection {

/// Ids of the plugin's checks, in its order.
inline constexpr std::string_view singleAgent = "bot-detection.single-agent";
inline constexpr std::string_view allowed = "bot-detection.allowed";      ///< expected: the expression that lets it in
inline constexpr std::string_view notDenied = "bot-detection.not-denied"; ///< expected: the expression that denies
inline constexpr std::string_view notKnown = "bot-detection.not-known";

inline constexpr std::string_view all[] = {singleAgent, allowed, notDenied, notKnown};

} // namespace claimsmith::gateway::botdetection
