// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/configuration.h"

#include "core/identity/fixture.h"

#include <QFile>

using namespace claimsmith;
using namespace claimsmith::identity;

class TestConfiguration : public QObject
{
    Q_OBJECT

private slots:
    void readsTheExample();
    void readsWhatItWrites();
    void refuses_data();
    void refuses();
    void knowsItsSecrets();
    void faultsAreInOrder();
};

/// The one that the module's README shows.
void TestConfiguration::readsTheExample()
{
    QFile file(QStringLiteral(CLAIMSMITH_SOURCE_DIR "/core/identity/README.md"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const std::string text = file.readAll().toStdString();
    const std::size_t begin = text.find("```json\n") + 8;
    const auto read = readConfiguration(text.substr(begin, text.find("```", begin) - begin), "README.md");
    CLAIMSMITH_VERIFY_RESULT(read);
    QCOMPARE(read->issuers.front().users.size(), std::size_t{4});
    QCOMPARE(read->issuers.front().clients.size(), std::size_t{3});
}

void TestConfiguration::readsWhatItWrites()
{
    auto read = readConfiguration(test::bank, "provider.json");
    CLAIMSMITH_VERIFY_RESULT(read);
    Issuer& issuer = read->issuers.front();
    issuer.rotateAfterDays = 30;
    issuer.keyPrefix = "keys";
    issuer.accessTokenType = "at+jwt";
    issuer.lifetimes = {1, 2, 3, 4, 5, 6, 7};
    issuer.faults.set(Fault::WrongKeyId, true);
    issuer.faults.set(Fault::Slow, true);
    issuer.clients.front().pkce = true;
    issuer.clients.front().webOrigins = {"http://localhost:3000"};
    read->listen = "127.0.0.1:9000";
    read->publicUrl = "https://idp.test";

    const std::string text = writeConfiguration(*read);
    const auto again = readConfiguration(text, "again.json");
    CLAIMSMITH_VERIFY_RESULT(again);
    QVERIFY(*again == *read);
    QCOMPARE(writeConfiguration(*again), text);
}

void TestConfiguration::refuses_data()
{
    QTest::addColumn<std::string>("issuer");
    QTest::addColumn<std::string>("code");
    QTest::addColumn<std::string>("place");
    const auto row = [](const char* name, const char* issuer, const char* code, const char* place) {
        QTest::newRow(name) << std::string(issuer) << std::string(code) << std::string(place);
    };
    row("path without slash", R"("path": "demo")", "invalid-path", "/issuers/0/path");
    row("path that ends in a slash", R"("path": "/demo/")", "invalid-path", "/issuers/0/path");
    row("path with an escape", R"("path": "/%64")", "invalid-path", "/issuers/0/path");
    row("misspelt member", R"("client": [])", "unknown-member", "/issuers/0/client");
    row("misspelt member of a client", R"("clients": [{"id": "a", "grants": [], "redirect": []}])", "unknown-member",
        "/issuers/0/clients/0/redirect");
    row("client without id", R"("clients": [{"grants": []}])", "missing-member", "/issuers/0/clients/0");
    row("two clients of one id", R"("clients": [{"id": "a", "grants": []}, {"id": "a", "grants": []}])", "duplicate",
        "/issuers/0/clients/1");
    row("secret in the file", R"("clients": [{"id": "a", "secret": "hunter2"}])", "secret-in-file",
        "/issuers/0/clients/0/secret");
    row("empty secret name", R"("clients": [{"id": "a", "secret": "{{secret:}}"}])", "secret-in-file",
        "/issuers/0/clients/0/secret");
    row("password in the file", R"("users": [{"username": "bob", "password": "bob"}])", "secret-in-file",
        "/issuers/0/users/0/password");
    row("private key", R"("clients": [{"id": "a", "grants": [], "keys": {"keys": [{"kty": "OKP", "crv": "Ed25519",
        "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo", "d": "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"}]}}])",
        "secret-in-file", "/issuers/0/clients/0/keys/keys/0");
    row("broken key", R"("clients": [{"id": "a", "grants": [], "keys": {"keys": [{"kty": "RSA"}]}}])", "key-invalid",
        "/issuers/0/clients/0/keys/keys/0");
    row("unknown grant", R"("clients": [{"id": "a", "grants": ["implicit"]}])", "unknown-value",
        "/issuers/0/clients/0/grants/0");
    row("relative redirect", R"("clients": [{"id": "a", "redirectUris": ["/back"]}])", "invalid-uri",
        "/issuers/0/clients/0/redirectUris/0");
    row("redirect with fragment", R"("clients": [{"id": "a", "redirectUris": ["http://a/b#c"]}])", "invalid-uri",
        "/issuers/0/clients/0/redirectUris/0");
    row("script for redirect", R"("clients": [{"id": "a", "redirectUris": ["javascript:alert"]}])", "invalid-uri",
        "/issuers/0/clients/0/redirectUris/0");
    row("origin with a path", R"("clients": [{"id": "a", "grants": [], "webOrigins": ["http://a/b"]}])", "invalid-uri",
        "/issuers/0/clients/0/webOrigins/0");
    row("code without redirect", R"("clients": [{"id": "a"}])", "inconsistent", "/issuers/0/clients/0");
    row("secret method without secret",
        R"("clients": [{"id": "a", "grants": [], "authentication": ["client_secret_post"]}])", "inconsistent",
        "/issuers/0/clients/0");
    row("none beside a secret",
        R"("clients": [{"id": "a", "grants": [], "secret": "{{secret:a}}", "authentication": ["none", "client_secret_basic"]}])",
        "inconsistent", "/issuers/0/clients/0");
    row("script in disguise", R"("clients": [{"id": "a", "redirectUris": ["JavaScript:alert"]}])", "invalid-uri",
        "/issuers/0/clients/0/redirectUris/0");
    row("public client for itself", R"("clients": [{"id": "a", "grants": ["client_credentials"]}])", "inconsistent",
        "/issuers/0/clients/0");
    row("lifetime of nothing", R"("lifetimes": {"code": 0})", "out-of-range", "/issuers/0/lifetimes/code");
    row("lifetime as text", R"("lifetimes": {"code": "1"})", "wrong-type", "/issuers/0/lifetimes/code");
    row("HMAC for ID tokens", R"("algorithm": "HS256")", "unknown-value", "/issuers/0/algorithm");
    row("unknown fault", R"("faults": ["gremlin"])", "unknown-value", "/issuers/0/faults/0");
}

void TestConfiguration::refuses()
{
    QFETCH(const std::string, issuer);
    QFETCH(const std::string, code);
    QFETCH(const std::string, place);
    const auto read = readConfiguration("{\n \"issuers\": [{" + issuer + "}]}", "provider.json");
    QVERIFY(!read);
    QCOMPARE(std::string(read.error().code.name()), code);
    QCOMPARE(read.error().place.pointer, place);
    QCOMPARE(read.error().place.file, std::string("provider.json"));
    QVERIFY(read.error().place.line >= 2);
    QVERIFY(!read.error().detail.empty());
    QVERIFY2(read.error().toString().find("hunter2") == std::string::npos, "an error must not tell the secret");
}

void TestConfiguration::knowsItsSecrets()
{
    const auto read = readConfiguration(test::bank, "provider.json");
    CLAIMSMITH_VERIFY_RESULT(read);
    const std::set<std::string> expected{"oidc/kong-bank", "oidc/batch", "oidc/signer",
                                         "oidc/exchanger", "oidc/bob",   "oidc/suzy"};
    QVERIFY(secretNames(*read) == expected);
    QCOMPARE(std::string(readConfiguration("[", "x").error().code.name()), std::string("unreadable"));
    QCOMPARE(std::string(readConfiguration("{}", "x").error().code.name()), std::string("missing-member"));
}

void TestConfiguration::faultsAreInOrder()
{
    QCOMPARE(faults().size(), faultCount);
    for (std::size_t i = 0; i < faultCount; ++i) {
        const FaultInfo& row = faults()[i];
        QCOMPARE(static_cast<std::size_t>(row.fault), i);
        QVERIFY(findFault(row.id) == row.fault);
        QVERIFY(!row.title.empty() && row.meaning.ends_with('.'));
    }
    QVERIFY(!findFault("gremlin"));
}

QTEST_APPLESS_MAIN(TestConfiguration)
#include "tst_configuration.moc"
