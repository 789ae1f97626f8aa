// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shell/palettesearch.h"

#include <QAbstractListModel>
#include <QStyledItemDelegate>

namespace claimsmith::app {

/// The palette's hits as rows, with a title row before each group.
class PaletteModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    using QAbstractListModel::QAbstractListModel;

    /// The hits' entries have to stay where they are until the next call.
    void setHits(std::vector<PaletteHit> hits);
    /// Null for a title row.
    const PaletteHit* hitAt(int row) const;
    QString groupTitle(int row) const;

    /// The first row that can be run, or -1.
    int firstHit() const { return m_rows.empty() ? -1 : 1; }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    struct Row
    {
        PaletteEntry::Group group;
        int hit; ///< -1: the group's title
    };

    std::vector<PaletteHit> m_hits;
    std::vector<Row> m_rows;
};

class PaletteDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace claimsmith::app
