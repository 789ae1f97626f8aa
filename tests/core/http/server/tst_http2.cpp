// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/client/client.h"
#include "http/net/signal.h"
#include "http/server/floodguard.h"
#include "http/server/http2connection.h"
#include "http/server/server.h"
#include "http2client.h"
#include "support/testing.h"

#include <atomic>
#include <future>
#include <thread>

using namespace claimsmith;
using namespace claimsmith::http;
using claimsmith::test::Http2Client;
using claimsmith::test::RawClient;

namespace {

using Fields = Http2Client::Fields;

constexpr std::uint32_t protocolError = 1;
constexpr std::uint32_t internalError = 2;
constexpr std::uint32_t flowControlError = 3;
constexpr std::uint32_t frameSizeError = 6;
constexpr std::uint32_t compressionError = 9;
constexpr std::uint32_t enhanceYourCalm = 11;

/// What the handlers of a test leave for it to look at.
struct Seen
{
    std::atomic<int> handled{0};
    std::atomic<int> waiting{0};   ///< in /wait
    std::atomic<int> gone{0};      ///< clients that left /wait
    std::atomic<bool> goOn{false}; ///< lets /wait answer
    std::atomic<std::uint64_t> sent{0};
    std::atomic<std::uint64_t> received{0};
};

/// Does what the path says.
class Performer final : public StreamHandler
{
public:
    Performer(const crypto::TlsIdentity& identity, Seen& seen) : m_identity(identity), m_seen(seen) {}

    crypto::TlsOffer offer(std::string_view) override { return {&m_identity}; }

    Task<void> handle(ServerConnection& connection) override
    {
        ++m_seen.handled;
        const std::string path(connection.request().path());
        if (path == "/wait")
            co_await wait(connection);
        else if (path == "/nothing")
            co_return;
        else if (path.starts_with("/give/"))
            co_await give(connection, std::strtoull(path.c_str() + 6, nullptr, 10));
        else if (path == "/ignore")
            co_await answer(connection, "ignored");
        else if (path == "/hold")
            co_await hold(connection);
        else
            co_await describe(connection);
    }

private:
    static Task<void> answer(ServerConnection& connection, std::string body)
    {
        ResponseHead head;
        head.headers = {{"Content-Type", "text/plain"},
                        {"Connection", "X-Drop"},
                        {"X-Drop", "1"},
                        {"Keep-Alive", "1"},
                        {"Upgrade", "x"},
                        {"X-Mixed", "a\r\nb"}};
        co_await connection.send(head, body);
    }

    static Task<void> describe(ServerConnection& connection)
    {
        const RequestHead& head = connection.request();
        std::string body = head.method + ' ' + head.target + ' ' + std::to_string(head.version.major) + '\n';
        for (const HeaderField& field : head.headers)
            body.append(field.name).append(": ").append(field.value).append("\n");
        body += '\n';
        while (!connection.isBodyComplete() && !connection.bodyError()) {
            const BytesView piece = co_await connection.readBody();
            body += piece;
        }
        if (connection.bodyError())
            body = "error " + std::to_string(statusOf(*connection.bodyError()));
        co_await answer(connection, std::move(body));
    }

    Task<void> give(ServerConnection& connection, std::uint64_t total)
    {
        const std::string piece(100'000, 'x');
        connection.begin({}, {BodyFraming::Kind::UntilClose});
        for (std::uint64_t left = total; left > 0;) {
            const BytesView part = BytesView(piece).substr(0, std::min<std::uint64_t>(left, piece.size()));
            const bool isTaken = co_await connection.write(part);
            if (!isTaken)
                co_return;
            left -= part.size();
            m_seen.sent += part.size();
        }
        co_await connection.end();
    }

    /// Answers when the test says so, or when the client has left.
    Task<void> wait(ServerConnection& connection)
    {
        ++m_seen.waiting;
        Signal tick(connection.worker().context());
        while (!m_seen.goOn && !connection.isClientGone())
            co_await tick.wait(std::chrono::steady_clock::now() + std::chrono::milliseconds(5));
        if (connection.isClientGone())
            ++m_seen.gone;
        --m_seen.waiting;
        co_await answer(connection, "waited");
    }

    /// Does not read until the test says so.
    Task<void> hold(ServerConnection& connection)
    {
        Signal tick(connection.worker().context());
        while (!m_seen.goOn && !connection.isClientGone())
            co_await tick.wait(std::chrono::steady_clock::now() + std::chrono::milliseconds(5));
        while (!connection.isBodyComplete() && !connection.bodyError()) {
            const BytesView piece = co_await connection.readBody();
            m_seen.received += piece.size();
        }
        co_await answer(connection, "held");
    }

    const crypto::TlsIdentity& m_identity;
    Seen& m_seen;
};

std::string repeated(std::string_view text, int count)
{
    std::string result;
    for (int i = 0; i < count; ++i)
        result += text;
    return result;
}

} // namespace

class TestHttp2 : public QObject
{
    Q_OBJECT

private:
    std::optional<crypto::TlsIdentity> m_identity;
    std::shared_ptr<const crypto::TlsClientContext> m_h2;
    std::shared_ptr<const crypto::TlsClientContext> m_plain;
    std::unique_ptr<Seen> m_seen;

    std::unique_ptr<Server> serve(ServerLimits limits = {})
    {
        ServerOptions options;
        crypto::TlsServerOptions tls;
        tls.protocols = {std::string(Http2Connection::protocolName), "http/1.1"};
        options.listeners.front().tls = *crypto::TlsServerContext::create(tls);
        options.limits = limits;
        auto server =
            Server::start(options, [this](Worker&) { return std::make_unique<Performer>(*m_identity, *m_seen); });
        return server ? std::move(server).value() : nullptr;
    }

private slots:
    void initTestCase()
    {
        auto identity = crypto::TlsIdentity::selfSigned();
        CLAIMSMITH_VERIFY_RESULT(identity);
        m_identity = std::move(identity).value();
        crypto::TlsClientOptions options;
        m_plain = *crypto::TlsClientContext::create(options);
        options.protocols = {"h2"};
        m_h2 = *crypto::TlsClientContext::create(options);
    }

    void init() { m_seen = std::make_unique<Seen>(); }

    void answersRequests()
    {
        const auto server = serve();
        Http2Client client(server->address().port, *m_h2);
        QCOMPARE(client.raw().peer().protocol, std::string("h2"));
        QVERIFY(client.greet());
        QVERIFY(client.request(
            1, Http2Client::get("/a?b", {{"x-one", "1"}, {"cookie", "a=1"}, {"te", "trailers"}, {"cookie", "b=2"}})));
        const auto answer = client.answer(1);
        QCOMPARE(answer.status(), 200);
        QCOMPARE(answer.body, std::string("GET /a?b 2\nHost: a.test\nx-one: 1\nte: trailers\ncookie: a=1; b=2\n\n"));
        QCOMPARE(answer.field("content-length"), std::to_string(answer.body.size()));
        QCOMPARE(answer.field("content-type"), std::string("text/plain"));
        QCOMPARE(answer.field("x-mixed"), std::string("a%0D%0Ab"));
        QVERIFY(answer.field("date").ends_with("GMT"));
        for (const char* const name : {"connection", "keep-alive", "x-drop", "upgrade", "transfer-encoding"})
            QVERIFY2(answer.field(name).empty(), name);
    }

    void speaksHttp1WithOthers()
    {
        const auto server = serve();
        RawClient client(server->address().port, *m_plain, "localhost");
        QVERIFY(client.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n"));
        QCOMPARE(test::bodyOf(client.readResponse()), std::string_view("GET /a 1\nHost: a\n\n"));
    }

    void answersLibcurl()
    {
        const auto server = serve();
        ClientRequest request;
        request.url = "https://localhost:" + std::to_string(server->address().port) + "/curl";
        request.tls.verify = false;
        request.method = "POST";
        request.body = std::string(300'000, 'b');
        std::promise<Result<ClientResponse>> promise;
        Client client;
        client.send(request, {[&promise](Result<ClientResponse> result) { promise.set_value(std::move(result)); }});
        auto response = promise.get_future().get();
        CLAIMSMITH_VERIFY_RESULT(response);
        QCOMPARE(response->head.version, (Version{2, 0}));
        QCOMPARE(response->head.status, 200);
        const std::string body(response->body.memory());
        QVERIFY(body.starts_with("POST /curl 2\n"));
        QVERIFY(body.ends_with(*request.body));
    }

    void readsBodies_data()
    {
        QTest::addColumn<bool>("announced");
        QTest::addColumn<bool>("trailers");
        QTest::newRow("with its length") << true << false;
        QTest::newRow("without") << false << false;
        QTest::newRow("with trailers") << false << true;
    }

    void readsBodies()
    {
        QFETCH(bool, announced);
        QFETCH(bool, trailers);
        const auto server = serve();
        Http2Client client(server->address().port, *m_h2);
        QVERIFY(client.greet());
        Fields fields = Http2Client::get("/b");
        fields.front().second = "POST";
        if (announced)
            fields.emplace_back("content-length", "6");
        QVERIFY(client.request(1, fields, false));
        QVERIFY(client.send(Http2Client::Data, 0, 1, "abc"));
        QVERIFY(client.send(Http2Client::Data, trailers ? 0 : Http2Client::endStream, 1, "def"));
        if (trailers)
            QVERIFY(client.request(1, {{"x-trailer", "1"}, {"host", "b"}}));
        const auto answer = client.answer(1);
        QCOMPARE(answer.body,
                 "POST /b 2\nHost: a.test\n" + std::string(announced ? "content-length: 6\n" : "") + "\nabcdef");
    }

    void tellsTheClientToGoOn()
    {
        const auto server = serve();
        Http2Client client(server->address().port, *m_h2);
        QVERIFY(client.greet());
        QVERIFY(client.request(1, Http2Client::get("/b", {{"expect", "100-continue"}}), false));
        while (client.windows.empty()) { // the 100 comes behind the server's preface
            const auto frame = client.next();
            QVERIFY(frame.has_value());
            client.take(*frame);
            if (frame->type == Http2Client::Headers)
                break;
        }
        QVERIFY(client.send(Http2Client::Data, Http2Client::endStream, 1, "ok"));
        const auto answer = client.answer(1);
        QCOMPARE(answer.interim, (Fields{{":status", "100"}}));
        QCOMPARE(answer.status(), 200);
        QVERIFY(answer.body.ends_with("\nok"));
    }

    void leavesTheBodyOutForHead()
    {
        const auto server = serve();
        Http2Client client(server->address().port, *m_h2);
        QVERIFY(client.greet());
        Fields fields = Http2Client::get("/h");
        fields.front().second = "HEAD";
        QVERIFY(client.request(1, fields));
        const auto answer = client.answer(1);
        QCOMPARE(answer.body, std::string());
        QVERIFY(answer.field("content-length") != "0");
    }

    void answersOneWhileAnotherWaits()
    {
        const auto server = serve();
        Http2Client client(server->address().port, *m_h2);
        QVERIFY(client.greet());
        QVERIFY(client.request(1, Http2Client::get("/wait")));
        QTRY_COMPARE(m_seen->waiting.load(), 1);
        for (std::uint32_t stream = 3; stream < 21; stream += 2) {
            QVERIFY(client.request(stream, Http2Client::get("/" + std::to_string(stream))));
            QCOMPARE(client.answer(stream).status(), 200);
        }
        m_seen->goOn = true;
        QCOMPARE(client.answer(1).body, std::string("waited"));
    }

    void sendsNoMoreThanTheWindows()
    {
        const auto server = serve();
        Http2Client client(server->address().port, *m_h2);
        client.opensWindows = false;
        QVERIFY(client.greet());
        constexpr std::uint64_t total = 3'000'000;
        QVERIFY(client.request(1, Http2Client::get("/give/" + std::to_string(total))));
        std::uint64_t got = 0;
        while (got < 65535) {
            const auto frame = client.next();
            QVERIFY(frame.has_value());
            client.take(*frame);
            got += frame->type == Http2Client::Data ? frame->payload.size() : 0;
        }
        QCOMPARE(got, std::uint64_t{65535});
        // What has not gone waits in the stream's buffer, and the handler behind it.
        QVERIFY(client.request(3, Http2Client::get("/other", {{"x", "1"}})));
        QVERIFY(m_seen->sent <= 65535 + Http2Stream::outputLimit);
        client.opensWindows = true;
        QVERIFY(client.openWindow(0, 65535));
        QVERIFY(client.openWindow(1, 65535));
        const auto answer = client.answer(1);
        QVERIFY(answer.isComplete);
        QCOMPARE(answer.body.size(), std::size_t{total});
        QCOMPARE(client.answer(3).status(), 200);
    }

    void takesNoMoreThanItsHandlerReads()
    {
        const auto server = serve();
        Http2Client client(server->address().port, *m_h2);
        QVERIFY(client.greet());
        QVERIFY(client.request(1, Http2Client::get("/hold"), false));
        const std::string piece(16'000, 'u');
        for (int i = 0; i < 4; ++i)
            QVERIFY(client.send(Http2Client::Data, 0, 1, piece));
        // An answer to another request shows that all of it has arrived.
        QVERIFY(client.request(3, Http2Client::get("/a")));
        QCOMPARE(client.answer(3).status(), 200);
        QCOMPARE(client.windows[1], std::uint64_t{0});
        m_seen->goOn = true;
        while (client.windows[1] == 0) {
            const auto frame = client.next();
            QVERIFY(frame.has_value());
            client.take(*frame);
        }
        QVERIFY(client.send(Http2Client::Data, Http2Client::endStream, 1, piece));
        QCOMPARE(client.answer(1).body, std::string("held"));
        QCOMPARE(m_seen->received.load(), std::uint64_t{80'000});
    }

    void resetsAStreamThatExceedsItsWindow()
    {
        const auto server = serve();
        Http2Client client(server->address().port, *m_h2);
        QVERIFY(client.greet());
        QVERIFY(client.request(1, Http2Client::get("/hold"), false));
        for (int i = 0; i < 80; ++i)
            QVERIFY(client.send(Http2Client::Data, 0, 1, std::string(16'384, 'x')));
        QCOMPARE(client.answer(1).reset, std::optional(flowControlError));
        // What was thrown away counts for nobody's window.
        Fields fields = Http2Client::get("/b");
        QVERIFY(client.request(3, fields, false));
        QVERIFY(client.send(Http2Client::Data, Http2Client::endStream, 3, "abc"));
        QVERIFY(client.answer(3).body.ends_with("\nabc"));
    }

    void resetsWhatIsNoLongerWanted()
    {
        const auto server = serve();
        Http2Client client(server->address().port, *m_h2);
        QVERIFY(client.greet());
        QVERIFY(client.request(1, Http2Client::get("/ignore"), false));
        auto answer = client.answer(1);
        QCOMPARE(answer.body, std::string("ignored"));
        while (!answer.reset) {
            const auto frame = client.next();
            QVERIFY(frame.has_value());
            client.take(*frame);
            answer = client.answer(1);
        }
        QCOMPARE(*answer.reset, std::uint32_t{0});
        QVERIFY(client.request(3, Http2Client::get("/nothing")));
        QCOMPARE(client.answer(3).reset, std::optional(internalError));
    }

    void refusesBrokenRequests_data()
    {
        QTest::addColumn<Fields>("fields");
        QTest::addColumn<int>("status"); // 0: the stream is reset
        const auto row = [](const char* name, const Fields& fields, int status = 0) {
            QTest::newRow(name) << fields << status;
        };
        const auto with = [](std::size_t index, const std::string& value) {
            Fields fields = Http2Client::get("/a");
            fields[index].second = value;
            return fields;
        };
        const auto without = [](std::size_t index) {
            Fields fields = Http2Client::get("/a");
            fields.erase(fields.begin() + static_cast<std::ptrdiff_t>(index));
            return fields;
        };
        row("no method", without(0));
        row("no scheme", without(1));
        row("no path", without(3));
        row("no authority", without(2));
        row("empty path", with(3, ""));
        row("path without a slash", with(3, "a"));
        row("space in the path", with(3, "/a b"));
        row("line end in the path", with(3, "/a\r\nb"));
        row("method in lower case", with(0, "get"), 400);
        row("authority with a slash", with(2, "a/b"));
        row("authority with a user", with(2, "u@a"));
        row("two paths", Http2Client::get("/a", {{":path", "/b"}}));
        row("pseudo-header behind others", [] {
            Fields fields = Http2Client::get("/a", {{"x", "1"}});
            std::swap(fields[3], fields[4]);
            return fields;
        }());
        row("unknown pseudo-header", Http2Client::get("/a", {{":status", "200"}}));
        row("upper case in a name", Http2Client::get("/a", {{"X-Upper", "1"}}));
        row("colon in a name", Http2Client::get("/a", {{"x:y", "1"}}));
        row("space in a name", Http2Client::get("/a", {{"x y", "1"}}));
        row("line end in a name", Http2Client::get("/a", {{"x\r\ny", "1"}}));
        row("line end in a value", Http2Client::get("/a", {{"x", "1\r\nHost: b"}}));
        row("LF in a value", Http2Client::get("/a", {{"x", "1\nb"}}));
        row("NUL in a value", Http2Client::get("/a", {{"x", std::string("1\0", 2)}}));
        row("Connection", Http2Client::get("/a", {{"connection", "close"}}));
        row("Keep-Alive", Http2Client::get("/a", {{"keep-alive", "1"}}));
        row("Proxy-Connection", Http2Client::get("/a", {{"proxy-connection", "close"}}));
        row("Transfer-Encoding", Http2Client::get("/a", {{"transfer-encoding", "chunked"}}));
        row("Upgrade", Http2Client::get("/a", {{"upgrade", "websocket"}}));
        row("TE other than trailers", Http2Client::get("/a", {{"te", "gzip"}}));
        row("length of a body that is none", Http2Client::get("/a", {{"content-length", "5"}}));
        row("length that is no number", Http2Client::get("/a", {{"content-length", "x"}}));
        row("two lengths", Http2Client::get("/a", {{"content-length", "0"}, {"content-length", "0"}}));
        row("two hosts", Http2Client::get("/a", {{"host", "b.test"}}), 400);
        row("CONNECT", {{":method", "CONNECT"}, {":authority", "a:80"}}, 400);
        row("path too long", with(3, "/" + std::string(9000, 'p')), 414);
        row("header too long", Http2Client::get("/a", {{"x", std::string(9000, 'h')}}), 431);
        row(
            "headers too large",
            [] {
                Fields fields = Http2Client::get("/a");
                for (int i = 0; i < 100; ++i)
                    fields.emplace_back("x", std::string(100, 'h') + std::to_string(i));
                return fields;
            }(),
            200);
        row(
            "too many headers",
            [] {
                Fields fields = Http2Client::get("/a");
                for (int i = 0; i < 1000; ++i)
                    fields.emplace_back("x", "");
                return fields;
            }(),
            431);
    }

    void refusesBrokenRequests()
    {
        QFETCH(Fields, fields);
        QFETCH(int, status);
        const auto server = serve();
        Http2Client client(server->address().port, *m_h2);
        QVERIFY(client.greet());
        QVERIFY(client.request(1, fields));
        const auto answer = client.answer(1);
        if (status == 0)
            QVERIFY(answer.reset == std::optional(protocolError) || answer.status() == 400);
        else
            QCOMPARE(answer.status(), status);
        QCOMPARE(m_seen->handled.load(), status == 200 ? 1 : 0);
        // The connection and its compression state are as good as before.
        QVERIFY(client.request(3, Http2Client::get("/next")));
        QCOMPARE(client.answer(3).status(), 200);
    }

    void endsHostileConnections_data()
    {
        QTest::addColumn<std::string>("bytes");
        QTest::addColumn<int>("code"); // -1: closed, whether it says why or not
        const auto row = [](const char* name, const std::string& bytes, int code = protocolError) {
            QTest::newRow(name) << bytes << code;
        };
        const std::string greeting = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + Http2Client::frame(4, 0, 0, "");
        const auto frame = Http2Client::frame;
        const std::string head = Http2Client::block(Http2Client::get("/wait"));
        row("HTTP/1.1", "GET / HTTP/1.1\r\nHost: a\r\n\r\n", -1);
        row("preface cut short by other bytes", "PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n", -1);
        row("no settings first", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + frame(6, 0, 0, "12345678"));
        row("data without a stream", greeting + frame(0, 0, 0, "x"));
        row("head without a stream", greeting + frame(1, 5, 0, head));
        row("even stream", greeting + frame(1, 5, 2, head));
        row("settings of an odd size", greeting + frame(4, 0, 0, "12345"), frameSizeError);
        row("settings of a stream", greeting + frame(4, 0, 1, ""));
        row("acknowledgement with settings", greeting + frame(4, 1, 0, "123456"), frameSizeError);
        row("ping of another size", greeting + frame(6, 0, 0, "1234567"), frameSizeError);
        row("frame larger than allowed", greeting + frame(0, 0, 1, std::string(17'000, 'x')), frameSizeError);
        row("window of nothing", greeting + frame(8, 0, 0, Http2Client::number(0)));
        row("window that overflows", greeting + frame(8, 0, 0, Http2Client::number(0x7fffffff)), flowControlError);
        row("initial window that overflows",
            greeting + frame(4, 0, 0, Http2Client::number(4, 2) + Http2Client::number(0x80000000)), flowControlError);
        row("continuation of nothing", greeting + frame(9, 4, 1, head));
        row("head interrupted by another frame", greeting + frame(1, 1, 1, head) + frame(6, 0, 0, "12345678"));
        row("push from a client", greeting + frame(5, 4, 1, Http2Client::number(2) + head));
        row("garbage for a head", greeting + frame(1, 5, 1, "\xff\xff\xff\xff\xff\xff"), compressionError);
        row("index beyond the table", greeting + frame(1, 5, 1, "\xfe"), compressionError);
        row("pings", greeting + repeated(frame(6, 0, 0, "12345678"), 600), enhanceYourCalm);
        row("settings", greeting + repeated(frame(4, 0, 0, ""), 600), enhanceYourCalm);
        row("priorities", greeting + repeated(frame(2, 0, 3, Http2Client::number(0) + "x"), 600), enhanceYourCalm);
        row("windows opened by single octets", greeting + repeated(frame(8, 0, 0, Http2Client::number(1)), 600),
            enhanceYourCalm);
        row("empty pieces of a body", greeting + frame(1, 4, 1, head) + repeated(frame(0, 0, 1, ""), 600),
            enhanceYourCalm);
        std::string resets;
        for (std::uint32_t stream = 1; stream < 1400; stream += 2)
            resets += frame(1, 5, stream, head) + frame(3, 0, stream, Http2Client::number(8));
        row("requests that are reset at once", greeting + resets, enhanceYourCalm);
        row("a head without an end", greeting + frame(1, 0, 1, head) + repeated(frame(9, 0, 1, "\x00\x01x\x01y"), 2000),
            -1);
    }

    void endsHostileConnections()
    {
        QFETCH(std::string, bytes);
        QFETCH(int, code);
        const auto server = serve();
        Http2Client witness(server->address().port, *m_h2);
        QVERIFY(witness.greet());
        QVERIFY(witness.request(1, Http2Client::get("/1")));
        QCOMPARE(witness.answer(1).status(), 200);
        {
            Http2Client hostile(server->address().port, *m_h2);
            // The connection may be closed before all of it has gone.
            hostile.raw().send(bytes);
            const auto said = hostile.readToGoAway();
            if (code >= 0)
                QCOMPARE(said, std::optional(static_cast<std::uint32_t>(code)));
            while (hostile.next()) {
            }
            QVERIFY2(hostile.raw().isClosedByPeer(), "the connection was not closed");
        }
        QTRY_COMPARE(server->connections(), std::size_t{1});
        QCOMPARE(m_seen->waiting.load(), 0);
        QVERIFY(witness.request(3, Http2Client::get("/2")));
        QCOMPARE(witness.answer(3).status(), 200);
    }

    void refusesStreamsAboveItsLimit()
    {
        ServerLimits limits;
        limits.concurrentStreams = 4;
        const auto server = serve(limits);
        Http2Client client(server->address().port, *m_h2);
        QVERIFY(client.greet());
        for (std::uint32_t stream = 1; stream < 11; stream += 2)
            QVERIFY(client.request(stream, Http2Client::get("/wait")));
        const auto refused = client.answer(9);
        QVERIFY(refused.reset.has_value());
        QTRY_COMPARE(m_seen->waiting.load(), 4);
        m_seen->goOn = true;
        for (std::uint32_t stream = 1; stream < 9; stream += 2)
            QCOMPARE(client.answer(stream).status(), 200);
    }

    void endsRequestsOfClientsThatLeave_data()
    {
        QTest::addColumn<bool>("resets");
        QTest::newRow("the stream") << false;
        QTest::newRow("the connection") << true;
    }

    void endsRequestsOfClientsThatLeave()
    {
        QFETCH(bool, resets);
        const auto server = serve();
        Http2Client client(server->address().port, *m_h2);
        QVERIFY(client.greet());
        QVERIFY(client.request(1, Http2Client::get("/wait")));
        QVERIFY(client.request(3, Http2Client::get("/hold"), false));
        QVERIFY(client.request(5, Http2Client::get("/give/100000000")));
        QTRY_COMPARE(m_seen->waiting.load(), 1);
        if (resets) {
            client.raw().reset();
            QTRY_COMPARE(server->connections(), std::size_t{0});
        } else {
            for (std::uint32_t stream = 1; stream < 7; stream += 2)
                QVERIFY(client.send(Http2Client::Reset, 0, stream, Http2Client::number(8)));
        }
        QTRY_COMPARE(m_seen->gone.load(), 1);
        QVERIFY(m_seen->sent < 1'000'000);
        if (!resets) {
            QVERIFY(client.request(7, Http2Client::get("/next")));
            QCOMPARE(client.answer(7).status(), 200);
        }
    }

    void endsSlowClients()
    {
        ServerLimits limits;
        limits.idleTime = std::chrono::milliseconds(50);
        limits.bodyTime = limits.sendTime = std::chrono::milliseconds(30);
        const auto server = serve(limits);
        Http2Client silent(server->address().port, *m_h2);
        QVERIFY(silent.greet());
        QCOMPARE(silent.readToGoAway(), std::optional(std::uint32_t{0}));
        Http2Client half(server->address().port, *m_h2);
        half.acknowledges = false; // no other frame may stand within a head
        QVERIFY(half.greet());
        QVERIFY(half.send(Http2Client::Headers, 0, 1, Http2Client::block(Http2Client::get("/a"))));
        QCOMPARE(half.readToGoAway(), std::optional(std::uint32_t{0}));
        Http2Client slow(server->address().port, *m_h2);
        QVERIFY(slow.greet());
        QVERIFY(slow.request(1, Http2Client::get("/b"), false));
        QCOMPARE(slow.answer(1).body, std::string("error 408"));
        Http2Client full(server->address().port, *m_h2);
        full.opensWindows = false;
        QVERIFY(full.greet());
        QVERIFY(full.request(1, Http2Client::get("/give/1000000")));
        QCOMPARE(full.answer(1).reset, std::optional(internalError));
    }

    void letsRequestsEndWhenItStops()
    {
        const auto server = serve();
        Http2Client client(server->address().port, *m_h2);
        Http2Client idle(server->address().port, *m_h2);
        QVERIFY(client.greet() && idle.greet());
        QVERIFY(idle.request(1, Http2Client::get("/a")));
        QCOMPARE(idle.answer(1).status(), 200);
        QVERIFY(client.request(1, Http2Client::get("/wait")));
        QTRY_COMPARE(m_seen->waiting.load(), 1);
        std::atomic<bool> complete{false};
        std::thread stopper([&] { complete = server->stop(std::chrono::seconds(10)); });
        QCOMPARE(client.readToGoAway(), std::optional(std::uint32_t{0}));
        QCOMPARE(idle.readToGoAway(), std::optional(std::uint32_t{0}));
        // What comes after the GOAWAY is the client's to send again elsewhere.
        QVERIFY(client.request(3, Http2Client::get("/late")));
        m_seen->goOn = true;
        QCOMPARE(client.answer(1).body, std::string("waited"));
        QVERIFY(!client.answer(3).isComplete);
        client.raw().shutdownSend();
        idle.raw().shutdownSend();
        stopper.join();
        QVERIFY(complete);
        QCOMPARE(m_seen->handled.load(), 2);
    }

    void stopsThoughRequestsDoNotEnd()
    {
        const auto server = serve();
        Http2Client client(server->address().port, *m_h2);
        QVERIFY(client.greet());
        QVERIFY(client.request(1, Http2Client::get("/wait")));
        QVERIFY(client.request(3, Http2Client::get("/hold"), false));
        QVERIFY(client.request(5, Http2Client::get("/give/10000000")));
        QTRY_COMPARE(m_seen->waiting.load(), 1);
        QVERIFY(!server->stop(std::chrono::milliseconds(20)));
    }

    void admitsWhatIsUsual()
    {
        const FloodGuard::TimePoint begin{};
        FloodGuard guard(begin);
        int admitted = 0;
        while (guard.admit(begin))
            ++admitted;
        QCOMPARE(admitted, static_cast<int>(FloodGuard::burst));
        QVERIFY(guard.admit(begin + std::chrono::seconds(1)));
        FloodGuard steady(begin);
        for (int i = 0; i < 10'000; ++i)
            QVERIFY(steady.admit(begin + i * std::chrono::milliseconds(25)));
    }
};

QTEST_APPLESS_MAIN(TestHttp2)
#include "tst_http2.moc"
