// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shell/actionregistry.h"

#include <QAbstractTableModel>

namespace claimsmith::app {

/// The commands with their keys; the keys can be edited. Asks before taking keys away from another command.
class ShortcutModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { CommandColumn, KeysColumn, ColumnCount };
    enum Role { KeysRole = Qt::UserRole + 1 }; ///< QKeySequence, to be set

    /// `actions` has to outlive the model.
    explicit ShortcutModel(ActionRegistry& actions, QObject* parent = nullptr);

    QString idOf(const QModelIndex& index) const { return m_actions.specs().at(index.row()).id; }
    QString nameOf(const QString& id) const;
    /// Sets the keys, whoever had them loses them.
    void take(const QString& id, const QKeySequence& keys);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

signals:
    /// Nothing was changed, because another command has these keys.
    void taken(const QString& id, const QKeySequence& keys, const QString& holder);

private:
    ActionRegistry& m_actions;
};

} // namespace claimsmith::app
