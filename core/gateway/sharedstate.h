// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/deliveries.h"
#include "gateway/outgoing.h"
#include "gateway/plugins/openid_connect/shared.h"
#include "gateway/sharedtable.h"

#include <memory>

namespace claimsmith::gateway {

namespace proxycache {
struct StoredResponse;
}

/// What requests leave behind for later ones: one for each engine, shared by its threads. It outlives configurations,
/// as Kong's shared dictionaries do: after a reload counters go on and stored responses are still served, as long as
/// the ids in their keys are the same. (Ids that a document does not give are made from names, and stay.)
struct SharedState
{
    /// Of rate-limiting and response-ratelimiting; Kong's kong_rate_limiting_counters.
    SharedTable<double> counters{std::size_t(12) << 20U};
    /// Of proxy-cache; Kong's kong_db_cache.
    SharedTable<std::shared_ptr<const proxycache::StoredResponse>> responses{std::size_t(128) << 20U};
    /// Of http-log.
    Deliveries deliveries;
    /// Of openid-connect: what providers said.
    openidconnect::Shared openidConnect;
    /// Requests of plugins. The last member: what it sends refers to the others.
    Outgoing outgoing;
};

} // namespace claimsmith::gateway
