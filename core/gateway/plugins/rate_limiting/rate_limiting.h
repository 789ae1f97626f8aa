// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/plugin.h"

namespace claimsmith::gateway {

/// Kong's rate-limiting (kong-plugins.md D5): so many requests in a period for each consumer, credential, address…
PluginDescriptor rateLimitingPlugin();

} // namespace claimsmith::gateway
