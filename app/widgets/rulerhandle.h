// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/timeruler.h"

#include <QWidget>

namespace claimsmith::app {

/// One end of the life on a TimeRuler: a line with a ring. Takes the pointer and the keyboard and tells its ruler.
class RulerHandle final : public QWidget
{
    Q_OBJECT

public:
    static constexpr int width = 24;

    RulerHandle(TimeClaim claim, TimeRuler& ruler);

    TimeClaim claim() const noexcept { return m_claim; }
    TimeRuler& ruler() const noexcept { return m_ruler; }
    /// How far below the upper end of the line the ring sits.
    void setRing(int y);
    /// "14:41:48, in 9 min 41 s".
    QString valueText() const;

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    bool event(QEvent* event) override;

private:
    void moveBy(std::int64_t seconds);

    TimeRuler& m_ruler;
    const TimeClaim m_claim;
    int m_ring = 0;
    double m_grip = 0; ///< pointer minus line when the drag began, in pixels
    bool m_dragging = false;
    bool m_keyboardFocus = false;
};

/// Gives handles their accessible value. Called by the first ruler before its handles exist, because Qt asks for an
/// interface when a name is set and keeps the answer.
void installRulerAccessibility();

} // namespace claimsmith::app
