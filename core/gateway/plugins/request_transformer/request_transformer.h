// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/plugin.h"

namespace claimsmith::gateway {

/// Changes the request on its way to the upstream, with values that may be templates (kong-plugins.md F1).
PluginDescriptor requestTransformerPlugin();

} // namespace claimsmith::gateway
