// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "gateway/trace.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace claimsmith::gateway {

/// One line about an exchange, for lists and counts; what an engine tells its observer about every request that its
/// queue has room for. A plain value.
struct ExchangeSummary
{
    std::string requestId;
    TimePoint time{}; ///< when the request head was complete, by the gateway's clock
    std::string method;
    std::string path;     ///< as sent, with the query
    std::string route;    ///< name or id; empty when none matched
    std::string service;  ///< name or id
    std::string consumer; ///< username, custom_id or id; empty for nobody
    int status = 0;       ///< 0: the client was gone before there was one
    std::chrono::microseconds duration{0};
    std::chrono::microseconds upstreamDuration{0}; ///< zero when it was not asked
    std::uint64_t responseBytes = 0;
    std::string answeredBy; ///< plugin that made the answer; empty for proxied ones and the gateway's own
    std::string message;    ///< of a gateway-made answer
    /// What each plugin of the chain decided, in order; empty where the engine was too busy to say.
    std::vector<std::pair<std::string, Step::Verdict>> plugins;
    std::shared_ptr<const Trace> trace; ///< null unless the request asked for one
};

} // namespace claimsmith::gateway
