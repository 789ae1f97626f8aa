// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/server/http2bench.h"

#include <thread>

using namespace claimsmith;
using namespace claimsmith::http;
using namespace claimsmith::http::testing;

/// Connections of HTTP/2 whose client leaves, or whose server stops.
class TestHttp2Lifetime : public QObject, private Http2Bench
{
    Q_OBJECT

private slots:
    void initTestCase() { prepare(); }

    void init() { m_seen = std::make_unique<Seen>(); }

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
};

QTEST_APPLESS_MAIN(TestHttp2Lifetime)
#include "tst_http2lifetime.moc"
