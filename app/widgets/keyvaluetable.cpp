// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/keyvaluetable.h"

#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/stylebuttons.h"
#include "theme/theme.h"
#include "widgets/variableedit.h"
#include "widgets/variabletext.h"

#include <QCompleter>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QStyledItemDelegate>

namespace claimsmith::app {
namespace {

constexpr int boxColumn = 40;
constexpr int nameColumn = 260;
constexpr int noteColumn = 240;
constexpr int boxSide = 16;
constexpr int cellPadding = 8;

} // namespace

KeyValueModel::KeyValueModel(QObject* parent) : QAbstractTableModel(parent) {}

void KeyValueModel::setPairs(const QList<KeyValue>& pairs)
{
    if (pairs == m_pairs)
        return;
    beginResetModel();
    m_pairs = pairs;
    endResetModel();
}

void KeyValueModel::remove(int row)
{
    if (row < 0 || row >= m_pairs.size())
        return;
    beginRemoveRows({}, row, row);
    m_pairs.removeAt(row);
    endRemoveRows();
    emit edited();
}

bool KeyValueModel::move(int row, int by)
{
    const int target = row + by;
    if (row < 0 || row >= m_pairs.size() || target < 0 || target >= m_pairs.size())
        return false;
    beginMoveRows({}, row, row, {}, by > 0 ? target + 1 : target);
    m_pairs.move(row, target);
    endMoveRows();
    emit edited();
    return true;
}

int KeyValueModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_pairs.size()) + 1;
}

int KeyValueModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant KeyValueModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const KeyValue pair = isLastRow(index.row()) ? KeyValue{} : m_pairs.at(index.row());
    if (role == Qt::CheckStateRole && index.column() == Enabled)
        return isLastRow(index.row()) ? QVariant() : QVariant(pair.enabled ? Qt::Checked : Qt::Unchecked);
    if (role == Qt::AccessibleTextRole)
        return tr("%1, %2, %3").arg(pair.name, pair.value, pair.enabled ? tr("sent") : tr("not sent"));
    if (role != Qt::DisplayRole && role != Qt::EditRole)
        return {};
    switch (index.column()) {
    case Name:
        return pair.name;
    case Value:
        return pair.value;
    case Note:
        return pair.note;
    default:
        return {};
    }
}

bool KeyValueModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || (role != Qt::EditRole && role != Qt::CheckStateRole))
        return false;
    const bool last = isLastRow(index.row());
    KeyValue pair = last ? KeyValue{} : m_pairs.at(index.row());
    const KeyValue old = pair;
    switch (index.column()) {
    case Enabled:
        pair.enabled = value.toInt() == Qt::Checked;
        break;
    case Name:
        pair.name = value.toString();
        break;
    case Value:
        pair.value = value.toString();
        break;
    default:
        pair.note = value.toString();
    }
    if (pair == old)
        return false;
    if (last) {
        const int row = static_cast<int>(m_pairs.size());
        beginInsertRows({}, row + 1, row + 1);
        m_pairs.append(pair);
        endInsertRows();
    } else {
        m_pairs[index.row()] = pair;
    }
    emit dataChanged(index.siblingAtColumn(0), index.siblingAtColumn(ColumnCount - 1));
    emit edited();
    return true;
}

QVariant KeyValueModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Name");
    case Value:
        return tr("Value");
    case Note:
        return tr("Description");
    default:
        return {};
    }
}

Qt::ItemFlags KeyValueModel::flags(const QModelIndex& index) const
{
    if (!index.isValid())
        return {};
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    if (index.column() == Enabled)
        return isLastRow(index.row()) ? flags : flags | Qt::ItemIsUserCheckable;
    return flags | Qt::ItemIsEditable;
}

class KeyValueDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QStringList variables;
    QStringList names;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        QStyleOptionViewItem item = option;
        initStyleOption(&item, index);
        item.text.clear();
        if (option.widget)
            option.widget->style()->drawPrimitive(QStyle::PE_PanelItemViewItem, &item, painter, option.widget);
        const auto* model = static_cast<const KeyValueModel*>(index.model());
        const bool last = model->isLastRow(index.row());
        const bool enabled = last || model->pairs().at(index.row()).enabled;
        if (index.column() == KeyValueModel::Enabled) {
            if (!last)
                paintCheck(*painter, option, enabled);
        } else {
            const QString text = index.data().toString();
            const QRect cell = option.rect.adjusted(cellPadding, 0, -cellPadding, 0);
            if (text.isEmpty() && last && index.column() == KeyValueModel::Name) {
                painter->setFont(textFont(TextStyle::Small));
                painter->setPen(color(Role::Text3));
                painter->drawText(cell, Qt::AlignVCenter | Qt::AlignLeft, KeyValueTable::tr("Add a row"));
            } else if (index.column() == KeyValueModel::Note) {
                painter->setFont(textFont(TextStyle::Small));
                painter->setPen(color(Role::Text3));
                painter->drawText(cell, Qt::AlignVCenter | Qt::AlignLeft,
                                  painter->fontMetrics().elidedText(text, Qt::ElideRight, cell.width()));
            } else {
                paintVariableText(*painter, cell, text, enabled ? Role::Text : Role::Text3);
            }
        }
        painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                          color(Role::LineSubtle));
    }

    QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem&, const QModelIndex& index) const override
    {
        if (index.column() == KeyValueModel::Value) {
            auto* edit = new VariableEdit(parent);
            edit->setVariables(variables);
            edit->setAccessibleName(index.model()->headerData(index.column(), Qt::Horizontal).toString());
            connect(edit, &VariableEdit::returnPressed, edit, [this, edit] {
                auto* self = const_cast<KeyValueDelegate*>(this);
                emit self->commitData(edit);
                emit self->closeEditor(edit, EditNextItem);
            });
            return edit;
        }
        auto* edit = new QLineEdit(parent);
        setTextStyle(edit, index.column() == KeyValueModel::Name ? TextStyle::Mono : TextStyle::Small);
        edit->setAccessibleName(index.model()->headerData(index.column(), Qt::Horizontal).toString());
        if (index.column() == KeyValueModel::Name && !names.isEmpty()) {
            auto* completer = new QCompleter(names, edit);
            completer->setCaseSensitivity(Qt::CaseInsensitive);
            edit->setCompleter(completer);
        }
        return edit;
    }

    void setEditorData(QWidget* editor, const QModelIndex& index) const override
    {
        if (auto* edit = qobject_cast<VariableEdit*>(editor)) {
            edit->setText(index.data(Qt::EditRole).toString());
            edit->selectAll();
        } else {
            QStyledItemDelegate::setEditorData(editor, index);
        }
    }

    void setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) const override
    {
        if (const auto* edit = qobject_cast<VariableEdit*>(editor))
            model->setData(index, edit->text());
        else
            QStyledItemDelegate::setModelData(editor, model, index);
    }

    bool editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
                     const QModelIndex& index) override
    {
        if (index.column() == KeyValueModel::Enabled && event->type() == QEvent::MouseButtonRelease &&
            index.flags().testFlag(Qt::ItemIsUserCheckable)) {
            const bool on = index.data(Qt::CheckStateRole).toInt() == Qt::Checked;
            return model->setData(index, on ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
        }
        return QStyledItemDelegate::editorEvent(event, model, option, index);
    }

private:
    static void paintCheck(QPainter& painter, const QStyleOptionViewItem& option, bool on)
    {
        QStyleOption box;
        box.rect = QRect(option.rect.x() + option.rect.width() - boxSide - 4,
                         option.rect.y() + (option.rect.height() - boxSide) / 2, boxSide, boxSide);
        box.state = QStyle::State_Enabled | (on ? QStyle::State_On : QStyle::State_Off);
        stylebuttons::drawCheckBox(box, painter);
    }
};

KeyValueTable::KeyValueTable(QWidget* parent)
    : QTableView(parent), m_model(new KeyValueModel(this)), m_delegate(new KeyValueDelegate(this))
{
    setModel(m_model);
    setItemDelegate(m_delegate);
    setShowGrid(false);
    setWordWrap(false);
    setFrameShape(QFrame::NoFrame);
    setSelectionMode(SingleSelection);
    setTabKeyNavigation(false);
    setEditTriggers(DoubleClicked | EditKeyPressed | AnyKeyPressed | SelectedClicked | CurrentChanged);
    verticalHeader()->hide();
    verticalHeader()->setMinimumSectionSize(16);
    verticalHeader()->setDefaultSectionSize(Theme::instance().rowHeight());
    horizontalHeader()->setFixedHeight(metrics::tableHeader);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSectionResizeMode(KeyValueModel::Enabled, QHeaderView::Fixed);
    horizontalHeader()->setSectionResizeMode(KeyValueModel::Value, QHeaderView::Stretch);
    setColumnWidth(KeyValueModel::Enabled, boxColumn);
    setColumnWidth(KeyValueModel::Name, nameColumn);
    setColumnWidth(KeyValueModel::Note, noteColumn);
    connect(m_model, &KeyValueModel::edited, this, &KeyValueTable::edited);
    connect(&Theme::instance(), &Theme::changed, this,
            [this] { verticalHeader()->setDefaultSectionSize(Theme::instance().rowHeight()); });
}

void KeyValueTable::setVariables(const QStringList& names)
{
    m_delegate->variables = names;
}

void KeyValueTable::setNames(const QStringList& names)
{
    m_delegate->names = names;
}

void KeyValueTable::keyPressEvent(QKeyEvent* event)
{
    const QModelIndex index = currentIndex();
    if (index.isValid() && state() != EditingState) {
        if (event->key() == Qt::Key_Delete) {
            m_model->remove(index.row());
            return;
        }
        if (event->key() == Qt::Key_Space && index.column() == KeyValueModel::Enabled) {
            const bool on = index.data(Qt::CheckStateRole).toInt() == Qt::Checked;
            m_model->setData(index, on ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
            return;
        }
        const bool up = event->key() == Qt::Key_Up;
        if (event->modifiers().testFlag(Qt::AltModifier) && (up || event->key() == Qt::Key_Down)) {
            if (m_model->move(index.row(), up ? -1 : 1))
                setCurrentIndex(m_model->index(index.row() + (up ? -1 : 1), index.column()));
            return;
        }
    }
    QTableView::keyPressEvent(event);
}

} // namespace claimsmith::app
