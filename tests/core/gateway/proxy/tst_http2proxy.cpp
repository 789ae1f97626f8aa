// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gateway/proxy/proxybench.h"
#include "core/http/server/http2client.h"
#include "http/server/server.h"
#include "http/server/serverconnection.h"

#include <atomic>

using namespace claimsmith;
using namespace claimsmith::gateway;
using namespace claimsmith::gateway::testing;
using claimsmith::test::Http2Client;

namespace {

using Fields = Http2Client::Fields;

std::unique_ptr<Engine> startBefore(std::uint16_t upstream, const std::string& route = {}, bool http2 = true,
                                    bool isClear = false)
{
    EngineOptions options;
    options.listeners = {{{"127.0.0.1", 0}, !isClear, http2, isClear}};
    options.threads = 1;
    return start(serviceAt(urlOf(upstream), "retries: 0,", "paths: [/api], strip_path: false, " + route),
                 std::move(options));
}

/// Takes any body, and gives as much back as the path says.
class Mirror final : public http::StreamHandler
{
public:
    explicit Mirror(std::atomic<std::uint64_t>& received) : m_received(received) {}

    http::Task<void> handle(http::ServerConnection& connection) override
    {
        const std::string path(connection.request().path());
        std::uint64_t left = std::strtoull(path.c_str() + path.rfind('/') + 1, nullptr, 10);
        while (!connection.isBodyComplete() && !connection.bodyError()) {
            const BytesView piece = co_await connection.readBody();
            m_received += piece.size();
        }
        connection.begin({}, {http::BodyFraming::Kind::Length, left});
        const std::string piece(64 * 1024, 'y');
        while (left > 0) {
            const BytesView part = BytesView(piece).substr(0, std::min<std::uint64_t>(left, piece.size()));
            const bool isTaken = co_await connection.write(part);
            if (!isTaken)
                co_return;
            left -= part.size();
        }
        co_await connection.end();
    }

private:
    std::atomic<std::uint64_t>& m_received;
};

} // namespace

class TestHttp2Proxy : public QObject
{
    Q_OBJECT

private:
    std::shared_ptr<const crypto::TlsClientContext> m_h2;

private slots:
    void initTestCase()
    {
        crypto::TlsClientOptions options;
        options.protocols = {"h2"};
        m_h2 = *crypto::TlsClientContext::create(options);
    }

    void sendsUpstreamWhatAGatewaySends()
    {
        const RawServer upstream(
            {"HTTP/1.1 200 Fine\r\nContent-Length: 2\r\nX-Own: 1\r\nConnection: keep-alive, X-Hop\r\n"
             "X-Hop: 1\r\nKeep-Alive: timeout=5\r\nTrailer: X-T\r\n\r\nok"});
        const auto engine = startBefore(upstream.port());
        const std::uint16_t port = engine->proxyTlsAddress()->port;
        Http2Client client(port, *m_h2);
        QVERIFY(client.greet());
        Fields fields = Http2Client::get("/api/x?a=%20b", {{"x-one", "1"}, {"cookie", "a=1"}, {"cookie", "b=2"}});
        fields.front().second = "POST";
        QVERIFY(client.request(1, fields, false));
        QVERIFY(client.send(Http2Client::Data, 0, 1, "abc"));
        QVERIFY(client.send(Http2Client::Data, Http2Client::endStream, 1, "def"));
        const auto answer = client.answer(1);
        QCOMPARE(answer.status(), 200);
        QCOMPARE(answer.body, std::string("ok"));
        QCOMPARE(answer.field("x-own"), std::string("1"));
        QCOMPARE(answer.field("via"), std::string("1.1 kong/3.9.1"));
        QCOMPARE(answer.field("content-length"), std::string("2"));
        const std::string id = answer.field("x-kong-request-id");
        QCOMPARE(id.size(), std::size_t{32});
        for (const char* const name : {"connection", "keep-alive", "x-hop", "trailer", "transfer-encoding"})
            QVERIFY2(answer.field(name).empty(), name);
        const std::string expected = "POST /api/x?a=%20b HTTP/1.1\r\n"
                                     "Via: 2 kong/3.9.1\r\n"
                                     "Host: 127.0.0.1:" +
                                     std::to_string(upstream.port()) +
                                     "\r\n"
                                     "Connection: keep-alive\r\n"
                                     "X-Forwarded-For: 127.0.0.1\r\n"
                                     "X-Forwarded-Proto: https\r\n"
                                     "X-Forwarded-Host: a.test\r\n"
                                     "X-Forwarded-Port: " +
                                     std::to_string(port) +
                                     "\r\n"
                                     "X-Forwarded-Path: /api/x\r\n"
                                     "X-Real-IP: 127.0.0.1\r\n"
                                     "X-Kong-Request-Id: " +
                                     id +
                                     "\r\n"
                                     "Content-Length: 6\r\n"
                                     "x-one: 1\r\n"
                                     "cookie: a=1; b=2\r\n"
                                     "\r\nabcdef";
        QCOMPARE(QString::fromStdString(upstream.received()), QString::fromStdString(expected));
    }

    void keepsTheHostWhenTheRouteSaysSo()
    {
        const RawServer upstream({"HTTP/1.1 200 Fine\r\nContent-Length: 0\r\n\r\n"});
        const auto engine = startBefore(upstream.port(), "preserve_host: true, hosts: [a.test]");
        Http2Client client(engine->proxyTlsAddress()->port, *m_h2);
        QVERIFY(client.greet());
        QVERIFY(client.request(1, Http2Client::get("/api")));
        QCOMPARE(client.answer(1).status(), 200);
        QVERIFY(upstream.received().find("\r\nHost: a.test\r\n") != std::string::npos);
    }

    void streamsUnbufferedRequests()
    {
        const RawServer upstream({}, RawServer::Silent);
        const auto engine = startBefore(upstream.port(), "request_buffering: false");
        Http2Client client(engine->proxyTlsAddress()->port, *m_h2);
        QVERIFY(client.greet());
        QVERIFY(client.request(1, Http2Client::get("/api"), false));
        QVERIFY(client.send(Http2Client::Data, 0, 1, "abc"));
        QTRY_VERIFY(upstream.received().ends_with("\r\n\r\n3\r\nabc\r\n"));
        QVERIFY(client.send(Http2Client::Data, Http2Client::endStream, 1, "de"));
        QTRY_VERIFY(upstream.received().ends_with("2\r\nde\r\n0\r\n\r\n"));
    }

    void answersForItself_data()
    {
        QTest::addColumn<Fields>("fields");
        QTest::addColumn<int>("status");
        QTest::newRow("no route") << Http2Client::get("/none") << 404;
        QTest::newRow("bad host")
            << Fields{{":method", "GET"}, {":scheme", "https"}, {":authority", "a..b"}, {":path", "/api"}} << 400;
        QTest::newRow("above the root") << Http2Client::get("/../api") << 400;
        QTest::newRow("repeated header") << Http2Client::get("/api", {{"authorization", "a"}, {"authorization", "b"}})
                                         << 400;
        QTest::newRow("nobody listens") << Http2Client::get("/api") << 502;
    }

    void answersForItself()
    {
        QFETCH(Fields, fields);
        QFETCH(int, status);
        std::uint16_t closed = 0;
        {
            const RawServer server({});
            closed = server.port();
        }
        const auto engine = startBefore(closed);
        Http2Client client(engine->proxyTlsAddress()->port, *m_h2);
        QVERIFY(client.greet());
        QVERIFY(client.request(1, fields));
        const auto answer = client.answer(1);
        QCOMPARE(answer.status(), status);
        QCOMPARE(answer.field("server"), std::string("kong/3.9.1"));
        QCOMPARE(answer.field("content-length"), std::to_string(answer.body.size()));
    }

    void resetsWhatTheUpstreamCut()
    {
        const RawServer upstream({"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"});
        const auto engine = startBefore(upstream.port());
        Http2Client client(engine->proxyTlsAddress()->port, *m_h2);
        QVERIFY(client.greet());
        QVERIFY(client.request(1, Http2Client::get("/api")));
        const auto answer = client.answer(1);
        QVERIFY(!answer.isComplete);
        QVERIFY(answer.reset.has_value());
        QVERIFY(client.request(3, Http2Client::get("/none")));
        QCOMPARE(client.answer(3).status(), 404);
    }

    void asksNoLongerForAClientThatHasLeft()
    {
        const RawServer silent({}, RawServer::Silent);
        const auto engine = startBefore(silent.port());
        Http2Client client(engine->proxyTlsAddress()->port, *m_h2);
        QVERIFY(client.greet());
        QVERIFY(client.request(1, Http2Client::get("/api")));
        QTRY_COMPARE(silent.connections(), 1);
        QVERIFY(client.send(Http2Client::Reset, 0, 1, Http2Client::number(8)));
        QTRY_COMPARE(engine->counters().requests, std::uint64_t{1});
    }

    void passesLargeBodiesBothWays()
    {
        std::atomic<std::uint64_t> received{0};
        auto upstream =
            http::Server::start({}, [&received](http::Worker&) { return std::make_unique<Mirror>(received); });
        CLAIMSMITH_VERIFY_RESULT(upstream);
        const auto engine = startBefore((*upstream)->address().port);
        Http2Client client(engine->proxyTlsAddress()->port, *m_h2);
        QVERIFY(client.greet());
        constexpr std::uint32_t size = 20'000'000;
        Fields fields = Http2Client::get("/api/" + std::to_string(size), {{"content-length", std::to_string(size)}});
        QVERIFY(client.request(1, fields, false));
        client.windows[0] = client.windows[1] = 65'535;
        std::uint32_t sent = 0;
        while (sent < size) {
            const std::uint32_t count = std::min<std::uint32_t>(16'000, size - sent);
            while (client.windows[0] < sent + count || client.windows[1] < sent + count) {
                const auto frame = client.next();
                QVERIFY(frame.has_value());
                client.take(*frame);
            }
            sent += count;
            QVERIFY(client.send(Http2Client::Data, sent == size ? Http2Client::endStream : std::uint8_t{0}, 1,
                                std::string(count, 'u')));
        }
        const auto answer = client.answer(1);
        QVERIFY(answer.isComplete);
        QCOMPARE(answer.body.size(), std::size_t{size});
        QCOMPARE(received.load(), std::uint64_t{size});
    }

    void offersItOnlyWhereItIsWanted()
    {
        const RawServer upstream({"HTTP/1.1 200 Fine\r\nContent-Length: 2\r\n\r\nok"});
        const auto engine = startBefore(upstream.port(), {}, false);
        RawClient client(engine->proxyTlsAddress()->port, *m_h2, "localhost");
        QCOMPARE(client.peer().protocol, std::string());
        QVERIFY(client.send("GET /api HTTP/1.1\r\nHost: a\r\n\r\n"));
        QCOMPARE(test::bodyOf(client.readResponse()), std::string_view("ok"));
    }

    void takesHttp2InTheClear()
    {
        const RawServer upstream({"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"});
        const auto engine = startBefore(upstream.port(), {}, true, true);
        Http2Client client(engine->proxyAddress().port);
        QVERIFY(client.greet());
        QVERIFY(client.request(1, Http2Client::get("/api")));
        QCOMPARE(client.answer(1).body, std::string("ok"));
        QVERIFY(upstream.received().find("X-Forwarded-Proto: http\r\n") != std::string::npos);
    }
};

QTEST_APPLESS_MAIN(TestHttp2Proxy)
#include "tst_http2proxy.moc"
