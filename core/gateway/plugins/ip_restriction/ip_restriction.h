// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/plugin.h"

namespace claimsmith::gateway {

/// Lets requests in by the client's address (kong-plugins.md D2).
PluginDescriptor ipRestrictionPlugin();

} // namespace claimsmith::gateway
