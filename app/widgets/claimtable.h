// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/claimmodel.h"

#include <QStyledItemDelegate>
#include <QTableView>

namespace claimsmith::app {

/// Draws claims; the quick buttons stand at the right end of the meaning.
class ClaimDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const override;
    bool editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
                     const QModelIndex& index) override;

    /// The button of an action in a cell of the meaning column.
    static QRect buttonRect(const QRect& cell, const std::vector<ClaimAction>& actions, std::size_t action);

signals:
    void actionClicked(int row, claimsmith::app::ClaimAction action);
    void referenceClicked(int row);
    void pickClicked(int row) const;
};

/// The claims of a token: name, raw value, meaning, and quick buttons for times. Names and values are edited in place,
/// with F2 or a double click; the context menu and Delete do the rest.
class ClaimTable final : public QTableView
{
    Q_OBJECT

public:
    explicit ClaimTable(QWidget* parent = nullptr);

    ClaimModel& claims() const noexcept { return m_model; }
    void setRows(std::vector<ClaimRow> rows);
    /// Puts the caret into the cell of this claim.
    void editClaim(const QString& name, ClaimModel::Column column);
    /// The height that shows all rows without scrolling.
    int fullHeight() const;

signals:
    void renamed(int row, const QString& name);
    void valueTyped(int row, const QString& text);
    void removed(int row);
    void actionTriggered(int row, claimsmith::app::ClaimAction action);
    void referenceActivated(int row);
    /// A person wants to choose date and time of this claim: Alt Down, F4, the menu, the clock in the editor.
    void pickRequested(int row);
    void rowsChanged();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void fitColumns();

    ClaimModel& m_model;
    ClaimDelegate& m_delegate;
};

} // namespace claimsmith::app
