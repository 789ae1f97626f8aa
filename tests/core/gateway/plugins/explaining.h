// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/gateway/gatewaybench.h"
#include "gateway/explain.h"

#include <algorithm>
#include <string>
#include <variant>

namespace claimsmith::gateway::testing {

/// A document with one route, `/r`, whose plugins are given as JSON, and further top-level members.
inline std::string documentOf(const std::string& plugins, const std::string& more = {})
{
    return R"({"_format_version": "3.0", "services": [{"name": "s", "host": "a", "routes": [{"name": "r", "paths": ["/r"],
        "plugins": [)" +
           plugins + "]}]}]" + (more.empty() ? "" : ", " + more) + "}";
}

/// What is wrong with a document: "field: message", several joined with "; "; empty when it is taken.
inline std::string problemWith(const std::string& document)
{
    ConfigurationReport report;
    if (buildSnapshot(json(document), {}, &report))
        return {};
    std::string all;
    for (const Problem& problem : report.problems)
        all += (all.empty() ? "" : "; ") + problem.field + ": " + problem.message;
    return all.empty() ? "?" : all;
}

/// The step of a plugin in the trace; fails hard when there is none.
inline std::size_t indexOfStep(const Trace& trace, std::string_view plugin)
{
    const auto step = std::ranges::find(trace.steps, plugin, &Step::name);
    if (step == trace.steps.end())
        qFatal("no step of %s", std::string(plugin).c_str());
    return static_cast<std::size_t>(step - trace.steps.begin());
}

inline Explanation explanationOf(const Passage& passage, std::string_view plugin)
{
    const Trace& trace = *passage.exchange.trace;
    return explainStep(trace, indexOfStep(trace, plugin), *passage.exchange.snapshot);
}

/// The buttons, without "repair.": "*add-group open-plugin"; the star marks the primary one.
inline std::string labelsOf(const Explanation& explanation)
{
    std::string all;
    for (const Repair& repair : explanation.repairs)
        all += (all.empty() ? "" : " ") + std::string(repair.primary ? "*" : "") + repair.label.id.substr(7);
    return all;
}

/// The first repair of a kind, or null.
template <class Action>
const Action* findRepair(const Explanation& explanation)
{
    for (const Repair& repair : explanation.repairs)
        if (const auto* action = std::get_if<Action>(&repair.action))
            return action;
    return nullptr;
}

} // namespace claimsmith::gateway::testing
