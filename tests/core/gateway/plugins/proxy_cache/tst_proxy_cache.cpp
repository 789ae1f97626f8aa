// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gateway/gatewaybench.h"

#include "gateway/explain.h"
#include "gateway/plugins/proxy_cache/admin.h"

using namespace claimsmith;
using namespace claimsmith::gateway;
using namespace claimsmith::gateway::testing;

class TestProxyCache : public QObject
{
    Q_OBJECT

private slots:
    void keysAreKongs_data();
    void keysAreKongs();
    void answersFromTheCache();
    void keepsWhatItMay_data();
    void keepsWhatItMay();
    void heedsTheClient_data();
    void heedsTheClient();
    void hidesItsHeaders();
    void showsAndPurges();
    void refusesConfigurations_data();
    void refusesConfigurations();
    void explainsWhatIsNotKept();
};

namespace {

constexpr const char* consumerId = "8a0d2c5e-7c3a-4a0f-9f0c-1f5f3d1b9a77";

std::string configuration(const std::string& config)
{
    return R"({"_format_version": "3.0", "services": [{"name": "s", "host": "a", "routes": [
        {"id": "5b7a2c1e-0d4f-4d0e-8a52-2f6a4b0f6c11", "name": "r", "paths": ["/"], "plugins": [
         {"name": "key-auth", "config": {"anonymous": "nobody"}}, {"name": "proxy-cache", "config": )" +
           config + R"(}]}]}], "consumers": [{"username": "nobody"}, {"id": ")" + consumerId +
           R"(", "username": "c", "keyauth_credentials": [{"key": "k"}]}]})";
}

class Gateway
{
public:
    explicit Gateway(const std::string& config) : m_snapshot(snapshotOf(configuration(config))) {}

    Passage send(Sent sent = {}, std::int64_t after = 0, bool traced = false) const
    {
        if (sent.responseHeaders.empty())
            sent.responseHeaders = {{"Content-Type", "text/plain"}, {"X-A", "1"}, {"X-A", "2"}};
        if (sent.responseBody.empty())
            sent.responseBody = "kept";
        return {m_snapshot, sent, shared, testNow + after, traced};
    }

    const Snapshot& snapshot() const { return *m_snapshot; }
    std::shared_ptr<SharedState> shared = std::make_shared<SharedState>();

private:
    std::shared_ptr<const Snapshot> m_snapshot;
};

constexpr const char* plain = R"({"strategy": "memory"})";
constexpr const char* heeding = R"({"strategy": "memory", "cache_control": true})";

} // namespace

/// kong-plugins.md J1; without key-auth there is no consumer in the key.
void TestProxyCache::keysAreKongs_data()
{
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("config");
    QTest::addColumn<bool>("asConsumer");
    QTest::addColumn<QString>("key");
    QTest::newRow("no query") << "/get" << plain << false
                              << "e78abc99a8c3b4f8d6592f7f787ae8c1c209cbb63e0518aa6acd4f177c065a77";
    QTest::newRow("repeated argument") << "/get?b=3&a=1&b=2" << plain << false
                                       << "565e4c2fccb3ddecfce14ed7a4bfd6c2bd96189881005a1d43db8058100e345c";
    QTest::newRow("consumer and header") << "/get?b=3&a=1&b=2"
                                         << R"({"strategy": "memory", "vary_headers": ["accept"]})" << true
                                         << "e74bb2d0ae3a6f9714acb1cb1477face2094761195533a42c7aa698e9c09b04b";
}

void TestProxyCache::keysAreKongs()
{
    QFETCH(QString, target);
    QFETCH(QString, config);
    QFETCH(bool, asConsumer);
    QFETCH(QString, key);
    std::string text = configuration(config.toStdString());
    if (!asConsumer) {
        const std::string guard = R"({"name": "key-auth", "config": {"anonymous": "nobody"}}, )";
        text.erase(text.find(guard), guard.size());
    }
    const Passage passage(snapshotOf(text),
                          {.target = target.toStdString(), .headers = {{"apikey", "k"}, {"Accept", "text/plain"}}});
    QCOMPARE(QString::fromStdString(passage.received("X-Cache-Key")), key);
}

void TestProxyCache::answersFromTheCache()
{
    const Gateway gateway(R"({"strategy": "memory", "cache_ttl": 10})");
    const Passage miss = gateway.send();
    QVERIFY(miss.isProxied());
    QCOMPARE(miss.received("X-Cache-Status"), std::string("Miss"));
    const Passage hit = gateway.send({}, 9);
    QVERIFY(!hit.isProxied());
    QVERIFY(hit.answer->isProxied);
    QCOMPARE(hit.receivedBody, std::string("kept"));
    QCOMPARE(hit.received("X-Cache-Status"), std::string("Hit"));
    QCOMPARE(hit.received("age"), std::string("9"));
    QCOMPARE(hit.exchange.response.headers.count("X-A"), std::size_t(2));
    QVERIFY(gateway.send({.headers = {{"apikey", "k"}}}).isProxied()); // a consumer's own
    QVERIFY(gateway.send({}, 10).isProxied());
}

void TestProxyCache::keepsWhatItMay_data()
{
    QTest::addColumn<QString>("config");
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    QTest::addColumn<bool>("kept");
    QTest::newRow("plain text") << plain << "GET"
                                << "Content-Type"
                                << "text/plain" << true;
    QTest::newRow("no type") << plain << "GET"
                             << "X"
                             << "1" << false;
    QTest::newRow("other parameters") << plain << "GET"
                                      << "Content-Type"
                                      << "application/json; charset=utf-8" << false;
    QTest::newRow("any text") << R"({"strategy": "memory", "content_type": ["text/*"]})"
                              << "GET"
                              << "Content-Type"
                              << "text/csv" << true;
    QTest::newRow("other status") << R"({"strategy": "memory", "response_code": [404]})"
                                  << "GET"
                                  << "Content-Type"
                                  << "text/plain" << false;
    QTest::newRow("other method") << plain << "POST"
                                  << "Content-Type"
                                  << "text/plain" << false;
    QTest::newRow("HEAD has no body") << plain << "HEAD"
                                      << "Content-Type"
                                      << "text/plain" << false;
    QTest::newRow("private, heeded") << heeding << "GET"
                                     << "Cache-Control"
                                     << "private, max-age=60" << false;
    QTest::newRow("private, not heeded") << plain << "GET"
                                         << "Cache-Control"
                                         << "private" << true;
    QTest::newRow("max-age") << heeding << "GET"
                             << "Cache-Control"
                             << "Max-Age=60" << true;
    QTest::newRow("s-maxage counts more") << heeding << "GET"
                                          << "Cache-Control"
                                          << "max-age=60, s-maxage=0" << false;
    QTest::newRow("expires") << heeding << "GET"
                             << "Expires"
                             << "Fri, 01 Jan 2100 00:00:00 GMT" << true;
    QTest::newRow("expired") << heeding << "GET"
                             << "Expires"
                             << "Sun Nov  6 08:49:37 1994" << false;
    QTest::newRow("no lifetime") << heeding << "GET"
                                 << "X"
                                 << "1" << false;
}

void TestProxyCache::keepsWhatItMay()
{
    QFETCH(QString, config);
    QFETCH(QString, method);
    QFETCH(QString, name);
    QFETCH(QString, value);
    QFETCH(bool, kept);
    const Gateway gateway(config.toStdString());
    Sent sent{.method = method.toStdString()};
    sent.responseHeaders = {{name.toStdString(), value.toStdString()}};
    if (name == "Cache-Control" || name == "Expires")
        sent.responseHeaders.emplace_back("Content-Type", "text/plain");
    QVERIFY(gateway.send(sent).isProxied());
    QCOMPARE(!gateway.send(sent, 1).isProxied(), kept);
}

void TestProxyCache::heedsTheClient_data()
{
    QTest::addColumn<QString>("config");
    QTest::addColumn<QString>("control");
    QTest::addColumn<QString>("status");
    QTest::newRow("no-cache") << heeding << "no-cache"
                              << "Bypass";
    QTest::newRow("no-cache, not heeded") << plain << "no-cache"
                                          << "Hit";
    QTest::newRow("young enough") << heeding << "max-age=20"
                                  << "Hit";
    QTest::newRow("too old") << heeding << "max-age=19"
                             << "Refresh";
    QTest::newRow("fresh enough") << heeding << "min-fresh=40"
                                  << "Hit";
    QTest::newRow("not fresh enough") << heeding << "min-fresh=41"
                                      << "Refresh";
    QTest::newRow("only if cached") << heeding << "only-if-cached"
                                    << "Hit";
}

void TestProxyCache::heedsTheClient()
{
    QFETCH(QString, config);
    QFETCH(QString, control);
    QFETCH(QString, status);
    const Gateway gateway(config.toStdString());
    Sent sent;
    sent.responseHeaders = {{"Content-Type", "text/plain"}, {"Cache-Control", "max-age=60"}};
    gateway.send(sent);
    sent.headers = {{"Cache-Control", control.toStdString()}};
    QCOMPARE(QString::fromStdString(gateway.send(sent, 20).received("X-Cache-Status")), status);
}

void TestProxyCache::hidesItsHeaders()
{
    const Gateway gateway(R"({"strategy": "memory", "response_headers":
        {"age": false, "X-Cache-Status": false, "X-Cache-Key": false}})");
    gateway.send();
    const Passage hit = gateway.send();
    QVERIFY(!hit.isProxied());
    for (const char* const name : {"Age", "X-Cache-Status", "X-Cache-Key"})
        QVERIFY(!hit.exchange.response.headers.contains(name));
    QCOMPARE(gateway.send({.headers = {{"Kong-Debug", "1"}}}).received("X-Cache-Status"), std::string("Hit"));
}

void TestProxyCache::showsAndPurges()
{
    const Gateway gateway(plain);
    const std::string key = gateway.send().received("X-Cache-Key");
    const TimePoint now{std::chrono::seconds(testNow)};
    const Answer shown = proxycache::showEntry(gateway.snapshot(), *gateway.shared, key, now);
    QCOMPARE(*json(shown.body).findString("body"), std::string("kept"));
    QCOMPARE(*json(shown.body).findInteger("ttl"), std::int64_t(300));
    QCOMPARE(proxycache::showEntryOf(gateway.snapshot(), *gateway.shared, "none", key, now).status, 404);
    QCOMPARE(proxycache::purgeEntry(gateway.snapshot(), *gateway.shared, key, now).status, 204);
    QCOMPARE(proxycache::purgeEntry(gateway.snapshot(), *gateway.shared, key, now).status, 404);
    gateway.send();
    QCOMPARE(proxycache::purgeAll(gateway.snapshot(), *gateway.shared).status, 204);
    QVERIFY(gateway.send().isProxied());
}

void TestProxyCache::refusesConfigurations_data()
{
    QTest::addColumn<QString>("config");
    QTest::addColumn<QString>("text");
    QTest::newRow("no strategy") << "{}"
                                 << "required field missing";
    QTest::newRow("other strategy") << R"({"strategy": "redis"})"
                                    << "expected one of: memory";
    QTest::newRow("no status") << R"({"strategy": "memory", "response_code": []})"
                               << "length must be at least 1";
    QTest::newRow("unknown dictionary") << R"({"strategy": "memory", "memory": {"dictionary_name": "nope"}})"
                                        << "missing shared dict 'nope'";
}

void TestProxyCache::refusesConfigurations()
{
    QFETCH(QString, config);
    QFETCH(QString, text);
    ConfigurationReport report;
    QVERIFY(!buildSnapshot(json(configuration(config.toStdString())), {}, &report).hasValue());
    QCOMPARE(QString::fromStdString(report.problems.front().message), text);
}

void TestProxyCache::explainsWhatIsNotKept()
{
    const Gateway gateway(plain);
    Sent sent;
    sent.responseHeaders = {{"Content-Type", "text/html"}};
    const Passage passage = gateway.send(sent, 0, true);
    const auto& steps = passage.exchange.trace->steps;
    const auto step = std::ranges::find(steps, "proxy-cache", &Step::name);
    const Explanation explanation =
        explainStep(*passage.exchange.trace, static_cast<std::size_t>(step - steps.begin()), gateway.snapshot());
    QCOMPARE(explanation.title.id, std::string("proxy-cache.other-type.title"));
    const auto& take = std::get<SetField>(explanation.repairs[0].action);
    QCOMPARE(take.pointer, std::string("/services/0/routes/0/plugins/1/config/content_type/-"));
    QCOMPARE(take.value, document::Value("text/html"));
}

QTEST_APPLESS_MAIN(TestProxyCache)
#include "tst_proxy_cache.moc"
