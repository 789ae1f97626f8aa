// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identity/fixture.h"
#include "document/json.h"
#include "identity/oautherror.h"
#include "jose/jwk.h"
#include "jose/verify.h"

using namespace claimsmith;
using namespace claimsmith::identity;
using namespace claimsmith::identity::test;

/// The token endpoint without a browser, and what reads its tokens.
class TestToken : public QObject
{
    Q_OBJECT

private slots:
    void discoveryNamesEverything();
    void issuesForAPassword();
    void issuesForAClient();
    void refuses_data();
    void refuses();
    void userInfoTellsTheScopes();
    void userInfoRefuses_data();
    void userInfoRefuses();
    void errorsAreInOrder();
};

namespace {

const std::string issuer = "http://localhost:8085/realms/demo";
const std::string tokenPath = "/realms/demo/token";

std::string passwordToken(const Bench& bench, std::string_view user, const std::string& scope = {})
{
    Fields fields{{"grant_type", "password"}, {"username", std::string(user)}, {"password", secretOf(user)}};
    if (!scope.empty())
        fields.emplace_back("scope", scope);
    return textOf(jsonOf(bench.post(tokenPath, fields, basic("kong-bank"))), "access_token");
}

} // namespace

void TestToken::discoveryNamesEverything()
{
    const Bench bench;
    for (const char* path :
         {"/realms/demo/.well-known/openid-configuration", "/realms/demo/.well-known/oauth-authorization-server",
          "/.well-known/oauth-authorization-server/realms/demo"}) {
        const http::Response response = bench.get(path);
        QCOMPARE(response.head.status, 200);
        QCOMPARE(response.head.headers.value("Access-Control-Allow-Origin"), std::string_view("*"));
        const document::Value metadata = jsonOf(response);
        QCOMPARE(textOf(metadata, "issuer"), issuer);
        QCOMPARE(textOf(metadata, "token_endpoint"), issuer + "/token");
        QCOMPARE(textOf(metadata, "jwks_uri"), issuer + "/jwks");
        for (const char* member : {"response_types_supported", "subject_types_supported", "scopes_supported",
                                   "id_token_signing_alg_values_supported"})
            QVERIFY2(metadata.find(member) != nullptr && !metadata.find(member)->asArray()->empty(), member);
    }
    QCOMPARE(bench.get("/.well-known/openid-configuration").head.status, 404);
    QCOMPARE(bench.get("/realms/other/token").head.status, 404);
    QCOMPARE(bench.get("/realms/demo").head.status, 404);
}

void TestToken::issuesForAPassword()
{
    const Bench bench;
    const http::Response response =
        bench.post(tokenPath, {{"grant_type", "password"}, {"username", "bob"}, {"password", secretOf("bob")}},
                   basic("kong-bank"));
    QCOMPARE(response.head.status, 200);
    QCOMPARE(response.head.headers.value("Cache-Control"), std::string_view("no-store"));
    const document::Value answer = jsonOf(response);
    QCOMPARE(textOf(answer, "token_type"), std::string("Bearer"));
    QCOMPARE(textOf(answer, "scope"), std::string("openid profile email bank"));
    QVERIFY(!textOf(answer, "refresh_token").empty());

    const auto set = jose::readJwks(jsonOf(bench.get("/realms/demo/jwks")));
    CLAIMSMITH_VERIFY_RESULT(set);
    jose::VerifyOptions options;
    options.keys = set->keys;
    options.clock = &bench.clock;
    options.claims->issuers = {issuer};
    options.claims->audiences = {"kong-bank"};
    for (const char* token : {"access_token", "id_token"})
        QVERIFY2(jose::verify(textOf(answer, token), options).isValid(), token);

    const document::Value claims = claimsOf(textOf(answer, "access_token"));
    QCOMPARE(textOf(claims, "iss"), issuer);
    QCOMPARE(textOf(claims, "sub"), std::string("f3a1c9d2-7b64-4e0f-9c1a-5d28e6b7a410"));
    QCOMPARE(textOf(claims, "preferred_username"), std::string("bob"));
    QCOMPARE(textOf(claims, "bank"), std::string("great-discount"));
    QVERIFY(claims.findInteger("iat") == now && claims.findInteger("exp") == now + 300);
    QVERIFY2(claims.find("groups") == nullptr, "no scope opened it");
    QCOMPARE(textOf(headerOf(textOf(answer, "access_token")), "kid"), std::string("claimsmith-oidc-2026-11"));
    const document::Value id = claimsOf(textOf(answer, "id_token"));
    QVERIFY(id.findInteger("auth_time") == now && id.find("scope") == nullptr && id.find("at_hash") != nullptr);
    const std::vector<LogEntry> log = bench.log();
    QCOMPARE(log.front().event, std::string("tokens-issued"));
    QCOMPARE(log.front().user, std::string("bob"));
    QCOMPARE(log.front().client, std::string("kong-bank"));
}

void TestToken::issuesForAClient()
{
    const Bench bench;
    const document::Value answer = jsonOf(bench.post(
        tokenPath,
        {{"grant_type", "client_credentials"}, {"client_id", "batch"}, {"client_secret", secretOf("batch")}}));
    QCOMPARE(answer.findInteger("expires_in").value_or(0), std::int64_t{3600});
    QVERIFY(answer.find("id_token") == nullptr && answer.find("refresh_token") == nullptr);
    const document::Value claims = claimsOf(textOf(answer, "access_token"));
    QCOMPARE(textOf(claims, "sub"), std::string("batch"));
    QCOMPARE(textOf(claims, "department"), std::string("night"));
    QCOMPARE(document::toJson(*claims.find("aud")), std::string(R"(["reports-api","archive"])"));
}

void TestToken::refuses_data()
{
    QTest::addColumn<Fields>("fields");
    QTest::addColumn<std::string>("client"); // "" for none, "id:secret", or a whole header value
    QTest::addColumn<std::string>("reason");
    const Fields password{{"grant_type", "password"}, {"username", "bob"}, {"password", secretOf("bob")}};
    const auto with = [](Fields fields, Fields more) {
        fields.insert(fields.end(), more.begin(), more.end());
        return fields;
    };
    const auto row = [](const char* name, const Fields& fields, const std::string& client, const char* reason) {
        QTest::newRow(name) << fields << client << std::string(reason);
    };
    const std::string bankClient = "kong-bank:" + secretOf("kong-bank");
    const std::string batch = "batch:" + secretOf("batch");
    row("no grant type", {}, bankClient, "missing-parameter");
    row("empty grant type", {{"grant_type", ""}}, bankClient, "missing-parameter");
    row("unknown grant type", {{"grant_type", "magic"}}, bankClient, "unsupported-grant");
    row("grant of other clients", {{"grant_type", "client_credentials"}}, bankClient, "grant-not-allowed");
    row("parameter twice", with(password, {{"username", "suzy"}}), bankClient, "repeated-parameter");
    row("no client", password, "", "client-unauthenticated");
    row("unknown client", password, "nobody:x", "client-unknown");
    row("wrong secret", password, "kong-bank:wrong", "client-secret-wrong");
    row("empty secret", password, "kong-bank:", "client-secret-wrong");
    row("header without colon", password, "Basic a29uZw==", "client-header-invalid");
    row("header of another scheme", password, "Bearer x", "client-header-invalid");
    row("secret twice", with(password, {{"client_secret", "x"}}), bankClient, "client-method-twice");
    row("another client_id", with(password, {{"client_id", "batch"}}), bankClient, "client-ids-differ");
    row("no secret although there is one", with(password, {{"client_id", "kong-bank"}}), "", "client-unauthenticated");
    row("secret of a public client", with(password, {{"client_id", "claimsmith"}, {"client_secret", "x"}}), "",
        "client-method-not-allowed");
    row("secret where an assertion is due", {{"grant_type", "client_credentials"}}, "signer:" + secretOf("signer"),
        "client-method-not-allowed");
    row("assertion of no type", with(password, {{"client_assertion", "x"}}), "", "client-assertion-type");
    row("wrong password", {{"grant_type", "password"}, {"username", "bob"}, {"password", "x"}}, bankClient,
        "wrong-password");
    row("password of somebody else", {{"grant_type", "password"}, {"username", "bob"}, {"password", secretOf("suzy")}},
        bankClient, "wrong-password");
    row("no password", {{"grant_type", "password"}, {"username", "bob"}}, bankClient, "missing-parameter");
    row("unknown user", {{"grant_type", "password"}, {"username", "eve"}, {"password", "x"}}, bankClient,
        "user-unknown");
    row("disabled user", {{"grant_type", "password"}, {"username", "old"}, {"password", secretOf("bob")}}, bankClient,
        "user-disabled");
    row("user without password", {{"grant_type", "password"}, {"username", "locked-out"}, {"password", "x"}},
        bankClient, "user-without-password");
    row("unknown scope", with(password, {{"scope", "openid moon"}}), bankClient, "scope-unknown");
    row("scope of other clients", with(password, {{"scope", "phone"}}), bankClient, "scope-not-allowed");
    row("scope of people", {{"grant_type", "client_credentials"}, {"scope", "openid"}}, batch, "scope-not-allowed");
}

void TestToken::refuses()
{
    QFETCH(const Fields, fields);
    QFETCH(const std::string, client);
    QFETCH(const std::string, reason);
    const Bench bench;
    http::HeaderMap headers;
    const std::size_t colon = client.find(':');
    if (colon != std::string::npos)
        headers = basic(client.substr(0, colon), client.substr(colon + 1));
    else if (!client.empty())
        headers.add("Authorization", client);
    const http::Response response = bench.post(tokenPath, fields, headers);
    const auto rows = oauthErrors();
    const auto row =
        std::find_if(rows.begin(), rows.end(), [&](const OAuthErrorInfo& info) { return info.reason == reason; });
    QVERIFY(row != rows.end());
    QCOMPARE(bench.log().front().reason, reason);
    QCOMPARE(response.head.status, row->status);
    QCOMPARE(textOf(jsonOf(response), "error"), std::string(row->error));
    QVERIFY(textOf(jsonOf(response), "error_description").starts_with(row->description));
    QCOMPARE(response.head.headers.value("Cache-Control"), std::string_view("no-store"));
    QCOMPARE(response.head.headers.contains("WWW-Authenticate"), row->status == 401);
    for (const auto& [name, value] : fields)
        QVERIFY2(name != "password" || response.body.find(value) == std::string::npos, "the answer tells a password");
}

void TestToken::userInfoTellsTheScopes()
{
    const Bench bench;
    const std::string token = passwordToken(bench, "bob", "openid email");
    const document::Value info = jsonOf(bench.get("/realms/demo/userinfo", bearer(token)));
    QCOMPARE(document::toJson(info),
             std::string(R"({"sub":"f3a1c9d2-7b64-4e0f-9c1a-5d28e6b7a410","email":"bob@bank.demo"})"));
    QVERIFY(jsonOf(bench.post("/realms/demo/userinfo", {{"access_token", token}})) == info);
    // What suzy is not entitled to is left out.
    const document::Value suzy = jsonOf(bench.get("/realms/demo/userinfo", bearer(passwordToken(bench, "suzy"))));
    QVERIFY(suzy.find("email") == nullptr);
    QCOMPARE(textOf(suzy, "bank"), std::string("low-interest"));
}

void TestToken::userInfoRefuses_data()
{
    QTest::addColumn<std::string>("token");
    QTest::addColumn<int>("later");
    QTest::addColumn<std::string>("reason");
    QTest::newRow("no token") << std::string() << 0 << std::string("token-missing");
    QTest::newRow("no JWT") << std::string("Bearer x") << 0 << std::string("token-invalid");
    QTest::newRow("other scheme") << std::string("Basic eDp5") << 0 << std::string("token-missing");
    QTest::newRow("ID token") << std::string("id_token") << 0 << std::string("token-invalid");
    QTest::newRow("expired") << std::string("access_token") << 300 << std::string("token-expired");
    QTest::newRow("without openid") << std::string("email") << 0 << std::string("insufficient-scope");
    QTest::newRow("changed") << std::string("changed") << 0 << std::string("token-invalid");
}

void TestToken::userInfoRefuses()
{
    QFETCH(std::string, token);
    QFETCH(const int, later);
    QFETCH(const std::string, reason);
    Bench bench;
    const document::Value answer =
        jsonOf(bench.post(tokenPath, {{"grant_type", "password"}, {"username", "bob"}, {"password", secretOf("bob")}},
                          basic("kong-bank")));
    if (token.ends_with("_token"))
        token = "Bearer " + textOf(answer, token);
    else if (token == "email")
        token = "Bearer " + passwordToken(bench, "bob", "email");
    else if (token == "changed")
        token = "Bearer " + textOf(answer, "access_token").replace(40, 1, "~");
    bench.log();
    bench.clock.setOffset(std::chrono::seconds(later));
    http::HeaderMap headers;
    if (!token.empty())
        headers.add("Authorization", token);
    const http::Response response = bench.get("/realms/demo/userinfo", headers);
    QCOMPARE(bench.log().front().reason, reason);
    QCOMPARE(response.head.status, reason == "insufficient-scope" ? 403 : 401);
    const std::string challenge(response.head.headers.value("WWW-Authenticate"));
    QVERIFY(challenge.starts_with("Bearer realm=\"" + issuer + '"'));
    QCOMPARE(challenge.find("error=") != std::string::npos, reason != "token-missing");
}

void TestToken::errorsAreInOrder()
{
    const auto rows = oauthErrors();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        QCOMPARE(static_cast<std::size_t>(rows[i].code), i);
        QVERIFY(rows[i].status >= 400 && !rows[i].reason.empty() && !rows[i].description.empty());
        QCOMPARE(infoOf(refusal(rows[i].code)).reason, rows[i].reason);
        QVERIFY(descriptionOf(refusal(rows[i].code, "\"\\\n")).ends_with(": ???"));
    }
    QCOMPARE(static_cast<std::size_t>(OAuthErrorCode::FaultInjected) + 1, rows.size());
}

QTEST_APPLESS_MAIN(TestToken)
#include "tst_token.moc"
