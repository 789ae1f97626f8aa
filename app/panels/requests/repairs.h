// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bridge/configedit.h"
#include "gateway/explain.h"
#include "workspace/model.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace claimsmith::app {

/// What repairs work on: the request that was refused and what is known about it. All pointers may be null but those of
/// `request` and `workspace`, and have to live as long as the call.
struct RepairScene
{
    const workspace::Request& request;
    const workspace::Workspace& workspace;
    const gateway::Snapshot* snapshot = nullptr;
    const gateway::Explanation* explanation = nullptr;
    std::string token;                      ///< that the request carried; empty when it carried none
    std::int64_t now = 0;                   ///< Unix seconds, by the gateway's clock
    std::function<workspace::Id()> newId{}; ///< for what is made
};

/// What a repair comes down to: changes that can be shown before they are made, and taken back after.
struct RepairPlan
{
    std::optional<workspace::Request> request;
    std::optional<workspace::TokenRecipe> recipe;
    std::vector<ConfigEdit> document;               ///< one after the other
    std::optional<std::chrono::seconds> clockShift; ///< to add to the gateway's clock
    /// Only shows something: nothing to undo, nothing to send.
    std::optional<gateway::OpenEntity> openEntity;
    bool openToken = false;

    bool changesSomething() const noexcept { return request || recipe || !document.empty() || clockShift.has_value(); }
};

/// Nothing when the repair cannot be made here: its credential is gone, there is no token to sign again.
std::optional<RepairPlan> planRepair(const gateway::Repair& repair, const RepairScene& scene);

/// The changes as lines, "-" for what goes and "+" for what comes: for tooltips.
std::string previewOf(const RepairPlan& plan, const RepairScene& scene);

/// The recipe that gives the request its token: by its Auth, or as the only content of a bearer token. Null when there
/// is none.
const workspace::TokenRecipe* recipeOf(const workspace::Request& request, const workspace::Workspace& workspace);

/// A NumericDate as a recipe writes it, relative to the moment of signing: "now+10m".
std::string relativeTime(std::int64_t time, std::int64_t now);

} // namespace claimsmith::app
