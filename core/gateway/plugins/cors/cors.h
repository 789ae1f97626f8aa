// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/plugin.h"

namespace claimsmith::gateway {

/// Answers preflights and adds the headers that let browsers read a response (kong-plugins.md D1, Fetch standard).
PluginDescriptor corsPlugin();

} // namespace claimsmith::gateway
