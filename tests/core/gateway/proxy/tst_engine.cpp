// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gateway/proxy/proxybench.h"
#include "crypto/tls.h"
#include "http/echo/echoserver.h"
#include "http/server/server.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <atomic>
#include <thread>
#include <vector>

using namespace claimsmith;
using namespace claimsmith::gateway;
using namespace claimsmith::gateway::testing;

namespace {

/// One service with one route "/api", with these further fields of the service.
SnapshotPointer configuration(const std::string& url, const std::string& serviceFields = {},
                              const std::string& more = {})
{
    return serviceAt(url, serviceFields, "paths: [/api]", more);
}

/// Names and values that the echo upstream received, as "Name: value" lines.
QStringList receivedHeaders(std::string_view echoed)
{
    QStringList lines;
    const auto json = QJsonDocument::fromJson(QByteArray::fromStdString(std::string(echoed))).object();
    for (const auto& line : json["headers"].toArray())
        lines << line.toArray()[0].toString() + QStringLiteral(": ") + line.toArray()[1].toString();
    return lines;
}

} // namespace

/// The engine as a whole: from its start to its stop, through changes of configuration, and what it tells.
class TestEngine : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<http::EchoServer> m_echo;

    std::string echoUrl() const { return urlOf(m_echo->address().port); }

private slots:
    void initTestCase()
    {
        auto echo = http::EchoServer::start({"127.0.0.1", 0});
        CLAIMSMITH_VERIFY_RESULT(echo);
        m_echo = std::move(echo).value();
    }

    void survivesClientsThatGoAway()
    {
        const auto engine = start(configuration(echoUrl()));
        const std::uint16_t port = engine->proxyAddress().port;
        {
            RawClient inTheHead(port);
            QVERIFY(inTheHead.send("GET /api HTT"));
            inTheHead.reset();
            RawClient inTheBody(port);
            QVERIFY(inTheBody.send("POST /api HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\nabc"));
            inTheBody.reset();
            RawClient beforeTheAnswer(port);
            QVERIFY(beforeTheAnswer.send("GET /api HTTP/1.1\r\nHost: a\r\n\r\n"));
            beforeTheAnswer.reset();
        }
        QTRY_COMPARE(engine->counters().connections, std::size_t{0});
        QCOMPARE(test::statusOf(get(port, "/api")), 200);
    }

    void losesNothingWhenTheConfigurationChanges()
    {
        const SnapshotPointer first = configuration(echoUrl() + "/first");
        const SnapshotPointer second = configuration(echoUrl() + "/second");
        const auto engine = start(first);
        const std::uint16_t port = engine->proxyAddress().port;
        std::atomic<bool> goOn{true};
        std::atomic<int> wrong{0};
        std::atomic<int> answered{0};
        std::vector<std::thread> clients;
        for (int i = 0; i < 3; ++i) {
            clients.emplace_back([&] {
                RawClient client(port);
                while (goOn) {
                    const std::string response = get(client, "/api");
                    const bool isEither = response.find("\"path\": \"/first\"") != std::string::npos ||
                                          response.find("\"path\": \"/second\"") != std::string::npos;
                    wrong += test::statusOf(response) == 200 && isEither ? 0 : 1;
                    ++answered;
                }
            });
        }
        for (int i = 0; i < 200 || answered < 300; ++i)
            engine->apply(i % 2 == 0 ? second : first);
        engine->apply(second);
        const std::string last = get(port, "/api");
        goOn = false;
        for (std::thread& client : clients)
            client.join();
        QVERIFY(last.find("\"path\": \"/second\"") != std::string::npos);
        QCOMPARE(wrong.load(), 0);
    }

    void keepsTheOldConfigurationForRequestsUnderWay()
    {
        std::atomic<bool> entered{false};
        std::atomic<bool> goOn{false};
        auto upstream = http::Server::start({}, [&](const http::Request& request) {
            entered = true;
            while (!goOn)
                std::this_thread::yield();
            return http::Response::make(200, "text/plain", request.head.target);
        });
        CLAIMSMITH_VERIFY_RESULT(upstream);
        const auto engine = start(configuration(urlOf((*upstream)->address().port)));
        RawClient client(engine->proxyAddress().port);
        QVERIFY(client.send("GET /api/old HTTP/1.1\r\nHost: a\r\n\r\n"));
        QTRY_VERIFY(entered);
        engine->apply(configuration(echoUrl()));
        goOn = true;
        QCOMPARE(bodyOf(client.readResponse()), std::string_view("/old"));
    }

    void finishesRequestsWhenItStops()
    {
        std::atomic<bool> entered{false};
        std::atomic<bool> goOn{false};
        auto upstream = http::Server::start({}, [&](const http::Request&) {
            entered = true;
            while (!goOn)
                std::this_thread::yield();
            return http::Response::make(200, "text/plain", "done");
        });
        CLAIMSMITH_VERIFY_RESULT(upstream);
        const auto engine = start(configuration(urlOf((*upstream)->address().port)));
        RawClient client(engine->proxyAddress().port);
        QVERIFY(client.send("GET /api HTTP/1.1\r\nHost: a\r\n\r\n"));
        QTRY_VERIFY(entered);
        std::atomic<bool> complete{false};
        std::thread stopper([&] { complete = engine->stop(std::chrono::seconds(10)); });
        goOn = true;
        QCOMPARE(bodyOf(client.readResponse()), std::string_view("done"));
        client.shutdownSend();
        stopper.join();
        QVERIFY(complete);
    }

    void stopsThoughAnUpstreamNeverAnswers()
    {
        const RawServer silent({}, RawServer::Silent);
        const auto engine = start(configuration(urlOf(silent.port())));
        RawClient client(engine->proxyAddress().port);
        QVERIFY(client.send("GET /api HTTP/1.1\r\nHost: a\r\n\r\n"));
        QTRY_COMPARE(silent.connections(), 1);
        QVERIFY(!engine->stop(std::chrono::milliseconds(20)));
        QVERIFY(client.isClosedByPeer());
    }

    void tracesWhoKnowsTheNonce()
    {
        const auto engine = start(configuration(echoUrl()));
        const std::uint16_t port = engine->proxyAddress().port;
        const std::string header = std::string(Engine::traceHeader) + ": ";
        const std::string response = get(port, "/api/t", header + engine->traceNonce() + "\r\n");
        QVERIFY(bodyOf(response).find("laimsmith") == std::string_view::npos);
        const auto trace = engine->findTrace(headerOf(response, "X-Kong-Request-Id"));
        QVERIFY(trace != nullptr);
        QCOMPARE(trace->request.target, std::string("/api/t"));
        QVERIFY(!trace->request.headers.contains(Engine::traceHeader));
        QVERIFY(trace->upstream.has_value());
        QCOMPARE(trace->upstream->target, std::string("/t"));
        QCOMPARE(trace->upstreamAddress, m_echo->address().toString());
        QCOMPARE(trace->response.status, 200);

        const std::string answered = get(port, "/none", header + engine->traceNonce() + "\r\n");
        const auto own = engine->findTrace(headerOf(answered, "X-Kong-Request-Id"));
        QVERIFY(own != nullptr);
        QCOMPARE(own->response.status, 404);
        QCOMPARE(std::string_view(own->answer), bodyOf(answered));

        const std::string guessed = get(port, "/api", header + "guess\r\n");
        QVERIFY(engine->findTrace(headerOf(guessed, "X-Kong-Request-Id")) == nullptr);
    }

    void tellsWhatPassed()
    {
        EngineOptions options;
        options.threads = 1;
        options.summaries = 2;
        const auto engine = start(configuration(echoUrl()), options);
        const std::uint16_t port = engine->proxyAddress().port;
        RawClient client(port);
        get(client, "/api/1?q");
        get(client, "/none");
        get(client, "/api/3");
        QTRY_COMPARE(engine->counters().requests, std::uint64_t{3});
        std::vector<ExchangeSummary> passed;
        QCOMPARE(engine->drain(passed), std::size_t{1});
        QCOMPARE(passed.size(), std::size_t{2});
        QCOMPARE(passed[0].path, std::string("/api/1?q"));
        QCOMPARE(passed[0].route, std::string("r"));
        QCOMPARE(passed[0].service, std::string("s"));
        QCOMPARE(passed[0].status, 200);
        QCOMPARE(passed[1].status, 404);
        QCOMPARE(passed[1].message, std::string("no Route matched with those values"));
        QVERIFY(passed[0].upstreamDuration <= passed[0].duration);
        passed.clear();
        QCOMPARE(engine->drain(passed), std::size_t{0});
        QVERIFY(passed.empty());
    }

    void letsTheEchoUpstreamStandIn()
    {
        EngineOptions options;
        options.standIns = {{{"localhost", 3000}, m_echo->address()}};
        const auto engine = start(configuration("http://localhost:3000"), options);
        const std::string response = get(engine->proxyAddress().port, "/api");
        QVERIFY(receivedHeaders(bodyOf(response)).contains(QStringLiteral("Host: localhost:3000")));
    }

    void namesAPortInUse()
    {
        const auto engine = start(configuration(echoUrl()));
        EngineOptions options;
        options.listeners.front().address = engine->proxyAddress();
        const auto second = Engine::start(options, configuration(echoUrl()));
        QVERIFY(!second);
        QCOMPARE(second.error().code, ErrorCode(http::ServerErrorCode::AddressInUse));
        QCOMPARE(second.error().place.pointer, engine->proxyAddress().toString());
    }

    void servesTheAdminApi_data()
    {
        QTest::addColumn<bool>("clear");
        QTest::addColumn<bool>("secure");
        QTest::newRow("nowhere") << false << false;
        QTest::newRow("in the clear") << true << false;
        QTest::newRow("under TLS") << false << true;
        QTest::newRow("both") << true << true;
    }

    void servesTheAdminApi()
    {
        QFETCH(bool, clear);
        QFETCH(bool, secure);
        EngineOptions options;
        if (secure)
            options.adminListeners.push_back({{"127.0.0.1", 0}, true});
        if (clear)
            options.adminListeners.push_back({{"127.0.0.1", 0}});
        const auto engine = start(configuration(echoUrl()), std::move(options));
        QCOMPARE(engine->adminAddress().has_value(), clear);
        QCOMPARE(engine->adminTlsAddress().has_value(), secure);
        const std::string request = "GET /services HTTP/1.1\r\nHost: localhost\r\n\r\n";
        if (clear) {
            RawClient client(engine->adminAddress()->port);
            QVERIFY(client.send(request));
            QCOMPARE(test::statusOf(client.readResponse()), 200);
        }
        if (secure) {
            const auto trusting = *crypto::TlsClientContext::create({});
            RawClient client(engine->adminTlsAddress()->port, *trusting, "localhost");
            QVERIFY(client.send(request));
            QCOMPARE(test::statusOf(client.readResponse()), 200);
        }
    }
};

QTEST_APPLESS_MAIN(TestEngine)
#include "tst_engine.moc"
