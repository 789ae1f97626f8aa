// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QMenu;
class QPushButton;

namespace claimsmith::app {

class ActionRegistry;
class GatewayPill;
class GatewaySession;
class SecretService;
class TextButton;
class WorkspaceSession;

/// The bar under everything. Left: the gateway's state and counts; right: problems, environment, keychain. 28 high.
class StatusBar final : public QWidget
{
    Q_OBJECT

public:
    StatusBar(GatewaySession& gateway, WorkspaceSession& workspace, SecretService& secrets, ActionRegistry& actions,
              QWidget* parent = nullptr);

    /// Counts of the gateway configuration's problems; zero hides them.
    void setProblems(int errors, int warnings);
    /// Opens the environments (Ctrl E).
    void openEnvironments();
    /// Below 1100 px the words of the counts give way.
    void setFolded(bool folded);

signals:
    void trafficRequested(bool errorsOnly);
    void problemsRequested();
    void unlockRequested();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void showState();
    void showCounts();
    void showEnvironment();
    void showSecrets();
    void fillGatewayMenu(ActionRegistry& actions);
    void fillEnvironmentMenu();

    GatewaySession& m_gateway;
    WorkspaceSession& m_workspace;
    SecretService& m_secrets;
    GatewayPill* m_pill;
    QPushButton* m_start;
    TextButton* m_requests;
    TextButton* m_errors;
    TextButton* m_problemErrors;
    TextButton* m_problemWarnings;
    TextButton* m_environment;
    TextButton* m_keychain;
    QMenu* m_gatewayMenu;
    QMenu* m_environmentMenu;
    bool m_folded = false;
};

} // namespace claimsmith::app
