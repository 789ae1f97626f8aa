// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QTableView>

namespace claimsmith::app {

/// A parameter or header as edited: kept in its place when switched off.
struct KeyValue
{
    bool enabled = true;
    QString name;
    QString value;
    QString note;

    bool isEmpty() const { return name.isEmpty() && value.isEmpty() && note.isEmpty(); }

    friend bool operator==(const KeyValue&, const KeyValue&) = default;
};

/// Rows of name and value with one empty row at the end, which becomes a row when something is typed into it.
class KeyValueModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Enabled, Name, Value, Note, ColumnCount };

    explicit KeyValueModel(QObject* parent = nullptr);

    const QList<KeyValue>& pairs() const { return m_pairs; }

    void setPairs(const QList<KeyValue>& pairs);
    void remove(int row);
    /// Moves a row by one; false at the ends.
    bool move(int row, int by);

    bool isLastRow(int row) const { return row == m_pairs.size(); }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

signals:
    /// The user changed something.
    void edited();

private:
    QList<KeyValue> m_pairs;
};

/// The table over it: check box, name, value with variable chips, description. Delete removes the row, Alt Up and Alt
/// Down move it.
class KeyValueTable final : public QTableView
{
    Q_OBJECT

public:
    explicit KeyValueTable(QWidget* parent = nullptr);

    QList<KeyValue> pairs() const { return m_model->pairs(); }

    void setPairs(const QList<KeyValue>& pairs) { m_model->setPairs(pairs); }

    /// Names offered inside "{{".
    void setVariables(const QStringList& names);
    /// Names offered in the first column, such as those of common headers.
    void setNames(const QStringList& names);

signals:
    void edited();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    KeyValueModel* m_model;
    class KeyValueDelegate* m_delegate;
};

} // namespace claimsmith::app
