// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "bridge/appcontext.h"
#include "shell/pagestack.h"
#include "theme/paint.h"

#include <QWidget>

#include <functional>
#include <vector>

class QSettings;

namespace claimsmith::app {

class CommandPalette;
class MessageBar;
class Notices;
class Rail;
class StatusBar;
class TopBar;
class WelcomePage;
class WindowCommands;
class WorkspaceOpener;

/// The window: bars around a stack of pages, each built when it is first shown. Knows panels by their descriptors only.
class MainWindow final : public QWidget, public Navigator
{
    Q_OBJECT

public:
    /// `context` makes what panels work with, given the way between them; what it refers to and `settings` have to
    /// outlive the window.
    MainWindow(const std::function<AppContext(Navigator&)>& context, std::vector<PanelDescriptor> panels,
               WorkspaceOpener& opener, QSettings& settings, QWidget* parent = nullptr);
    ~MainWindow() override;

    /// Shows the last page of the open workspace, or the welcome page.
    void showFirstPage();

    void openEntity(const std::string& pointer) override;
    void openToken(const std::string& token) override;
    void openRecipe(const std::string& recipe) override;
    void useRecipeInRequest(const std::string& recipe, bool send) override;
    void showPanel(const QString& id) override;

    ActionRegistry& actions() { return *m_actions; }

    /// The id of the page in front; empty for the welcome page.
    const QString& currentPanel() const { return m_current; }

    /// The page in front; null for the welcome page.
    Panel* currentPage();
    /// The page's widget, built now if it was not yet; null for an unknown id.
    Panel* panel(const QString& id);
    void showWelcome();
    void toggleSide();
    /// From one pane to the next (1) or the one before (-1): the rail, the page's panes, the status bar.
    void stepPane(int by);
    void openEnvironments();
    void openPalette(const QString& query = {});
    /// A sentence about what went wrong, over the page and kept by the bell.
    void tell(Tone tone, const QString& sentence);
    /// Tells of a result that is none.
    std::function<void(const Result<void>&)> teller();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void addPages(std::vector<PanelDescriptor> panels);
    void addActions();
    void connectServices();
    void follow(const Link& link);
    void activate(PageStack::Page& page);
    void onWorkspaceOpened();
    void updateTitle();
    void updateGatewayActions();
    void updateUndo();
    void updateShortcutHints();
    void applyWidth();
    void askAboutConflict();
    void fillWorkspaceMenu();
    void fillHistoryMenu();
    void unlock();
    void saveState();

    AppContext m_context;
    WorkspaceOpener& m_opener;
    QSettings& m_settings;
    ActionRegistry* m_actions;
    TopBar* m_topBar;
    Rail* m_rail;
    PageStack* m_pages;
    StatusBar* m_statusBar;
    MessageBar* m_message;
    Notices* m_notices;
    WindowCommands* m_commands;
    CommandPalette* m_palette = nullptr;
    WelcomePage* m_welcome = nullptr;
    QString m_current;
    QStringList m_latest; ///< exchanges, newest first, for the history button
};

} // namespace claimsmith::app
