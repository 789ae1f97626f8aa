// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "gateway/answer.h"

#include <string_view>

namespace claimsmith::gateway {
class Snapshot;
struct SharedState;
} // namespace claimsmith::gateway

namespace claimsmith::gateway::proxycache {

/// What the Admin API offers of the cache (kong-plugins.md D6.4). All plugins share one table; without a plugin of the
/// kind in the configuration there is nothing to see. Any thread.

/// DELETE /proxy-cache
Answer purgeAll(const Snapshot& snapshot, SharedState& state);
/// GET and DELETE /proxy-cache/{key}
Answer showEntry(const Snapshot& snapshot, SharedState& state, std::string_view key, TimePoint now);
Answer purgeEntry(const Snapshot& snapshot, SharedState& state, std::string_view key, TimePoint now);
/// GET and DELETE /proxy-cache/{plugin}/caches/{key}
Answer showEntryOf(const Snapshot& snapshot, SharedState& state, std::string_view plugin, std::string_view key,
                   TimePoint now);
Answer purgeEntryOf(const Snapshot& snapshot, SharedState& state, std::string_view plugin, std::string_view key,
                    TimePoint now);

} // namespace claimsmith::gateway::proxycache
