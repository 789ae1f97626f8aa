// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/wire/framing.h"
#include "http/wire/headparser.h"
#include "http/wire/nominations.h"
#include "http/wire/writer.h"
#include "support/testing.h"

#include <array>

using namespace claimsmith;
using namespace claimsmith::http;

namespace {

/// The body that the decoder finds when the input comes in pieces of this size, and what ended it.
std::pair<std::string, ChunkDecoder::State> decode(std::string_view input, std::size_t piece)
{
    ChunkDecoder decoder;
    std::string body;
    std::string buffer;
    for (;;) {
        std::string_view rest = buffer;
        const ChunkDecoder::Step step = decoder.next(rest);
        body += step.data;
        if (step.state == ChunkDecoder::State::End || step.state == ChunkDecoder::State::Failed)
            return {body, step.state};
        buffer = std::string(rest);
        if (step.state == ChunkDecoder::State::NeedMore) {
            if (input.empty())
                return {body, step.state};
            buffer += input.substr(0, piece);
            input.remove_prefix(std::min(piece, input.size()));
        }
    }
}

} // namespace

class TestWire : public QObject
{
    Q_OBJECT

private slots:
    void givesTheSameResultHoweverTheInputIsCut()
    {
        const std::string_view message = "POST /a HTTP/1.1\r\nHost: h\r\nX-A:  1 \r\n\r\nrest";
        RequestHead whole;
        const HeadResult result = parseRequestHead(message, {}, whole);
        QCOMPARE(result.state, HeadState::Complete);
        QCOMPARE(message.substr(result.size), std::string_view("rest"));
        QCOMPARE(whole.headers.value("x-a"), std::string_view("1"));
        RequestHead part;
        for (std::size_t size = 0; size < result.size; ++size)
            QCOMPARE(parseRequestHead(message.substr(0, size), {}, part).state, HeadState::Incomplete);
    }

    void tellsWhereTheFaultIs_data()
    {
        QTest::addColumn<std::string>("message");
        QTest::addColumn<std::string>("code");
        QTest::addColumn<int>("offset");
        const auto row = [](const char* name, const char* message, const char* code, int offset) {
            QTest::newRow(name) << std::string(message) << std::string(code) << offset;
        };
        row("method", "G@T / HTTP/1.1\r\n\r\n", "bad-method", 0);
        row("version", "GET / HTTP/1\r\n\r\n", "bad-version", 0);
        row("old version", "GET / HTTP/0.9\r\n\r\n", "unsupported-version", 0);
        row("name", "GET / HTTP/1.1\r\nA B: 1\r\n\r\n", "bad-header-name", 16);
        row("value", "GET / HTTP/1.1\r\nA: 1\r2\r\n\r\n", "bad-header-value", 17);
        row("folded", "GET / HTTP/1.1\r\nHost: a\r\n b\r\n\r\n", "folded-header", 25);
        row("no host", "GET / HTTP/1.1\r\n\r\n", "no-host", 18);
    }

    void tellsWhereTheFaultIs()
    {
        QFETCH(std::string, message);
        QFETCH(std::string, code);
        QFETCH(int, offset);
        RequestHead head;
        const HeadResult result = parseRequestHead(message, {}, head);
        QCOMPARE(result.state, HeadState::Failed);
        QCOMPARE(ErrorCode(result.error).name(), std::string_view(code));
        QCOMPARE(result.size, static_cast<std::size_t>(offset));
    }

    void readsNamesAsGatewaysDo()
    {
        HeadRules rules;
        rules.asNginx = true;
        RequestHead head;
        const HeadResult result =
            parseRequestHead("GET / HTTP/1.1\r\nHost: a\r\nbroken\r\nX/Y: 1\r\nX.Y: 2\r\nX_Y: 3\r\n\r\n", rules, head);
        QCOMPARE(result.state, HeadState::Complete);
        QCOMPARE(head.headers, (HeaderMap{{"Host", "a"}, {"broken", ""}, {"X_Y", "3"}}));
    }

    void refusesRepeatedSingletons()
    {
        constexpr std::array<std::string_view, 1> singletons = {"authorization"};
        HeadRules rules;
        rules.singletons = singletons;
        RequestHead head;
        const std::string_view message = "GET / HTTP/1.1\r\nHost: a\r\nAuthorization: 1\r\nauthorization: 2\r\n\r\n";
        QCOMPARE(parseRequestHead(message, rules, head).error, WireErrorCode::RepeatedHeader);
        QCOMPARE(parseRequestHead(message, {}, head).state, HeadState::Complete);
    }

    void readsResponseHeads_data()
    {
        QTest::addColumn<std::string>("message");
        QTest::addColumn<bool>("accepted");
        const auto row = [](const char* name, const char* message, bool accepted) {
            QTest::newRow(name) << std::string(message) << accepted;
        };
        row("usual", "HTTP/1.1 200 OK\r\nA: 1\r\n\r\n", true);
        row("no reason", "HTTP/1.1 200 \r\n\r\n", true);
        row("no reason, no space", "HTTP/1.0 200\r\n\r\n", true);
        row("status of two digits", "HTTP/1.1 99 X\r\n\r\n", false);
        row("status of four digits", "HTTP/1.1 2000 X\r\n\r\n", false);
        row("status with a sign", "HTTP/1.1 +20 X\r\n\r\n", false);
        row("HTTP/2", "HTTP/2.0 200 OK\r\n\r\n", false);
        row("no colon", "HTTP/1.1 200 OK\r\nbroken\r\n\r\n", false);
        row("folded", "HTTP/1.1 200 OK\r\nA: 1\r\n 2\r\n\r\n", false);
    }

    void readsResponseHeads()
    {
        QFETCH(std::string, message);
        QFETCH(bool, accepted);
        ResponseHead head;
        QCOMPARE(parseResponseHead(message, {}, head).state, accepted ? HeadState::Complete : HeadState::Failed);
    }

    void framesResponses()
    {
        const auto framing = [](int status, std::string_view method, const HeaderMap& headers) {
            ResponseHead head;
            head.status = status;
            head.headers = headers;
            return responseFraming(head, method);
        };
        using Kind = BodyFraming::Kind;
        QCOMPARE(std::get<BodyFraming>(framing(200, "GET", {})).kind, Kind::UntilClose);
        QCOMPARE(std::get<BodyFraming>(framing(200, "HEAD", {{"Content-Length", "5"}})).kind, Kind::None);
        QCOMPARE(std::get<BodyFraming>(framing(304, "GET", {{"Content-Length", "5"}})).kind, Kind::None);
        QCOMPARE(std::get<BodyFraming>(framing(200, "GET", {{"Content-Length", "5"}})).length, std::uint64_t{5});
        QVERIFY(std::holds_alternative<WireErrorCode>(framing(304, "GET", {{"Content-Length", "x"}})));
    }

    void decodesChunksHoweverTheyAreCut_data()
    {
        QTest::addColumn<std::string>("input");
        QTest::addColumn<std::string>("body");
        QTest::addColumn<bool>("ends");
        const auto row = [](const char* name, const char* input, const char* body, bool ends) {
            QTest::newRow(name) << std::string(input) << std::string(body) << ends;
        };
        row("two chunks", "3\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n", "abc0123456789", true);
        row("extension and trailer", "3 ;x=\"y\"\r\nabc\r\n0\r\nT: 1\r\nU: 2\r\n\r\n", "abc", true);
        row("empty", "0\r\n\r\n", "", true);
        row("no number", "x\r\n", "", false);
        row("no size", "\r\nabc\r\n", "", false);
        row("too much data", "1\r\nabc\r\n", "a", false);
        row("LF alone", "1\na\r\n0\r\n\r\n", "", false);
        row("size of 17 digits", "10000000000000000\r\n", "", false);
        row("garbage behind the size", "1 x\r\na\r\n", "", false);
        row("bare CR in the trailer", "0\r\nT: a\rb\r\n\r\n", "", false);
        row("trailer without a colon", "0\r\nbroken\r\n\r\n", "", false);
        row("trailer without a name", "0\r\n: 1\r\n\r\n", "", false);
        row("white space before a trailer's colon", "0\r\nT : 1\r\n\r\n", "", false);
        row("folded trailer", "0\r\nT: 1\r\n 2\r\n\r\n", "", false);
        row("trailer ended by LF alone", "0\r\nT: 1\n\r\n", "", false);
    }

    void decodesChunksHoweverTheyAreCut()
    {
        QFETCH(std::string, input);
        QFETCH(std::string, body);
        QFETCH(bool, ends);
        for (std::size_t piece = 1; piece <= input.size(); ++piece) {
            const auto [found, state] = decode(input, piece);
            QCOMPARE(found, body);
            QCOMPARE(state, ends ? ChunkDecoder::State::End : ChunkDecoder::State::Failed);
        }
    }

    void limitsLinesAndTrailers()
    {
        QCOMPARE(decode(std::string(3000, '1'), 100).second, ChunkDecoder::State::Failed);
        QCOMPARE(decode("1;" + std::string(3000, 'x'), 100).second, ChunkDecoder::State::Failed);
        std::string trailers = "0\r\n";
        for (int i = 0; i < 1000; ++i)
            trailers += "X-Trailer: 12345678\r\n";
        QCOMPARE(decode(trailers, 100).second, ChunkDecoder::State::Failed);
    }

    void limitsTheNumberOfLines()
    {
        HeadRules rules;
        rules.maximumLines = 3;
        RequestHead head;
        const std::string_view three = "GET / HTTP/1.1\r\nHost: a\r\nA: 1\r\nB: 2\r\n\r\n";
        QCOMPARE(parseRequestHead(three, rules, head).state, HeadState::Complete);
        const std::string_view four = "GET / HTTP/1.1\r\nHost: a\r\nA: 1\r\nB: 2\r\nC: 3\r\n\r\n";
        QCOMPARE(parseRequestHead(four, rules, head).error, WireErrorCode::HeadTooLarge);
    }

    void knowsTheHeadersOfAConnection()
    {
        const HeaderMap headers{{"Connection", "keep-alive, X-A,,x-b ,"}, {"X-C", "1"}, {"connection", "upgrade"}};
        const Nominations nominations(headers);
        for (const std::string_view name : {"x-a", "X-B", "Upgrade"})
            QVERIFY(nominations.contain(name));
        for (const std::string_view name : {"", "X-C", "X", "X-AA", "keep-alive"})
            QVERIFY(!nominations.contain(name));
    }

    void writesNothingThatBreaksFraming()
    {
        std::string line;
        appendRequestLine(line, "GET", "/a b\r\n?c\td\x7f\xc3\xa4");
        QCOMPARE(line, std::string("GET /a%20b%0D%0A?c%09d%7F\xc3\xa4 HTTP/1.1\r\n"));
        std::string out;
        appendHeader(out, "X-A", "1\r\nX-B: 2");
        appendHeader(out, "X B", "1");
        appendStatusLine(out, 200, "O\nK");
        QCOMPARE(out, std::string("X-A: 1%0D%0AX-B: 2\r\nHTTP/1.1 200 O%0AK\r\n"));
    }
};

QTEST_APPLESS_MAIN(TestWire)
#include "tst_wire.moc"
