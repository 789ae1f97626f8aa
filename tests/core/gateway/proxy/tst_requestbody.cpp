// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gateway/proxy/proxybench.h"
#include "http/echo/echoserver.h"
#include "http/net/asio.h"
#include "http/server/server.h"
#include "http/server/serverconnection.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <atomic>
#include <fstream>
#include <thread>
#include <unistd.h>

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

std::size_t residentBytes()
{
    std::size_t size = 0;
    std::size_t resident = 0;
    std::ifstream("/proc/self/statm") >> size >> resident;
    return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

} // namespace

/// Bodies on their way to the upstream.
class TestRequestBody : public QObject
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

    void endsUploadsThatTheUpstreamLeavesWaiting()
    {
        const RawServer silent({}, RawServer::Silent);
        const auto engine = start(configuration(urlOf(silent.port()), "retries: 0, read_timeout: 30,"));
        RawClient client(engine->proxyAddress().port);
        QVERIFY(client.send("PUT /api HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\nx"));
        QCOMPARE(test::statusOf(client.readResponse()), 504);
    }

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

    void givesUpAnUpstreamThatTakesNothing_data()
    {
        QTest::addColumn<bool>("isStreamed");
        QTest::newRow("a body that was held") << false;
        QTest::newRow("a body that is streamed") << true;
    }

    void givesUpAnUpstreamThatTakesNothing()
    {
        QFETCH(bool, isStreamed);
        // The system takes the connection and as much as its buffers hold.
        http::asio::io_context context;
        http::TcpAcceptor deaf(context, {http::asio::ip::address_v4::loopback(), 0});
        const auto engine = start(
            configuration(urlOf(deaf.local_endpoint().port()), "retries: 0, write_timeout: 50, read_timeout: 60000,"));
        RawClient client(engine->proxyAddress().port);
        const std::string piece(1 << 20, 'x');
        constexpr int pieces = 32;
        std::thread sender([&] {
            const std::string framing = isStreamed ? "Content-Length: " + std::to_string(pieces * piece.size())
                                                   : std::string("Transfer-Encoding: chunked");
            bool goesOn = client.send("PUT /api HTTP/1.1\r\nHost: a\r\n" + framing + "\r\n\r\n");
            for (int i = 0; i < pieces && goesOn; ++i)
                goesOn = client.send(isStreamed ? piece : "100000\r\n" + piece + "\r\n");
            if (goesOn && !isStreamed)
                client.send("0\r\n\r\n");
        });
        const std::string response = client.readResponse();
        client.reset();
        sender.join();
        QCOMPARE(test::statusOf(response), 504);
        QVERIFY(bodyOf(response).find("The upstream server is timing out") != std::string_view::npos);
    }
};

QTEST_APPLESS_MAIN(TestRequestBody)
#include "tst_requestbody.moc"
