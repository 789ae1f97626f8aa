// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/plugin.h"

namespace claimsmith::gateway {

/// Lets requests in whose client showed a certificate of a trusted authority (kong-plugins.md I2). Enterprise only.
PluginDescriptor mtlsAuthPlugin();

} // namespace claimsmith::gateway
