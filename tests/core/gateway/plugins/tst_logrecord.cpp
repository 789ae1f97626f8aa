// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/logrecord.h"

#include "core/gateway/gatewaybench.h"

using namespace claimsmith;
using namespace claimsmith::gateway;
using namespace claimsmith::gateway::testing;

class TestLogRecord : public QObject
{
    Q_OBJECT

private slots:
    void tellsOfAProxiedRequest();
    void tellsOfAnAnswerOfItsOwn();
    void takesFieldsOfPlugins();
};

namespace {

std::shared_ptr<const Snapshot> snapshot()
{
    return snapshotOf(
        R"({"_format_version": "3.0", "services": [{"name": "s", "host": "up.test", "path": "/v1", "routes": [
        {"name": "r", "paths": ["/r"], "plugins": [{"name": "key-auth"}]}]}],
        "consumers": [{"username": "c", "keyauth_credentials": [{"key": "k"}]}]})");
}

QString textAt(const document::Value& record, std::string_view pointer)
{
    const document::Value* value = record.at(pointer);
    return value ? QString::fromStdString(document::toJson(*value)) : QStringLiteral("absent");
}

} // namespace

void TestLogRecord::tellsOfAProxiedRequest()
{
    Passage passage(snapshot(),
                    {.method = "POST",
                     .target = "/r/x?b=1&b=2&flag",
                     .headers = {{"apikey", "k"}, {"Authorization", "Bearer t"}, {"X-A", "1"}, {"X-A", "2"}},
                     .responseHeaders = {{"X-Up", "u"}}});
    Figures& figures = passage.exchange.figures;
    figures.begin = TimePoint(std::chrono::seconds(testNow));
    figures.requestBytes = 120;
    figures.responseBytes = 300;
    figures.total = std::chrono::milliseconds(9);
    figures.kong = std::chrono::milliseconds(2);
    figures.upstream = std::chrono::milliseconds(7);
    figures.isProxied = true;
    figures.tries = {{std::chrono::milliseconds(1), "127.0.0.1:81", 502, false},
                     {std::chrono::milliseconds(3), "[::1]:82", 200, true}};
    const document::Value record = json(logRecord(passage.exchange));
    QCOMPARE(textAt(record, "/request/uri"), QStringLiteral("\"/r/x?b=1&b=2&flag\""));
    QCOMPARE(textAt(record, "/request/url"), QStringLiteral("\"http://gw.test:8000/r/x?b=1&b=2&flag\""));
    QCOMPARE(textAt(record, "/request/querystring"), QStringLiteral(R"({"b":["1","2"],"flag":true})"));
    QCOMPARE(textAt(record, "/request/headers/authorization"), QStringLiteral("\"REDACTED\""));
    QCOMPARE(textAt(record, "/request/headers/x-a"), QStringLiteral(R"(["1","2"])"));
    QCOMPARE(textAt(record, "/request/headers/x-consumer-username"), QStringLiteral("\"c\""));
    QCOMPARE(textAt(record, "/request/size"), QStringLiteral("120"));
    QCOMPARE(textAt(record, "/response"), QStringLiteral(R"({"status":200,"headers":{"x-up":"u"},"size":300})"));
    QCOMPARE(textAt(record, "/upstream_uri"), QStringLiteral("\"/v1/x?b=1&b=2&flag\""));
    QCOMPARE(textAt(record, "/upstream_status"), QStringLiteral("\"502, 200\""));
    QCOMPARE(textAt(record, "/latencies"), QStringLiteral(R"({"request":9,"kong":2,"proxy":7,"receive":0})"));
    QCOMPARE(
        textAt(record, "/tries/0"),
        QStringLiteral(
            R"({"balancer_start":1795305600001,"balancer_start_ns":1795305600001000000,"ip":"127.0.0.1","port":81,"state":"failed","code":502})"));
    QCOMPARE(textAt(record, "/tries/1/ip"), QStringLiteral("\"::1\""));
    QCOMPARE(textAt(record, "/tries/1/state"), QStringLiteral("absent"));
    QCOMPARE(textAt(record, "/route/name"), QStringLiteral("\"r\""));
    QCOMPARE(textAt(record, "/service/host"), QStringLiteral("\"up.test\""));
    QCOMPARE(textAt(record, "/consumer/username"), QStringLiteral("\"c\""));
    QCOMPARE(textAt(record, "/client_ip"), QStringLiteral("\"127.0.0.1\""));
    QCOMPARE(textAt(record, "/started_at"), QStringLiteral("1795305600000"));
    QCOMPARE(textAt(record, "/source"), QStringLiteral("\"upstream\""));
}

void TestLogRecord::tellsOfAnAnswerOfItsOwn()
{
    const Passage passage(snapshot(), {.target = "/elsewhere"});
    const document::Value record = json(logRecord(passage.exchange));
    QCOMPARE(textAt(record, "/response/status"), QStringLiteral("404"));
    QCOMPARE(textAt(record, "/source"), QStringLiteral("\"kong\""));
    QCOMPARE(textAt(record, "/latencies/proxy"), QStringLiteral("-1"));
    QCOMPARE(textAt(record, "/upstream_status"), QStringLiteral("\"\""));
    QCOMPARE(textAt(record, "/upstream_uri"), QStringLiteral("\"\""));
    QCOMPARE(textAt(record, "/tries"), QStringLiteral("[]"));
    QCOMPARE(textAt(record, "/route"), QStringLiteral("absent"));
}

void TestLogRecord::takesFieldsOfPlugins()
{
    Passage passage(snapshot(), {.target = "/elsewhere"});
    passage.exchange.logFields = {
        {"correlation_id", "i"}, {"a.b", 1}, {"client_ip", nullptr}, {"request.size", "none"}};
    const document::Value record = json(logRecord(passage.exchange));
    QCOMPARE(textAt(record, "/correlation_id"), QStringLiteral("\"i\""));
    QCOMPARE(textAt(record, "/a"), QStringLiteral(R"({"b":1})"));
    QCOMPARE(textAt(record, "/client_ip"), QStringLiteral("absent"));
    QCOMPARE(textAt(record, "/request/size"), QStringLiteral("\"none\""));
}

QTEST_APPLESS_MAIN(TestLogRecord)
#include "tst_logrecord.moc"
