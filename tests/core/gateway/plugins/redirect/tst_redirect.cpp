// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gateway/gatewaybench.h"

using namespace claimsmith;
using namespace claimsmith::gateway;
using namespace claimsmith::gateway::testing;

class TestRedirect : public QObject
{
    Q_OBJECT

private slots:
    void redirects_data();
    void redirects();
    void refuses_data();
    void refuses();
};

namespace {

std::string configuration(const QString& config)
{
    return R"({"_format_version": "3.0", "services": [{"name": "s", "host": "a", "routes": [{"name": "r", "paths": ["/r"],
        "plugins": [{"name": "redirect", "config": )" +
           config.toStdString() + "}]}]}]}";
}

} // namespace

void TestRedirect::redirects_data()
{
    QTest::addColumn<QString>("config");
    QTest::addColumn<QString>("target");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("location");
    QTest::newRow("as configured") << R"({"location": "http://o.test/a b?x#f"})"
                                   << "/r/s?q" << 301 << "http://o.test/a b?x#f";
    QTest::newRow("status") << R"({"location": "https://o.test", "status_code": 308})"
                            << "/r" << 308 << "https://o.test";
    QTest::newRow("path and query") << R"({"location": "http://o.test:81/x", "keep_incoming_path": true})"
                                    << "/r/a?c=d&e=%20f" << 301 << "http://o.test:81/r/a?c=d&e=%20f";
    QTest::newRow("normalised path") << R"({"location": "http://o.test", "keep_incoming_path": true})"
                                     << "/r/a%2Fb/../c//d" << 301 << "http://o.test/r/c/d";
    QTest::newRow("fragment stays, query goes")
        << R"({"location": "http://o.test/p?x=1#f", "keep_incoming_path": true})"
        << "/r" << 301 << "http://o.test/r#f";
}

void TestRedirect::redirects()
{
    QFETCH(QString, config);
    QFETCH(QString, target);
    QFETCH(int, status);
    QFETCH(QString, location);
    const Passage passage(snapshotOf(configuration(config)), {.target = target.toStdString()});
    QCOMPARE(passage.status(), status);
    QCOMPARE(QString::fromStdString(passage.received("Location")), location);
    QCOMPARE(passage.body(), std::string("redirecting"));
    QVERIFY(!passage.exchange.response.headers.contains("Content-Type"));
}

void TestRedirect::refuses_data()
{
    QTest::addColumn<QString>("config");
    QTest::addColumn<QString>("text");
    QTest::newRow("no location") << "{}"
                                 << "required field missing";
    QTest::newRow("no URL") << R"({"location": "nope"})"
                            << "missing host in url";
    QTest::newRow("no scheme") << R"({"location": "//o.test/"})"
                               << "missing scheme in url";
    QTest::newRow("status") << R"({"location": "http://o.test", "status_code": 600})"
                            << "value should be between 100 and 599";
}

void TestRedirect::refuses()
{
    QFETCH(QString, config);
    QFETCH(QString, text);
    ConfigurationReport report;
    QVERIFY(!buildSnapshot(json(configuration(config)), {}, &report));
    QVERIFY(!report.problems.empty());
    QCOMPARE(QString::fromStdString(report.problems[0].message), text);
}

QTEST_APPLESS_MAIN(TestRedirect)
#include "tst_redirect.moc"
