// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/schema.h"
#include "support/testing.h"
#include "text/schematext.h"

using namespace claimsmith;
using namespace claimsmith::app;

class TestSchemaText final : public QObject
{
    Q_OBJECT

private slots:
    void help_data()
    {
        QTest::addColumn<QString>("description");
        QTest::addColumn<QString>("help");
        QTest::newRow("one sentence") << "Query parameters searched."
                                      << "Query parameters searched.";
        QTest::newRow("the first of two") << "The claim. Default is iss."
                                          << "The claim.";
        QTest::newRow("an abbreviation inside") << "A name, e.g. jwt. Then more."
                                                << "A name, e.g. jwt.";
        QTest::newRow("a version") << "Since 3.0 it is on. More."
                                   << "Since 3.0 it is on.";
        QTest::newRow("no full stop") << "The realm"
                                      << "The realm.";
        QTest::newRow("line breaks") << "The\n  realm."
                                     << "The realm.";
        QTest::newRow("none") << ""
                              << "";
    }

    void help()
    {
        QFETCH(QString, description);
        gateway::Field field;
        field.help = description.toStdString();
        QTEST(helpText(field), "help");
    }

    void number_data()
    {
        QTest::addColumn<double>("value");
        QTest::addColumn<QByteArray>("unit");
        QTest::addColumn<QString>("text");
        QTest::newRow("days") << 31622400.0 << QByteArray("s") << "s, 366 days";
        QTest::newRow("a day") << 86400.0 << QByteArray("s") << "s, 1 day";
        QTest::newRow("minutes") << 600.0 << QByteArray("s") << "s, 10 min";
        QTest::newRow("hours") << 7200.0 << QByteArray("s") << "s, 2 h";
        QTest::newRow("uneven") << 3661.0 << QByteArray("s") << "s, 3661 s";
        QTest::newRow("few seconds say no more") << 30.0 << QByteArray("s") << "s";
        QTest::newRow("zero") << 0.0 << QByteArray("s") << "s";
        QTest::newRow("milliseconds") << 60000.0 << QByteArray("ms") << "ms, 1 min";
        QTest::newRow("no unit") << 5.0 << QByteArray("") << "";
        QTest::newRow("too long to be a time") << 1e18 << QByteArray("s") << "s";
    }

    void number()
    {
        QFETCH(double, value);
        QFETCH(QByteArray, unit);
        QTEST(unitText(value, unit.toStdString()), "text");
    }

    void kinds()
    {
        QCOMPARE(kindHeading("jwt_secrets"), QStringLiteral("JWT credentials"));
        QCOMPARE(kindName("services"), QStringLiteral("service"));
        QCOMPARE(kindHeading("something_new"), QStringLiteral("something_new"));
        QCOMPARE(kindPrefix("keyauth_credentials"), QStringLiteral("key-auth"));
    }
};

QTEST_GUILESS_MAIN(TestSchemaText)
#include "tst_schematext.moc"
