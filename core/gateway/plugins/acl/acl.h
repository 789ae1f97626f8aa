// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/plugin.h"

namespace claimsmith::gateway {

/// Lets requests in by the groups of their consumer (kong-plugins.md C).
PluginDescriptor aclPlugin();

} // namespace claimsmith::gateway
