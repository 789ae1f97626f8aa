// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bridge/services.h"

#include "bridge/gatewaydocument.h"
#include "bridge/gatewaywiring.h"
#include "bridge/requestsender.h"
#include "bridge/workspacesession.h"
#include "platform/historystore.h"
#include "workspace/secretnames.h"

#include <QDir>
#include <QTimer>

#include <utility>

namespace claimsmith::app {
namespace {

QString inFolder(const QString& folder, const QString& name)
{
    return folder.isEmpty() ? QString() : QDir(folder).filePath(name);
}

std::unique_ptr<SecretService> makeSecrets(const Services::Options& options)
{
    const QString vaults = inFolder(options.dataFolder, QStringLiteral("vaults"));
    if (!vaults.isEmpty())
        QDir().mkpath(vaults);
    return options.keychain ? std::make_unique<SecretService>(vaults, *options.keychain)
                            : std::make_unique<SecretService>(vaults);
}

} // namespace

Services::Services(Options options, QObject* parent)
    : QObject(parent), m_options(std::move(options)), m_workspace(std::make_unique<WorkspaceSession>()),
      m_secrets(makeSecrets(m_options)), m_gatewayDocument(std::make_unique<GatewayDocument>()),
      m_gateway(std::make_unique<GatewaySession>(m_clock))
{
    // Before the wiring's own: the document reads its secrets when it loads.
    connect(m_workspace.get(), &WorkspaceSession::opened, this, &Services::turnToWorkspace);
    m_wiring = std::make_unique<GatewayWiring>(*m_gatewayDocument, *m_workspace, *m_secrets, *m_gateway);
    m_sender = std::make_unique<RequestSender>(*m_workspace, *m_secrets, *m_gateway, m_clock);
    m_history = std::make_unique<HistoryStore>(inFolder(m_options.dataFolder, QStringLiteral("history.sqlite")));
}

Services::~Services() = default;

AppContext Services::context(Navigator& navigator)
{
    return {*m_workspace, *m_secrets, *m_gatewayDocument, *m_gateway, *m_sender, *m_history, m_clock, navigator};
}

void Services::turnToWorkspace()
{
    const workspace::Workspace& opened = m_workspace->workspace();
    m_gateway->apply(nullptr); // the old workspace's configuration is not this one's
    m_secrets->openFor(opened.id, workspace::secretNames(opened));
    if (!m_options.startsGateway)
        return;
    // On the next turn: the window is painted first, and the wiring has told the gateway its settings by then.
    QTimer::singleShot(0, this, [this] {
        if (m_options.freePorts) {
            GatewaySettings settings = m_gateway->settings();
            settings.proxyListen = settings.adminListen = "127.0.0.1:0";
            m_gateway->setSettings(settings);
        }
        m_gateway->restart();
    });
}

} // namespace claimsmith::app
