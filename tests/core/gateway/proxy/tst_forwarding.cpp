// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gateway/proxy/proxybench.h"
#include "http/echo/echoserver.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

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

/// A port that nobody listens at.
std::uint16_t closedPort()
{
    return RawServer({}).port();
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

/// One request on its way to its upstream and the answer back (kong-core.md §4.2, §4.5, §4.6).
class TestForwarding : public QObject
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
            url, "retries: 1,", "plugins: [{name: file-log, config: {path: '" + path.toStdString() + "'}}]"));
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
        BuildOptions options;
        options.conduct = isStrict ? Conduct::Strict : Conduct::Kong;
        const auto engine = start(serviceAt(echoUrl(), {}, "paths: [/api]", {}, options));
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
};

QTEST_APPLESS_MAIN(TestForwarding)
#include "tst_forwarding.moc"
