// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/explain.h"

namespace claimsmith::gateway::openidconnect {

/// PluginDescriptor::explain.
void explainRefusal(const Trace& trace, const Step& step, const Snapshot& snapshot, Explanation& explanation);

} // namespace claimsmith::gateway::openidconnect
