// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/styleviews.h"

#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/theme.h"

#include <QPainter>
#include <QStyleOption>

namespace claimsmith::app::styleviews {
namespace {

constexpr int menuPadding = 8;
constexpr int menuIcon = 24;
constexpr int menuSeparator = 9;
constexpr int shortcutGap = 32;
constexpr int cellPadding = 8;

} // namespace

void drawBranch(const QStyleOption& option, QPainter& painter)
{
    if (!option.state.testFlag(QStyle::State_Children))
        return;
    const bool open = option.state.testFlag(QStyle::State_Open);
    paintIcon(painter, option.rect, open ? QLatin1String("chevron-down") : QLatin1String("chevron-right"),
              metrics::iconChip, color(Role::Text3));
}

void drawRow(const QStyleOptionViewItem& option, QPainter& painter)
{
    if (option.state.testFlag(QStyle::State_Selected)) {
        const bool active = option.state.testFlag(QStyle::State_Active);
        painter.fillRect(option.rect, color(active ? Role::BgSelected : Role::BgSelectedInactive));
    } else if (option.state.testFlag(QStyle::State_MouseOver) && option.state.testFlag(QStyle::State_Enabled)) {
        painter.fillRect(option.rect, color(Role::BgHover));
    } else if (option.backgroundBrush.style() != Qt::NoBrush) {
        painter.fillRect(option.rect, option.backgroundBrush); // the model's, such as what a row of a comparison is
    }
}

void drawHeaderSection(const QStyleOptionHeader& option, QPainter& painter)
{
    painter.fillRect(option.rect, color(Role::BgSunken));
    if (option.orientation == Qt::Horizontal)
        painter.fillRect(QRect(option.rect.x(), option.rect.bottom(), option.rect.width(), 1), color(Role::Line));
}

void drawHeaderLabel(const QStyleOptionHeader& option, QPainter& painter)
{
    QRect inner = option.rect.adjusted(cellPadding, 0, -cellPadding, 0);
    const bool sorted = option.sortIndicator != QStyleOptionHeader::None;
    if (sorted) {
        const QRect arrow(inner.right() - metrics::iconChip, inner.y(), metrics::iconChip, inner.height());
        const bool down = option.sortIndicator == QStyleOptionHeader::SortDown;
        paintIcon(painter, arrow, down ? QLatin1String("chevron-down") : QLatin1String("chevron-up"), metrics::iconChip,
                  color(Role::Text3));
        inner.setRight(arrow.left() - 4);
    }
    painter.setFont(textFont(TextStyle::SmallStrong));
    painter.setPen(color(Role::Text3));
    const QString text = painter.fontMetrics().elidedText(option.text, Qt::ElideRight, inner.width());
    painter.drawText(inner, static_cast<int>(option.textAlignment & Qt::AlignHorizontal_Mask) | Qt::AlignVCenter, text);
}

void drawSplitter(const QStyleOption& option, QPainter& painter)
{
    const QRect rect = option.rect;
    painter.fillRect(rect, color(Role::BgWindow));
    const QColor line = color(Role::Line);
    // State_Horizontal: the panes lie side by side, so the handle is a column.
    if (option.state.testFlag(QStyle::State_Horizontal)) {
        painter.fillRect(QRect(rect.left(), rect.top(), 1, rect.height()), line);
        if (rect.width() > 1)
            painter.fillRect(QRect(rect.right(), rect.top(), 1, rect.height()), line);
    } else {
        painter.fillRect(QRect(rect.left(), rect.top(), rect.width(), 1), line);
        if (rect.height() > 1)
            painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), line);
    }
}

void drawMenuItem(const QStyleOptionMenuItem& option, QPainter& painter)
{
    const QRect rect = option.rect;
    if (option.menuItemType == QStyleOptionMenuItem::Separator) {
        painter.fillRect(QRect(rect.x(), rect.center().y(), rect.width(), 1), color(Role::LineSubtle));
        return;
    }
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    if (option.state.testFlag(QStyle::State_Selected) && enabled)
        paintBox(painter, rect.adjusted(4, 0, -4, 0), metrics::radiusChip, color(Role::BgSelected), QColor());
    const QColor text = color(enabled ? Role::Text : Role::TextDisabled);
    const QRect mark(rect.x() + menuPadding, rect.y(), menuIcon - 4, rect.height());
    if (option.checkType != QStyleOptionMenuItem::NotCheckable && option.checked)
        paintIcon(painter, mark, QLatin1String("check"), metrics::iconRow,
                  color(enabled ? Role::AccentText : Role::TextDisabled));
    else if (!option.icon.isNull())
        option.icon.paint(
            &painter,
            QRect(mark.x() + 2, mark.y() + (mark.height() - metrics::iconRow) / 2, metrics::iconRow, metrics::iconRow),
            Qt::AlignCenter, enabled ? QIcon::Normal : QIcon::Disabled);
    const QRect inner = rect.adjusted(menuPadding + menuIcon, 0, -menuPadding - 8, 0);
    const qsizetype tab = option.text.indexOf(QLatin1Char('\t'));
    painter.setFont(textFont(TextStyle::Body));
    painter.setPen(text);
    painter.drawText(inner, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextHideMnemonic | Qt::TextSingleLine,
                     option.text.left(tab));
    if (tab >= 0) {
        painter.setFont(textFont(TextStyle::MonoSmall));
        painter.setPen(color(enabled ? Role::Text3 : Role::TextDisabled));
        painter.drawText(inner, Qt::AlignVCenter | Qt::AlignRight | Qt::TextSingleLine, option.text.mid(tab + 1));
    }
    if (option.menuItemType == QStyleOptionMenuItem::SubMenu)
        paintIcon(painter,
                  QRect(rect.right() - menuPadding - metrics::iconChip, rect.y(), metrics::iconChip, rect.height()),
                  QLatin1String("chevron-right"), metrics::iconChip, text);
}

QSize menuItemSize(const QStyleOptionMenuItem& option)
{
    if (option.menuItemType == QStyleOptionMenuItem::Separator)
        return {40, menuSeparator};
    const qsizetype tab = option.text.indexOf(QLatin1Char('\t'));
    int width = QFontMetrics(textFont(TextStyle::Body)).size(Qt::TextShowMnemonic, option.text.left(tab)).width();
    if (tab >= 0)
        width += shortcutGap + QFontMetrics(textFont(TextStyle::MonoSmall)).horizontalAdvance(option.text.mid(tab + 1));
    return {width + 2 * menuPadding + menuIcon + 16, metrics::row};
}

void drawMenuBarItem(const QStyleOptionMenuItem& option, QPainter& painter, const QWidget* widget)
{
    Q_UNUSED(widget)
    const bool open = option.state.testFlag(QStyle::State_Sunken);
    if (open || option.state.testFlag(QStyle::State_Selected))
        paintBox(painter, option.rect, metrics::radiusControl, color(open ? Role::BgPressed : Role::BgHover), QColor());
    painter.setFont(textFont(TextStyle::Body));
    painter.setPen(color(option.state.testFlag(QStyle::State_Enabled) ? Role::Text2 : Role::TextDisabled));
    painter.drawText(option.rect, Qt::AlignCenter | Qt::TextHideMnemonic | Qt::TextSingleLine, option.text);
}

} // namespace claimsmith::app::styleviews
