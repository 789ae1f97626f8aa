// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/requests/sidepanel.h"

#include "bridge/appcontext.h"
#include "bridge/workspacesession.h"
#include "panels/requests/collectionedits.h"
#include "panels/requests/collectionmodel.h"
#include "panels/requests/collectionview.h"
#include "panels/requests/historyview.h"
#include "theme/metrics.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/messages.h"
#include "widgets/panels.h"
#include "widgets/searchfield.h"

#include <QAction>
#include <QEvent>
#include <QMenu>
#include <QVBoxLayout>

namespace claimsmith::app {

namespace {

constexpr int leastWidth = 200;
constexpr int historyHeight = 150;

} // namespace

RequestsSide::RequestsSide(AppContext& context, CollectionEdits& edits, QWidget* parent)
    : QWidget(parent), m_context(context), m_edits(edits), m_model(new CollectionModel(this)),
      m_tree(new CollectionView(*m_model)), m_filter(new SearchField(tr("Filter by name, path or method"))),
      m_undoBar(nullptr)
{
    setMinimumWidth(leastWidth);
    setFillRole(this, Role::BgPanel);
    setAutoFillBackground(true);
    auto* splitter = new Splitter(Qt::Vertical);
    splitter->setThin();
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(makeCollections());
    splitter->addWidget(makeHistory());
    splitter->setStretchFactor(0, 1);
    splitter->setSizes({600, historyHeight});
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(splitter);
    m_undoBar = new UndoBar(this);
    addTreeActions();

    const auto show = [this] { m_model->setFolders(m_context.workspace.workspace().folders); };
    connect(&context.workspace, &WorkspaceSession::opened, this, show);
    connect(&context.workspace, &WorkspaceSession::changed, this, [show](WorkspaceSession::Part part) {
        if (part == WorkspaceSession::Part::Requests)
            show();
    });
    connect(m_model, &CollectionModel::renameRequested, &m_edits, &CollectionEdits::rename);
    connect(m_tree, &CollectionView::requestChosen, this, &RequestsSide::requestChosen);
    connect(m_tree, &QWidget::customContextMenuRequested, this, &RequestsSide::showMenu);
    connect(m_filter, &QLineEdit::textChanged, m_tree, &CollectionView::setFilter);
    connect(m_undoBar, &UndoBar::undoRequested, &m_edits.undoStack(), &QUndoStack::undo);
    m_tree->installEventFilter(this);
    show();
}

QWidget* RequestsSide::makeCollections()
{
    auto* panel = new QWidget;
    auto* header = new PanelHeader(tr("Collections"));
    auto* add = new IconButton(QLatin1String("plus"), tr("New request"));
    auto* folder = new IconButton(QLatin1String("folder"), tr("New folder"));
    header->addAction(add);
    header->addAction(folder);
    connect(add, &QToolButton::clicked, this, &RequestsSide::newRequest);
    connect(folder, &QToolButton::clicked, this, [this] { m_tree->rename(m_edits.addFolder()); });
    m_filter->setObjectName(QStringLiteral("requestFilter"));
    auto* filter = new QHBoxLayout;
    filter->setContentsMargins(8, 0, 8, 8);
    filter->addWidget(m_filter);
    auto* layout = new QVBoxLayout(panel);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(header);
    layout->addLayout(filter);
    layout->addWidget(m_tree, 1);
    return panel;
}

QWidget* RequestsSide::makeHistory()
{
    auto* panel = new QWidget;
    panel->setMinimumHeight(96);
    auto* model = new HistoryModel(m_context.history, m_context.clock, this);
    auto* view = new HistoryView(*model);
    auto* header = new PanelHeader(tr("History"));
    auto* search = new IconButton(QLatin1String("search"), tr("Filter history"));
    auto* clear = new IconButton(QLatin1String("trash"), tr("Clear history"));
    header->addAction(search);
    header->addAction(clear);
    auto* filter = new SearchField(tr("Filter by path, method or status"));
    filter->hide();
    search->setCheckable(true);
    connect(search, &QToolButton::toggled, filter, [filter](bool shown) {
        filter->setVisible(shown);
        filter->clear();
        if (shown)
            filter->setFocus(Qt::ShortcutFocusReason);
    });
    connect(filter, &QLineEdit::textChanged, model, &HistoryModel::setFilter);
    connect(clear, &QToolButton::clicked, this, [this] { m_context.history.clear(); });
    connect(view, &HistoryView::entryChosen, this, &RequestsSide::entryChosen);
    auto* layout = new QVBoxLayout(panel);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(header);
    layout->addWidget(filter);
    layout->addWidget(view, 1);
    return panel;
}

void RequestsSide::addTreeActions()
{
    const auto add = [this](const QString& text, const QKeySequence& key, void (RequestsSide::*slot)()) {
        auto* action = new QAction(text, m_tree);
        action->setShortcut(key);
        action->setShortcutContext(Qt::WidgetShortcut);
        connect(action, &QAction::triggered, this, slot);
        m_tree->addAction(action);
    };
    add(tr("New request"), {}, &RequestsSide::newRequest);
    add(tr("Rename"), Qt::Key_F2, &RequestsSide::renameCurrent);
    add(tr("Duplicate"), Qt::CTRL | Qt::Key_D, &RequestsSide::duplicateCurrent);
    add(tr("Delete"), QKeySequence::Delete, &RequestsSide::deleteCurrent);
}

void RequestsSide::showMenu(const QPoint& point)
{
    QMenu menu(m_tree);
    menu.addActions(m_tree->actions());
    if (!m_tree->isCurrentFolder() && m_tree->currentIndex().isValid()) {
        menu.addSeparator();
        menu.addAction(tr("Copy as curl"), this, [this] { emit copyCurlRequested(m_tree->currentId()); });
    }
    menu.exec(m_tree->viewport()->mapToGlobal(point));
}

void RequestsSide::showCurrent(const workspace::Id& request)
{
    m_tree->showCurrent(request);
}

void RequestsSide::focusFilter()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

bool RequestsSide::hasTreeFocus() const
{
    return m_tree->hasFocus();
}

bool RequestsSide::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut)
        QMetaObject::invokeMethod(this, &RequestsSide::treeFocusChanged, Qt::QueuedConnection);
    return QWidget::eventFilter(watched, event);
}

void RequestsSide::newRequest()
{
    const workspace::Id id = m_edits.addRequest(m_tree->currentId());
    emit requestChosen(id);
}

void RequestsSide::renameCurrent()
{
    m_tree->rename(m_tree->currentId());
}

void RequestsSide::duplicateCurrent()
{
    const workspace::Id copy = m_edits.duplicate(m_tree->currentId());
    if (!copy.empty())
        emit requestChosen(copy);
}

void RequestsSide::deleteCurrent()
{
    const workspace::Id id = m_tree->currentId();
    const QString name = m_edits.nameOf(id);
    if (name.isEmpty())
        return;
    m_edits.remove(id);
    m_undoBar->offer(tr("Deleted “%1”").arg(name));
}

} // namespace claimsmith::app
