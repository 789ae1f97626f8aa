// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/craft/instantpicker.h"

#include "text/timetext.h"
#include "theme/icons.h"
#include "theme/metrics.h"
#include "theme/paint.h"
#include "theme/theme.h"
#include "widgets/buttons.h"
#include "widgets/label.h"

#include <QCalendarWidget>
#include <QDateTime>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QPushButton>
#include <QScreen>
#include <QTextCharFormat>
#include <QTimeEdit>
#include <QToolButton>
#include <QVBoxLayout>

#include <array>

namespace claimsmith::app {

namespace {

struct Distance
{
    const char* text;
    std::int64_t seconds;
};

constexpr std::array distances{
    Distance{QT_TRANSLATE_NOOP("claimsmith::app::InstantPicker", "now"), 0},
    Distance{QT_TRANSLATE_NOOP("claimsmith::app::InstantPicker", "+10 min"), 600},
    Distance{QT_TRANSLATE_NOOP("claimsmith::app::InstantPicker", "+1 h"), 3600},
    Distance{QT_TRANSLATE_NOOP("claimsmith::app::InstantPicker", "+1 d"), 86'400},
    Distance{QT_TRANSLATE_NOOP("claimsmith::app::InstantPicker", "-1 min"), -60},
};

/// The calendar brings colours of its own for weekends and headers.
void dress(QCalendarWidget& calendar)
{
    calendar.setVerticalHeaderFormat(QCalendarWidget::NoVerticalHeader);
    calendar.setHorizontalHeaderFormat(QCalendarWidget::ShortDayNames);
    calendar.setFirstDayOfWeek(Qt::Monday);
    QTextCharFormat day;
    day.setForeground(color(Role::Text));
    for (const auto each : {Qt::Saturday, Qt::Sunday})
        calendar.setWeekdayTextFormat(each, day);
    QTextCharFormat header;
    header.setForeground(color(Role::Text3));
    header.setBackground(color(Role::BgSunken));
    calendar.setHeaderTextFormat(header);
    const std::array<std::pair<QLatin1String, QLatin1String>, 2> arrows{
        {{QLatin1String("qt_calendar_prevmonth"), QLatin1String("chevron-left")},
         {QLatin1String("qt_calendar_nextmonth"), QLatin1String("chevron-right")}}};
    for (const auto& [name, icon] : arrows) {
        if (auto* button = calendar.findChild<QToolButton*>(name))
            button->setIcon(themedIcon(icon));
    }
}

} // namespace

InstantPicker::InstantPicker(std::int64_t instant, std::int64_t now, const QTimeZone& zone, QWidget* parent)
    : QFrame(parent, Qt::Popup), m_now(now), m_zone(zone), m_calendar(new QCalendarWidget), m_time(new QTimeEdit),
      m_words(new Label({}, TextStyle::Small, Role::Text2))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("instantPicker"));
    setAccessibleName(tr("Date and time"));
    setFillRole(this, Role::BgRaised);
    m_calendar->setObjectName(QStringLiteral("pickerCalendar"));
    m_calendar->setAccessibleName(tr("Date"));
    dress(*m_calendar);
    m_time->setObjectName(QStringLiteral("pickerTime"));
    m_time->setAccessibleName(tr("Time of day"));
    m_time->setDisplayFormat(QStringLiteral("HH:mm:ss"));
    auto* set = makeButton(tr("Set"), ButtonKind::Primary);
    set->setObjectName(QStringLiteral("pickerSet"));
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_time);
    row->addWidget(m_words, 1);
    row->addWidget(set);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::cardPadding, metrics::cardPadding, metrics::cardPadding, metrics::cardPadding);
    layout->setSpacing(8);
    layout->addWidget(m_calendar);
    layout->addWidget(makeDistances());
    layout->addLayout(row);
    setInstant(isShowableInstant(instant) ? instant : now);
    connect(m_calendar, &QCalendarWidget::selectionChanged, this, &InstantPicker::describe);
    connect(m_calendar, &QCalendarWidget::activated, this, &InstantPicker::accept);
    connect(m_time, &QTimeEdit::timeChanged, this, &InstantPicker::describe);
    connect(set, &QPushButton::clicked, this, &InstantPicker::accept);
    m_calendar->setFocus();
}

QWidget* InstantPicker::makeDistances()
{
    auto* line = new QWidget;
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    for (const Distance& each : distances) {
        auto* button = makeButton(tr(each.text), ButtonKind::Default, {}, ControlSize::Small);
        button->setObjectName(QStringLiteral("picker%1").arg(each.seconds));
        connect(button, &QPushButton::clicked, this, [this, seconds = each.seconds] { setInstant(m_now + seconds); });
        row->addWidget(button);
    }
    row->addStretch(1);
    return line;
}

std::int64_t InstantPicker::instant() const
{
    return QDateTime(m_calendar->selectedDate(), m_time->time(), m_zone).toSecsSinceEpoch();
}

void InstantPicker::setInstant(std::int64_t instant)
{
    const QDateTime then = QDateTime::fromSecsSinceEpoch(instant, m_zone);
    m_calendar->setSelectedDate(then.date());
    m_time->setTime(then.time());
    describe();
}

void InstantPicker::describe()
{
    m_words->setText(instantText(instant(), m_now, m_zone));
    m_words->setToolTip(instantDetails(instant(), m_zone));
}

void InstantPicker::popup(const QRect& field)
{
    const QSize size = sizeHint();
    const QRect screen = parentWidget()->screen()->availableGeometry();
    const bool below = field.bottom() + size.height() <= screen.bottom();
    const int y = below ? field.bottom() + 2 : std::max(screen.top(), field.top() - size.height() - 2);
    move(std::clamp(field.left(), screen.left(), std::max(screen.left(), screen.right() - size.width())), y);
    show();
}

void InstantPicker::accept()
{
    const std::int64_t taken = instant();
    close();
    emit chosen(taken);
}

void InstantPicker::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintBox(painter, rect(), 0, color(Role::BgRaised), color(Role::LineStrong));
}

void InstantPicker::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        accept();
    else
        QFrame::keyPressEvent(event);
}

} // namespace claimsmith::app
