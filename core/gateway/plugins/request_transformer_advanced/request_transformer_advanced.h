// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/plugin.h"

namespace claimsmith::gateway {

/// request-transformer with typed JSON values, paths into JSON bodies and a list of body parameters that may pass
/// (kong-plugins.md I3). Enterprise only; its code is not public, so the documented behaviour counts.
PluginDescriptor requestTransformerAdvancedPlugin();

} // namespace claimsmith::gateway
