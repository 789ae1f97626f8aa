// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/health/healthchecks.h"

#include "crypto/tls.h"
#include "gateway/proxy/enginestate.h"
#include "http/server/server.h"
#include "http/server/serverconnection.h"
#include "support/data.h"
#include "support/rawclient.h"
#include "support/rawserver.h"
#include "support/testing.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <atomic>
#include <mutex>

using namespace claimsmith;
using namespace claimsmith::gateway;
using claimsmith::test::RawClient;
using claimsmith::test::RawServer;
using claimsmith::test::testData;
using Health = Balancer::Health;

namespace {

/// What a target was asked, and what it says.
struct Target
{
    std::atomic<int> status{200};
    std::atomic<int> count{0};
    std::mutex mutex;
    http::RequestHead last;
    std::string serverName;
};

class TargetHandler final : public http::StreamHandler
{
public:
    TargetHandler(Target& target, const crypto::TlsIdentity* identity) : m_target(target), m_identity(identity) {}

    crypto::TlsOffer offer(std::string_view) override { return {m_identity}; }

    http::Task<void> handle(http::ServerConnection& connection) override
    {
        {
            const std::lock_guard lock(m_target.mutex);
            m_target.last = connection.request();
            m_target.serverName = connection.tls() ? connection.tls()->serverName : std::string();
        }
        ++m_target.count;
        http::ResponseHead head;
        head.status = m_target.status;
        co_await connection.send(head, "x");
    }

private:
    Target& m_target;
    const crypto::TlsIdentity* m_identity;
};

std::unique_ptr<http::Server> serve(Target& target, const crypto::TlsIdentity* identity = nullptr)
{
    http::ServerOptions options;
    if (identity != nullptr)
        options.listeners.front().tls = *crypto::TlsServerContext::create({});
    auto server =
        http::Server::start(options, [&](http::Worker&) { return std::make_unique<TargetHandler>(target, identity); });
    if (!server)
        qFatal("%s", server.error().toString().c_str());
    return std::move(server).value();
}

std::shared_ptr<const Snapshot> configuration(std::uint16_t port, const std::string& active)
{
    const std::string text = "{_format_version: '3.0', services: [{name: s, host: up, retries: 0, routes: [{name: r, "
                             "paths: [/]}]}], upstreams: [{name: up, targets: [{target: '127.0.0.1:" +
                             std::to_string(port) + "'}], healthchecks: {active: {" + active + "}}}]}";
    auto snapshot = loadSnapshot(text, "test", {});
    if (!snapshot)
        qFatal("%s", snapshot.error().toString().c_str());
    return std::move(snapshot).value();
}

/// Checks of one target, without an engine around them.
struct Bench
{
    Bench(std::uint16_t port, const std::string& active, bool isHealthy = true)
        : snapshot(configuration(port, active)), state(EngineOptions(), snapshot)
    {
        balancer()->setHealthy(0, isHealthy);
        checks.refresh();
    }

    std::shared_ptr<Balancer> balancer() { return state.balancers.of(snapshot)->begin()->second; }

    Health health() { return balancer()->healthOf(0); }

    std::shared_ptr<const Snapshot> snapshot;
    EngineState state;
    HealthChecks checks{state};
};

constexpr const char* often = "healthy: {interval: 0.1}, ";

std::string get(std::uint16_t port, const std::string& path)
{
    RawClient client(port);
    client.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    return client.readResponse();
}

/// What the Admin API says of the upstream's only target.
QString shownHealth(const Engine& engine)
{
    const std::string response = get(engine.adminAddress()->port, "/upstreams/up/health");
    const auto json = QJsonDocument::fromJson(QByteArray::fromStdString(std::string(test::bodyOf(response))));
    return json["data"][0]["health"].toString();
}

} // namespace

class TestHealthChecks : public QObject
{
    Q_OBJECT

private slots:
    void findsWhatFails_data()
    {
        QTest::addColumn<std::string>("rules");
        QTest::addColumn<int>("status");
        QTest::newRow("bad statuses") << std::string("unhealthy: {http_failures: 2}") << 503;
        QTest::newRow("statuses chosen") << std::string("unhealthy: {http_failures: 1, http_statuses: [418]}") << 418;
    }

    void findsWhatFails()
    {
        QFETCH(std::string, rules);
        QFETCH(int, status);
        Target target;
        target.status = status;
        const auto server = serve(target);
        Bench bench(server->address().port, often + rules);
        QTRY_COMPARE(bench.health(), Health::Unhealthy);
    }

    void findsWhatCannotBeReached()
    {
        std::uint16_t port = 0;
        {
            const RawServer gone({});
            port = gone.port();
        }
        Bench bench(port, std::string(often) + "unhealthy: {tcp_failures: 1}");
        QTRY_COMPARE(bench.health(), Health::Unhealthy);
    }

    void findsWhatIsSilent()
    {
        const RawServer silent({}, RawServer::Silent);
        Bench bench(silent.port(), std::string(often) + "timeout: 0.05, unhealthy: {timeouts: 1}");
        QTRY_COMPARE(bench.health(), Health::Unhealthy);
    }

    void findsWhatSpeaksNoHttp()
    {
        const RawServer other({"SSH-2.0-Other\r\n", "SSH-2.0-Other\r\n"});
        Bench bench(other.port(), std::string(often) + "unhealthy: {http_failures: 1}");
        QTRY_COMPARE(bench.health(), Health::Unhealthy);
    }

    void leavesAloneWhatIsNotCounted()
    {
        Target target;
        target.status = 418; // in neither list
        const auto server = serve(target);
        Bench bench(server->address().port, std::string(often) + "unhealthy: {http_failures: 1}");
        QTRY_VERIFY(target.count >= 2);
        QCOMPARE(bench.health(), Health::Healthy);
    }

    void findsWhatHasComeBack()
    {
        Target target;
        const auto server = serve(target);
        Bench bench(server->address().port, "unhealthy: {interval: 0.1}, healthy: {successes: 2}", false);
        QTRY_COMPARE(bench.health(), Health::Healthy);
        QCOMPARE(target.count.load(), 2);
    }

    void asksAsItIsTold()
    {
        Target target;
        const auto server = serve(target);
        Bench bench(server->address().port,
                    "unhealthy: {interval: 0.1}, healthy: {successes: 1}, http_path: /ping, "
                    "headers: {X-A: ['1']}",
                    false);
        QTRY_COMPARE(bench.health(), Health::Healthy);
        const std::lock_guard lock(target.mutex);
        QCOMPARE(target.last.target, std::string("/ping"));
        QVERIFY(target.last.version == (http::Version{1, 0}));
        QCOMPARE(target.last.headers, (http::HeaderMap{{"X-A", "1"}, {"Host", "127.0.0.1"}}));
    }

    void looksAtCertificates_data()
    {
        QTest::addColumn<bool>("verifies");
        QTest::newRow("verifies") << true;
        QTest::newRow("takes any") << false;
    }

    void looksAtCertificates()
    {
        QFETCH(bool, verifies);
        const auto identity = crypto::TlsIdentity::fromPem(testData("tls/server.crt"), testData("tls/server.key"));
        CLAIMSMITH_VERIFY_RESULT(identity);
        Target target;
        const auto server = serve(target, &*identity);
        Bench bench(
            server->address().port,
            "type: https, https_sni: s.test, healthy: {interval: 0.1, successes: 1}, unhealthy: {interval: 0.1, "
            "tcp_failures: 1}, https_verify_certificate: " +
                std::string(verifies ? "true" : "false"),
            verifies);
        QTRY_COMPARE(bench.health(), verifies ? Health::Unhealthy : Health::Healthy);
        const std::lock_guard lock(target.mutex);
        QCOMPARE(target.serverName, std::string(verifies ? "" : "s.test"));
    }

    void hasNoThreadWithoutChecks()
    {
        Target target;
        const auto server = serve(target);
        Bench bench(server->address().port, "timeout: 2");
        QVERIFY(!bench.checks.isRunning());
        bench.state.snapshot.set(configuration(server->address().port, "healthy: {interval: 1}"));
        bench.checks.refresh();
        QVERIFY(bench.checks.isRunning());
        bench.state.snapshot.set(bench.snapshot);
        bench.checks.refresh();
        QVERIFY(!bench.checks.isRunning());
        QCOMPARE(target.count.load(), 0);
    }

    void goesByTheNextConfiguration()
    {
        Target before;
        Target after;
        const auto first = serve(before);
        const auto second = serve(after);
        Bench bench(first->address().port, often);
        QTRY_VERIFY(before.count > 0);
        bench.state.snapshot.set(configuration(second->address().port, often));
        bench.checks.refresh();
        QTRY_VERIFY(after.count > 0);
    }

    void stopsWhileATargetIsAsked()
    {
        const RawServer silent({}, RawServer::Silent);
        Bench bench(silent.port(), std::string(often) + "timeout: 60");
        QTRY_COMPARE(silent.connections(), 1);
        QElapsedTimer timer;
        timer.start();
        bench.checks.stop();
        QVERIFY(timer.elapsed() < 10'000);
        bench.checks.refresh();
        QVERIFY(!bench.checks.isRunning());
    }

    /// In an engine: requests go by it, the Admin API shows it, and it can be set by hand.
    void decidesWhereRequestsGo()
    {
        Target target;
        target.status = 500;
        const auto server = serve(target);
        EngineOptions options;
        options.listeners.front().address.port = 0;
        options.adminListeners = {{{"127.0.0.1", 0}}};
        const auto engine = Engine::start(
            options, configuration(server->address().port, std::string(often) + "unhealthy: {http_failures: 1}"));
        CLAIMSMITH_VERIFY_RESULT(engine);
        QTRY_COMPARE(shownHealth(**engine), QStringLiteral("UNHEALTHY"));
        QCOMPARE(test::statusOf(get((*engine)->proxyAddress().port, "/")), 503);

        target.status = 200;
        RawClient admin((*engine)->adminAddress()->port);
        admin.send("PUT /upstreams/up/targets/127.0.0.1:" + std::to_string(server->address().port) +
                   "/healthy HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n");
        QCOMPARE(test::statusOf(admin.readResponse()), 204);
        QCOMPARE(shownHealth(**engine), QStringLiteral("HEALTHY"));
        QCOMPARE(test::statusOf(get((*engine)->proxyAddress().port, "/")), 200);
    }
};

QTEST_GUILESS_MAIN(TestHealthChecks)
#include "tst_healthchecks.moc"
