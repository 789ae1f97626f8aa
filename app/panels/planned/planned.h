// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shell/panel.h"

namespace claimsmith::app {

/// Pages that have their place in the rail and say what will be there, and what does the work until then.
PanelDescriptor plannedIdentityPanel();
PanelDescriptor plannedRunnerPanel();

} // namespace claimsmith::app
