// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/requests/texttable.h"

#include "theme/metrics.h"
#include "theme/styleviews.h"
#include "theme/theme.h"

#include <QAbstractTableModel>
#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QStyledItemDelegate>

namespace claimsmith::app {

namespace {

using Mark = TextTableRow::Mark;

constexpr int cellPadding = 8;
constexpr int edgePadding = 16;
constexpr int signWidth = 24; // bar, sign and what stands around it
constexpr int barWidth = 3;

struct MarkLook
{
    QChar sign;
    Role ground;
    Role bar;
    Role text;
};

MarkLook lookOf(Mark mark)
{
    switch (mark) {
    case Mark::Added:
        return {QLatin1Char('+'), Role::DiffAddBg, Role::OkSolid, Role::Ok};
    case Mark::Changed:
        return {QLatin1Char('~'), Role::DiffChangeBg, Role::WarnSolid, Role::Warn};
    case Mark::Removed:
        return {QLatin1Char('-'), Role::DiffRemoveBg, Role::BadSolid, Role::Bad};
    case Mark::Heading:
        return {QLatin1Char(' '), Role::BgSunken, Role::BgSunken, Role::Text2};
    case Mark::None:
        break;
    }
    return {QLatin1Char(' '), Role::BgSurface, Role::BgSurface, Role::Text};
}

} // namespace

class TextTable::Model final : public QAbstractTableModel
{
public:
    Model(const std::vector<Column>& columns, QObject* parent) : QAbstractTableModel(parent), m_columns(columns) {}

    void setRows(std::vector<TextTableRow> rows)
    {
        beginResetModel();
        m_rows = std::move(rows);
        endResetModel();
    }

    const TextTableRow& row(int number) const { return m_rows[static_cast<std::size_t>(number)]; }

    int rowCount(const QModelIndex& parent) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
    }
    int columnCount(const QModelIndex& parent) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
    }

    QVariant data(const QModelIndex& index, int role) const override
    {
        if (role == Qt::AccessibleTextRole)
            return lookOf(row(index.row()).mark).sign + QLatin1Char(' ') +
                   row(index.row()).cells.join(QLatin1String(", "));
        if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
            return {};
        return row(index.row()).cells.value(index.column());
    }

    QVariant headerData(int section, Qt::Orientation orientation, int role) const override
    {
        if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
            return {};
        return m_columns[static_cast<std::size_t>(section)].title;
    }

private:
    const std::vector<Column>& m_columns;
    std::vector<TextTableRow> m_rows;
};

class TextTable::Delegate final : public QStyledItemDelegate
{
public:
    Delegate(const Model& model, bool marked, QObject* parent)
        : QStyledItemDelegate(parent), m_model(model), m_marked(marked)
    {
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const TextTableRow& row = m_model.row(index.row());
        const MarkLook look = lookOf(row.mark);
        const bool first = index.column() == 0;
        if (m_marked && !option.state.testFlag(QStyle::State_Selected))
            painter->fillRect(option.rect, color(look.ground));
        else
            styleviews::drawRow(option, *painter);
        painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                          color(Role::LineSubtle));
        if (m_marked && first)
            paintSign(*painter, option.rect, look);
        const bool heading = row.mark == Mark::Heading;
        painter->setFont(textFont(heading ? TextStyle::SmallBold : TextStyle::Mono));
        painter->setPen(color(heading || (first && !m_marked) ? Role::Text2 : Role::Text));
        const int left = !first ? cellPadding : m_marked ? signWidth : edgePadding;
        const QRect box = option.rect.adjusted(left, 0, -cellPadding, -1);
        painter->drawText(box, Qt::AlignLeft | Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, box.width()));
    }

private:
    static void paintSign(QPainter& painter, const QRect& cell, const MarkLook& look)
    {
        painter.fillRect(QRect(cell.left(), cell.top(), barWidth, cell.height() - 1), color(look.bar));
        QFont bold = textFont(TextStyle::Mono);
        bold.setWeight(QFont::DemiBold);
        painter.setFont(bold);
        painter.setPen(color(look.text));
        painter.drawText(QRect(cell.left() + barWidth, cell.top(), signWidth - barWidth - 4, cell.height() - 1),
                         Qt::AlignCenter, look.sign);
    }

    const Model& m_model;
    bool m_marked;
};

TextTable::TextTable(std::vector<Column> columns, const QString& separator, bool marked, QWidget* parent)
    : QTableView(parent), m_columns(std::move(columns)), m_separator(separator), m_model(new Model(m_columns, this))
{
    setModel(m_model);
    setItemDelegate(new Delegate(*m_model, marked, this));
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setSelectionBehavior(SelectRows);
    setEditTriggers(NoEditTriggers);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    verticalHeader()->hide();
    verticalHeader()->setMinimumSectionSize(16);
    verticalHeader()->setDefaultSectionSize(Theme::instance().rowHeight());
    horizontalHeader()->setFixedHeight(metrics::tableHeader);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setHighlightSections(false);
}

void TextTable::setRows(std::vector<TextTableRow> rows)
{
    m_model->setRows(std::move(rows));
    clearSpans();
    for (int row = 0; row < m_model->rowCount({}); ++row)
        if (m_model->row(row).mark == Mark::Heading)
            setSpan(row, 0, 1, static_cast<int>(m_columns.size()));
}

void TextTable::keyPressEvent(QKeyEvent* event)
{
    if (!event->matches(QKeySequence::Copy)) {
        QTableView::keyPressEvent(event);
        return;
    }
    QStringList lines;
    for (const auto& index : selectionModel()->selectedRows()) {
        const QStringList& cells = m_model->row(index.row()).cells;
        const QString rest = cells.mid(1).join(QLatin1Char('\t'));
        lines << (rest.isEmpty() ? cells.value(0) : cells.value(0) + m_separator + rest);
    }
    QApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

void TextTable::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    int shares = 0;
    for (const Column& column : m_columns)
        shares += column.share;
    int left = viewport()->width();
    for (int column = 0; column < static_cast<int>(m_columns.size()); ++column) {
        const bool last = column + 1 == static_cast<int>(m_columns.size());
        const int width =
            last ? left : viewport()->width() * m_columns[static_cast<std::size_t>(column)].share / shares;
        setColumnWidth(column, width);
        left -= width;
    }
}

} // namespace claimsmith::app
