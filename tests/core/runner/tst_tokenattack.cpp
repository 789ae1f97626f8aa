// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runner/tokenattack.h"

#include "support/rawserver.h"
#include "support/testing.h"

using namespace claimsmith;
using namespace claimsmith::runner;
using jose::forge::Answer;
using jose::forge::Outcome;

class TestTokenAttack : public QObject
{
    Q_OBJECT

private slots:
    void tellsLoopback_data();
    void tellsLoopback();
    void judgesAnswers();
    void carriesBothTokens();
    void sendsNoBrokenHeader();
};

void TestTokenAttack::tellsLoopback_data()
{
    QTest::addColumn<std::string>("url");
    QTest::addColumn<bool>("isLocal");
    const auto row = [](const char* url, bool isLocal) { QTest::newRow(url) << std::string(url) << isLocal; };
    row("http://127.0.0.1:8000/x", true);
    row("http://127.8.9.10/", true);
    row("https://localhost/", true);
    row("http://api.localhost:1/", true);
    row("http://[::1]:9/", true);
    row("http://0.0.0.0/", false);
    row("http://127.0.0.1.example.com/", false);
    row("http://127.1/", false);
    row("http://localhost.example/", false);
    row("http://127.0.0.1@example.com/", false);
    row("http://[::ffff:8.8.8.8]/", false);
    row("http://10.0.0.1/", false);
    row("nonsense", false);
}

void TestTokenAttack::tellsLoopback()
{
    QFETCH(const std::string, url);
    QTEST(isLoopback(url), "isLocal");
}

void TestTokenAttack::judgesAnswers()
{
    test::RawServer server({"HTTP/1.1 204 No Content\r\n\r\n", "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n",
                            "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n",
                            "HTTP/1.1 302 Found\r\nLocation: /login\r\nContent-Length: 0\r\n\r\n"});
    http::Client client;
    AttackTarget target;
    target.request.url = "http://127.0.0.1:" + std::to_string(server.port()) + "/";
    const auto verifier = httpVerifier(client, target);
    const Answer accepted = verifier({.label = "1", .token = "a.b.c"});
    QVERIFY(accepted.outcome == Outcome::Accepted);
    QCOMPARE(accepted.detail, std::string("204 No Content"));
    QVERIFY(verifier({.label = "2", .token = "a.b.c"}).outcome == Outcome::Refused);
    QVERIFY(verifier({.label = "3", .token = "a.b.c"}).outcome == Outcome::Failed);
    QVERIFY(verifier({.label = "4", .token = "a.b.c"}).outcome == Outcome::Accepted);
    QVERIFY(verifier({.label = "cut", .token = "a.b.c"}).outcome == Outcome::Failed);
    QVERIFY(server.received().find("Authorization: Bearer a.b.c\r\n") != std::string::npos);
}

void TestTokenAttack::carriesBothTokens()
{
    test::RawServer server({"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n"});
    http::Client client;
    AttackTarget target;
    target.request.url = "http://127.0.0.1:" + std::to_string(server.port()) + "/x?y=1#z";
    target.header = "X-Token";
    target.prefix = "";
    httpVerifier(client, target)({.label = "", .token = "one", .beside = "two"});
    const std::string received = server.received();
    QVERIFY(received.starts_with("GET /x?y=1&jwt=two HTTP/1.1\r\n"));
    QVERIFY(received.find("X-Token: one\r\n") != std::string::npos);
    QVERIFY(received.find("Cookie: jwt=two\r\n") != std::string::npos);
}

void TestTokenAttack::sendsNoBrokenHeader()
{
    http::Client client;
    AttackTarget target;
    target.request.url = "http://127.0.0.1:9/";
    for (const std::string& token : {std::string("a\nb"), std::string("a\rb"), std::string("a\0b", 3)})
        QVERIFY(httpVerifier(client, target)({.label = "", .token = token}).outcome == Outcome::NotSent);
}

QTEST_APPLESS_MAIN(TestTokenAttack)
#include "tst_tokenattack.moc"
