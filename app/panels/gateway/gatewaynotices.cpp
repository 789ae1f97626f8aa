// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/gateway/gatewaynotices.h"

#include "bridge/appcontext.h"
#include "bridge/gatewaydocument.h"
#include "bridge/gatewaysession.h"
#include "bridge/workspacesession.h"
#include "text/problemtext.h"
#include "widgets/buttons.h"
#include "widgets/messages.h"

#include <QPushButton>

namespace claimsmith::app {
namespace {

constexpr int portStep = 10;
constexpr int lastPort = 65535;

/// The listen address with its port moved on, if it is `port`.
std::string moved(std::string listen, int port)
{
    const std::string old = ":" + std::to_string(port);
    if (listen.size() > old.size() && listen.compare(listen.size() - old.size(), old.size(), old) == 0)
        listen.replace(listen.size() - old.size(), old.size(), ":" + std::to_string(port + portStep));
    return listen;
}

} // namespace

GatewayNotices::GatewayNotices(AppContext& context, QObject* parent)
    : QObject(parent), m_context(context), m_bar(new MessageBar)
{
    m_bar->hide();
    m_bar->setObjectName(QStringLiteral("gatewayMessage"));
    connect(&context.gatewayDocument, &GatewayDocument::diskTaken, this, [this](bool merged) {
        tell(Tone::Info, merged ? tr("kong.yml changed on disk. Both changes were merged.")
                                : tr("kong.yml changed on disk and was read again."));
    });
    connect(&context.gatewayDocument, &GatewayDocument::diskConflict, this, &GatewayNotices::tellConflict);
    connect(&context.gateway, &GatewaySession::stateChanged, this, &GatewayNotices::refreshGateway);
    refreshGateway();
}

void GatewayNotices::tell(Tone tone, const QString& text, const QList<QAbstractButton*>& buttons)
{
    QList<QAbstractButton*> all = buttons;
    if (all.isEmpty()) {
        QPushButton* close = makeButton(tr("Close"), ButtonKind::Quiet, {}, ControlSize::Small);
        connect(close, &QAbstractButton::clicked, m_bar, &QWidget::hide);
        all.append(close);
    }
    m_failureShown = false;
    m_bar->setButtons(all);
    m_bar->show(tone, text);
}

void GatewayNotices::tellConflict(const std::string& disk)
{
    QPushButton* take = makeButton(tr("Use the file"), ButtonKind::Default, {}, ControlSize::Small);
    QPushButton* keep = makeButton(tr("Keep mine"), ButtonKind::Default, {}, ControlSize::Small);
    take->setObjectName(QStringLiteral("useTheFile"));
    keep->setObjectName(QStringLiteral("keepMine"));
    connect(take, &QAbstractButton::clicked, this, [this, disk] {
        m_context.gatewayDocument.setText(disk, tr("Take kong.yml from disk"));
        m_bar->hide();
    });
    connect(keep, &QAbstractButton::clicked, m_bar, &QWidget::hide);
    tell(Tone::Warn, tr("kong.yml changed on disk at lines that you changed too."), {take, keep});
}

/// The error names the address that could not be had; without a name it is the proxy's.
QString GatewayNotices::failedAddress() const
{
    QString address = QString::fromStdString(m_context.gateway.settings().proxyListen);
    for (const auto& [name, value] : m_context.gateway.failure()->parameters) {
        if (name == "port")
            address = address.section(QLatin1Char(':'), 0, -2) + QLatin1Char(':') + QString::fromStdString(value);
    }
    return address;
}

void GatewayNotices::refreshGateway()
{
    const GatewaySession& gateway = m_context.gateway;
    if (gateway.state() != GatewaySession::State::Failed || !gateway.failure()) {
        if (m_failureShown)
            m_bar->hide();
        m_failureShown = false;
        return;
    }
    const QString address = failedAddress();
    const GatewayFailureText text = gatewayFailureText(*gateway.failure(), address);
    QPushButton* again = makeButton(tr("Try again"), ButtonKind::Default, {}, ControlSize::Small);
    connect(again, &QAbstractButton::clicked, &m_context.gateway, &GatewaySession::start);
    QList<QAbstractButton*> buttons;
    const int port = address.section(QLatin1Char(':'), -1).toInt();
    if (port > 0 && port <= lastPort - portStep) {
        QPushButton* other =
            makeButton(tr("Use port %1").arg(port + portStep), ButtonKind::Primary, {}, ControlSize::Small);
        connect(other, &QAbstractButton::clicked, this, [this, port] { usePort(port); });
        buttons.append(other);
    }
    tell(Tone::Bad, QStringLiteral("%1. %2").arg(text.title, text.sentence), buttons << again);
    m_failureShown = true;
}

/// Moves the listener that wants `port` ten ports on, for good.
void GatewayNotices::usePort(int port)
{
    GatewaySettings settings = m_context.gateway.settings();
    settings.proxyListen = moved(settings.proxyListen, port);
    settings.adminListen = moved(settings.adminListen, port);
    m_context.gateway.setSettings(settings);
    if (m_context.workspace.isOpen())
        m_context.workspace.edit(WorkspaceSession::Part::Gateway, [&settings](workspace::Workspace& workspace) {
            workspace.gateway.proxyListen = settings.proxyListen;
            workspace.gateway.adminListen = settings.adminListen;
        });
    m_context.gateway.start();
}

} // namespace claimsmith::app
