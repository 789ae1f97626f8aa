// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/keyvaluetable.h"

#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/styleviews.h"
#include "theme/theme.h"
#include "widgets/variabletext.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QMenu>
#include <QPainter>
#include <QStyledItemDelegate>

#include <algorithm>

namespace claimsmith::app {

namespace {

constexpr int enabledWidth = 36;
constexpr int cellPadding = 8;

/// Draws rows and edits cells with a VariableEdit.
class RowDelegate final : public QStyledItemDelegate
{
public:
    explicit RowDelegate(KeyValueTable* table) : QStyledItemDelegate(table), m_table(table) {}

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        QStyleOptionViewItem cell = option;
        initStyleOption(&cell, index);
        styleviews::drawRow(cell, *painter);
        painter->fillRect(QRect(cell.rect.left(), cell.rect.bottom(), cell.rect.width(), 1), color(Role::LineSubtle));
        if (index.column() == KeyValueModel::EnabledColumn)
            paintCheck(*painter, cell, index);
        else
            paintText(*painter, cell, index);
    }

    QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem&, const QModelIndex& index) const override
    {
        auto* editor = new VariableEdit(VariableEdit::Frame::Field, ControlSize::Normal, parent);
        editor->setResolver(m_table->resolver());
        editor->setNames(m_table->names());
        editor->setAccessibleName(m_table->model()->headerData(index.column(), Qt::Horizontal).toString());
        connect(editor, &VariableEdit::returnPressed, this, [this, editor] {
            auto* self = const_cast<RowDelegate*>(this);
            emit self->commitData(editor);
            emit self->closeEditor(editor, QAbstractItemDelegate::EditNextItem);
        });
        return editor;
    }

    void setEditorData(QWidget* editor, const QModelIndex& index) const override
    {
        static_cast<VariableEdit*>(editor)->setText(index.data(Qt::EditRole).toString());
        static_cast<VariableEdit*>(editor)->moveCursor(QTextCursor::End);
    }

    void setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) const override
    {
        model->setData(index, static_cast<VariableEdit*>(editor)->text(), Qt::EditRole);
    }

    void updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option, const QModelIndex&) const override
    {
        editor->setGeometry(option.rect);
    }

private:
    static void paintCheck(QPainter& painter, const QStyleOptionViewItem& cell, const QModelIndex& index)
    {
        if (index.data(KeyValueModel::AutomaticRole).toBool()) {
            paintIcon(painter, cell.rect, QLatin1String("lock"), metrics::iconChip, color(Role::Text3));
            return;
        }
        if (!index.data(Qt::CheckStateRole).isValid())
            return;
        QStyleOptionButton box;
        box.state = QStyle::State_Enabled;
        box.state |= index.data(Qt::CheckStateRole).toInt() == Qt::Checked ? QStyle::State_On : QStyle::State_Off;
        const int side = QApplication::style()->pixelMetric(QStyle::PM_IndicatorWidth);
        box.rect = QStyle::alignedRect(Qt::LeftToRight, Qt::AlignCenter, {side, side}, cell.rect);
        QApplication::style()->drawPrimitive(QStyle::PE_IndicatorCheckBox, &box, &painter);
    }

    void paintText(QPainter& painter, const QStyleOptionViewItem& cell, const QModelIndex& index) const
    {
        const bool quiet =
            index.data(KeyValueModel::AutomaticRole).toBool() ||
            index.siblingAtColumn(KeyValueModel::EnabledColumn).data(Qt::CheckStateRole).toInt() != Qt::Checked;
        const QRect box = cell.rect.adjusted(cellPadding, 0, -cellPadding, 0);
        painter.setFont(textFont(TextStyle::Mono));
        const QString text = index.data(Qt::DisplayRole).toString();
        if (text.isEmpty() && index.row() == index.model()->rowCount() - 1) {
            painter.setFont(textFont(TextStyle::Small));
            painter.setPen(color(Role::Text3));
            painter.drawText(box, Qt::AlignLeft | Qt::AlignVCenter,
                             index.column() == KeyValueModel::NameColumn ? KeyValueTable::tr("Add a name")
                                                                         : KeyValueTable::tr("Value"));
            return;
        }
        const auto references =
            m_table->resolver() ? m_table->resolver()(text) : workspace::findReferences(text.toStdString());
        paintVariableText(painter, box, text, references, quiet ? Role::Text3 : Role::Text);
    }

    KeyValueTable* m_table;
};

} // namespace

KeyValueTable::KeyValueTable(const QString& name, QWidget* parent)
    : QTableView(parent), m_model(new KeyValueModel(this))
{
    setModel(m_model);
    setItemDelegate(new RowDelegate(this));
    setAccessibleName(name);
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setSelectionBehavior(SelectRows);
    setEditTriggers(DoubleClicked | SelectedClicked | EditKeyPressed | AnyKeyPressed);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    verticalHeader()->hide();
    verticalHeader()->setMinimumSectionSize(16);
    verticalHeader()->setDefaultSectionSize(Theme::instance().rowHeight());
    horizontalHeader()->setFixedHeight(metrics::tableHeader);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setHighlightSections(false);
    connect(&Theme::instance(), &Theme::changed, this,
            [this] { verticalHeader()->setDefaultSectionSize(Theme::instance().rowHeight()); });
    // The empty row invites to type: one click is enough there.
    connect(this, &QAbstractItemView::clicked, this, [this](const QModelIndex& index) {
        if (index.row() == m_model->rowCount() - 1 && index.column() != KeyValueModel::EnabledColumn)
            edit(index);
    });
}

void KeyValueTable::setResolver(VariableEdit::Resolver resolver)
{
    m_resolver = std::move(resolver);
    viewport()->update();
}

void KeyValueTable::setNames(const QStringList& names)
{
    m_names = names;
}

QList<int> KeyValueTable::selectedRows() const
{
    QList<int> rows;
    for (const auto& index : selectionModel()->selectedRows())
        rows << index.row();
    std::sort(rows.begin(), rows.end());
    return rows;
}

void KeyValueTable::copy() const
{
    QApplication::clipboard()->setText(m_model->textOf(selectedRows()));
}

void KeyValueTable::paste()
{
    const QString text = QApplication::clipboard()->text();
    m_model->insertText(currentIndex().isValid() ? currentIndex().row() : m_model->rowCount(), text);
}

void KeyValueTable::removeSelected()
{
    m_model->removeRowsAt(selectedRows());
}

void KeyValueTable::moveSelected(int distance)
{
    if (const QModelIndex current = currentIndex(); current.isValid()) {
        m_model->moveRowBy(current.row(), distance);
    }
}

void KeyValueTable::keyPressEvent(QKeyEvent* event)
{
    const bool alt = event->modifiers().testFlag(Qt::AltModifier);
    if (event->matches(QKeySequence::Copy))
        copy();
    else if (event->matches(QKeySequence::Paste))
        paste();
    else if (event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace)
        removeSelected();
    else if (alt && event->key() == Qt::Key_Up)
        moveSelected(-1);
    else if (alt && event->key() == Qt::Key_Down)
        moveSelected(1);
    else
        QTableView::keyPressEvent(event);
}

void KeyValueTable::contextMenuEvent(QContextMenuEvent* event)
{
    QMenu menu(this);
    menu.addAction(tr("Copy"), this, &KeyValueTable::copy);
    menu.addAction(tr("Paste rows"), this, &KeyValueTable::paste);
    menu.addSeparator();
    menu.addAction(tr("Move up"), this, [this] { moveSelected(-1); });
    menu.addAction(tr("Move down"), this, [this] { moveSelected(1); });
    menu.addSeparator();
    menu.addAction(tr("Delete"), this, &KeyValueTable::removeSelected);
    menu.exec(event->globalPos());
}

void KeyValueTable::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    const int rest = viewport()->width() - enabledWidth;
    const int name = std::clamp(rest / 3, 120, 280);
    setColumnWidth(KeyValueModel::EnabledColumn, enabledWidth);
    setColumnWidth(KeyValueModel::NameColumn, name);
    setColumnWidth(KeyValueModel::ValueColumn, std::max(80, rest - name));
}

} // namespace claimsmith::app
