// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"
#include "core/identity/browser.h"
#include "jose/generate.h"
#include "jose/jwk.h"
#include "jose/sign.h"

using namespace claimsmith;
using namespace claimsmith::identity;
using namespace claimsmith::identity::test;

/// Grants beyond code and password, and what is done with tokens: introspection, revocation, logout.
class TestGrants : public QObject
{
    Q_OBJECT

private slots:
    void rotatesRefreshTokens();
    void refusesRefreshTokens_data();
    void refusesRefreshTokens();
    void connectsADevice();
    void refusesDevices();
    void authenticatesByAssertion_data();
    void authenticatesByAssertion();
    void exchangesTokens();
    void refusesExchanges_data();
    void refusesExchanges();
    void takesAssertions_data();
    void takesAssertions();
    void introspects();
    void revokes();
    void signsOut();
    void refusesToSignOut_data();
    void refusesToSignOut();
};

namespace {

const std::string issuer = "http://localhost:8085/realms/demo";
const std::string tokenPath = "/realms/demo/token";
const std::string exchangeType = "urn:ietf:params:oauth:grant-type:token-exchange";
const std::string bearerType = "urn:ietf:params:oauth:grant-type:jwt-bearer";
const std::string deviceType = "urn:ietf:params:oauth:grant-type:device_code";
const std::string accessType = "urn:ietf:params:oauth:token-type:access_token";

document::Value passwordTokens(const Bench& bench, std::string_view user = "bob")
{
    return jsonOf(bench.post(
        tokenPath, {{"grant_type", "password"}, {"username", std::string(user)}, {"password", secretOf(user)}},
        basic("kong-bank")));
}

http::Response refresh(const Bench& bench, const std::string& token, const std::string& scope = {})
{
    return bench.post(tokenPath, {{"grant_type", "refresh_token"}, {"refresh_token", token}, {"scope", scope}},
                      basic("kong-bank"));
}

/// Claims of a good assertion with changes; null removes a member.
document::Object assertionClaims(std::string_view client, const document::Object& changes)
{
    document::Object claims{{"iss", client}, {"sub", client},   {"aud", issuer + "/token"},
                            {"iat", now},    {"exp", now + 60}, {"jti", "id-1"}};
    for (const document::Member& member : changes) {
        if (member.value.isNull())
            claims.remove(member.name);
        else
            claims.set(member.name, member.value);
    }
    return claims;
}

std::string signedBy(const jose::Key& key, const document::Object& claims, jose::Algorithm algorithm)
{
    return jose::signCompact(jose::defaultHeader(key, algorithm), claims, key).valueOr("");
}

std::string hmacAssertion(std::string_view client, const document::Object& changes)
{
    const jose::Key key = jose::Key::fromSecret(SecretBytes(secretOf(client)));
    return signedBy(key, assertionClaims(client, changes), jose::Algorithm::HS256);
}

} // namespace

void TestGrants::rotatesRefreshTokens()
{
    const Bench bench;
    const std::string first = textOf(passwordTokens(bench), "refresh_token");
    const document::Value second = jsonOf(refresh(bench, first, "bank"));
    QCOMPARE(textOf(second, "scope"), std::string("bank"));
    QVERIFY2(second.find("id_token") == nullptr, "openid was not asked for");
    const std::string next = textOf(second, "refresh_token");
    QVERIFY(!next.empty() && next != first);
    QCOMPARE(textOf(jsonOf(refresh(bench, next)), "scope"), std::string("openid profile email bank"));
    // Who uses the first one again is a thief, or was robbed: everything of this login ends.
    const std::string access = textOf(second, "access_token");
    bench.log();
    QCOMPARE(textOf(jsonOf(refresh(bench, first)), "error"), std::string("invalid_grant"));
    QCOMPARE(bench.log().back().reason, std::string("refresh-reused"));
    const document::Value state = jsonOf(bench.post("/realms/demo/introspect", {{"token", access}}, basic("batch")));
    QVERIFY(state.findBoolean("active") == false);
}

void TestGrants::refusesRefreshTokens_data()
{
    QTest::addColumn<std::string>("change");
    QTest::addColumn<std::string>("reason");
    for (const auto& [name, reason] : std::vector<std::pair<const char*, const char*>>{
             {"unknown", "refresh-unknown"},
             {"none", "missing-parameter"},
             {"late", "refresh-expired"},
             {"more scopes", "scope-beyond-grant"},
             {"another client", "token-of-other-client"},
             {"user gone", "authorization-revoked"},
             {"session ended", "authorization-revoked"},
         })
        QTest::newRow(name) << std::string(name) << std::string(reason);
}

void TestGrants::refusesRefreshTokens()
{
    QFETCH(const std::string, change);
    QFETCH(const std::string, reason);
    Bench bench;
    std::string token = textOf(passwordTokens(bench), "refresh_token");
    Fields fields{{"grant_type", "refresh_token"}};
    http::HeaderMap headers = basic("kong-bank");
    if (change == "unknown")
        token = "x";
    else if (change == "none")
        token.clear();
    else if (change == "late")
        bench.clock.setOffset(std::chrono::seconds(86'400));
    else if (change == "more scopes")
        fields.emplace_back("scope", "bank phone");
    else if (change == "another client") {
        headers.clear();
        fields.emplace_back("client_id", "claimsmith");
    } else if (change == "user gone") {
        ProviderConfiguration configuration = bench.provider->configuration();
        std::erase_if(configuration.issuers.front().users, [](const User& user) { return user.username == "bob"; });
        QVERIFY(bench.provider->apply(std::move(configuration), secrets()).hasValue());
    } else {
        const auto sessions = bench.provider->sessions("/realms/demo");
        QCOMPARE(sessions.size(), std::size_t{1});
        QVERIFY(bench.provider->revokeSession("/realms/demo", sessions.front().id));
        QVERIFY(bench.provider->sessions("/realms/demo").empty());
    }
    fields.emplace_back("refresh_token", token);
    bench.log();
    const http::Response response = bench.post(tokenPath, fields, headers);
    QCOMPARE(bench.log().back().reason, reason);
    QCOMPARE(response.head.status, 400);
}

void TestGrants::connectsADevice()
{
    Bench bench;
    const document::Value started = jsonOf(
        bench.post("/realms/demo/device_authorization", {{"client_id", "claimsmith"}, {"scope", "openid bank"}}));
    const std::string userCode = textOf(started, "user_code");
    QCOMPARE(userCode.size(), std::size_t{9});
    QCOMPARE(textOf(started, "verification_uri"), issuer + "/device");
    const Fields poll{
        {"grant_type", deviceType}, {"client_id", "claimsmith"}, {"device_code", textOf(started, "device_code")}};
    QCOMPARE(textOf(jsonOf(bench.post(tokenPath, poll)), "error"), std::string("authorization_pending"));
    QCOMPARE(textOf(jsonOf(bench.post(tokenPath, poll)), "error"), std::string("slow_down"));
    bench.clock.setOffset(std::chrono::seconds(9));
    QCOMPARE(textOf(jsonOf(bench.post(tokenPath, poll)), "error"), std::string("slow_down"));
    bench.clock.setOffset(std::chrono::seconds(24));
    QCOMPARE(textOf(jsonOf(bench.post(tokenPath, poll)), "error"), std::string("authorization_pending"));

    Browser browser(bench);
    http::Response page = browser.open("/realms/demo/device?user_code=" + userCode);
    QVERIFY(page.body.find("value=\"" + userCode + '"') != std::string::npos);
    const std::string wrong = browser.submit("/device", page, {{"user_code", "AAAA-AAAA"}}).body;
    QVERIFY(wrong.find("role=\"alert\"") != std::string::npos);
    page = browser.submit("/device", page, {{"user_code", " " + toLower(userCode)}});
    page = browser.logIn(page, "bob");
    QVERIFY(page.body.find("<li>bank</li>") != std::string::npos);
    QCOMPARE(browser.submit("/consent", page, {{"decision", "allow"}}).head.status, 200);

    const document::Value tokens = jsonOf(bench.post(tokenPath, poll));
    QCOMPARE(textOf(claimsOf(textOf(tokens, "id_token")), "bank"), std::string("great-discount"));
    bench.log();
    bench.post(tokenPath, poll);
    QCOMPARE(bench.log().back().reason, std::string("device-code-unknown"));
}

void TestGrants::refusesDevices()
{
    Bench bench;
    const auto reasonOf = [&bench](const std::string& path, const Fields& fields, const http::HeaderMap& headers = {}) {
        bench.log();
        bench.post(path, fields, headers);
        return bench.log().back().reason;
    };
    const std::string start = "/realms/demo/device_authorization";
    QCOMPARE(reasonOf(start, {}), std::string("client-unauthenticated"));
    QCOMPARE(reasonOf(start, {}, basic("kong-bank")), std::string("grant-not-allowed"));
    QCOMPARE(reasonOf(start, {{"client_id", "claimsmith"}, {"scope", "moon"}}), std::string("scope-unknown"));
    const document::Value started = jsonOf(bench.post(start, {{"client_id", "claimsmith"}}));
    Fields poll{{"grant_type", deviceType}, {"client_id", "claimsmith"}};
    QCOMPARE(reasonOf(tokenPath, poll), std::string("missing-parameter"));
    poll.emplace_back("device_code", textOf(started, "device_code"));

    Browser browser(bench);
    http::Response page = browser.open("/realms/demo/device");
    page = browser.logIn(browser.submit("/device", page, {{"user_code", textOf(started, "user_code")}}), "bob");
    browser.submit("/consent", page, {{"decision", "deny"}});
    QCOMPARE(reasonOf(tokenPath, poll), std::string("device-denied"));
    bench.clock.setOffset(std::chrono::seconds(600));
    QCOMPARE(reasonOf(tokenPath, poll), std::string("device-code-expired"));
}

void TestGrants::authenticatesByAssertion_data()
{
    QTest::addColumn<document::Object>("changes");
    QTest::addColumn<std::string>("reason"); // empty: accepted
    const auto row = [](const char* name, document::Object changes, const char* reason) {
        QTest::newRow(name) << std::move(changes) << std::string(reason);
    };
    row("good", {}, "");
    row("for the issuer", {{"aud", issuer}}, "");
    row("for several", {{"aud", document::Array{"x", issuer}}}, "");
    row("for somebody else", {{"aud", "http://other"}}, "client-assertion-invalid");
    row("expired", {{"exp", now - 31}}, "client-assertion-invalid");
    row("for ever", {{"exp", nullptr}}, "client-assertion-invalid");
    row("not yet", {{"nbf", now + 31}}, "client-assertion-invalid");
    row("by somebody else", {{"iss", "batch"}}, "client-assertion-invalid");
    row("without id", {{"jti", nullptr}}, "client-assertion-invalid");
    row("for a day", {{"exp", now + 86'400}}, "client-assertion-invalid");
    row("without sub", {{"sub", nullptr}}, "client-assertion-invalid");
    row("for another client", {{"sub", "batch"}}, "client-method-not-allowed");
    row("for nobody", {{"sub", "nobody"}}, "client-unknown");
}

void TestGrants::authenticatesByAssertion()
{
    QFETCH(const document::Object, changes);
    QFETCH(const std::string, reason);
    const Bench bench;
    const Fields fields{{"grant_type", "client_credentials"},
                        {"client_assertion", hmacAssertion("signer", changes)},
                        {"client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"}};
    const http::Response response = bench.post(tokenPath, fields);
    QCOMPARE(bench.log().back().reason, reason);
    QCOMPARE(response.head.status, reason.empty() ? 200 : 401);
    if (!reason.empty())
        return;
    bench.post(tokenPath, fields);
    QCOMPARE(bench.log().back().reason, std::string("client-assertion-replayed"));
}

void TestGrants::exchangesTokens()
{
    Bench bench;
    const std::string subject = textOf(passwordTokens(bench), "access_token");
    const std::string subjectSession = bench.provider->sessions("/realms/demo").front().id;
    bench.clock.setOffset(std::chrono::seconds(100));
    const std::string actor = textOf(passwordTokens(bench, "suzy"), "access_token");
    const http::Response response = bench.post(tokenPath,
                                               {{"grant_type", exchangeType},
                                                {"subject_token", subject},
                                                {"subject_token_type", accessType},
                                                {"actor_token", actor},
                                                {"actor_token_type", accessType},
                                                {"audience", "ledger"},
                                                {"scope", "bank"}},
                                               basic("exchanger"));
    QCOMPARE(response.head.status, 200);
    const document::Value answer = jsonOf(response);
    QCOMPARE(textOf(answer, "issued_token_type"), accessType);
    QVERIFY(answer.find("id_token") == nullptr && answer.find("refresh_token") == nullptr);
    const document::Value claims = claimsOf(textOf(answer, "access_token"));
    QCOMPARE(textOf(claims, "aud"), std::string("ledger"));
    QCOMPARE(textOf(claims, "sub"), textOf(claimsOf(subject), "sub"));
    QCOMPARE(textOf(claims, "client_id"), std::string("exchanger"));
    QCOMPARE(textOf(*claims.find("act"), "sub"), textOf(claimsOf(actor), "sub"));
    // It ends with what it came from.
    QVERIFY(claims.findInteger("exp") == now + 300);
    const auto isActive = [&] {
        return jsonOf(
                   bench.post("/realms/demo/introspect", {{"token", textOf(answer, "access_token")}}, basic("batch")))
            .findBoolean("active");
    };
    QVERIFY(isActive() == true);
    QVERIFY(bench.provider->revokeSession("/realms/demo", subjectSession));
    QVERIFY(isActive() == false);
}

void TestGrants::refusesExchanges_data()
{
    QTest::addColumn<Fields>("changes");
    QTest::addColumn<std::string>("reason");
    const auto row = [](const char* name, Fields changes, const char* reason) {
        QTest::newRow(name) << std::move(changes) << std::string(reason);
    };
    row("no subject", {{"subject_token", ""}}, "missing-parameter");
    row("no type", {{"subject_token_type", ""}}, "missing-parameter");
    row("unknown type", {{"subject_token_type", "urn:x"}}, "token-type-unknown");
    row("SAML wanted", {{"requested_token_type", "urn:ietf:params:oauth:token-type:saml2"}}, "token-type-unknown");
    row("subject that is no token", {{"subject_token", "x"}}, "subject-token-invalid");
    row("access token as ID token", {{"subject_token_type", "urn:ietf:params:oauth:token-type:id_token"}},
        "subject-token-invalid");
    row("actor that is no token", {{"actor_token", "x"}, {"actor_token_type", accessType}}, "actor-token-invalid");
    row("actor without type", {{"actor_token", "x"}}, "missing-parameter");
    row("audience of others", {{"audience", "reports-api"}}, "target-unknown");
    row("resource of others", {{"resource", "https://reports"}}, "target-unknown");
    row("ID token of another client",
        {{"subject_token", "id_token"}, {"subject_token_type", "urn:ietf:params:oauth:token-type:id_token"}},
        "subject-token-invalid");
    row("access token for others", {{"subject_token", "batch"}}, "subject-token-invalid");
    row("more than the subject has", {{"scope", "phone"}}, "scope-beyond-grant");
}

void TestGrants::refusesExchanges()
{
    QFETCH(const Fields, changes);
    QFETCH(const std::string, reason);
    const Bench bench;
    std::map<std::string, std::string> fields{{"grant_type", exchangeType},
                                              {"subject_token", textOf(passwordTokens(bench), "access_token")},
                                              {"subject_token_type", accessType}};
    for (const auto& [name, value] : changes)
        fields[name] = value;
    if (fields["subject_token"] == "id_token")
        fields["subject_token"] = textOf(passwordTokens(bench), "id_token");
    if (fields["subject_token"] == "batch")
        fields["subject_token"] = textOf(
            jsonOf(bench.post(tokenPath, {{"grant_type", "client_credentials"}}, basic("batch"))), "access_token");
    bench.log();
    const http::Response response = bench.post(tokenPath, Fields(fields.begin(), fields.end()), basic("exchanger"));
    QCOMPARE(bench.log().back().reason, reason);
    QCOMPARE(response.head.status, 400);
}

void TestGrants::takesAssertions_data()
{
    QTest::addColumn<document::Object>("changes");
    QTest::addColumn<std::string>("reason"); // empty: accepted
    const auto row = [](const char* name, document::Object changes, const char* reason) {
        QTest::newRow(name) << std::move(changes) << std::string(reason);
    };
    row("for a user by name", {{"sub", "bob"}}, "");
    row("for a user by sub", {{"sub", "f3a1c9d2-7b64-4e0f-9c1a-5d28e6b7a410"}}, "");
    row("for itself", {}, "");
    row("for nobody", {{"sub", "eve"}}, "assertion-user-unknown");
    row("for a disabled user", {{"sub", "old"}}, "user-disabled");
    row("sub is a number", {{"sub", 7}}, "assertion-invalid");
    row("unknown issuer", {{"iss", "https://other"}}, "assertion-issuer-unknown");
    row("expired", {{"exp", now - 31}}, "assertion-invalid");
    row("for somebody else", {{"aud", "x"}}, "assertion-invalid");
}

void TestGrants::takesAssertions()
{
    QFETCH(const document::Object, changes);
    QFETCH(const std::string, reason);
    const Bench bench;
    const Fields fields{{"grant_type", bearerType}, {"assertion", hmacAssertion("exchanger", changes)}};
    const http::Response response = bench.post(tokenPath, fields, basic("exchanger"));
    QCOMPARE(bench.log().back().reason, reason);
    QCOMPARE(response.head.status, reason.empty() ? 200 : 400);
    if (!reason.empty())
        return;
    bench.post(tokenPath, fields, basic("exchanger"));
    QCOMPARE(bench.log().back().reason, std::string("assertion-invalid")); // once is enough
}

void TestGrants::introspects()
{
    Bench bench;
    const std::string path = "/realms/demo/introspect";
    const document::Value tokens = passwordTokens(bench);
    const document::Value access =
        jsonOf(bench.post(path, {{"token", textOf(tokens, "access_token")}}, basic("batch")));
    QVERIFY(access.findBoolean("active") == true && access.findInteger("exp") == now + 300);
    QCOMPARE(textOf(access, "username"), std::string("bob"));
    QCOMPARE(textOf(access, "client_id"), std::string("kong-bank"));
    QCOMPARE(textOf(access, "token_type"), std::string("Bearer"));
    const document::Value again = jsonOf(bench.post(
        path, {{"token", textOf(tokens, "refresh_token")}, {"token_type_hint", "access_token"}}, basic("kong-bank")));
    QVERIFY(again.findBoolean("active") == true);
    QCOMPARE(textOf(again, "token_type"), std::string("refresh_token"));
    for (const std::string& token : {std::string("x"), textOf(tokens, "id_token")})
        QCOMPARE(bench.post(path, {{"token", token}}, basic("batch")).body, std::string(R"({"active":false})"));
    bench.log();
    bench.post(path, {{"token", "x"}});
    bench.post(path, {{"token", "x"}, {"client_id", "claimsmith"}});
    bench.post(path, {}, basic("batch"));
    std::vector<std::string> reasons;
    for (const LogEntry& entry : bench.log())
        reasons.push_back(entry.reason);
    QVERIFY((reasons == std::vector<std::string>{"client-unauthenticated", "client-is-public", "missing-parameter"}));
    ProviderConfiguration configuration = bench.provider->configuration();
    for (const bool isEnabled : {false, true}) {
        configuration.issuers.front().users.front().enabled = isEnabled;
        QVERIFY(bench.provider->apply(configuration, secrets()).hasValue());
        for (const char* token : {"access_token", "refresh_token"})
            QVERIFY(jsonOf(bench.post(path, {{"token", textOf(tokens, token)}}, basic("kong-bank")))
                        .findBoolean("active") == isEnabled);
    }
    QCOMPARE(bench.post(path, {{"token", textOf(tokens, "refresh_token")}}, basic("batch")).body,
             std::string(R"({"active":false})")); // of another client
    bench.clock.setOffset(std::chrono::seconds(300));
    QCOMPARE(bench.post(path, {{"token", textOf(tokens, "access_token")}}, basic("batch")).body,
             std::string(R"({"active":false})"));
}

void TestGrants::revokes()
{
    const Bench bench;
    const std::string path = "/realms/demo/revoke";
    const document::Value tokens = passwordTokens(bench);
    const std::string access = textOf(tokens, "access_token");
    const auto isGood = [&bench](const std::string& token) {
        return bench.get("/realms/demo/userinfo", bearer(token)).head.status == 200;
    };
    QCOMPARE(bench.post(path, {{"token", "x"}}, basic("kong-bank")).head.status, 200);
    QCOMPARE(textOf(jsonOf(bench.post(path, {{"token", access}}, basic("batch"))), "error"),
             std::string("invalid_grant"));
    QCOMPARE(textOf(jsonOf(bench.post(path, {{"token", textOf(tokens, "refresh_token")}}, basic("batch"))), "error"),
             std::string("invalid_grant"));
    QCOMPARE(textOf(jsonOf(bench.post(path, {{"token", textOf(tokens, "id_token")}}, basic("kong-bank"))), "error"),
             std::string("unsupported_token_type"));
    QVERIFY(isGood(access));
    const http::Response revoked = bench.post(path, {{"token", access}}, basic("kong-bank"));
    QCOMPARE(revoked.head.status, 200);
    QVERIFY(revoked.body.empty() && !isGood(access));
    const std::string next = textOf(jsonOf(refresh(bench, textOf(tokens, "refresh_token"))), "access_token");
    QVERIFY(isGood(next));
    const document::Value others = passwordTokens(bench);
    bench.post(path, {{"token", textOf(others, "refresh_token")}}, basic("kong-bank"));
    QVERIFY2(!isGood(textOf(others, "access_token")) && isGood(next), "all of that login, and nothing else");
}

void TestGrants::signsOut()
{
    const Bench bench;
    Browser browser(bench);
    const document::Value tokens = jsonOf(redeem(bench, browser.code()));
    const std::string target =
        "/realms/demo/end_session?" + formOf({{"id_token_hint", textOf(tokens, "id_token")},
                                              {"post_logout_redirect_uri", "http://localhost:8000/bye"},
                                              {"state", "a&b"}});
    const http::Response left = browser.open(target);
    QCOMPARE(left.head.status, 303);
    QCOMPARE(left.head.headers.value("Location"), std::string_view("http://localhost:8000/bye?state=a%26b"));
    QCOMPARE(browser.open(authorizeTarget()).head.status, 200);
    QCOMPARE(bench.get("/realms/demo/userinfo", bearer(textOf(tokens, "access_token"))).head.status, 401);
    // A link alone signs nobody out.
    QVERIFY(!browser.code().empty());
    http::Response page = browser.open("/realms/demo/end_session");
    QVERIFY(page.body.find("value=\"leave\"") != std::string::npos);
    browser.submit("/logout", page, {{"decision", "stay"}});
    QVERIFY(!answerOf(browser.open(authorizeTarget()), "code").empty());
    page = browser.open("/realms/demo/end_session");
    browser.submit("/logout", page, {{"decision", "leave"}});
    QCOMPARE(browser.open(authorizeTarget()).head.status, 200);
}

void TestGrants::refusesToSignOut_data()
{
    QTest::addColumn<Fields>("fields");
    QTest::addColumn<std::string>("reason");
    QTest::newRow("hint that is no token") << Fields{{"id_token_hint", "x"}} << std::string("hint-invalid");
    QTest::newRow("target without client")
        << Fields{{"post_logout_redirect_uri", "http://localhost:8000/bye"}} << std::string("logout-uri-unregistered");
    QTest::newRow("target of nobody") << Fields{{"client_id", "kong-bank"},
                                                {"post_logout_redirect_uri", "http://evil.example"}}
                                      << std::string("logout-uri-unregistered");
    QTest::newRow("target of others") << Fields{{"client_id", "claimsmith"},
                                                {"post_logout_redirect_uri", "http://localhost:8000/bye"}}
                                      << std::string("logout-uri-unregistered");
    QTest::newRow("state twice") << Fields{{"state", "a"}, {"state", "b"}} << std::string("repeated-parameter");
}

void TestGrants::refusesToSignOut()
{
    QFETCH(const Fields, fields);
    QFETCH(const std::string, reason);
    const Bench bench;
    const http::Response response = bench.get("/realms/demo/end_session?" + formOf(fields));
    QCOMPARE(bench.log().back().reason, reason);
    QCOMPARE(response.head.status, 400);
    QVERIFY(!response.head.headers.contains("Location"));
}

QTEST_APPLESS_MAIN(TestGrants)
#include "tst_grants.moc"
