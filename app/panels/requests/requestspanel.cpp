// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/requests/requestspanel.h"

#include "bridge/appcontext.h"
#include "bridge/requestsender.h"
#include "bridge/workspacesession.h"
#include "panels/requests/curltext.h"
#include "panels/requests/requestpage.h"
#include "panels/requests/sidepanel.h"
#include "platform/historystore.h"
#include "theme/metrics.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/messages.h"
#include "widgets/panels.h"
#include "widgets/tabs.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace claimsmith::app {

namespace {

constexpr int sideWidth = 272;
constexpr int numberedTabs = 9;

QString key(const workspace::Id& id)
{
    return QString::fromStdString(id);
}

} // namespace

RequestsPanel::RequestsPanel(AppContext& context, QWidget* parent)
    : Panel(parent), m_context(context), m_edits(context.workspace), m_splitter(new Splitter(Qt::Horizontal)),
      m_side(new RequestsSide(context, m_edits)), m_list(new IconButton(QLatin1String("list"), tr("Show collections"))),
      m_tabs(new DocumentTabs), m_pages(new QStackedWidget), m_empty(nullptr)
{
    setObjectName(QStringLiteral("requestsPanel"));
    auto* empty = new EmptyState(QLatin1String("requests"), tr("No request is open"),
                                 tr("Choose one at the left, or make a new one."));
    auto* create = makeButton(tr("New request"), ButtonKind::Primary);
    empty->addButton(create);
    connect(create, &QPushButton::clicked, m_side, &RequestsSide::newRequest);
    m_empty = empty;
    m_pages->addWidget(m_empty);

    auto* centre = new Pane(Role::BgSurface);
    auto* layout = new QVBoxLayout(centre);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeTabs());
    layout->addWidget(m_pages, 1);
    m_splitter->setChildrenCollapsible(false);
    static_cast<Splitter*>(m_splitter)->setThin();
    m_splitter->addWidget(m_side);
    m_splitter->addWidget(centre);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({sideWidth, sideWidth * 4});
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_splitter);
    connectParts();
    onWorkspaceOpened();
}

RequestsPanel::~RequestsPanel() = default;

QWidget* RequestsPanel::makeTabs()
{
    m_tabs->setObjectName(QStringLiteral("openRequests"));
    m_tabs->setAccessibleName(tr("Open requests"));
    auto* add = new IconButton(QLatin1String("plus"), tr("New request"));
    auto* all = new IconButton(QLatin1String("chevron-down"), tr("Open requests"));
    auto* bar = new Pane(Role::BgPanel, Qt::BottomEdge);
    bar->setFixedHeight(metrics::tabBar);
    auto* layout = new QHBoxLayout(bar);
    layout->setContentsMargins(0, 0, 8, 0);
    layout->setSpacing(2);
    layout->addWidget(m_list);
    layout->addWidget(m_tabs, 0, Qt::AlignBottom);
    layout->addWidget(add);
    layout->addStretch(1);
    layout->addWidget(all);
    m_list->hide();
    connect(add, &QToolButton::clicked, m_side, &RequestsSide::newRequest);
    connect(all, &QToolButton::clicked, this, &RequestsPanel::showTabMenu);
    connect(m_list, &QToolButton::clicked, this, [this] { setSideVisible(true); });
    return bar;
}

void RequestsPanel::connectParts()
{
    connect(m_tabs, &QTabBar::currentChanged, this, &RequestsPanel::showTab);
    connect(m_tabs, &QTabBar::tabCloseRequested, this, &RequestsPanel::closeTab);
    connect(m_tabs, &QTabBar::tabMoved, this, [this](int from, int to) {
        const auto moved = m_open[static_cast<std::size_t>(from)];
        m_open.erase(m_open.begin() + from);
        m_open.insert(m_open.begin() + to, moved);
    });
    connect(m_side, &RequestsSide::requestChosen, this, &RequestsPanel::open);
    connect(m_side, &RequestsSide::entryChosen, this, &RequestsPanel::chooseEntry);
    connect(m_side, &RequestsSide::treeFocusChanged, this, &Panel::undoStackChanged);
    connect(m_side, &RequestsSide::copyCurlRequested, this, [this](const std::string& id) {
        const auto* request = m_context.workspace.workspace().findRequest(id);
        const auto prepared = request == nullptr ? Result<runner::Prepared>(Error{runner::PrepareErrorCode::NoUrl})
                                                 : m_context.sender.prepare(*request);
        if (prepared.hasValue())
            QApplication::clipboard()->setText(curlCommand(*prepared));
    });
    connect(&m_context.workspace, &WorkspaceSession::opened, this, &RequestsPanel::onWorkspaceOpened);
    connect(&m_context.workspace, &WorkspaceSession::changed, this, &RequestsPanel::updateTabs);
    connect(&m_context.workspace, &WorkspaceSession::saved, this, &RequestsPanel::updateTabs);
}

void RequestsPanel::onWorkspaceOpened()
{
    while (m_tabs->count() > 0)
        closeTab(0);
    m_closed.clear();
    m_used.clear();
    // The first request is what a new workspace is about.
    for (const auto& folder : m_context.workspace.workspace().folders) {
        if (!folder.requests.empty()) {
            open(folder.requests.front().id);
            return;
        }
    }
}

int RequestsPanel::tabOf(const workspace::Id& request) const
{
    const auto found = std::find(m_open.begin(), m_open.end(), request);
    return found == m_open.end() ? -1 : static_cast<int>(found - m_open.begin());
}

void RequestsPanel::open(const workspace::Id& id)
{
    const auto* request = m_context.workspace.workspace().findRequest(id);
    if (request == nullptr)
        return;
    int tab = tabOf(id);
    if (tab < 0) {
        auto* page = new RequestPage(m_context, id);
        m_pages->addWidget(page);
        page->setSpace(size());
        m_pageOf.insert(key(id), page);
        connect(&page->document(), &RequestDocument::changed, this, &RequestsPanel::updateTabs);
        connect(&page->document(), &RequestDocument::modifiedChanged, this, &RequestsPanel::updateTabs);
        m_open.push_back(id);
        const QSignalBlocker blocker(m_tabs);
        tab = m_tabs->addDocument(QString::fromStdString(request->method), QString::fromStdString(request->name));
    }
    m_tabs->setCurrentIndex(tab);
    showTab(tab);
}

RequestPage* RequestsPanel::current() const
{
    return qobject_cast<RequestPage*>(m_pages->currentWidget());
}

void RequestsPanel::showTab(int index)
{
    const bool any = index >= 0 && static_cast<std::size_t>(index) < m_open.size();
    if (any) {
        const workspace::Id id = m_open[static_cast<std::size_t>(index)];
        m_pages->setCurrentWidget(m_pageOf.value(key(id)));
        std::erase(m_used, id);
        m_used.insert(m_used.begin(), id);
        m_side->showCurrent(id);
    } else {
        m_pages->setCurrentWidget(m_empty);
    }
    emit subjectChanged();
    emit undoStackChanged();
}

void RequestsPanel::closeTab(int index)
{
    const workspace::Id id = m_open[static_cast<std::size_t>(index)];
    m_open.erase(m_open.begin() + index);
    std::erase(m_used, id);
    m_closed.push_back(id);
    RequestPage* page = m_pageOf.take(key(id));
    const bool wasCurrent = current() == page;
    {
        const QSignalBlocker blocker(m_tabs);
        m_tabs->removeTab(index);
        if (wasCurrent && !m_used.empty())
            m_tabs->setCurrentIndex(tabOf(m_used.front()));
    }
    m_pages->removeWidget(page);
    page->deleteLater();
    showTab(m_tabs->currentIndex());
}

void RequestsPanel::reopen()
{
    while (!m_closed.empty()) {
        const workspace::Id id = m_closed.back();
        m_closed.pop_back();
        if (m_context.workspace.workspace().findRequest(id) != nullptr && tabOf(id) < 0) {
            open(id);
            return;
        }
    }
}

void RequestsPanel::updateTabs()
{
    for (int tab = m_tabs->count() - 1; tab >= 0; --tab) {
        RequestDocument& document = m_pageOf.value(key(m_open[static_cast<std::size_t>(tab)]))->document();
        if (!document.exists()) {
            closeTab(tab);
            continue;
        }
        const auto& request = document.request();
        m_tabs->setDocument(tab, QString::fromStdString(request.method), QString::fromStdString(request.name),
                            document.isModified());
    }
    emit subjectChanged();
}

void RequestsPanel::showTabMenu()
{
    QMenu menu(this);
    for (std::size_t i = 0; i < m_open.size(); ++i) {
        const auto& request = m_pageOf.value(key(m_open[i]))->document().request();
        const QString text =
            QString::fromStdString(request.method) + QLatin1Char(' ') + QString::fromStdString(request.name);
        menu.addAction(text, this, [this, i] { m_tabs->setCurrentIndex(static_cast<int>(i)); });
    }
    menu.exec(QCursor::pos());
}

void RequestsPanel::lastUsedTab()
{
    if (m_used.size() > 1)
        m_tabs->setCurrentIndex(tabOf(m_used[1]));
}

void RequestsPanel::chooseEntry(const HistoryEntry& entry)
{
    open(entry.requestId);
}

void RequestsPanel::focusMain()
{
    if (RequestPage* page = current(); page != nullptr)
        page->focusUrl();
    else
        m_side->focusFilter();
}

QString RequestsPanel::subject() const
{
    RequestPage* page = current();
    return page == nullptr ? QString() : QString::fromStdString(page->document().request().name);
}

void RequestsPanel::runPrimary()
{
    if (RequestPage* page = current(); page != nullptr)
        page->sendOrCancel();
}

void RequestsPanel::focusFilter()
{
    RequestPage* page = current();
    const bool inResponse = page != nullptr && page->response().isAncestorOf(QApplication::focusWidget());
    if (inResponse && page->response().find())
        return;
    m_side->show();
    m_side->focusFilter();
}

bool RequestsPanel::cancel()
{
    RequestPage* page = current();
    return page != nullptr && page->cancel();
}

void RequestsPanel::openLink(const Link& link)
{
    RequestPage* page = current();
    if (link.kind != Link::Kind::UseRecipe || page == nullptr)
        return;
    page->document().change(
        RequestDocument::Field::Whole, tr("Use token %1").arg(QString::fromStdString(link.target)),
        [&link](workspace::Request& request) { request.auth = workspace::SignedTokenAuth{link.target}; });
    if (link.send)
        page->send();
}

void RequestsPanel::runAction(const QString& id)
{
    static const QString tabPrefix = QStringLiteral("requests.tab");
    RequestPage* page = current();
    if (id == QLatin1String("requests.new"))
        m_side->newRequest();
    else if (id == QLatin1String("requests.reopen"))
        reopen();
    else if (id == QLatin1String("requests.lastTab"))
        lastUsedTab();
    else if (id.startsWith(tabPrefix))
        m_tabs->setCurrentIndex(std::min(id.mid(tabPrefix.size()).toInt(), m_tabs->count()) - 1);
    else if (page == nullptr)
        return;
    else if (id == QLatin1String("requests.send"))
        page->sendOrCancel();
    else if (id == QLatin1String("requests.close"))
        closeTab(m_tabs->currentIndex());
    else if (id == QLatin1String("requests.url"))
        page->focusUrl();
    else if (id == QLatin1String("requests.via"))
        page->toggleVia();
    else if (id == QLatin1String("requests.curl"))
        page->copyCurl();
    else if (id == QLatin1String("requests.responsePlace"))
        page->toggleResponsePlace();
    else if (id == QLatin1String("requests.resign"))
        page->runPrimaryRepair();
}

void RequestsPanel::setSideVisible(bool visible)
{
    m_side->setVisible(visible);
    m_list->setVisible(!visible);
}

bool RequestsPanel::isSideVisible() const
{
    return !m_side->isHidden();
}

void RequestsPanel::resizeEvent(QResizeEvent* event)
{
    Panel::resizeEvent(event);
    for (RequestPage* page : std::as_const(m_pageOf))
        page->setSpace(size());
}

QUndoStack* RequestsPanel::undoStack() const
{
    auto* self = const_cast<RequestsPanel*>(this);
    RequestPage* page = current();
    if (m_side->hasTreeFocus() || page == nullptr)
        return &self->m_edits.undoStack();
    return &page->document().undoStack();
}

namespace {

QList<ActionSpec> requestActions()
{
    using Menu = ActionSpec::Menu;
    QList<ActionSpec> actions{
        {QStringLiteral("requests.send"),
         RequestsPanel::tr("Send"),
         {Qt::Key_F5},
         QLatin1String("send"),
         Menu::Request},
        {QStringLiteral("requests.new"),
         RequestsPanel::tr("New Request"),
         {Qt::CTRL | Qt::Key_T},
         QLatin1String("plus"),
         Menu::Request},
        {QStringLiteral("requests.close"),
         RequestsPanel::tr("Close Tab"),
         {Qt::CTRL | Qt::Key_W},
         QLatin1String("close"),
         Menu::Request},
        {QStringLiteral("requests.reopen"),
         RequestsPanel::tr("Reopen Closed Tab"),
         {Qt::CTRL | Qt::SHIFT | Qt::Key_T},
         {},
         Menu::Request},
        {QStringLiteral("requests.lastTab"),
         RequestsPanel::tr("Last Used Tab"),
         {Qt::CTRL | Qt::Key_Tab},
         {},
         Menu::Request},
        {QStringLiteral("requests.url"),
         RequestsPanel::tr("Edit URL"),
         {Qt::CTRL | Qt::Key_L},
         QLatin1String("link"),
         Menu::Request},
        {QStringLiteral("requests.via"),
         RequestsPanel::tr("Switch Between Gateway and Direct"),
         {Qt::CTRL | Qt::Key_G},
         QLatin1String("gateway"),
         Menu::Request},
        {QStringLiteral("requests.curl"),
         RequestsPanel::tr("Copy as curl"),
         {Qt::CTRL | Qt::SHIFT | Qt::Key_C},
         QLatin1String("copy"),
         Menu::Request},
        {QStringLiteral("requests.responsePlace"),
         RequestsPanel::tr("Response Beside or Below"),
         {},
         QLatin1String("pane-beside"),
         Menu::View},
        {QStringLiteral("requests.resign"),
         RequestsPanel::tr("Re-Sign the Refused Token"),
         {Qt::CTRL | Qt::SHIFT | Qt::Key_E},
         QLatin1String("wand"),
         Menu::Request},
    };
    for (int number = 1; number <= numberedTabs; ++number)
        actions.append({QStringLiteral("requests.tab%1").arg(number),
                        RequestsPanel::tr("Tab %1").arg(number),
                        {QKeySequence(static_cast<int>(Qt::CTRL) | (Qt::Key_0 + number))}});
    return actions;
}

QList<PaletteItem> requestItems(AppContext& context)
{
    QList<PaletteItem> items;
    for (const auto& folder : context.workspace.workspace().folders) {
        for (const auto& request : folder.requests) {
            PaletteItem item;
            item.kind = PaletteItem::Kind::Request;
            item.title = QString::fromStdString(request.name);
            item.detail = QString::fromStdString(folder.name);
            item.method = QString::fromStdString(request.method);
            item.open = [id = request.id](Panel& panel) { static_cast<RequestsPanel&>(panel).open(id); };
            items.append(item);
        }
    }
    return items;
}

} // namespace

PanelDescriptor requestsPanel()
{
    PanelDescriptor descriptor;
    descriptor.id = QStringLiteral("requests");
    descriptor.title = RequestsPanel::tr("Requests");
    descriptor.icon = QLatin1String("requests");
    descriptor.create = [](AppContext& context, ActionRegistry&) { return new RequestsPanel(context); };
    descriptor.actions = requestActions();
    descriptor.opens = {Link::Kind::UseRecipe};
    descriptor.paletteItems = requestItems;
    return descriptor;
}

} // namespace claimsmith::app
