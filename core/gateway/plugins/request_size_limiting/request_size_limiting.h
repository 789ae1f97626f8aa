// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/plugin.h"

namespace claimsmith::gateway {

/// Refuses requests whose body is too large (kong-plugins.md D4).
PluginDescriptor requestSizeLimitingPlugin();

} // namespace claimsmith::gateway
