// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/plugin.h"

namespace claimsmith::gateway {

/// Kong's http-log (kong-plugins.md G3): a record of each exchange to a server, in the background.
PluginDescriptor httpLogPlugin();

} // namespace claimsmith::gateway
