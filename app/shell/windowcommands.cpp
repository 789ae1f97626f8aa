// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/windowcommands.h"

#include "bridge/gatewaysession.h"
#include "bridge/workspacesession.h"
#include "shell/appearancesettings.h"
#include "shell/mainwindow.h"
#include "shell/panel.h"
#include "shell/workspaceopener.h"
#include "text/errortext.h"
#include "theme/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QMessageBox>
#include <QUndoStack>

namespace claimsmith::app {

WindowCommands::WindowCommands(MainWindow& window, const AppContext& context, WorkspaceOpener& opener,
                               QSettings& settings)
    : QObject(&window), m_window(window), m_context(context), m_opener(opener), m_settings(settings)
{
    addWorkspaceCommands();
    addPageCommands();
    addViewCommands();
    addGatewayCommands();
    addHelpCommands();
}

void WindowCommands::run(const QString& id)
{
    if (const auto handler = m_handlers.value(id))
        handler();
}

void WindowCommands::addWorkspaceCommands()
{
    m_handlers[QStringLiteral("workspace.new")] = [this] {
        const QString folder =
            QFileDialog::getExistingDirectory(&m_window, tr("Choose an empty folder for the workspace"));
        if (!folder.isEmpty())
            m_opener.create(folder, m_window.teller());
    };
    m_handlers[QStringLiteral("workspace.open")] = [this] {
        const QString folder = QFileDialog::getExistingDirectory(&m_window, tr("Choose the folder of a workspace"));
        if (!folder.isEmpty())
            m_opener.open(folder, m_window.teller());
    };
    m_handlers[QStringLiteral("workspace.samples")] = [this] { m_window.showWelcome(); };
    m_handlers[QStringLiteral("workspace.save")] = [this] {
        if (const auto result = m_context.workspace.saveNow(); !result)
            m_window.tell(Tone::Bad, tr("The workspace could not be saved: %1").arg(errorText(result.error())));
    };
    m_handlers[QStringLiteral("window.quit")] = [this] { m_window.close(); };
}

void WindowCommands::addPageCommands()
{
    const auto onPage = [this](const char* id, void (*act)(Panel&)) {
        m_handlers[QLatin1String(id)] = [this, act] {
            if (Panel* page = m_window.currentPage())
                act(*page);
        };
    };
    onPage("edit.undo", [](Panel& page) {
        if (QUndoStack* stack = page.undoStack())
            stack->undo();
    });
    onPage("edit.redo", [](Panel& page) {
        if (QUndoStack* stack = page.undoStack())
            stack->redo();
    });
    onPage("edit.find", [](Panel& page) { page.focusFilter(); });
    onPage("page.primary", [](Panel& page) { page.runPrimary(); });
}

void WindowCommands::addViewCommands()
{
    const auto setScheme = [this](const char* id, Appearance::Scheme scheme) {
        m_handlers[QLatin1String(id)] = [this, scheme] {
            Appearance appearance = Theme::instance().appearance();
            appearance.scheme = scheme;
            saveAppearance(m_settings, appearance);
            Theme::instance().setAppearance(appearance);
        };
    };
    setScheme("view.light", Appearance::Scheme::Light);
    setScheme("view.dark", Appearance::Scheme::Dark);
    setScheme("view.system", Appearance::Scheme::System);
    m_handlers[QStringLiteral("view.palette")] = [this] { m_window.openPalette(); };
    m_handlers[QStringLiteral("view.side")] = [this] { m_window.toggleSide(); };
    m_handlers[QStringLiteral("view.nextPane")] = [this] { m_window.stepPane(1); };
    m_handlers[QStringLiteral("view.previousPane")] = [this] { m_window.stepPane(-1); };
    m_handlers[QStringLiteral("view.environment")] = [this] { m_window.openEnvironments(); };
    m_handlers[QStringLiteral("view.settings")] = [this] { m_window.showPanel(QStringLiteral("settings")); };
}

void WindowCommands::addGatewayCommands()
{
    m_handlers[QStringLiteral("gateway.start")] = [this] { m_context.gateway.start(); };
    m_handlers[QStringLiteral("gateway.stop")] = [this] { m_context.gateway.stop(); };
    m_handlers[QStringLiteral("gateway.restart")] = [this] { m_context.gateway.restart(); };
    m_handlers[QStringLiteral("gateway.copyAddress")] = [this] {
        QApplication::clipboard()->setText(QStringLiteral("http://") + m_context.gateway.proxyAddress());
    };
}

void WindowCommands::addHelpCommands()
{
    m_handlers[QStringLiteral("help.shortcuts")] = [this] {
        m_window.showPanel(QStringLiteral("settings"));
        m_window.panel(QStringLiteral("settings"))->runAction(QStringLiteral("settings.keyboard"));
    };
    m_handlers[QStringLiteral("help.about")] = [this] { showAbout(); };
}

void WindowCommands::showAbout()
{
    auto* box = new QMessageBox(&m_window);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowTitle(tr("About Claimsmith"));
    box->setText(tr("Claimsmith %1").arg(QApplication::applicationVersion()));
    box->setInformativeText(
        tr("A workbench for APIs behind a gateway and their tokens. Free software under the GNU General Public "
           "License, version 3 or later. Built with Qt %1.")
            .arg(QLatin1String(qVersion())));
    box->setStandardButtons(QMessageBox::Close);
    box->open();
}

} // namespace claimsmith::app
