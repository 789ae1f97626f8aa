// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/statusbar.h"

#include "bridge/gatewaysession.h"
#include "bridge/secretservice.h"
#include "bridge/workspacesession.h"
#include "shell/actionregistry.h"
#include "shell/gatewaypill.h"
#include "shell/textbutton.h"
#include "text/problemtext.h"
#include "text/quantities.h"
#include "theme/metrics.h"
#include "theme/theme.h"
#include "widgets/buttons.h"

#include <QAction>
#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>

namespace claimsmith::app {
namespace {

QString portOf(const QString& address)
{
    return address.mid(address.lastIndexOf(QLatin1Char(':')));
}

} // namespace

StatusBar::StatusBar(GatewaySession& gateway, WorkspaceSession& workspace, SecretService& secrets,
                     ActionRegistry& actions, QWidget* parent)
    : QWidget(parent), m_gateway(gateway), m_workspace(workspace), m_secrets(secrets), m_pill(new GatewayPill),
      m_start(makeButton(tr("Start"), ButtonKind::Link)), m_requests(new TextButton), m_errors(new TextButton),
      m_problemErrors(new TextButton), m_problemWarnings(new TextButton), m_environment(new TextButton),
      m_keychain(new TextButton), m_gatewayMenu(new QMenu(this)), m_environmentMenu(new QMenu(this))
{
    setFixedHeight(metrics::statusBar);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 1, 10, 0);
    layout->setSpacing(8);
    layout->addWidget(m_pill);
    layout->addWidget(m_start);
    layout->addSpacing(2);
    for (TextButton* button : {m_requests, m_errors})
        layout->addWidget(button);
    layout->addStretch(1);
    for (TextButton* button : {m_problemErrors, m_problemWarnings, m_environment, m_keychain})
        layout->addWidget(button);

    m_pill->setObjectName(QStringLiteral("status.gateway"));
    m_environment->setObjectName(QStringLiteral("status.environment"));
    m_requests->setStrongFirst();
    m_errors->setStrongFirst();
    m_errors->setStrongRole(Role::Bad);
    m_problemErrors->setIcon(QLatin1String("x-circle"), Role::Bad);
    m_problemErrors->setStrongRole(Role::Bad);
    m_problemWarnings->setIcon(QLatin1String("warning"), Role::Warn);
    m_environment->setIcon(QLatin1String("layers"), Role::Text2);
    m_environment->setChevron(QLatin1String("chevron-up"));
    m_environment->setMenu(m_environmentMenu);

    fillGatewayMenu(actions);
    connect(m_pill, &QAbstractButton::clicked, this,
            [this] { m_gatewayMenu->popup(m_pill->mapToGlobal(QPoint(0, -m_gatewayMenu->sizeHint().height() - 2))); });
    connect(m_start, &QPushButton::clicked, &m_gateway, &GatewaySession::start);
    connect(m_requests, &QAbstractButton::clicked, this, [this] { emit trafficRequested(false); });
    connect(m_errors, &QAbstractButton::clicked, this, [this] { emit trafficRequested(true); });
    connect(m_problemErrors, &QAbstractButton::clicked, this, &StatusBar::problemsRequested);
    connect(m_problemWarnings, &QAbstractButton::clicked, this, &StatusBar::problemsRequested);
    connect(m_keychain, &QAbstractButton::clicked, this, &StatusBar::unlockRequested);
    connect(m_environmentMenu, &QMenu::aboutToShow, this, &StatusBar::fillEnvironmentMenu);
    connect(&gateway, &GatewaySession::stateChanged, this, &StatusBar::showState);
    connect(&gateway, &GatewaySession::countsChanged, this, &StatusBar::showCounts);
    connect(&workspace, &WorkspaceSession::opened, this, &StatusBar::showEnvironment);
    connect(&workspace, &WorkspaceSession::changed, this, &StatusBar::showEnvironment);
    connect(&workspace, &WorkspaceSession::environmentChanged, this, &StatusBar::showEnvironment);
    connect(&secrets, &SecretService::stateChanged, this, &StatusBar::showSecrets);
    showState();
    showEnvironment();
    showSecrets();
    setProblems(0, 0);
}

void StatusBar::showState()
{
    using State = GatewaySession::State;
    GatewayPill::Face face;
    const QString proxy = QString::fromStdString(m_gateway.settings().proxyListen);
    const State state = m_gateway.state();
    switch (state) {
    case State::Running:
        face = {Tone::Ok, tr("Running"), m_gateway.proxyAddress(), portOf(m_gateway.adminAddress()), {}, false};
        break;
    case State::Starting:
        face = {Tone::Info, tr("Starting"), {}, {}, {}, true};
        break;
    case State::Reloading:
        face = {Tone::Info, tr("Reloading"), m_gateway.proxyAddress(), {}, {}, true};
        break;
    case State::Failed:
        face = {Tone::Bad,
                tr("Failed"),
                {},
                {},
                m_gateway.failure() ? gatewayFailureText(*m_gateway.failure(), proxy).title : QString(),
                false};
        break;
    case State::Stopped:
        face = {Tone::Neutral, tr("Gateway stopped"), {}, {}, {}, false};
        break;
    }
    m_pill->setFace(face);
    m_start->setVisible(state == State::Stopped || state == State::Failed);
    showCounts();
}

void StatusBar::showCounts()
{
    const quint64 requests = m_gateway.requestCount();
    const quint64 errors = m_gateway.errorCount();
    m_requests->setTexts(m_folded ? QString() : requests == 1 ? tr("request") : tr("requests"), countText(requests));
    m_errors->setTexts(errors == 1 ? tr("error") : tr("errors"), countText(errors));
    m_requests->setVisible(m_gateway.state() != GatewaySession::State::Stopped || requests > 0);
    m_errors->setVisible(errors > 0);
}

void StatusBar::setFolded(bool folded)
{
    m_folded = folded;
    showCounts();
}

void StatusBar::showEnvironment()
{
    const QString name = m_workspace.environment();
    bool asks = false;
    for (const workspace::Environment& environment : m_workspace.workspace().environments)
        asks = asks || (QString::fromStdString(environment.name) == name && environment.asksBeforeSending);
    m_environment->setTexts(tr("Environment"), name.isEmpty() ? tr("none", "environment") : name);
    m_environment->setStrongRole(asks ? Role::Bad : Role::Text);
}

void StatusBar::showSecrets()
{
    using State = SecretService::State;
    switch (m_secrets.state()) {
    case State::Unlocked:
        m_keychain->setIcon(QLatin1String("unlock"), Role::Text2);
        m_keychain->setTexts(tr("Keychain unlocked"), {});
        m_keychain->setToolTip(tr("Secrets of the workspace are kept there, never in files"));
        break;
    case State::Opening:
        m_keychain->setIcon(QLatin1String("lock"), Role::Text2);
        m_keychain->setTexts(tr("Opening the keychain"), {});
        m_keychain->setToolTip({});
        break;
    case State::Locked:
        m_keychain->setIcon(QLatin1String("lock"), Role::Warn);
        m_keychain->setTexts(tr("Keychain locked"), {});
        m_keychain->setToolTip(tr("A click unlocks it"));
        break;
    case State::SessionOnly:
        m_keychain->setIcon(QLatin1String("unlock"), Role::Warn);
        m_keychain->setTexts(tr("No keychain"), {});
        m_keychain->setToolTip(tr("Secrets last until Claimsmith is closed. A click makes a vault with a passphrase."));
        break;
    }
}

void StatusBar::setProblems(int errors, int warnings)
{
    m_problemErrors->setTexts({}, tr("%n error(s)", nullptr, errors));
    m_problemWarnings->setTexts(tr("%n warning(s)", nullptr, warnings), {});
    m_problemErrors->setVisible(errors > 0);
    m_problemWarnings->setVisible(warnings > 0);
}

void StatusBar::openEnvironments()
{
    m_environment->click();
}

void StatusBar::fillGatewayMenu(ActionRegistry& actions)
{
    for (const char* id : {"gateway.start", "gateway.stop", "gateway.restart", "gateway.copyAddress"})
        if (QAction* action = actions.find(QLatin1String(id)))
            m_gatewayMenu->addAction(action);
}

void StatusBar::fillEnvironmentMenu()
{
    m_environmentMenu->clear();
    const auto offer = [this](const QString& text, const QString& name) {
        QAction* action = m_environmentMenu->addAction(text);
        action->setCheckable(true);
        action->setChecked(m_workspace.environment() == name);
        connect(action, &QAction::triggered, &m_workspace, [this, name] { m_workspace.setEnvironment(name); });
    };
    offer(tr("None"), {});
    for (const workspace::Environment& environment : m_workspace.workspace().environments)
        offer(QString::fromStdString(environment.name), QString::fromStdString(environment.name));
}

void StatusBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), color(Role::BgRail));
    painter.fillRect(0, 0, width(), 1, color(Role::Line));
}

} // namespace claimsmith::app
