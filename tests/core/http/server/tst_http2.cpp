// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/server/http2bench.h"
#include "http/client/client.h"

#include <future>

using namespace claimsmith;
using namespace claimsmith::http;
using namespace claimsmith::http::testing;
using claimsmith::test::RawClient;

/// Requests over HTTP/2 and their answers (RFC 9113).
class TestHttp2 : public QObject, private Http2Bench
{
    Q_OBJECT

private slots:
    void initTestCase() { prepare(); }

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

    void speaksBothInTheClear_data()
    {
        QTest::addColumn<QStringList>("pieces");
        QTest::addColumn<QString>("answer"); // how it begins; empty: that of HTTP/2
        const QString preface = QStringLiteral("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        QTest::newRow("HTTP/2") << QStringList{preface} << QString();
        QTest::newRow("HTTP/2 in pieces") << QStringList{"P", "RI * HTTP/2.0\r", preface.mid(15)} << QString();
        QTest::newRow("HTTP/1.1") << QStringList{"GET /a HTTP/1.1\r\nHost: a\r\n\r\n"} << "HTTP/1.1 200";
        QTest::newRow("HTTP/1.1 in pieces") << QStringList{"G", "ET /a HTTP/1.1\r\nHost: a\r\n\r\n"} << "HTTP/1.1 200";
        QTest::newRow("a method that begins like the preface")
            << QStringList{"PRI", "NT /a HTTP/1.1\r\nHost: a\r\n\r\n"} << "HTTP/1.1 200";
        QTest::newRow("half a preface, then HTTP/1.1")
            << QStringList{"PRI * HTTP/2.0\r\n\r\nGET / HTTP/1.1\r\n\r\n"} << "HTTP/1.1 505";
    }

    void speaksBothInTheClear()
    {
        QFETCH(QStringList, pieces);
        QFETCH(QString, answer);
        const auto server = serveClear(true);
        Http2Client client(server->address().port);
        for (const QString& piece : pieces)
            QVERIFY(client.raw().send(piece.toStdString()));
        if (!answer.isEmpty()) {
            QCOMPARE(QString::fromStdString(client.raw().readResponse()).left(answer.size()), answer);
            return;
        }
        QVERIFY(client.send(Http2Client::Settings, 0, 0, {}));
        QVERIFY(client.request(1, Http2Client::get("/a")));
        QCOMPARE(client.answer(1).body, std::string("GET /a 2\nHost: a.test\n\n"));
    }

    void takesNoHttp2WhereItIsNotOffered()
    {
        const auto server = serveClear(false);
        Http2Client client(server->address().port);
        QVERIFY(client.greet());
        QCOMPARE(test::statusOf(client.raw().readResponse()), 505);
        QCOMPARE(m_seen->handled.load(), 0);
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
};

QTEST_APPLESS_MAIN(TestHttp2)
#include "tst_http2.moc"
