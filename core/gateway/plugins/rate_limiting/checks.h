// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace claimsmith::gateway::ratelimiting {

/// Ids of the plugin's checks, in its order.

/// Whom the request is counted for. found: "consumer", "credential", "ip", "service", "header" or "path"; expected:
/// what `limit_by` says, which "ip" stands in for when there is none; parameter "identifier".
inline constexpr std::string_view identifier = "rate-limiting.identifier";
/// One finding for each limit. expected: the limit; found: how many were let through before in this window; parameters
/// "period", "limit", "reset" (seconds to the window's end), "remaining".
inline constexpr std::string_view limit = "rate-limiting.limit";

inline constexpr std::string_view all[] = {identifier, limit};

/// A note: the configuration asks for Redis, the gateway counts by itself.
inline constexpr std::string_view countsLocally = "rate-limiting.quirk.counts-locally";

} // namespace claimsmith::gateway::ratelimiting
