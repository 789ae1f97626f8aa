// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/server/server.h"

#include "http/echo/echoserver.h"
#include "http/server/serverconnection.h"
#include "support/rawclient.h"
#include "support/testing.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <atomic>
#include <mutex>
#include <set>
#include <thread>

using namespace claimsmith;
using namespace claimsmith::http;
using claimsmith::test::bodyOf;
using claimsmith::test::headerOf;
using claimsmith::test::RawClient;

namespace {

Response answer(const Request& request)
{
    return Response::make(200, "text/plain", request.head.method + ' ' + request.head.target + ' ' + request.body);
}

std::string repeated(std::string_view text, int count)
{
    std::string result;
    for (int i = 0; i < count; ++i)
        result += text;
    return result;
}

std::unique_ptr<Server> serve(ServerOptions options = {})
{
    auto server = Server::start(options, SimpleHandler(answer));
    return server ? std::move(server).value() : nullptr;
}

int statusOfNew(std::uint16_t port)
{
    RawClient client(port);
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    return test::statusOf(client.readResponse());
}

/// Streams as many bytes as the path says, in pieces, and tells how far it came.
class Fountain final : public StreamHandler
{
public:
    explicit Fountain(std::atomic<std::uint64_t>& sent) : m_sent(sent) {}

    Task<void> handle(ServerConnection& connection) override
    {
        const auto total = std::strtoull(connection.request().target.c_str() + 1, nullptr, 10);
        const std::string piece(100'000, 'x');
        connection.begin({}, {BodyFraming::Kind::UntilClose});
        while (m_sent < total) {
            const bool taken = co_await connection.write(piece);
            if (!taken)
                co_return;
            m_sent += piece.size();
        }
        co_await connection.end();
    }

private:
    std::atomic<std::uint64_t>& m_sent;
};

} // namespace

class TestServer : public QObject
{
    Q_OBJECT

private slots:

    void answersAndKeepsTheConnection()
    {
        const auto server = serve();
        RawClient client(server->address().port);
        for (int i = 0; i < 3; ++i) {
            QVERIFY(client.send("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"));
            const std::string response = client.readResponse();
            QCOMPARE(test::statusOf(response), 200);
            QCOMPARE(bodyOf(response), std::string_view("POST /a abc"));
            QCOMPARE(headerOf(response, "connection"), std::string("keep-alive"));
            QVERIFY(headerOf(response, "date").ends_with("GMT"));
        }
    }

    void answersPipelinedRequestsInOrder()
    {
        const auto server = serve();
        RawClient client(server->address().port);
        QVERIFY(client.send("GET /1 HTTP/1.1\r\nHost: x\r\n\r\n"
                            "POST /2 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: "
                            "chunked\r\n\r\n2;e=1\r\nhe\r\n1\r\ny\r\n0\r\nT: 1\r\n\r\n"
                            "GET /3 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
        QCOMPARE(bodyOf(client.readResponse()), std::string_view("GET /1 "));
        QCOMPARE(bodyOf(client.readResponse()), std::string_view("POST /2 hey"));
        const std::string last = client.readResponse();
        QCOMPARE(bodyOf(last), std::string_view("GET /3 "));
        QCOMPARE(headerOf(last, "connection"), std::string("close"));
        QVERIFY(client.isClosedByPeer());
    }

    void readsARequestThatComesByteByByte()
    {
        const auto server = serve();
        RawClient client(server->address().port);
        for (const char c :
             std::string("POST /s HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"))
            QVERIFY(client.send({&c, 1}));
        QCOMPARE(bodyOf(client.readResponse()), std::string_view("POST /s abc"));
    }

    void refusesBrokenRequests_data()
    {
        QTest::addColumn<std::string>("request");
        QTest::addColumn<int>("status");
        const auto row = [](const char* name, std::string_view request, int status = 400) {
            QTest::newRow(name) << std::string(request) << status;
        };
        using namespace std::string_view_literals;
        row("no Host", "GET / HTTP/1.1\r\n\r\n");
        row("two Hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n");
        row("empty Host", "GET / HTTP/1.1\r\nHost:\r\n\r\n");
        row("Host with a slash", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n");
        row("Host with user", "GET / HTTP/1.1\r\nHost: u@a\r\n\r\n");
        row("Host with a bad port", "GET / HTTP/1.1\r\nHost: a:8o\r\n\r\n");
        row("white space before the colon", "GET / HTTP/1.1\r\nHost: a\r\nX : 1\r\n\r\n");
        row("space in a name", "GET / HTTP/1.1\r\nHost: a\r\nX Y: 1\r\n\r\n");
        row("no name", "GET / HTTP/1.1\r\nHost: a\r\n: 1\r\n\r\n");
        row("no colon", "GET / HTTP/1.1\r\nHost: a\r\nbroken\r\n\r\n");
        row("name is no token", "GET / HTTP/1.1\r\nHost: a\r\nX/Y: 1\r\n\r\n");
        row("folded line", "GET / HTTP/1.1\r\nHost: a\r\nX: 1\r\n 2\r\n\r\n");
        row("bare CR in a value", "GET / HTTP/1.1\r\nHost: a\r\nX: 1\r2\r\n\r\n");
        row("NUL in a value", "GET / HTTP/1.1\r\nHost: a\r\nX: 1\0002\r\n\r\n"sv);
        row("NUL in the target", "GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n"sv);
        row("tab in the target", "GET /a\tb HTTP/1.1\r\nHost: a\r\n\r\n");
        row("target without a slash", "GET a HTTP/1.1\r\nHost: a\r\n\r\n");
        row("authority as target", "CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n");
        row("user in an absolute target", "GET http://u@a/ HTTP/1.1\r\nHost: a\r\n\r\n");
        row("lower-case method", "get / HTTP/1.1\r\nHost: a\r\n\r\n");
        row("no version", "GET /\r\n\r\n");
        row("version in lower case", "GET / http/1.1\r\nHost: a\r\n\r\n");
        row("HTTP/2 in text", "GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505);
        row("TLS to a plain port", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"sv);
        row("length and chunked",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        row("two equal lengths", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx");
        row("length list", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1, 1\r\n\r\nx");
        row("length with a sign", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +1\r\n\r\nx");
        row("length too large", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 18446744073709551616\r\n\r\nx");
        row("empty length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length:\r\n\r\n");
        row("unknown coding", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501);
        row("coding with a tail", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunkedx\r\n\r\n0\r\n\r\n", 501);
        row("two codings",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            501);
        row("chunked in 1.0", "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        row("chunk size no number",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nx\r\n0\r\n\r\n");
        row("chunk size with 0x",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0x1\r\nx\r\n0\r\n\r\n");
        row("chunk size too large",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n11111111111111111\r\nx");
        row("chunk longer than its size",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nxyz\r\n0\r\n\r\n");
        row("chunk line ended by LF alone",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\nx\r\n0\r\n\r\n");
        row("target too long", "GET /" + std::string(9000, 'q') + " HTTP/1.1\r\nHost: a\r\n\r\n", 414);
        row("too many headers", "GET / HTTP/1.1\r\nHost: a\r\n" + repeated("a:\r\n", 1000) + "\r\n", 431);
        row("headers too large together",
            "GET / HTTP/1.1\r\nHost: a\r\n" + repeated("a: " + std::string(400, 'q') + "\r\n", 100) + "\r\n", 431);
        row("trailer without a colon",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nbroken\r\n\r\n");
        row("header too long", "GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(9000, 'q') + "\r\n\r\n", 431);
    }

    void refusesBrokenRequests()
    {
        QFETCH(std::string, request);
        QFETCH(int, status);
        const auto server = serve();
        RawClient client(server->address().port);
        QVERIFY(client.send(request));
        const auto response = client.readToEnd();
        QVERIFY2(response.has_value(), "the connection was not closed");
        QCOMPARE(test::statusOf(*response), status);
        QCOMPARE(headerOf(*response, "connection"), std::string("close"));
        QCOMPARE(response->find("HTTP/1.1", 1), std::string::npos);
    }

    void acceptsWhatIsUnusual_data()
    {
        QTest::addColumn<std::string>("request");
        QTest::addColumn<std::string>("body");
        const auto row = [](const char* name, std::string_view request, std::string_view body) {
            QTest::newRow(name) << std::string(request) << std::string(body);
        };
        row("bare LF lines", "GET /a HTTP/1.1\nHost: a\n\n", "GET /a ");
        row("empty lines first", "\r\n\r\nGET /a HTTP/1.1\r\nHost: a\r\n\r\n", "GET /a ");
        row("two spaces", "GET  /a  HTTP/1.1\r\nHost: a\r\n\r\n", "GET /a ");
        row("HTTP/1.0 without Host", "GET /a HTTP/1.0\r\n\r\n", "GET /a ");
        row("absolute target", "GET http://b:81?x HTTP/1.1\r\nHost: a\r\n\r\n", "GET /?x ");
        row("OPTIONS for the server", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", "OPTIONS * ");
        row("method of its own", "MY-METHOD /a HTTP/1.1\r\nHost: a\r\n\r\n", "MY-METHOD /a ");
        row("IPv6 Host", "GET /a HTTP/1.1\r\nHost: [::1]:80\r\n\r\n", "GET /a ");
        row("GET with a body", "GET /a HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi", "GET /a hi");
    }

    void acceptsWhatIsUnusual()
    {
        QFETCH(std::string, request);
        QFETCH(std::string, body);
        const auto server = serve();
        RawClient client(server->address().port);
        QVERIFY(client.send(request));
        const std::string response = client.readResponse();
        QCOMPARE(test::statusOf(response), 200);
        QCOMPARE(bodyOf(response), std::string_view(body));
    }

    void leavesTheBodyOutForHead()
    {
        const auto server = serve();
        RawClient client(server->address().port);
        QVERIFY(client.send("HEAD /a HTTP/1.1\r\nHost: a\r\n\r\nGET /b HTTP/1.1\r\nHost: a\r\n\r\n"));
        const std::string head = client.readResponse(false);
        QCOMPARE(headerOf(head, "content-length"), std::string("8"));
        QCOMPARE(bodyOf(client.readResponse()), std::string_view("GET /b "));
    }

    void tellsTheClientToGoOn()
    {
        const auto server = serve();
        RawClient client(server->address().port);
        QVERIFY(client.send("POST /a HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n"));
        QCOMPARE(client.readUntil("\r\n\r\n"), std::string("HTTP/1.1 100 Continue\r\n\r\n"));
        QVERIFY(client.send("ok"));
        QCOMPARE(bodyOf(client.readResponse()), std::string_view("POST /a ok"));
    }

    void refusesBodiesAboveTheLimit_data()
    {
        QTest::addColumn<std::string>("request");
        QTest::newRow("announced") << std::string("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\n");
        QTest::newRow("in chunks") << std::string("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                                                  "6\r\nabcdef\r\n6\r\nabcdef\r\n0\r\n\r\n");
    }

    void refusesBodiesAboveTheLimit()
    {
        QFETCH(std::string, request);
        ServerOptions options;
        options.limits.maximumBody = 10;
        const auto server = serve(options);
        RawClient client(server->address().port);
        QVERIFY(client.send(request));
        const auto response = client.readToEnd();
        QCOMPARE(test::statusOf(response.value_or("")), 413);
    }

    void endsSilentAndSlowConnections()
    {
        ServerOptions options;
        options.limits.idleTime = std::chrono::milliseconds(30);
        options.limits.headTime = std::chrono::milliseconds(60);
        const auto server = serve(options);
        RawClient silent(server->address().port);
        QCOMPARE(silent.readToEnd().value_or("open"), std::string());
        RawClient slow(server->address().port);
        QVERIFY(slow.send("GET / HTTP/1.1\r\nHo"));
        QCOMPARE(test::statusOf(slow.readToEnd().value_or("open")), 408);
    }

    void endsSlowBodies()
    {
        ServerOptions options;
        options.limits.bodyTime = std::chrono::milliseconds(30);
        const auto server = serve(options);
        for (const char* const begun : {"Content-Length: 9\r\n\r\nabc", "Transfer-Encoding: chunked\r\n\r\n5\r\nabc"}) {
            RawClient client(server->address().port);
            QVERIFY(client.send(std::string("POST / HTTP/1.1\r\nHost: a\r\n") + begun));
            QCOMPARE(test::statusOf(client.readToEnd().value_or("open")), 408);
        }
    }

    void refusesALargeHeadThatDripsIn()
    {
        const auto server = serve();
        RawClient client(server->address().port);
        QVERIFY(client.send("GET / HTTP/1.1\r\nHost: a\r\nX: "));
        // The connection may be closed while the rest is still being sent.
        for (int i = 0; i < 400 && client.send(std::string(100, 'q')); ++i) {
        }
        QCOMPARE(test::statusOf(client.readUntil("\r\n\r\n")), 431);
    }

    void closesIdleConnectionsForOthers()
    {
        ServerOptions options;
        options.limits.maximumConnections = 16;
        const auto server = serve(options);
        const std::uint16_t port = server->address().port;
        std::vector<std::unique_ptr<RawClient>> clients;
        // Each in turn, so that the first ones are those that have been idle longest.
        for (int i = 0; i < 40; ++i) {
            clients.push_back(std::make_unique<RawClient>(port));
            QVERIFY(clients.back()->send("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
            QCOMPARE(test::statusOf(clients.back()->readResponse()), 200);
            QVERIFY(server->connections() <= 16);
        }
        QVERIFY(clients.front()->isClosedByPeer());
        QVERIFY(clients.back()->send("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
        QCOMPARE(test::statusOf(clients.back()->readResponse()), 200);
    }

    void shedsNewClientsWhileAllAreBusy()
    {
        ServerOptions options;
        options.limits.maximumConnections = 4;
        const auto server = serve(options);
        const std::uint16_t port = server->address().port;
        std::vector<std::unique_ptr<RawClient>> busy;
        for (std::size_t i = 0; i < 4; ++i) {
            busy.push_back(std::make_unique<RawClient>(port));
            QVERIFY(busy.back()->send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\na"));
            QTRY_COMPARE(server->connections(), i + 1);
        }
        RawClient late(port);
        late.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        QVERIFY(late.isClosedByPeer());
        QVERIFY(busy.front()->send("b"));
        QCOMPARE(bodyOf(busy.front()->readResponse()), std::string_view("POST / ab"));
        // Now one of them is idle, and gives way.
        QTRY_COMPARE(statusOfNew(port), 200);
        for (std::size_t i = 1; i < busy.size(); ++i) {
            QVERIFY(busy[i]->send("b"));
            QCOMPARE(bodyOf(busy[i]->readResponse()), std::string_view("POST / ab"));
        }
    }

    void namesAPortInUse()
    {
        const auto server = serve();
        ServerOptions options;
        options.listeners.front().address.port = server->address().port;
        options.threads = 2;
        const auto second = Server::start(options, SimpleHandler(answer));
        QVERIFY(!second);
        QCOMPARE(second.error().code, ErrorCode(ServerErrorCode::AddressInUse));
        QVERIFY(second.error().detail.find(server->address().toString()) != std::string::npos);
    }

    void refusesAddressesThatAreNotItsOwn()
    {
        ServerOptions options;
        options.listeners.front().address.host = "192.0.2.1"; // RFC 5737: nobody's
        QCOMPARE(Server::start(options, SimpleHandler(answer)).error().code,
                 ErrorCode(ServerErrorCode::AddressNotLocal));
        options.listeners.front().address.host = "no address";
        QCOMPARE(Server::start(options, SimpleHandler(answer)).error().code, ErrorCode(ServerErrorCode::BadAddress));
    }

    void sharesConnectionsAmongThreads()
    {
        std::mutex mutex;
        std::set<std::thread::id> threads;
        ServerOptions options;
        options.threads = 3;
        auto server = Server::start(options, [&](const Request& request) {
            const std::lock_guard lock(mutex);
            threads.insert(std::this_thread::get_id());
            return answer(request);
        });
        CLAIMSMITH_VERIFY_RESULT(server);
        std::vector<std::unique_ptr<RawClient>> clients;
        for (int i = 0; i < 6; ++i) {
            clients.push_back(std::make_unique<RawClient>((*server)->address().port));
            QVERIFY(clients.back()->send("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
            QCOMPARE(test::statusOf(clients.back()->readResponse()), 200);
        }
        QCOMPARE(threads.size(), std::size_t{3});
        QCOMPARE((*server)->connections(), std::size_t{6});
    }

    void stopsReadingFromAClientThatDoesNotRead()
    {
        std::atomic<std::uint64_t> sent{0};
        auto server = Server::start({}, [&sent](Worker&) { return std::make_unique<Fountain>(sent); });
        CLAIMSMITH_VERIFY_RESULT(server);
        RawClient client((*server)->address().port, 4096);
        constexpr std::uint64_t total = 100'000'000;
        QVERIFY(client.send("GET /100000000 HTTP/1.1\r\nHost: a\r\n\r\n"));
        QVERIFY(client.readUntil("\r\n\r\n").find("chunked") != std::string::npos);
        // Only what the kernel's buffers hold is under way.
        QVERIFY(sent < total / 2);
        client.reset();
        QTRY_COMPARE((*server)->connections(), std::size_t{0});
        QVERIFY(sent < total);
    }

    void letsRequestsEndWhenItStops()
    {
        std::atomic<bool> entered{false};
        std::atomic<bool> goOn{false};
        auto server = Server::start({}, [&](const Request& request) {
            entered = true;
            while (!goOn)
                std::this_thread::yield();
            return answer(request);
        });
        CLAIMSMITH_VERIFY_RESULT(server);
        const std::uint16_t port = (*server)->address().port;
        RawClient idle(port);
        RawClient busy(port);
        QVERIFY(busy.send("GET /last HTTP/1.1\r\nHost: a\r\n\r\n"));
        QTRY_VERIFY(entered);
        std::atomic<bool> complete{false};
        std::thread stopper([&] { complete = (*server)->stop(std::chrono::seconds(10)); });
        goOn = true;
        const std::string response = busy.readResponse();
        QCOMPARE(bodyOf(response), std::string_view("GET /last "));
        QVERIFY(busy.isClosedByPeer());
        QVERIFY(idle.isClosedByPeer());
        busy.shutdownSend();
        stopper.join();
        QVERIFY(complete);
        QVERIFY(!RawClient(port).isConnected());
    }

    void describesRequests()
    {
        auto server = EchoServer::start({"127.0.0.1", 0});
        CLAIMSMITH_VERIFY_RESULT(server);
        RawClient client((*server)->address().port);
        QVERIFY(client.send("PUT /a%20b?x=1&y HTTP/1.1\r\nHost: h\r\nx-Dup: 1\r\nX-dup: \"2\"\r\nX-Echo-Status: 418\r\n"
                            "Content-Length: 2\r\n\r\n\xff\n"));
        const std::string response = client.readResponse();
        QCOMPARE(test::statusOf(response), 418);
        QJsonParseError error;
        const QJsonObject json =
            QJsonDocument::fromJson(QByteArray::fromStdString(std::string(bodyOf(response))), &error).object();
        QCOMPARE(error.error, QJsonParseError::NoError);
        QCOMPARE(json["method"].toString(), QStringLiteral("PUT"));
        QCOMPARE(json["path"].toString(), QStringLiteral("/a%20b"));
        QCOMPARE(json["query"].toArray(), (QJsonArray{QJsonArray{"x", "1"}, QJsonArray{"y", QJsonValue::Null}}));
        QCOMPARE(json["headers"].toArray()[1].toArray(), (QJsonArray{"x-Dup", "1"}));
        QCOMPARE(json["headers"].toArray()[2].toArray(), (QJsonArray{"X-dup", "\"2\""}));
        QCOMPARE(json["bodyBase64"].toString(), QStringLiteral("/wo="));
        QCOMPARE(json["remoteAddress"].toString(), QStringLiteral("127.0.0.1"));
    }
};

QTEST_APPLESS_MAIN(TestServer)
#include "tst_server.moc"
