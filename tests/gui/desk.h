// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bridge/gatewaysession.h"
#include "bridge/services.h"
#include "bridge/workspacesession.h"
#include "gui/opening.h"
#include "panels/all.h"
#include "panels/requests/requestpage.h"
#include "panels/requests/requestspanel.h"
#include "platform/secretstore.h"
#include "shell/mainwindow.h"
#include "text/englishplurals.h"
#include "theme/theme.h"
#include "widgets/accessible.h"
#include "widgets/chiplabel.h"
#include "widgets/tabs.h"

#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

namespace claimsmith::app {

/// The window on services of its own: free ports, no keychain, settings and sample in a folder that goes away. Moves in
/// it as a person does, with the mouse and the keyboard.
class Desk
{
public:
    static constexpr int patience = 20'000; ///< milliseconds, for machines under load

    /// Once a program, before the first desk.
    static void prepare()
    {
        installAccessibleFactory();
        QCoreApplication::installTranslator(new EnglishPlurals(qApp));
        Appearance appearance;
        appearance.scheme = Appearance::Scheme::Light;
        appearance.motion = Appearance::Motion::Off;
        Theme::instance().install(appearance);
    }

    Desk()
        : m_settings(m_folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat),
          m_services(Services::Options{m_folder.path(), true, true,
                                       [](const QString&) { return std::unique_ptr<SecretStore>(); }}),
          m_opener(m_services.workspace(), m_services.secrets(), m_settings)
    {
        m_window = std::make_unique<MainWindow>([this](Navigator& navigator) { return m_services.context(navigator); },
                                                allPanels(), m_opener, m_settings);
        m_window->resize(1440, 900);
    }

    /// Opens the sample "login server" and waits until its gateway runs.
    bool open()
    {
        if (!openFreshSample(m_opener, QStringLiteral("login_server")).hasValue())
            return false;
        m_window->show();
        if (!QTest::qWaitForWindowExposed(m_window.get()))
            return false;
        m_window->activateWindow();
        m_window->showPanel(QStringLiteral("requests"));
        return QTest::qWaitFor([this] { return m_services.gateway().state() == GatewaySession::State::Running; },
                               patience);
    }

    MainWindow& window() { return *m_window; }
    Services& services() { return m_services; }
    RequestsPanel& panel() { return *static_cast<RequestsPanel*>(m_window->panel(QStringLiteral("requests"))); }
    RequestPage& page() { return *panel().current(); }
    ResponsePane& response() { return page().response(); }

    template <class Widget>
    Widget* find(const char* name)
    {
        return page().findChild<Widget*>(QString::fromLatin1(name));
    }

    bool choose(const QString& request)
    {
        auto* tree = panel().findChild<QTreeView*>(QStringLiteral("collectionTree"));
        const auto found = tree->model()->match(tree->model()->index(0, 0), Qt::DisplayRole, request, 1,
                                                Qt::MatchExactly | Qt::MatchRecursive);
        if (found.isEmpty())
            return false;
        QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, tree->visualRect(found.front()).center());
        return panel().subject() == request;
    }

    bool waitForAnswer()
    {
        return QTest::qWaitFor([this] { return !response().isRunning(); }, patience);
    }

    bool send()
    {
        if (!waitForAnswer())
            return false;
        auto* url = find<QWidget>("url");
        QTest::mouseClick(url, Qt::LeftButton);
        QTest::keyClick(url, Qt::Key_Return, Qt::ControlModifier);
        return response().isRunning() && waitForAnswer();
    }

    bool press(const char* button)
    {
        auto* found = find<QPushButton>(button);
        if (found == nullptr || !found->isVisible())
            return false;
        QTest::mouseClick(found, Qt::LeftButton);
        return waitForAnswer();
    }

    bool chooseTab(const char* bar, int tab)
    {
        auto* tabs = find<UnderlineTabs>(bar);
        QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(tab).center());
        return tabs->currentIndex() == tab;
    }

    QString status()
    {
        const auto* pill = find<PillLabel>("status");
        return pill == nullptr ? QString() : pill->pill().text;
    }

    QString title()
    {
        const auto* label = find<QLabel>("explanationTitle");
        return label == nullptr ? QString() : label->text();
    }

    void undo() { pressInUrl(Qt::ControlModifier); }
    void redo() { pressInUrl(Qt::ControlModifier | Qt::ShiftModifier); }

private:
    void pressInUrl(Qt::KeyboardModifiers modifiers)
    {
        auto* url = find<QWidget>("url");
        url->setFocus();
        QCoreApplication::processEvents(); // the window hears which history the focus means
        QTest::keyClick(url, Qt::Key_Z, modifiers);
    }

    QTemporaryDir m_folder;
    QSettings m_settings;
    Services m_services;
    FolderOpener m_opener;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace claimsmith::app
