// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/schema.h"
#include "gateway/snapshot.h"
#include "http/server/server.h"
#include "support/testing.h"
#include "text/problemtext.h"

using namespace claimsmith;
using namespace claimsmith::app;

class TestProblemText final : public QObject
{
    Q_OBJECT

private slots:
    void listed_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("kong");
        QTest::addColumn<QString>("text");
        QTest::newRow("range") << "config.maximum_expiration"
                               << "value should be between 0 and 31536000"
                               << "maximum_expiration must be between 0 and 31536000";
        QTest::newRow("type") << "port"
                              << "expected an integer"
                              << "port must be a whole number";
        QTest::newRow("unknown field") << "config.realms"
                                       << "unknown field"
                                       << "realms is not a field that the gateway knows";
        QTest::newRow("missing") << "host"
                                 << "required field missing"
                                 << "host is missing";
        QTest::newRow("choice") << "algorithm"
                                << "expected one of: HS256, RS256"
                                << "algorithm must be one of HS256, RS256";
        QTest::newRow("unknown plugin") << "name"
                                        << "plugin 'jvt' not enabled; add it to the 'plugins' configuration property"
                                        << "The gateway has no plugin jvt";
        QTest::newRow("reference") << "service"
                                   << "invalid reference 'service: foo' (no such entry in 'services')"
                                   << "There is no service foo in this file";
        QTest::newRow("twice") << ""
                               << "uniqueness violation: 'services' entity with name set to 'foo' already declared"
                               << "Another entity has the name foo already";
        QTest::newRow("several fields") << ""
                                        << "at least one of these fields must be non-empty: 'custom_id', 'username'"
                                        << "At least one of custom_id, username has to be set";
        QTest::newRow("a text of Kong's that nobody foresaw") << "config.x"
                                                              << "must be purple"
                                                              << "x: must be purple";
        QTest::newRow("such a text about an entity") << ""
                                                     << "must be purple"
                                                     << "Must be purple";
        QTest::newRow("warning") << ""
                                 << "jwt-without-nbf"
                                 << "A token without nbf check is accepted before its start";
    }

    void listed()
    {
        QFETCH(QString, field);
        QFETCH(QString, kong);
        gateway::Problem problem;
        problem.field = field.toStdString();
        problem.message = kong.toStdString();
        QTEST(problemText(problem), "text");
    }

    void atTheField()
    {
        gateway::Field field;
        field.name = "maximum_expiration";
        field.unit = "s";
        field.between = {{0, 31536000}};
        gateway::Problem problem;
        problem.message = "value should be between 0 and 31536000";
        QCOMPARE(fieldProblemText(problem, field), QStringLiteral("Must be between 0 and 31536000 (365 days)."));
        problem.message = "expected a number";
        QCOMPARE(fieldProblemText(problem, field), QStringLiteral("Must be a number."));
        problem.message = "required field missing";
        QCOMPARE(fieldProblemText(problem, field), QStringLiteral("Enter maximum_expiration."));
    }

    void gatewayFailures_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("title");
        QTest::newRow("port in use") << int(http::ServerErrorCode::AddressInUse)
                                     << "Port 8000 is used by another program";
        QTest::newRow("foreign address") << int(http::ServerErrorCode::AddressNotLocal)
                                         << "127.0.0.1:8000 is no address of this machine";
        QTest::newRow("low port") << int(http::ServerErrorCode::NotPermitted) << "Only root may open port 8000";
    }

    void gatewayFailures()
    {
        QFETCH(int, code);
        const Error error{static_cast<http::ServerErrorCode>(code)};
        const GatewayFailureText text = gatewayFailureText(error, QStringLiteral("127.0.0.1:8000"));
        QTEST(text.title, "title");
        QVERIFY(!text.sentence.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestProblemText)
#include "tst_problemtext.moc"
