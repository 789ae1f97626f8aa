// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QSettings;
class QSortFilterProxyModel;
class QTableView;

namespace claimsmith::app {

class ActionRegistry;
class MessageBar;
class ShortcutModel;

/// Settings, Keyboard: all commands and their keys. A double click, Enter or F2 on a row records other keys, Delete
/// takes them away; changes apply at once.
class KeyboardPage final : public QWidget
{
    Q_OBJECT

public:
    /// Both have to outlive the page.
    KeyboardPage(ActionRegistry& actions, QSettings& settings, QWidget* parent = nullptr);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void makeTable();
    void askToTake(const QString& id, const QKeySequence& keys, const QString& holder);
    void showMenu(const QPoint& point);
    /// The keys cell of the row in front; invalid without one.
    QModelIndex currentKeys() const;
    void edit();
    void clear();

    ActionRegistry& m_actions;
    ShortcutModel* m_model;
    QSortFilterProxyModel* m_proxy;
    QTableView* m_table;
    MessageBar* m_message;
};

} // namespace claimsmith::app
