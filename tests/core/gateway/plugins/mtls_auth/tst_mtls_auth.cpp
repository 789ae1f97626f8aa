// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gateway/plugins/explaining.h"

#include "base/file.h"
#include "crypto/certificate.h"
#include "crypto/tls.h"

using namespace claimsmith;
using namespace claimsmith::gateway;
using namespace claimsmith::gateway::testing;

class TestMtlsAuth : public QObject
{
    Q_OBJECT

private slots:
    void isForTheEnterpriseEdition();
    void refusesConfigurations_data();
    void refusesConfigurations();
    void decides_data();
    void decides();
    void passesOnWithoutLookup();
    void breaksWithoutAnAuthority();
    void explains_data();
    void explains();
};

namespace {

constexpr const char* rootId = "0c000000-0000-4000-8000-00000000000a";
constexpr const char* strangerId = "0c000000-0000-4000-8000-00000000000b";

std::string fileOf(const std::string& name)
{
    auto text = readFile(std::string(CLAIMSMITH_TEST_DATA) + "/tls/" + name);
    if (!text)
        qFatal("%s", text.error().toString().c_str());
    return *text;
}

std::string quoted(const std::string& text)
{
    return document::toJson(document::Value(text));
}

/// Two authorities, of which the plugin trusts the one of the test's client unless told otherwise.
std::string documentWith(const std::string& config, const std::string& consumers, const std::string& authority = rootId)
{
    return documentOf(R"({"name": "mtls-auth", "config": {"ca_certificates": [")" + authority + "\"]" +
                          (config.empty() ? "" : ", " + config) + "}}",
                      R"("ca_certificates": [{"id": ")" + std::string(rootId) + R"(", "cert": )" +
                          quoted(fileOf("root.crt")) + R"(}, {"id": ")" + strangerId + R"(", "cert": )" +
                          quoted(fileOf("stranger.crt")) + R"(}], "consumers": )" + consumers);
}

std::shared_ptr<const Snapshot> enterprise(const std::string& document)
{
    auto snapshot = buildSnapshot(json(document), {});
    if (!snapshot)
        qFatal("test configuration: %s", snapshot.error().toString().c_str());
    return *snapshot;
}

/// What a client named bob (client.test) sends.
Sent sentByBob()
{
    crypto::TlsPeer peer;
    for (const char* file : {"client.crt", "mid.crt"})
        peer.certificates.push_back(crypto::Certificate::fromPem(fileOf(file))->front());
    Sent sent{.target = "/r", .scheme = Scheme::Https};
    sent.tls = std::make_shared<const crypto::TlsPeer>(std::move(peer));
    return sent;
}

std::string mapping(const std::string& name, const std::string& authority)
{
    return R"([{"username": "mapped", "mtls_auth_credentials": [{"subject_name": ")" + name + "\"" +
           (authority.empty() ? "" : R"(, "ca_certificate": {"id": ")" + authority + "\"}") + "}]}]";
}

} // namespace

void TestMtlsAuth::isForTheEnterpriseEdition()
{
    BuildOptions options;
    options.edition = Edition::OpenSource;
    ConfigurationReport report;
    QVERIFY(!buildSnapshot(json(documentWith("", "[]")), options, &report));
    QCOMPARE(report.problems.front().message,
             std::string("plugin 'mtls-auth' not enabled; add it to the 'plugins' configuration property"));
}

void TestMtlsAuth::refusesConfigurations_data()
{
    QTest::addColumn<QString>("config");
    QTest::addColumn<QString>("problem");
    QTest::newRow("field of consumers") << R"("consumer_by": ["id"])"
                                        << "expected one of: username, custom_id";
    QTest::newRow("group") << R"("authenticated_group_by": "SAN")"
                           << "expected one of: CN, DN";
    QTest::newRow("mode") << R"("revocation_check_mode": "MAYBE")"
                          << "expected one of: SKIP, IGNORE_CA_ERROR, STRICT";
    QTest::newRow("defaults") << ""
                              << "";
}

void TestMtlsAuth::refusesConfigurations()
{
    QFETCH(QString, config);
    QFETCH(QString, problem);
    const auto found = QString::fromStdString(problemWith(documentWith(config.toStdString(), "[]")));
    QVERIFY2(problem.isEmpty() ? found.isEmpty() : found.endsWith(problem), qPrintable(found));
}

void TestMtlsAuth::decides_data()
{
    QTest::addColumn<QString>("config");
    QTest::addColumn<QString>("consumers");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("consumer");
    const auto row = [](const char* name, const std::string& config, const std::string& consumers, int status,
                        const char* consumer) {
        QTest::newRow(name) << QString::fromStdString(config) << QString::fromStdString(consumers) << status
                            << consumer;
    };
    const std::string named = R"([{"username": "client.test"}])";
    const std::string guest = R"([{"username": "guest"}])";
    row("user name", "", named, 200, "client.test");
    row("custom id", "", R"([{"username": "x", "custom_id": "bob@client.test"}])", 200, "x");
    row("common name behind alternative ones", "", R"([{"username": "bob"}])", 401, "");
    row("no field compared", R"("consumer_by": [])", named, 401, "");
    row("mapping by common name", "", mapping("bob", ""), 200, "mapped");
    row("mapping for the authority", "", mapping("client.test", rootId), 200, "mapped");
    row("mapping for another authority", "", mapping("client.test", strangerId), 401, "");
    row("default", R"("default_consumer": "guest")", guest, 200, "guest");
    row("anonymous", R"("anonymous": "guest")", guest, 200, "guest");
    row("nobody", "", guest, 401, "");
    row("revocation has to be known", R"("revocation_check_mode": "STRICT")", named, 401, "");
}

void TestMtlsAuth::decides()
{
    QFETCH(QString, config);
    QFETCH(QString, consumers);
    QFETCH(int, status);
    QFETCH(QString, consumer);
    const Passage passage(enterprise(documentWith(config.toStdString(), consumers.toStdString())), sentByBob());
    QCOMPARE(passage.status(), status);
    QCOMPARE(QString::fromStdString(passage.sentUpstream("X-Consumer-Username")), consumer);
    if (status == 401)
        QCOMPARE(*json(passage.body()).findString("message"), std::string("TLS certificate failed verification"));
}

/// Exports name authorities that are kept elsewhere: the configuration loads, and nobody gets in.
void TestMtlsAuth::breaksWithoutAnAuthority()
{
    const auto snapshot = enterprise(documentWith("", "[]", "0c000000-0000-4000-8000-0000000000ff"));
    QCOMPARE(Passage(snapshot, sentByBob()).status(), 500);
    QCOMPARE(Passage(snapshot, {.target = "/r"}).status(), 401);
}

void TestMtlsAuth::passesOnWithoutLookup()
{
    const Passage passage(enterprise(documentWith(R"("skip_consumer_lookup": true)", "[]")), sentByBob());
    QVERIFY(passage.isProxied());
    QCOMPARE(passage.sentUpstream("X-Client-Cert-Dn"), std::string("CN=bob"));
    QVERIFY(passage.sentUpstream("X-Client-Cert-San").starts_with("client.test, bob@client.test"));
    QCOMPARE(*passage.exchange.shared.find("authenticated_groups"), document::Value(document::Array{"bob"}));
}

void TestMtlsAuth::explains_data()
{
    QTest::addColumn<bool>("isTls");
    QTest::addColumn<bool>("isSent");
    QTest::addColumn<QString>("authority");
    QTest::addColumn<qint64>("now");
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("repairs");
    constexpr qint64 before2020 = 1'500'000'000;
    constexpr qint64 after2120 = 4'900'000'000;
    const qint64 now = testNow;
    QTest::newRow("in the clear") << false << false << rootId << now << "mtls-auth.no-tls.title"
                                  << "*open-plugin";
    QTest::newRow("no certificate") << true << false << rootId << now << "mtls-auth.no-certificate.title"
                                    << "*open-plugin";
    QTest::newRow("another authority") << true << true << strangerId << now << "mtls-auth.untrusted.title"
                                       << "*open-plugin";
    QTest::newRow("expired") << true << true << rootId << after2120 << "mtls-auth.expired.title"
                             << "*shift-clock open-plugin";
    QTest::newRow("not yet valid") << true << true << rootId << before2020 << "mtls-auth.not-yet-valid.title"
                                   << "*shift-clock open-plugin";
    QTest::newRow("nobody") << true << true << rootId << now << "mtls-auth.no-consumer.title"
                            << "*map-certificate open-plugin";
}

void TestMtlsAuth::explains()
{
    QFETCH(bool, isTls);
    QFETCH(bool, isSent);
    QFETCH(QString, authority);
    QFETCH(qint64, now);
    QFETCH(QString, title);
    QFETCH(QString, repairs);
    Sent sent = sentByBob();
    if (!isSent)
        sent.tls = isTls ? std::make_shared<const crypto::TlsPeer>() : nullptr;
    const auto snapshot = enterprise(documentWith("", R"([{"username": "guest"}])", authority.toStdString()));
    const Passage passage(snapshot, sent, std::make_shared<SharedState>(), now, true);
    QCOMPARE(passage.status(), 401);
    const Explanation explanation = explanationOf(passage, "mtls-auth");
    QCOMPARE(QString::fromStdString(explanation.title.id), title);
    QCOMPARE(QString::fromStdString(labelsOf(explanation)), repairs);
}

QTEST_APPLESS_MAIN(TestMtlsAuth)
#include "tst_mtls_auth.moc"
