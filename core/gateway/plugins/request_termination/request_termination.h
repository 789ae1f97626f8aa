// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/plugin.h"

namespace claimsmith::gateway {

/// Answers every request with a fixed response, or describes it (kong-plugins.md E1).
PluginDescriptor requestTerminationPlugin();

} // namespace claimsmith::gateway
