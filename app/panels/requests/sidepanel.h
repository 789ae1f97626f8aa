// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "platform/historystore.h"
#include "workspace/model.h"

#include <QWidget>

namespace claimsmith::app {

struct AppContext;
class CollectionEdits;
class CollectionModel;
class CollectionView;
class SearchField;
class UndoBar;

/// The left of the Requests page: the collection tree with its filter, and the history below.
class RequestsSide final : public QWidget
{
    Q_OBJECT

public:
    RequestsSide(AppContext& context, CollectionEdits& edits, QWidget* parent = nullptr);

    void showCurrent(const workspace::Id& request);
    void focusFilter();
    /// Whether Ctrl Z means the tree.
    bool hasTreeFocus() const;
    void newRequest();
    void renameCurrent();
    void duplicateCurrent();
    void deleteCurrent();

signals:
    void requestChosen(const std::string& id);
    void entryChosen(const claimsmith::app::HistoryEntry& entry);
    void copyCurlRequested(const std::string& id);
    void treeFocusChanged();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* makeCollections();
    QWidget* makeHistory();
    void addTreeActions();
    void showMenu(const QPoint& point);

    AppContext& m_context;
    CollectionEdits& m_edits;
    CollectionModel* m_model;
    CollectionView* m_tree;
    SearchField* m_filter;
    UndoBar* m_undoBar;
};

} // namespace claimsmith::app
