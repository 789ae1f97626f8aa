// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bridge/appcontext.h"

#include <QHash>
#include <QObject>

#include <functional>

class QSettings;

namespace claimsmith::app {

class MainWindow;
class WorkspaceOpener;

/// What the window's own commands do, by their ids (windowactions.h).
class WindowCommands final : public QObject
{
    Q_OBJECT

public:
    /// All have to outlive it; the window owns it.
    WindowCommands(MainWindow& window, const AppContext& context, WorkspaceOpener& opener, QSettings& settings);

    void run(const QString& id);

private:
    using Handlers = QHash<QString, std::function<void()>>;

    void addWorkspaceCommands();
    void addPageCommands();
    void addViewCommands();
    void addGatewayCommands();
    void addHelpCommands();
    void showAbout();

    MainWindow& m_window;
    AppContext m_context;
    WorkspaceOpener& m_opener;
    QSettings& m_settings;
    Handlers m_handlers;
};

} // namespace claimsmith::app
