// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "panels/requests/repairs.h"

namespace claimsmith::app {

/// The repairs that make a token. Nothing when there is no token to sign again, or no credential to sign it with.
std::optional<RepairPlan> planSigning(const gateway::SignToken& action, const RepairScene& scene);
std::optional<RepairPlan> planSigning(const gateway::Resign& action, const RepairScene& scene);

} // namespace claimsmith::app
