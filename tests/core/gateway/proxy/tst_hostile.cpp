// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gateway/proxy/proxybench.h"
#include "http/server/server.h"

#include <mutex>

using namespace claimsmith;
using namespace claimsmith::gateway;
using namespace claimsmith::gateway::testing;

namespace {

std::unique_ptr<Engine> startBefore(std::uint16_t upstream)
{
    EngineOptions options;
    options.threads = 1; // what one client does, the others share
    return start(serviceAt(urlOf(upstream), "retries: 0,", "paths: [/], strip_path: false"), std::move(options));
}

std::string ask(RawClient& client, std::string_view target, std::string_view method = "GET")
{
    client.send(std::string(method) + ' ' + std::string(target) + " HTTP/1.1\r\nHost: a\r\n\r\n");
    return client.readResponse(method != "HEAD");
}

/// A request that must not be taken for one: what stands behind the point where readers could disagree.
const std::string smuggled = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";

} // namespace

class TestHostile : public QObject
{
    Q_OBJECT

private:
    std::mutex m_mutex;
    QStringList m_seen; ///< requests that reached the upstream
    std::unique_ptr<http::Server> m_upstream;

    QStringList takeSeen()
    {
        const std::lock_guard lock(m_mutex);
        return std::exchange(m_seen, {});
    }

private slots:
    void initTestCase()
    {
        auto server = http::Server::start({}, [this](const http::Request& request) {
            const std::lock_guard lock(m_mutex);
            std::string text = request.head.method + ' ' + request.head.target + " [" + request.body + ']';
            for (const http::HeaderField& field : request.head.headers) {
                if (field.name.starts_with("X-Bad") || field.name.starts_with("Transfer_"))
                    text += ' ' + std::string(field.name);
            }
            m_seen << QString::fromStdString(text);
            return http::Response::make(200, "text/plain", request.head.target);
        });
        CLAIMSMITH_VERIFY_RESULT(server);
        m_upstream = std::move(server).value();
    }

    void init() { takeSeen(); }

    void refusesWhatCouldBeReadTwoWays_data()
    {
        QTest::addColumn<std::string>("request");
        QTest::addColumn<int>("status");
        const auto row = [](const char* name, const std::string& request, int status = 400) {
            QTest::newRow(name) << request << status;
        };
        const std::string post = "POST /bad HTTP/1.1\r\nHost: a\r\n";
        row("length, then chunked",
            post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + smuggled);
        row("chunked, then length",
            post + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n" + smuggled);
        row("two lengths", post + "Content-Length: 0\r\nContent-Length: 40\r\n\r\n" + smuggled);
        row("list of lengths", post + "Content-Length: 0, 0\r\n\r\n" + smuggled);
        row("length in hexadecimal", post + "Content-Length: 0x10\r\n\r\n" + smuggled);
        row("negative length", post + "Content-Length: -1\r\n\r\n" + smuggled);
        row("length with a space within", post + "Content-Length: 1 0\r\n\r\n" + smuggled);
        row("length behind a white space", post + "Content-Length : 40\r\n\r\n" + smuggled);
        row("coding behind a white space", post + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n" + smuggled);
        row("coding on a folded line", post + "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n" + smuggled);
        row("coding with a vertical tab", post + "Transfer-Encoding: \vchunked\r\n\r\n0\r\n\r\n" + smuggled, 501);
        row("coding in quotes", post + "Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n" + smuggled, 501);
        row("identity", post + "Transfer-Encoding: identity\r\nContent-Length: 3\r\n\r\nabc" + smuggled);
        row("identity alone", post + "Transfer-Encoding: identity\r\n\r\n" + smuggled, 501);
        row("chunked twice", post + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n" + smuggled, 501);
        row("chunked, not last", post + "Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n" + smuggled, 501);
        row("chunked in HTTP/1.0",
            "POST /bad HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + smuggled);
        row("CR in front of a header", post + "X: 1\rTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + smuggled);
        row("NUL in front of a header", post + std::string("X: 1\0Transfer-Encoding: chunked\r\n\r\n", 35) + smuggled);
        row("chunk size with a sign", post + "Transfer-Encoding: chunked\r\n\r\n+0\r\n\r\n" + smuggled);
        row("chunk size behind a space", post + "Transfer-Encoding: chunked\r\n\r\n 0\r\n\r\n" + smuggled);
        row("chunk size that overflows", post + "Transfer-Encoding: chunked\r\n\r\n10000000000000000\r\n" + smuggled);
        row("chunk that ends late", post + "Transfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n" + smuggled);
        row("LF in a chunk's extension", post + "Transfer-Encoding: chunked\r\n\r\n0;\n\r\n\r\n" + smuggled);
        row("CR in a chunk's extension", post + "Transfer-Encoding: chunked\r\n\r\n0;\rX\r\n\r\n" + smuggled);
        row("trailer that is none", post + "Transfer-Encoding: chunked\r\n\r\n0\r\n" + smuggled);
        row("space in the target", "GET /bad /x HTTP/1.1\r\nHost: a\r\n\r\n" + smuggled);
        row("two Hosts", "GET /bad HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n" + smuggled);
        row("HTTP/2 in text", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + smuggled, 505);
        row(
            "too many headers", "GET /bad HTTP/1.1\r\nHost: a\r\n" + [] {
                std::string lines;
                for (int i = 0; i < 1001; ++i)
                    lines += "a:\r\n";
                return lines;
            }() + "\r\n" + smuggled);
    }

    void refusesWhatCouldBeReadTwoWays()
    {
        QFETCH(std::string, request);
        QFETCH(int, status);
        const auto engine = startBefore(m_upstream->address().port);
        const std::uint16_t port = engine->proxyAddress().port;
        RawClient witness(port);
        QCOMPARE(bodyOf(ask(witness, "/1")), std::string_view("/1"));
        RawClient hostile(port);
        QVERIFY(hostile.send(request));
        const auto response = hostile.readToEnd();
        QVERIFY2(response.has_value(), "the connection was not closed");
        QCOMPARE(test::statusOf(*response), status);
        QVERIFY2(response->find("HTTP/1.1 ", 1) == std::string::npos, "there is a second answer");
        QCOMPARE(bodyOf(ask(witness, "/2")), std::string_view("/2"));
        QCOMPARE(takeSeen(), (QStringList{QStringLiteral("GET /1 []"), QStringLiteral("GET /2 []")}));
    }

    void forwardsOneRequestForOne_data()
    {
        QTest::addColumn<std::string>("request");
        QTest::addColumn<QString>("seen");
        const auto row = [](const char* name, const std::string& request, const char* seen) {
            QTest::newRow(name) << request << QString::fromLatin1(seen);
        };
        row("Connection names the length",
            "POST /1 HTTP/1.1\r\nHost: a\r\nConnection: close, Content-Length\r\nContent-Length: 35\r\n\r\n" + smuggled,
            "POST /1 [GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n]");
        row("Connection names the coding",
            "POST /1 HTTP/1.1\r\nHost: a\r\nConnection: close, Transfer-Encoding\r\nTransfer-Encoding: "
            "chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
            "POST /1 [abc]");
        row("Connection names the Host", "GET /1 HTTP/1.1\r\nHost: a\r\nConnection: close, Host\r\n\r\n", "GET /1 []");
        row("coding with an underscore",
            "GET /1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer_Encoding: chunked\r\n\r\n", "GET /1 []");
        row("trailers that would be headers",
            "POST /1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n"
            "X-Bad: 1\r\nContent-Length: 99\r\nHost: b\r\n\r\n",
            "POST /1 [abc]");
        row("a body that looks like a request",
            "POST /1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 35\r\n\r\n" + smuggled,
            "POST /1 [GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n]");
        row("a GET with a body",
            "GET /1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 35\r\n\r\n" + smuggled,
            "GET /1 [GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n]");
    }

    void forwardsOneRequestForOne()
    {
        QFETCH(std::string, request);
        QFETCH(QString, seen);
        const auto engine = startBefore(m_upstream->address().port);
        RawClient client(engine->proxyAddress().port);
        QVERIFY(client.send(request));
        const auto response = client.readToEnd();
        QCOMPARE(test::statusOf(response.value_or("open")), 200);
        QCOMPARE(takeSeen(), QStringList{seen});
    }

    void isNotHeldUpByHalfARequest_data()
    {
        QTest::addColumn<std::string>("half");
        const auto row = [](const char* name, const std::string& half) { QTest::newRow(name) << half; };
        row("nothing", "");
        row("one byte", "G");
        row("half a request line", "POST /half HT");
        row("half a head", "POST /half HTTP/1.1\r\nHost: a\r\nX-");
        row("a head without its body", "POST /half HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n");
        row("half a body", "POST /half HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc");
        row("half a large body", "POST /half HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\nabc");
        row("half a chunk", "POST /half HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab");
        row("chunks without an end", "POST /half HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n");
        row("a trailer without an end",
            "POST /half HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX-Bad: 1\r\n");
    }

    void isNotHeldUpByHalfARequest()
    {
        QFETCH(std::string, half);
        const auto engine = startBefore(m_upstream->address().port);
        const std::uint16_t port = engine->proxyAddress().port;
        RawClient witness(port);
        std::vector<std::unique_ptr<RawClient>> halves;
        for (int i = 0; i < 20; ++i) {
            halves.push_back(std::make_unique<RawClient>(port));
            QVERIFY(halves.back()->send(half));
            const std::string target = "/" + std::to_string(i);
            QCOMPARE(bodyOf(ask(witness, target)), std::string_view(target));
        }
        for (const auto& client : halves)
            client->reset();
        QTRY_COMPARE(engine->counters().connections, std::size_t{1});
        QCOMPARE(bodyOf(ask(witness, "/last")), std::string_view("/last"));
    }

    void givesNobodyWhatAnUpstreamSentUnasked_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<std::string>("answer");
        const std::string poison = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison";
        QTest::newRow("a second answer") << QByteArray("GET")
                                         << "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok" + poison;
        QTest::newRow("a body behind a HEAD")
            << QByteArray("HEAD")
            << "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(poison.size()) + "\r\n\r\n" + poison;
        QTest::newRow("a body behind a 204")
            << QByteArray("GET") << "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n" + poison;
        QTest::newRow("a body behind a 304")
            << QByteArray("GET") << "HTTP/1.1 304 Not Modified\r\nContent-Length: 0\r\n\r\n" + poison;
    }

    void givesNobodyWhatAnUpstreamSentUnasked()
    {
        QFETCH(QByteArray, method);
        QFETCH(std::string, answer);
        const RawServer upstream({answer, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nclean"});
        const auto engine = startBefore(upstream.port());
        RawClient client(engine->proxyAddress().port);
        const std::string first = ask(client, "/1", method.toStdString());
        QVERIFY(test::statusOf(first) < 400);
        QVERIFY(first.find("poison") == std::string::npos);
        QCOMPARE(bodyOf(ask(client, "/2")), std::string_view("clean"));
        QCOMPARE(upstream.connections(), 2);
    }

    void refusesBrokenAnswers_data()
    {
        QTest::addColumn<std::string>("answer");
        const auto row = [](const char* name, const std::string& answer) { QTest::newRow(name) << answer; };
        const std::string ok = "HTTP/1.1 200 OK\r\n";
        row("length and coding", ok + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n");
        row("two equal lengths", ok + "Content-Length: 2\r\nContent-Length: 2\r\n\r\nok");
        row("length that is no number", ok + "Content-Length: 2x\r\n\r\nok");
        row("unknown coding", ok + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n");
        row("coding in HTTP/1.0", "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        row("white space before a colon", ok + "Content-Length : 2\r\n\r\nok");
        row("folded header", ok + "X: 1\r\n 2\r\nContent-Length: 2\r\n\r\nok");
        row("CR in a header", ok + "X: 1\rContent-Length: 0\r\nContent-Length: 2\r\n\r\nok");
        row("header without a colon", ok + "broken\r\nContent-Length: 2\r\n\r\nok");
        row("status of four digits", "HTTP/1.1 2000 OK\r\nContent-Length: 2\r\n\r\nok");
        row("older protocol", "ICY 200 OK\r\nContent-Length: 2\r\n\r\nok");
        std::string interim;
        for (int i = 0; i < 40; ++i)
            interim += "HTTP/1.1 100 Continue\r\n\r\n";
        row("nothing but interim answers", interim + ok + "Content-Length: 2\r\n\r\nok");
    }

    void refusesBrokenAnswers()
    {
        QFETCH(std::string, answer);
        const RawServer upstream({answer});
        const auto engine = startBefore(upstream.port());
        RawClient client(engine->proxyAddress().port);
        QVERIFY(client.send("GET /1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"));
        const auto response = client.readToEnd();
        QVERIFY(response.has_value());
        QVERIFY(response->find("HTTP/1.1 502 ") != std::string::npos);
        QVERIFY(response->find("HTTP/1.1 200 ") == std::string::npos);
    }

    void dropsTrailersOfAnswers()
    {
        const RawServer upstream(
            {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Bad\r\n\r\n2\r\nok\r\n0\r\n"
             "X-Bad: 1\r\nContent-Length: 7\r\n\r\n"});
        const auto engine = startBefore(upstream.port());
        RawClient client(engine->proxyAddress().port);
        const std::string response = ask(client, "/1");
        QCOMPARE(test::statusOf(response), 200);
        QVERIFY(response.ends_with("\r\n2\r\nok\r\n0\r\n\r\n"));
        QVERIFY(response.find("X-Bad") == std::string::npos);
    }

    void cutsAnswersWithABrokenTrailer()
    {
        const RawServer upstream(
            {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nbroken\r\n\r\n"});
        const auto engine = startBefore(upstream.port());
        RawClient client(engine->proxyAddress().port);
        QVERIFY(client.send("GET /1 HTTP/1.1\r\nHost: a\r\n\r\n"));
        const auto response = client.readToEnd();
        QVERIFY2(response.has_value(), "the client has to see that the answer is not whole");
        QVERIFY(!response->ends_with("0\r\n\r\n"));
    }
};

QTEST_APPLESS_MAIN(TestHostile)
#include "tst_hostile.moc"
