// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/gateway/entitydelegate.h"

#include "panels/gateway/entitymodel.h"
#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/theme.h"

#include <QPainter>
#include <QTreeView>

namespace claimsmith::app {
namespace {

constexpr int contentInset = 10; // from the cell's edge to the icon
constexpr int iconGap = 6;
constexpr int rightInset = 8;
constexpr int dotSize = 8;

/// Draws the detail, count and dot from the right edge; returns where the name has to end.
int paintRight(QPainter& painter, const QRect& rect, const QModelIndex& index, bool open)
{
    int right = rect.right() + 1 - rightInset;
    const QVariant severity = index.data(EntityModel::SeverityRole);
    // An open line leaves the dot to those below it, which know where it belongs.
    const bool own = !open || !index.model()->hasChildren(index);
    if (own && severity.isValid() && severity.toInt() == static_cast<int>(ConfigProblem::Severity::Error)) {
        paintDot(painter, QRect(right - dotSize, rect.top(), dotSize, rect.height()), dotSize, Role::BadSolid);
        right -= dotSize + iconGap;
    }
    const QVariant count = index.data(EntityModel::CountRole);
    const QString text = count.isValid() ? count.toString() : index.data(EntityModel::DetailRole).toString();
    if (text.isEmpty())
        return right;
    painter.setFont(textFont(count.isValid() ? TextStyle::Caption : TextStyle::MonoSmall));
    painter.setPen(color(Role::Text3));
    const QFontMetrics metrics(painter.font());
    const QString shown = metrics.elidedText(text, Qt::ElideMiddle, rect.width() / 2);
    painter.drawText(QRect(rect.left(), rect.top(), right - rect.left(), rect.height()),
                     Qt::AlignRight | Qt::AlignVCenter, shown);
    return right - metrics.horizontalAdvance(shown) - iconGap;
}

bool isOpen(const QStyleOptionViewItem& option, const QModelIndex& index)
{
    const auto* tree = qobject_cast<const QTreeView*>(option.widget);
    return tree && tree->isExpanded(index);
}

} // namespace

void EntityDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const bool enabled = index.data(EntityModel::EnabledRole).toBool();
    const bool strong = index.data(EntityModel::HeadingRole).toBool() || option.state.testFlag(QStyle::State_Selected);
    painter->save();
    const int right = paintRight(*painter, option.rect, index, isOpen(option, index));
    const int left = option.rect.left() + contentInset;
    paintIcon(*painter, QRect(left, option.rect.top(), metrics::iconRow, option.rect.height()),
              QLatin1String(index.data(EntityModel::IconRole).toString().toLatin1()), metrics::iconRow,
              color(enabled ? Role::Text2 : Role::Text3));
    const int textLeft = left + metrics::iconRow + iconGap;
    painter->setFont(textFont(strong ? TextStyle::BodyStrong : TextStyle::Body));
    painter->setPen(color(enabled ? Role::Text : Role::Text3));
    const QString name = index.data(Qt::DisplayRole).toString();
    painter->drawText(QRect(textLeft, option.rect.top(), right - textLeft, option.rect.height()), Qt::AlignVCenter,
                      QFontMetrics(painter->font()).elidedText(name, Qt::ElideRight, right - textLeft));
    painter->restore();
}

QSize EntityDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    return {QStyledItemDelegate::sizeHint(option, index).width(), Theme::instance().rowHeight()};
}

} // namespace claimsmith::app
