// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/tokentext.h"

#include "theme/theme.h"

#include <QPainter>
#include <QStringList>

#include <algorithm>
#include <array>

namespace claimsmith::app {

namespace {

constexpr qsizetype shortestPart = 4;

/// How many characters of each part to show so that all fit into `room` characters, dots and ellipses included.
QStringList cut(QStringList parts, qsizetype room)
{
    const qsizetype whole = parts.join(QLatin1Char('.')).size();
    if (whole <= room)
        return parts;
    const qsizetype each = std::max(shortestPart, (room - parts.size() + 1) / parts.size() - 1);
    for (QString& part : parts) {
        if (part.size() > each + 1)
            part = part.left(each) + QChar(0x2026);
    }
    return parts;
}

} // namespace

void paintTokenText(QPainter& painter, const QRect& box, const QString& value)
{
    static constexpr std::array<Role, 3> roles{Role::JwtHeader, Role::JwtPayload, Role::JwtSignature};
    const QFontMetricsF metrics(painter.font());
    const qsizetype space = value.lastIndexOf(QLatin1Char(' ')) + 1;
    qreal left = box.left();
    const auto draw = [&](const QString& text, Role role) {
        painter.setPen(color(role));
        painter.drawText(QRectF(left, box.top(), std::max<qreal>(0, box.right() + 1 - left), box.height()),
                         Qt::AlignLeft | Qt::AlignVCenter, text);
        left += metrics.horizontalAdvance(text);
    };
    draw(value.left(space), Role::Text);
    const auto room = static_cast<qsizetype>((box.right() - left) / metrics.horizontalAdvance(QLatin1Char('0')));
    const QStringList parts = cut(value.mid(space).split(QLatin1Char('.')), room);
    for (qsizetype i = 0; i < parts.size(); ++i) {
        if (i > 0)
            draw(QStringLiteral("."), Role::SynPunct);
        draw(parts[i], roles[static_cast<std::size_t>(std::min<qsizetype>(i, 2))]);
    }
}

TokenLabel::TokenLabel(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void TokenLabel::setToken(const QString& token)
{
    m_token = token;
    setAccessibleName(tr("Token"));
    setAccessibleDescription(token);
    update();
}

QSize TokenLabel::sizeHint() const
{
    return {120, lineHeight(TextStyle::Mono)};
}

void TokenLabel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setFont(textFont(TextStyle::Mono));
    paintTokenText(painter, rect(), m_token);
}

} // namespace claimsmith::app
