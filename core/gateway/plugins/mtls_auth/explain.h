// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/explain.h"
#include "gateway/snapshot.h"

namespace claimsmith::gateway::mtlsauth {

/// Fills in why the plugin refused the request and what would make it pass, for a step with a failed finding.
void explainRefusal(const Trace& trace, const Step& step, const Snapshot& snapshot, Explanation& explanation);

} // namespace claimsmith::gateway::mtlsauth
