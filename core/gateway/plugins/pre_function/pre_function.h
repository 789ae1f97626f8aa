// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/plugin.h"

namespace claimsmith::gateway {

/// The user's own Lua before and behind all other plugins, within bounds (kong-plugins.md H; README.md here says what
/// it can use).
PluginDescriptor preFunctionPlugin();
PluginDescriptor postFunctionPlugin();

} // namespace claimsmith::gateway
