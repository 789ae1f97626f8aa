// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/keyvaluemodel.h"
#include "widgets/variableedit.h"

#include <QTableView>

namespace claimsmith::app {

/// A table of names and values: click or type to edit, the last row is always empty. Delete removes rows, Alt Up and
/// Alt Down move one, pasted lines become rows. Values may hold `{{references}}`, shown as chips.
class KeyValueTable final : public QTableView
{
    Q_OBJECT

public:
    /// `name` is the accessible name, "Headers".
    explicit KeyValueTable(const QString& name, QWidget* parent = nullptr);

    KeyValueModel& rowsModel() const { return *m_model; }
    void setResolver(VariableEdit::Resolver resolver);
    const VariableEdit::Resolver& resolver() const { return m_resolver; }
    void setNames(const QStringList& names);
    const QStringList& names() const { return m_names; }

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    QList<int> selectedRows() const;
    void copy() const;
    void paste();
    void removeSelected();
    void moveSelected(int distance);

    KeyValueModel* m_model;
    VariableEdit::Resolver m_resolver;
    QStringList m_names;
};

} // namespace claimsmith::app
