// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/all.h"

#include "panels/gateway/gatewaypanel.h"
#include "panels/planned/planned.h"
#include "panels/requests/requestspanel.h"
#include "panels/tokens/tokenspanel.h"
#include "panels/traffic/trafficpanel.h"

namespace claimsmith::app {

std::vector<PanelDescriptor> allPanels()
{
    return {
        requestsPanel(), tokensPanel(), gatewayPanel(), trafficPanel(), plannedIdentityPanel(), plannedRunnerPanel(),
    };
}

} // namespace claimsmith::app
