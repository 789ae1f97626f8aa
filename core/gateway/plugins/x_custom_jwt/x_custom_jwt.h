// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/plugin.h"

namespace claimsmith::gateway {

/// Signs a new token for the upstream, that says who the caller and the consumer are (x-custom-jwt.md). It checks no
/// credential: that is for the authentication plugin before it. A plugin that users install into Kong themselves, so
/// the bare open-source edition does not know it.
PluginDescriptor xCustomJwtPlugin();

} // namespace claimsmith::gateway
