// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/paint.h"

#include <QAbstractButton>
#include <QWidget>

namespace claimsmith::app {

/// A chip as a widget. Clickable ones are buttons to the keyboard and to screen readers.
class ChipLabel final : public QAbstractButton
{
    Q_OBJECT

public:
    explicit ChipLabel(const Chip& chip = {}, QWidget* parent = nullptr);

    const Chip& chip() const { return m_chip; }

    void setChip(const Chip& chip);
    void setClickable(bool clickable);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    bool hitButton(const QPoint& position) const override { return m_clickable && rect().contains(position); }
    void paintEvent(QPaintEvent* event) override;

private:
    Chip m_chip;
    bool m_clickable = false;
};

/// A pill as a widget.
class PillLabel final : public QWidget
{
    Q_OBJECT

public:
    explicit PillLabel(const Pill& pill = {}, QWidget* parent = nullptr);

    const Pill& pill() const { return m_pill; }

    void setPill(const Pill& pill);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Pill m_pill;
};

} // namespace claimsmith::app
