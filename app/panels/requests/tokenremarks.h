// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/snapshot.h"
#include "widgets/jwtinlineview.h"

#include <cstdint>
#include <vector>

namespace claimsmith::app {

/// What is known of a token in passing: whether one of the configuration's credentials verifies it, and how long it
/// lives. `now` in Unix seconds.
std::vector<TokenRemark> tokenRemarks(const QString& token, const gateway::Snapshot* snapshot, std::int64_t now);

} // namespace claimsmith::app
