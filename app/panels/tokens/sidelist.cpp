// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/sidelist.h"

#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/theme.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QScopedValueRollback>

#include <algorithm>

namespace claimsmith::app {

namespace {

constexpr int rowHeight = 40;
constexpr int margin = 12;
constexpr int dotTextStart = 29;
constexpr int iconTextStart = 36;
constexpr int dotDiameter = 8;
constexpr int cardGap = 4;

/// Where the parts of a row stand, from its left edge.
struct RowLook
{
    int height = rowHeight;
    int mark = margin;
    int text = iconTextStart;
    bool isCard = false;
};
constexpr RowLook listLook;
constexpr RowLook cardLook{60, 26, 56, true};

class SideDelegate final : public QStyledItemDelegate
{
public:
    explicit SideDelegate(const RowLook& look, QObject* parent) : QStyledItemDelegate(parent), m_look(look) {}

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override
    {
        return {0, std::max(m_look.height, lineHeight(TextStyle::Body) + lineHeight(TextStyle::Caption) + 4)};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const SideRow& row = rowOf(index);
        painter->save();
        const bool selected = option.state.testFlag(QStyle::State_Selected);
        paintGround(*painter, option);
        paintMark(*painter, option.rect, row);
        QRect box = option.rect.adjusted(row.dot ? dotTextStart : m_look.text, 4, -margin, -4);
        if (m_look.isCard)
            box.setTop(option.rect.center().y() - 17);
        if (!row.chip.isEmpty()) {
            const Chip chip{row.chip, Tone::Neutral, {}, true};
            const int width = sizeOf(chip).width();
            paintChip(*painter, QRect(box.right() + 1 - width, option.rect.top(), width, option.rect.height()), chip);
            box.setRight(box.right() - width - 8);
        }
        const QRect upper(box.left(), box.top(), box.width(), 18);
        const QRect lower(box.left(), upper.bottom() - 1, box.width(), 16);
        paintLine(*painter, upper, row.title, selected && row.dot ? TextStyle::BodyStrong : TextStyle::Body,
                  Role::Text);
        paintLine(*painter, lower, row.subtitle, TextStyle::Caption, Role::Text3);
        painter->restore();
    }

    QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem&, const QModelIndex&) const override
    {
        auto* editor = new QLineEdit(parent);
        editor->setAccessibleName(SideList::tr("Name"));
        return editor;
    }

    void updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option, const QModelIndex&) const override
    {
        editor->setGeometry(option.rect.adjusted(dotTextStart - 8, 6, -8, -6));
    }

private:
    static const SideRow& rowOf(const QModelIndex& index)
    {
        return static_cast<const SideListModel*>(index.model())->rows()[static_cast<std::size_t>(index.row())];
    }

    void paintGround(QPainter& painter, const QStyleOptionViewItem& option) const
    {
        const bool selected = option.state.testFlag(QStyle::State_Selected);
        if (!selected && !option.state.testFlag(QStyle::State_MouseOver))
            return;
        const bool active = option.state.testFlag(QStyle::State_Active);
        const QColor ground =
            selected ? option.palette.color(active ? QPalette::Active : QPalette::Inactive, QPalette::Highlight)
                     : color(Role::BgHover);
        if (!m_look.isCard)
            return painter.fillRect(option.rect, ground);
        paintBox(painter, option.rect.adjusted(margin, cardGap / 2, -margin, -cardGap / 2), metrics::radiusCard, ground,
                 selected ? color(Role::LineFocus) : QColor());
    }

    void paintMark(QPainter& painter, const QRect& rect, const SideRow& row) const
    {
        if (row.dot)
            paintDot(painter, QRect(margin, rect.top(), dotDiameter, rect.height()), dotDiameter,
                     toneColors(*row.dot).solid);
        else
            paintIcon(painter, QRect(m_look.mark, rect.top(), metrics::iconRow, rect.height()), row.icon,
                      metrics::iconRow, color(Role::Text2));
    }

    static void paintLine(QPainter& painter, const QRect& box, const QString& text, TextStyle style, Role role)
    {
        painter.setFont(textFont(style));
        painter.setPen(color(role));
        painter.drawText(box, Qt::AlignLeft | Qt::AlignVCenter,
                         QFontMetrics(painter.font()).elidedText(text, Qt::ElideRight, box.width()));
    }

    RowLook m_look;
};

} // namespace

void SideListModel::setRows(std::vector<SideRow> rows)
{
    const bool sameIds = std::equal(rows.begin(), rows.end(), m_rows.begin(), m_rows.end(),
                                    [](const SideRow& a, const SideRow& b) { return a.id == b.id; });
    if (!sameIds) {
        beginResetModel();
        m_rows = std::move(rows);
        endResetModel();
        return;
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (m_rows[i] == rows[i])
            continue;
        m_rows[i] = std::move(rows[i]);
        const QModelIndex changed = index(static_cast<int>(i));
        emit dataChanged(changed, changed);
    }
}

int SideListModel::rowOf(const QString& id) const noexcept
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [&](const SideRow& row) { return row.id == id; });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

int SideListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant SideListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const SideRow& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
    case Qt::ToolTipRole:
        return row.title;
    case Qt::AccessibleTextRole:
        //: a token's or key's name and its state
        return tr("%1, %2").arg(row.title, row.subtitle);
    case IdRole:
        return row.id;
    default:
        return {};
    }
}

Qt::ItemFlags SideListModel::flags(const QModelIndex& index) const
{
    return QAbstractListModel::flags(index) | Qt::ItemIsEditable;
}

bool SideListModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (role != Qt::EditRole || !checkIndex(index, CheckIndexOption::IndexIsValid))
        return false;
    emit renamed(m_rows[static_cast<std::size_t>(index.row())].id, value.toString());
    return true;
}

SideList::SideList(QWidget* parent) : QListView(parent), m_model(*new SideListModel(this))
{
    setModel(&m_model);
    setItemDelegate(new SideDelegate(listLook, this));
    setFrameShape(QFrame::NoFrame);
    setMouseTracking(true);
    setEditTriggers(EditKeyPressed);
    setUniformItemSizes(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFillRole(this, Role::BgPanel);
    connect(&Theme::instance(), &Theme::changed, this, [this] { scheduleDelayedItemsLayout(); });
}

void SideList::setRows(std::vector<SideRow> rows)
{
    const QString id = currentId();
    const QScopedValueRollback silent(m_silent, true);
    m_model.setRows(std::move(rows));
    if (currentId() != id)
        setCurrentIndex(m_model.index(m_model.rowOf(id)));
    applyFilter();
}

void SideList::setCurrentId(const QString& id)
{
    const QScopedValueRollback silent(m_silent, true);
    if (currentId() != id)
        setCurrentIndex(m_model.index(m_model.rowOf(id)));
}

QString SideList::currentId() const
{
    return currentIndex().data(SideListModel::IdRole).toString();
}

void SideList::setFilter(const QString& text)
{
    m_filter = text.trimmed();
    applyFilter();
}

void SideList::setCards()
{
    delete itemDelegate();
    setItemDelegate(new SideDelegate(cardLook, this));
}

void SideList::applyFilter()
{
    for (int row = 0; row < m_model.rowCount(); ++row) {
        const SideRow& content = m_model.rows()[static_cast<std::size_t>(row)];
        setRowHidden(row, !content.title.contains(m_filter, Qt::CaseInsensitive) &&
                              !content.subtitle.contains(m_filter, Qt::CaseInsensitive) &&
                              !content.chip.contains(m_filter, Qt::CaseInsensitive));
    }
}

void SideList::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QListView::currentChanged(current, previous);
    if (!m_silent && current.isValid())
        emit chosen(current.data(SideListModel::IdRole).toString());
}

void SideList::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Delete && currentIndex().isValid())
        return emit removeRequested(currentId());
    if (event->key() == Qt::Key_D && event->modifiers() == Qt::ControlModifier && currentIndex().isValid())
        return emit duplicateRequested(currentId());
    QListView::keyPressEvent(event);
}

void SideList::contextMenuEvent(QContextMenuEvent* event)
{
    const bool byMouse = event->reason() == QContextMenuEvent::Mouse;
    const QModelIndex index = byMouse ? indexAt(event->pos()) : currentIndex();
    if (index.isValid())
        emit menuRequested(index.data(SideListModel::IdRole).toString(),
                           byMouse ? event->globalPos() : viewport()->mapToGlobal(visualRect(index).bottomLeft()));
}

} // namespace claimsmith::app
