// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gateway/plugins/openid_connect/guarded.h"

#include "gateway/plugins/openid_connect/checks.h"

using namespace claimsmith;
using namespace claimsmith::gateway;
using namespace claimsmith::gateway::testing;
using document::Object;
using document::Value;
using test::ScriptedProvider;

class TestBearer : public QObject
{
    Q_OBJECT

private slots:
    void findsTokens_data();
    void findsTokens();
    void verifies_data();
    void verifies();
    void challenges_data();
    void challenges();
    void holdsToRequirements_data();
    void holdsToRequirements();
    void findsConsumers_data();
    void findsConsumers();
    void fallsBackToTheAnonymousConsumer();
    void tellsTheUpstream();
    void tellsTheClient();
    void keepsClaimsOutOfTheWayOfHeaders();
    void leavesAForgedHeaderToKong();
    void forgetsForgedHeadersStrictly_data();
    void forgetsForgedHeadersStrictly();
    void beginsASessionThatEndsWithItsToken();
    void beginsNoSessionWhereThatIsNotWanted();
    void hidesCredentials();
    void discoversOnce();
    void discoversAgainForANewKey();
    void keepsWhatItKnowsWhileTheProviderIsDown();
    void breaksWithoutAProvider();
    void sharesGroups();
};

namespace {

Object parsed(const QString& text)
{
    const Value value = json(text.toStdString());
    return *value.asObject();
}

} // namespace

void TestBearer::findsTokens_data()
{
    QTest::addColumn<QString>("config");
    QTest::addColumn<QString>("header");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("query");
    QTest::addColumn<int>("status");
    const auto row = [](const char* name, const char* config, const char* header, const char* value, const char* query,
                        int status) { QTest::newRow(name) << config << header << value << query << status; };
    row("header", "", "Authorization", "Bearer TOKEN", "", 200);
    row("scheme in another case", "", "Authorization", "bearer TOKEN", "", 200);
    row("other scheme", "", "Authorization", "Token TOKEN", "", 401);
    row("access-token", "", "access-token", "TOKEN", "", 200);
    row("x-access-token", "", "X-Access-Token", "TOKEN", "", 200);
    row("query", "", "X-None", "", "access_token=TOKEN", 200);
    row("query that is not looked at", R"("bearer_token_param_type": ["header"])", "X-None", "", "access_token=TOKEN",
        401);
    row("cookie", R"("bearer_token_param_type": ["cookie"], "bearer_token_cookie_name": "t")", "Cookie", "a=1; t=TOKEN",
        "", 200);
    row("cookie without a name", R"("bearer_token_param_type": ["cookie"])", "Cookie", "t=TOKEN", "", 401);
    row("nothing", "", "X-None", "", "", 401);
}

void TestBearer::findsTokens()
{
    QFETCH(QString, config);
    QFETCH(QString, header);
    QFETCH(QString, value);
    QFETCH(QString, query);
    QFETCH(int, status);
    const Guarded gateway(R"("auth_methods": ["bearer"])" +
                          (config.isEmpty() ? std::string() : ", " + config.toStdString()));
    const auto token = QString::fromStdString(gateway.token());
    Sent sent{.target = "/r?" + query.replace("TOKEN", token).toStdString()};
    sent.headers = {{header.toStdString(), value.replace("TOKEN", token).toStdString()}};
    QCOMPARE(gateway.send(sent)->status(), status);
}

void TestBearer::verifies_data()
{
    QTest::addColumn<QString>("config");
    QTest::addColumn<QString>("claims");
    QTest::addColumn<QString>("header");
    QTest::addColumn<QString>("failed");
    const auto row = [](const char* name, const char* config, const QString& claims, const char* header,
                        std::string_view failed) {
        QTest::newRow(name) << config << claims << header << QString::fromStdString(std::string(failed));
    };
    const QString past = QString("{\"exp\": %1}").arg(testNow - 10);
    const QString future = QString("{\"nbf\": %1}").arg(testNow + 10);
    const QString early = QString("{\"iat\": %1}").arg(testNow + 10);
    using namespace openidconnect;
    row("good", "", "{}", "{}", "");
    row("expired", "", past, "{}", expiration);
    row("expired at this second", "", QString("{\"exp\": %1}").arg(testNow), "{}", expiration);
    row("expired within the leeway", R"("leeway": 11)", past, "{}", "");
    row("not yet valid", "", future, "{}", notBefore);
    row("not yet valid within the leeway", R"("leeway": 10)", future, "{}", "");
    row("from the future", "", early, "{}", issuedAt);
    row("expiry that is a text", "", R"({"exp": "soon"})", "{}", expiration);
    row("other issuer", "", R"({"iss": "https://other.test"})", "{}", issuerKnown);
    row("no issuer", "", R"({"iss": null})", "{}", issuerKnown);
    row("allowed issuer", R"("issuers_allowed": ["https://other.test"])", R"({"iss": "https://other.test"})", "{}", "");
    row("allowed issuer that is nothing", R"("issuers_allowed": ["{vault://env/claimsmith-none}"])", R"({"iss": ""})",
        "{}", issuerKnown);
    row("discovered issuer beside allowed ones", R"("issuers_allowed": ["https://other.test"])", "{}", "{}", "");
    row("claims that nobody verifies", R"("verify_claims": false)", past, "{}", "");
    row("unknown key", "", "{}", R"({"kid": "third"})", keyFound);
    row("no key named", "", "{}", R"({"kid": null})", "");
    row("type that nobody minds", "", "{}", R"({"typ": "at+jwt"})", "");
    row("session cookie", R"("jwt_session_cookie": "sid")", R"({"sid": "7"})", "{}", sessionFits);
    row("login without a time", R"("max_age": 60)", "{}", "{}", loginRecent);
    row("old login", R"("max_age": 60)", QString("{\"auth_time\": %1}").arg(testNow - 61), "{}", loginRecent);
    row("fresh login", R"("max_age": 60)", QString("{\"auth_time\": %1}").arg(testNow - 60), "{}", "");
}

void TestBearer::verifies()
{
    QFETCH(QString, config);
    QFETCH(QString, claims);
    QFETCH(QString, header);
    QFETCH(QString, failed);
    const Guarded gateway(R"("auth_methods": ["bearer"])" +
                          (config.isEmpty() ? std::string() : ", " + config.toStdString()));
    const auto passage = gateway.bearer(gateway.token(parsed(claims), parsed(header)), true);
    QCOMPARE(passage->status(), failed.isEmpty() ? 200 : 401);
    if (failed.isEmpty())
        return;
    const Finding* finding = findingOf(*passage, failed.toStdString());
    QVERIFY(finding);
    QCOMPARE(finding->state, Finding::State::Failed);
    QCOMPARE(passage->body(), std::string(R"({"message":"Unauthorized"})"));
}

void TestBearer::challenges_data()
{
    QTest::addColumn<QString>("config");
    QTest::addColumn<QString>("token");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("challenge");
    QTest::addColumn<QString>("body");
    const char* const realm = R"(Bearer realm="127.0.0.1")";
    QTest::newRow("no token") << ""
                              << "" << 401 << realm << R"({"message":"Unauthorized"})";
    QTest::newRow("broken token") << ""
                                  << "a.b.c" << 401 << R"(Bearer realm="127.0.0.1", error="invalid_token")"
                                  << R"({"message":"Unauthorized"})";
    QTest::newRow("own message") << R"("unauthorized_error_message": "Go away")"
                                 << "" << 401 << realm << R"({"message":"Go away"})";
    QTest::newRow("code that is not told") << R"("expose_error_code": false)"
                                           << "a.b.c" << 401 << realm << R"({"message":"Unauthorized"})";
    QTest::newRow("reason") << R"("display_errors": true)"
                            << "a.b.c" << 401
                            << R"(Bearer realm="127.0.0.1", error="invalid_token", )"
                               R"(error_description="the token can't be read")"
                            << R"({"message":"Unauthorized","error_description":"the token can't be read"})";
    QTest::newRow("scope") << R"("scopes_required": ["admin"])"
                           << "GOOD" << 403 << R"(Bearer realm="127.0.0.1", error="insufficient_scope")"
                           << R"({"message":"Forbidden"})";
    QTest::newRow("own message of 403") << R"("scopes_required": ["admin"], "forbidden_error_message": "No")"
                                        << "GOOD" << 403 << R"(Bearer realm="127.0.0.1", error="insufficient_scope")"
                                        << R"({"message":"No"})";
    QTest::newRow("opaque token") << ""
                                  << "opaque" << 401 << R"(Bearer realm="127.0.0.1", error="invalid_token")"
                                  << R"({"message":"Unauthorized"})";
}

void TestBearer::challenges()
{
    QFETCH(QString, config);
    QFETCH(QString, token);
    QFETCH(int, status);
    QFETCH(QString, challenge);
    QFETCH(QString, body);
    const Guarded gateway(R"("auth_methods": ["bearer"])" +
                          (config.isEmpty() ? std::string() : ", " + config.toStdString()));
    const std::string text = token == "GOOD" ? gateway.token() : token.toStdString();
    const auto passage = text.empty() ? gateway.send({}) : gateway.bearer(text);
    QCOMPARE(passage->status(), status);
    QCOMPARE(QString::fromStdString(passage->received("WWW-Authenticate")), challenge);
    QCOMPARE(QString::fromStdString(passage->body()), body);
}

void TestBearer::holdsToRequirements_data()
{
    QTest::addColumn<QString>("config");
    QTest::addColumn<QString>("claims");
    QTest::addColumn<int>("status");
    const auto row = [](const char* name, const char* config, const char* claims, int status) {
        QTest::newRow(name) << config << claims << status;
    };
    row("scope in a text", R"("scopes_required": ["b"])", R"({"scope": "a b c"})", 200);
    row("scope in a list", R"("scopes_required": ["b"])", R"({"scope": ["a", "b"]})", 200);
    row("one of two lines", R"("scopes_required": ["x", "b"])", R"({"scope": "b"})", 200);
    row("all words of a line", R"("scopes_required": ["a b"])", R"({"scope": "b a"})", 200);
    row("one word of a line is missing", R"("scopes_required": ["a b"])", R"({"scope": "a"})", 403);
    row("second line is whole", R"("scopes_required": ["a b", "c d"])", R"({"scope": "a c d"})", 200);
    row("part of a word", R"("scopes_required": ["admin"])", R"({"scope": "administrator"})", 403);
    row("no claim", R"("scopes_required": ["a"])", "{}", 403);
    row("claim at a path", R"("scopes_required": ["a"], "scopes_claim": ["realm", "scopes"])",
        R"({"realm": {"scopes": ["a"]}})", 200);
    row("path that ends early", R"("scopes_required": ["a"], "scopes_claim": ["realm", "scopes"])", R"({"realm": "a"})",
        403);
    row("audience", R"("audience_required": ["api"])", R"({"aud": ["web", "api"]})", 200);
    row("other audience", R"("audience_required": ["api"])", R"({"aud": "web"})", 403);
    row("groups", R"("groups_required": ["g1"])", R"({"groups": ["g1"]})", 200);
    row("other groups", R"("groups_required": ["g1"])", R"({"groups": ["g2"]})", 403);
    row("roles", R"("roles_required": ["r"])", R"({"roles": "r"})", 200);
    row("line of nothing", R"("roles_required": [" "])", R"({"roles": "r"})", 403);
    row("reference that leads nowhere", R"("roles_required": ["{vault://env/claimsmith-none}"])", R"({"roles": "r"})",
        403);
    row("number", R"("roles_required": ["7"])", R"({"roles": 7})", 200);
    row("all kinds together", R"("roles_required": ["r"], "groups_required": ["g"])", R"({"roles": "r"})", 403);
    row("forbidden claim", R"("claims_forbidden": ["test"])", R"({"test": 1})", 403);
    row("no forbidden claim", R"("claims_forbidden": ["test"])", "{}", 200);
    row("domain", R"("domains": ["a.test"])", R"({"hd": "a.test"})", 200);
    row("other domain", R"("domains": ["a.test"])", R"({"hd": "b.test"})", 403);
    row("still required without verification", R"("verify_claims": false, "scopes_required": ["a"])", "{}", 403);
}

void TestBearer::holdsToRequirements()
{
    QFETCH(QString, config);
    QFETCH(QString, claims);
    QFETCH(int, status);
    const Guarded gateway(R"("auth_methods": ["bearer"], )" + config.toStdString());
    QCOMPARE(gateway.bearer(gateway.token(parsed(claims)))->status(), status);
}

void TestBearer::findsConsumers_data()
{
    QTest::addColumn<QString>("config");
    QTest::addColumn<QString>("claims");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("consumer");
    const auto row = [](const char* name, const char* config, const char* claims, int status, const char* consumer) {
        QTest::newRow(name) << config << claims << status << consumer;
    };
    row("not looked up", "", R"({"sub": "bob"})", 200, "");
    row("user name", R"("consumer_claim": ["sub"])", R"({"sub": "bob"})", 200, "bob");
    row("custom id", R"("consumer_claim": ["sub"])", R"({"sub": "b-1"})", 200, "bob");
    row("id", R"("consumer_claim": ["sub"], "consumer_by": ["id"])",
        R"({"sub": "0c000000-0000-4000-8000-00000000000a"})", 200, "bob");
    row("field that is not compared", R"("consumer_claim": ["sub"], "consumer_by": ["custom_id"])", R"({"sub": "bob"})",
        403, "");
    row("other case", R"("consumer_claim": ["sub"])", R"({"sub": "BOB"})", 403, "");
    row("other case that counts", R"("consumer_claim": ["sub"], "by_username_ignore_case": true)", R"({"sub": "BOB"})",
        200, "bob");
    row("claim at a path", R"("consumer_claim": ["user", "name"])", R"({"user": {"name": "bob"}})", 200, "bob");
    row("no claim", R"("consumer_claim": ["name"])", "{}", 403, "");
    row("unknown", R"("consumer_claim": ["sub"])", R"({"sub": "eve"})", 403, "");
    row("optional", R"("consumer_claim": ["sub"], "consumer_optional": true)", R"({"sub": "eve"})", 200, "");
}

void TestBearer::findsConsumers()
{
    QFETCH(QString, config);
    QFETCH(QString, claims);
    QFETCH(int, status);
    QFETCH(QString, consumer);
    const Guarded gateway(
        R"("auth_methods": ["bearer"])" + (config.isEmpty() ? std::string() : ", " + config.toStdString()),
        R"("consumers": [{"id": "0c000000-0000-4000-8000-00000000000a", "username": "bob", "custom_id": "b-1"}])");
    const std::string token = gateway.token(parsed(claims));
    const auto passage =
        gateway.send({.headers = {{"Authorization", "Bearer " + token}, {"X-Consumer-Username", "admin"}}});
    QCOMPARE(passage->status(), status);
    if (status == 200)
        QCOMPARE(QString::fromStdString(passage->sentUpstream("X-Consumer-Username")), consumer);
    if (status == 200 && consumer.isEmpty())
        QCOMPARE(QString::fromStdString(passage->sentUpstream("X-Credential-Identifier")),
                 QString::fromStdString(*parsed(claims).find("sub")->asString()));
}

void TestBearer::fallsBackToTheAnonymousConsumer()
{
    const Guarded gateway(R"("auth_methods": ["bearer"], "anonymous": "guest")",
                          R"("consumers": [{"username": "guest"}])");
    const auto passage = gateway.bearer("a.b.c");
    QCOMPARE(passage->status(), 200);
    QCOMPARE(passage->sentUpstream("X-Anonymous-Consumer"), std::string("true"));
    QCOMPARE(passage->sentUpstream("X-Consumer-Username"), std::string("guest"));
}

void TestBearer::tellsTheUpstream()
{
    const Guarded gateway(R"("auth_methods": ["bearer"], "upstream_access_token_header": "x-token",
        "upstream_access_token_jwk_header": "x-jwk", "upstream_headers_claims": ["bank", "n", "list", "none"],
        "upstream_headers_names": ["bank", "x_number", "x-list", "x-none"])");
    const std::string token = gateway.token({{"bank", "great"}, {"n", 7}, {"list", document::Array{"a", "b"}}});
    const auto passage = gateway.bearer(token);
    QCOMPARE(passage->sentUpstream("bank"), std::string("great"));
    QCOMPARE(passage->sentUpstream("x-number"), std::string("7"));
    QCOMPARE(passage->sentUpstream("x-list"), std::string(R"(["a","b"])"));
    QVERIFY(!passage->exchange.upstream.headers.contains("x-none"));
    QCOMPARE(passage->sentUpstream("x-token"), token);
    QVERIFY(!passage->sentUpstream("x-jwk").empty());
    QCOMPARE(gateway.provider.count("/userinfo"), 0);
}

void TestBearer::tellsTheClient()
{
    const Guarded gateway(R"("auth_methods": ["bearer"], "downstream_access_token_header": "authorization:bearer",
        "downstream_headers_claims": ["sub"], "downstream_headers_names": ["x-user"])");
    const std::string token = gateway.token();
    const auto passage = gateway.bearer(token);
    QCOMPARE(passage->received("x-user"), std::string("bob"));
    QCOMPARE(passage->received("authorization"), "Bearer " + token);
}

/// A claim is whatever somebody typed at the provider: it must not become a header of its own.
void TestBearer::keepsClaimsOutOfTheWayOfHeaders()
{
    const Guarded gateway(R"("auth_methods": ["bearer"], "upstream_headers_claims": ["name"],
        "upstream_headers_names": ["x-name"], "downstream_headers_claims": ["name"],
        "downstream_headers_names": ["x-name"], "credential_claim": ["name"])");
    const auto passage = gateway.bearer(gateway.token({{"name", "bob\r\nX-Admin: 1"}}));
    QCOMPARE(passage->status(), 200);
    QVERIFY(!passage->exchange.upstream.headers.contains("x-name"));
    QVERIFY(!passage->exchange.upstream.headers.contains("X-Credential-Identifier"));
    QVERIFY(passage->received("x-name").empty());
}

void TestBearer::leavesAForgedHeaderToKong()
{
    const std::string config = R"("auth_methods": ["bearer"], "upstream_headers_claims": ["bank"],
        "upstream_headers_names": ["bank"])";
    for (const auto conduct : {Conduct::Kong, Conduct::Strict}) {
        const Guarded gateway(config, {}, conduct);
        const auto passage =
            gateway.send({.headers = {{"Authorization", "Bearer " + gateway.token()}, {"bank", "forged"}}});
        QCOMPARE(passage->sentUpstream("bank"), std::string(conduct == Conduct::Kong ? "forged" : ""));
    }
}

/// Nothing that a client wrote stands where the upstream reads what the gateway found out, whatever became of it.
void TestBearer::forgetsForgedHeadersStrictly_data()
{
    QTest::addColumn<QString>("config");
    QTest::newRow("claim that is no header")
        << R"("upstream_headers_claims": ["name"], "upstream_headers_names": ["x-told"])";
    QTest::newRow("user information") << R"("upstream_user_info_header": "x-told")";
    QTest::newRow("ID token") << R"("upstream_id_token_header": "x-told")";
    QTest::newRow("session") << R"("upstream_session_id_header": "x-told")";
}

void TestBearer::forgetsForgedHeadersStrictly()
{
    QFETCH(QString, config);
    const Guarded gateway(R"("auth_methods": ["bearer"], )" + config.toStdString(), {}, Conduct::Strict);
    const std::string token = gateway.token({{"name", "bob\nX-Admin: 1"}});
    const auto passage = gateway.send({.headers = {{"Authorization", "Bearer " + token}, {"x-told", "forged"}}});
    QCOMPARE(passage->status(), 200);
    QVERIFY(!passage->exchange.upstream.headers.contains("x-told"));
}

void TestBearer::beginsASessionThatEndsWithItsToken()
{
    Guarded gateway(R"("auth_methods": ["bearer", "session"])");
    const auto first = gateway.bearer(gateway.token({{"exp", gateway.now + 60}}));
    const Sent next{.headers = {{"Cookie", cookiesOf(*first)}}};
    gateway.now += 59;
    QCOMPARE(gateway.send(next)->status(), 200);
    gateway.now += 1;
    QCOMPARE(gateway.send(next)->status(), 401);
}

void TestBearer::beginsNoSessionWhereThatIsNotWanted()
{
    const Guarded without(R"("auth_methods": ["bearer", "session"], "disable_session": ["bearer"])");
    QCOMPARE(cookiesOf(*without.bearer(without.token())), std::string());
    const Guarded gateway(R"("auth_methods": ["bearer", "session"])");
    const auto large = gateway.bearer(gateway.token({{"large", std::string(16000, 'x')}}));
    QCOMPARE(large->status(), 200);
    QCOMPARE(cookiesOf(*large), std::string());
}

void TestBearer::hidesCredentials()
{
    const Guarded gateway(
        R"("auth_methods": ["bearer"], "hide_credentials": true, "upstream_access_token_header": null)");
    const std::string token = gateway.token();
    QVERIFY(!gateway.bearer(token)->exchange.upstream.headers.contains("Authorization"));
    const auto byQuery = gateway.send({.target = "/r?a=1&access_token=" + token});
    QCOMPARE(byQuery->exchange.upstream.query.value_or(""), std::string("a=1"));
}

void TestBearer::discoversOnce()
{
    const Guarded gateway(R"("auth_methods": ["bearer"])");
    for (int i = 0; i < 3; ++i)
        QCOMPARE(gateway.bearer(gateway.token())->status(), 200);
    QCOMPARE(gateway.provider.count("/.well-known/openid-configuration"), 1);
    QCOMPARE(gateway.provider.count("/jwks"), 1);
}

void TestBearer::discoversAgainForANewKey()
{
    Guarded gateway(R"("auth_methods": ["bearer"], "rediscovery_lifetime": 30)");
    QCOMPARE(gateway.bearer(gateway.token())->status(), 200);
    gateway.provider.setKeys({ScriptedProvider::key("second")});
    gateway.now += 10;
    QCOMPARE(gateway.bearer(gateway.token())->status(), 401); // too early to ask again
    QCOMPARE(gateway.provider.count("/jwks"), 1);
    gateway.now += 21;
    QCOMPARE(gateway.bearer(gateway.token())->status(), 200);
    QCOMPARE(gateway.provider.count("/jwks"), 2);
}

void TestBearer::keepsWhatItKnowsWhileTheProviderIsDown()
{
    Guarded gateway(R"("auth_methods": ["bearer"])");
    QCOMPARE(gateway.bearer(gateway.token())->status(), 200);
    gateway.provider.on("/.well-known/openid-configuration", 503, Object());
    gateway.now += 3600;
    QCOMPARE(gateway.bearer(gateway.token())->status(), 200);
    QTRY_COMPARE(gateway.provider.count("/.well-known/openid-configuration"), 2);
    QCOMPARE(gateway.bearer(gateway.token())->status(), 200);
}

void TestBearer::breaksWithoutAProvider()
{
    Guarded gateway(R"("auth_methods": ["bearer"], "anonymous": "guest")", R"("consumers": [{"username": "guest"}])");
    gateway.provider.on("/.well-known/openid-configuration", 503, Object());
    const auto passage = gateway.bearer(gateway.token(), true);
    QCOMPARE(passage->status(), 500);
    const Finding* finding = findingOf(*passage, openidconnect::providerKnown);
    QVERIFY(finding && finding->state == Finding::State::Failed);
    QVERIFY(finding->parameter("problem").ends_with("answered 503"));
}

void TestBearer::sharesGroups()
{
    const Guarded gateway(R"("auth_methods": ["bearer"], "authenticated_groups_claim": ["groups"])");
    const auto passage = gateway.bearer(gateway.token({{"groups", document::Array{"a", "b"}}}));
    QCOMPARE(*passage->exchange.shared.find("authenticated_groups"), Value(document::Array{"a", "b"}));
}

QTEST_GUILESS_MAIN(TestBearer)
#include "tst_bearer.moc"
