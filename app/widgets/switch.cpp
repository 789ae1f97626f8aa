// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/switch.h"

#include "theme/paint.h"
#include "theme/theme.h"

#include <QPainter>
#include <QVariantAnimation>

namespace claimsmith::app {
namespace {

constexpr int trackWidth = 28;
constexpr int trackHeight = 16;
constexpr int knob = 12;
constexpr int moveMilliseconds = 80;

} // namespace

Switch::Switch(const QString& name, QWidget* parent) : QAbstractButton(parent), m_motion(new QVariantAnimation(this))
{
    setText(name);
    setCheckable(true);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(m_motion, &QVariantAnimation::valueChanged, this, [this](const QVariant& value) {
        m_place = value.toReal();
        update();
    });
    connect(this, &QAbstractButton::toggled, this, [this](bool on) {
        m_motion->stop();
        const int duration = isVisible() ? Theme::instance().duration(moveMilliseconds) : 0;
        if (duration == 0) {
            m_place = on ? 1 : 0;
            update();
            return;
        }
        m_motion->setDuration(duration);
        m_motion->setStartValue(m_place);
        m_motion->setEndValue(on ? 1.0 : 0.0);
        m_motion->start();
    });
}

QSize Switch::sizeHint() const
{
    return {trackWidth, trackHeight};
}

void Switch::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const QRectF track((width() - trackWidth) / 2.0, (height() - trackHeight) / 2.0, trackWidth, trackHeight);
    Role role = isChecked() ? Role::Accent : Role::LineControl;
    if (!isEnabled())
        role = Role::BgChip;
    else if (underMouse() && isChecked())
        role = Role::AccentHover;
    paintBox(painter, track, trackHeight / 2.0, color(role), QColor());
    constexpr qreal inset = (trackHeight - knob) / 2.0;
    const qreal x = track.x() + inset + m_place * (trackWidth - knob - 2 * inset);
    paintBox(painter, QRectF(x, track.y() + inset, knob, knob), knob / 2.0,
             color(isEnabled() ? Role::TextOnAccent : Role::TextDisabled), QColor());
}

} // namespace claimsmith::app
