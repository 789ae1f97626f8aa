// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shell/panel.h"

#include <vector>

namespace claimsmith::app {

/// The pages in the order of the rail.
std::vector<PanelDescriptor> allPanels();

} // namespace claimsmith::app
