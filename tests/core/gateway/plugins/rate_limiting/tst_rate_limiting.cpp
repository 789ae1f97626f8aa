// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gateway/gatewaybench.h"

#include "gateway/explain.h"
#include "gateway/plugins/rate_limiting/checks.h"

#include <atomic>
#include <thread>

using namespace claimsmith;
using namespace claimsmith::gateway;
using namespace claimsmith::gateway::testing;

class TestRateLimiting : public QObject
{
    Q_OBJECT

private slots:
    void refusesConfigurations_data();
    void refusesConfigurations();
    void countsAndRefuses();
    void windowsFollowTheCalendar_data();
    void windowsFollowTheCalendar();
    void countersOfAMonthLiveThirtyDays();
    void countsByWhatItIsTold_data();
    void countsByWhatItIsTold();
    void refusedRequestsCountNowhere();
    void countersOutliveConfigurations();
    void neverLetsMoreThrough();
    void breaksOnAStatusThatIsNoError();
    void explainsTheRefusal();
};

namespace {

std::string configuration(const std::string& config)
{
    return R"({"_format_version": "3.0", "services": [{"name": "s", "host": "a", "routes": [
        {"name": "r", "paths": ["/r"], "plugins": [{"name": "key-auth", "config": {"anonymous": "nobody"}},
         {"name": "rate-limiting", "config": )" +
           config + R"(}]}]}], "consumers": [{"username": "nobody"},
        {"username": "c", "keyauth_credentials": [{"key": "k1"}, {"key": "k2"}]}]})";
}

/// Requests to one gateway.
class Gateway
{
public:
    explicit Gateway(const std::string& config) : m_snapshot(snapshotOf(configuration(config))) {}

    Passage send(const Sent& sent = {.target = "/r"}, std::int64_t now = testNow, bool traced = false) const
    {
        return {m_snapshot, sent, m_shared, now, traced};
    }

    void reload(const std::string& config) { m_snapshot = snapshotOf(configuration(config)); }

private:
    std::shared_ptr<const Snapshot> m_snapshot;
    std::shared_ptr<SharedState> m_shared = std::make_shared<SharedState>();
};

std::string header(const Passage& passage, std::string_view name)
{
    return std::string(passage.exchange.response.headers.value(name));
}

} // namespace

void TestRateLimiting::refusesConfigurations_data()
{
    QTest::addColumn<QString>("config");
    QTest::addColumn<QString>("text");
    QTest::newRow("no limit") << "{}"
                              << "at least one of these fields must be non-empty: 'config.second', 'config.minute', "
                                 "'config.hour', 'config.day', 'config.month', 'config.year'";
    QTest::newRow("zero") << R"({"minute": 0})"
                          << "value must be greater than 0";
    QTest::newRow("longer allows less") << R"({"second": 20, "hour": 10})"
                                        << "The limit for hour(10.0) cannot be lower than the limit for second(20.0)";
    QTest::newRow("cluster without a database") << R"({"minute": 1, "policy": "cluster"})"
                                                << "expected one of: local, redis";
    QTest::newRow("sync rate") << R"({"minute": 1, "sync_rate": 0.5})"
                               << "sync_rate can only be used with the redis policy";
    QTest::newRow("sync rate of redis") << R"({"minute": 1, "sync_rate": 0, "policy": "redis", "redis": {"host": "h"}})"
                                        << "sync_rate must be greater than 0.02, or -1 to disable";
    QTest::newRow("header without name") << R"({"minute": 1, "limit_by": "header"})"
                                         << "required field missing";
    QTest::newRow("path without path") << R"({"minute": 1, "limit_by": "path"})"
                                       << "required field missing";
    QTest::newRow("redis without host") << R"({"minute": 1, "policy": "redis"})"
                                        << "required field missing";
}

void TestRateLimiting::refusesConfigurations()
{
    QFETCH(QString, config);
    QFETCH(QString, text);
    ConfigurationReport report;
    QVERIFY(!buildSnapshot(json(configuration(config.toStdString())), {}, &report).hasValue());
    QStringList messages;
    for (const Problem& problem : report.problems)
        messages << QString::fromStdString(problem.message);
    QVERIFY2(messages.contains(text), qPrintable(messages.join(u'\n')));
}

void TestRateLimiting::countsAndRefuses()
{
    const Gateway gateway(R"({"minute": 2, "hour": 5})");
    for (const char* const remaining : {"1", "0"}) {
        const Passage passed = gateway.send({.target = "/r"}, testNow + 12);
        QVERIFY(passed.isProxied());
        QCOMPARE(header(passed, "X-RateLimit-Limit-Minute"), std::string("2"));
        QCOMPARE(header(passed, "X-RateLimit-Remaining-Minute"), std::string(remaining));
        QCOMPARE(header(passed, "RateLimit-Remaining"), std::string(remaining));
        QCOMPARE(header(passed, "RateLimit-Reset"), std::string("48"));
        QCOMPARE(header(passed, "Retry-After"), std::string());
    }
    const Passage refused = gateway.send({.target = "/r"}, testNow + 13);
    QCOMPARE(refused.status(), 429);
    QCOMPARE(*json(refused.body()).findString("message"), std::string("API rate limit exceeded"));
    QCOMPARE(header(refused, "X-RateLimit-Remaining-Hour"), std::string("3"));
    QCOMPARE(header(refused, "Retry-After"), std::string("47"));
    QVERIFY(gateway.send({.target = "/r"}, testNow + 60).isProxied());
}

void TestRateLimiting::windowsFollowTheCalendar_data()
{
    QTest::addColumn<QString>("period");
    QTest::addColumn<qint64>("first");
    QTest::addColumn<qint64>("last");
    QTest::addColumn<qint64>("next");
    constexpr qint64 day = 86400;
    constexpr qint64 november = testNow - 21 * day;
    QTest::newRow("second") << "second" << qint64(testNow) << qint64(testNow) << qint64(testNow + 1);
    QTest::newRow("minute") << "minute" << qint64(testNow + 59) << qint64(testNow + 59) << qint64(testNow + 60);
    QTest::newRow("hour") << "hour" << qint64(testNow + 1) << qint64(testNow + 3599) << qint64(testNow + 3600);
    QTest::newRow("day") << "day" << qint64(testNow + 5) << qint64(testNow + day - 1) << qint64(testNow + day);
    QTest::newRow("month") << "month" << november + 5 * day << november + 30 * day - 1 << november + 30 * day;
    QTest::newRow("year") << "year" << november << november + 61 * day - 1 << november + 61 * day;
}

void TestRateLimiting::windowsFollowTheCalendar()
{
    QFETCH(QString, period);
    QFETCH(qint64, first);
    QFETCH(qint64, last);
    QFETCH(qint64, next);
    const Gateway gateway("{\"" + period.toStdString() + "\": 1}");
    QVERIFY(gateway.send({.target = "/r"}, first).isProxied());
    QCOMPARE(gateway.send({.target = "/r"}, last).status(), 429);
    QVERIFY(gateway.send({.target = "/r"}, next).isProxied());
}

void TestRateLimiting::countersOfAMonthLiveThirtyDays()
{
    constexpr std::int64_t day = 86400;
    constexpr std::int64_t december = testNow + 9 * day;
    const Gateway gateway(R"({"month": 1})");
    QVERIFY(gateway.send({.target = "/r"}, december).isProxied());
    QCOMPARE(gateway.send({.target = "/r"}, december + 30 * day - 1).status(), 429);
    QVERIFY(gateway.send({.target = "/r"}, december + 30 * day).isProxied());
}

void TestRateLimiting::countsByWhatItIsTold_data()
{
    QTest::addColumn<QString>("config");
    QTest::addColumn<QString>("header");
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("second");
    QTest::addColumn<bool>("together");
    QTest::newRow("one consumer, two keys") << R"({"hour": 1})"
                                            << "apikey"
                                            << "k1"
                                            << "k2" << true;
    QTest::newRow("two consumers") << R"({"hour": 1})"
                                   << "apikey"
                                   << "k1"
                                   << "unknown" << false;
    QTest::newRow("two credentials") << R"({"hour": 1, "limit_by": "credential"})"
                                     << "apikey"
                                     << "k1"
                                     << "k2" << false;
    QTest::newRow("one address") << R"({"hour": 1, "limit_by": "ip"})"
                                 << "apikey"
                                 << "k1"
                                 << "unknown" << true;
    QTest::newRow("two header values") << R"({"hour": 1, "limit_by": "header", "header_name": "X-T"})"
                                       << "X-T"
                                       << "a"
                                       << "b" << false;
    QTest::newRow("one header value") << R"({"hour": 1, "limit_by": "header", "header_name": "X_T"})"
                                      << "X-T"
                                      << "a"
                                      << "a" << true;
    QTest::newRow("other path: the address") << R"({"hour": 1, "limit_by": "path", "path": "/r/x"})"
                                             << "X-T"
                                             << "a"
                                             << "b" << true;
    QTest::newRow("service") << R"({"hour": 1, "limit_by": "service"})"
                             << "X-T"
                             << "a"
                             << "b" << true;
}

void TestRateLimiting::countsByWhatItIsTold()
{
    QFETCH(QString, config);
    QFETCH(QString, header);
    QFETCH(QString, first);
    QFETCH(QString, second);
    QFETCH(bool, together);
    const Gateway gateway(config.toStdString());
    const auto sent = [&](const QString& value) {
        return Sent{.target = "/r", .headers = {{header.toStdString(), value.toStdString()}}};
    };
    QVERIFY(gateway.send(sent(first)).isProxied());
    QCOMPARE(gateway.send(sent(second)).isProxied(), !together);
}

void TestRateLimiting::refusedRequestsCountNowhere()
{
    const Gateway gateway(R"({"second": 1, "hour": 3})");
    QVERIFY(gateway.send().isProxied());
    for (int i = 0; i < 5; ++i)
        QCOMPARE(gateway.send().status(), 429);
    QCOMPARE(header(gateway.send({.target = "/r"}, testNow + 1), "X-RateLimit-Remaining-Hour"), std::string("1"));
}

void TestRateLimiting::countersOutliveConfigurations()
{
    Gateway gateway(R"({"hour": 1})");
    QVERIFY(gateway.send().isProxied());
    gateway.reload(R"({"hour": 2, "hide_client_headers": true})");
    const Passage second = gateway.send();
    QVERIFY(second.isProxied());
    QCOMPARE(header(second, "RateLimit-Limit"), std::string());
    QCOMPARE(gateway.send().status(), 429);
}

void TestRateLimiting::neverLetsMoreThrough()
{
    const Gateway gateway(R"({"minute": 40, "hour": 50})");
    std::atomic<int> passed{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&] {
            for (int i = 0; i < 25; ++i)
                passed += gateway.send().isProxied() ? 1 : 0;
        });
    for (std::thread& thread : threads)
        thread.join();
    QCOMPARE(passed.load(), 40);
}

void TestRateLimiting::breaksOnAStatusThatIsNoError()
{
    const Gateway gateway(R"({"hour": 1, "error_code": 302})");
    QVERIFY(gateway.send().isProxied());
    QCOMPARE(gateway.send().status(), 500);
}

void TestRateLimiting::explainsTheRefusal()
{
    const std::string text = configuration(R"({"minute": 1, "hour": 7})");
    const auto snapshot = snapshotOf(text);
    const auto shared = std::make_shared<SharedState>();
    const Sent sent{.target = "/r", .headers = {{"apikey", "k1"}}};
    const Passage passed(snapshot, sent, shared, testNow, true);
    const Step& counted = passed.exchange.trace->steps[3];
    QCOMPARE(counted.findings[0].found, std::string("consumer"));
    QCOMPARE(counted.findings[1].state, Finding::State::Passed);
    QCOMPARE(counted.findings[1].pointer, std::string("/services/0/routes/0/plugins/1/config/minute"));

    const Passage refused(snapshot, sent, shared, testNow + 20, true);
    const Explanation explanation = explain(*refused.exchange.trace, *snapshot);
    QCOMPARE(explanation.title.id, std::string("rate-limiting.exceeded.title"));
    QCOMPARE(explanation.comparison.size(), std::size_t(2));
    QVERIFY(explanation.comparison[0].offending);
    QVERIFY(!explanation.comparison[1].offending);
    const auto& raise = std::get<SetPluginField>(explanation.repairs[0].action);
    QCOMPARE(raise.pointer, std::string("/services/0/routes/0/plugins/1/config/minute"));
    QCOMPARE(raise.value, document::Value(10));
    QCOMPARE(std::get<ShiftClock>(explanation.repairs[1].action).seconds, std::int64_t(40));
}

QTEST_APPLESS_MAIN(TestRateLimiting)
#include "tst_rate_limiting.moc"
