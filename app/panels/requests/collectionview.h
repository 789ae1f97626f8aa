// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "workspace/model.h"

#include <QTreeView>

class QSortFilterProxyModel;

namespace claimsmith::app {

class CollectionModel;

/// The tree of folders and requests: one click opens a request, F2 renames in place.
class CollectionView final : public QTreeView
{
    Q_OBJECT

public:
    explicit CollectionView(CollectionModel& model, QWidget* parent = nullptr);

    void setFilter(const QString& words);
    /// Marks the request whose tab is shown, without opening it.
    void showCurrent(const workspace::Id& id);
    /// Of the current row; empty when there is none.
    workspace::Id currentId() const;
    bool isCurrentFolder() const;
    void rename(const workspace::Id& id);

signals:
    void requestChosen(const std::string& id);

protected:
    void drawBranches(QPainter* painter, const QRect& rect, const QModelIndex& index) const override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QModelIndex viewIndex(const workspace::Id& id) const;

    CollectionModel& m_model;
    QSortFilterProxyModel* m_filter;
};

} // namespace claimsmith::app
