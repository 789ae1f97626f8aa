// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/plugin.h"

namespace claimsmith::gateway {

/// Lets requests in that are signed with a consumer's secret (kong-plugins.md B4).
PluginDescriptor hmacAuthPlugin();

} // namespace claimsmith::gateway
