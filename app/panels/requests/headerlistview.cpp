// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/requests/headerlistview.h"

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

#include <algorithm>

namespace claimsmith::app {

namespace {

constexpr int cellPadding = 16;

class LineDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        styleviews::drawRow(option, *painter);
        painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                          color(Role::LineSubtle));
        painter->setFont(textFont(TextStyle::Mono));
        painter->setPen(color(index.column() == 0 ? Role::Text2 : Role::Text));
        const QRect box = option.rect.adjusted(index.column() == 0 ? cellPadding : 8, 0, -8, -1);
        painter->drawText(box, Qt::AlignLeft | Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, box.width()));
    }
};

} // namespace

class HeaderListView::Model final : public QAbstractTableModel
{
public:
    using QAbstractTableModel::QAbstractTableModel;

    void setHeaders(const http::HeaderMap& headers)
    {
        beginResetModel();
        m_headers = headers;
        endResetModel();
    }

    QString line(int row) const { return text(row, 0) + QLatin1String(": ") + text(row, 1); }

    int rowCount(const QModelIndex& parent) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_headers.size());
    }
    int columnCount(const QModelIndex& parent) const override { return parent.isValid() ? 0 : 2; }

    QVariant data(const QModelIndex& index, int role) const override
    {
        if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
            return {};
        return text(index.row(), index.column());
    }

    QVariant headerData(int section, Qt::Orientation orientation, int role) const override
    {
        if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
            return {};
        return section == 0 ? HeaderListView::tr("Header") : HeaderListView::tr("Value");
    }

private:
    QString text(int row, int column) const
    {
        const http::HeaderField& field = m_headers[static_cast<std::size_t>(row)];
        const std::string_view part = column == 0 ? field.name : field.value;
        return QString::fromUtf8(part.data(), static_cast<qsizetype>(part.size()));
    }

    http::HeaderMap m_headers;
};

HeaderListView::HeaderListView(QWidget* parent) : QTableView(parent), m_model(new Model(this))
{
    setModel(m_model);
    setItemDelegate(new LineDelegate(this));
    setObjectName(QStringLiteral("responseHeaders"));
    setAccessibleName(tr("Response headers"));
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

void HeaderListView::setHeaders(const http::HeaderMap& headers)
{
    m_model->setHeaders(headers);
}

void HeaderListView::keyPressEvent(QKeyEvent* event)
{
    if (!event->matches(QKeySequence::Copy)) {
        QTableView::keyPressEvent(event);
        return;
    }
    QStringList lines;
    for (const auto& index : selectionModel()->selectedRows())
        lines << m_model->line(index.row());
    QApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

void HeaderListView::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    const int name = std::clamp(viewport()->width() / 4, 160, 280);
    setColumnWidth(0, name);
    setColumnWidth(1, viewport()->width() - name);
}

} // namespace claimsmith::app
