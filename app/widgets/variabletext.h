// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/roles.h"

#include <QRect>
#include <QString>

class QPainter;

namespace claimsmith::app {

/// Draws one line of mono text with its {{variables}} as chips: what VariableEdit shows, for delegates. Elides at the
/// right.
void paintVariableText(QPainter& painter, const QRect& rect, const QString& text, Role role);

} // namespace claimsmith::app
