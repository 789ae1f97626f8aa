// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/balancer/upstreamsettings.h"
#include "gateway/exchange.h"

#include <string>

namespace claimsmith::gateway {

/// What a request is spread by.
struct HashInput
{
    std::string value;     ///< empty when the request has none of it: Kong hashes that then
    std::string source;    ///< what it is, for the trace: "header X-User", "ip"
    std::string setCookie; ///< a Set-Cookie value for the client, which had no cookie to go by
};

/// Reads it from the request as it will go upstream: `hash_on`, else `hash_fallback` (kong-core.md §5).
HashInput readHashInput(const Exchange& exchange, const UpstreamSettings& settings);

} // namespace claimsmith::gateway
