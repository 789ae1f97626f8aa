// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/plugin.h"

namespace claimsmith::gateway {

/// Gives every request an id that the upstream, and on request the client, is told (kong-plugins.md F3).
PluginDescriptor correlationIdPlugin();

} // namespace claimsmith::gateway
