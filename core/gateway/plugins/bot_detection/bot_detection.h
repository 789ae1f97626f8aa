// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/plugin.h"

namespace claimsmith::gateway {

/// Turns clients away by their User-Agent (kong-plugins.md D3).
PluginDescriptor botDetectionPlugin();

} // namespace claimsmith::gateway
