// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gateway/plugins/explaining.h"

#include "gateway/plugins/response_ratelimiting/checks.h"

using namespace claimsmith;
using namespace claimsmith::gateway;
using namespace claimsmith::gateway::testing;

class TestResponseRatelimiting : public QObject
{
    Q_OBJECT

private slots:
    void refusesConfigurations_data();
    void refusesConfigurations();
    void readsWhatResponsesCost_data();
    void readsWhatResponsesCost();
    void tellsWhatIsLeft();
    void withholdsWhatNobodyCanPay();
    void freeResponsesPass();
    void blocksBeforeTheUpstreamIsAsked();
    void overdrawnLimitsBlockNothing();
    void countsByWhatItIsTold_data();
    void countsByWhatItIsTold();
    void windowsEnd();
    void answersOfTheGatewayCostNothing();
    void explainsAWithheldResponse();
    void explainsABlockedRequest();
};

namespace {

std::string configuration(const std::string& config, const std::string& others = {})
{
    return documentOf(R"({"name": "key-auth", "config": {"anonymous": "nobody"}},)" + others +
                          R"({"name": "response-ratelimiting", "config": )" + config + "}",
                      R"("consumers": [{"username": "nobody"},
        {"username": "c", "keyauth_credentials": [{"key": "k1"}, {"key": "k2"}]}])");
}

/// Requests to one gateway, whose upstream says what its response costs.
class Gateway
{
public:
    explicit Gateway(const std::string& config, const std::string& others = {})
        : m_snapshot(snapshotOf(configuration(config, others)))
    {
    }

    Passage send(const std::string& cost, std::int64_t now = testNow, const std::string& key = "k1",
                 bool traced = false) const
    {
        Sent sent{.target = "/r", .headers = {{"apikey", key}}, .responseBody = "goods"};
        if (!cost.empty())
            sent.responseHeaders = {{"X-Kong-Limit", cost}};
        return {m_snapshot, sent, m_shared, now, traced};
    }

private:
    std::shared_ptr<const Snapshot> m_snapshot;
    std::shared_ptr<SharedState> m_shared = std::make_shared<SharedState>();
};

int statusOf(const Passage& passage)
{
    return passage.exchange.response.status;
}

} // namespace

void TestResponseRatelimiting::refusesConfigurations_data()
{
    QTest::addColumn<QString>("config");
    QTest::addColumn<QString>("problem");
    QTest::newRow("no limits") << "{}"
                               << "config.limits: required field missing";
    QTest::newRow("none of them") << R"({"limits": {}})"
                                  << "config.limits: length must be at least 1";
    QTest::newRow("longer allows less")
        << R"({"limits": {"sms": {"second": 20, "hour": 10}}})"
        << "config.limits: the limit for hour(10.0) cannot be lower than the limit for second(20.0)";
    QTest::newRow("no period") << R"({"limits": {"sms": {}}})"
                               << "at least one of these fields must be non-empty: 'second', 'minute', "
                                  "'hour', 'day', 'month', 'year'";
    QTest::newRow("zero") << R"({"limits": {"sms": {"hour": 0}}})"
                          << "config.limits.hour: value must be greater than 0";
    QTest::newRow("by header") << R"({"limits": {"sms": {"hour": 1}}, "limit_by": "header"})"
                               << "config.limit_by: expected one of: consumer, credential, ip";
    QTest::newRow("cluster without a database") << R"({"limits": {"sms": {"hour": 1}}, "policy": "cluster"})"
                                                << "config.policy: expected one of: local, redis";
    QTest::newRow("accepted") << R"({"limits": {"sms": {"hour": 1}, "mail": {"day": 2.5}}})"
                              << "";
}

void TestResponseRatelimiting::refusesConfigurations()
{
    QFETCH(QString, config);
    QFETCH(QString, problem);
    const std::string found = problemWith(configuration(config.toStdString()));
    if (problem.isEmpty())
        QCOMPARE(found, std::string());
    else
        QVERIFY2(found.find(problem.toStdString()) != std::string::npos, found.c_str());
}

void TestResponseRatelimiting::readsWhatResponsesCost_data()
{
    QTest::addColumn<QString>("header");
    QTest::addColumn<QString>("sms");
    QTest::addColumn<QString>("mail");
    QTest::newRow("one") << "sms=1"
                         << "9"
                         << "20";
    QTest::newRow("both") << "sms=2, mail = 3"
                          << "8"
                          << "17";
    QTest::newRow("the last of two") << "sms=2,sms=5"
                                     << "5"
                                     << "20";
    QTest::newRow("names are told apart by case") << "SMS=2"
                                                  << "10"
                                                  << "20";
    QTest::newRow("unknown name") << "fax=2, mail=1"
                                  << "10"
                                  << "19";
    QTest::newRow("no number") << "sms=many, mail=1"
                               << "10"
                               << "19";
    QTest::newRow("no cost") << "sms, mail="
                             << "10"
                             << "20";
    QTest::newRow("two signs") << "sms=1=2"
                               << "10"
                               << "20";
    QTest::newRow("fraction") << "sms=0.5"
                              << "9.5"
                              << "20";
    QTest::newRow("as Lua reads numbers") << "sms=0x2, mail=+1e1"
                                          << "8"
                                          << "10";
    QTest::newRow("not finite") << "sms=inf, mail=nan"
                                << "10"
                                << "20";
    QTest::newRow("gives back") << "sms=-1"
                                << "11"
                                << "20";
    QTest::newRow("more than is left") << "sms=12"
                                       << "0"
                                       << "20";
}

void TestResponseRatelimiting::readsWhatResponsesCost()
{
    QFETCH(QString, header);
    QFETCH(QString, sms);
    QFETCH(QString, mail);
    const Gateway gateway(R"({"limits": {"sms": {"hour": 10}, "mail": {"minute": 20, "hour": 30}}})");
    const Passage passage = gateway.send(header.toStdString());
    QCOMPARE(statusOf(passage), 200);
    QCOMPARE(passage.received("X-RateLimit-Limit-sms-hour"), std::string("10"));
    QCOMPARE(passage.received("X-RateLimit-Remaining-sms-hour"), sms.toStdString());
    QCOMPARE(passage.received("X-RateLimit-Limit-mail-hour"), std::string("30"));
    QCOMPARE(passage.received("X-RateLimit-Remaining-mail-minute"), mail.toStdString());
    QCOMPARE(passage.received("X-Kong-Limit"), std::string());
}

void TestResponseRatelimiting::tellsWhatIsLeft()
{
    const Gateway gateway(R"({"limits": {"sms": {"minute": 4, "hour": 10}}, "header_name": "X-Kong-Limit"})");
    QCOMPARE(gateway.send("sms=3").sentUpstream("X-RateLimit-Remaining-sms"), std::string("4"));
    const Passage second = gateway.send("");
    QCOMPARE(second.sentUpstream("X-RateLimit-Remaining-sms"), std::string("1"));
    QCOMPARE(second.received("X-RateLimit-Remaining-sms"), std::string());
    QCOMPARE(second.received("X-RateLimit-Remaining-sms-minute"), std::string("1"));
    QCOMPARE(second.received("X-RateLimit-Remaining-sms-hour"), std::string("7"));

    const Gateway silent(R"({"limits": {"sms": {"minute": 4}}, "hide_client_headers": true})");
    QCOMPARE(silent.send("sms=1").received("X-RateLimit-Limit-sms-minute"), std::string());
    const Passage after = silent.send("");
    QCOMPARE(after.received("X-RateLimit-Remaining-sms-minute"), std::string());
    QCOMPARE(after.sentUpstream("X-RateLimit-Remaining-sms"), std::string("3"));
}

void TestResponseRatelimiting::withholdsWhatNobodyCanPay()
{
    const Gateway gateway(R"({"limits": {"sms": {"hour": 2}}})");
    QCOMPARE(gateway.send("sms=1").receivedBody, std::string("goods"));
    // What is left need not suffice.
    QCOMPARE(gateway.send("sms=5").receivedBody, std::string("goods"));
    for (int i = 0; i < 2; ++i) {
        const Passage withheld = gateway.send("sms=1");
        QVERIFY(withheld.isProxied());
        QCOMPARE(statusOf(withheld), 429);
        QCOMPARE(withheld.receivedBody, std::string());
        QCOMPARE(withheld.received("Content-Length"), std::string("0"));
        QCOMPARE(withheld.received("X-RateLimit-Remaining-sms-hour"), std::string("0"));
        // A response that is withheld costs nothing.
        QCOMPARE(withheld.sentUpstream("X-RateLimit-Remaining-sms"), std::string("-4"));
    }
}

void TestResponseRatelimiting::freeResponsesPass()
{
    const Gateway gateway(R"({"limits": {"sms": {"hour": 1}, "mail": {"hour": 1}}})");
    QCOMPARE(statusOf(gateway.send("sms=1")), 200);
    QCOMPARE(statusOf(gateway.send("mail=1")), 200);
    QCOMPARE(statusOf(gateway.send("")), 200);
    QCOMPARE(statusOf(gateway.send("sms=0")), 200);
    QCOMPARE(statusOf(gateway.send("sms=1")), 429);
}

void TestResponseRatelimiting::blocksBeforeTheUpstreamIsAsked()
{
    const Gateway gateway(R"({"limits": {"mail": {"hour": 5}, "sms": {"hour": 2}}, "block_on_first_violation": true})");
    QCOMPARE(statusOf(gateway.send("sms=2")), 200);
    const Passage blocked = gateway.send("mail=1");
    QVERIFY(!blocked.isProxied());
    QCOMPARE(blocked.status(), 429);
    QCOMPARE(*json(blocked.body()).findString("message"), std::string("API rate limit exceeded for 'sms'"));
    QCOMPARE(blocked.received("X-RateLimit-Limit-sms-hour"), std::string());
}

void TestResponseRatelimiting::overdrawnLimitsBlockNothing()
{
    const Gateway gateway(R"({"limits": {"sms": {"hour": 2}}, "block_on_first_violation": true})");
    QCOMPARE(statusOf(gateway.send("sms=3")), 200);
    const Passage passed = gateway.send("", testNow, "k1", true);
    QVERIFY(passed.isProxied());
    const Step& step = passed.exchange.trace->steps[indexOfStep(*passed.exchange.trace, "response-ratelimiting")];
    QCOMPARE(step.findings[0].quirk, std::string(responseratelimiting::overdrawn));
}

void TestResponseRatelimiting::countsByWhatItIsTold_data()
{
    QTest::addColumn<QString>("by");
    QTest::addColumn<QString>("second");
    QTest::addColumn<bool>("together");
    QTest::newRow("one consumer, two keys") << "consumer"
                                            << "k2" << true;
    QTest::newRow("two consumers") << "consumer"
                                   << "unknown" << false;
    QTest::newRow("two credentials") << "credential"
                                     << "k2" << false;
    QTest::newRow("one address") << "ip"
                                 << "unknown" << true;
}

void TestResponseRatelimiting::countsByWhatItIsTold()
{
    QFETCH(QString, by);
    QFETCH(QString, second);
    QFETCH(bool, together);
    const Gateway gateway(R"({"limits": {"sms": {"hour": 1}}, "limit_by": ")" + by.toStdString() + "\"}");
    QCOMPARE(statusOf(gateway.send("sms=1")), 200);
    QCOMPARE(statusOf(gateway.send("sms=1", testNow, second.toStdString())), together ? 429 : 200);
}

void TestResponseRatelimiting::windowsEnd()
{
    const Gateway gateway(R"({"limits": {"sms": {"minute": 1, "month": 2}}})");
    constexpr std::int64_t day = 86400;
    QCOMPARE(statusOf(gateway.send("sms=1")), 200);
    QCOMPARE(statusOf(gateway.send("sms=1", testNow + 59)), 429);
    QCOMPARE(statusOf(gateway.send("sms=1", testNow + 60)), 200);
    QCOMPARE(statusOf(gateway.send("sms=1", testNow + 8 * day)), 429);
    QCOMPARE(statusOf(gateway.send("sms=1", testNow + 9 * day)), 200);
}

void TestResponseRatelimiting::answersOfTheGatewayCostNothing()
{
    const Gateway gateway(R"({"limits": {"sms": {"hour": 1}}})",
                          R"({"name": "request-termination", "config": {"status_code": 200, "body": "own"}},)");
    for (int i = 0; i < 2; ++i) {
        const Passage answered = gateway.send("sms=1");
        QCOMPARE(statusOf(answered), 200);
        QCOMPARE(answered.receivedBody, std::string("own"));
        QCOMPARE(answered.received("X-RateLimit-Remaining-sms-hour"), std::string("1"));
    }
}

void TestResponseRatelimiting::explainsAWithheldResponse()
{
    const Gateway gateway(R"({"limits": {"sms": {"minute": 1, "hour": 7}}})");
    const Passage passed = gateway.send("sms=1", testNow, "k1", true);
    const Step& counted = passed.exchange.trace->steps[indexOfStep(*passed.exchange.trace, "response-ratelimiting")];
    QCOMPARE(counted.findings.size(), std::size_t(3));
    QCOMPARE(counted.findings[0].state, Finding::State::NotChecked);
    QCOMPARE(counted.findings[2].state, Finding::State::Passed);
    QCOMPARE(counted.findings[2].found, std::string("sms=1"));

    const Passage withheld = gateway.send("sms=2", testNow, "k1", true);
    const Explanation explanation = explain(*withheld.exchange.trace, *withheld.exchange.snapshot);
    QCOMPARE(explanation.title.id, std::string("response-ratelimiting.withheld.title"));
    const Parameters expected{{"scope", "route r"},       {"name", "sms"},   {"period", "minute"}, {"limit", "1"},
                              {"header", "x-kong-limit"}, {"found", "sms=2"}};
    QCOMPARE(explanation.title.parameters, expected);
    QCOMPARE(labelsOf(explanation), std::string("*open-plugin"));
    const Step& step = withheld.exchange.trace->steps[explanation.step];
    QCOMPARE(step.failure()->pointer, std::string("/services/0/routes/0/plugins/1/config/limits/sms/minute"));
    QCOMPARE(step.status, 429);
    QCOMPARE(step.responseChanges.front().name, std::string(":status"));
    QCOMPARE(step.responseBody->before, Bytes("goods"));
}

void TestResponseRatelimiting::explainsABlockedRequest()
{
    const Gateway gateway(R"({"limits": {"sms": {"hour": 1}}, "block_on_first_violation": true})");
    QCOMPARE(statusOf(gateway.send("sms=1")), 200);
    const Passage blocked = gateway.send("", testNow, "k1", true);
    const Explanation explanation = explain(*blocked.exchange.trace, *blocked.exchange.snapshot);
    QCOMPARE(explanation.title.id, std::string("response-ratelimiting.blocked.title"));
    const Parameters expected{{"scope", "route r"}, {"name", "sms"}, {"period", "hour"},
                              {"limit", "1"},       {"header", ""},  {"found", "1"}};
    QCOMPARE(explanation.title.parameters, expected);
    QCOMPARE(labelsOf(explanation), std::string("*open-plugin"));
}

QTEST_APPLESS_MAIN(TestResponseRatelimiting)
#include "tst_response_ratelimiting.moc"
