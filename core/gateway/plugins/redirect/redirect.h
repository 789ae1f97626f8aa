// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/plugin.h"

namespace claimsmith::gateway {

/// Sends the client somewhere else (kong-plugins.md E2).
PluginDescriptor redirectPlugin();

} // namespace claimsmith::gateway
