// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gateway/plugins/openid_connect/guarded.h"

#include "base/base64.h"
#include "gateway/plugins/openid_connect/checks.h"
#include "jose/compact.h"

using namespace claimsmith;
using namespace claimsmith::gateway;
using namespace claimsmith::gateway::testing;
using document::Object;
using document::Value;

class TestGrants : public QObject
{
    Q_OBJECT

private slots:
    void introspects_data();
    void introspects();
    void keepsIntrospections();
    void introspectsTokensThatItCanRead();
    void asksAboutUsers();
    void judgesSessionsAsTheyBegan_data();
    void judgesSessionsAsTheyBegan();
    void believesSignedAnswers_data();
    void believesSignedAnswers();
    void keepsAnswersForWhatTheClientAdded();
    void searchesUserInformation();
    void grantsByPassword_data();
    void grantsByPassword();
    void keepsTokensForAPassword();
    void keepsNoTokenBeyondItsEnd();
    void signsANewTokenForTheUpstream();
    void refusesWhomTheProviderRefuses();
    void grantsToClients();
    void refreshesTokens();
    void verifiesWhatTheTokenEndpointGives_data();
    void verifiesWhatTheTokenEndpointGives();
    void provesWhoTheClientIs_data();
    void provesWhoTheClientIs();
    void choosesAClient_data();
    void choosesAClient();
    void passesArgumentsOn();
    void takesSecretsFromTheEnvironment();
    void breaksWhenTheProviderDoes();
    void verifiesSecretSignatures();
};

namespace {

/// One client, `gw` with the secret `s3`, and these methods.
std::string configFor(const std::string& methods, const std::string& more = {})
{
    return R"("client_id": ["gw"], "client_secret": ["s3"], "auth_methods": [)" + methods + "]" +
           (more.empty() ? "" : ", " + more);
}

std::pair<std::string, std::string> basic(const std::string& pair)
{
    return {"Authorization", "Basic " + toBase64(pair)};
}

/// What a token endpoint answers.
Object tokens(const Guarded& gateway, const std::string& user, const std::string& access = {})
{
    return {{"access_token", access.empty() ? gateway.token({{"sub", user}}) : access},
            {"token_type", "Bearer"},
            {"expires_in", 300},
            {"refresh_token", "r1"}};
}

} // namespace

void TestGrants::introspects_data()
{
    QTest::addColumn<QString>("config");
    QTest::addColumn<int>("answer");
    QTest::addColumn<QString>("body");
    QTest::addColumn<int>("status");
    const auto row = [](const char* name, const char* config, int answer, const char* body, int status) {
        QTest::newRow(name) << config << answer << body << status;
    };
    row("active", "", 200, R"({"active": true, "sub": "bob"})", 200);
    row("not active", "", 200, R"({"active": false})", 401);
    row("says nothing", "", 200, R"({"sub": "bob"})", 401);
    row("says a text", "", 200, R"({"active": "true"})", 401);
    row("says nothing, and nobody minds", R"("introspection_check_active": false)", 200, R"({"sub": "bob"})", 200);
    row("scope", R"("scopes_required": ["a"])", 200, R"({"active": true, "scope": "a b"})", 200);
    row("no scope", R"("scopes_required": ["a"])", 200, R"({"active": true, "scope": "b"})", 403);
    row("expired", "", 200, R"({"active": true, "exp": 1})", 401);
    row("refused", "", 401, R"({"error": "invalid_client"})", 401);
    row("broken", "", 503, "{}", 500);
    row("no JSON", "", 200, "null", 401);
}

void TestGrants::introspects()
{
    QFETCH(QString, config);
    QFETCH(int, answer);
    QFETCH(QString, body);
    QFETCH(int, status);
    Guarded gateway(configFor(R"("introspection")", config.toStdString()));
    gateway.provider.on("/introspection", answer, json(body.toStdString()));
    const auto passage = gateway.bearer("opaque");
    QCOMPARE(passage->status(), status);
    QCOMPARE(gateway.provider.sent("/introspection", "token"), std::string("opaque"));
    QCOMPARE(gateway.provider.sent("/introspection", "token_type_hint"), std::string("access_token"));
    QCOMPARE(std::string(gateway.provider.last("/introspection").head.headers.value("Authorization")),
             "Basic " + toBase64("gw:s3"));
}

void TestGrants::keepsIntrospections()
{
    Guarded gateway(configFor(R"("introspection")"));
    gateway.provider.on("/introspection", 200, Object{{"active", true}, {"exp", testNow + 60}});
    QCOMPARE(gateway.bearer("one")->status(), 200);
    QCOMPARE(gateway.bearer("one")->status(), 200);
    QCOMPARE(gateway.provider.count("/introspection"), 1);
    QCOMPARE(gateway.bearer("two")->status(), 200);
    QCOMPARE(gateway.provider.count("/introspection"), 2);
    gateway.now += 61;
    QCOMPARE(gateway.bearer("one")->status(), 401); // asked again, and what is said has expired
    QCOMPARE(gateway.provider.count("/introspection"), 3);
}

void TestGrants::introspectsTokensThatItCanRead()
{
    Guarded gateway(configFor(R"("bearer")", R"("introspect_jwt_tokens": true)"));
    gateway.provider.on("/introspection", 200, Object{{"active", false}});
    const auto passage = gateway.bearer(gateway.token(), true);
    QCOMPARE(passage->status(), 401);
    QCOMPARE(findingOf(*passage, openidconnect::signatureValid)->state, Finding::State::Passed);
    QCOMPARE(findingOf(*passage, openidconnect::tokenActive)->state, Finding::State::Failed);
}

void TestGrants::asksAboutUsers()
{
    Guarded gateway(configFor(R"("userinfo")", R"("upstream_user_info_header": "x-user",
        "upstream_headers_claims": ["bank"], "upstream_headers_names": ["bank"])"));
    gateway.provider.on("/userinfo", 200, Object{{"sub", "bob"}, {"bank", "great"}});
    const auto passage = gateway.bearer("opaque");
    QCOMPARE(passage->status(), 200);
    QCOMPARE(passage->sentUpstream("bank"), std::string("great"));
    QCOMPARE(passage->sentUpstream("x-user"), toBase64(R"({"sub":"bob","bank":"great"})"));
    QCOMPARE(std::string(gateway.provider.last("/userinfo").head.headers.value("Authorization")),
             std::string("Bearer opaque"));
    gateway.provider.on("/userinfo", 401, Object{{"error", "invalid_token"}});
    QCOMPARE(gateway.bearer("other")->status(), 401);
}

/// The second request has only the cookie, and is judged as the first was.
void TestGrants::judgesSessionsAsTheyBegan_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("path");
    QTest::newRow("user information") << "userinfo"
                                      << "/userinfo";
    QTest::newRow("introspection") << "introspection"
                                   << "/introspection";
}

void TestGrants::judgesSessionsAsTheyBegan()
{
    QFETCH(QString, method);
    QFETCH(QString, path);
    Guarded gateway(configFor("\"" + method.toStdString() + "\", \"session\"",
                              R"("groups_required": ["g"], "cache_introspection": false, "cache_user_info": false)"));
    const Object answer{{"active", true}, {"sub", "bob"}, {"groups", "g"}};
    gateway.provider.on(path.toStdString(), 200, answer);
    const std::string forged = "eyJhbGciOiJFUzI1NiJ9.e30.AA"; // looks like a token that nobody verified
    const auto first = gateway.bearer(forged);
    QCOMPARE(first->status(), 200);
    const Sent next{.headers = {{"Cookie", cookiesOf(*first)}}};
    QCOMPARE(gateway.send(next)->status(), 200);
    QCOMPARE(gateway.provider.count(path.toStdString()), 2);
    gateway.provider.on(path.toStdString(), 401, Object{{"error", "invalid_token"}});
    QCOMPARE(gateway.send(next)->status(), 401);
}

void TestGrants::believesSignedAnswers_data()
{
    QTest::addColumn<QString>("accept");
    QTest::addColumn<QString>("claims");
    QTest::addColumn<QString>("header");
    QTest::addColumn<int>("status");
    const char* const wanted = "application/token-introspection+jwt";
    const char* const good = R"({"aud": "gw", "token_introspection": {"active": true}})";
    QTest::newRow("good") << wanted << good << "{}" << 200;
    QTest::newRow("that nobody asked for") << "application/json" << good << "{}" << 401;
    QTest::newRow("for another client") << wanted << R"({"aud": "x", "token_introspection": {"active": true}})"
                                        << "{}" << 401;
    QTest::newRow("of another issuer") << wanted
                                       << R"({"aud": "gw", "iss": "x", "token_introspection": {"active": true}})"
                                       << "{}" << 401;
    QTest::newRow("by an unknown key") << wanted << good << R"({"kid": "x"})" << 401;
    QTest::newRow("not active") << wanted << R"({"aud": "gw", "token_introspection": {"active": false}})"
                                << "{}" << 401;
}

void TestGrants::believesSignedAnswers()
{
    QFETCH(QString, accept);
    QFETCH(QString, claims);
    QFETCH(QString, header);
    QFETCH(int, status);
    Guarded gateway(configFor(R"("introspection")", "\"introspection_accept\": \"" + accept.toStdString() + "\""));
    const Value more = json(claims.toStdString());
    const Value head = json(header.toStdString());
    gateway.provider.on("/introspection",
                        [token = gateway.token(*more.asObject(), *head.asObject())](const http::Request&) {
                            return http::Response::make(200, "application/token-introspection+jwt", token);
                        });
    QCOMPARE(gateway.bearer("opaque")->status(), status);
}

void TestGrants::keepsAnswersForWhatTheClientAdded()
{
    Guarded gateway(configFor(R"("password")", R"("token_post_args_client": ["audience"])"));
    gateway.provider.on("/token", 200, tokens(gateway, "bob"));
    for (const char* query : {"/r?audience=a", "/r?audience=b", "/r?audience=a"})
        QCOMPARE(gateway.send({.target = query, .headers = {basic("bob:pw")}})->status(), 200);
    QCOMPARE(gateway.provider.count("/token"), 2);
}

void TestGrants::searchesUserInformation()
{
    Guarded gateway(configFor(R"("bearer")", R"("search_user_info": true, "groups_required": ["g"])"));
    gateway.provider.on("/userinfo", 200, Object{{"groups", document::Array{"g"}}});
    QCOMPARE(gateway.bearer(gateway.token())->status(), 200);
}

void TestGrants::grantsByPassword_data()
{
    QTest::addColumn<QString>("places");
    QTest::addColumn<bool>("inHeader");
    QTest::addColumn<QString>("query");
    QTest::addColumn<QString>("body");
    QTest::addColumn<int>("status");
    QTest::newRow("header") << R"(["header"])" << true << ""
                            << "" << 200;
    QTest::newRow("query") << R"(["query"])" << false << "?username=bob&password=p%3Aw"
                           << "" << 200;
    QTest::newRow("body") << R"(["body"])" << false << ""
                          << "username=bob&password=p%3Aw" << 200;
    QTest::newRow("header that is not looked at") << R"(["query"])" << true << ""
                                                  << "" << 401;
    QTest::newRow("half") << R"(["query"])" << false << "?username=bob"
                          << "" << 401;
}

void TestGrants::grantsByPassword()
{
    QFETCH(QString, places);
    QFETCH(bool, inHeader);
    QFETCH(QString, query);
    QFETCH(QString, body);
    QFETCH(int, status);
    Guarded gateway(configFor(R"("password")", R"("password_param_type": )" + places.toStdString() +
                                                   R"(, "scopes": ["openid", "bank"])"));
    gateway.provider.on("/token", 200, tokens(gateway, "bob"));
    Sent sent{.target = "/r" + query.toStdString()};
    if (inHeader)
        sent.headers.push_back(basic("bob:p:w"));
    if (!body.isEmpty()) {
        sent.method = "POST";
        sent.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
        sent.body = body.toStdString();
    }
    const auto passage = gateway.send(sent);
    QCOMPARE(passage->status(), status);
    if (status != 200)
        return;
    const auto& provider = gateway.provider;
    QCOMPARE(provider.sent("/token", "grant_type"), std::string("password"));
    QCOMPARE(provider.sent("/token", "username"), std::string("bob"));
    QCOMPARE(provider.sent("/token", "password"), std::string("p:w"));
    QCOMPARE(provider.sent("/token", "scope"), std::string("openid bank"));
    QVERIFY(passage->sentUpstream("Authorization").starts_with("Bearer ey"));
    QCOMPARE(passage->sentUpstream("X-Credential-Identifier"), std::string("bob"));
}

void TestGrants::keepsTokensForAPassword()
{
    Guarded gateway(configFor(R"("password")"));
    gateway.provider.on("/token", 200, tokens(gateway, "bob"));
    QCOMPARE(gateway.send({.headers = {basic("bob:pw")}})->status(), 200);
    QCOMPARE(gateway.send({.headers = {basic("bob:pw")}})->status(), 200);
    QCOMPARE(gateway.provider.count("/token"), 1);
    gateway.provider.on("/token", 400, Object{{"error", "invalid_grant"}});
    QCOMPARE(gateway.send({.headers = {basic("bob:other")}})->status(), 401);
    QCOMPARE(gateway.send({.headers = {basic("eve:pw")}})->status(), 401);
    QCOMPARE(gateway.provider.count("/token"), 3);
    gateway.now += 300;
    QCOMPARE(gateway.send({.headers = {basic("bob:pw")}})->status(), 401);
}

void TestGrants::keepsNoTokenBeyondItsEnd()
{
    Guarded gateway(configFor(R"("password")"));
    const auto give = [&] {
        const std::string access = gateway.token({{"exp", gateway.now + 20}});
        gateway.provider.on("/token", 200, Object{{"access_token", access}});
    };
    give();
    QCOMPARE(gateway.send({.headers = {basic("bob:pw")}})->status(), 200);
    gateway.now += 20;
    give();
    QCOMPARE(gateway.send({.headers = {basic("bob:pw")}})->status(), 200);
    QCOMPARE(gateway.provider.count("/token"), 2);
}

/// x-custom-jwt comes after: it finds the token that the credentials were exchanged for.
void TestGrants::signsANewTokenForTheUpstream()
{
    auto key = jose::generateKey(jose::Algorithm::RS256);
    QVERIFY(key);
    const std::string jwk = document::toJson(jose::writeJwk(*key, jose::KeyParts::Private));
    const Value quoted(jwk);
    Guarded gateway(
        configFor(R"("client_credentials")", R"("consumer_claim": ["clientId"])"),
        R"("consumers": [{"username": "svc"}], "plugins": [{"name": "x-custom-jwt", "config": {"private_jwk": )" +
            document::toJson(quoted) + "}}]");
    gateway.provider.on("/token", 200,
                        tokens(gateway, "service", gateway.token({{"clientId", "svc"}, {"azp", "svc"}})));
    const auto passage = gateway.send({.headers = {basic("svc:pw")}});
    QCOMPARE(passage->status(), 200);
    const std::string token = passage->sentUpstream("X-Custom-Jwt");
    const auto parts = jose::splitCompact(token);
    QVERIFY(parts);
    const Value claims = json(*fromBase64Url(parts->payload));
    QCOMPARE(*claims.findString("client_id"), std::string("svc"));
    QCOMPARE(*claims.findString("azp"), std::string("svc"));
}

void TestGrants::refusesWhomTheProviderRefuses()
{
    Guarded gateway(configFor(R"("password")"));
    gateway.provider.on("/token", 400, Object{{"error", "invalid_grant"}, {"error_description", "wrong password"}});
    const auto passage = gateway.send({.headers = {basic("bob:hunter2")}}, true);
    QCOMPARE(passage->status(), 401);
    const Finding* finding = findingOf(*passage, openidconnect::providerAnswered);
    QVERIFY(finding && finding->state == Finding::State::Failed);
    QCOMPARE(std::string(finding->parameter("problem")), std::string("invalid_grant"));
    const auto& steps = passage->exchange.trace->steps;
    for (const Finding& each : steps[indexOfStep(*passage->exchange.trace, "openid-connect")].findings)
        for (const auto& [name, value] : each.parameters)
            QVERIFY2(value.find("hunter2") == std::string::npos, name.c_str());
}

void TestGrants::grantsToClients()
{
    Guarded gateway(configFor(R"("client_credentials")"));
    gateway.provider.on("/token", 200, tokens(gateway, "service"));
    const auto passage = gateway.send({.headers = {basic("svc:pw")}});
    QCOMPARE(passage->status(), 200);
    QCOMPARE(gateway.provider.sent("/token", "grant_type"), std::string("client_credentials"));
    QCOMPARE(std::string(gateway.provider.last("/token").head.headers.value("Authorization")),
             "Basic " + toBase64("svc:pw"));
}

void TestGrants::refreshesTokens()
{
    Guarded gateway(configFor(R"("refresh_token")"));
    gateway.provider.on("/token", 200, tokens(gateway, "bob"));
    QCOMPARE(gateway.send({.headers = {{"X-Refresh-Token", "r0"}}})->status(), 200);
    QCOMPARE(gateway.provider.sent("/token", "refresh_token"), std::string("r0"));
}

void TestGrants::verifiesWhatTheTokenEndpointGives_data()
{
    QTest::addColumn<QString>("idToken");
    QTest::addColumn<QString>("access");
    QTest::addColumn<QString>("config");
    QTest::addColumn<int>("status");
    QTest::newRow("opaque") << ""
                            << R"("opaque")"
                            << "" << 200;
    QTest::newRow("ID token for this client") << R"({"aud": "gw"})"
                                              << R"("opaque")"
                                              << "" << 200;
    QTest::newRow("ID token for another client") << R"({"aud": "other"})"
                                                 << R"("opaque")"
                                                 << "" << 401;
    QTest::newRow("ID token without an audience") << "{}"
                                                  << R"("opaque")"
                                                  << "" << 401;
    QTest::newRow("expired access token") << ""
                                          << R"({"exp": 1})"
                                          << "" << 401;
    QTest::newRow("no access token") << ""
                                     << "null"
                                     << "" << 401;
    QTest::newRow("claim of the ID token") << R"({"aud": "gw", "groups": ["g"]})"
                                           << R"("opaque")"
                                           << R"("groups_required": ["g"])" << 200;
}

void TestGrants::verifiesWhatTheTokenEndpointGives()
{
    QFETCH(QString, idToken);
    QFETCH(QString, access);
    QFETCH(QString, config);
    QFETCH(int, status);
    Guarded gateway(configFor(R"("password")", config.toStdString()));
    const auto made = [&](const QString& text) -> Value {
        const Value value = json(text.toStdString());
        return value.asObject() ? Value(gateway.token(*value.asObject())) : value;
    };
    Object answer{{"access_token", made(access)}, {"expires_in", 60}};
    if (!idToken.isEmpty())
        answer.set("id_token", made(idToken));
    gateway.provider.on("/token", 200, answer);
    QCOMPARE(gateway.send({.headers = {basic("bob:pw")}})->status(), status);
}

void TestGrants::provesWhoTheClientIs_data()
{
    QTest::addColumn<QString>("config");
    QTest::addColumn<QString>("supported");
    QTest::addColumn<QString>("arguments"); ///< that the form has
    QTest::addColumn<bool>("byHeader");
    QTest::newRow("basic") << ""
                           << ""
                           << "" << true;
    QTest::newRow("post") << R"("client_auth": ["client_secret_post"])"
                          << ""
                          << "client_id client_secret" << false;
    QTest::newRow("post, since the provider takes nothing else") << ""
                                                                 << "client_secret_post"
                                                                 << "client_id client_secret" << false;
    QTest::newRow("secret in a signature") << R"("client_auth": ["client_secret_jwt"])"
                                           << ""
                                           << "client_id client_assertion client_assertion_type" << false;
    QTest::newRow("nothing") << R"("client_auth": ["none"])"
                             << ""
                             << "client_id" << false;
    QTest::newRow("endpoint of its own") << R"("token_endpoint_auth_method": "none")"
                                         << ""
                                         << "client_id" << false;
}

void TestGrants::provesWhoTheClientIs()
{
    QFETCH(QString, config);
    QFETCH(QString, supported);
    QFETCH(QString, arguments);
    QFETCH(bool, byHeader);
    Guarded gateway(configFor(R"("password")", config.toStdString()));
    if (!supported.isEmpty())
        gateway.provider.declare("token_endpoint_auth_methods_supported", document::Array{supported.toStdString()});
    gateway.provider.on("/token", 200, tokens(gateway, "bob"));
    QCOMPARE(gateway.send({.headers = {basic("bob:pw")}})->status(), 200);
    QCOMPARE(gateway.provider.last("/token").head.headers.contains("Authorization"), byHeader);
    for (const char* name : {"client_id", "client_secret", "client_assertion", "client_assertion_type"})
        QCOMPARE(!gateway.provider.sent("/token", name).empty(), arguments.split(' ').contains(name));
}

void TestGrants::choosesAClient_data()
{
    QTest::addColumn<QString>("header");
    QTest::addColumn<QString>("query");
    QTest::addColumn<QString>("client");
    QTest::newRow("first") << ""
                           << ""
                           << "gw";
    QTest::newRow("by id") << "second"
                           << ""
                           << "second";
    QTest::newRow("by number") << "2"
                               << ""
                               << "second";
    QTest::newRow("in the query") << ""
                                  << "?client_id=second"
                                  << "second";
    QTest::newRow("unknown") << "third"
                             << ""
                             << "gw";
    QTest::newRow("number beyond the last") << "3"
                                            << ""
                                            << "gw";
}

void TestGrants::choosesAClient()
{
    QFETCH(QString, header);
    QFETCH(QString, query);
    QFETCH(QString, client);
    Guarded gateway(R"("client_id": ["gw", "second"], "client_secret": ["a", "b"], "auth_methods": ["password"],
        "client_auth": ["client_secret_post", "client_secret_post"])");
    gateway.provider.on("/token", 200, tokens(gateway, "bob"));
    Sent sent{.target = "/r" + query.toStdString(), .headers = {basic("bob:pw")}};
    if (!header.isEmpty())
        sent.headers.emplace_back("X-Client-ID", header.toStdString());
    QCOMPARE(gateway.send(sent)->status(), 200);
    QCOMPARE(QString::fromStdString(gateway.provider.sent("/token", "client_id")), client);
}

void TestGrants::passesArgumentsOn()
{
    Guarded gateway(configFor(R"("password")", R"("token_post_args_names": ["resource"],
        "token_post_args_values": ["r1"], "token_post_args_client": ["tenant"], "token_headers_names": ["x-a"],
        "token_headers_values": ["1"], "token_headers_client": ["x-b"], "token_headers_replay": ["x-c"],
        "token_headers_prefix": "idp-", "audience": ["api"])"));
    gateway.provider.on("/token", [body = document::toJson(tokens(gateway, "bob"))](const http::Request&) {
        auto response = http::Response::make(200, "application/json", body);
        response.head.headers.set("x-c", "3");
        return response;
    });
    const auto passage = gateway.send({.target = "/r?tenant=t", .headers = {basic("bob:pw"), {"x-b", "2"}}});
    QCOMPARE(passage->status(), 200);
    const auto& provider = gateway.provider;
    QCOMPARE(provider.sent("/token", "resource"), std::string("r1"));
    QCOMPARE(provider.sent("/token", "tenant"), std::string("t"));
    QCOMPARE(provider.sent("/token", "audience"), std::string("api"));
    const auto request = provider.last("/token");
    QCOMPARE(std::string(request.head.headers.value("x-a")), std::string("1"));
    QCOMPARE(std::string(request.head.headers.value("x-b")), std::string("2"));
    QCOMPARE(passage->received("idp-x-c"), std::string("3"));
}

void TestGrants::takesSecretsFromTheEnvironment()
{
    qputenv("CLAIMSMITH_TEST_CLIENT_ID", "from-env");
    Guarded gateway(R"("client_id": ["{vault://env/claimsmith-test-client-id}"], "client_secret": ["x"],
        "auth_methods": ["password"], "client_auth": ["client_secret_post"])");
    qunsetenv("CLAIMSMITH_TEST_CLIENT_ID");
    gateway.provider.on("/token", 200, tokens(gateway, "bob"));
    QCOMPARE(gateway.send({.headers = {basic("bob:pw")}})->status(), 200);
    QCOMPARE(gateway.provider.sent("/token", "client_id"), std::string("from-env"));
}

void TestGrants::breaksWhenTheProviderDoes()
{
    Guarded gateway(configFor(R"("password")"));
    gateway.provider.on("/token", 502, Object());
    QCOMPARE(gateway.send({.headers = {basic("bob:pw")}})->status(), 500);
    Guarded friendly(configFor(R"("password")", R"("unexpected_redirect_uri": ["https://sorry.test/"])"));
    friendly.provider.on("/token", 502, Object());
    const auto passage = friendly.send({.headers = {basic("bob:pw")}});
    QCOMPARE(passage->status(), 302);
    QCOMPARE(passage->received("Location"), std::string("https://sorry.test/"));
}

void TestGrants::verifiesSecretSignatures()
{
    const std::string secret = "0123456789abcdef0123456789abcdef";
    for (const bool isEnabled : {true, false}) {
        const Guarded gateway(R"("client_id": ["gw"], "client_secret": [")" + secret +
                              R"("], "auth_methods": ["bearer"], "enable_hs_signatures": )" +
                              (isEnabled ? "true" : "false"));
        const Object claims{{"iss", gateway.provider.issuer()}, {"sub", "bob"}, {"exp", testNow + 60}};
        const auto key = jose::Key::fromSecret(SecretBytes(BytesView(secret)));
        const auto token = jose::signCompact(Object{{"alg", "HS256"}}, claims, key);
        QVERIFY(token);
        QCOMPARE(gateway.bearer(*token)->status(), isEnabled ? 200 : 401);
    }
}

QTEST_GUILESS_MAIN(TestGrants)
#include "tst_grants.moc"
