// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/plugin.h"

namespace claimsmith::gateway {

/// Changes headers and the JSON body of responses (kong-plugins.md F2).
PluginDescriptor responseTransformerPlugin();

} // namespace claimsmith::gateway
