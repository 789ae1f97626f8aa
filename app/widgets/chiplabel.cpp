// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chiplabel.h"

#include "theme/metrics.h"
#include "theme/theme.h"

#include <QPainter>

namespace claimsmith::app {

ChipLabel::ChipLabel(const Chip& chip, QWidget* parent) : QAbstractButton(parent)
{
    setFocusPolicy(Qt::NoFocus);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    setChip(chip);
    connect(&Theme::instance(), &Theme::changed, this, &QWidget::updateGeometry);
}

void ChipLabel::setChip(const Chip& chip)
{
    m_chip = chip;
    setText(chip.text);
    setToolTip({});
    updateGeometry();
    update();
}

void ChipLabel::setClickable(bool clickable)
{
    m_clickable = clickable;
    setFocusPolicy(clickable ? Qt::TabFocus : Qt::NoFocus);
    setAttribute(Qt::WA_Hover, clickable);
    setCursor(clickable ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

QSize ChipLabel::sizeHint() const
{
    return sizeOf(m_chip);
}

QSize ChipLabel::minimumSizeHint() const
{
    return {qMin(sizeHint().width(), 48), metrics::chip};
}

void ChipLabel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintChip(painter, rect(), m_chip, m_clickable && underMouse());
}

PillLabel::PillLabel(const Pill& pill, QWidget* parent) : QWidget(parent), m_pill(pill)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void PillLabel::setPill(const Pill& pill)
{
    if (m_pill == pill)
        return;
    m_pill = pill;
    updateGeometry();
    update();
}

QSize PillLabel::sizeHint() const
{
    return sizeOf(m_pill);
}

void PillLabel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintPill(painter, rect(), m_pill);
}

} // namespace claimsmith::app
