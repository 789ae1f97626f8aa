// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/plugin.h"

namespace claimsmith::gateway {

/// Lets requests in that carry a JSON Web Token signed with a credential of a consumer (kong-plugins.md B1).
PluginDescriptor jwtPlugin();

} // namespace claimsmith::gateway
