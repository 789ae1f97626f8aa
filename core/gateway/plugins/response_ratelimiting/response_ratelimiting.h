// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/plugin.h"

namespace claimsmith::gateway {

/// Kong's response-ratelimiting: limits on what responses say they cost, in a header such as `x-kong-limit: sms=2`.
PluginDescriptor responseRatelimitingPlugin();

} // namespace claimsmith::gateway
