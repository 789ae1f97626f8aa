// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace claimsmith::gateway::responseratelimiting {

/// Ids of the plugin's checks, in its order.

/// One finding for each limit and period, before the upstream is asked. expected: the limit; found: what was used
/// before; parameters "name", "period". Not checked unless the configuration blocks requests.
inline constexpr std::string_view limit = "response-ratelimiting.limit";
/// What the response costs. expected: the header's name; found: the header as the upstream sent it. Failed when it
/// costs of a limit that is used up: then parameters "name", "period", "limit".
inline constexpr std::string_view cost = "response-ratelimiting.cost";

/// Notes on what Kong makes of it, for Finding::quirk.
inline constexpr std::string_view countsLocally = "response-ratelimiting.quirk.counts-locally";
/// Only a limit of which exactly nothing is left blocks; one that is overdrawn lets requests through.
inline constexpr std::string_view overdrawn = "response-ratelimiting.quirk.overdrawn";

} // namespace claimsmith::gateway::responseratelimiting
