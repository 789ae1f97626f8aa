// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/explain.h"
#include "gateway/snapshot.h"

namespace claimsmith::gateway::ratelimiting {

/// Explains a request that came when its window was used up.
void explainRefusal(const Trace& trace, const Step& step, const Snapshot& snapshot, Explanation& explanation);

} // namespace claimsmith::gateway::ratelimiting
