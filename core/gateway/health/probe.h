// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/balancer/balancer.h"
#include "gateway/proxy/upstreamsite.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace claimsmith::gateway {

/// What a target made of a probe.
struct ProbeResult
{
    TryOutcome outcome = TryOutcome::Answered;
    int status = 0; ///< Answered: of the answer; 0 when its first line is none
};

/// The request that an upstream's targets are asked with (kong-core.md §5): HTTP/1.0, so that they close.
std::string probeRequest(const UpstreamSettings& upstream, const TargetSettings& target);

/// The status in the first line of an answer; 0 when there is none.
int probedStatus(std::string_view line) noexcept;

/// Asks one target how it is; nothing when its name can't be resolved, which says nothing about it. `tls`: of the
/// probe; null in the clear. The arguments have to live until it ends.
http::Task<std::optional<ProbeResult>> probe(UpstreamPool& pool, const UpstreamSettings& upstream,
                                             const TargetSettings& target, std::shared_ptr<const UpstreamTls> tls);

} // namespace claimsmith::gateway
