// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/random.h"
#include "core/gateway/gatewaybench.h"

using namespace claimsmith;
using namespace claimsmith::gateway;
using namespace claimsmith::gateway::testing;

class TestCorrelationId : public QObject
{
    Q_OBJECT

private slots:
    void keepsWhatComes_data();
    void keepsWhatComes();
    void generates_data();
    void generates();
    void countsForAllInstances();
    void tellsTheClientAlsoWhenItWasRefused();
    void breaksWithoutAName();
};

namespace {

std::string configuration(const QString& config)
{
    return R"({"_format_version": "3.0", "services": [{"name": "s", "host": "a", "routes": [
        {"name": "r", "paths": ["/r"], "plugins": [{"name": "correlation-id", "config": )" +
           config.toStdString() + R"(}]}, {"name": "o", "paths": ["/o"], "plugins": [
           {"name": "correlation-id", "config": {"header_name": "X-C"}}, {"name": "key-auth"}]}]}]})";
}

} // namespace

void TestCorrelationId::keepsWhatComes_data()
{
    QTest::addColumn<QString>("sent");
    QTest::addColumn<bool>("isKept");
    QTest::newRow("an id") << "abc 123" << true;
    QTest::newRow("nothing in it") << "" << false;
    QTest::newRow("spaces") << "  " << false;
}

void TestCorrelationId::keepsWhatComes()
{
    QFETCH(QString, sent);
    QFETCH(bool, isKept);
    const Passage passage(snapshotOf(configuration(R"({"header_name": "X-C", "echo_downstream": true})")),
                          {.target = "/r", .headers = {{"x-c", sent.toStdString()}}});
    QCOMPARE(passage.sentUpstream("X-C") == sent.toStdString(), isKept);
    QVERIFY(!passage.sentUpstream("X-C").empty());
    QCOMPARE(passage.received("X-C"), passage.sentUpstream("X-C"));
    QCOMPARE(*passage.exchange.logFields.find("correlation_id")->asString(), passage.sentUpstream("X-C"));
}

void TestCorrelationId::generates_data()
{
    QTest::addColumn<QString>("generator");
    QTest::addColumn<QString>("pattern");
    const QString uuid("[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}");
    QTest::newRow("uuid") << "uuid" << uuid;
    QTest::newRow("counter") << "uuid#counter" << uuid + "#1";
    QTest::newRow("tracker") << "tracker"
                             << "127\\.0\\.0\\.1-8000-[0-9]+-1-1-1795305600\\.000";
}

void TestCorrelationId::generates()
{
    QFETCH(QString, generator);
    QFETCH(QString, pattern);
    const Passage passage(snapshotOf(configuration(R"({"generator": ")" + generator + "\"}")), {.target = "/r"});
    const QString id = QString::fromStdString(passage.sentUpstream("Kong-Request-ID"));
    QVERIFY2(QRegularExpression("^" + pattern + "$").match(id).hasMatch(), qPrintable(id));
    QVERIFY(passage.received("Kong-Request-ID").empty());
}

void TestCorrelationId::countsForAllInstances()
{
    const auto snapshot = snapshotOf(configuration(R"({"header_name": "X-C"})"));
    const std::string first = Passage(snapshot, {.target = "/r"}).sentUpstream("X-C");
    const std::string second = Passage(snapshot, {.target = "/o"}).sentUpstream("X-C");
    QVERIFY2(first.ends_with("#1"), first.c_str());
    QCOMPARE(second, first.substr(0, first.size() - 1) + "2");
}

void TestCorrelationId::tellsTheClientAlsoWhenItWasRefused()
{
    const auto snapshot = snapshotOf(
        R"({"_format_version": "3.0", "plugins": [{"name": "correlation-id", "config": {"echo_downstream": true, "generator": "uuid"}}]})");
    const Passage unrouted(snapshot, {.target = "/r"});
    QCOMPARE(unrouted.status(), 404);
    QVERIFY(isUuid(unrouted.received("Kong-Request-ID")));
    QCOMPARE(Passage(snapshot, {.target = "/r", .headers = {{"kong-request-id", "mine"}}}).received("Kong-Request-ID"),
             std::string("mine"));
}

void TestCorrelationId::breaksWithoutAName()
{
    QCOMPARE(Passage(snapshotOf(configuration(R"({"header_name": null})")), {.target = "/r"}).status(), 500);
}

QTEST_APPLESS_MAIN(TestCorrelationId)
#include "tst_correlation_id.moc"
