// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "runner/scenario/expectation.h"
#include "runner/scenario/scenario.h"
#include "workspace/sources.h"

#include <chrono>
#include <string>
#include <vector>

namespace claimsmith::runner {

struct StepResult
{
    std::string name;
    std::size_t line = 0; ///< in the scenario's file
    std::vector<Mismatch> mismatches;
    std::optional<Error> error; ///< why there is no answer to compare
    document::Value outcome;    ///< what came out (outcome.h); null when nothing did. May hold tokens
    std::chrono::microseconds duration{0};

    bool passed() const noexcept { return mismatches.empty() && !error; }
};

struct ScenarioResult
{
    std::string name;
    std::string file;
    std::vector<StepResult> steps;

    std::size_t failures() const noexcept;
};

/// Starts a gateway with the scenario's configuration and an echo upstream on ports of their own, sends each step's
/// request through real sockets, and compares. Steps are independent: one that fails does not end the run. Nothing is
/// left running. `secrets` gives what the scenario does not make up itself. Fails only when nothing could be run.
Result<ScenarioResult> runScenario(const Scenario& scenario, const workspace::SecretSource& secrets);

} // namespace claimsmith::runner
