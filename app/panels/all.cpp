// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/all.h"

namespace claimsmith::app {

std::vector<PanelDescriptor> allPanels()
{
    return {};
}

} // namespace claimsmith::app
