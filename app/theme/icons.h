// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/roles.h"

#include <QIcon>
#include <QLatin1String>
#include <QPixmap>

class QPainter;
class QRect;

namespace claimsmith::app {

/// The icon resources/icons/<name>.svg in the colour of its state: text-2, accent-text when selected or on,
/// text-disabled when disabled. Follows the theme by itself.
QIcon themedIcon(QLatin1String name);

/// The same with one role for every state but disabled.
QIcon themedIcon(QLatin1String name, Role role);

/// Draws an icon centred in `box`, at whole pixels, with the side `size`.
void paintIcon(QPainter& painter, const QRect& box, QLatin1String name, int size, const QColor& color);

/// The rendering that paintIcon() draws; cached by name, colour, size and ratio. Do not keep it: a theme switch
/// outdates it.
QPixmap iconPixmap(QLatin1String name, int size, qreal pixelRatio, const QColor& color);

} // namespace claimsmith::app
