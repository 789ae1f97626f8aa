// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSize>

class QPainter;
class QStyleOption;
class QStyleOptionHeader;
class QStyleOptionMenuItem;
class QStyleOptionViewItem;
class QWidget;

/// ClaimStyle's drawing of rows, headers, menus and the lines between panes.
namespace claimsmith::app::styleviews {

void drawBranch(const QStyleOption& option, QPainter& painter);
/// The ground of a row, over its whole width: selected, selected without focus, hovered.
void drawRow(const QStyleOptionViewItem& option, QPainter& painter);
void drawHeaderSection(const QStyleOptionHeader& option, QPainter& painter);
void drawHeaderLabel(const QStyleOptionHeader& option, QPainter& painter);
void drawSplitter(const QStyleOption& option, QPainter& painter);
void drawMenuItem(const QStyleOptionMenuItem& option, QPainter& painter);
QSize menuItemSize(const QStyleOptionMenuItem& option);
void drawMenuBarItem(const QStyleOptionMenuItem& option, QPainter& painter, const QWidget* widget);

} // namespace claimsmith::app::styleviews
