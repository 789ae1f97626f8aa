// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gateway/gatewaybench.h"

using namespace claimsmith;
using namespace claimsmith::gateway;
using namespace claimsmith::gateway::testing;

/// Which instance of a plugin runs, in which order, and what several authentication plugins make of a request
/// (kong-plugins.md A3, A8).
class TestChain : public QObject
{
    Q_OBJECT

private slots:
    void choosesMostSpecific_data();
    void choosesMostSpecific();
    void ignoresDisabled();
    void runsByPriority();
    void combinesAuthentication_data();
    void combinesAuthentication();
    void tracesWhatDidNotRun();
};

namespace {

std::string termination(const std::string& scope, int status)
{
    return R"({"name": "request-termination", )" + scope + R"( "config": {"status_code": )" + std::to_string(status) +
           "}}";
}

std::string withPlugins(const std::string& plugins)
{
    return R"({"_format_version": "3.0", "services": [{"name": "s", "host": "a", "routes": [{"name": "r", "paths": ["/r"], "plugins": [{"name": "key-auth"}]}]}],
      "consumers": [{"username": "c", "keyauth_credentials": [{"key": "k"}]}, {"username": "d", "keyauth_credentials": [{"key": "l"}]}], "plugins": [)" +
           plugins + "]}";
}

} // namespace

void TestChain::choosesMostSpecific_data()
{
    QTest::addColumn<QStringList>("scopes");
    QTest::addColumn<int>("winner");
    const QString all[] = {"",
                           "\"service\": \"s\",",
                           "\"route\": \"r\",",
                           "\"consumer\": \"c\",",
                           "\"route\": \"r\", \"service\": \"s\",",
                           "\"service\": \"s\", \"consumer\": \"c\",",
                           "\"route\": \"r\", \"consumer\": \"c\",",
                           "\"route\": \"r\", \"service\": \"s\", \"consumer\": \"c\","};
    const char* const names[] = {
        "global",   "service", "route", "consumer", "route and service", "service and consumer", "route and consumer",
        "all three"};
    QStringList scopes;
    for (int i = 0; i < 8; ++i) {
        scopes << all[i];
        QTest::newRow(names[i]) << scopes << i; // each beats all before it
    }
}

void TestChain::choosesMostSpecific()
{
    QFETCH(QStringList, scopes);
    QFETCH(int, winner);
    std::string plugins;
    for (int i = 0; i < scopes.size(); ++i)
        plugins += (i == 0 ? "" : ", ") + termination(scopes[i].toStdString(), 210 + i);
    const auto snapshot = snapshotOf(withPlugins(plugins));
    QCOMPARE(Passage(snapshot, {.target = "/r", .headers = {{"apikey", "k"}}}).status(), 210 + winner);
}

void TestChain::ignoresDisabled()
{
    const auto snapshot = snapshotOf(
        withPlugins(termination("\"route\": \"r\", \"enabled\": false,", 222) + ", " + termination("", 211)));
    QCOMPARE(Passage(snapshot, {.target = "/r", .headers = {{"apikey", "k"}}}).status(), 211);
}

void TestChain::runsByPriority()
{
    const auto snapshot = snapshotOf(withPlugins(termination("", 211) + R"(, {"name": "jwt"})"));
    const Passage passage(snapshot, {.target = "/r"});
    std::string order;
    for (const auto& [instance, verdict] : passage.exchange.verdicts())
        order += std::string(instance->descriptor->name) + "=" + std::string(nameOf(verdict)) + " ";
    QCOMPARE(order, std::string("jwt=answered key-auth=not-run request-termination=not-run "));
    QCOMPARE(passage.exchange.answeredBy()->descriptor->name, std::string_view("jwt"));
}

void TestChain::combinesAuthentication_data()
{
    QTest::addColumn<QString>("jwt");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("apikey");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("consumer");
    QTest::newRow("both have to succeed") << "{}"
                                          << "{}"
                                          << "k" << 401 << "";
    QTest::newRow("one is enough") << R"({"anonymous": "d"})"
                                   << R"({"anonymous": "d"})"
                                   << "k" << 200 << "c";
    QTest::newRow("neither succeeds") << R"({"anonymous": "d"})"
                                      << R"({"anonymous": "d"})"
                                      << "x" << 200 << "d";
    QTest::newRow("one of them has to") << R"({"anonymous": "d"})"
                                        << "{}"
                                        << "x" << 401 << "d";
}

void TestChain::combinesAuthentication()
{
    QFETCH(QString, jwt);
    QFETCH(QString, key);
    QFETCH(QString, apikey);
    QFETCH(int, status);
    QFETCH(QString, consumer);
    const auto snapshot = snapshotOf(
        R"({"_format_version": "3.0", "services": [{"name": "s", "host": "a", "routes": [{"name": "r", "paths": ["/r"], "plugins": [
        {"name": "jwt", "config": )" +
        jwt.toStdString() + R"(}, {"name": "key-auth", "config": )" + key.toStdString() + R"(}]}]}],
        "consumers": [{"username": "c", "keyauth_credentials": [{"key": "k"}]}, {"username": "d"}]})");
    const Passage passage(snapshot, {.target = "/r", .headers = {{"apikey", apikey.toStdString()}}});
    QCOMPARE(passage.status(), status);
    QCOMPARE(QString::fromStdString(passage.sentUpstream("X-Consumer-Username")), consumer);
    QCOMPARE(passage.sentUpstream("X-Anonymous-Consumer").empty(), consumer != "d");
}

void TestChain::tracesWhatDidNotRun()
{
    const auto snapshot = snapshotOf(withPlugins(termination("", 211)));
    const Passage passage(snapshot, {.target = "/r"}, true);
    std::string steps;
    for (const Step& step : passage.exchange.trace->steps)
        steps += std::string(nameOf(step.kind)) + " " + step.name + "=" + std::string(nameOf(step.verdict)) + "; ";
    QCOMPARE(steps, std::string("received GET /r=passed; route r=passed; plugin key-auth=answered; "
                                "plugin request-termination=not-run; upstream s=not-run; response =passed; "));
    const document::Value asJson = toValue(*passage.exchange.trace);
    QCOMPARE(*asJson.at("/steps/2/status")->asNumber(), document::Number(401));
    QCOMPARE(*asJson.at("/steps/2/scope")->asString(), std::string("route r"));
}

QTEST_APPLESS_MAIN(TestChain)
#include "tst_chain.moc"
