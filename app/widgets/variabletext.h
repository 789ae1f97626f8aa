// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/paint.h"
#include "workspace/variables.h"

#include <QRect>
#include <QString>

#include <vector>

class QPainter;

namespace claimsmith::app {

/// How a chip for a reference is coloured: accent when it is known, secret, or a warning.
Tone toneOf(const workspace::Reference& reference);

/// What a reference stands for and where that comes from, or why it stands for nothing. Never a secret.
QString describe(const workspace::Reference& reference);

/// Draws one line of mono text with its references as chips: what VariableEdit shows, for delegates. Cut at the right.
void paintVariableText(QPainter& painter, const QRect& rect, const QString& text,
                       const std::vector<workspace::Reference>& references, Role role);

} // namespace claimsmith::app
