// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/mainwindow.h"

#include "bridge/gatewaydocument.h"
#include "bridge/gatewaysession.h"
#include "bridge/secretservice.h"
#include "bridge/workspacesession.h"
#include "shell/commandpalette.h"
#include "shell/notices.h"
#include "shell/paletteentries.h"
#include "shell/panewalk.h"
#include "shell/rail.h"
#include "shell/settingspanel.h"
#include "shell/shortcutsettings.h"
#include "shell/statusbar.h"
#include "shell/topbar.h"
#include "shell/unlockdialog.h"
#include "shell/welcomepage.h"
#include "shell/windowactions.h"
#include "shell/windowcommands.h"
#include "shell/workspaceopener.h"
#include "text/errortext.h"
#include "text/problemtext.h"
#include "theme/metrics.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/messages.h"

#include <QAction>
#include <QApplication>
#include <QCloseEvent>
#include <QHBoxLayout>
#include <QMenu>
#include <QMenuBar>
#include <QSettings>
#include <QUndoStack>
#include <QVBoxLayout>
#include <utility>

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

} // namespace

MainWindow::MainWindow(const std::function<AppContext(Navigator&)>& context, std::vector<PanelDescriptor> panels,
                       WorkspaceOpener& opener, QSettings& settings, QWidget* parent)
    : QWidget(parent), m_context(context(*this)), m_opener(opener), m_settings(settings),
      m_actions(new ActionRegistry(this)), m_topBar(new TopBar), m_rail(new Rail),
      m_pages(new PageStack(m_context, *m_actions, m_settings)), m_message(new MessageBar),
      m_notices(new Notices(this)), m_commands(new WindowCommands(*this, m_context, m_opener, m_settings))
{
    setObjectName(QStringLiteral("window"));
    setMinimumSize(smallestSize);
    addActions();
    addPages(std::move(panels));
    loadShortcuts(m_settings, *m_actions);
    updateShortcutHints();
    connect(m_actions, &ActionRegistry::shortcutsChanged, this, &MainWindow::updateShortcutHints);
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
    // Pages tell of their undo stacks to the last: while they go, none is the current one any more, and the list of
    // pages has to be there.
    m_current.clear();
    for (PageStack::Page& page : m_pages->all())
        delete std::exchange(page.widget, nullptr);
    delete m_pages;
}

void MainWindow::addActions()
{
    for (const ActionSpec& spec : windowActions()) {
        QAction* action = m_actions->add(spec);
        connect(action, &QAction::triggered, this, [this, id = spec.id] { m_commands->run(id); });
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
        m_pages->add(std::move(descriptor));
    }
    PanelDescriptor settings;
    settings.id = settingsId;
    settings.title = tr("Settings");
    settings.icon = QLatin1String("settings");
    settings.create = [this](AppContext&, ActionRegistry& actions) -> Panel* {
        return new SettingsPanel(m_settings, actions);
    };
    m_rail->addPage(settings.id, settings.title, settings.icon, true);
    m_pages->add(std::move(settings));
}

void MainWindow::updateShortcutHints()
{
    for (const PageStack::Page& page : m_pages->all()) {
        const QString& id = page.descriptor.id;
        const auto keys = m_actions->shortcuts(QStringLiteral("view.") + id).value(0);
        m_rail->setShortcutHint(id, keys.toString(QKeySequence::NativeText));
    }
}

void MainWindow::connectServices()
{
    connect(m_rail, &Rail::pageChosen, this, &MainWindow::showPanel);
    connect(m_pages, &PageStack::built, this, [this](Panel* panel) {
        connect(panel, &Panel::subjectChanged, this, &MainWindow::updateTitle);
        connect(panel, &Panel::undoStackChanged, this, &MainWindow::updateUndo);
    });
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

Panel* MainWindow::panel(const QString& id)
{
    PageStack::Page* page = m_pages->find(id);
    return page ? &m_pages->build(*page) : nullptr;
}

Panel* MainWindow::currentPage()
{
    const PageStack::Page* page = m_pages->find(m_current);
    return page ? page->widget : nullptr;
}

void MainWindow::showPanel(const QString& id)
{
    if (PageStack::Page* page = m_pages->find(id))
        activate(*page);
}

void MainWindow::activate(PageStack::Page& page)
{
    m_pages->build(page);
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
    showPanel(m_pages->find(last) && last != settingsId ? last : firstPanel);
}

void MainWindow::showWelcome()
{
    if (!m_welcome) {
        m_welcome = new WelcomePage(*m_actions, m_context.secrets);
        m_pages->addWidget(m_welcome);
        connect(m_welcome, &WelcomePage::unlockRequested, this, &MainWindow::unlock);
        connect(m_welcome, &WelcomePage::sampleChosen, this,
                [this](const QString& name) { m_opener.openSample(name, teller()); });
    }
    m_current.clear();
    m_rail->setCurrentPage({});
    m_pages->setCurrentWidget(m_welcome);
    m_actions->setCurrentPanel({});
    m_welcome->focusFirstSample();
    updateTitle();
    updateUndo();
}

void MainWindow::follow(const Link& link)
{
    PageStack::Page* page = m_pages->findFor(link.kind);
    if (!page)
        return;
    activate(*page);
    page->widget->openLink(link);
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
    if (const Panel* page = currentPage(); page && !page->subject().isEmpty())
        parts.append(page->subject());
    if (m_context.workspace.isOpen())
        parts.append(QString::fromStdString(m_context.workspace.workspace().name));
    parts.append(QStringLiteral("Claimsmith"));
    setWindowTitle(parts.join(QStringLiteral(", ")));
}

void MainWindow::updateUndo()
{
    const Panel* page = currentPage();
    QUndoStack* stack = page ? page->undoStack() : nullptr;
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
    m_pages->setNarrow(narrow);
}

void MainWindow::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    applyWidth();
}

void MainWindow::toggleSide()
{
    if (PageStack::Page* page = m_pages->find(m_current))
        m_pages->toggleSide(*page);
}

void MainWindow::stepPane(int by)
{
    QWidgetList panes{m_rail};
    if (QWidget* page = m_pages->currentWidget())
        panes += panesOf(page);
    panes.append(m_statusBar);
    app::stepPane(panes, by);
}

void MainWindow::openEnvironments()
{
    m_statusBar->openEnvironments();
}

std::function<void(const Result<void>&)> MainWindow::teller()
{
    return [this](const Result<void>& result) {
        if (!result)
            tell(Tone::Bad, errorText(result.error()));
    };
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
        connect(action, &QAction::triggered, this, [this, folder] { m_opener.open(folder, teller()); });
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

void MainWindow::openPalette(const QString& query)
{
    if (!m_palette)
        m_palette = new CommandPalette(this);
    m_palette->open(paletteEntries(*m_actions, *m_pages, m_context,
                                   [this](const QString& id) -> Panel& {
                                       showPanel(id);
                                       return *panel(id);
                                   }),
                    query);
}

void MainWindow::saveState()
{
    m_settings.setValue(geometryKey, saveGeometry());
    if (!m_current.isEmpty())
        m_settings.setValue(pageKey, m_current);
    m_pages->saveState();
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    saveState();
    QWidget::closeEvent(event);
}

void MainWindow::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape) {
        if (Panel* page = currentPage(); page && page->cancel())
            return;
        m_message->hide();
    }
    QWidget::keyPressEvent(event);
}

} // namespace claimsmith::app
