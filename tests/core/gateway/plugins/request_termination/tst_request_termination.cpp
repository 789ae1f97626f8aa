// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gateway/gatewaybench.h"

using namespace claimsmith;
using namespace claimsmith::gateway;
using namespace claimsmith::gateway::testing;

class TestRequestTermination : public QObject
{
    Q_OBJECT

private slots:
    void answers_data();
    void answers();
    void waitsForItsTrigger_data();
    void waitsForItsTrigger();
    void describesTheRequest();
    void refusesContradictions_data();
    void refusesContradictions();
};

namespace {

std::string configuration(const QString& config)
{
    return R"json({"_format_version": "3.0", "services": [{"name": "s", "host": "a", "routes": [
        {"name": "r", "paths": ["~/r/(?<id>[0-9]+)", "/r"], "plugins": [{"name": "request-termination", "config": )json" +
           config.toStdString() + "}]}]}]}";
}

} // namespace

void TestRequestTermination::answers_data()
{
    QTest::addColumn<QString>("config");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("body");
    QTest::addColumn<QString>("type");
    const QString jsonType("application/json; charset=utf-8");
    QTest::newRow("default") << "{}" << 503 << R"({"message":"Service unavailable"})" << jsonType;
    QTest::newRow("usual text of the status")
        << R"({"status_code": 502})" << 502 << R"({"message":"Bad Gateway"})" << jsonType;
    QTest::newRow("own message") << R"({"status_code": 403, "message": "so / long"})" << 403
                                 << R"({"message":"so \/ long"})" << jsonType;
    QTest::newRow("status without a text") << R"({"status_code": 204})" << 204 << ""
                                           << "";
    QTest::newRow("own body") << R"({"status_code": 200, "body": "<b>", "content_type": "text/html"})" << 200 << "<b>"
                              << "text/html";
    QTest::newRow("own body without type") << R"({"status_code": 200, "body": "x"})" << 200 << "x"
                                           << "";
}

void TestRequestTermination::answers()
{
    QFETCH(QString, config);
    QFETCH(int, status);
    QFETCH(QString, body);
    QFETCH(QString, type);
    const Passage passage(snapshotOf(configuration(config)), {.target = "/r"});
    QCOMPARE(passage.status(), status);
    QCOMPARE(QString::fromStdString(passage.body()), body);
    QCOMPARE(QString::fromStdString(std::string(passage.answer->headers.value("Content-Type"))), type);
}

void TestRequestTermination::waitsForItsTrigger_data()
{
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("header");
    QTest::addColumn<bool>("proxied");
    QTest::newRow("absent") << "/r"
                            << "x" << true;
    QTest::newRow("header") << "/r"
                            << "Stop" << false;
    QTest::newRow("query") << "/r?stop"
                           << "x" << false;
}

void TestRequestTermination::waitsForItsTrigger()
{
    QFETCH(QString, target);
    QFETCH(QString, header);
    QFETCH(bool, proxied);
    const Passage passage(snapshotOf(configuration(R"({"trigger": "stop"})")),
                          {.target = target.toStdString(), .headers = {{header.toStdString(), "1"}}}, true);
    QCOMPARE(passage.isProxied(), proxied);
    QCOMPARE(passage.exchange.trace->steps[2].verdict, proxied ? Step::Verdict::Skipped : Step::Verdict::Answered);
}

void TestRequestTermination::describesTheRequest()
{
    const Sent sent{.method = "POST",
                    .target = "/r/7?b=c&d",
                    .headers = {{"Content-Type", "application/json"}, {"X-A", "1"}, {"X-A", "2"}},
                    .body = R"({"a":1})"};
    const Passage passage(snapshotOf(configuration(R"({"echo": true, "status_code": 418})")), sent);
    QCOMPARE(passage.status(), 418);
    const document::Value told = json(passage.body());
    QVERIFY(!told.find("message"));
    QCOMPARE(*told.at("/request/body/a")->asNumber(), document::Number(1));
    QCOMPARE(*told.at("/request/query/b")->asString(), std::string("c"));
    QCOMPARE(*told.at("/request/query/d")->asBoolean(), true);
    QCOMPARE(told.at("/request/headers/x-a")->asArray()->size(), std::size_t(2));
    QCOMPARE(*told.at("/request/uri_captures/named/id")->asString(), std::string("7"));
    QCOMPARE(*told.at("/matched_route/name")->asString(), std::string("r"));
    QVERIFY(!told.at("/matched_service/path"));
}

void TestRequestTermination::refusesContradictions_data()
{
    QTest::addColumn<QString>("config");
    QTest::addColumn<QString>("text");
    QTest::newRow("status") << R"({"status_code": 99})"
                            << "value should be between 100 and 599";
    QTest::newRow("message and body") << R"({"message": "m", "body": "b"})"
                                      << "message cannot be used with content_type or body";
    QTest::newRow("type without body") << R"({"content_type": "text/plain"})"
                                       << "content_type requires a body";
    QTest::newRow("echo and body") << R"({"echo": true, "body": "b"})"
                                   << "echo cannot be used with content_type and body";
    QTest::newRow("trigger no header name")
        << R"({"trigger": "a b"})"
        << "bad header name 'a b', allowed characters are A-Z, a-z, 0-9, '_', and '-'";
}

void TestRequestTermination::refusesContradictions()
{
    QFETCH(QString, config);
    QFETCH(QString, text);
    ConfigurationReport report;
    QVERIFY(!buildSnapshot(json(configuration(config)), {}, &report).hasValue());
    QCOMPARE(QString::fromStdString(report.problems.front().message), text);
}

QTEST_APPLESS_MAIN(TestRequestTermination)
#include "tst_request_termination.moc"
