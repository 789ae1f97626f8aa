// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "panels/tokens/attack/attackresult.h"

#include <QAbstractTableModel>
#include <QStyledItemDelegate>

#include <optional>
#include <vector>

namespace claimsmith::app {

/// The matrix as a table: a row for each group, then its tokens; a column for the token, then one for each place.
class AttackModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum ItemRole { GroupRole = Qt::UserRole }; ///< bool: a heading over the whole width

    using QAbstractTableModel::QAbstractTableModel;

    /// The matrix has to outlive the model or the next call.
    void setMatrix(const AttackMatrix* matrix);
    void updateCell(int row, int place);

    /// Of a row of the table; nothing for a heading.
    std::optional<std::size_t> matrixRow(int row) const;
    int tableRow(std::size_t matrixRow) const;
    /// Null for headings and the column of tokens.
    const AttackCell* cellAt(const QModelIndex& index) const;
    const AttackRow* rowAt(const QModelIndex& index) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    struct Line
    {
        QString heading;
        std::size_t row = 0;
    };

    const AttackMatrix* m_matrix = nullptr;
    std::vector<Line> m_lines;
};

/// Status and reason in the colour of the outcome; a forged token that was let in has a bar at its left.
class AttackDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace claimsmith::app
