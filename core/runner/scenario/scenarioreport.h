// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runner/scenario/scenariorun.h"

#include <span>
#include <string>

namespace claimsmith::runner {

// Reports of what ran, for people and for continuous integration. None holds an outcome but for the places that differ:
// those may show a token, as a failing expectation about one has to.

/// Test Anything Protocol, version 14: a line for each step, and under a failed one what differs, as YAML.
std::string toTap(std::span<const ScenarioResult> results);
/// JUnit's XML: a suite for each scenario, a case for each step.
std::string toJunit(std::span<const ScenarioResult> results);
/// `{"passed": …, "scenarios": [{"name", "file", "steps": [{"name", "line", "passed", "milliseconds",
/// "mismatches"}]}]}`
document::Value toValue(std::span<const ScenarioResult> results);

} // namespace claimsmith::runner
