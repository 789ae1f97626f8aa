// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/base64.h"
#include "core/gateway/gatewaybench.h"
#include "gateway/explain.h"
#include "gateway/plugins/x_custom_jwt/subject.h"
#include "jose/generate.h"
#include "jose/jwk.h"
#include "jose/sign.h"
#include "jose/signature.h"
#include "jose/verify.h"

using namespace claimsmith;
using namespace claimsmith::gateway;
using namespace claimsmith::gateway::testing;
using document::Object;
using document::Value;

class TestXCustomJwt : public QObject
{
    Q_OBJECT

private slots:
    void isUnknownToTheOpenSourceEdition();
    void refusesConfigurations_data();
    void refusesConfigurations();
    void signsForAnApiKey();
    void keepsTheClaimsOfABearerToken();
    void signs_data();
    void signs();
    void namesTheServiceAsAudience_data();
    void namesTheServiceAsAudience();
    void refuses_data();
    void refuses();
    void breaksWithoutAService();
    void writesSubjectsInTheirOrder_data();
    void writesSubjectsInTheirOrder();
    void tracesWhereClaimsComeFrom();
};

namespace {

constexpr const char* secretJwk = R"({"kty":"oct","kid":"h","alg":"HS256","k":"not?base64url*but.thirty-two-ch"})";

Value config(const Object& own)
{
    Object all{{"private_jwk", secretJwk}, {"verbose", true}};
    for (const auto& [name, value] : own)
        all.set(name, value);
    return all;
}

/// The plugin on a route with key-auth (path /key), jwt (/jwt) and nothing else (/bare).
Result<std::shared_ptr<const Snapshot>> build(const Value& pluginConfig, ConfigurationReport* report = nullptr,
                                              Edition edition = Edition::Enterprise,
                                              const char* url = "http://up.test/base")
{
    Value document = json(R"({"_format_version": "3.0", "consumers": [
        {"id": "8a0d2c5e-7c3a-4a0f-9f0c-1f5f3d1b9a77", "username": "plain", "keyauth_credentials": [{"key": "k-plain"}]},
        {"username": "custom", "custom_id": "c-1", "keyauth_credentials": [{"key": "k-custom"}], "jwt_secrets": [{"key": "app", "secret": "s"}]}],
        "services": [{"name": "s", "plugins": [{"name": "x-custom-jwt"}], "routes": [
        {"name": "key", "paths": ["/key"], "plugins": [{"name": "key-auth"}]},
        {"name": "jwt", "paths": ["/jwt"], "plugins": [{"name": "jwt"}]}, {"name": "bare", "paths": ["/bare"]}]}]})");
    document.at("/services/0")->asObject()->set("url", url);
    document.at("/services/0/plugins/0")->asObject()->set("config", pluginConfig);
    BuildOptions options;
    options.edition = edition;
    return buildSnapshot(document, options, report);
}

std::shared_ptr<const Snapshot> snapshotWith(const Object& own = {}, const char* url = "http://up.test/base")
{
    auto built = build(config(own), nullptr, Edition::Enterprise, url);
    if (!built)
        qFatal("test configuration: %s", built.error().toString().c_str());
    return *built;
}

Value partOf(const std::string& token, int index)
{
    const auto parts = QString::fromStdString(token).split(u'.');
    return json(*fromBase64Url(parts[index].toStdString()));
}

/// A token for the jwt credential "app", its claims padded until no "-" or "_" stands in its payload.
std::string bearerToken(Object claims)
{
    claims.set("iss", "app");
    const auto key = jose::Key::fromSecret(SecretBytes(BytesView("s")));
    std::string token;
    do {
        claims.set("pad", claims.find("pad") ? *claims.find("pad")->asString() + "x" : std::string());
        token = *jose::signCompact(R"({"alg":"HS256"})", document::toJson(claims), key);
    } while (QString::fromStdString(token).split(u'.')[1].contains(QRegularExpression(QStringLiteral("[-_]"))));
    return token;
}

} // namespace

void TestXCustomJwt::isUnknownToTheOpenSourceEdition()
{
    ConfigurationReport report;
    QVERIFY(!build(config({}), &report, Edition::OpenSource));
    QCOMPARE(report.problems.front().message,
             std::string("plugin 'x-custom-jwt' not enabled; add it to the 'plugins' configuration property"));
}

void TestXCustomJwt::refusesConfigurations_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("message");
    QTest::newRow("header name") << "upstream_custom_jwt_header"
                                 << "a b"
                                 << "bad header name 'a b', allowed characters are A-Z, a-z, 0-9, '_', and '-'";
    QTest::newRow("no scheme") << "iss"
                               << "//host/x"
                               << "missing scheme in url";
    QTest::newRow("no host") << "jku"
                             << "https:///x"
                             << "missing host in url";
    QTest::newRow("no URL") << "jku"
                            << "kong"
                            << "missing host in url";
    QTest::newRow("any key") << "private_jwk"
                             << "{"
                             << "";
}

void TestXCustomJwt::refusesConfigurations()
{
    QFETCH(QString, field);
    QFETCH(QString, value);
    QFETCH(QString, message);
    ConfigurationReport report;
    const auto built = build(config({{field.toStdString(), value.toStdString()}}), &report);
    QCOMPARE(built.hasValue(), message.isEmpty());
    if (!message.isEmpty())
        QCOMPARE(QString::fromStdString(report.problems.front().message), message);
}

void TestXCustomJwt::signsForAnApiKey()
{
    const Passage passage(snapshotWith({{"downstream_custom_jwt_header", "X-Shown"}}),
                          {.target = "/key", .headers = {{"apikey", "k-custom"}, {"X-Custom-Jwt", "forged"}}});
    const std::string token = passage.sentUpstream("X-Custom-Jwt");
    QCOMPARE(passage.exchange.response.headers.value("X-Shown"), std::string_view(token));
    const std::string header =
        R"({"typ":"JWT","alg":"HS256","kid":"h","jku":"https://kong-gateway:8443/x-custom-jwt/jwks"})";
    QCOMPARE(document::toJson(partOf(token, 0)), header);
    Object claims = *partOf(token, 1).asObject();
    QCOMPARE(claims.find("jti")->asString()->size(), std::size_t(36));
    claims.remove("jti");
    const std::string expected =
        R"({"client_id":"k-custom","act":{"client_id":"c-1"},"iss":"https://kong-gateway:8443/x-custom-jwt",)"
        R"("iat":1795305600,"exp":1795307400,"aud":"http://up.test/base"})";
    QCOMPARE(document::toJson(claims), expected);
}

void TestXCustomJwt::keepsTheClaimsOfABearerToken()
{
    const std::string token = bearerToken(Object{{"clientId", "caller"},
                                                 {"sub", "someone"},
                                                 {"aud", "elsewhere"},
                                                 {"exp", 4102444800},
                                                 {"list", document::Array()},
                                                 {"act", Object{{"sub", "agent"}, {"client_id", "old"}}}});
    const Passage passage(snapshotWith({{"upstream_custom_jwt_header", "Authorization"}, {"expires_in", 0.5}}),
                          {.target = "/jwt", .headers = {{"Authorization", "Bearer " + token}}});
    const std::string value = passage.sentUpstream("Authorization");
    QVERIFY(value.starts_with("Bearer "));
    const Value claims = partOf(value.substr(7), 1);
    QCOMPARE(*claims.findString("sub"), std::string("someone"));
    QCOMPARE(*claims.findString("clientId"), std::string("caller"));
    QCOMPARE(*claims.findString("client_id"), std::string("caller"));
    QCOMPARE(*claims.findString("aud"), std::string("http://up.test/base"));
    QCOMPARE(document::toJson(*claims.find("exp")), std::string("1795305600.5"));
    const std::string actor = R"({"sub":"agent","client_id":"c-1"})";
    QCOMPARE(document::toJson(*claims.find("act")), actor);
    QCOMPARE(document::toJson(*claims.find("list")), std::string("{}")); // Lua has one kind of empty table
}

void TestXCustomJwt::signs_data()
{
    QTest::addColumn<QString>("algorithm");
    for (const char* algorithm : {"RS256", "RS512", "HS256", "HS512"})
        QTest::newRow(algorithm) << algorithm;
}

void TestXCustomJwt::signs()
{
    QFETCH(QString, algorithm);
    const auto& info = *jose::findAlgorithm(algorithm.toStdString());
    const bool isSecret = algorithm.startsWith(u'H');
    const std::string characters = "these characters, as they are: no base64url, and long enough for HS512";
    const auto key = isSecret ? Result<jose::Key>(jose::Key::fromSecret(SecretBytes(BytesView(characters))))
                              : jose::Key::fromPrivate(*crypto::PrivateKey::generateRsa(2048));
    Value jwk =
        isSecret ? Value(Object{{"kty", "oct"}, {"k", characters}}) : jose::writeJwk(*key, jose::KeyParts::Private);
    jwk.asObject()->set("alg", algorithm.toStdString());
    const Passage passage(snapshotWith({{"private_jwk", document::toJson(jwk)}}),
                          {.target = "/key", .headers = {{"apikey", "k-plain"}}});
    const std::string token = passage.sentUpstream("X-Custom-Jwt");
    const auto lastDot = token.rfind('.');
    const auto verifier = isSecret ? jose::SignatureVerifier::forSecret(info.id, SecretBytes(BytesView(characters)))
                                   : jose::SignatureVerifier::forKey(info.id, *key->publicKey());
    QVERIFY(verifier->verify(token.substr(0, lastDot), *fromBase64Url(token.substr(lastDot + 1))));
    QCOMPARE(*partOf(token, 1).find("act")->findString("client_id"),
             std::string("8a0d2c5e-7c3a-4a0f-9f0c-1f5f3d1b9a77")); // no custom_id: the consumer's id
}

void TestXCustomJwt::namesTheServiceAsAudience_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("audience");
    QTest::newRow("usual port") << "http://up.test/base"
                                << "http://up.test/base";
    QTest::newRow("usual port of the other protocol") << "http://up.test:443"
                                                      << "http://up.test";
    QTest::newRow("own port, no path") << "https://up.test:8443"
                                       << "https://up.test:8443";
}

void TestXCustomJwt::namesTheServiceAsAudience()
{
    QFETCH(QString, url);
    QFETCH(QString, audience);
    const Passage passage(snapshotWith({}, url.toStdString().c_str()),
                          {.target = "/key/sub?q", .headers = {{"apikey", "k-plain"}}});
    QCOMPARE(QString::fromStdString(*partOf(passage.sentUpstream("X-Custom-Jwt"), 1).findString("aud")), audience);
}

void TestXCustomJwt::refuses_data()
{
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("header");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("jwk");
    QTest::addColumn<QString>("verbose");
    QTest::addColumn<QString>("cause");
    const auto row = [](const char* name, const char* target, const char* header, const char* value, const char* jwk,
                        const char* verbose, const char* cause) {
        QTest::newRow(name) << target << header << value << jwk << verbose << cause;
    };
    const char* const none =
        "No suitable Authentication method is found: no Bearer token, no Basic Auth, no mTLS, no Key Auth";
    const char* const issue = "Issue with 'client_id' claim retrieval or Kong Consumer";
    const char* const payload =
        "Issue with 'client_id' claim retrieval or Kong Consumer. Unable to get the 'Auth token' "
        "payload: Inconsistent JWT: unable to get the typical structure Header.Payload.Signature";
    row("nothing", "/bare", "X-Other", "1", secretJwk, none, "no-credential");
    row("scheme by case", "/bare", "Authorization", "bearer a.b.c", secretJwk, none, "no-credential");
    row("key in the query alone", "/key?apikey=k-plain", "X-Other", "1", secretJwk, none, "no-credential");
    row("two parts", "/bare", "Authorization", "Bearer a.b", secretJwk, payload, "no-client-id");
    row("claim missing", "/bare", "Authorization", "Bearer e30.e30.x", secretJwk,
        "Issue with 'client_id' claim retrieval or Kong Consumer. Unable to get 'clientId' claim from the Bearer token",
        "no-client-id");
    row("Basic without base64", "/bare", "Authorization", "Basic ?", secretJwk,
        "Issue with 'client_id' claim retrieval or Kong Consumer. Unable to decode correctly in base64 the 'Basic "
        "Auth'",
        "no-client-id");
    row("no consumer", "/bare", "Authorization", "Basic dTpw", secretJwk,
        "Issue with 'client_id' claim retrieval or Kong Consumer. There is no Kong consumer credential", "no-consumer");
    row("Basic with an empty password", "/key?apikey=k-plain", "Authorization", "Basic dTo=", secretJwk, issue,
        "no-user-name");
    row("Basic with a colon in the password", "/key?apikey=k-plain", "Authorization", "Basic dTpwOnE=", secretJwk,
        issue, "no-user-name");
    row("algorithm", "/key", "apikey", "k-plain", R"({"kty":"EC","alg":"ES256"})", "Unknown algorithm 'ES256'",
        "bad-key");
    row("no algorithm", "/key", "apikey", "k-plain", "{}", "Unknown algorithm ''", "bad-key");
}

void TestXCustomJwt::refuses()
{
    QFETCH(QString, target);
    QFETCH(QString, header);
    QFETCH(QString, value);
    QFETCH(QString, jwk);
    QFETCH(QString, verbose);
    QFETCH(QString, cause);
    const Sent sent{.target = target.toStdString(), .headers = {{header.toStdString(), value.toStdString()}}};
    const Passage passage(snapshotWith({{"private_jwk", jwk.toStdString()}}), sent, true);
    QCOMPARE(passage.status(), 401);
    QCOMPARE(passage.answer->headers.value("Content-Type"), std::string_view("application/json"));
    QCOMPARE(QString::fromStdString(*json(passage.body()).findString("VerboseMessage")), verbose);
    const Explanation explanation = explain(*passage.exchange.trace, *passage.exchange.snapshot);
    QCOMPARE(QString::fromStdString(explanation.title.id), QStringLiteral("x-custom-jwt.%1.title").arg(cause));
    QCOMPARE(explanation.repairs.size(), std::size_t(1));
    const Passage quiet(snapshotWith({{"private_jwk", jwk.toStdString()}, {"verbose", false}}), sent);
    const std::string silent = R"({"ErrorMessage":"You are not authorized to access to this service"})";
    QCOMPARE(quiet.body(), silent);
}

void TestXCustomJwt::breaksWithoutAService()
{
    Value document =
        json(R"({"_format_version": "3.0", "consumers": [{"username": "c", "keyauth_credentials": [{"key": "k"}]}],
        "routes": [{"name": "r", "paths": ["/r"], "plugins": [{"name": "key-auth"}, {"name": "x-custom-jwt"}]}]})");
    document.at("/routes/0/plugins/1")->asObject()->set("config", config({}));
    const Passage passage(*buildSnapshot(document, {}), {.target = "/r", .headers = {{"apikey", "k"}}});
    QCOMPARE(passage.status(), 500);
}

void TestXCustomJwt::writesSubjectsInTheirOrder_data()
{
    QTest::addColumn<QString>("subject");
    QTest::addColumn<QString>("text");
    QTest::newRow("several")
        << "emailAddress=contact@konghq.com,CN=kong,OU=Konnect,O=Kong Inc.,ST=California,C=US"
        << "C=US, ST=California, O=Kong Inc., OU=Konnect, CN=kong, emailAddress=contact@konghq.com";
    QTest::newRow("escaped") << "CN=a\\+b,O=Kong\\, Inc.\\ "
                             << "O=Kong, Inc. , CN=a+b";
    QTest::newRow("octets") << "CN=Zo\\C3\\AB"
                            << "CN=Zo\u00eb";
    QTest::newRow("two in one") << "CN=b+O=a,C=US"
                                << "C=US, O=a, CN=b";
    QTest::newRow("ends in an escape") << "CN=a\\"
                                       << "CN=a";
}

void TestXCustomJwt::writesSubjectsInTheirOrder()
{
    QFETCH(QString, subject);
    QFETCH(QString, text);
    QCOMPARE(QString::fromStdString(xcustomjwt::subjectText(subject.toStdString())), text);
}

void TestXCustomJwt::tracesWhereClaimsComeFrom()
{
    const std::string token =
        bearerToken(Object{{"clientId", "caller"}, {"sub", "someone"}, {"act", Object{{"sub", "agent"}}}});
    const Passage passage(snapshotWith(), {.target = "/jwt", .headers = {{"Authorization", "Bearer " + token}}}, true);
    const auto step = std::ranges::find(passage.exchange.trace->steps, std::string("x-custom-jwt"), &Step::name);
    QVERIFY(step != passage.exchange.trace->steps.end());
    QStringList origins;
    for (const Finding& finding : step->findings)
        if (finding.check == "x-custom-jwt.claim")
            origins << QStringLiteral("%1 %2 %3")
                           .arg(QString::fromStdString(std::string(finding.parameter("claim"))),
                                QString::fromStdString(std::string(finding.parameter("origin"))),
                                QString::fromStdString(std::string(finding.parameter("source"))));
    QCOMPARE(
        origins.join(u';'),
        QStringLiteral("clientId copied clientId;sub copied sub;act extended custom_id;iss constant iss;pad copied "
                       "pad;client_id renamed clientId;iat clock ;exp clock expires_in;aud service ;jti random "));
    QCOMPARE(step->requestChanges.size(), std::size_t(1));
}

QTEST_APPLESS_MAIN(TestXCustomJwt)
#include "tst_x_custom_jwt.moc"
