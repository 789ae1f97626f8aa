// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/quantities.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>

namespace claimsmith::app {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(Quantities)
};

/// The program's words are British, whatever the system's locale: digits and months have to match them.
const QLocale& wording()
{
    static const QLocale locale(QLocale::English, QLocale::UnitedKingdom);
    return locale;
}

QDateTime toLocal(TimePoint time)
{
    return QDateTime::fromSecsSinceEpoch(std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count());
}

struct Unit
{
    qint64 seconds;
    QString (*text)(qint64 count);
};

const std::array<Unit, 4>& units()
{
    static const std::array<Unit, 4> all{{
        {86400, [](qint64 count) { return Tr::tr("%1 d", "days").arg(count); }},
        {3600, [](qint64 count) { return Tr::tr("%1 h", "hours").arg(count); }},
        {60, [](qint64 count) { return Tr::tr("%1 min", "minutes").arg(count); }},
        {1, [](qint64 count) { return Tr::tr("%1 s", "seconds").arg(count); }},
    }};
    return all;
}

QString milliseconds(double value, int decimals)
{
    return Tr::tr("%1 ms", "milliseconds").arg(wording().toString(value, 'f', decimals));
}

QString fromOneSecond(std::chrono::nanoseconds duration)
{
    const double seconds = std::chrono::duration<double>(duration).count();
    if (seconds < 9.95)
        return Tr::tr("%1 s", "seconds").arg(wording().toString(seconds, 'f', 1));
    return spanText(std::chrono::round<std::chrono::seconds>(duration));
}

} // namespace

QString durationText(std::chrono::nanoseconds duration)
{
    const double value = std::chrono::duration<double, std::milli>(duration).count();
    if (value < 9.995)
        return milliseconds(value, 2);
    return value < 999.5 ? milliseconds(value, 0) : fromOneSecond(duration);
}

QString briefDurationText(std::chrono::nanoseconds duration)
{
    const double value = std::chrono::duration<double, std::milli>(duration).count();
    if (value < 0.995)
        return milliseconds(value, 2);
    return value < 999.5 ? milliseconds(value, 0) : fromOneSecond(duration);
}

QString spanText(std::chrono::seconds span)
{
    qint64 rest = std::abs(span.count());
    for (std::size_t i = 0; i < units().size(); ++i) {
        const Unit& unit = units()[i];
        if (rest < unit.seconds)
            continue;
        const QString first = unit.text(rest / unit.seconds);
        rest %= unit.seconds;
        if (i + 1 == units().size() || rest < units()[i + 1].seconds)
            return first;
        return first + QLatin1Char(' ') + units()[i + 1].text(rest / units()[i + 1].seconds);
    }
    return units().back().text(0);
}

QString distanceText(std::chrono::seconds fromNow)
{
    if (fromNow.count() == 0)
        return Tr::tr("now");
    return fromNow.count() < 0 ? Tr::tr("%1 ago").arg(spanText(fromNow)) : Tr::tr("in %1").arg(spanText(fromNow));
}

QString briefAgeText(std::chrono::seconds age)
{
    const qint64 seconds = age.count();
    if (seconds < 1)
        return Tr::tr("now");
    const auto unit =
        std::find_if(units().begin(), units().end(), [&](const Unit& each) { return seconds >= each.seconds; });
    return unit->text(seconds / unit->seconds);
}

QString clockText(TimePoint time)
{
    return toLocal(time).toString(QStringLiteral("HH:mm:ss"));
}

QString dayAndClockText(TimePoint time, TimePoint now)
{
    const QDateTime local = toLocal(time);
    const qint64 days = local.date().daysTo(toLocal(now).date());
    if (days == 0)
        return Tr::tr("Today %1", "time of day follows").arg(clockText(time));
    if (days == 1)
        return Tr::tr("Yesterday %1", "time of day follows").arg(clockText(time));
    if (days == -1)
        return Tr::tr("Tomorrow %1", "time of day follows").arg(clockText(time));
    return wording().toString(local, QStringLiteral("d MMM yyyy HH:mm:ss"));
}

QString sizeText(quint64 bytes)
{
    if (bytes < 1000)
        return Tr::tr("%1 B", "bytes").arg(bytes);
    static constexpr std::array<const char*, 4> names{"%1 kB", "%1 MB", "%1 GB", "%1 TB"};
    double value = static_cast<double>(bytes) / 1000;
    std::size_t unit = 0;
    while (value >= 999.5 && unit + 1 < names.size()) {
        value /= 1000;
        ++unit;
    }
    const int decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
    return QString::fromLatin1(names[unit]).arg(wording().toString(value, 'f', decimals));
}

QString countText(quint64 count)
{
    return wording().toString(count);
}

TimePoint fromUnixSeconds(qint64 seconds)
{
    constexpr qint64 first = -62135596800; // 0001-01-01T00:00:00Z
    constexpr qint64 last = 253402300799;  // 9999-12-31T23:59:59Z
    // The clock counts nanoseconds in 64 bits: it ends before those years do.
    constexpr qint64 range = std::chrono::duration_cast<std::chrono::seconds>(TimePoint::duration::max()).count() - 1;
    const qint64 held = std::clamp(std::clamp(seconds, first, last), -range, range);
    return TimePoint(std::chrono::seconds(held));
}

} // namespace claimsmith::app
