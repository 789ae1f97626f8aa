// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/plugin.h"

namespace claimsmith::gateway {

/// Kong's `openid-connect` (kong-plugins.md I1): lets in whoever an OpenID Provider vouches for.
PluginDescriptor openidConnectPlugin();

} // namespace claimsmith::gateway
