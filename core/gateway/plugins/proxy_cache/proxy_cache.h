// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/plugin.h"

namespace claimsmith::gateway {

/// Kong's proxy-cache with the strategy memory (kong-plugins.md D6): keeps responses of upstreams and answers later
/// requests with them.
PluginDescriptor proxyCachePlugin();

} // namespace claimsmith::gateway
