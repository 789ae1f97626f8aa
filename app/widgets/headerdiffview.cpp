// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/headerdiffview.h"

#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/theme.h"
#include "widgets/tokentext.h"

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

using Kind = HeaderDifference::Kind;

constexpr int signWidth = 24; // bar, sign and what stands around it
constexpr int barWidth = 3;
constexpr int cellPadding = 8;
constexpr int authorWidth = 190;

struct KindLook
{
    QChar sign;
    Role ground;
    Role bar;
    Role text;
};

KindLook lookOf(Kind kind)
{
    switch (kind) {
    case Kind::Changed:
        return {QLatin1Char('~'), Role::DiffChangeBg, Role::WarnSolid, Role::Warn};
    case Kind::Removed:
        return {QLatin1Char('-'), Role::DiffRemoveBg, Role::BadSolid, Role::Bad};
    case Kind::Added:
        return {QLatin1Char('+'), Role::DiffAddBg, Role::OkSolid, Role::Ok};
    case Kind::Same:
        break;
    }
    return {QLatin1Char(' '), Role::BgSurface, Role::BgSurface, Role::Text3};
}

Chip chipOf(const gateway::Author& author)
{
    switch (author.kind) {
    case gateway::Author::Kind::Plugin:
        return {QString::fromStdString(author.name), Tone::Outline, QLatin1String("plugin")};
    case gateway::Author::Kind::Service:
        return {QString::fromStdString(author.name), Tone::Outline, QLatin1String("server")};
    case gateway::Author::Kind::Proxy:
        break;
    }
    return {HeaderDiffModel::tr("proxy", "the gateway itself"), Tone::Outline, QLatin1String("gateway")};
}

/// The last author's chip, at the right end of its cell.
QRect chipRect(const QRect& cell, const gateway::Author& author)
{
    const int width = std::min(sizeOf(chipOf(author)).width(), cell.width() - 2 * cellPadding);
    return {cell.right() - cellPadding - width + 1, cell.top(), width, cell.height() - 1};
}

class DiffDelegate final : public QStyledItemDelegate
{
public:
    explicit DiffDelegate(HeaderDiffView* view) : QStyledItemDelegate(view), m_model(view->differences()) {}

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const override
    {
        if (HeaderDiffModel::isTokenChild(index))
            return {0, JwtInlineView::heightFor(m_model.token(index))};
        return {0, Theme::instance().rowHeight()};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        if (HeaderDiffModel::isTokenChild(index))
            return;
        const HeaderDifference& row = m_model.difference(index);
        const KindLook look = lookOf(row.kind);
        const int left = index.column() == HeaderDiffModel::NameColumn ? signWidth : cellPadding;
        const QRect box = option.rect.adjusted(left, 0, -cellPadding, -1);
        painter->setFont(textFont(TextStyle::Mono));
        if (index.column() == HeaderDiffModel::AuthorColumn) {
            if (!row.by.empty())
                paintChip(*painter, chipRect(option.rect, row.by.back()), chipOf(row.by.back()));
            return;
        }
        if (index.column() == HeaderDiffModel::NameColumn)
            paintSign(*painter, option, index, look);
        const bool absent = (index.column() == HeaderDiffModel::SentColumn && row.kind == Kind::Added) ||
                            (index.column() == HeaderDiffModel::ReceivedColumn && row.kind == Kind::Removed);
        const bool isTokenCell =
            !m_model.token(index).isEmpty() && !absent && index.column() != HeaderDiffModel::NameColumn;
        painter->setFont(textFont(TextStyle::Mono));
        if (isTokenCell) {
            paintTokenText(*painter, box, index.data().toString());
            return;
        }
        painter->setPen(color(!absent                                         ? Role::Text
                              : index.column() == HeaderDiffModel::SentColumn ? Role::Text3
                                                                              : look.text));
        painter->drawText(box, Qt::AlignLeft | Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, box.width()));
    }

private:
    void paintSign(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index,
                   const KindLook& look) const
    {
        const QRect box(option.rect.left() + barWidth, option.rect.top(), signWidth - barWidth - 4,
                        option.rect.height() - 1);
        if (m_model.rowCount(index.siblingAtColumn(0)) > 0) {
            const bool open = option.state.testFlag(QStyle::State_Open);
            paintIcon(painter, box, QLatin1String(open ? "chevron-down" : "chevron-right"), metrics::iconChip,
                      color(look.text));
            return;
        }
        QFont bold = textFont(TextStyle::Mono);
        bold.setWeight(QFont::DemiBold);
        painter.setFont(bold);
        painter.setPen(color(look.text));
        painter.drawText(box, Qt::AlignCenter, look.sign);
    }

    const HeaderDiffModel& m_model;
};

} // namespace

HeaderDiffView::HeaderDiffView(QWidget* parent) : QTreeView(parent), m_model(new HeaderDiffModel(this))
{
    setModel(m_model);
    setItemDelegate(new DiffDelegate(this));
    setAccessibleName(tr("Headers, client and upstream"));
    setFrameShape(QFrame::NoFrame);
    setRootIsDecorated(false);
    setIndentation(0);
    setUniformRowHeights(false);
    setMouseTracking(true);
    setSelectionMode(ExtendedSelection);
    setExpandsOnDoubleClick(false);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    header()->setFixedHeight(metrics::tableHeader);
    header()->setSectionResizeMode(QHeaderView::Fixed);
    header()->setStretchLastSection(false);
    header()->setHighlightSections(false);
    connect(this, &QTreeView::expanded, this, &HeaderDiffView::onExpanded);
    connect(m_model, &QAbstractItemModel::modelReset, this, &HeaderDiffView::spanChildren);
}

void HeaderDiffView::setTokenJudge(TokenJudge judge)
{
    m_judge = std::move(judge);
}

void HeaderDiffView::openFirstToken()
{
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const QModelIndex index = m_model->index(row, 0);
        const auto& difference = m_model->difference(index);
        const bool made = difference.kind == Kind::Added || difference.kind == Kind::Changed;
        if (made && !m_model->token(index).isEmpty()) {
            expand(index);
            return;
        }
    }
}

void HeaderDiffView::spanChildren()
{
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const QModelIndex parent = m_model->index(row, 0);
        if (m_model->rowCount(parent) > 0)
            setFirstColumnSpanned(0, parent, true);
    }
}

void HeaderDiffView::onExpanded(const QModelIndex& index)
{
    const QModelIndex child = m_model->index(0, 0, index);
    if (!child.isValid() || indexWidget(child) != nullptr)
        return;
    const QString token = m_model->token(index);
    auto* view = new JwtInlineView(token, m_judge ? m_judge(token) : std::vector<TokenRemark>());
    connect(view, &JwtInlineView::openRequested, this, [this, token] { emit openTokenRequested(token); });
    connect(view, &JwtInlineView::copyRequested, this, [token] { QApplication::clipboard()->setText(token); });
    setIndexWidget(child, view);
}

void HeaderDiffView::drawRow(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const QRect row(0, option.rect.top(), viewport()->width(), option.rect.height());
    if (HeaderDiffModel::isTokenChild(index)) {
        painter->fillRect(row, color(Role::BgSunken));
        return;
    }
    const KindLook look = lookOf(m_model->difference(index).kind);
    const bool selected = selectionModel()->isSelected(index);
    const Role chosen = hasFocus() ? Role::BgSelected : Role::BgSelectedInactive;
    painter->fillRect(row, color(selected ? chosen : look.ground));
    QTreeView::drawRow(painter, option, index);
    painter->fillRect(QRect(0, row.top(), barWidth, row.height()), color(look.bar));
    painter->fillRect(QRect(barWidth, row.bottom(), row.width(), 1), color(Role::LineSubtle));
}

void HeaderDiffView::drawBranches(QPainter*, const QRect&, const QModelIndex&) const {}

const gateway::Author* HeaderDiffView::authorAt(const QPoint& point) const
{
    const QModelIndex index = indexAt(point);
    if (!index.isValid() || HeaderDiffModel::isTokenChild(index) || index.column() != HeaderDiffModel::AuthorColumn)
        return nullptr;
    const auto& authors = m_model->difference(index).by;
    return !authors.empty() && chipRect(visualRect(index), authors.back()).contains(point) ? &authors.back() : nullptr;
}

void HeaderDiffView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton) {
        if (const gateway::Author* author = authorAt(event->pos()); author != nullptr) {
            emit authorClicked(*author);
            return;
        }
    }
    QTreeView::mousePressEvent(event);
    const QModelIndex index = indexAt(event->pos());
    if (event->button() == Qt::LeftButton && index.isValid() && event->pos().x() < signWidth &&
        m_model->rowCount(index.siblingAtColumn(0)) > 0)
        setExpanded(index.siblingAtColumn(0), !isExpanded(index.siblingAtColumn(0)));
}

void HeaderDiffView::mouseMoveEvent(QMouseEvent* event)
{
    QTreeView::mouseMoveEvent(event);
    viewport()->setCursor(authorAt(event->pos()) != nullptr ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void HeaderDiffView::copySelection() const
{
    QStringList lines;
    for (const auto& index : selectionModel()->selectedRows()) {
        if (!HeaderDiffModel::isTokenChild(index))
            lines << m_model->copyText(index);
    }
    if (!lines.isEmpty())
        QApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

void HeaderDiffView::keyPressEvent(QKeyEvent* event)
{
    const QModelIndex current = currentIndex().siblingAtColumn(0);
    if (event->matches(QKeySequence::Copy)) {
        copySelection();
    } else if (event->key() == Qt::Key_Return && current.isValid()) {
        if (m_model->rowCount(current) > 0)
            setExpanded(current, !isExpanded(current));
        else if (!HeaderDiffModel::isTokenChild(current) && !m_model->difference(current).by.empty())
            emit authorClicked(m_model->difference(current).by.back());
    } else {
        QTreeView::keyPressEvent(event);
    }
}

void HeaderDiffView::contextMenuEvent(QContextMenuEvent* event)
{
    const QModelIndex index = indexAt(event->pos()).siblingAtColumn(0);
    if (!index.isValid() || HeaderDiffModel::isTokenChild(index))
        return;
    QMenu menu(this);
    menu.addAction(tr("Copy header"), this, &HeaderDiffView::copySelection);
    if (const QString token = m_model->token(index); !token.isEmpty()) {
        menu.addAction(tr("Copy token"), this, [token] { QApplication::clipboard()->setText(token); });
        menu.addAction(tr("Open in Tokens"), this, [this, token] { emit openTokenRequested(token); });
    }
    if (const auto& authors = m_model->difference(index).by; !authors.empty())
        menu.addAction(tr("Open %1").arg(chipOf(authors.back()).text), this,
                       [this, author = authors.back()] { emit authorClicked(author); });
    menu.exec(event->globalPos());
}

void HeaderDiffView::resizeEvent(QResizeEvent* event)
{
    QTreeView::resizeEvent(event);
    const int width = viewport()->width();
    const int name = std::clamp(width * 20 / 100, 150, 240);
    const int author = std::min(authorWidth, width / 4);
    const int sent = (width - name - author) * 2 / 5;
    setColumnWidth(HeaderDiffModel::NameColumn, name);
    setColumnWidth(HeaderDiffModel::SentColumn, sent);
    setColumnWidth(HeaderDiffModel::ReceivedColumn, width - name - sent - author);
    setColumnWidth(HeaderDiffModel::AuthorColumn, author);
}

} // namespace claimsmith::app
