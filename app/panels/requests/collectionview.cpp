// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/requests/collectionview.h"

#include "panels/requests/collectionmodel.h"
#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/styleviews.h"
#include "theme/theme.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QMouseEvent>
#include <QPainter>
#include <QSortFilterProxyModel>
#include <QStyledItemDelegate>

namespace claimsmith::app {

namespace {

constexpr int chevronLeft = 8;
constexpr int folderIconLeft = 27;
constexpr int folderTextLeft = 48;
constexpr int methodLeft = 42;
constexpr int nameLeft = 84;
constexpr int rightMargin = 10;

/// All words have to be found somewhere; a folder stays while one of its requests does.
class WordsFilter final : public QSortFilterProxyModel
{
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    void setWords(const QString& words)
    {
        m_words = words.split(QLatin1Char(' '), Qt::SkipEmptyParts);
        invalidateFilter();
    }

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override
    {
        const QString text = sourceModel()->index(row, 0, parent).data(CollectionModel::FilterRole).toString();
        return std::all_of(m_words.begin(), m_words.end(),
                           [&](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
    }

private:
    QStringList m_words;
};

class RequestDelegate final : public QStyledItemDelegate
{
public:
    explicit RequestDelegate(QTreeView* view) : QStyledItemDelegate(view), m_view(view) {}

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override
    {
        return {0, Theme::instance().rowHeight()};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        QStyleOptionViewItem row = option;
        row.rect.setLeft(0);
        row.rect.setWidth(m_view->viewport()->width());
        styleviews::drawRow(row, *painter);
        if (index.parent().isValid())
            paintRequest(*painter, row.rect, index, option.state.testFlag(QStyle::State_Selected));
        else
            paintFolder(*painter, row.rect, index);
    }

    QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        QWidget* editor = QStyledItemDelegate::createEditor(parent, option, index);
        editor->setAccessibleName(CollectionView::tr("Name"));
        editor->setObjectName(QStringLiteral("renameEditor"));
        return editor;
    }

    void updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const override
    {
        const int left = index.parent().isValid() ? nameLeft : folderTextLeft;
        editor->setGeometry(left - 8, option.rect.top(), m_view->viewport()->width() - left + 4, option.rect.height());
    }

private:
    void paintFolder(QPainter& painter, const QRect& row, const QModelIndex& index) const
    {
        const bool open = m_view->isExpanded(index);
        paintIcon(painter, QRect(chevronLeft, row.top(), metrics::iconChip, row.height()),
                  QLatin1String(open ? "chevron-down" : "chevron-right"), metrics::iconChip, color(Role::Text3));
        paintIcon(painter, QRect(folderIconLeft, row.top(), metrics::iconRow, row.height()), QLatin1String("folder"),
                  metrics::iconRow, color(Role::Text2));
        painter.setFont(textFont(TextStyle::Caption));
        painter.setPen(color(Role::Text3));
        const QString count = index.data(CollectionModel::CountRole).toString();
        painter.drawText(row.adjusted(0, 0, -rightMargin, 0), Qt::AlignRight | Qt::AlignVCenter, count);
        const QRect box =
            row.adjusted(folderTextLeft, 0, -rightMargin - 8 - painter.fontMetrics().horizontalAdvance(count), 0);
        paintText(painter, box, index.data().toString(), TextStyle::BodyStrong);
    }

    void paintRequest(QPainter& painter, const QRect& row, const QModelIndex& index, bool selected) const
    {
        const QString method = index.data(CollectionModel::MethodRole).toString();
        painter.setFont(textFont(TextStyle::Method));
        painter.setPen(color(methodRole(method)));
        painter.drawText(row.adjusted(methodLeft, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, methodWord(method));
        paintText(painter, row.adjusted(nameLeft, 0, -rightMargin, 0), index.data().toString(),
                  selected ? TextStyle::BodyStrong : TextStyle::Body);
    }

    static void paintText(QPainter& painter, const QRect& box, const QString& text, TextStyle style)
    {
        painter.setFont(textFont(style));
        painter.setPen(color(Role::Text));
        painter.drawText(box, Qt::AlignLeft | Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(text, Qt::ElideRight, box.width()));
    }

    QTreeView* m_view;
};

} // namespace

CollectionView::CollectionView(CollectionModel& model, QWidget* parent)
    : QTreeView(parent), m_model(model), m_filter(new WordsFilter(this))
{
    m_filter->setRecursiveFilteringEnabled(true);
    m_filter->setSourceModel(&model);
    setModel(m_filter);
    setItemDelegate(new RequestDelegate(this));
    setObjectName(QStringLiteral("collectionTree"));
    setAccessibleName(tr("Collections"));
    setFrameShape(QFrame::NoFrame);
    setHeaderHidden(true);
    setRootIsDecorated(false);
    setIndentation(0);
    setUniformRowHeights(true);
    setMouseTracking(true);
    setExpandsOnDoubleClick(false);
    setEditTriggers(EditKeyPressed);
    setContextMenuPolicy(Qt::CustomContextMenu);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFillRole(this, Role::BgPanel);
    setFillRole(viewport(), Role::BgPanel);
    connect(m_filter, &QAbstractItemModel::modelReset, this, &QTreeView::expandAll);
    expandAll();
}

void CollectionView::setFilter(const QString& words)
{
    static_cast<WordsFilter*>(m_filter)->setWords(words);
    if (!words.isEmpty())
        expandAll();
}

QModelIndex CollectionView::viewIndex(const workspace::Id& id) const
{
    return m_filter->mapFromSource(m_model.indexOf(id));
}

void CollectionView::showCurrent(const workspace::Id& id)
{
    const QModelIndex index = viewIndex(id);
    setCurrentIndex(index);
    if (index.isValid())
        scrollTo(index);
}

workspace::Id CollectionView::currentId() const
{
    return currentIndex().data(CollectionModel::IdRole).toString().toStdString();
}

bool CollectionView::isCurrentFolder() const
{
    return currentIndex().isValid() && !currentIndex().parent().isValid();
}

void CollectionView::rename(const workspace::Id& id)
{
    const QModelIndex index = viewIndex(id);
    if (!index.isValid())
        return;
    setFocus();
    setCurrentIndex(index);
    edit(index);
}

void CollectionView::drawBranches(QPainter*, const QRect&, const QModelIndex&) const {}

void CollectionView::mousePressEvent(QMouseEvent* event)
{
    QTreeView::mousePressEvent(event);
    const QModelIndex index = indexAt(event->pos());
    if (event->button() == Qt::LeftButton && index.isValid() && !index.parent().isValid())
        setExpanded(index, !isExpanded(index));
}

void CollectionView::mouseReleaseEvent(QMouseEvent* event)
{
    QTreeView::mouseReleaseEvent(event);
    const QModelIndex index = indexAt(event->pos());
    if (event->button() == Qt::LeftButton && index.isValid() && index.parent().isValid() && index == currentIndex())
        emit requestChosen(currentId());
}

void CollectionView::keyPressEvent(QKeyEvent* event)
{
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && state() != EditingState) {
        if (isCurrentFolder())
            setExpanded(currentIndex(), !isExpanded(currentIndex()));
        else if (currentIndex().isValid())
            emit requestChosen(currentId());
        return;
    }
    QTreeView::keyPressEvent(event);
}

} // namespace claimsmith::app
