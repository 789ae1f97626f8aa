// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/explain.h"
#include "gateway/snapshot.h"

namespace claimsmith::gateway::proxycache {

/// Explains why a request was not answered from the cache, or its response not kept.
void explainOutcome(const Trace& trace, const Step& step, const Snapshot& snapshot, Explanation& explanation);

} // namespace claimsmith::gateway::proxycache
