// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyle>

class QPainter;
class QRect;
class QStyleOption;
class QStyleOptionComboBox;
class QStyleOptionProgressBar;
class QStyleOptionSlider;
class QWidget;

/// ClaimStyle's drawing of what is typed into, chosen from, dragged and filled.
namespace claimsmith::app::stylefields {

/// The face and outline of any field, for own widgets too.
void drawField(QPainter& painter, const QRect& rect, QStyle::State state, bool error, bool readOnly);
void drawComboBox(const QStyleOptionComboBox& option, QPainter& painter, const QWidget* widget);
QRect comboEditRect(const QStyleOptionComboBox& option);
void drawProgressBar(const QStyleOptionProgressBar& option, QPainter& painter);
void drawSlider(const QStyleOptionSlider& option, QPainter& painter, const QRect& groove, const QRect& handle);
void drawScrollBar(const QStyleOptionSlider& option, QPainter& painter, const QRect& thumb);

} // namespace claimsmith::app::stylefields
