// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testing.h"
#include "text/englishplurals.h"

#include <QCoreApplication>

using namespace claimsmith::app;

class TestEnglishPlurals final : public QObject
{
    Q_OBJECT

private slots:
    void says_data();
    void says();
};

void TestEnglishPlurals::says_data()
{
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<int>("n");
    QTest::addColumn<QString>("expected");
    QTest::newRow("one") << QByteArray("%n request(s)") << 1 << QStringLiteral("1 request");
    QTest::newRow("none") << QByteArray("%n request(s)") << 0 << QStringLiteral("0 requests");
    QTest::newRow("many") << QByteArray("Folder %1, %n request(s)") << 12 << QStringLiteral("Folder %1, 12 requests");
    QTest::newRow("a number without a plural")
        << QByteArray("Notices, %n new") << 2 << QStringLiteral("Notices, 2 new");
    QTest::newRow("no number") << QByteArray("Key(s)") << -1 << QStringLiteral("Key(s)");
}

void TestEnglishPlurals::says()
{
    QFETCH(QByteArray, source);
    QFETCH(int, n);
    QFETCH(QString, expected);
    EnglishPlurals plurals;
    QCoreApplication::installTranslator(&plurals);
    const QString text = QCoreApplication::translate("Test", source.constData(), nullptr, n);
    QCoreApplication::removeTranslator(&plurals);
    QCOMPARE(text, expected);
}

QTEST_GUILESS_MAIN(TestEnglishPlurals)
#include "tst_englishplurals.moc"
