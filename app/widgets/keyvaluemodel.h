// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "workspace/model.h"

#include <QAbstractTableModel>

#include <vector>

namespace claimsmith::app {

/// Rows of a parameter or header table, with an empty one at the end to type into, and before them rows that the
/// program adds by itself and that cannot be edited.
class KeyValueModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { EnabledColumn, NameColumn, ValueColumn, ColumnCount };
    enum Role { AutomaticRole = Qt::UserRole + 1 };

    struct AutomaticRow
    {
        QString name;
        QString value;
        QString origin; ///< why it is there: "from Auth"
        friend bool operator==(const AutomaticRow&, const AutomaticRow&) = default;
    };

    explicit KeyValueModel(QObject* parent = nullptr);

    /// The user's rows, without the empty one.
    const std::vector<workspace::Row>& rows() const noexcept { return m_rows; }
    /// Shows other rows; edited() is not emitted.
    void setRows(const std::vector<workspace::Row>& rows);
    void setAutomaticRows(std::vector<AutomaticRow> rows);

    /// Row numbers of the model, automatic and empty ones are ignored.
    void removeRowsAt(QList<int> rows);
    void moveRowBy(int row, int distance);
    /// Puts rows before `row`; "name: value" or "name=value" a line, "#" before a line disables it.
    void insertText(int row, const QString& text);
    QString textOf(const QList<int>& rows) const;
    static std::vector<workspace::Row> parseText(const QString& text);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

signals:
    /// The user changed rows().
    void edited();

private:
    int automaticCount() const { return static_cast<int>(m_automatic.size()); }
    bool isAutomatic(int row) const { return row < automaticCount(); }
    bool isEmptyRow(int row) const { return row == automaticCount() + static_cast<int>(m_rows.size()); }
    workspace::Row* userRow(int row);
    const workspace::Row* userRow(int row) const;

    std::vector<AutomaticRow> m_automatic;
    std::vector<workspace::Row> m_rows;
};

} // namespace claimsmith::app
