// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/timetext.h"

#include "support/testing.h"

using namespace claimsmith::app;

namespace {

/// Monday 23 November 2026, 14:32:07 in a zone one hour east of UTC.
constexpr qint64 now = 1795440727;

QTimeZone zone()
{
    return QTimeZone(3600);
}

} // namespace

class TestTimeText final : public QObject
{
    Q_OBJECT

private slots:
    void clock_data()
    {
        QTest::addColumn<qint64>("instant");
        QTest::addColumn<QString>("text");
        QTest::newRow("today") << now + 581 << "14:41:48";
        QTest::newRow("tomorrow") << now + 86400 << "24 Nov 14:32:07";
        QTest::newRow("next year") << now + 60 * 86400 << "22 Jan 2027 14:32:07";
        QTest::newRow("long ago") << qint64(1) << "1 Jan 1970 01:00:01";
        QTest::newRow("beyond the year 9999") << qint64(999'999'999'999'999) << "999999999999999";
    }
    void clock()
    {
        QFETCH(qint64, instant);
        QTEST(clockText(instant, now, zone()), "text");
    }

    void instant()
    {
        QCOMPARE(instantText(1795441308, now, zone()), QStringLiteral("14:41:48, in 9 min 41 s"));
        QCOMPARE(instantDetails(1795441308, zone()),
                 QStringLiteral("Monday 23 November 2026, 14:41:48\nUTC+01:00\n2026-11-23T13:41:48Z"));
        QCOMPARE(instantText(INT64_MAX, now, zone()), QStringLiteral("Beyond the calendar"));
        QCOMPARE(instantText(INT64_MIN, now, zone()), QStringLiteral("Beyond the calendar"));
    }

    void countdown()
    {
        QCOMPARE(countdownText(581), QStringLiteral("9 min 41 s"));
        QCOMPARE(countdownText(42 * 60 + 5), QStringLiteral("42 min"));
        QCOMPARE(countdownText(7529), QStringLiteral("2 h 5 min"));
    }

    void parse_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("instant"); // 0: refused
        QTest::newRow("now") << "now" << now;
        QTest::newRow("plus minutes") << "+10 min" << now + 600;
        QTest::newRow("plus without space") << "+1h" << now + 3600;
        QTest::newRow("in") << "in 2 d" << now + 2 * 86400;
        QTest::newRow("ago") << "5 s ago" << now - 5;
        QTest::newRow("minus") << "-1 h" << now - 3600;
        QTest::newRow("iso with zone") << "2026-11-23T13:41:48Z" << qint64(1795441308);
        QTest::newRow("iso in the given zone") << "2026-11-23 14:41:48" << qint64(1795441308);
        QTest::newRow("date") << "2026-11-23" << qint64(1795388400);
        QTest::newRow("bare number") << "1795441308" << qint64(0);
        QTest::newRow("no such day") << "2026-02-30" << qint64(0);
        QTest::newRow("words") << "tomorrow" << qint64(0);
        QTest::newRow("empty") << "" << qint64(0);
    }
    void parse()
    {
        QFETCH(QString, text);
        QTEST(qint64(parseInstant(text, now, zone()).value_or(0)), "instant");
    }
};

QTEST_GUILESS_MAIN(TestTimeText)
#include "tst_timetext.moc"
