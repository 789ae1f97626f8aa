// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QPainter;
class QRect;

namespace claimsmith::app {

/// Draws a compact token, with a scheme before it if there is one, in the colours of its three parts. Where the box is
/// too narrow each part is cut, so that all three stay to be seen. Uses the painter's font.
void paintTokenText(QPainter& painter, const QRect& box, const QString& value);

} // namespace claimsmith::app
