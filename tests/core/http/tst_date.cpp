// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/date.h"

#include "support/testing.h"

using namespace claimsmith;
using namespace claimsmith::http;

class TestDate : public QObject
{
    Q_OBJECT

private slots:
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
};

/// RFC 9110 §5.6.7 gives one time in three forms.
void TestDate::reads_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("seconds");
    QTest::newRow("IMF-fixdate") << "Sun, 06 Nov 1994 08:49:37 GMT" << qint64(784111777);
    QTest::newRow("RFC 850") << "Sunday, 06-Nov-94 08:49:37 GMT" << qint64(784111777);
    QTest::newRow("asctime") << "Sun Nov  6 08:49:37 1994" << qint64(784111777);
    QTest::newRow("two digits of this century") << "Friday, 01-Jan-30 00:00:00 GMT" << qint64(1893456000);
    QTest::newRow("leap day") << "Thu, 29 Feb 2024 00:00:00 GMT" << qint64(1709164800);
}

void TestDate::reads()
{
    QFETCH(QString, text);
    QFETCH(qint64, seconds);
    const auto time = parseHttpDate(text.toStdString());
    QVERIFY(time.has_value());
    QCOMPARE(qint64(std::chrono::floor<std::chrono::seconds>(time->time_since_epoch()).count()), seconds);
}

void TestDate::refuses_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << "";
    QTest::newRow("number") << "0";
    QTest::newRow("other zone") << "Sun, 06 Nov 1994 08:49:37 CET";
    QTest::newRow("no such day") << "Thu, 30 Feb 2024 00:00:00 GMT";
    QTest::newRow("no such hour") << "Sun, 06 Nov 1994 24:49:37 GMT";
    QTest::newRow("negative") << "Sun, 06 Nov 1994 08:-9:37 GMT";
    QTest::newRow("something behind") << "Sun, 06 Nov 1994 08:49:37 GMT x";
    QTest::newRow("cut off") << "Sun, 06 Nov 1994 08:49";
}

void TestDate::refuses()
{
    QFETCH(QString, text);
    QVERIFY(!parseHttpDate(text.toStdString()));
}

QTEST_APPLESS_MAIN(TestDate)
#include "tst_date.moc"
