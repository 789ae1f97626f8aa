// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/tls.h"
#include "document/json.h"
#include "gateway/engine.h"
#include "http/echo/echoserver.h"
#include "support/data.h"
#include "support/rawclient.h"
#include "support/testing.h"

#include <optional>

using namespace claimsmith;
using namespace claimsmith::gateway;
using claimsmith::test::bodyOf;
using claimsmith::test::RawClient;
using claimsmith::test::testData;
using document::Value;

/// mtls-auth behind a real listener: what a client proves in its handshake is what the plugin decides by.
class TestMtlsAuthHandshake : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void decides_data();
    void decides();
    void keepsWhoItIsForTheConnection();
    void asksNobodyElse();
};

namespace {

enum class Proof { None, Consumers, Unknown, Expired };

const char* const rootId = "00000000-0000-4000-8000-000000000001";

std::string quoted(const std::string& text)
{
    return document::toJson(Value(text));
}

/// Who the client is; nothing for a client without a certificate.
std::optional<crypto::TlsIdentity> identityOf(Proof proof)
{
    if (proof == Proof::None)
        return std::nullopt;
    if (proof == Proof::Unknown)
        return *crypto::TlsIdentity::selfSigned();
    const std::string name = proof == Proof::Consumers ? "tls/client" : "tls/expired";
    return *crypto::TlsIdentity::fromPem(testData(name + ".crt") + testData("tls/mid.crt"), testData(name + ".key"));
}

std::shared_ptr<const crypto::TlsClientContext> clientWith(Proof proof, crypto::TlsVersion version)
{
    crypto::TlsClientOptions options;
    options.minimum = options.maximum = version;
    options.identity = identityOf(proof);
    return *crypto::TlsClientContext::create(options);
}

std::string get(RawClient& client, const std::string& target = "/mtls")
{
    client.send("GET " + target + " HTTP/1.1\r\nHost: gw.test\r\n\r\n");
    return client.readResponse();
}

/// What the upstream got in a header; empty when it got none.
std::string echoed(const std::string& response, std::string_view name)
{
    const Value body = *document::parseJson(bodyOf(response));
    for (const Value& line : *body.find("headers")->asArray())
        if (*(*line.asArray())[0].asString() == name)
            return *(*line.asArray())[1].asString();
    return {};
}

/// A gateway with TLS before an upstream that tells what it got.
class Gateway
{
public:
    explicit Gateway(const std::string& config, const std::string& consumers = R"([{"username": "client.test"}])")
        : m_echo(*http::EchoServer::start({"127.0.0.1", 0}))
    {
        const std::string text =
            R"({"_format_version": "3.0", "services": [{"name": "s", "url": "http://)" + m_echo->address().toString() +
            R"(", "routes": [{"name": "open", "paths": ["/open"]}, {"name": "r", "paths": ["/mtls"], "plugins":
            [{"name": "mtls-auth", "config": {"ca_certificates": [")" +
            rootId + "\"]" + (config.empty() ? "" : ", " + config) + R"(}}]}]}], "ca_certificates": [{"id": ")" +
            rootId + R"(", "cert": )" + quoted(testData("tls/root.crt")) + R"(}], "consumers": )" + consumers + "}";
        auto snapshot = loadSnapshot(text, "test", {});
        if (!snapshot)
            qFatal("%s", snapshot.error().toString().c_str());
        EngineOptions options;
        options.listeners = {{{"127.0.0.1", 0}}, {{"127.0.0.1", 0}, true}};
        m_engine = *Engine::start(std::move(options), std::move(snapshot).value());
    }

    std::uint16_t port() const { return m_engine->proxyAddress().port; }
    std::uint16_t tlsPort() const { return m_engine->proxyTlsAddress()->port; }

private:
    std::unique_ptr<http::EchoServer> m_echo;
    std::unique_ptr<Engine> m_engine;
};

} // namespace

void TestMtlsAuthHandshake::initTestCase()
{
    const auto certificate = identityOf(Proof::Consumers)->certificate();
    QCOMPARE(certificate.commonName(), std::string("bob"));
}

void TestMtlsAuthHandshake::decides_data()
{
    QTest::addColumn<int>("proof");
    QTest::addColumn<std::string>("config");
    QTest::addColumn<std::string>("consumers");
    QTest::addColumn<std::string>("consumer"); ///< empty: refused
    QTest::addColumn<std::string>("message");
    const auto row = [](const char* name, Proof proof, const std::string& config, const std::string& consumers,
                        const std::string& consumer, const std::string& message) {
        QTest::newRow(name) << static_cast<int>(proof) << config << consumers << consumer << message;
    };
    const std::string named = R"([{"username": "client.test"}, {"username": "guest"}])";
    const std::string mapped =
        R"([{"username": "x", "mtls_auth_credentials": [{"subject_name": "bob"}]}, {"username": "guest"}])";
    const std::string nobody = R"([{"username": "guest"}])";
    const std::string anonymous = R"("anonymous": "guest")";
    const std::string notSent = "No required TLS certificate was sent";
    const std::string notVerified = "TLS certificate failed verification";
    row("a consumer's certificate", Proof::Consumers, "", named, "client.test", "");
    row("mapped by hand", Proof::Consumers, "", mapped, "x", "");
    row("no consumer", Proof::Consumers, "", nobody, "", notVerified);
    row("no certificate", Proof::None, "", named, "", notSent);
    row("another authority", Proof::Unknown, "", named, "", notVerified);
    row("expired", Proof::Expired, "", named, "", notVerified);
    row("anonymous has no need", Proof::Consumers, anonymous, named, "client.test", "");
    row("no consumer, anonymous", Proof::Consumers, anonymous, nobody, "guest", "");
    row("no certificate, anonymous", Proof::None, anonymous, named, "guest", "");
}

void TestMtlsAuthHandshake::decides()
{
    QFETCH(int, proof);
    QFETCH(std::string, config);
    QFETCH(std::string, consumers);
    QFETCH(std::string, consumer);
    QFETCH(std::string, message);
    const Gateway gateway(config, consumers);
    for (const auto version : {crypto::TlsVersion::Tls12, crypto::TlsVersion::Tls13}) {
        const auto tls = clientWith(static_cast<Proof>(proof), version);
        RawClient client(gateway.tlsPort(), *tls, "gw.test");
        QVERIFY(client.isConnected()); // whoever has no certificate is refused in HTTP
        const std::string response = get(client);
        QCOMPARE(test::statusOf(response), consumer.empty() ? 401 : 200);
        if (consumer.empty()) {
            QCOMPARE(*document::parseJson(bodyOf(response))->findString("message"), message);
            continue;
        }
        QCOMPARE(echoed(response, "X-Consumer-Username"), consumer);
        QCOMPARE(echoed(response, "X-Anonymous-Consumer"), std::string(consumer == "guest" ? "true" : ""));
    }
}

void TestMtlsAuthHandshake::keepsWhoItIsForTheConnection()
{
    const Gateway gateway("");
    const auto tls = clientWith(Proof::Consumers, crypto::TlsVersion::Tls13);
    RawClient client(gateway.tlsPort(), *tls, "gw.test");
    for (int i = 0; i < 3; ++i)
        QCOMPARE(echoed(get(client), "X-Consumer-Username"), std::string("client.test"));
    RawClient other(gateway.tlsPort(), *clientWith(Proof::None, crypto::TlsVersion::Tls13), "gw.test");
    QCOMPARE(test::statusOf(get(other)), 401);
    QCOMPARE(test::statusOf(get(client)), 200);
}

void TestMtlsAuthHandshake::asksNobodyElse()
{
    const Gateway gateway("");
    RawClient clear(gateway.port());
    QCOMPARE(test::statusOf(get(clear)), 401);
    QCOMPARE(test::statusOf(get(clear, "/open")), 200);
    RawClient unknown(gateway.tlsPort(), *clientWith(Proof::Unknown, crypto::TlsVersion::Tls13), "gw.test");
    const std::string response = get(unknown, "/open");
    QCOMPARE(test::statusOf(response), 200);
    QCOMPARE(echoed(response, "X-Consumer-Username"), std::string());
}

QTEST_GUILESS_MAIN(TestMtlsAuthHandshake)
#include "tst_mtls_auth_handshake.moc"
