// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QTimeZone>

#include <cstdint>

class QCalendarWidget;
class QTimeEdit;

namespace claimsmith::app {

class Label;

/// A popup that chooses date and time of a claim: calendar, clock, and the distances that are asked for most. Enter
/// takes what is chosen, Esc leaves it. Deletes itself when it closes.
class InstantPicker final : public QFrame
{
    Q_OBJECT

public:
    /// `instant` is chosen first; both in seconds since 1970.
    InstantPicker(std::int64_t instant, std::int64_t now, const QTimeZone& zone, QWidget* parent);

    std::int64_t instant() const;
    void setInstant(std::int64_t instant);
    /// Below this rectangle of the screen, or above it where there is no room.
    void popup(const QRect& field);

signals:
    void chosen(qint64 instant);

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* makeDistances();
    void describe();
    void accept();

    const std::int64_t m_now;
    const QTimeZone m_zone;
    QCalendarWidget* m_calendar;
    QTimeEdit* m_time;
    Label* m_words;
};

} // namespace claimsmith::app
