// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/mainwindow.h"

#include "bridge/gatewaydocument.h"
#include "bridge/gatewaysession.h"
#include "bridge/secretservice.h"
#include "bridge/workspacesession.h"
#include "shell/appearancesettings.h"
#include "shell/commandpalette.h"
#include "shell/notices.h"
#include "shell/rail.h"
#include "shell/settingspanel.h"
#include "shell/statusbar.h"
#include "shell/topbar.h"
#include "shell/unlockdialog.h"
#include "shell/welcomepage.h"
#include "shell/windowactions.h"
#include "shell/workspaceopener.h"
#include "text/errortext.h"
#include "text/problemtext.h"
#include "theme/metrics.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/messages.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QCloseEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QUndoStack>
#include <QVBoxLayout>

namespace claimsmith::app {
namespace {

constexpr QSize startSize(1440, 900);
constexpr QSize smallestSize(1024, 680);
constexpr int narrowRailBelow = 1180;
constexpr int foldedMenusBelow = 1100;
constexpr qsizetype latestKept = 10;

const auto settingsId = QStringLiteral("settings");
const auto firstPanel = QStringLiteral("requests");
const auto geometryKey = QStringLiteral("window/geometry");
const auto pageKey = QStringLiteral("window/page");

QString panelKey(const QString& panel, const QString& name)
{
    return QStringLiteral("panels/%1/%2").arg(panel, name);
}

PaletteEntry::Group groupOf(PaletteItem::Kind kind)
{
    switch (kind) {
    case PaletteItem::Kind::Request:
        return PaletteEntry::Group::Requests;
    case PaletteItem::Kind::Token:
        return PaletteEntry::Group::Tokens;
    case PaletteItem::Kind::Entity:
        return PaletteEntry::Group::Gateway;
    case PaletteItem::Kind::Consumer:
        return PaletteEntry::Group::Consumers;
    case PaletteItem::Kind::Traffic:
        return PaletteEntry::Group::Traffic;
    }
    return PaletteEntry::Group::Gateway;
}

} // namespace

MainWindow::MainWindow(const std::function<AppContext(Navigator&)>& context, std::vector<PanelDescriptor> panels,
                       WorkspaceOpener& opener, QSettings& settings, QWidget* parent)
    : QWidget(parent), m_context(context(*this)), m_opener(opener), m_settings(settings),
      m_actions(new ActionRegistry(this)), m_topBar(new TopBar), m_rail(new Rail), m_pages(new QStackedWidget),
      m_message(new MessageBar), m_notices(new Notices(this))
{
    setObjectName(QStringLiteral("window"));
    setMinimumSize(smallestSize);
    addActions();
    addPages(std::move(panels));
    fillMenuBar(*m_topBar->menuBar(), *m_actions);
    m_statusBar = new StatusBar(m_context.gateway, m_context.workspace, m_context.secrets, *m_actions);

    auto* body = new QHBoxLayout;
    body->setSpacing(0);
    body->addWidget(m_rail);
    auto* middle = new QVBoxLayout;
    middle->setSpacing(0);
    middle->addWidget(m_message);
    middle->addWidget(m_pages, 1);
    body->addLayout(middle, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_topBar);
    layout->addLayout(body, 1);
    layout->addWidget(m_statusBar);
    m_message->hide();

    connectServices();
    m_rail->setLabels(Theme::instance().appearance().railLabels);
    updateGatewayActions();
    updateUndo();
    updateTitle();
    resize(startSize);
    restoreGeometry(m_settings.value(geometryKey).toByteArray());
}

MainWindow::~MainWindow()
{
    // Pages tell of their undo stacks to the last: while they go, none is the current one any more.
    m_current.clear();
    for (Page& page : m_panels)
        page.widget = nullptr;
    delete m_pages;
}

void MainWindow::addActions()
{
    for (const ActionSpec& spec : windowActions()) {
        QAction* action = m_actions->add(spec);
        connect(action, &QAction::triggered, this, [this, id = spec.id] { runWindowAction(id); });
    }
}

void MainWindow::addPages(std::vector<PanelDescriptor> panels)
{
    int number = 0;
    for (PanelDescriptor& descriptor : panels) {
        ++number;
        const QString id = descriptor.id;
        m_rail->addPage(id, descriptor.title, descriptor.icon);
        const QKeySequence keys(Qt::ALT | static_cast<Qt::Key>(Qt::Key_0 + number));
        QAction* show = m_actions->add({QStringLiteral("view.") + id,
                                        tr("Show %1").arg(descriptor.title),
                                        {keys},
                                        descriptor.icon,
                                        ActionSpec::Menu::View,
                                        ActionSpec::Scope::Window,
                                        false});
        connect(show, &QAction::triggered, this, [this, id] { showPanel(id); });
        m_rail->setShortcutHint(id, keys.toString(QKeySequence::NativeText));
        for (const ActionSpec& spec : std::as_const(descriptor.actions)) {
            QAction* action = m_actions->add(spec, id);
            connect(action, &QAction::triggered, this, [this, id, actionId = spec.id] {
                showPanel(id);
                if (Panel* target = panel(id))
                    target->runAction(actionId);
            });
        }
        if (descriptor.start)
            descriptor.start(m_context);
        m_panels.push_back({std::move(descriptor)});
    }
    PanelDescriptor settings;
    settings.id = settingsId;
    settings.title = tr("Settings");
    settings.icon = QLatin1String("settings");
    settings.create = [this](AppContext&, ActionRegistry& actions) -> Panel* {
        return new SettingsPanel(m_settings, actions);
    };
    m_rail->addPage(settings.id, settings.title, settings.icon, true);
    m_rail->setShortcutHint(settings.id, QKeySequence(Qt::CTRL | Qt::Key_Comma).toString(QKeySequence::NativeText));
    m_panels.push_back({std::move(settings)});
}

void MainWindow::connectServices()
{
    connect(m_rail, &Rail::pageChosen, this, &MainWindow::showPanel);
    connect(m_topBar, &TopBar::paletteRequested, this, [this] { openPalette(); });
    connect(m_topBar->workspaceMenu(), &QMenu::aboutToShow, this, &MainWindow::fillWorkspaceMenu);
    connect(m_topBar->historyMenu(), &QMenu::aboutToShow, this, &MainWindow::fillHistoryMenu);
    connect(m_topBar->noticeMenu(), &QMenu::aboutToShow, this, [this] { m_notices->show(*m_topBar->noticeMenu()); });
    connect(m_notices, &Notices::changed, this, [this] { m_topBar->setNotices(m_notices->unread()); });
    connect(m_statusBar, &StatusBar::trafficRequested, this,
            [this](bool errorsOnly) { follow({errorsOnly ? Link::Kind::Errors : Link::Kind::Traffic}); });
    connect(m_statusBar, &StatusBar::problemsRequested, this, [this] { showPanel(QStringLiteral("gateway")); });
    connect(m_statusBar, &StatusBar::unlockRequested, this, &MainWindow::unlock);

    WorkspaceSession& workspace = m_context.workspace;
    connect(&workspace, &WorkspaceSession::opened, this, &MainWindow::onWorkspaceOpened);
    connect(&workspace, &WorkspaceSession::changed, this, &MainWindow::updateTitle);
    connect(&workspace, &WorkspaceSession::saveFailed, this, [this](const Error& error) {
        tell(Tone::Bad, tr("The workspace could not be saved: %1").arg(errorText(error)));
    });
    connect(&workspace, &WorkspaceSession::conflict, this, &MainWindow::askAboutConflict);
    connect(&workspace, &WorkspaceSession::reloaded, this,
            [this] { m_notices->add(Tone::Info, tr("Files of the workspace changed on disk and were read again")); });
    connect(&m_context.secrets, &SecretService::storeFailed, this, [this](const std::string& name, const Error& error) {
        tell(Tone::Bad, tr("The secret %1 could not be kept: %2").arg(QString::fromStdString(name), errorText(error)));
    });
    const auto showProblems = [this] {
        const ConfigAnalysis& analysis = m_context.gatewayDocument.current();
        const auto errors = static_cast<int>(analysis.count(ConfigProblem::Severity::Error));
        m_statusBar->setProblems(errors, static_cast<int>(analysis.count(ConfigProblem::Severity::Warning)));
        m_rail->setNews(QStringLiteral("gateway"), errors > 0);
    };
    connect(&m_context.gatewayDocument, &GatewayDocument::problemsChanged, this, showProblems);
    showProblems();
    GatewaySession& gateway = m_context.gateway;
    connect(&gateway, &GatewaySession::stateChanged, this, [this, &gateway] {
        updateGatewayActions();
        if (gateway.state() == GatewaySession::State::Failed && gateway.failure()) {
            const GatewayFailureText failure =
                gatewayFailureText(*gateway.failure(), QString::fromStdString(gateway.settings().proxyListen));
            tell(Tone::Bad, QStringLiteral("%1. %2").arg(failure.title, failure.sentence));
        }
    });
    connect(&gateway, &GatewaySession::exchangesPassed, this,
            [this](const std::vector<gateway::ExchangeSummary>& exchanges) {
                for (const gateway::ExchangeSummary& exchange : exchanges)
                    m_latest.prepend(QStringLiteral("%1  %2 %3")
                                         .arg(QString::number(exchange.status), QString::fromStdString(exchange.method),
                                              QString::fromStdString(exchange.path)));
                m_latest.resize(qMin(m_latest.size(), latestKept));
                if (m_current != QLatin1String("traffic"))
                    m_rail->setNews(QStringLiteral("traffic"), m_context.gateway.errorCount() > 0);
            });
    connect(&Theme::instance(), &Theme::changed, this, &MainWindow::applyWidth);
}

void MainWindow::runWindowAction(const QString& id)
{
    const auto setScheme = [this](Appearance::Scheme scheme) {
        Appearance appearance = Theme::instance().appearance();
        appearance.scheme = scheme;
        saveAppearance(m_settings, appearance);
        Theme::instance().setAppearance(appearance);
    };
    const auto open = [this](const QString& folder, Result<void> (WorkspaceOpener::*how)(const QString&)) {
        if (folder.isEmpty())
            return;
        if (const auto result = (m_opener.*how)(folder); !result)
            tell(Tone::Bad, errorText(result.error()));
    };
    Page* page = findPage(m_current);
    Panel* current = page ? page->widget : nullptr;
    const QHash<QString, std::function<void()>> handlers = {
        {QStringLiteral("workspace.new"),
         [&] {
             open(QFileDialog::getExistingDirectory(this, tr("Choose an empty folder for the workspace")),
                  &WorkspaceOpener::create);
         }},
        {QStringLiteral("workspace.open"),
         [&] {
             open(QFileDialog::getExistingDirectory(this, tr("Choose the folder of a workspace")),
                  &WorkspaceOpener::open);
         }},
        {QStringLiteral("workspace.samples"), [&] { showWelcome(); }},
        {QStringLiteral("workspace.save"),
         [&] {
             if (const auto result = m_context.workspace.saveNow(); !result)
                 tell(Tone::Bad, tr("The workspace could not be saved: %1").arg(errorText(result.error())));
         }},
        {QStringLiteral("window.quit"), [&] { close(); }},
        {QStringLiteral("edit.undo"),
         [&] {
             if (current && current->undoStack())
                 current->undoStack()->undo();
         }},
        {QStringLiteral("edit.redo"),
         [&] {
             if (current && current->undoStack())
                 current->undoStack()->redo();
         }},
        {QStringLiteral("edit.find"),
         [&] {
             if (current)
                 current->focusFilter();
         }},
        {QStringLiteral("view.palette"), [&] { openPalette(); }},
        {QStringLiteral("view.side"), [&] { toggleSide(); }},
        {QStringLiteral("view.nextPane"), [&] { stepPane(1); }},
        {QStringLiteral("view.previousPane"), [&] { stepPane(-1); }},
        {QStringLiteral("view.environment"), [&] { m_statusBar->openEnvironments(); }},
        {QStringLiteral("view.light"), [&] { setScheme(Appearance::Scheme::Light); }},
        {QStringLiteral("view.dark"), [&] { setScheme(Appearance::Scheme::Dark); }},
        {QStringLiteral("view.system"), [&] { setScheme(Appearance::Scheme::System); }},
        {QStringLiteral("view.settings"), [&] { showPanel(settingsId); }},
        {QStringLiteral("page.primary"),
         [&] {
             if (current)
                 current->runPrimary();
         }},
        {QStringLiteral("gateway.start"), [&] { m_context.gateway.start(); }},
        {QStringLiteral("gateway.stop"), [&] { m_context.gateway.stop(); }},
        {QStringLiteral("gateway.restart"), [&] { m_context.gateway.restart(); }},
        {QStringLiteral("gateway.copyAddress"),
         [&] { QApplication::clipboard()->setText(QStringLiteral("http://") + m_context.gateway.proxyAddress()); }},
        {QStringLiteral("help.shortcuts"),
         [&] {
             showPanel(settingsId);
             panel(settingsId)->runAction(QStringLiteral("settings.keyboard"));
         }},
        {QStringLiteral("help.about"), [&] { showAbout(); }},
    };
    if (const auto handler = handlers.value(id))
        handler();
}

MainWindow::Page* MainWindow::findPage(const QString& id)
{
    for (Page& page : m_panels)
        if (page.descriptor.id == id)
            return &page;
    return nullptr;
}

Panel* MainWindow::panel(const QString& id)
{
    Page* page = findPage(id);
    if (!page)
        return nullptr;
    build(*page);
    return page->widget;
}

void MainWindow::build(Page& page)
{
    if (page.widget)
        return;
    page.widget = page.descriptor.create(m_context, *m_actions);
    page.widget->setObjectName(QStringLiteral("panel.") + page.descriptor.id);
    page.sideWanted = m_settings.value(panelKey(page.descriptor.id, QStringLiteral("side")), true).toBool();
    page.widget->setSideVisible(page.sideWanted && !m_narrow);
    m_pages->addWidget(page.widget);
    restoreSplitters(page);
    connect(page.widget, &Panel::subjectChanged, this, &MainWindow::updateTitle);
    connect(page.widget, &Panel::undoStackChanged, this, &MainWindow::updateUndo);
}

void MainWindow::showPanel(const QString& id)
{
    if (Page* page = findPage(id))
        activate(*page);
}

void MainWindow::activate(Page& page)
{
    build(page);
    m_current = page.descriptor.id;
    m_rail->setCurrentPage(m_current);
    m_rail->setNews(m_current, false);
    m_pages->setCurrentWidget(page.widget);
    m_actions->setCurrentPanel(m_current);
    page.widget->focusMain();
    updateTitle();
    updateUndo();
}

void MainWindow::showFirstPage()
{
    if (!m_context.workspace.isOpen()) {
        showWelcome();
        return;
    }
    onWorkspaceOpened();
}

void MainWindow::onWorkspaceOpened()
{
    m_message->hide();
    m_topBar->setWorkspace(QString::fromStdString(m_context.workspace.workspace().name));
    for (const Error& problem : m_context.workspace.problems())
        tell(Tone::Warn, tr("Left out of the workspace: %1").arg(errorText(problem)));
    const QString last = m_settings.value(pageKey).toString();
    showPanel(findPage(last) && last != settingsId ? last : firstPanel);
}

void MainWindow::showWelcome()
{
    if (!m_welcome) {
        m_welcome = new WelcomePage(*m_actions, m_context.secrets);
        m_pages->addWidget(m_welcome);
        connect(m_welcome, &WelcomePage::unlockRequested, this, &MainWindow::unlock);
        connect(m_welcome, &WelcomePage::sampleChosen, this, [this](const QString& name) {
            if (const auto result = m_opener.openSample(name); !result)
                tell(Tone::Bad, errorText(result.error()));
        });
    }
    m_current.clear();
    m_rail->setCurrentPage({});
    m_pages->setCurrentWidget(m_welcome);
    m_actions->setCurrentPanel({});
    m_welcome->focusFirstSample();
    updateTitle();
    updateUndo();
}

void MainWindow::follow(Link link)
{
    for (Page& page : m_panels) {
        const auto& opens = page.descriptor.opens;
        if (std::find(opens.begin(), opens.end(), link.kind) == opens.end())
            continue;
        activate(page);
        page.widget->openLink(link);
        return;
    }
}

void MainWindow::openEntity(const std::string& pointer)
{
    follow({Link::Kind::Entity, pointer});
}

void MainWindow::openToken(const std::string& token)
{
    follow({Link::Kind::Token, token});
}

void MainWindow::openRecipe(const std::string& recipe)
{
    follow({Link::Kind::Recipe, recipe});
}

void MainWindow::useRecipeInRequest(const std::string& recipe, bool send)
{
    follow({Link::Kind::UseRecipe, recipe, send});
}

void MainWindow::updateTitle()
{
    QStringList parts;
    if (const Page* page = findPage(m_current); page && page->widget && !page->widget->subject().isEmpty())
        parts.append(page->widget->subject());
    if (m_context.workspace.isOpen())
        parts.append(QString::fromStdString(m_context.workspace.workspace().name));
    parts.append(QStringLiteral("Claimsmith"));
    setWindowTitle(parts.join(QStringLiteral(", ")));
}

void MainWindow::updateUndo()
{
    const Page* page = findPage(m_current);
    QUndoStack* stack = page && page->widget ? page->widget->undoStack() : nullptr;
    const auto show = [this, stack] {
        m_actions->setEnabled(QStringLiteral("edit.undo"), stack && stack->canUndo());
        m_actions->setEnabled(QStringLiteral("edit.redo"), stack && stack->canRedo());
        const QString undo = stack ? stack->undoText() : QString();
        const QString redo = stack ? stack->redoText() : QString();
        m_actions->find(QStringLiteral("edit.undo"))->setText(undo.isEmpty() ? tr("&Undo") : tr("&Undo: %1").arg(undo));
        m_actions->find(QStringLiteral("edit.redo"))->setText(redo.isEmpty() ? tr("&Redo") : tr("&Redo: %1").arg(redo));
    };
    show();
    if (!stack)
        return;
    // The stack in force is asked anew each time, so one connection for each is enough.
    connect(stack, &QUndoStack::indexChanged, this, &MainWindow::updateUndo, Qt::UniqueConnection);
}

void MainWindow::updateGatewayActions()
{
    using State = GatewaySession::State;
    const State state = m_context.gateway.state();
    const bool up = state == State::Running || state == State::Reloading || state == State::Starting;
    m_actions->setEnabled(QStringLiteral("gateway.start"), !up);
    m_actions->setEnabled(QStringLiteral("gateway.stop"), up);
    m_actions->setEnabled(QStringLiteral("gateway.copyAddress"), state == State::Running || state == State::Reloading);
}

void MainWindow::applyWidth()
{
    const bool narrow = width() < narrowRailBelow;
    const bool folded = width() < foldedMenusBelow;
    m_rail->setLabels(!narrow && Theme::instance().appearance().railLabels);
    m_topBar->setRailWidth(m_rail->width());
    m_topBar->setFolded(folded);
    m_statusBar->setFolded(folded);
    if (narrow == m_narrow)
        return;
    m_narrow = narrow;
    for (const Page& page : m_panels)
        if (page.widget)
            page.widget->setSideVisible(page.sideWanted && !narrow);
}

void MainWindow::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    applyWidth();
}

void MainWindow::toggleSide()
{
    Page* page = findPage(m_current);
    if (!page || !page->widget)
        return;
    const bool visible = !page->widget->isSideVisible();
    page->widget->setSideVisible(visible);
    // What is opened over a narrow page says nothing about wide ones.
    if (!m_narrow)
        page->sideWanted = visible;
}

/// F6: from one pane to the next. Panes are what splitters part, the rail before them and the status bar after them.
void MainWindow::stepPane(int by)
{
    QWidgetList panes{m_rail};
    if (QWidget* page = m_pages->currentWidget()) {
        const auto splitters = page->findChildren<QSplitter*>();
        for (QSplitter* splitter : splitters)
            for (int index = 0; index < splitter->count(); ++index) {
                QWidget* pane = splitter->widget(index);
                if (pane->isVisible() && !pane->findChild<QSplitter*>() && !qobject_cast<QSplitter*>(pane))
                    panes.append(pane);
            }
        if (splitters.isEmpty())
            panes.append(page);
    }
    panes.append(m_statusBar);
    const auto count = static_cast<int>(panes.size());
    int current = 0;
    for (int index = 0; index < count; ++index)
        if (panes.at(index)->isAncestorOf(QApplication::focusWidget()) ||
            panes.at(index) == QApplication::focusWidget())
            current = index;
    for (int tried = 1; tried <= count; ++tried) {
        QWidget* pane = panes.at(((current + by * tried) % count + count) % count);
        QWidgetList candidates = pane->findChildren<QWidget*>();
        candidates.prepend(pane);
        for (QWidget* widget : candidates)
            if (widget->isVisible() && widget->isEnabled() && (widget->focusPolicy() & Qt::TabFocus) &&
                !widget->focusProxy()) {
                widget->setFocus(Qt::ShortcutFocusReason);
                return;
            }
    }
}

void MainWindow::tell(Tone tone, const QString& sentence)
{
    auto* close = new IconButton(QLatin1String("close"), tr("Close"));
    close->setSmall();
    connect(close, &QToolButton::clicked, m_message, &QWidget::hide);
    m_message->setButtons({close});
    m_message->show(tone, sentence);
    m_notices->add(tone, sentence);
}

void MainWindow::askAboutConflict()
{
    tell(Tone::Warn, tr("Files of the workspace changed on disk while you changed it here"));
    auto* mine = makeButton(tr("Keep mine"), ButtonKind::Default, {}, ControlSize::Small);
    auto* theirs = makeButton(tr("Take those on disk"), ButtonKind::Default, {}, ControlSize::Small);
    connect(mine, &QPushButton::clicked, &m_context.workspace, &WorkspaceSession::keepMine);
    connect(theirs, &QPushButton::clicked, &m_context.workspace, &WorkspaceSession::takeTheirs);
    for (const QPushButton* button : {mine, theirs})
        connect(button, &QPushButton::clicked, m_message, &QWidget::hide);
    m_message->setButtons({mine, theirs});
}

void MainWindow::fillWorkspaceMenu()
{
    QMenu& menu = *m_topBar->workspaceMenu();
    menu.clear();
    for (const QString& folder : m_opener.recent()) {
        QString name = folder.section(QLatin1Char('/'), -1);
        QAction* action = menu.addAction(name.replace(QLatin1Char('&'), QStringLiteral("&&")));
        action->setToolTip(folder);
        action->setCheckable(true);
        action->setChecked(folder == m_context.workspace.folder());
        connect(action, &QAction::triggered, this, [this, folder] {
            if (const auto result = m_opener.open(folder); !result)
                tell(Tone::Bad, errorText(result.error()));
        });
    }
    menu.addSeparator();
    for (const char* id : {"workspace.new", "workspace.open", "workspace.samples"})
        menu.addAction(m_actions->find(QLatin1String(id)));
}

void MainWindow::fillHistoryMenu()
{
    QMenu& menu = *m_topBar->historyMenu();
    menu.clear();
    if (m_latest.isEmpty())
        menu.addAction(tr("Nothing has passed the gateway yet"))->setEnabled(false);
    for (QString line : std::as_const(m_latest)) {
        QAction* action = menu.addAction(line.replace(QLatin1Char('&'), QStringLiteral("&&")));
        connect(action, &QAction::triggered, this, [this] { showPanel(QStringLiteral("traffic")); });
    }
}

void MainWindow::unlock()
{
    if (m_context.secrets.state() == SecretService::State::Unlocked)
        return;
    if (m_context.secrets.state() == SecretService::State::Locked && !m_context.secrets.isVault()) {
        m_context.secrets.retryKeychain();
        return;
    }
    auto* dialog = new UnlockDialog(m_context.secrets, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void MainWindow::showAbout()
{
    auto* box = new QMessageBox(this);
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

void MainWindow::openPalette(const QString& query)
{
    if (!m_palette)
        m_palette = new CommandPalette(this);
    m_palette->open(paletteEntries(), query);
}

std::vector<PaletteEntry> MainWindow::paletteEntries()
{
    std::vector<PaletteEntry> entries;
    for (const ActionSpec& spec : m_actions->specs()) {
        QAction* action = m_actions->find(spec.id);
        if (!action->isEnabled() || spec.id == QLatin1String("view.palette"))
            continue;
        QString title = action->text();
        title.remove(QLatin1Char('&')).remove(QStringLiteral("…"));
        const Page* owner = findPage(m_actions->ownerOf(spec.id));
        entries.push_back({PaletteEntry::Group::Actions,
                           title,
                           owner ? owner->descriptor.title : QString(),
                           spec.icon,
                           {},
                           action->shortcut(),
                           [action] { action->trigger(); }});
    }
    for (const Page& page : m_panels) {
        if (!page.descriptor.paletteItems)
            continue;
        for (PaletteItem& item : page.descriptor.paletteItems(m_context))
            entries.push_back({groupOf(item.kind),
                               item.title,
                               item.detail,
                               item.icon,
                               item.method,
                               {},
                               [this, id = page.descriptor.id, open = item.open] {
                                   showPanel(id);
                                   if (open)
                                       open(*panel(id));
                               }});
    }
    return entries;
}

void MainWindow::restoreSplitters(const Page& page)
{
    for (QSplitter* splitter : page.widget->findChildren<QSplitter*>())
        if (!splitter->objectName().isEmpty())
            splitter->restoreState(
                m_settings.value(panelKey(page.descriptor.id, splitter->objectName())).toByteArray());
}

void MainWindow::saveState()
{
    m_settings.setValue(geometryKey, saveGeometry());
    if (!m_current.isEmpty())
        m_settings.setValue(pageKey, m_current);
    for (const Page& page : m_panels) {
        if (!page.widget)
            continue;
        m_settings.setValue(panelKey(page.descriptor.id, QStringLiteral("side")), page.sideWanted);
        for (const QSplitter* splitter : page.widget->findChildren<QSplitter*>())
            if (!splitter->objectName().isEmpty())
                m_settings.setValue(panelKey(page.descriptor.id, splitter->objectName()), splitter->saveState());
    }
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    saveState();
    QWidget::closeEvent(event);
}

void MainWindow::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape) {
        Page* page = findPage(m_current);
        if (page && page->widget && page->widget->cancel())
            return;
        m_message->hide();
    }
    QWidget::keyPressEvent(event);
}

} // namespace claimsmith::app
