// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/rulerlabels.h"

#include "theme/theme.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>

namespace claimsmith::app {

namespace {

using Side = RulerLabel::Side;

constexpr double gap = 6;
constexpr double edge = 4;

double nameWidth(const RulerLabel& label)
{
    return QFontMetricsF(textFont(TextStyle::SmallBold)).horizontalAdvance(label.name);
}

bool overlap(const RulerLabel& a, const RulerLabel& b)
{
    return a.left() < b.left() + b.width() + gap && b.left() < a.left() + a.width() + gap;
}

std::vector<RulerLabel> variants(const RulerLabel& label)
{
    std::vector<RulerLabel> result;
    for (const bool withTime : {true, false}) {
        for (const Side side : {label.side, Side::Before, Side::Behind}) {
            result.push_back(label);
            result.back().side = side;
            if (!withTime)
                result.back().time.clear();
        }
    }
    return result;
}

} // namespace

double RulerLabel::width() const
{
    if (time.isEmpty())
        return nameWidth(*this);
    return nameWidth(*this) + gap + QFontMetricsF(textFont(TextStyle::Mono)).horizontalAdvance(time);
}

double RulerLabel::left() const
{
    if (side == Side::Before)
        return x - gap - width();
    return side == Side::Behind ? x + gap : x - width() / 2;
}

std::vector<RulerLabel> placeLabels(const std::vector<RulerLabel>& labels, int width)
{
    std::vector<RulerLabel> placed;
    const auto fits = [&](const RulerLabel& label) {
        return label.left() >= edge && label.left() + label.width() <= width - edge &&
               std::none_of(placed.begin(), placed.end(), [&](const auto& other) { return overlap(label, other); });
    };
    for (const RulerLabel& label : labels) {
        const auto candidates = variants(label);
        const auto found = std::find_if(candidates.begin(), candidates.end(), fits);
        if (found != candidates.end())
            placed.push_back(*found);
    }
    return placed;
}

void paintLabel(QPainter& painter, const RulerLabel& label, const QRect& row)
{
    QRectF box(label.left(), row.top(), label.width() + 2, row.height());
    painter.setFont(textFont(TextStyle::SmallBold));
    painter.setPen(color(label.role));
    painter.drawText(box, Qt::AlignLeft | Qt::AlignVCenter, label.name);
    box.setLeft(box.left() + nameWidth(label) + gap);
    painter.setFont(textFont(TextStyle::Mono));
    painter.setPen(color(Role::Text2));
    painter.drawText(box, Qt::AlignLeft | Qt::AlignVCenter, label.time);
}

} // namespace claimsmith::app
