// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/plugin.h"

namespace claimsmith::gateway {

/// Appends a record of each exchange to a file, one JSON object a line (kong-plugins.md G2).
PluginDescriptor fileLogPlugin();

} // namespace claimsmith::gateway
