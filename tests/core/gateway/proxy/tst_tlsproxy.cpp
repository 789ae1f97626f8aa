// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"
#include "core/gateway/proxy/proxybench.h"
#include "crypto/tls.h"
#include "http/server/server.h"
#include "http/server/serverconnection.h"
#include "support/data.h"

#include <atomic>

using namespace claimsmith;
using namespace claimsmith::gateway;
using namespace claimsmith::gateway::testing;
using claimsmith::test::testData;

namespace {

crypto::TlsIdentity identity(const std::string& name)
{
    auto read = crypto::TlsIdentity::fromPem(testData("tls/" + name + ".crt") + testData("tls/mid.crt"),
                                             testData("tls/" + name + ".key"));
    if (!read)
        qFatal("%s", read.error().toString().c_str());
    return std::move(read).value();
}

/// An upstream with TLS that says which name and which certificate it saw, and gives back what it was sent.
class SecureUpstream final : public http::StreamHandler
{
public:
    SecureUpstream(const crypto::TlsIdentity& own, std::atomic<int>& handshakes) : m_own(own), m_handshakes(handshakes)
    {
    }

    crypto::TlsOffer offer(std::string_view) override
    {
        ++m_handshakes;
        return {&m_own, nullptr, true};
    }

    http::Task<void> handle(http::ServerConnection& connection) override
    {
        const crypto::TlsPeer& peer = *connection.tls();
        std::string body = "sni=" + peer.serverName +
                           " client=" + (peer.certificates.empty() ? "none" : peer.certificates.front().commonName()) +
                           "\n";
        while (!connection.isBodyComplete() && !connection.bodyError()) {
            const BytesView piece = co_await connection.readBody();
            body += piece;
        }
        http::ResponseHead head;
        co_await connection.send(head, body);
    }

private:
    const crypto::TlsIdentity& m_own;
    std::atomic<int>& m_handshakes;
};

std::string block(std::string_view pem)
{
    std::string text = "|\n";
    for (const std::string_view line : split(trimmed(pem), '\n'))
        text += "      " + std::string(line) + "\n";
    return text;
}

std::string certificateEntity(const std::string& name, const std::string& id, const QStringList& names)
{
    std::string text = "  - id: " + id +
                       "\n    cert: " + block(testData("tls/" + name + ".crt") + testData("tls/mid.crt")) +
                       "    key: " + block(testData("tls/" + name + ".key"));
    text += "    snis:\n";
    for (const QString& sni : names)
        text += "    - name: \"" + sni.toStdString() + "\"\n";
    return names.isEmpty() ? text.substr(0, text.size() - std::string("    snis:\n").size()) : text;
}

constexpr const char* rootId = "00000000-0000-4000-8000-000000000001";
constexpr const char* strangerId = "00000000-0000-4000-8000-000000000002";
constexpr const char* clientId = "00000000-0000-4000-8000-000000000003";
constexpr const char* serverId = "00000000-0000-4000-8000-000000000004";

std::string authorities()
{
    return "ca_certificates:\n  - id: " + std::string(rootId) + "\n    cert: " + block(testData("tls/root.crt")) +
           "  - id: " + strangerId + "\n    cert: " + block(testData("tls/stranger.crt"));
}

std::unique_ptr<Engine> startBoth(SnapshotPointer snapshot)
{
    EngineOptions options;
    options.listeners = {{{"127.0.0.1", 0}}, {{"127.0.0.1", 0}, true}};
    return start(std::move(snapshot), std::move(options));
}

std::string post(RawClient& client, std::string_view target, std::string_view body = {})
{
    client.send("POST " + std::string(target) + " HTTP/1.1\r\nHost: gw.test\r\nContent-Length: " +
                std::to_string(body.size()) + "\r\n\r\n" + std::string(body));
    return client.readResponse();
}

} // namespace

class TestTlsProxy : public QObject
{
    Q_OBJECT

private:
    std::shared_ptr<const crypto::TlsClientContext> m_client;
    std::optional<crypto::TlsIdentity> m_server;
    std::optional<crypto::TlsIdentity> m_expired;

    std::unique_ptr<http::Server> upstream(const crypto::TlsIdentity& own, std::atomic<int>& handshakes) const
    {
        http::ServerOptions options;
        options.listeners.front().tls = *crypto::TlsServerContext::create({});
        auto server = http::Server::start(
            options, [&](http::Worker&) { return std::make_unique<SecureUpstream>(own, handshakes); });
        return server ? std::move(server).value() : nullptr;
    }

private slots:
    void initTestCase()
    {
        m_client = *crypto::TlsClientContext::create({});
        m_server = identity("server");
        m_expired = identity("expired");
    }

    void showsTheCertificateOfTheName_data()
    {
        QTest::addColumn<std::string>("name");
        QTest::addColumn<std::string>("shown"); // "" : its own
        QTest::newRow("exact") << std::string("a.test") << std::string("server");
        QTest::newRow("under a star in front") << std::string("x.wild.test") << std::string("client");
        QTest::newRow("under a star behind") << std::string("right.one") << std::string("client");
        QTest::newRow("a star is one label") << std::string("x.y.wild.test") << std::string();
        QTest::newRow("exact before a star") << std::string("exact.wild.test") << std::string("server");
        QTest::newRow("unknown") << std::string("unknown.test") << std::string();
        QTest::newRow("none") << std::string() << std::string();
    }

    void showsTheCertificateOfTheName()
    {
        QFETCH(std::string, name);
        QFETCH(std::string, shown);
        const auto engine =
            startBoth(load("certificates:\n" + certificateEntity("server", serverId, {"a.test", "exact.wild.test"}) +
                           certificateEntity("client", clientId, {"*.wild.test", "right.*"})));
        RawClient client(engine->proxyTlsAddress()->port, *m_client, name);
        QVERIFY(client.isConnected());
        const crypto::Certificate seen = client.peer().certificates.front();
        QCOMPARE(seen.commonName(),
                 shown.empty() ? std::string("localhost") : identity(shown).certificate().commonName());
        QCOMPARE(test::statusOf(post(client, "/")), 404);
    }

    void showsANewCertificateAfterAReload()
    {
        const auto engine = startBoth(load("services: []"));
        RawClient before(engine->proxyTlsAddress()->port, *m_client, "a.test");
        QCOMPARE(before.peer().certificates.front().commonName(), std::string("localhost"));
        engine->apply(load("certificates:\n" + certificateEntity("server", serverId, {"a.test"})));
        RawClient after(engine->proxyTlsAddress()->port, *m_client, "a.test");
        QCOMPARE(after.peer().certificates.front().commonName(), std::string("server.test"));
        // The old connection goes on.
        QCOMPARE(test::statusOf(post(before, "/")), 404);
    }

    void routesByNameAndScheme()
    {
        const auto engine = startBoth(load("routes:\n"
                                           "- {name: s, protocols: [https], snis: [a.test], paths: [/x]}\n"));
        RawClient right(engine->proxyTlsAddress()->port, *m_client, "a.test");
        QCOMPARE(test::statusOf(post(right, "/x")), 503); // a route without a service
        RawClient wrong(engine->proxyTlsAddress()->port, *m_client, "b.test");
        QCOMPARE(test::statusOf(post(wrong, "/x")), 404);
        RawClient clear(engine->proxyAddress().port);
        QCOMPARE(test::statusOf(post(clear, "/x")), 426);
    }

    void verifiesUpstreams_data()
    {
        QTest::addColumn<bool>("isExpired");
        QTest::addColumn<std::string>("settings");
        QTest::addColumn<int>("status");
        const std::string root = "ca_certificates: [" + std::string(rootId) + "]";
        const std::string stranger = "ca_certificates: [" + std::string(strangerId) + "]";
        QTest::newRow("not verified") << true << std::string() << 200;
        QTest::newRow("not verified though told whom to trust") << true << stranger << 200;
        QTest::newRow("trusted") << false << "tls_verify: true, " + root << 200;
        QTest::newRow("both trusted") << false
                                      << "tls_verify: true, ca_certificates: [" + std::string(strangerId) + ", " +
                                             rootId + "]"
                                      << 200;
        QTest::newRow("not trusted") << false << "tls_verify: true, " + stranger << 502;
        QTest::newRow("not known to the system") << false << std::string("tls_verify: true") << 502;
        QTest::newRow("expired") << true << "tls_verify: true, " + root << 502;
        QTest::newRow("deep enough") << false << "tls_verify: true, tls_verify_depth: 1, " + root << 200;
        QTest::newRow("too deep") << false << "tls_verify: true, tls_verify_depth: 0, " + root << 502;
    }

    void verifiesUpstreams()
    {
        QFETCH(bool, isExpired);
        QFETCH(std::string, settings);
        QFETCH(int, status);
        std::atomic<int> handshakes{0};
        const auto server = upstream(isExpired ? *m_expired : *m_server, handshakes);
        const auto engine = startBoth(load(
            "services: [{name: s, retries: 0, url: 'https://127.0.0.1:" + std::to_string(server->address().port) +
            "', " + settings + (settings.empty() ? "" : ", ") + "routes: [{name: r, paths: [/]}]}]\n" + authorities()));
        RawClient client(engine->proxyAddress().port);
        const std::string response = post(client, "/");
        QCOMPARE(test::statusOf(response), status);
        if (status == 200)
            QCOMPARE(bodyOf(response), std::string_view("sni= client=none\n"));
        else
            QVERIFY(bodyOf(response).starts_with("An invalid response was received from the upstream server"));
    }

    void verifiesTheNameOfTheHostHeader_data()
    {
        QTest::addColumn<std::string>("host");
        QTest::addColumn<int>("status");
        QTest::newRow("its name") << std::string("server.test") << 200;
        QTest::newRow("with a port") << std::string("x.server.test:99") << 200;
        QTest::newRow("another's name") << std::string("other.test") << 502;
    }

    void verifiesTheNameOfTheHostHeader()
    {
        QFETCH(std::string, host);
        QFETCH(int, status);
        std::atomic<int> handshakes{0};
        const auto server = upstream(*m_server, handshakes);
        const auto engine = startBoth(
            load("services: [{name: s, retries: 0, url: 'https://127.0.0.1:" + std::to_string(server->address().port) +
                 "', tls_verify: true, ca_certificates: [" + rootId +
                 "], routes: [{name: r, paths: [/], preserve_host: true}]}]\n" + authorities()));
        RawClient client(engine->proxyAddress().port);
        client.send("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
        const std::string response = client.readResponse();
        QCOMPARE(test::statusOf(response), status);
        if (status == 200)
            QCOMPARE(bodyOf(response), "sni=" + host.substr(0, host.find(':')) + " client=none\n");
    }

    void showsUpstreamsItsCertificateAndKeepsConnections()
    {
        std::atomic<int> handshakes{0};
        const auto server = upstream(*m_server, handshakes);
        const std::string url = "'https://localhost:" + std::to_string(server->address().port) + "'";
        const std::string text = "services:\n- {name: a, url: " + url + ", client_certificate: " + clientId +
                                 ", routes: [{name: a, paths: [/a]}]}\n- {name: b, url: " + url +
                                 ", routes: [{name: b, paths: [/b]}]}\ncertificates:\n" +
                                 certificateEntity("client", clientId, {});
        EngineOptions options;
        options.threads = 1;
        options.listeners = {{{"127.0.0.1", 0}}};
        auto engine = Engine::start(std::move(options), load(text));
        CLAIMSMITH_VERIFY_RESULT(engine);
        RawClient client((*engine)->proxyAddress().port);
        for (int i = 0; i < 3; ++i) {
            // Who shows a certificate shares no connection with who does not.
            QCOMPARE(bodyOf(post(client, "/a")), std::string_view("sni=localhost client=bob\n"));
            QCOMPARE(bodyOf(post(client, "/b")), std::string_view("sni=localhost client=none\n"));
            (*engine)->apply(load(text));
        }
        QCOMPARE(handshakes.load(), 2);
    }

    void passesLargeBodiesUnderTls()
    {
        std::atomic<int> handshakes{0};
        const auto server = upstream(*m_server, handshakes);
        const auto engine =
            startBoth(load("services: [{name: s, url: 'https://127.0.0.1:" + std::to_string(server->address().port) +
                           "', routes: [{name: r, paths: [/]}]}]"));
        RawClient client(engine->proxyTlsAddress()->port, *m_client, {});
        std::string body;
        for (int i = 0; body.size() < 3'000'000; ++i)
            body += std::to_string(i) + ' ';
        const std::string response = post(client, "/", body);
        QCOMPARE(test::statusOf(response), 200);
        QVERIFY(bodyOf(response).substr(bodyOf(response).find('\n') + 1) == body);
        // And the connection serves the next one.
        QCOMPARE(test::statusOf(post(client, "/", "x")), 200);
    }

    void answersUpstreamsThatSpeakNoTls()
    {
        RawServer clear({"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"});
        const auto engine =
            startBoth(load("services: [{name: s, retries: 0, url: 'https://127.0.0.1:" + std::to_string(clear.port()) +
                           "', routes: [{name: r, paths: [/]}]}]"));
        RawClient client(engine->proxyAddress().port);
        QCOMPARE(test::statusOf(post(client, "/")), 502);
    }

    void gives504ToAHandshakeThatNeverEnds()
    {
        RawServer silent({}, RawServer::Silent);
        const auto engine =
            startBoth(load("services: [{name: s, retries: 0, connect_timeout: 50, url: 'https://127.0.0.1:" +
                           std::to_string(silent.port()) + "', routes: [{name: r, paths: [/]}]}]"));
        RawClient client(engine->proxyAddress().port);
        QCOMPARE(test::statusOf(post(client, "/")), 504);
    }

    void isNotDisturbedByBrokenHandshakes()
    {
        const auto engine = startBoth(load("services: []"));
        const std::uint16_t port = engine->proxyTlsAddress()->port;
        RawClient silent(port);
        RawClient half(port);
        half.send(std::string_view("\x16\x03\x01\x02\x00\x01", 6));
        RawClient garbage(port);
        garbage.send("\x16\x03\x01garbage garbage garbage");
        RawClient gone(port);
        gone.reset();
        RawClient client(port, *m_client, "a.test");
        QCOMPARE(test::statusOf(post(client, "/")), 404);
        QVERIFY(engine->stop(std::chrono::seconds(5)));
    }
};

QTEST_GUILESS_MAIN(TestTlsProxy)
#include "tst_tlsproxy.moc"
