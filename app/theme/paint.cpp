// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/paint.h"

#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/theme.h"

#include <QFontMetricsF>
#include <QPainter>

#include <array>
#include <cmath>

namespace claimsmith::app {
namespace {

constexpr int chipPadding = 6;
constexpr int chipGap = 4;
constexpr int pillPadding = 8;
constexpr int pillDot = 8;
constexpr int pillGap = 6;
constexpr int keycapHeight = 18;
constexpr int keycapPadding = 6;

int textWidth(const QFont& font, const QString& text)
{
    return static_cast<int>(std::ceil(QFontMetricsF(font).horizontalAdvance(text)));
}

QFont fontOf(const Chip& chip)
{
    return textFont(chip.mono || chip.tone == Tone::Secret ? TextStyle::MonoSmall : TextStyle::Caption);
}

int edgeOf(const Chip& chip)
{
    return chipPadding + (chip.tone == Tone::Outline ? 1 : 0);
}

} // namespace

ToneColors toneColors(Tone tone)
{
    switch (tone) {
    case Tone::Neutral:
        return {Role::Text2, Role::BgChip, Role::LineControl};
    case Tone::Outline:
        return {Role::Text2, Role::BgSurface, Role::LineControl};
    case Tone::Accent:
        return {Role::AccentText, Role::AccentBg, Role::Accent};
    case Tone::Ok:
        return {Role::Ok, Role::OkBg, Role::OkSolid};
    case Tone::Warn:
        return {Role::Warn, Role::WarnBg, Role::WarnSolid};
    case Tone::Bad:
        return {Role::Bad, Role::BadBg, Role::BadSolid};
    case Tone::Info:
        return {Role::Info, Role::InfoBg, Role::InfoSolid};
    case Tone::Secret:
        return {Role::JwtPayload, Role::JwtPayloadBg, Role::JwtPayload};
    }
    return {Role::Text2, Role::BgChip, Role::LineControl};
}

QSize sizeOf(const Chip& chip)
{
    int width = 2 * edgeOf(chip) + textWidth(fontOf(chip), chip.text);
    if (!chip.icon.isEmpty())
        width += metrics::iconChip + chipGap;
    if (chip.closable)
        width += metrics::iconChip + chipGap;
    return {width, metrics::chip};
}

QSize sizeOf(const Pill& pill)
{
    const int width = 2 * pillPadding + textWidth(textFont(TextStyle::SmallBold), pill.text);
    return {pill.dot ? width + pillDot + pillGap : width, metrics::chip};
}

QRect chipCloseRect(const QRect& chipRect)
{
    return {chipRect.right() - chipPadding - metrics::iconChip + 1, chipRect.y(), metrics::iconChip + chipPadding,
            chipRect.height()};
}

QRect paintChip(QPainter& painter, const QRect& box, const Chip& chip, bool hovered)
{
    const QSize size = sizeOf(chip);
    const QRect rect(box.x(), box.y() + (box.height() - size.height()) / 2, qMin(size.width(), box.width()),
                     size.height());
    const ToneColors colors = toneColors(chip.tone);
    const QColor line = chip.tone == Tone::Outline ? color(Role::Line) : QColor();
    paintBox(painter, rect, metrics::radiusChip, color(hovered ? Role::BgHover : colors.background), line);

    QRect inner = rect.adjusted(edgeOf(chip), 0, -edgeOf(chip), 0);
    if (!chip.icon.isEmpty()) {
        paintIcon(painter, QRect(inner.x(), inner.y(), metrics::iconChip, inner.height()), chip.icon, metrics::iconChip,
                  color(colors.text));
        inner.setLeft(inner.left() + metrics::iconChip + chipGap);
    }
    if (chip.closable) {
        paintIcon(painter, QRect(inner.right() - metrics::iconChip + 1, inner.y(), metrics::iconChip, inner.height()),
                  QLatin1String("close"), metrics::iconChip, color(colors.text));
        inner.setRight(inner.right() - metrics::iconChip - chipGap);
    }
    painter.setFont(fontOf(chip));
    painter.setPen(color(colors.text));
    const QString text = size.width() <= box.width()
                             ? chip.text
                             : QFontMetrics(painter.font()).elidedText(chip.text, Qt::ElideRight, inner.width());
    painter.drawText(inner, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, text);
    return rect;
}

QRect paintPill(QPainter& painter, const QRect& box, const Pill& pill)
{
    const QSize size = sizeOf(pill);
    const QRect rect(box.x(), box.y() + (box.height() - size.height()) / 2, qMin(size.width(), box.width()),
                     size.height());
    const ToneColors colors = toneColors(pill.tone);
    paintBox(painter, rect, rect.height() / 2.0, color(colors.background), QColor());
    QRect inner = rect.adjusted(pillPadding, 0, -pillPadding, 0);
    if (pill.dot) {
        paintDot(painter, QRect(inner.x(), inner.y(), pillDot, inner.height()), pillDot, colors.solid);
        inner.setLeft(inner.left() + pillDot + pillGap);
    }
    painter.setFont(textFont(TextStyle::SmallBold));
    painter.setPen(color(colors.text));
    painter.drawText(inner, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, pill.text);
    return rect;
}

QString keysText(const QKeySequence& keys)
{
    QString text = keys.toString(QKeySequence::NativeText);
    // Qt names the main Enter key Return, which no keyboard does.
    text.replace(QStringLiteral("Return"), QStringLiteral("Enter"));
    return text.replace(QLatin1Char('+'), QLatin1Char(' '));
}

QSize keycapSize(const QString& keys)
{
    return {textWidth(textFont(TextStyle::Keycap), keys) + 2 * keycapPadding, keycapHeight};
}

void paintKeycap(QPainter& painter, const QRect& box, const QString& keys, bool onAccent)
{
    const QSize size = keycapSize(keys);
    const QRect rect(box.x(), box.y() + (box.height() - size.height()) / 2, size.width(), size.height());
    QColor line = color(onAccent ? Role::TextOnAccent : Role::Line);
    if (onAccent)
        line.setAlphaF(0.45F);
    paintBox(painter, rect, metrics::radiusChip, onAccent ? QColor() : color(Role::BgSurface), line);
    painter.setFont(textFont(TextStyle::Keycap));
    painter.setPen(color(onAccent ? Role::TextOnAccent : Role::Text2));
    painter.drawText(rect, Qt::AlignCenter | Qt::TextSingleLine, keys);
}

void paintDot(QPainter& painter, const QRect& box, int diameter, Role role)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color(role));
    painter.drawEllipse(
        QRectF(box.x() + (box.width() - diameter) / 2, box.y() + (box.height() - diameter) / 2, diameter, diameter));
    painter.restore();
}

void paintBox(QPainter& painter, const QRectF& rect, qreal radius, const QColor& fill, const QColor& line, qreal width)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    if (line.isValid()) {
        const qreal half = width / 2;
        painter.setPen(QPen(line, width));
        painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius - half, radius - half);
    } else {
        painter.setPen(Qt::NoPen);
        painter.drawRoundedRect(rect, radius, radius);
    }
    painter.restore();
}

Tone toneOfStatus(int status)
{
    if (status == 401 || status == 403 || status == 429 || status >= 500 || status == 0)
        return Tone::Bad;
    if (status >= 400)
        return Tone::Warn;
    return status >= 300 || status < 200 ? Tone::Info : Tone::Ok;
}

QString methodWord(const QString& method)
{
    if (method == QLatin1String("DELETE"))
        return QStringLiteral("DEL");
    if (method == QLatin1String("OPTIONS"))
        return QStringLiteral("OPT");
    return method.left(5);
}

Role methodRole(const QString& method)
{
    struct Entry
    {
        QLatin1String name;
        Role role;
    };

    static constexpr std::array<Entry, 5> entries = {{{QLatin1String("GET"), Role::MGet},
                                                      {QLatin1String("POST"), Role::MPost},
                                                      {QLatin1String("PUT"), Role::MPut},
                                                      {QLatin1String("PATCH"), Role::MPatch},
                                                      {QLatin1String("DELETE"), Role::MDelete}}};
    for (const Entry& entry : entries)
        if (method == entry.name)
            return entry.role;
    return Role::MOther;
}

void paintSpinner(QPainter& painter, const QRect& box, qreal phase, Role role)
{
    constexpr int side = 10;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color(role), 1.5, Qt::SolidLine, Qt::RoundCap));
    const QRectF circle(box.x() + (box.width() - side) / 2 + 0.75, box.y() + (box.height() - side) / 2 + 0.75,
                        side - 1.5, side - 1.5);
    painter.drawArc(circle, qRound(-phase * 360 * 16), 270 * 16);
    painter.restore();
}

} // namespace claimsmith::app
