// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/client/client.h"

#include "http/server/server.h"
#include "http/url.h"
#include "support/rawserver.h"
#include "support/testing.h"

#include <chrono>
#include <future>

using namespace claimsmith;
using namespace claimsmith::http;
using claimsmith::test::RawServer;

namespace {

constexpr std::chrono::seconds patience{10};

/// Sends one request and waits for its end.
Result<ClientResponse> exchange(Client& client, ClientRequest request)
{
    auto promise = std::make_shared<std::promise<Result<ClientResponse>>>();
    auto future = promise->get_future();
    client.send(std::move(request),
                {[promise](Result<ClientResponse> result) { promise->set_value(std::move(result)); }});
    return future.get();
}

std::string urlOf(std::uint16_t port, std::string_view path = "/")
{
    return "http://127.0.0.1:" + std::to_string(port) + std::string(path);
}

ClientRequest get(std::uint16_t port, std::string_view path = "/")
{
    ClientRequest request;
    request.url = urlOf(port, path);
    return request;
}

std::string lines(const HeaderMap& headers)
{
    std::string text;
    for (const auto& [name, value] : headers)
        text.append(name).append(": ").append(value).append("\n");
    return text;
}

} // namespace

class TestClient : public QObject
{
    Q_OBJECT

private slots:
    void sendsTheHeadersThatWereGivenAndNoOthers()
    {
        RawServer server({"HTTP/1.1 200 Fine\r\nX-A: 1\r\nx-a: 2\r\nContent-Length: 2\r\n\r\nok"});
        Client client;
        ClientRequest request = get(server.port(), "/a/../b?x=1#part");
        request.method = "get-it";
        request.headers = {{"X-One", "1"}, {"x-empty", ""}, {"X-One", "2"}, {"host", "other.test"}};
        const auto response = exchange(client, std::move(request));
        CLAIMSMITH_VERIFY_RESULT(response);
        const std::string expected =
            "get-it /a/../b?x=1 HTTP/1.1\r\nHost: other.test\r\nX-One: 1\r\nx-empty:\r\nX-One: 2\r\n\r\n";
        QCOMPARE(server.received(), expected);
        QCOMPARE(response->sent.method, std::string("get-it"));
        QCOMPARE(response->sent.target, std::string("/a/../b?x=1"));
        QCOMPARE(lines(response->sent.headers), std::string("Host: other.test\nX-One: 1\nx-empty: \nX-One: 2\n"));
        QCOMPARE(response->head.status, 200);
        QCOMPARE(response->head.reason, std::string("Fine"));
        QCOMPARE(lines(response->head.headers), std::string("X-A: 1\nx-a: 2\nContent-Length: 2\n"));
        QCOMPARE(response->body.memory(), std::string_view("ok"));
        QVERIFY(response->earlier.empty());
        QCOMPARE(response->remoteAddress, "127.0.0.1:" + std::to_string(server.port()));
        QCOMPARE(response->sentBytes, std::uint64_t{expected.size()});
    }

    void sendsBodiesOfAnyMethod_data()
    {
        QTest::addColumn<std::string>("method");
        QTest::newRow("POST") << std::string("POST");
        QTest::newRow("GET") << std::string("GET");
        QTest::newRow("DELETE") << std::string("DELETE");
    }

    void sendsBodiesOfAnyMethod()
    {
        QFETCH(std::string, method);
        auto server = Server::start({}, [](const Request& request) {
            return Response::make(200, "text/plain", request.head.method + lines(request.head.headers) + request.body);
        });
        CLAIMSMITH_VERIFY_RESULT(server);
        Client client;
        ClientRequest request = get((*server)->address().port);
        request.method = method;
        request.body = std::string("a\0b", 3);
        const auto response = exchange(client, std::move(request));
        CLAIMSMITH_VERIFY_RESULT(response);
        const std::string expected =
            method + "Host: " + (*server)->address().toString() + "\nContent-Length: 3\n" + std::string("a\0b", 3);
        QCOMPARE(response->body.memory(), std::string_view(expected));
    }

    void measuresThePhasesInOrder()
    {
        auto server = Server::start({}, [](const Request&) { return Response::make(200, "", "x"); });
        CLAIMSMITH_VERIFY_RESULT(server);
        Client client;
        for (const bool reused : {false, true}) {
            const auto response = exchange(client, get((*server)->address().port));
            CLAIMSMITH_VERIFY_RESULT(response);
            const ClientTimings& timings = response->timings;
            QVERIFY(timings.resolved <= timings.connected && timings.connected <= timings.secured);
            QVERIFY(timings.secured <= timings.sent && timings.sent <= timings.firstByte &&
                    timings.firstByte <= timings.total);
            QVERIFY(timings.total.count() > 0);
            QCOMPARE(response->reusedConnection, reused);
        }
    }

    void keepsInterimResponsesAndRedirects()
    {
        RawServer server(
            {"HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n"
             "HTTP/1.1 302 Found\r\nLocation: /next\r\nContent-Length: 5\r\nConnection: close\r\n\r\nmoved",
             "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nend"});
        Client client;
        ClientRequest request = get(server.port());
        request.followRedirects = true;
        const auto response = exchange(client, std::move(request));
        CLAIMSMITH_VERIFY_RESULT(response);
        QCOMPARE(response->earlier.size(), std::size_t{2});
        QCOMPARE(response->earlier[0].status, 103);
        QCOMPARE(response->earlier[1].status, 302);
        QCOMPARE(response->body.memory(), std::string_view("end"));
        QCOMPARE(response->url, urlOf(server.port(), "/next"));
    }

    void leavesRedirectsAloneUnlessAsked()
    {
        RawServer server({"HTTP/1.1 302 Found\r\nLocation: /next\r\nContent-Length: 0\r\n\r\n"});
        Client client;
        const auto response = exchange(client, get(server.port()));
        CLAIMSMITH_VERIFY_RESULT(response);
        QCOMPARE(response->head.status, 302);
    }

    void putsLargeBodiesIntoAFile()
    {
        const std::string large = std::string(300'000, 'a') + "end";
        auto server = Server::start({}, [&large](const Request&) { return Response::make(200, "", large); });
        CLAIMSMITH_VERIFY_RESULT(server);
        Client client;
        ClientRequest request = get((*server)->address().port);
        request.memoryLimit = 100'000;
        const auto response = exchange(client, std::move(request));
        CLAIMSMITH_VERIFY_RESULT(response);
        QVERIFY(!response->body.isInMemory());
        QCOMPARE(response->body.size(), std::uint64_t{300'003});
        QCOMPARE(response->body.read(300'000, 100).value(), std::string("end"));
        QCOMPARE(response->body.read(0, 3).value(), std::string("aaa"));
    }

    void connectsElsewhereWhenTold()
    {
        auto server = Server::start({}, [](const Request& request) {
            return Response::make(200, "", std::string(request.head.headers.value("host")));
        });
        CLAIMSMITH_VERIFY_RESULT(server);
        Client client;
        ClientRequest request;
        request.url = "http://nowhere.invalid:3000/";
        request.connectTo = (*server)->address().toString();
        const auto response = exchange(client, std::move(request));
        CLAIMSMITH_VERIFY_RESULT(response);
        QCOMPARE(response->body.memory(), std::string_view("nowhere.invalid:3000"));
    }

    void reportsProgress()
    {
        auto server = Server::start({}, [](const Request&) { return Response::make(200, "", "0123456789"); });
        CLAIMSMITH_VERIFY_RESULT(server);
        std::vector<ClientProgress> seen;
        std::promise<void> over;
        Client client;
        client.send(get((*server)->address().port),
                    {[&over](const Result<ClientResponse>&) { over.set_value(); },
                     [&seen](const ClientProgress& progress) { seen.push_back(progress); }});
        QCOMPARE(over.get_future().wait_for(patience), std::future_status::ready);
        QVERIFY(std::ranges::is_sorted(seen, {}, &ClientProgress::phase));
        QCOMPARE(seen.front().phase, ClientProgress::Phase::Resolving);
        QCOMPARE(seen.back().phase, ClientProgress::Phase::Receiving);
        QCOMPARE(seen.back().received, std::uint64_t{10});
        QCOMPARE(seen.back().expected.value_or(0), std::uint64_t{10});
    }

    void namesTheReasonOfAFailure_data()
    {
        QTest::addColumn<std::string>("answer");
        QTest::addColumn<std::string>("code");
        QTest::newRow("closes without an answer") << std::string() << std::string("closed-early");
        QTest::newRow("body too short") << std::string("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc")
                                        << std::string("closed-early");
        QTest::newRow("no HTTP") << std::string("SSH-2.0-OpenSSH\r\n\r\n") << std::string("bad-response");
        QTest::newRow("above the limit") << "HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n" + std::string(2000, 'x')
                                         << std::string("body-too-large");
    }

    void namesTheReasonOfAFailure()
    {
        QFETCH(std::string, answer);
        QFETCH(std::string, code);
        RawServer server({answer});
        Client client;
        ClientRequest request = get(server.port());
        request.maximumBody = 1000;
        request.protocol = ClientRequest::Protocol::Http11;
        const auto response = exchange(client, std::move(request));
        QVERIFY(!response);
        QCOMPARE(response.error().code.name(), std::string_view(code));
        QCOMPARE(response.error().parameters.front().second, std::string("127.0.0.1"));
    }

    void namesWhatKeptItFromConnecting()
    {
        Client client;
        std::uint16_t closed = 0;
        {
            const RawServer server({});
            closed = server.port();
        }
        QCOMPARE(exchange(client, get(closed)).error().code, ErrorCode(ClientErrorCode::ConnectionRefused));
        ClientRequest unknown;
        unknown.url = "http://nowhere.invalid/"; // RFC 6761: never resolves
        QCOMPARE(exchange(client, std::move(unknown)).error().code, ErrorCode(ClientErrorCode::CannotResolve));
        RawServer plain({"no TLS here"});
        ClientRequest secure;
        secure.url = "https://127.0.0.1:" + std::to_string(plain.port());
        QCOMPARE(exchange(client, std::move(secure)).error().code, ErrorCode(ClientErrorCode::TlsHandshake));
    }

    void refusesWhatCannotBeSent_data()
    {
        QTest::addColumn<std::string>("url");
        QTest::addColumn<std::string>("method");
        QTest::addColumn<std::string>("header");
        QTest::addColumn<std::string>("place");
        QTest::newRow("no scheme") << std::string("localhost:80") << std::string("GET") << std::string("x")
                                   << std::string("url");
        QTest::newRow("method with a space")
            << std::string("http://h") << std::string("A B") << std::string("x") << std::string("method");
        QTest::newRow("line break in a header")
            << std::string("http://h") << std::string("GET") << std::string("x\r\nY: 1") << std::string("headers/X-A");
    }

    void refusesWhatCannotBeSent()
    {
        QFETCH(std::string, url);
        QFETCH(std::string, method);
        QFETCH(std::string, header);
        QFETCH(std::string, place);
        Client client;
        ClientRequest request;
        request.url = url;
        request.method = method;
        request.headers.add("X-A", header);
        const auto response = exchange(client, std::move(request));
        QVERIFY(!response);
        QCOMPARE(response.error().place.pointer, place);
    }

    void timesOutAndCancels()
    {
        RawServer silent({}, RawServer::Silent);
        Client client;
        ClientRequest request = get(silent.port());
        request.totalTimeout = std::chrono::milliseconds(50);
        QCOMPARE(exchange(client, std::move(request)).error().code, ErrorCode(ClientErrorCode::TimedOut));

        std::promise<ErrorCode> code;
        const auto id = client.send(get(silent.port()),
                                    {[&code](Result<ClientResponse> result) { code.set_value(result.error().code); }});
        client.cancel(id);
        QCOMPARE(code.get_future().get(), ErrorCode(ClientErrorCode::Cancelled));
        client.cancel(id);
    }

    void endsWhatIsUnderWayWhenItGoes()
    {
        RawServer silent({}, RawServer::Silent);
        int ended = 0;
        {
            Client client;
            for (int i = 0; i < 5; ++i)
                client.send(get(silent.port()),
                            {[&ended](const Result<ClientResponse>& result) { ended += result ? 0 : 1; }});
        }
        QCOMPARE(ended, 5);
    }
};

QTEST_APPLESS_MAIN(TestClient)
#include "tst_client.moc"
