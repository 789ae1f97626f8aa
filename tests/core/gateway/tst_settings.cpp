// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/settings.h"

#include "base/base64.h"

#include "gateway/engine.h"
#include "support/data.h"
#include "support/rawclient.h"
#include "support/rawserver.h"
#include "support/testing.h"

using namespace claimsmith;
using namespace claimsmith::gateway;
using claimsmith::test::bodyOf;
using claimsmith::test::headerOf;
using claimsmith::test::RawClient;
using claimsmith::test::RawServer;
using claimsmith::test::testData;

namespace {

Settings settingsOf(const SettingValues& values)
{
    auto reading = readSettings(values);
    if (!reading)
        qFatal("%s", reading.error().toString().c_str());
    return std::move(reading).value().settings;
}

constexpr const char* empty200 = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

/// A gateway with these settings before an upstream.
struct Bench
{
    explicit Bench(const SettingValues& values, std::vector<std::string> answers = {empty200})
        : upstream(std::move(answers))
    {
        auto snapshot =
            loadSnapshot("{_format_version: '3.0', services: [{name: s, retries: 0, url: 'http://127.0.0.1:" +
                             std::to_string(upstream.port()) + "', routes: [{name: r, paths: [/api]}]}]}",
                         "test", {});
        EngineOptions options;
        options.listeners.front().address.port = 0;
        options.settings = settingsOf(values);
        auto started = Engine::start(std::move(options), std::move(snapshot).value());
        if (!started)
            qFatal("%s", started.error().toString().c_str());
        engine = std::move(started).value();
    }

    std::string get(const std::string& headers = {}, const std::string& path = "/api")
    {
        RawClient client(engine->proxyAddress().port);
        client.send("GET " + path + " HTTP/1.1\r\nHost: a.test\r\n" + headers + "\r\n");
        return client.readResponse();
    }

    std::string sent(std::string_view header) const { return headerOf(upstream.received(), header); }

    RawServer upstream;
    std::unique_ptr<Engine> engine;
};

} // namespace

class TestSettings : public QObject
{
    Q_OBJECT

private slots:
    void readsAKongConf()
    {
        const auto values = parseKongConf("# comment\n\nproxy_listen = 127.0.0.1:1, 127.0.0.1:2 ssl # two\n"
                                          "HEADERS=off\r\nssl_ciphers = 'A:B # C'\nheaders = server_tokens\n");
        CLAIMSMITH_VERIFY_RESULT(values);
        const SettingValues expected{
            {"proxy_listen", "127.0.0.1:1, 127.0.0.1:2 ssl"}, {"headers", "server_tokens"}, {"ssl_ciphers", "A:B # C"}};
        QVERIFY(*values == expected);
        const auto bad = parseKongConf("a = 1\nnonsense\n");
        QVERIFY(!bad);
        QCOMPARE(bad.error().place.line, std::size_t{2});
    }

    void readsValues()
    {
        const Settings settings =
            settingsOf({{"proxy_listen", "127.0.0.1:1 reuseport backlog=16384, [::1]:2 http2 ssl"},
                        {"admin_listen", "off"},
                        {"client_max_body_size", "2m"},
                        {"upstream_keepalive_pool_size", "3"},
                        {"upstream_keepalive_max_requests", "0"},
                        {"upstream_keepalive_idle_timeout", "90"},
                        {"ssl_protocols", "TLSv1.2"},
                        {"ssl_ciphers", "ECDHE-RSA-AES128-GCM-SHA256"},
                        {"ssl_cipher_suite", "custom"},
                        {"ssl_session_timeout", "5m"},
                        {"port_maps", "80:8000, 443:8443"}});
        QCOMPARE(settings.proxyListen->size(), std::size_t{2});
        QCOMPARE(settings.proxyListen->back().address.toString(), std::string("[::1]:2"));
        QVERIFY(settings.proxyListen->back().tls && !settings.proxyListen->front().tls);
        QVERIFY(settings.proxyListen->back().http2 && !settings.proxyListen->front().http2);
        QVERIFY(settings.adminListen && settings.adminListen->empty());
        QCOMPARE(settings.clientMaximumBody, std::uint64_t{2U << 20U});
        QCOMPARE(settings.keepalive.poolSize, std::size_t{3});
        QCOMPARE(settings.keepalive.maximumRequests, std::uint64_t{0});
        QCOMPARE(settings.keepalive.idleTime.count(), std::int64_t{90});
        QVERIFY(settings.tls.maximum == crypto::TlsVersion::Tls12);
        QCOMPARE(settings.tls.ciphers, std::string("ECDHE-RSA-AES128-GCM-SHA256"));
        QCOMPARE(settings.tls.sessionLifetime.count(), std::int64_t{300});
        QCOMPARE(settings.mappedPort(8443), std::uint16_t{443});
        QCOMPARE(settings.mappedPort(9), std::uint16_t{9});
    }

    void readsListeners_data()
    {
        QTest::addColumn<std::string>("text");
        QTest::addColumn<bool>("tls");
        QTest::addColumn<bool>("http2");
        QTest::addColumn<bool>("clearHttp2");
        QTest::newRow("in the clear") << std::string("127.0.0.1:1") << false << false << false;
        QTest::newRow("in the clear with HTTP/2") << std::string("127.0.0.1:1 http2") << false << true << true;
        QTest::newRow("under TLS") << std::string("127.0.0.1:1 ssl") << true << false << false;
        QTest::newRow("under TLS with HTTP/2") << std::string("127.0.0.1:1 http2 ssl") << true << true << true;
    }

    void readsListeners()
    {
        QFETCH(std::string, text);
        for (const char* const name : {"proxy_listen", "admin_listen"}) {
            const Settings settings = settingsOf({{name, text}});
            const auto& listeners =
                name == std::string_view("proxy_listen") ? settings.proxyListen : settings.adminListen;
            QCOMPARE(listeners->size(), std::size_t{1});
            QTEST(listeners->front().tls, "tls");
            QTEST(listeners->front().http2, "http2");
            QTEST(listeners->front().clearHttp2, "clearHttp2");
        }
    }

    void readsCertificates_data()
    {
        QTest::addColumn<std::string>("certificate");
        QTest::addColumn<std::string>("key");
        const std::string folder = std::string(CLAIMSMITH_TEST_DATA) + "/tls/server";
        const std::string certificate = testData("tls/server.crt");
        const std::string key = testData("tls/server.key");
        QTest::newRow("files") << folder + ".crt" << folder + ".key";
        QTest::newRow("texts") << certificate << key;
        QTest::newRow("texts in base64") << toBase64(certificate) << toBase64(key);
        QTest::newRow("one of each") << folder + ".crt" << toBase64(key);
    }

    void readsCertificates()
    {
        QFETCH(std::string, certificate);
        QFETCH(std::string, key);
        const Settings proxy = settingsOf({{"ssl_cert", certificate}, {"ssl_cert_key", key}});
        QCOMPARE(proxy.identities.size(), std::size_t{1});
        QVERIFY(proxy.adminIdentities.empty());
        const Settings admin = settingsOf({{"admin_ssl_cert", certificate}, {"admin_ssl_cert_key", key}});
        QCOMPARE(admin.adminIdentities.size(), std::size_t{1});
        QVERIFY(admin.identities.empty());
    }

    void aSuiteBringsVersionsAndCiphers_data()
    {
        QTest::addColumn<std::string>("suite");
        QTest::addColumn<int>("minimum");
        QTest::newRow("none is intermediate") << std::string() << static_cast<int>(crypto::TlsVersion::Tls12);
        QTest::newRow("modern") << std::string("modern") << static_cast<int>(crypto::TlsVersion::Tls13);
        QTest::newRow("old") << std::string("old") << static_cast<int>(crypto::TlsVersion::Tls10);
    }

    void aSuiteBringsVersionsAndCiphers()
    {
        QFETCH(std::string, suite);
        SettingValues values{{"ssl_protocols", "TLSv1.1"}, {"ssl_ciphers", "NOT-A-CIPHER"}};
        if (!suite.empty())
            values.emplace("ssl_cipher_suite", suite);
        const Settings settings = settingsOf(values);
        QTEST(static_cast<int>(settings.tls.minimum), "minimum");
        QVERIFY(settings.tls.maximum == crypto::TlsVersion::Tls13);
        QVERIFY(settings.tls.ciphers != "NOT-A-CIPHER");
    }

    void refusesValues_data()
    {
        QTest::addColumn<std::string>("name");
        QTest::addColumn<std::string>("value");
        const auto row = [](const char* name, const char* value) {
            QTest::newRow(qPrintable(QString("%1=%2").arg(name, value))) << std::string(name) << std::string(value);
        };
        row("proxy_listen", "nowhere");
        row("proxy_listen", "127.0.0.1:1 quickly");
        row("proxy_listen", "127.0.0.1:1 backlog=x");
        row("trusted_ips", "10.0.0.0/99");
        row("real_ip_recursive", "maybe");
        row("real_ip_header", "proxy_protocol");
        row("headers", "X-Unknown");
        row("client_max_body_size", "-1");
        row("client_max_body_size", "99999999999g");
        row("ssl_protocols", "SSLv3");
        row("ssl_protocols", "");
        row("ssl_cipher_suite", "quantum");
        row("ssl_cert", "/nowhere.crt");
        row("ssl_cert", "bm8gUEVN");
        row("admin_ssl_cert", "/nowhere.crt");
        row("router_flavor", "expressions");
        row("error_default_type", "image/png");
        row("port_maps", "80");
        row("port_maps", "80:99999");
    }

    void refusesValues()
    {
        QFETCH(std::string, name);
        QFETCH(std::string, value);
        const auto reading = readSettings({{name, value}});
        QVERIFY(!reading);
        QCOMPARE(reading.error().place.pointer, name);
    }

    void namesWhatChangesNothing()
    {
        const auto reading = readSettings({{"database", "off"}, {"headers", "off"}, {"plugins", "bundled"}});
        CLAIMSMITH_VERIFY_RESULT(reading);
        const std::vector<std::string> expected{"database", "plugins"};
        QVERIFY(reading->unsupported == expected);
    }

    void findsTheClientBehindProxies_data()
    {
        QTest::addColumn<std::string>("value");
        QTest::addColumn<bool>("recursive");
        QTest::addColumn<std::string>("client");
        QTest::newRow("one") << std::string("1.2.3.4") << false << std::string("1.2.3.4");
        QTest::newRow("the last") << std::string("1.1.1.1, 10.0.0.9") << false << std::string("10.0.0.9");
        QTest::newRow("the last untrusted")
            << std::string("6.6.6.6, 1.1.1.1, 10.0.0.9") << true << std::string("1.1.1.1");
        QTest::newRow("all trusted") << std::string("10.0.0.1, 10.0.0.9") << true << std::string("10.0.0.1");
        QTest::newRow("stops at nonsense") << std::string("1.1.1.1, x, 10.0.0.9") << true << std::string("10.0.0.9");
        QTest::newRow("nonsense") << std::string("x") << false << std::string();
        QTest::newRow("nothing") << std::string() << true << std::string();
    }

    void findsTheClientBehindProxies()
    {
        QFETCH(std::string, value);
        QFETCH(bool, recursive);
        QFETCH(std::string, client);
        TrustSettings trust{{*parseAddressRange("10.0.0.0/8")}, "X-Forwarded-For", recursive};
        QCOMPARE(trust.clientAddress(value).value_or(""), client);
    }

    void believesTrustedPeersOnly()
    {
        const std::string told = "X-Real-IP: 1.2.3.4\r\nX-Forwarded-For: 5.6.7.8\r\nX-Forwarded-Proto: https\r\n"
                                 "X-Forwarded-Host: Outside.test\r\nX-Forwarded-Port: 99\r\nX-Forwarded-Path: /o\r\n"
                                 "X-Forwarded-Prefix: /p\r\n";
        Bench trusting(SettingValues{{"trusted_ips", "127.0.0.0/8, ::1"}});
        QCOMPARE(test::statusOf(trusting.get(told)), 200);
        QCOMPARE(trusting.sent("X-Real-IP"), std::string("1.2.3.4"));
        QCOMPARE(trusting.sent("X-Forwarded-For"), std::string("5.6.7.8, 127.0.0.1"));
        QCOMPARE(trusting.sent("X-Forwarded-Proto"), std::string("https"));
        QCOMPARE(trusting.sent("X-Forwarded-Host"), std::string("Outside.test"));
        QCOMPARE(trusting.sent("X-Forwarded-Port"), std::string("99"));
        QCOMPARE(trusting.sent("X-Forwarded-Path"), std::string("/o"));
        QCOMPARE(trusting.sent("X-Forwarded-Prefix"), std::string("/p"));

        Bench wary(SettingValues{{"trusted_ips", "10.0.0.0/8"}});
        QCOMPARE(test::statusOf(wary.get(told)), 200);
        QCOMPARE(wary.sent("X-Real-IP"), std::string("127.0.0.1"));
        QCOMPARE(wary.sent("X-Forwarded-Proto"), std::string("http"));
        QCOMPARE(wary.sent("X-Forwarded-Host"), std::string("a.test"));
        QCOMPARE(wary.sent("X-Forwarded-Path"), std::string("/api"));
        QCOMPARE(wary.sent("X-Forwarded-Prefix"), std::string("/api"));
    }

    void addsTheHeadersThatAreWanted()
    {
        Bench silent(SettingValues{{"headers", "off"}, {"headers_upstream", "off"}});
        const std::string response = silent.get();
        QCOMPARE(test::statusOf(response), 200);
        for (const char* name :
             {"Via", "Server", "X-Kong-Proxy-Latency", "X-Kong-Upstream-Latency", "X-Kong-Request-Id"})
            QVERIFY2(headerOf(response, name).empty(), name);
        QVERIFY(silent.sent("X-Kong-Request-Id").empty());
        const std::string own = silent.get({}, "/nowhere");
        QCOMPARE(test::statusOf(own), 404);
        QVERIFY(headerOf(own, "X-Kong-Response-Latency").empty());
        QVERIFY(headerOf(own, "Server").empty());

        Bench chosen(SettingValues{{"headers", "Via, X-Kong-Upstream-Status"}});
        const std::string some = chosen.get();
        QCOMPARE(headerOf(some, "Via"), std::string("1.1 kong/3.9.1"));
        QCOMPARE(headerOf(some, "X-Kong-Upstream-Status"), std::string("200"));
        QVERIFY(headerOf(some, "X-Kong-Proxy-Latency").empty());
        QVERIFY(!chosen.sent("X-Kong-Request-Id").empty());
    }

    void tellsWhoDebugs()
    {
        Bench open(SettingValues{{"allow_debug_header", "on"}}, {empty200, empty200});
        const std::string told = open.get("Kong-Debug: 1\r\n");
        QCOMPARE(headerOf(told, "Kong-Route-Name"), std::string("r"));
        QCOMPARE(headerOf(told, "Kong-Service-Name"), std::string("s"));
        Bench closed(SettingValues{});
        QVERIFY(headerOf(closed.get("Kong-Debug: 1\r\n"), "Kong-Route-Name").empty());
    }

    void refusesLargeBodiesAndUsesTheErrorType()
    {
        Bench bench(SettingValues{{"client_max_body_size", "4"}, {"error_default_type", "text/html"}});
        RawClient client(bench.engine->proxyAddress().port);
        client.send("POST /api HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nabcde");
        const std::string response = client.readResponse();
        QCOMPARE(test::statusOf(response), 413);
        QCOMPARE(headerOf(response, "Content-Type"), std::string("text/html; charset=utf-8"));
        QVERIFY(bench.upstream.received().empty());
    }

    void keepsNoConnectionsWhenTold()
    {
        Bench bench(SettingValues{{"upstream_keepalive_pool_size", "0"}}, {empty200, empty200});
        QCOMPARE(test::statusOf(bench.get()), 200);
        QCOMPARE(test::statusOf(bench.get()), 200);
        QCOMPARE(bench.upstream.connections(), 2);
    }

    void showsTheCertificateOfTheSettings()
    {
        auto snapshot = loadSnapshot("{_format_version: '3.0', services: []}", "test", {});
        CLAIMSMITH_VERIFY_RESULT(snapshot);
        EngineOptions options;
        options.listeners = {{{"127.0.0.1", 0}, true}};
        options.settings = settingsOf({{"ssl_cert", std::string(CLAIMSMITH_TEST_DATA) + "/tls/server.crt"},
                                       {"ssl_cert_key", testData("tls/server.key")}});
        const auto engine = Engine::start(std::move(options), std::move(snapshot).value());
        CLAIMSMITH_VERIFY_RESULT(engine);
        const auto tls = *crypto::TlsClientContext::create({});
        const RawClient client((*engine)->proxyTlsAddress()->port, *tls, "any.test");
        QVERIFY(client.isConnected());
        QCOMPARE(client.peer().certificates.front().commonName(), std::string("server.test"));
    }
};

QTEST_GUILESS_MAIN(TestSettings)
#include "tst_settings.moc"
