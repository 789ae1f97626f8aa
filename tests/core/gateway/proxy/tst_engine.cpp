// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/engine.h"

#include "http/echo/echoserver.h"
#include "http/server/server.h"
#include "http/server/serverconnection.h"
#include "support/rawclient.h"
#include "support/rawserver.h"
#include "support/testing.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

#include <atomic>
#include <fstream>
#include <mutex>
#include <set>
#include <thread>
#include <unistd.h>

using namespace claimsmith;
using namespace claimsmith::gateway;
using claimsmith::test::bodyOf;
using claimsmith::test::headerOf;
using claimsmith::test::RawClient;
using claimsmith::test::RawServer;

namespace {

using SnapshotPointer = std::shared_ptr<const Snapshot>;

/// One service with one route "/api" and these further fields of the service.
SnapshotPointer configuration(const std::string& url, const std::string& serviceFields = {},
                              const std::string& more = {})
{
    const std::string text = "{_format_version: '3.0', services: [{name: s, url: '" + url + "', " + serviceFields +
                             " routes: [{name: r, paths: [/api]}]}]" + more + "}";
    auto snapshot = loadSnapshot(text, "test", {});
    return snapshot ? std::move(snapshot).value() : nullptr;
}

std::string urlOf(std::uint16_t port)
{
    return "http://127.0.0.1:" + std::to_string(port);
}

/// A port that nobody listens at.
std::uint16_t closedPort()
{
    return RawServer({}).port();
}

std::unique_ptr<Engine> start(SnapshotPointer snapshot, EngineOptions options = {})
{
    options.listeners.front().address.port = 0;
    auto engine = Engine::start(std::move(options), std::move(snapshot));
    return engine ? std::move(engine).value() : nullptr;
}

std::string get(RawClient& client, std::string_view target, std::string_view headers = {})
{
    client.send("GET " + std::string(target) + " HTTP/1.1\r\nHost: client.test\r\n" + std::string(headers) + "\r\n");
    return client.readResponse();
}

std::string get(std::uint16_t port, std::string_view target, std::string_view headers = {})
{
    RawClient client(port);
    return get(client, target, headers);
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

std::size_t residentBytes()
{
    std::size_t size = 0;
    std::size_t resident = 0;
    std::ifstream("/proc/self/statm") >> size >> resident;
    return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

} // namespace

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

    void sendsWhatAGatewaySends()
    {
        const auto engine = start(configuration(echoUrl()));
        const std::uint16_t port = engine->proxyAddress().port;
        const std::string response =
            get(port, "/api/x?a=%20b",
                "X-Forwarded-For: 1.2.3.4\r\nX-Real-IP: 9.9.9.9\r\nConnection: X-Drop\r\nX-Drop: 1\r\n"
                "Proxy-Connection: close\r\nTE: trailers, gzip\r\nUpgrade: h2c\r\nX-A: 1\r\nx-a: 2\r\n");
        QCOMPARE(test::statusOf(response), 200);
        const std::string id = headerOf(response, "X-Kong-Request-Id");
        QCOMPARE(id.size(), std::size_t{32});
        const QString text = QString::number(port);
        const QStringList expected{
            "Via: 1.1 kong/3.9.1",
            "Host: " + QString::fromStdString(m_echo->address().toString()),
            "Connection: keep-alive",
            "TE: trailers",
            "X-Forwarded-For: 1.2.3.4, 127.0.0.1",
            "X-Forwarded-Proto: http",
            "X-Forwarded-Host: client.test",
            "X-Forwarded-Port: " + text,
            "X-Forwarded-Path: /api/x",
            "X-Forwarded-Prefix: /api",
            "X-Real-IP: 127.0.0.1",
            "X-Kong-Request-Id: " + QString::fromStdString(id),
            "X-A: 1",
            "x-a: 2",
        };
        QCOMPARE(receivedHeaders(bodyOf(response)), expected);
        QVERIFY(bodyOf(response).find("\"target\": \"/x?a=%20b\"") != std::string_view::npos);
        QCOMPARE(headerOf(response, "Via"), std::string("1.1 kong/3.9.1"));
        QVERIFY(!headerOf(response, "X-Kong-Upstream-Latency").empty());
        QVERIFY(!headerOf(response, "X-Kong-Proxy-Latency").empty());
    }

    void keepsConnectionsOnBothSides()
    {
        const std::string answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
        const RawServer upstream({answer, answer, answer});
        EngineOptions options;
        options.threads = 1;
        const auto engine = start(configuration(urlOf(upstream.port())), options);
        RawClient client(engine->proxyAddress().port);
        for (int i = 0; i < 3; ++i)
            QCOMPARE(bodyOf(get(client, "/api")), std::string_view("ok"));
        QCOMPARE(upstream.connections(), 1);
    }

    void triesAgainOnAConnectionThatHadBeenClosed()
    {
        // The second connection is the one that counts: no retries are left for it to fall back on.
        const RawServer upstream({"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nConnection: keep-alive\r\n\r\na", "",
                                  "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nb"});
        const auto engine = start(configuration(urlOf(upstream.port()), "retries: 0,"));
        RawClient client(engine->proxyAddress().port);
        QCOMPARE(bodyOf(get(client, "/api")), std::string_view("a"));
        QCOMPARE(bodyOf(get(client, "/api")), std::string_view("b"));
        QCOMPARE(upstream.connections(), 2);
    }

    void answersFailuresOfTheUpstream_data()
    {
        QTest::addColumn<std::string>("answer");
        QTest::addColumn<int>("status");
        const auto row = [](const char* name, const std::string& answer, int status) {
            QTest::newRow(name) << answer << status;
        };
        row("closes without an answer", "", 502);
        row("closes within the head", "HTTP/1.1 200 OK\r\nX-A: ", 502);
        row("no HTTP", "garbage\r\n\r\n", 502);
        row("HTTP/2 in text", "HTTP/2.0 200 OK\r\n\r\n", 502);
        row("status of four digits", "HTTP/1.1 2000 OK\r\nContent-Length: 0\r\n\r\n", 502);
        row("header without colon", "HTTP/1.1 200 OK\r\nbroken header\r\nContent-Length: 0\r\n\r\n", 502);
        row("bare CR in a header", "HTTP/1.1 200 OK\r\nX: a\rb\r\nContent-Length: 0\r\n\r\n", 502);
        row("negative length", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", 502);
        row("two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nokk", 502);
        row("length and chunked",
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n", 502);
        row("unknown coding", "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n", 502);
        row("head too large", "HTTP/1.1 200 OK\r\nX: " + std::string(5000, 'b') + "\r\n\r\n", 502);
        row("protocols that nobody asked for", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n", 502);
        row("error of its own", "HTTP/1.1 503 Down\r\nContent-Length: 0\r\n\r\n", 503);
    }

    void answersFailuresOfTheUpstream()
    {
        QFETCH(std::string, answer);
        QFETCH(int, status);
        const RawServer upstream({answer});
        const auto engine = start(configuration(urlOf(upstream.port()), "retries: 0,"));
        const std::string response = get(engine->proxyAddress().port, "/api", "Accept: application/json\r\n");
        QCOMPARE(test::statusOf(response), status);
        if (status == 502) {
            QCOMPARE(headerOf(response, "Content-Type"), std::string("application/json; charset=utf-8"));
            QVERIFY(bodyOf(response).find("An invalid response was received from the upstream server") !=
                    std::string_view::npos);
        }
    }

    void answersWhatKeepsItFromTheUpstream_data()
    {
        QTest::addColumn<std::string>("url");
        QTest::addColumn<int>("status");
        QTest::addColumn<std::string>("message");
        QTest::newRow("nobody listens") << urlOf(closedPort()) << 502
                                        << std::string("An invalid response was received from the upstream server");
        QTest::newRow("no such name") << std::string("http://nowhere.invalid") << 503
                                      << std::string("name resolution failed");
    }

    void answersWhatKeepsItFromTheUpstream()
    {
        QFETCH(std::string, url);
        QFETCH(int, status);
        QFETCH(std::string, message);
        const auto engine = start(configuration(url));
        const std::string response = get(engine->proxyAddress().port, "/api");
        QCOMPARE(test::statusOf(response), status);
        QVERIFY(bodyOf(response).find(message) != std::string_view::npos);
    }

    /// What the log record tells of the tries, by file-log.
    void looksNamesUpBeforeItCountsATry_data()
    {
        QTest::addColumn<std::string>("url");
        QTest::addColumn<int>("tries");
        QTest::addColumn<std::string>("statuses");
        QTest::newRow("nobody listens") << urlOf(closedPort()) << 2 << std::string("502, 502");
        QTest::newRow("no such name") << std::string("http://nowhere.invalid") << 0 << std::string();
    }

    void looksNamesUpBeforeItCountsATry()
    {
        QFETCH(std::string, url);
        QFETCH(int, tries);
        QFETCH(std::string, statuses);
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("log"));
        const auto engine = start(configuration(
            url, "retries: 1,", ", plugins: [{name: file-log, config: {path: '" + path.toStdString() + "'}}]"));
        get(engine->proxyAddress().port, "/api");
        QFile file(path);
        QTRY_VERIFY((file.isOpen() || file.open(QIODevice::ReadOnly)) && file.size() > 0);
        const QJsonObject record = QJsonDocument::fromJson(file.readAll()).object();
        QCOMPARE(record["tries"].toArray().size(), tries);
        QCOMPARE(record["upstream_status"].toString().toStdString(), statuses);
        QCOMPARE(record["latencies"].toObject()["proxy"].toInt() < 0, tries == 0);
    }

    void endsRequestsThatTheUpstreamLeavesWaiting()
    {
        const RawServer silent({}, RawServer::Silent);
        const auto engine = start(configuration(urlOf(silent.port()), "retries: 1, read_timeout: 30,"));
        const std::string response = get(engine->proxyAddress().port, "/api");
        QCOMPARE(test::statusOf(response), 504);
        QVERIFY(bodyOf(response).find("The upstream server is timing out") != std::string_view::npos);
        QTRY_COMPARE(silent.connections(), 2);
    }

    /// The upload still waits for the client then, with the upstream's connection in its hands.
    void endsUploadsThatTheUpstreamLeavesWaiting()
    {
        const RawServer silent({}, RawServer::Silent);
        const auto engine = start(configuration(urlOf(silent.port()), "retries: 0, read_timeout: 30,"));
        RawClient client(engine->proxyAddress().port);
        QVERIFY(client.send("PUT /api HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\nx"));
        QCOMPARE(test::statusOf(client.readResponse()), 504);
    }

    /// What follows would be taken for the rest of the body.
    void keepsNoConnectionThatGotHalfARequest()
    {
        const std::string answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
        const RawServer hasty({answer, answer}, RawServer::Hasty);
        const auto engine =
            start(configuration(urlOf(hasty.port()), "retries: 0, write_timeout: 50, read_timeout: 1000,"));
        RawClient client(engine->proxyAddress().port);
        const std::string piece(1 << 20, 'x');
        std::string request = "PUT /api HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
        for (int i = 0; i < 32; ++i)
            request.append("100000\r\n").append(piece).append("\r\n");
        QVERIFY(client.send(request + "0\r\n\r\n"));
        QCOMPARE(test::statusOf(client.readResponse()), 200);
        QCOMPARE(test::statusOf(get(engine->proxyAddress().port, "/api")), 200);
        QCOMPARE(hasty.connections(), 2);
    }

    void takesHostsAsItsConductSays_data()
    {
        QTest::addColumn<bool>("isStrict");
        QTest::addColumn<int>("status");
        QTest::newRow("kong") << false << 200;
        QTest::newRow("strict") << true << 400;
    }

    void takesHostsAsItsConductSays()
    {
        QFETCH(bool, isStrict);
        const std::string text = "{_format_version: '3.0', services: [{name: s, url: '" + echoUrl() +
                                 "', routes: [{name: r, paths: [/api]}]}]}";
        auto snapshot = loadSnapshot(text, "test", {.conduct = isStrict ? Conduct::Strict : Conduct::Kong});
        CLAIMSMITH_VERIFY_RESULT(snapshot);
        const auto engine = start(std::move(snapshot).value());
        RawClient client(engine->proxyAddress().port);
        QVERIFY(client.send("GET /api HTTP/1.1\r\nHost: user@a\r\n\r\n"));
        QTEST(test::statusOf(client.readResponse()), "status");
    }

    void repeatsOnlyWhatMayBeRepeated_data()
    {
        QTest::addColumn<std::string>("method");
        QTest::addColumn<int>("tries");
        QTest::newRow("GET") << std::string("GET") << 3;
        QTest::newRow("PUT") << std::string("PUT") << 3;
        QTest::newRow("POST") << std::string("POST") << 1;
        QTest::newRow("PATCH") << std::string("PATCH") << 1;
    }

    void repeatsOnlyWhatMayBeRepeated()
    {
        QFETCH(std::string, method);
        QFETCH(int, tries);
        const RawServer upstream({"", "", "", "", ""});
        const auto engine = start(configuration(urlOf(upstream.port()), "retries: 2,"));
        RawClient client(engine->proxyAddress().port);
        QVERIFY(client.send(method + " /api HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx"));
        QCOMPARE(test::statusOf(client.readResponse()), 502);
        QCOMPARE(upstream.connections(), tries);
    }

    void passesInterimResponsesOn()
    {
        const RawServer upstream(
            {"HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"});
        const auto engine = start(configuration(urlOf(upstream.port())));
        RawClient client(engine->proxyAddress().port);
        QVERIFY(client.send("GET /api HTTP/1.1\r\nHost: a\r\n\r\n"));
        QCOMPARE(client.readUntil("\r\n\r\n"), std::string("HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n"));
        QCOMPARE(bodyOf(client.readResponse()), std::string_view("ok"));
    }

    void cutsWhatTheUpstreamCut_data()
    {
        QTest::addColumn<std::string>("answer");
        QTest::addColumn<std::string>("body");
        QTest::newRow("by length") << std::string("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc")
                                   << std::string("abc");
        QTest::newRow("in chunks") << std::string("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n")
                                   << std::string("3\r\nabc\r\n");
        QTest::newRow("bad chunk at once")
            << std::string("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n") << std::string();
    }

    void cutsWhatTheUpstreamCut()
    {
        QFETCH(std::string, answer);
        QFETCH(std::string, body);
        const RawServer upstream({answer});
        const auto engine = start(configuration(urlOf(upstream.port()), "retries: 0,"));
        RawClient client(engine->proxyAddress().port);
        QVERIFY(client.send("GET /api HTTP/1.1\r\nHost: a\r\n\r\n"));
        const auto response = client.readToEnd();
        QVERIFY(response.has_value());
        QCOMPARE(bodyOf(*response), std::string_view(body));
    }

    void framesChunkedRequestsByLength_data()
    {
        QTest::addColumn<int>("size");
        QTest::newRow("small") << 5;
        QTest::newRow("larger than memory is for it") << 200'000;
    }

    void framesChunkedRequestsByLength()
    {
        QFETCH(int, size);
        const auto engine = start(configuration(echoUrl()));
        RawClient client(engine->proxyAddress().port);
        QVERIFY(client.send("POST /api HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"));
        const std::string piece(1000, 'x');
        for (int left = size; left > 0; left -= 1000) {
            char head[16];
            const int count = std::min(left, 1000);
            std::snprintf(head, sizeof head, "%x\r\n", static_cast<unsigned>(count));
            QVERIFY(client.send(head + piece.substr(0, static_cast<std::size_t>(count)) + "\r\n"));
        }
        QVERIFY(client.send("0\r\n\r\n"));
        const std::string response = client.readResponse();
        QCOMPARE(test::statusOf(response), 200);
        QVERIFY(receivedHeaders(bodyOf(response)).contains("Content-Length: " + QString::number(size)));
        QVERIFY(bodyOf(response).find("\"bodySize\": " + std::to_string(size)) != std::string_view::npos);
    }

    void streamsLargeBodiesInBoundedMemory()
    {
        constexpr std::size_t size = 100U << 20U;
        std::atomic<std::uint64_t> received{0};
        // Counts what comes and answers with as much.
        class Mirror final : public http::StreamHandler
        {
        public:
            explicit Mirror(std::atomic<std::uint64_t>& count) : m_count(count) {}
            http::Task<void> handle(http::ServerConnection& connection) override
            {
                while (!connection.isBodyComplete() && !connection.bodyError()) {
                    const BytesView piece = co_await connection.readBody();
                    m_count += piece.size();
                }
                connection.begin({}, {http::BodyFraming::Kind::Length, size});
                const std::string piece(64 * 1024, 'y');
                for (std::size_t left = size; left > 0; left -= piece.size()) {
                    const bool taken = co_await connection.write(piece);
                    if (!taken)
                        co_return;
                }
                co_await connection.end();
            }

        private:
            std::atomic<std::uint64_t>& m_count;
        };
        auto upstream =
            http::Server::start({}, [&received](http::Worker&) { return std::make_unique<Mirror>(received); });
        CLAIMSMITH_VERIFY_RESULT(upstream);
        const auto engine = start(configuration(urlOf((*upstream)->address().port)));
        RawClient client(engine->proxyAddress().port);
        const std::string piece(1U << 20U, 'x');
        const std::size_t before = residentBytes();
        std::size_t largest = before;
        QVERIFY(client.send("POST /api HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(size) + "\r\n\r\n"));
        for (std::size_t sent = 0; sent < size; sent += piece.size()) {
            QVERIFY(client.send(piece));
            largest = std::max(largest, residentBytes());
        }
        QCOMPARE(test::statusOf(client.readUntil("\r\n\r\n")), 200);
        for (std::size_t got = 0; got < size; got += piece.size()) {
            QCOMPARE(client.readExactly(piece.size()).size(), piece.size());
            largest = std::max(largest, residentBytes());
        }
        QCOMPARE(received.load(), std::uint64_t{size});
        QVERIFY2(largest - before < (16U << 20U), qPrintable(QString::number(largest - before)));
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

    void asksNoLongerForAClientThatHasLeft()
    {
        const RawServer silent({}, RawServer::Silent);
        EngineOptions options;
        options.threads = 1;
        options.summaries = 10;
        const auto engine = start(configuration(urlOf(silent.port())), options);
        {
            RawClient client(engine->proxyAddress().port);
            QVERIFY(client.send("GET /api HTTP/1.1\r\nHost: a\r\n\r\n"));
            QTRY_COMPARE(silent.connections(), 1);
        }
        QTRY_COMPARE(engine->counters().connections, std::size_t{0});
        std::vector<ExchangeSummary> passed;
        engine->drain(passed);
        QCOMPARE(passed.size(), std::size_t{1});
        QCOMPARE(passed[0].status, 0);
    }

    void answersWhenTheUpstreamDoesNotWantTheBody()
    {
        class Refusing final : public http::StreamHandler
        {
        public:
            http::Task<void> handle(http::ServerConnection& connection) override
            {
                const http::Response no = http::Response::make(413, "text/plain", "no");
                co_await connection.send(no.head, no.body);
            }
        };
        auto upstream = http::Server::start({}, [](http::Worker&) { return std::make_unique<Refusing>(); });
        CLAIMSMITH_VERIFY_RESULT(upstream);
        const auto engine = start(configuration(urlOf((*upstream)->address().port)));
        RawClient client(engine->proxyAddress().port);
        QVERIFY(client.send("POST /api HTTP/1.1\r\nHost: a\r\nContent-Length: 100000000\r\n\r\n" +
                            std::string(100'000, 'x')));
        const std::string response = client.readResponse();
        QCOMPARE(test::statusOf(response), 413);
        QCOMPARE(bodyOf(response), std::string_view("no"));
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
};

QTEST_APPLESS_MAIN(TestEngine)
#include "tst_engine.moc"
