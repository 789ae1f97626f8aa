// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gateway/proxy/proxybench.h"
#include "http/net/tunnel.h"
#include "http/server/server.h"
#include "http/server/serverconnection.h"

#include <atomic>

using namespace claimsmith;
using namespace claimsmith::gateway;
using namespace claimsmith::gateway::testing;

namespace {

/// Switches to a protocol that gives back every byte, until "bye".
class Mirror final : public http::StreamHandler
{
public:
    http::Task<void> handle(http::ServerConnection& connection) override
    {
        http::ResponseHead head;
        head.status = 101;
        head.headers = {{"Connection", "Upgrade"}, {"Upgrade", "websocket"}, {"Sec-WebSocket-Accept", "yes"}};
        http::Stream* const stream = co_await connection.switchProtocols(head);
        while (stream != nullptr) {
            const std::string piece(stream->buffered());
            stream->consume(piece.size());
            if (!piece.empty()) {
                const http::IoStatus sent = co_await stream->write(piece, {}, std::chrono::seconds(10));
                if (sent != http::IoStatus::Ok)
                    co_return;
            }
            if (piece.find("bye") != std::string::npos)
                co_return;
            const http::IoStatus status = co_await stream->fill(std::chrono::seconds(10));
            if (status != http::IoStatus::Ok)
                co_return;
        }
    }
};

std::unique_ptr<Engine> startBefore(std::uint16_t upstream, const std::string& service = {},
                                    const std::string& route = {})
{
    return start(serviceAt(urlOf(upstream), "retries: 0, " + service, "paths: [/], " + route));
}

const std::string asking = "GET /chat HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                           "Sec-WebSocket-Key: k\r\n\r\n";

} // namespace

class TestUpgrade : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<http::Server> m_mirror;

private slots:
    void initTestCase()
    {
        auto server =
            http::Server::start(http::ServerOptions{}, [](http::Worker&) { return std::make_unique<Mirror>(); });
        CLAIMSMITH_VERIFY_RESULT(server);
        m_mirror = std::move(server).value();
    }

    void tunnelsBothWays()
    {
        const auto engine = startBefore(m_mirror->address().port);
        RawClient client(engine->proxyAddress().port);
        // The first bytes come with the request: they belong to the tunnel.
        QVERIFY(client.send(asking + "early "));
        const std::string head = client.readUntil("\r\n\r\n");
        QCOMPARE(test::statusOf(head), 101);
        QCOMPARE(headerOf(head, "Connection"), std::string("upgrade"));
        QCOMPARE(headerOf(head, "Upgrade"), std::string("websocket"));
        QCOMPARE(headerOf(head, "Sec-WebSocket-Accept"), std::string("yes"));
        QCOMPARE(headerOf(head, "Via"), std::string("1.1 kong/3.9.1"));
        QVERIFY(headerOf(head, "Content-Length").empty());
        QVERIFY(headerOf(head, "Transfer-Encoding").empty());
        QCOMPARE(client.readExactly(6), std::string("early "));
        const std::string much(300'000, 'm');
        QVERIFY(client.send("GET / HTTP/1.1\r\n\r\n"));
        QCOMPARE(client.readExactly(18), std::string("GET / HTTP/1.1\r\n\r\n"));
        QVERIFY(client.send(much));
        QVERIFY(client.readExactly(much.size()) == much);
        QVERIFY(client.send("bye"));
        QCOMPARE(client.readExactly(3), std::string("bye"));
        QVERIFY(client.isClosedByPeer());
    }

    void endsWithTheClient()
    {
        const auto engine = startBefore(m_mirror->address().port);
        {
            RawClient client(engine->proxyAddress().port);
            client.send(asking);
            QCOMPARE(test::statusOf(client.readUntil("\r\n\r\n")), 101);
        }
        QTRY_COMPARE(engine->counters().connections, std::size_t{0});
        QTRY_COMPARE(engine->counters().requests, std::uint64_t{1});
    }

    void endsWhenNothingMoves()
    {
        const auto engine = startBefore(m_mirror->address().port, "read_timeout: 60, ");
        RawClient client(engine->proxyAddress().port);
        client.send(asking);
        QCOMPARE(test::statusOf(client.readUntil("\r\n\r\n")), 101);
        QVERIFY(client.isClosedByPeer());
    }

    void passesARefusalOn()
    {
        RawServer upstream({"HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno"});
        const auto engine = startBefore(upstream.port());
        RawClient client(engine->proxyAddress().port);
        client.send(asking);
        const std::string response = client.readResponse();
        QCOMPARE(test::statusOf(response), 403);
        QCOMPARE(bodyOf(response), std::string_view("no"));
        QVERIFY(upstream.received().find("Upgrade: websocket\r\n") != std::string::npos);
        QVERIFY(upstream.received().find("Connection: keep-alive, Upgrade\r\n") != std::string::npos);
    }

    void refusesASwitchNobodyAskedFor_data()
    {
        QTest::addColumn<std::string>("request");
        QTest::newRow("plain") << std::string("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        QTest::newRow("another protocol")
            << std::string("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n");
        QTest::newRow("HTTP/1.0") << std::string("GET / HTTP/1.0\r\nHost: a\r\nUpgrade: websocket\r\n\r\n");
    }

    void refusesASwitchNobodyAskedFor()
    {
        QFETCH(std::string, request);
        RawServer upstream({"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\nstolen"});
        const auto engine = startBefore(upstream.port());
        RawClient client(engine->proxyAddress().port);
        client.send(request);
        const std::string response = client.readResponse();
        QCOMPARE(test::statusOf(response), 502);
        QVERIFY(response.find("stolen") == std::string::npos);
    }

    void streamsUnbufferedRequests()
    {
        RawServer upstream({}, RawServer::Silent);
        const auto engine = startBefore(upstream.port(), {}, "request_buffering: false");
        RawClient client(engine->proxyAddress().port);
        client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
        // The rest is not there yet, but what came has gone on.
        QTRY_VERIFY(upstream.received().find("\r\n\r\n3\r\nabc\r\n") != std::string::npos);
        QVERIFY(upstream.received().find("Transfer-Encoding: chunked\r\n") != std::string::npos);
        QVERIFY(upstream.received().find("Content-Length") == std::string::npos);
        client.send("2;x=y\r\nde\r\n0\r\n\r\n");
        QTRY_VERIFY(upstream.received().ends_with("2\r\nde\r\n0\r\n\r\n"));
    }

    void announcesUnbufferedRequestsThatCameWhole()
    {
        RawServer upstream({"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"});
        const auto engine = startBefore(upstream.port(), {}, "request_buffering: false");
        RawClient client(engine->proxyAddress().port);
        client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
        QCOMPARE(test::statusOf(client.readResponse()), 200);
        QVERIFY(upstream.received().ends_with("\r\n\r\nabcde"));
        QVERIFY(upstream.received().find("Content-Length: 5\r\n") != std::string::npos);
    }

    void buffersRequestsByDefault()
    {
        RawServer upstream({"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"});
        const auto engine = startBefore(upstream.port());
        RawClient client(engine->proxyAddress().port);
        client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
        client.send("2\r\nde\r\n0\r\n\r\n");
        QCOMPARE(test::statusOf(client.readResponse()), 200);
        QVERIFY(upstream.received().ends_with("Content-Length: 5\r\n\r\nabcde"));
    }
};

QTEST_GUILESS_MAIN(TestUpgrade)
#include "tst_upgrade.moc"
