// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/plugin.h"

namespace claimsmith::gateway {

/// Lets requests in that carry an API key of a consumer (kong-plugins.md B2).
PluginDescriptor keyAuthPlugin();

} // namespace claimsmith::gateway
