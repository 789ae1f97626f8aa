// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/gatewaypill.h"

#include "theme/metrics.h"
#include "theme/theme.h"

#include <QPainter>
#include <QTimer>

namespace claimsmith::app {
namespace {

constexpr int padding = 8;
constexpr int gap = 8;
constexpr int mark = 8;
constexpr int turnMilliseconds = 40;
constexpr int turnSteps = 25;

} // namespace

GatewayPill::GatewayPill(QWidget* parent) : QAbstractButton(parent), m_turn(new QTimer(this))
{
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAttribute(Qt::WA_Hover);
    m_turn->setInterval(turnMilliseconds);
    connect(m_turn, &QTimer::timeout, this, [this] {
        m_step = (m_step + 1) % turnSteps;
        update();
    });
}

void GatewayPill::setFace(const Face& face)
{
    if (m_face == face)
        return;
    m_face = face;
    const bool turns = face.turning && Theme::instance().duration(turnMilliseconds) > 0;
    turns ? m_turn->start() : m_turn->stop();
    QStringList words{tr("Gateway %1").arg(face.state)};
    for (const QString& word : {face.proxy, face.reason})
        if (!word.isEmpty())
            words.append(word);
    setAccessibleName(words.join(QStringLiteral(", ")));
    setToolTip(face.reason);
    updateGeometry();
    update();
}

QList<GatewayPill::Part> GatewayPill::parts() const
{
    const Role state = toneColors(m_face.tone).text;
    QList<Part> parts{{m_face.state, TextStyle::SmallBold, state}};
    if (!m_face.proxy.isEmpty())
        parts.append({m_face.proxy, TextStyle::MonoSmall, Role::Text3});
    if (!m_face.admin.isEmpty()) {
        parts.append({tr("admin"), TextStyle::Small, Role::Text3});
        parts.append({m_face.admin, TextStyle::MonoSmall, Role::Text3});
    }
    if (!m_face.reason.isEmpty())
        parts.append({m_face.reason, TextStyle::Small, state});
    return parts;
}

QSize GatewayPill::sizeHint() const
{
    int width = padding + mark;
    for (const Part& part : parts())
        width += gap + QFontMetrics(textFont(part.style)).horizontalAdvance(part.text);
    return {width + padding, metrics::chip};
}

void GatewayPill::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const ToneColors colors = toneColors(m_face.tone);
    paintBox(painter, rect(), height() / 2.0, color(colors.background),
             underMouse() ? color(Role::LineStrong) : QColor());
    if (m_face.turning)
        paintSpinner(painter, QRect(padding - 1, 0, 10, height()), qreal(m_step) / turnSteps, colors.solid);
    else
        paintDot(painter, QRect(padding, 0, mark, height()), mark,
                 m_face.tone == Tone::Neutral ? Role::Text3 : colors.solid);
    int x = padding + mark + gap;
    for (const Part& part : parts()) {
        painter.setFont(textFont(part.style));
        painter.setPen(color(part.role));
        const int width = painter.fontMetrics().horizontalAdvance(part.text);
        painter.drawText(QRect(x, 0, width + 2, height()), Qt::AlignVCenter | Qt::AlignLeft, part.text);
        x += width + gap;
    }
}

} // namespace claimsmith::app
