// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/explain.h"
#include "gateway/snapshot.h"

namespace claimsmith::gateway::responseratelimiting {

/// Explains a request that was ended, or a response that was withheld, because its limit is used up.
void explainRefusal(const Trace& trace, const Step& step, const Snapshot& snapshot, Explanation& explanation);

} // namespace claimsmith::gateway::responseratelimiting
