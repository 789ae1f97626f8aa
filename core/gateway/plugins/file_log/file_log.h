// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/plugin.h"

namespace claimsmith::gateway {

/// Appends a line of JSON about each exchange to a file (kong-plugins.md G2).
PluginDescriptor fileLogPlugin();

} // namespace claimsmith::gateway
