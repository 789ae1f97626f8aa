// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/claimtable.h"

#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/theme.h"

#include <QAbstractItemView>
#include <QAction>
#include <QContextMenuEvent>
#include <QFontMetricsF>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <cmath>

namespace claimsmith::app {

namespace {

constexpr int padding = 8;
constexpr int buttonHeight = 20;
constexpr int buttonPadding = 7;
constexpr int buttonGap = 4;
constexpr int narrowestName = 56;
constexpr int widestName = 140;
constexpr int narrowestValue = 80;
constexpr int widestValue = 280;

int buttonWidth(ClaimAction action)
{
    const QFontMetricsF metrics(textFont(TextStyle::Caption));
    return static_cast<int>(std::ceil(metrics.horizontalAdvance(claimActionText(action)))) + 2 * buttonPadding;
}

int buttonsWidth(const std::vector<ClaimAction>& actions)
{
    int width = 0;
    for (const ClaimAction action : actions)
        width += buttonWidth(action) + buttonGap;
    return width;
}

const ClaimRow& rowOf(const QModelIndex& index)
{
    return static_cast<const ClaimModel*>(index.model())->rows()[static_cast<std::size_t>(index.row())];
}

bool isTime(const ClaimRow& row)
{
    return !row.actions.empty();
}

Role meaningRole(const ClaimRow& row)
{
    if (row.isReference)
        return Role::Info;
    switch (row.meaning.kind) {
    case ClaimMeaning::Kind::Instant:
        return Role::Text;
    case ClaimMeaning::Kind::Unusable:
        return Role::Bad;
    default:
        return Role::Text3;
    }
}

void paintText(QPainter& painter, const QRect& box, const QString& text, TextStyle style, Role role)
{
    painter.setFont(textFont(style));
    painter.setPen(color(role));
    painter.drawText(box, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                     QFontMetrics(painter.font()).elidedText(text, Qt::ElideRight, box.width()));
}

void paintMeaning(QPainter& painter, QRect box, const ClaimRow& row, const QPoint& pointer, const QRect& cell)
{
    box.setRight(box.right() - buttonsWidth(row.actions));
    if (row.isReference || row.meaning.kind == ClaimMeaning::Kind::Unusable) {
        const QRect place(box.left(), box.top(), metrics::iconField, box.height());
        paintIcon(painter, place, row.isReference ? QLatin1String("user") : QLatin1String("warning"),
                  metrics::iconField, color(meaningRole(row)));
        box.setLeft(place.right() + 4);
    }
    paintText(painter, box, row.meaning.text, TextStyle::Small, meaningRole(row));
    for (std::size_t i = 0; i < row.actions.size(); ++i) {
        const QRect button = ClaimDelegate::buttonRect(cell, row.actions, i);
        const Role face = button.contains(pointer) ? Role::BgHover : Role::BgControl;
        painter.setRenderHint(QPainter::Antialiasing);
        paintBox(painter, button, metrics::radiusControl, color(face), color(Role::LineStrong));
        painter.setFont(textFont(TextStyle::Caption));
        painter.setPen(color(Role::Text));
        painter.drawText(button, Qt::AlignCenter, claimActionText(row.actions[i]));
    }
}

} // namespace

QRect ClaimDelegate::buttonRect(const QRect& cell, const std::vector<ClaimAction>& actions, std::size_t action)
{
    int right = cell.right() + 1 - padding;
    for (std::size_t i = actions.size() - 1; i > action; --i)
        right -= buttonWidth(actions[i]) + buttonGap;
    const int width = buttonWidth(actions[action]);
    return {right - width, cell.top() + (cell.height() - buttonHeight) / 2, width, buttonHeight};
}

void ClaimDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const ClaimRow& row = rowOf(index);
    painter->save();
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    if (selected)
        painter->fillRect(
            option.rect,
            option.palette.brush(option.state.testFlag(QStyle::State_Active) ? QPalette::Active : QPalette::Inactive,
                                 QPalette::Highlight));
    painter->fillRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1, color(Role::LineSubtle));
    const QRect box = option.rect.adjusted(padding, 0, -padding, -1);
    const auto* view = qobject_cast<const QAbstractItemView*>(option.widget);
    const QPoint pointer = view ? view->viewport()->mapFromGlobal(QCursor::pos()) : QPoint(-1, -1);
    switch (index.column()) {
    case ClaimModel::NameColumn:
        paintText(*painter, box, row.name, TextStyle::Mono, Role::SynKey);
        break;
    case ClaimModel::ValueColumn:
        paintText(*painter, box, displayedValue(row.json), TextStyle::Mono, Role::Text);
        break;
    default:
        paintMeaning(*painter, box, row, pointer, option.rect);
    }
    painter->restore();
}

QWidget* ClaimDelegate::createEditor(QWidget* parent, const QStyleOptionViewItem&, const QModelIndex& index) const
{
    auto* editor = new QLineEdit(parent);
    editor->setFont(textFont(TextStyle::Mono));
    editor->setAccessibleName(index.column() == ClaimModel::NameColumn ? tr("Name of the claim")
                                                                       : tr("Value of %1").arg(rowOf(index).name));
    if (index.column() == ClaimModel::ValueColumn && isTime(rowOf(index))) {
        QAction* pick = editor->addAction(themedIcon(QLatin1String("clock")), QLineEdit::TrailingPosition);
        pick->setToolTip(tr("Pick date and time"));
        connect(pick, &QAction::triggered, this, [this, row = index.row()] { emit pickClicked(row); });
        editor->setPlaceholderText(tr("now+10m, 2026-11-22 14:30"));
    }
    return editor;
}

void ClaimDelegate::updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                                         const QModelIndex& index) const
{
    QRect box = option.rect;
    // A value is seldom as short as its column: the editor lies over the meaning too.
    const auto* view = qobject_cast<const QAbstractItemView*>(option.widget);
    if (view && index.column() == ClaimModel::ValueColumn)
        box.setRight(view->viewport()->width() - padding);
    editor->setGeometry(box);
}

bool ClaimDelegate::editorEvent(QEvent* event, QAbstractItemModel*, const QStyleOptionViewItem& option,
                                const QModelIndex& index)
{
    if (index.column() != ClaimModel::MeaningColumn || event->type() != QEvent::MouseButtonRelease)
        return false;
    const auto* mouse = static_cast<QMouseEvent*>(event);
    if (mouse->button() != Qt::LeftButton)
        return false;
    const auto& row = rowOf(index);
    for (std::size_t i = 0; i < row.actions.size(); ++i) {
        if (!buttonRect(option.rect, row.actions, i).contains(mouse->pos()))
            continue;
        emit actionClicked(index.row(), row.actions[i]);
        return true;
    }
    if (row.isReference)
        emit referenceClicked(index.row());
    return row.isReference;
}

ClaimTable::ClaimTable(QWidget* parent)
    : QTableView(parent), m_model(*new ClaimModel(this)), m_delegate(*new ClaimDelegate(this))
{
    setModel(&m_model);
    setItemDelegate(&m_delegate);
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setWordWrap(false);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setTabKeyNavigation(false);
    setEditTriggers(DoubleClicked | EditKeyPressed);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMouseTracking(true);
    setFillRole(this, Role::BgSurface);
    verticalHeader()->hide();
    verticalHeader()->setMinimumSectionSize(16);
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setSectionsClickable(false);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setFixedHeight(metrics::tableHeader);
    horizontalHeader()->setStretchLastSection(true);
    connect(&m_model, &ClaimModel::renamed, this, &ClaimTable::renamed);
    connect(&m_model, &ClaimModel::valueTyped, this, &ClaimTable::valueTyped);
    connect(&m_delegate, &ClaimDelegate::actionClicked, this, &ClaimTable::actionTriggered);
    connect(&m_delegate, &ClaimDelegate::referenceClicked, this, &ClaimTable::referenceActivated);
    // Later: the editor that was clicked is closed by the popup.
    connect(&m_delegate, &ClaimDelegate::pickClicked, this, &ClaimTable::pickRequested, Qt::QueuedConnection);
    connect(&Theme::instance(), &Theme::changed, this, &ClaimTable::fitColumns);
    fitColumns();
}

void ClaimTable::setRows(std::vector<ClaimRow> rows)
{
    const QModelIndex current = currentIndex();
    const QString name = current.isValid() ? rowOf(current).name : QString();
    const auto before = m_model.rowCount();
    m_model.setRows(std::move(rows));
    if (!currentIndex().isValid() && !name.isEmpty()) {
        const int row = std::max(m_model.rowOf(name), std::min(current.row(), m_model.rowCount() - 1));
        setCurrentIndex(m_model.index(row, current.column()));
    }
    fitColumns();
    if (before != m_model.rowCount())
        emit rowsChanged();
}

void ClaimTable::editClaim(const QString& name, ClaimModel::Column column)
{
    const QModelIndex index = m_model.index(m_model.rowOf(name), column);
    if (!index.isValid())
        return;
    setFocus(Qt::OtherFocusReason);
    setCurrentIndex(index);
    scrollTo(index);
    edit(index);
}

int ClaimTable::fullHeight() const
{
    return horizontalHeader()->height() + m_model.rowCount() * verticalHeader()->defaultSectionSize();
}

void ClaimTable::fitColumns()
{
    verticalHeader()->setDefaultSectionSize(Theme::instance().rowHeight());
    const QFontMetricsF metrics(textFont(TextStyle::Mono));
    double widest = 0;
    for (const ClaimRow& row : m_model.rows())
        widest = std::max(widest, metrics.horizontalAdvance(row.name));
    const int name = std::clamp(static_cast<int>(std::ceil(widest)) + 2 * padding, narrowestName, widestName);
    setColumnWidth(ClaimModel::NameColumn, name);
    // The meaning of a time has to be readable: the value gives way first.
    const int rest = viewport()->width() - name;
    setColumnWidth(ClaimModel::ValueColumn, std::clamp(rest * 27 / 100, narrowestValue, widestValue));
}

void ClaimTable::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    fitColumns();
}

void ClaimTable::mouseMoveEvent(QMouseEvent* event)
{
    QTableView::mouseMoveEvent(event);
    const QModelIndex index = indexAt(event->pos());
    const bool link = index.isValid() && index.column() == ClaimModel::MeaningColumn && rowOf(index).isReference;
    viewport()->setCursor(link ? Qt::PointingHandCursor : Qt::ArrowCursor);
    viewport()->update();
}

void ClaimTable::keyPressEvent(QKeyEvent* event)
{
    const QModelIndex index = currentIndex();
    if (event->key() == Qt::Key_Delete && index.isValid()) {
        emit removed(index.row());
        return;
    }
    const bool opensPicker =
        event->key() == Qt::Key_F4 || (event->key() == Qt::Key_Down && event->modifiers() == Qt::AltModifier);
    if (opensPicker && index.isValid() && isTime(rowOf(index))) {
        emit pickRequested(index.row());
        return;
    }
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && event->modifiers() == Qt::NoModifier &&
        index.isValid() && state() != EditingState) {
        edit(index.column() == ClaimModel::MeaningColumn ? index.siblingAtColumn(ClaimModel::ValueColumn) : index);
        return;
    }
    QTableView::keyPressEvent(event);
}

void ClaimTable::contextMenuEvent(QContextMenuEvent* event)
{
    const QModelIndex index = event->reason() == QContextMenuEvent::Mouse ? indexAt(event->pos()) : currentIndex();
    if (!index.isValid())
        return;
    setCurrentIndex(index);
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const int row = index.row();
    for (const ClaimAction action : rowOf(index).actions)
        menu->addAction(tr("Set to %1").arg(claimActionText(action)), this,
                        [this, row, action] { emit actionTriggered(row, action); });
    if (isTime(rowOf(index)))
        menu->addAction(tr("Pick Date and Time…"), this, [this, row] { emit pickRequested(row); });
    if (rowOf(index).isReference)
        menu->addAction(tr("Open Credential"), this, [this, row] { emit referenceActivated(row); });
    menu->addAction(tr("Edit Value"), this, [this, row] { edit(m_model.index(row, ClaimModel::ValueColumn)); });
    menu->addAction(tr("Rename"), this, [this, row] { edit(m_model.index(row, ClaimModel::NameColumn)); });
    menu->addAction(tr("Remove Claim"), this, [this, row] { emit removed(row); });
    menu->popup(event->reason() == QContextMenuEvent::Mouse ? event->globalPos()
                                                            : viewport()->mapToGlobal(visualRect(index).bottomLeft()));
}

} // namespace claimsmith::app
