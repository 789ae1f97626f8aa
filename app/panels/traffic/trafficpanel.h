// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shell/panel.h"

namespace claimsmith::app {

/// Traffic: what passes the gateway, as it happens. Recording begins with the program, not with the first visit.
PanelDescriptor trafficPanel();

} // namespace claimsmith::app
