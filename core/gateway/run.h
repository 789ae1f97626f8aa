// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/chain.h"
#include "gateway/exchange.h"
#include "gateway/plugin.h"

#include <any>
#include <chrono>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace claimsmith::gateway {

/// Where the pipeline stands with an exchange. Private to the pipeline.
struct Exchange::Run
{
    using Time = std::chrono::steady_clock::time_point;

    const Chain* chain = nullptr;
    std::size_t next = 0;         ///< the slot whose turn it is
    std::optional<Answer> answer; ///< a plugin's
    const PluginInstance* answeredBy = nullptr;
    std::vector<std::pair<const PluginInstance*, Step::Verdict>> verdicts; ///< of all instances chosen so far
    std::vector<std::pair<const PluginInstance*, BodyUse>> bodyUses;       ///< in the order in which they get the body
    std::map<const PluginInstance*, std::any> memories;

    Time begin = std::chrono::steady_clock::now(); ///< of the request; read only when traced
    Time stepBegin{};
    UpstreamRequest before; ///< the upstream request before the plugin that runs; when traced
    std::map<const PluginInstance*, std::size_t> steps; ///< their places in the trace
};

} // namespace claimsmith::gateway
