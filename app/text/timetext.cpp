// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/timetext.h"

#include "text/quantities.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QRegularExpression>

namespace claimsmith::app {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(TimeText)
};

constexpr std::int64_t minute = 60;
constexpr std::int64_t hour = 60 * minute;
constexpr std::int64_t day = 24 * hour;
constexpr std::int64_t year = 365 * day;

/// The years 1 to 9999: what a calendar can show without surprise.
constexpr std::int64_t firstShowable = -62'135'596'800;
constexpr std::int64_t lastShowable = 253'402'300'799;

/// The interface speaks English until a translation says otherwise, whatever the system's locale.
const QLocale& calendarLocale()
{
    static const QLocale locale(QLocale::English, QLocale::UnitedKingdom);
    return locale;
}

std::optional<std::int64_t> parseSpan(const QString& text)
{
    static const QRegularExpression pattern(
        QStringLiteral("^(\\d{1,9})\\s*(s|sec|secs|seconds?|m|min|mins|minutes?|h|hours?|d|days?|y|years?)$"),
        QRegularExpression::CaseInsensitiveOption);
    const auto match = pattern.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    const QChar unit = match.captured(2).at(0).toLower();
    const auto factor = unit == u's' ? 1 : unit == u'm' ? minute : unit == u'h' ? hour : unit == u'd' ? day : year;
    return match.captured(1).toLongLong() * factor;
}

/// "+10 min", "-1 h", "in 2 d", "5 s ago" as a distance from now.
std::optional<std::int64_t> parseDistance(const QString& text)
{
    if (text.compare(QLatin1String("now"), Qt::CaseInsensitive) == 0)
        return 0;
    if (text.startsWith(u'+'))
        return parseSpan(text.mid(1).trimmed());
    if (text.startsWith(QLatin1String("in "), Qt::CaseInsensitive))
        return parseSpan(text.mid(3).trimmed());
    std::optional<std::int64_t> past;
    if (text.startsWith(u'-'))
        past = parseSpan(text.mid(1).trimmed());
    else if (text.endsWith(QLatin1String(" ago"), Qt::CaseInsensitive))
        past = parseSpan(text.chopped(4).trimmed());
    if (past)
        return -*past;
    return std::nullopt;
}

} // namespace

bool isShowableInstant(std::int64_t instant) noexcept
{
    return instant >= firstShowable && instant <= lastShowable;
}

QString clockText(std::int64_t instant, std::int64_t now, const QTimeZone& zone)
{
    if (!isShowableInstant(instant))
        return QString::number(instant);
    const QDateTime then = QDateTime::fromSecsSinceEpoch(instant, zone);
    const QDateTime today = QDateTime::fromSecsSinceEpoch(now, zone);
    const QString format = then.date() == today.date()                 ? QStringLiteral("HH:mm:ss")
                           : then.date().year() == today.date().year() ? QStringLiteral("d MMM HH:mm:ss")
                                                                       : QStringLiteral("d MMM yyyy HH:mm:ss");
    return calendarLocale().toString(then, format);
}

QString instantText(std::int64_t instant, std::int64_t now, const QTimeZone& zone)
{
    if (!isShowableInstant(instant))
        return Tr::tr("Beyond the calendar");
    //: a time of day and its distance: "14:41:48, in 9 min 41 s"
    return Tr::tr("%1, %2").arg(clockText(instant, now, zone), distanceText(std::chrono::seconds(instant - now)));
}

QString instantDetails(std::int64_t instant, const QTimeZone& zone)
{
    if (!isShowableInstant(instant))
        return Tr::tr("Seconds since 1970, beyond the year 9999");
    const QDateTime local = QDateTime::fromSecsSinceEpoch(instant, zone);
    const QString date = calendarLocale().toString(local, QStringLiteral("dddd d MMMM yyyy, HH:mm:ss"));
    const QString name = zone.displayName(local, QTimeZone::OffsetName, calendarLocale());
    const QString iso = QDateTime::fromSecsSinceEpoch(instant, Qt::UTC).toString(Qt::ISODate);
    return QStringList{date, name, iso}.join(u'\n');
}

QString countdownText(std::int64_t seconds)
{
    if (seconds > 10 * minute && seconds < hour)
        return briefAgeText(std::chrono::seconds(seconds));
    return spanText(std::chrono::seconds(seconds));
}

std::optional<std::int64_t> parseInstant(const QString& text, std::int64_t now, const QTimeZone& zone)
{
    const QString trimmed = text.trimmed();
    if (const auto distance = parseDistance(trimmed))
        return now + *distance;
    static const QRegularExpression date(QStringLiteral("^\\d{4}-\\d{2}-\\d{2}([T ]\\d{2}:\\d{2}.*)?$"));
    if (!date.match(trimmed).hasMatch())
        return std::nullopt;
    QString iso = trimmed;
    if (iso.size() > 10)
        iso[10] = u'T';
    QDateTime parsed = QDateTime::fromString(iso, Qt::ISODate);
    if (!parsed.isValid())
        return std::nullopt;
    if (parsed.timeSpec() == Qt::LocalTime)
        parsed = QDateTime(parsed.date(), parsed.time(), zone);
    return parsed.toSecsSinceEpoch();
}

} // namespace claimsmith::app
