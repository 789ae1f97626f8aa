// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bridge/appcontext.h"
#include "bridge/gatewaydocument.h"
#include "bridge/gatewaysession.h"
#include "bridge/gatewaywiring.h"
#include "bridge/requestsender.h"
#include "bridge/secretservice.h"
#include "bridge/workspacesession.h"
#include "panels/gateway/gatewaypanel.h"
#include "platform/historystore.h"
#include "platform/secretstore.h"
#include "theme/theme.h"

#include <QTest>
#include <QTreeView>

namespace claimsmith::app {

class NoNavigator final : public Navigator
{
public:
    void openEntity(const std::string&) override {}
    void openToken(const std::string&) override {}
    void openRecipe(const std::string&) override {}
    void useRecipeInRequest(const std::string&, bool) override {}
    void showPanel(const QString&) override {}
};

/// A Gateway panel in a window of its own with everything that it works on, and secrets in memory alone.
struct GatewayPanelFixture
{
    ShiftedClock clock{systemClock()};
    NoNavigator navigator;
    WorkspaceSession workspace;
    SecretService secrets{QString(), [](const QString&) { return std::unique_ptr<SecretStore>(); }};
    GatewayDocument document;
    GatewaySession gateway{clock};
    GatewayWiring wiring{document, workspace, secrets, gateway};
    RequestSender sender{workspace, secrets, gateway, clock};
    HistoryStore history{QString()};
    AppContext context{workspace, secrets, document, gateway, sender, history, clock, navigator};
    GatewayPanel panel{context};

    explicit GatewayPanelFixture(const std::string& text, QSize size = {1368, 832})
    {
        document.load(text);
        panel.resize(size);
        panel.show();
        panel.activateWindow();
        [[maybe_unused]] const bool active = QTest::qWaitForWindowActive(&panel);
        panel.openLink({Link::Kind::Entity, "/services/0/routes/0/plugins/0"});
    }
};

} // namespace claimsmith::app
