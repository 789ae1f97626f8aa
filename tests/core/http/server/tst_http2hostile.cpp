// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/server/http2bench.h"
#include "http/server/floodguard.h"

using namespace claimsmith;
using namespace claimsmith::http;
using namespace claimsmith::http::testing;

namespace {

std::string repeated(std::string_view text, int count)
{
    std::string result;
    for (int i = 0; i < count; ++i)
        result += text;
    return result;
}

} // namespace

/// Clients of HTTP/2 that break rules, or keep them to do harm (RFC 9113 §8.1.1, §10.5).
class TestHttp2Hostile : public QObject, private Http2Bench
{
    Q_OBJECT

private slots:
    void initTestCase() { prepare(); }

    void init() { m_seen = std::make_unique<Seen>(); }

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

QTEST_APPLESS_MAIN(TestHttp2Hostile)
#include "tst_http2hostile.moc"
