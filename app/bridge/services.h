// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bridge/appcontext.h"
#include "bridge/gatewaysession.h"
#include "bridge/secretservice.h"

#include <QObject>
#include <QString>

#include <memory>
#include <optional>

namespace claimsmith::app {

class GatewayWiring;

/// Everything behind the window, made in the right order and wired together: what main() makes once and a test as often
/// as it likes. Opening a workspace turns secrets, document and gateway to it. Lives on the GUI thread.
class Services final : public QObject
{
    Q_OBJECT

public:
    struct Options
    {
        QString dataFolder; ///< for vaults and the history; empty keeps the history in memory and has no vaults
        bool startsGateway = true;
        /// Ports that the system chooses, whatever the workspace says: several windows and tests at a time.
        bool freePorts = false;
        /// In place of the desktop's keychain.
        std::optional<SecretService::KeychainMaker> keychain = {};
    };

    explicit Services(Options options, QObject* parent = nullptr);
    ~Services() override;

    /// What panels work with, given the way between them. The services have to outlive its users.
    AppContext context(Navigator& navigator);

    WorkspaceSession& workspace() noexcept { return *m_workspace; }
    SecretService& secrets() noexcept { return *m_secrets; }
    GatewayDocument& gatewayDocument() noexcept { return *m_gatewayDocument; }
    GatewaySession& gateway() noexcept { return *m_gateway; }
    GatewayWiring& wiring() noexcept { return *m_wiring; }
    RequestSender& sender() noexcept { return *m_sender; }
    HistoryStore& history() noexcept { return *m_history; }
    ShiftedClock& clock() noexcept { return m_clock; }

private:
    void turnToWorkspace();

    Options m_options;
    ShiftedClock m_clock{systemClock()};
    // In the order in which they need each other; destroyed the other way round.
    std::unique_ptr<WorkspaceSession> m_workspace;
    std::unique_ptr<SecretService> m_secrets;
    std::unique_ptr<GatewayDocument> m_gatewayDocument;
    std::unique_ptr<GatewaySession> m_gateway;
    std::unique_ptr<GatewayWiring> m_wiring;
    std::unique_ptr<RequestSender> m_sender;
    std::unique_ptr<HistoryStore> m_history;
};

} // namespace claimsmith::app
