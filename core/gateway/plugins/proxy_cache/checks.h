// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace claimsmith::gateway::proxycache {

/// Ids of the plugin's checks, in its order.

inline constexpr std::string_view method = "proxy-cache.method"; ///< expected: the methods that are kept
/// What the client's Cache-Control allows, where the plugin heeds it. found: the directive that forbids.
inline constexpr std::string_view clientAllows = "proxy-cache.client-allows";
/// found: "hit", "miss", "stale"; parameters "key", "age".
inline constexpr std::string_view entry = "proxy-cache.entry";
inline constexpr std::string_view status = "proxy-cache.status";            ///< expected: the statuses that are kept
inline constexpr std::string_view contentType = "proxy-cache.content-type"; ///< expected: the types that are kept
/// What the response's Cache-Control allows, where the plugin heeds it. found: the directive that forbids.
inline constexpr std::string_view responseAllows = "proxy-cache.response-allows";
inline constexpr std::string_view lifetime = "proxy-cache.lifetime"; ///< found: seconds that the response lives

inline constexpr std::string_view ofRequest[] = {method, clientAllows, entry};
inline constexpr std::string_view ofResponse[] = {status, contentType, responseAllows, lifetime};

} // namespace claimsmith::gateway::proxycache
