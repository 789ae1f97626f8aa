// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/explain.h"
#include "gateway/snapshot.h"

namespace claimsmith::gateway::botdetection {

/// Fills in why the plugin turned the request away and what would let it in, for a step with a failed finding.
void explainRefusal(const Trace& trace, const Step& step, const Snapshot& snapshot, Explanation& explanation);

} // namespace claimsmith::gateway::botdetection
