// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "document/value.h"

namespace claimsmith::gateway::openidconnect {

/// Whether the plugin can do what a configuration asks for. Fails, naming the setting, where going on would let
/// somebody in whom Kong keeps out; settings that only change how something is done are named in a warning.
Result<void> checkSupported(const document::Value& config);

} // namespace claimsmith::gateway::openidconnect
