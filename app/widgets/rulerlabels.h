// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/roles.h"

#include <QRect>
#include <QString>

#include <vector>

class QPainter;

namespace claimsmith::app {

/// A mark's name above a TimeRuler, strong, and its time in mono: "exp 14:41:48".
struct RulerLabel
{
    enum class Side {
        Before, ///< ends where the mark stands
        Behind, ///< begins there
        Centred,
    };

    QString name;
    QString time;
    double x = 0; ///< of the mark
    Side side = Side::Behind;
    Role role = Role::JwtPayload;

    double left() const;
    double width() const;
};

/// Those that can be shown side by side within `width`, in the order given: a label that finds no place at its side
/// tries the others, then gives up its time, then stays away. Put what matters most first.
std::vector<RulerLabel> placeLabels(const std::vector<RulerLabel>& labels, int width);

void paintLabel(QPainter& painter, const RulerLabel& label, const QRect& row);

} // namespace claimsmith::app
