// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSize>

class QPainter;
class QStyleOption;
class QStyleOptionButton;
class QStyleOptionToolButton;
class QWidget;

/// ClaimStyle's drawing of what is pressed and checked.
namespace claimsmith::app::stylebuttons {

void drawPushButtonFace(const QStyleOptionButton& option, QPainter& painter, const QWidget* widget);
void drawPushButtonLabel(const QStyleOptionButton& option, QPainter& painter, const QWidget* widget);
QSize pushButtonSize(const QStyleOptionButton& option, const QWidget* widget);
void drawToolButtonFace(const QStyleOption& option, QPainter& painter, const QWidget* widget);
void drawCheckBox(const QStyleOption& option, QPainter& painter);
void drawRadioButton(const QStyleOption& option, QPainter& painter);
void drawFocusFrame(const QStyleOption& option, QPainter& painter, const QWidget* widget);

} // namespace claimsmith::app::stylebuttons
