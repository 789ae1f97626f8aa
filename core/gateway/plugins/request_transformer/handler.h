// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/explain.h"
#include "gateway/plugin.h"

#include <memory>

namespace claimsmith::gateway::requesttransformer {

/// What request-transformer and request-transformer-advanced share.
Result<std::unique_ptr<const Plugin>> createTransformer(const PluginContext& context);

/// Fills in why a transformation broke, for a step with a failed finding.
void explainFailure(const Trace& trace, const Step& step, const Snapshot& snapshot, Explanation& explanation);

} // namespace claimsmith::gateway::requesttransformer
