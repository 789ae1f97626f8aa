// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gateway/plugins/openid_connect/guarded.h"

#include "gateway/engine.h"
#include "support/rawclient.h"

#include <future>
#include <thread>

using namespace claimsmith;
using namespace claimsmith::gateway;
using namespace claimsmith::gateway::testing;
using claimsmith::test::RawClient;
using claimsmith::test::ScriptedProvider;
using claimsmith::test::statusOf;

/// The plugin in a whole engine: requests that wait for the provider hold nobody up.
class TestWaiting : public QObject
{
    Q_OBJECT

private slots:
    void holdsNobodyUp();
    void asksOnceForAll();
    void survivesClientsThatLeave();
    void survivesAStop();
    void survivesAReload();
    void asksTheStandIn_data();
    void asksTheStandIn();
};

namespace {

/// A provider whose discovery answers when it is told to.
class SlowProvider final
{
public:
    SlowProvider()
    {
        provider.on("/.well-known/openid-configuration", [this](const http::Request&) {
            m_asked.release();
            m_open.get_future().wait();
            return http::Response::make(200, "application/json",
                                        R"({"issuer": ")" + provider.issuer() + R"(", "jwks_uri": ")" +
                                            provider.issuer() + "/jwks\"}");
        });
    }
    ~SlowProvider() { open(); }
    SlowProvider(const SlowProvider&) = delete;
    SlowProvider& operator=(const SlowProvider&) = delete;

    /// Waits until it has been asked.
    void awaitQuestion() { m_asked.acquire(); }

    void open()
    {
        if (!std::exchange(m_isOpen, true))
            m_open.set_value();
    }

    ScriptedProvider provider;

private:
    struct Semaphore
    {
        void release() { promise.set_value(); }
        void acquire() { promise.get_future().wait(); }
        std::promise<void> promise;
    };
    Semaphore m_asked;
    std::promise<void> m_open;
    bool m_isOpen = false;
};

std::shared_ptr<const Snapshot> configuration(const std::string& issuer)
{
    const std::string routes = R"("services": [{"name": "s", "host": "127.0.0.1", "port": 1, "routes": [
        {"name": "guarded", "paths": ["/guarded"], "plugins": [
            {"name": "openid-connect", "config": {"issuer": ")" +
                               issuer + R"(", "auth_methods": ["bearer"]}},
            {"name": "request-termination", "config": {"status_code": 200}}]},
        {"name": "open", "paths": ["/open"], "plugins": [
            {"name": "request-termination", "config": {"status_code": 200}}]}]}])";
    auto snapshot = buildSnapshot(json(R"({"_format_version": "3.0", )" + routes + "}"), {});
    if (!snapshot)
        qFatal("test configuration: %s", snapshot.error().toString().c_str());
    return *snapshot;
}

std::unique_ptr<Engine> startEngine(const std::string& issuer, EngineOptions options = {})
{
    options.listeners.front().address.port = 0;
    options.threads = 1; // whoever waits would hold everybody up
    auto engine = Engine::start(std::move(options), configuration(issuer));
    if (!engine)
        qFatal("engine: %s", engine.error().toString().c_str());
    return *std::move(engine);
}

void send(RawClient& client, const std::string& target, const std::string& token)
{
    client.send("GET " + target + " HTTP/1.1\r\nHost: gw.test\r\nAuthorization: Bearer " + token + "\r\n\r\n");
}

} // namespace

void TestWaiting::holdsNobodyUp()
{
    SlowProvider slow;
    const auto engine = startEngine(slow.provider.issuer());
    const std::string token = slow.provider.token(systemClock().unixSeconds());
    RawClient waiting(engine->proxyAddress().port);
    send(waiting, "/guarded", token);
    slow.awaitQuestion();
    RawClient other(engine->proxyAddress().port);
    send(other, "/open", token);
    QCOMPARE(statusOf(other.readResponse()), 200);
    slow.open();
    QCOMPARE(statusOf(waiting.readResponse()), 200);
}

void TestWaiting::asksOnceForAll()
{
    SlowProvider slow;
    const auto engine = startEngine(slow.provider.issuer());
    const std::string token = slow.provider.token(systemClock().unixSeconds());
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 8; ++i) {
        clients.push_back(std::make_unique<RawClient>(engine->proxyAddress().port));
        send(*clients.back(), "/guarded", token);
    }
    slow.awaitQuestion();
    slow.open();
    for (const auto& client : clients)
        QCOMPARE(statusOf(client->readResponse()), 200);
    QCOMPARE(slow.provider.count("/.well-known/openid-configuration"), 1);
}

void TestWaiting::survivesClientsThatLeave()
{
    SlowProvider slow;
    const auto engine = startEngine(slow.provider.issuer());
    const std::string token = slow.provider.token(systemClock().unixSeconds());
    {
        RawClient leaving(engine->proxyAddress().port);
        send(leaving, "/guarded", token);
        slow.awaitQuestion();
        leaving.reset();
    }
    slow.open();
    RawClient next(engine->proxyAddress().port);
    send(next, "/guarded", token);
    QCOMPARE(statusOf(next.readResponse()), 200);
}

void TestWaiting::survivesAStop()
{
    SlowProvider slow;
    auto engine = startEngine(slow.provider.issuer());
    RawClient waiting(engine->proxyAddress().port);
    send(waiting, "/guarded", slow.provider.token(systemClock().unixSeconds()));
    slow.awaitQuestion();
    QVERIFY(!engine->stop(std::chrono::milliseconds(0)));
    engine.reset();
    QCOMPARE(statusOf(waiting.readResponse()), 0);
}

/// The request that waits ends with the configuration that it began with.
void TestWaiting::survivesAReload()
{
    SlowProvider slow;
    const auto engine = startEngine(slow.provider.issuer());
    RawClient waiting(engine->proxyAddress().port);
    send(waiting, "/guarded", slow.provider.token(systemClock().unixSeconds()));
    slow.awaitQuestion();
    engine->apply(configuration("http://127.0.0.1:1"));
    slow.open();
    QCOMPARE(statusOf(waiting.readResponse()), 200);
}

void TestWaiting::asksTheStandIn_data()
{
    QTest::addColumn<QString>("issuer");
    QTest::addColumn<QString>("host");
    QTest::newRow("in the clear") << "http://idp.test:8080/op"
                                  << "idp.test:8080";
    QTest::newRow("TLS") << "https://idp.test/op"
                         << "idp.test";
    QTest::newRow("TLS at a port") << "https://IDP.test:8443/op"
                                   << "idp.test:8443";
}

void TestWaiting::asksTheStandIn()
{
    QFETCH(QString, issuer);
    QFETCH(QString, host);
    const std::string name = issuer.toStdString();
    ScriptedProvider provider;
    provider.declare("issuer", name);
    provider.declare("jwks_uri", name + "/jwks");
    const auto url = http::parseUrl(name);
    const auto own = http::parseUrl(provider.issuer());
    EngineOptions options;
    options.standIns = {{{url->host, url->effectivePort()}, {own->host, own->effectivePort()}}};
    const auto engine = startEngine(name, std::move(options));
    RawClient client(engine->proxyAddress().port);
    send(client, "/guarded", provider.token(systemClock().unixSeconds(), {{"iss", name}}));
    QCOMPARE(statusOf(client.readResponse()), 200);
    QCOMPARE(QString::fromStdString(std::string(provider.last("/jwks").head.headers.value("Host"))), host);
}

QTEST_GUILESS_MAIN(TestWaiting)
#include "tst_waiting.moc"
