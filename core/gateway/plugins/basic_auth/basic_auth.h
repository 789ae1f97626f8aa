// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/plugin.h"

namespace claimsmith::gateway {

/// Lets requests in that carry a consumer's user name and password (kong-plugins.md B3, RFC 7617).
PluginDescriptor basicAuthPlugin();

} // namespace claimsmith::gateway
