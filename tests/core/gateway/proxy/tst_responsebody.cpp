// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gateway/proxy/proxybench.h"

using namespace claimsmith;
using namespace claimsmith::gateway;
using namespace claimsmith::gateway::testing;

/// What happens on the wire when a plugin wants the body of a response.
class TestResponseBody : public QObject
{
    Q_OBJECT

private slots:
    void framesWhatWasChanged_data();
    void framesWhatWasChanged();
    void keepsTheConnection();
    void answersHeadWithoutLength();
    void closesWhenThePluginBreaks();
    void sendsNothingOfWhatBrokeOff();
    void streamsWhatIsTooLarge();
    void changesItsOwnAnswers();
};

namespace {

std::unique_ptr<Engine> engineFor(std::uint16_t upstream)
{
    return start(serviceAt(urlOf(upstream), "retries: 0,", "paths: [/api]",
                           "plugins: [{name: response-transformer, config: {add: {json: ['n:v']}}}]"));
}

std::string jsonAnswer(const std::string& framing, const std::string& body)
{
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + framing + "\r\n\r\n" + body;
}

} // namespace

void TestResponseBody::framesWhatWasChanged_data()
{
    QTest::addColumn<std::string>("answer");
    QTest::newRow("length") << jsonAnswer("Content-Length: 7", "{\"a\":1}");
    QTest::newRow("chunks") << jsonAnswer("Transfer-Encoding: chunked", "3\r\n{\"a\r\n4\r\n\":1}\r\n0\r\n\r\n");
    QTest::newRow("until close") << jsonAnswer("Connection: close", "{\"a\":1}");
}

void TestResponseBody::framesWhatWasChanged()
{
    QFETCH(std::string, answer);
    const RawServer upstream({answer});
    const auto engine = engineFor(upstream.port());
    RawClient client(engine->proxyAddress().port);
    QVERIFY(client.send("GET /api HTTP/1.1\r\nHost: a\r\n\r\n"));
    const std::string response = client.readResponse();
    QCOMPARE(headerOf(response, "Transfer-Encoding"), std::string("chunked"));
    QCOMPARE(headerOf(response, "Content-Length"), std::string());
    QCOMPARE(bodyOf(response), std::string_view("f\r\n{\"a\":1,\"n\":\"v\"}\r\n0\r\n\r\n"));
}

void TestResponseBody::keepsTheConnection()
{
    const RawServer upstream({jsonAnswer("Content-Length: 2", "{}"), "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"});
    const auto engine = engineFor(upstream.port());
    RawClient client(engine->proxyAddress().port);
    QVERIFY(client.send("GET /api HTTP/1.1\r\nHost: a\r\n\r\n"));
    QCOMPARE(bodyOf(client.readResponse()), std::string_view("9\r\n{\"n\":\"v\"}\r\n0\r\n\r\n"));
    QVERIFY(client.send("GET /api HTTP/1.1\r\nHost: a\r\n\r\n"));
    QCOMPARE(bodyOf(client.readResponse()), std::string_view("ok"));
    QCOMPARE(upstream.connections(), 1);
}

void TestResponseBody::answersHeadWithoutLength()
{
    const RawServer upstream({jsonAnswer("Content-Length: 7", "")});
    const auto engine = engineFor(upstream.port());
    RawClient client(engine->proxyAddress().port);
    QVERIFY(client.send("HEAD /api HTTP/1.1\r\nHost: a\r\n\r\n"));
    const std::string response = client.readResponse(false);
    QCOMPARE(test::statusOf(response), 200);
    QCOMPARE(headerOf(response, "Content-Length"), std::string());
}

void TestResponseBody::closesWhenThePluginBreaks()
{
    const RawServer upstream({jsonAnswer("Content-Length: 6", "\"text\"")});
    const auto engine = engineFor(upstream.port());
    RawClient client(engine->proxyAddress().port);
    QVERIFY(client.send("GET /api HTTP/1.1\r\nHost: a\r\n\r\n"));
    QCOMPARE(client.readToEnd().value_or("still open"), std::string());
}

void TestResponseBody::sendsNothingOfWhatBrokeOff()
{
    const RawServer upstream({jsonAnswer("Content-Length: 9", "{\"a\"")});
    const auto engine = engineFor(upstream.port());
    RawClient client(engine->proxyAddress().port);
    QVERIFY(client.send("GET /api HTTP/1.1\r\nHost: a\r\n\r\n"));
    QCOMPARE(client.readToEnd().value_or("still open"), std::string());
}

void TestResponseBody::streamsWhatIsTooLarge()
{
    const RawServer upstream({jsonAnswer("Content-Length: 70000000", "{\"a\":1")});
    const auto engine = engineFor(upstream.port());
    RawClient client(engine->proxyAddress().port);
    QVERIFY(client.send("GET /api HTTP/1.1\r\nHost: a\r\n\r\n"));
    const std::string cut = client.readToEnd().value_or("still open");
    QCOMPARE(test::statusOf(cut), 200);
    QVERIFY2(bodyOf(cut).ends_with("{\"a\":1"), cut.c_str());
}

void TestResponseBody::changesItsOwnAnswers()
{
    const RawServer upstream({});
    const auto engine = engineFor(upstream.port());
    RawClient client(engine->proxyAddress().port);
    QVERIFY(client.send("GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n"));
    const std::string response = client.readResponse();
    QCOMPARE(test::statusOf(response), 404);
    QCOMPARE(headerOf(response, "Transfer-Encoding"), std::string("chunked"));
    QVERIFY(bodyOf(response).find("\"n\":\"v\"") != std::string_view::npos);
}

QTEST_APPLESS_MAIN(TestResponseBody)
#include "tst_responsebody.moc"
