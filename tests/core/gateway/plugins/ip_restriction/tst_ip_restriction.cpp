// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gateway/plugins/explaining.h"

using namespace claimsmith;
using namespace claimsmith::gateway;
using namespace claimsmith::gateway::testing;

class TestIpRestriction : public QObject
{
    Q_OBJECT

private slots:
    void refusesConfigurations_data();
    void refusesConfigurations();
    void decides_data();
    void decides();
    void explains_data();
    void explains();
};

namespace {

std::string restricted(const QString& config)
{
    return documentOf(R"({"name": "ip-restriction", "config": )" + config.toStdString() + "}");
}

} // namespace

void TestIpRestriction::refusesConfigurations_data()
{
    QTest::addColumn<QString>("config");
    QTest::addColumn<QString>("problem");
    QTest::newRow("no list") << "{}"
                             << "at least one of these fields must be non-empty: 'config.allow', 'config.deny'";
    QTest::newRow("no address") << R"({"allow": ["1.2.3"]})"
                                << "invalid ip or cidr range: '1.2.3'";
    QTest::newRow("mask too long") << R"({"deny": ["1.2.3.4/33"]})"
                                   << "invalid ip or cidr range: '1.2.3.4/33'";
    QTest::newRow("status is text") << R"({"deny": ["1.2.3.4"], "status": "x"})"
                                    << "expected a number";
    QTest::newRow("both lists") << R"({"allow": ["::1"], "deny": ["10.0.0.0/8"]})"
                                << "";
}

void TestIpRestriction::refusesConfigurations()
{
    QFETCH(QString, config);
    QFETCH(QString, problem);
    const auto found = QString::fromStdString(problemWith(restricted(config)));
    QVERIFY2(problem.isEmpty() ? found.isEmpty() : found.endsWith(problem), qPrintable(found));
}

/// The client is 127.0.0.1.
void TestIpRestriction::decides_data()
{
    QTest::addColumn<QString>("config");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("message");
    const QString usual = "IP address not allowed: 127.0.0.1";
    QTest::newRow("allowed") << R"({"allow": ["127.0.0.1"]})" << 200 << "";
    QTest::newRow("allowed block") << R"({"allow": ["10.0.0.0/8", "127.0.0.0/31"]})" << 200 << "";
    QTest::newRow("other block") << R"({"allow": ["127.0.0.2/31"]})" << 403 << usual;
    QTest::newRow("mapped address is another") << R"({"allow": ["::ffff:127.0.0.1"]})" << 403 << usual;
    QTest::newRow("denied") << R"({"deny": ["127.0.0.1/32"]})" << 403 << usual;
    QTest::newRow("other denied") << R"({"deny": ["10.0.0.0/8"]})" << 200 << "";
    QTest::newRow("denied comes first") << R"({"allow": ["127.0.0.0/8"], "deny": ["127.0.0.1"]})" << 403 << usual;
    QTest::newRow("own status and message")
        << R"({"deny": ["0.0.0.0/0"], "status": 418, "message": "keep out"})" << 418 << "keep out";
    QTest::newRow("status that is no error")
        << R"({"deny": ["0.0.0.0/0"], "status": 200})" << 500 << "An unexpected error occurred";
}

void TestIpRestriction::decides()
{
    QFETCH(QString, config);
    QFETCH(int, status);
    QFETCH(QString, message);
    const Passage passage(snapshotOf(restricted(config)), {.target = "/r"});
    QCOMPARE(passage.status(), status);
    if (passage.answer)
        QCOMPARE(QString::fromStdString(*json(passage.body()).findString("message")), message);
}

void TestIpRestriction::explains_data()
{
    QTest::addColumn<QString>("config");
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("repairs");
    QTest::newRow("not allowed") << R"({"allow": ["10.0.0.1"]})"
                                 << "ip-restriction.not-allowed.title"
                                 << "*allow-value open-plugin";
    QTest::newRow("denied") << R"({"deny": ["10.0.0.1", "127.0.0.0/8"]})"
                            << "ip-restriction.denied.title"
                            << "*stop-denying open-plugin";
    QTest::newRow("the only denied one") << R"({"deny": ["127.0.0.0/8"]})"
                                         << "ip-restriction.denied.title"
                                         << "*open-plugin";
}

void TestIpRestriction::explains()
{
    QFETCH(QString, config);
    QFETCH(QString, title);
    QFETCH(QString, repairs);
    const Passage passage(snapshotOf(restricted(config)), {.target = "/r"}, true);
    const Explanation explanation = explanationOf(passage, "ip-restriction");
    QCOMPARE(QString::fromStdString(explanation.title.id), title);
    QCOMPARE(QString::fromStdString(labelsOf(explanation)), repairs);
}

QTEST_APPLESS_MAIN(TestIpRestriction)
#include "tst_ip_restriction.moc"
