// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "panels/requests/collectionedits.h"
#include "shell/panel.h"
#include "workspace/model.h"

#include <QHash>

#include <vector>

class QSplitter;
class QStackedWidget;

namespace claimsmith::app {

struct HistoryEntry;
class DocumentTabs;
class IconButton;
class RequestPage;
class RequestsSide;

/// The Requests page: the collections at the left, the open requests as tabs.
class RequestsPanel final : public Panel
{
    Q_OBJECT

public:
    explicit RequestsPanel(AppContext& context, QWidget* parent = nullptr);
    ~RequestsPanel() override;

    /// Opens the request in a tab, or shows the tab it has.
    void open(const workspace::Id& request);
    RequestPage* current() const;

    void focusMain() override;
    QString subject() const override;
    void runPrimary() override;
    void focusFilter() override;
    bool cancel() override;
    void openLink(const Link& link) override;
    void runAction(const QString& id) override;
    void setSideVisible(bool visible) override;
    bool isSideVisible() const override;
    QUndoStack* undoStack() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* makeTabs();
    void connectParts();
    void onWorkspaceOpened();
    void closeTab(int index);
    void reopen();
    void showTab(int index);
    void updateTabs();
    void showTabMenu();
    void lastUsedTab();
    void chooseEntry(const HistoryEntry& entry);
    int tabOf(const workspace::Id& request) const;

    AppContext& m_context;
    CollectionEdits m_edits;
    QSplitter* m_splitter;
    RequestsSide* m_side;
    IconButton* m_list;
    DocumentTabs* m_tabs;
    QStackedWidget* m_pages;
    QWidget* m_empty;
    std::vector<workspace::Id> m_open;     ///< in the order of the tabs
    std::vector<workspace::Id> m_used;     ///< the last used first
    std::vector<workspace::Id> m_closed;   ///< the last closed at the end
    QHash<QString, RequestPage*> m_pageOf; ///< by request id
};

PanelDescriptor requestsPanel();

} // namespace claimsmith::app
