// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/variabletext.h"

#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/theme.h"

#include <QPainter>
#include <QRegularExpression>

namespace claimsmith::app {
namespace {

constexpr int chipPadding = 4;
constexpr int chipHeight = 18;

} // namespace

void paintVariableText(QPainter& painter, const QRect& rect, const QString& text, Role role)
{
    static const QRegularExpression pattern(QStringLiteral("\\{\\{[^{}]*\\}\\}"));
    painter.save();
    painter.setClipRect(rect, Qt::IntersectClip);
    painter.setFont(textFont(TextStyle::Mono));
    const QFontMetrics font = painter.fontMetrics();
    QRect rest = rect;
    const auto plain = [&](const QString& part) {
        painter.setPen(color(role));
        painter.drawText(rest, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                         font.elidedText(part, Qt::ElideRight, rest.width()));
        rest.setLeft(rest.left() + font.horizontalAdvance(part));
    };
    qsizetype done = 0;
    auto matches = pattern.globalMatch(text);
    while (matches.hasNext() && rest.width() > 0) {
        const auto match = matches.next();
        plain(text.mid(done, match.capturedStart() - done));
        const int width = font.horizontalAdvance(match.captured()) + 2 * chipPadding;
        const QRect box(rest.left(), rect.y() + (rect.height() - chipHeight) / 2, width, chipHeight);
        paintBox(painter, box, metrics::radiusChip, color(Role::AccentBg), QColor());
        painter.setPen(color(Role::AccentText));
        painter.drawText(box, Qt::AlignCenter, match.captured());
        rest.setLeft(rest.left() + width);
        done = match.capturedEnd();
    }
    if (rest.width() > 0)
        plain(text.mid(done));
    painter.restore();
}

} // namespace claimsmith::app
