// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/quantities.h"

#include "support/testing.h"

using namespace claimsmith::app;
using namespace std::chrono_literals;

class TestQuantities : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { qputenv("TZ", "UTC"); }

    void durations_data()
    {
        QTest::addColumn<qint64>("nanoseconds");
        QTest::addColumn<QString>("fine");
        QTest::addColumn<QString>("brief");
        QTest::newRow("nothing") << qint64(0) << "0.00 ms"
                                 << "0.00 ms";
        QTest::newRow("below a millisecond") << qint64(420'000) << "0.42 ms"
                                             << "0.42 ms";
        QTest::newRow("some milliseconds") << qint64(2'910'000) << "2.91 ms"
                                           << "3 ms";
        QTest::newRow("many milliseconds") << qint64(46'300'000) << "46 ms"
                                           << "46 ms";
        QTest::newRow("rounds up to a second") << qint64(999'700'000) << "1.0 s"
                                               << "1.0 s";
        QTest::newRow("seconds") << qint64(1'800'000'000) << "1.8 s"
                                 << "1.8 s";
        QTest::newRow("minutes") << qint64(125'000'000'000) << "2 min 5 s"
                                 << "2 min 5 s";
    }

    void durations()
    {
        QFETCH(qint64, nanoseconds);
        QTEST(durationText(std::chrono::nanoseconds(nanoseconds)), "fine");
        QTEST(briefDurationText(std::chrono::nanoseconds(nanoseconds)), "brief");
    }

    void distances_data()
    {
        QTest::addColumn<qint64>("seconds");
        QTest::addColumn<QString>("text");
        QTest::newRow("now") << qint64(0) << "now";
        QTest::newRow("past") << qint64(-192) << "3 min 12 s ago";
        QTest::newRow("future") << qint64(581) << "in 9 min 41 s";
        QTest::newRow("whole minutes drop the seconds") << qint64(600) << "in 10 min";
        QTest::newRow("hours drop the seconds") << qint64(-7265) << "2 h 1 min ago";
        QTest::newRow("a middle unit of zero is left out") << qint64(86400 + 59) << "in 1 d";
    }

    void distances()
    {
        QFETCH(qint64, seconds);
        QTEST(distanceText(std::chrono::seconds(seconds)), "text");
    }

    void agesUseOneUnit()
    {
        QCOMPARE(briefAgeText(0s), QStringLiteral("now"));
        QCOMPARE(briefAgeText(-3s), QStringLiteral("now"));
        QCOMPARE(briefAgeText(59s), QStringLiteral("59 s"));
        QCOMPARE(briefAgeText(570s), QStringLiteral("9 min"));
    }

    void sizes_data()
    {
        QTest::addColumn<quint64>("bytes");
        QTest::addColumn<QString>("text");
        QTest::newRow("bytes") << quint64(23) << "23 B";
        QTest::newRow("last that is bytes") << quint64(999) << "999 B";
        QTest::newRow("kilobytes") << quint64(1420) << "1.42 kB";
        QTest::newRow("tens") << quint64(14'200) << "14.2 kB";
        QTest::newRow("hundreds") << quint64(142'000) << "142 kB";
        QTest::newRow("rounds up to the next unit") << quint64(999'900) << "1.00 MB";
    }

    void sizes()
    {
        QFETCH(quint64, bytes);
        QTEST(sizeText(bytes), "text");
    }

    void datesAreSeenFromNow()
    {
        const auto now = fromUnixSeconds(1795444327);
        QCOMPARE(dayAndClockText(fromUnixSeconds(1795444135), now), QStringLiteral("Today 14:28:55"));
        QCOMPARE(dayAndClockText(fromUnixSeconds(1795444135 - 86400), now), QStringLiteral("Yesterday 14:28:55"));
        QCOMPARE(dayAndClockText(fromUnixSeconds(1795444135 + 86400), now), QStringLiteral("Tomorrow 14:28:55"));
        QCOMPARE(dayAndClockText(fromUnixSeconds(0), now), QStringLiteral("1 Jan 1970 00:00:00"));
    }

    void timesBeyondTheClockAreHeld()
    {
        QVERIFY(fromUnixSeconds(std::numeric_limits<qint64>::max()) > fromUnixSeconds(1795440727));
        QVERIFY(fromUnixSeconds(std::numeric_limits<qint64>::min()) < fromUnixSeconds(0));
    }

    void countsHaveCommas() { QCOMPARE(countText(1284), QStringLiteral("1,284")); }
};

QTEST_GUILESS_MAIN(TestQuantities)
#include "tst_quantities.moc"
