// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identity/browser.h"
#include "identity/oautherror.h"

using namespace claimsmith;
using namespace claimsmith::identity;
using namespace claimsmith::identity::test;

/// People in browsers: authorization requests, pages, codes, sessions.
class TestAuthorize : public QObject
{
    Q_OBJECT

private slots:
    void walksTheCodeFlow();
    void staysSignedIn();
    void answersInEveryMode_data();
    void answersInEveryMode();
    void asksAgain_data();
    void asksAgain();
    void tellsThePerson_data();
    void tellsThePerson();
    void nativeApplicationsChooseTheirPort();
    void tellsTheClient_data();
    void tellsTheClient();
    void asksForConsent();
    void refusesCodes_data();
    void refusesCodes();
    void usedCodesRevoke();
    void pagesAreSafe();
    void formsAreSafe_data();
    void formsAreSafe();
    void sessionsAreRenewed();
    void givesUpAfterTenPasswords();
};

namespace {

std::string locationOf(const http::Response& response)
{
    return std::string(response.head.headers.value("Location"));
}

bool isLoginPage(const http::Response& response)
{
    return response.body.find("name=\"password\"") != std::string::npos;
}

} // namespace

void TestAuthorize::walksTheCodeFlow()
{
    const Bench bench;
    Browser browser(bench);
    const http::Response page =
        browser.open(authorizeTarget({{"code_challenge", challenge}, {"code_challenge_method", "S256"}}));
    QCOMPARE(page.head.status, 200);
    QVERIFY(isLoginPage(page));
    const http::Response answer = browser.logIn(page, "bob");
    QCOMPARE(answer.head.status, 303);
    QVERIFY(locationOf(answer).starts_with("http://localhost:8000/bank?code="));
    QCOMPARE(answerOf(answer, "state"), std::string("s/1?"));
    QCOMPARE(answerOf(answer, "iss"), std::string("http://localhost:8085/realms/demo"));

    const http::Response tokens = redeem(bench, answerOf(answer, "code"), {{"code_verifier", verifier}});
    QCOMPARE(tokens.head.status, 200);
    const document::Value id = claimsOf(textOf(jsonOf(tokens), "id_token"));
    QCOMPARE(textOf(id, "nonce"), std::string("n-1"));
    QCOMPARE(textOf(id, "aud"), std::string("kong-bank"));
    QCOMPARE(textOf(id, "bank"), std::string("great-discount"));
    QVERIFY2(!textOf(id, "sid").empty() && textOf(id, "sid") != browser.cookie, "sid must not be the cookie");
    std::vector<std::string> events;
    for (const LogEntry& entry : bench.log())
        events.push_back(entry.event);
    QVERIFY((events == std::vector<std::string>{"login-page", "signed-in", "tokens-issued"}));
}

void TestAuthorize::staysSignedIn()
{
    Bench bench;
    Browser browser(bench);
    QVERIFY(!browser.code().empty());
    QCOMPARE(browser.open(authorizeTarget()).head.status, 303); // no question
    QCOMPARE(Browser(bench).open(authorizeTarget()).head.status, 200);
    bench.clock.setOffset(std::chrono::hours(10));
    QVERIFY(isLoginPage(browser.open(authorizeTarget())));
}

void TestAuthorize::answersInEveryMode_data()
{
    QTest::addColumn<std::string>("mode");
    QTest::addColumn<std::string>("start");
    QTest::newRow("query") << std::string("query") << std::string("http://localhost:8000/bank?code=");
    QTest::newRow("fragment") << std::string("fragment") << std::string("http://localhost:8000/bank#code=");
    QTest::newRow("form") << std::string("form_post") << std::string();
}

void TestAuthorize::answersInEveryMode()
{
    QFETCH(const std::string, mode);
    QFETCH(const std::string, start);
    const Bench bench;
    Browser browser(bench);
    const http::Response answer = browser.logIn(browser.open(authorizeTarget({{"response_mode", mode}})), "bob");
    if (!start.empty()) {
        QVERIFY(locationOf(answer).starts_with(start));
        return;
    }
    QCOMPARE(answer.head.status, 200);
    QVERIFY(answer.body.find("action=\"http://localhost:8000/bank\"") != std::string::npos);
    QVERIFY(answer.head.headers.value("Content-Security-Policy").ends_with("form-action 'self' http://localhost:8000"));
    QCOMPARE(redeem(bench, fieldOf(answer, "code")).head.status, 200);
}

void TestAuthorize::asksAgain_data()
{
    QTest::addColumn<Fields>("changes");
    QTest::addColumn<int>("later"); // seconds after the login
    QTest::addColumn<bool>("asks");
    QTest::newRow("nothing said") << Fields{} << 100 << false;
    QTest::newRow("prompt login") << Fields{{"prompt", "login"}} << 0 << true;
    QTest::newRow("prompt select_account") << Fields{{"prompt", "select_account"}} << 0 << true;
    QTest::newRow("young enough") << Fields{{"max_age", "100"}} << 100 << false;
    QTest::newRow("too old") << Fields{{"max_age", "99"}} << 100 << true;
    QTest::newRow("age zero") << Fields{{"max_age", "0"}} << 1 << true;
}

void TestAuthorize::asksAgain()
{
    QFETCH(const Fields, changes);
    QFETCH(const int, later);
    QFETCH(const bool, asks);
    Bench bench;
    Browser browser(bench);
    QVERIFY(!browser.code().empty());
    bench.clock.setOffset(std::chrono::seconds(later));
    const http::Response response = browser.open(authorizeTarget(changes));
    QCOMPARE(isLoginPage(response), asks);
    if (asks) // and is content then
        QVERIFY(!answerOf(browser.logIn(response, "bob"), "code").empty());
}

void TestAuthorize::tellsThePerson_data()
{
    QTest::addColumn<Fields>("changes");
    QTest::addColumn<std::string>("reason");
    const auto row = [](const char* name, Fields changes, const char* reason) {
        QTest::newRow(name) << std::move(changes) << std::string(reason);
    };
    row("no client", {{"client_id", ""}}, "missing-parameter");
    row("unknown client", {{"client_id", "<script>"}}, "client-unknown");
    row("client without this grant", {{"client_id", "batch"}}, "grant-not-allowed");
    row("no redirect", {{"redirect_uri", ""}}, "redirect-uri-missing");
    row("other redirect", {{"redirect_uri", "http://evil.example/"}}, "redirect-uri-unregistered");
    row("longer redirect", {{"redirect_uri", "http://localhost:8000/bank/"}}, "redirect-uri-unregistered");
    row("redirect with query", {{"redirect_uri", "http://localhost:8000/bank?a=b"}}, "redirect-uri-unregistered");
    row("redirect in other case", {{"redirect_uri", "http://LOCALHOST:8000/bank"}}, "redirect-uri-unregistered");
    row("redirect by user information", {{"redirect_uri", "http://localhost:8000/bank@evil.example"}},
        "redirect-uri-unregistered");
    row("redirect of another client", {{"redirect_uri", "http://localhost:3000/callback"}},
        "redirect-uri-unregistered");
}

void TestAuthorize::tellsThePerson()
{
    QFETCH(const Fields, changes);
    QFETCH(const std::string, reason);
    const Bench bench;
    const http::Response response = bench.get(authorizeTarget(changes));
    QCOMPARE(bench.log().front().reason, reason);
    QCOMPARE(response.head.status, 400);
    QVERIFY2(!response.head.headers.contains("Location"), "an open redirect");
    QVERIFY(response.head.headers.value("Content-Type").starts_with("text/html"));
    QVERIFY(response.body.find("<script") == std::string::npos);
    const std::string twice = authorizeTarget() + "&redirect_uri=http%3A%2F%2Fevil.example";
    QVERIFY(!bench.get(twice).head.headers.contains("Location"));
}

void TestAuthorize::nativeApplicationsChooseTheirPort()
{
    const Bench bench;
    for (const char* uri : {"http://127.0.0.1:49152/native", "http://127.0.0.1/native"}) {
        const http::Response page = bench.get(publicTarget({{"redirect_uri", uri}}));
        QVERIFY2(isLoginPage(page), uri);
    }
    for (const char* uri : {"http://127.0.0.1:49152/other", "http://127.0.0.1:49152@evil.example/native",
                            "http://127.0.0.1.evil.example:49152/native", "http://localhost:49152/callback"})
        QCOMPARE(bench.get(publicTarget({{"redirect_uri", uri}})).head.status, 400);
}

void TestAuthorize::tellsTheClient_data()
{
    QTest::addColumn<Fields>("changes");
    QTest::addColumn<std::string>("reason");
    const auto row = [](const char* name, Fields changes, const char* reason) {
        QTest::newRow(name) << std::move(changes) << std::string(reason);
    };
    row("no response type", {{"response_type", ""}}, "missing-parameter");
    row("implicit", {{"response_type", "token"}}, "response-type-unsupported");
    row("hybrid", {{"response_type", "code id_token"}}, "response-type-unsupported");
    row("unknown mode", {{"response_mode", "pigeon"}}, "response-mode-unsupported");
    row("request object", {{"request", "e30.e30."}}, "request-not-supported");
    row("request by reference", {{"request_uri", "urn:a"}}, "request-uri-not-supported");
    row("registration", {{"registration", "{}"}}, "registration-not-supported");
    row("unknown scope", {{"scope", "openid moon"}}, "scope-unknown");
    row("scope of others", {{"scope", "openid phone"}}, "scope-not-allowed");
    row("plain challenge", {{"code_challenge", challenge}, {"code_challenge_method", "plain"}},
        "pkce-method-unsupported");
    row("challenge without method", {{"code_challenge", challenge}}, "pkce-method-unsupported");
    row("method without challenge", {{"code_challenge_method", "S256"}}, "pkce-required");
    row("short challenge", {{"code_challenge", "abc"}, {"code_challenge_method", "S256"}}, "pkce-malformed");
    row("public client without PKCE", {{"client_id", "claimsmith"}, {"redirect_uri", "http://localhost:3000/callback"}},
        "pkce-required");
    row("unknown prompt", {{"prompt", "dance"}}, "prompt-invalid");
    row("none and login", {{"prompt", "none login"}}, "prompt-invalid");
    row("age of words", {{"max_age", "young"}}, "max-age-invalid");
    row("negative age", {{"max_age", "-1"}}, "max-age-invalid");
    row("hint that is no token", {{"id_token_hint", "x"}}, "hint-invalid");
    row("not signed in", {{"prompt", "none"}}, "login-required");
}

void TestAuthorize::tellsTheClient()
{
    QFETCH(const Fields, changes);
    QFETCH(const std::string, reason);
    const Bench bench;
    const http::Response response = bench.get(authorizeTarget(changes));
    QCOMPARE(bench.log().front().reason, reason);
    QCOMPARE(response.head.status, 303);
    const auto rows = oauthErrors();
    const auto row =
        std::find_if(rows.begin(), rows.end(), [&](const OAuthErrorInfo& info) { return info.reason == reason; });
    QCOMPARE(answerOf(response, "error"), std::string(row->error));
    QCOMPARE(answerOf(response, "state"), std::string("s/1?"));
    QCOMPARE(answerOf(response, "iss"), std::string("http://localhost:8085/realms/demo"));
    QVERIFY(locationOf(response).starts_with("http://localhost:"));
}

void TestAuthorize::asksForConsent()
{
    const Bench bench;
    Browser browser(bench);
    http::Response page = browser.logIn(browser.open(publicTarget()), "suzy");
    QVERIFY(page.body.find("<li>bank</li>") != std::string::npos);
    QCOMPARE(answerOf(browser.submit("/consent", page, {{"decision", "deny"}}), "error"), std::string("access_denied"));
    QCOMPARE(answerOf(browser.open(publicTarget({{"prompt", "none"}})), "error"), std::string("consent_required"));
    page = browser.open(publicTarget());
    QVERIFY(!answerOf(browser.submit("/consent", page, {{"decision", "allow"}}), "code").empty());
    // Once is enough, unless more is asked for or the client wants to be sure.
    QVERIFY(!answerOf(browser.open(publicTarget({{"prompt", "none"}})), "code").empty());
    QCOMPARE(browser.open(publicTarget({{"scope", "openid bank profile"}})).head.status, 200);
    QCOMPARE(browser.open(publicTarget({{"prompt", "consent"}})).head.status, 200);
    // The form is used up.
    QCOMPARE(browser.submit("/consent", page, {{"decision", "allow"}}).head.status, 400);
}

void TestAuthorize::refusesCodes_data()
{
    QTest::addColumn<Fields>("asked");
    QTest::addColumn<Fields>("sent"); // replaces what redeem() would send
    QTest::addColumn<std::string>("reason");
    const Fields pkce{{"code_challenge", challenge}, {"code_challenge_method", "S256"}};
    const auto row = [](const char* name, Fields asked, Fields sent, const char* reason) {
        QTest::newRow(name) << std::move(asked) << std::move(sent) << std::string(reason);
    };
    row("no code", {}, {{"code", ""}}, "missing-parameter");
    row("unknown code", {}, {{"code", "x"}}, "code-unknown");
    row("no redirect", {}, {{"redirect_uri", ""}}, "redirect-uri-differs");
    row("other redirect", {}, {{"redirect_uri", "http://localhost:8000/"}}, "redirect-uri-differs");
    row("no verifier", pkce, {}, "verifier-missing");
    row("short verifier", pkce, {{"code_verifier", std::string(42, 'v')}}, "verifier-malformed");
    row("long verifier", pkce, {{"code_verifier", std::string(129, 'v')}}, "verifier-malformed");
    row("verifier with a space", pkce, {{"code_verifier", std::string(43, ' ')}}, "verifier-malformed");
    row("wrong verifier", pkce, {{"code_verifier", std::string(43, 'w')}}, "verifier-wrong");
    row("verifier nobody asked for", {}, {{"code_verifier", verifier}}, "verifier-unexpected");
    row("too late", {}, {{"later", "60"}}, "code-expired");
    row("another client", {}, {{"client", "claimsmith"}}, "code-of-other-client");
}

void TestAuthorize::refusesCodes()
{
    QFETCH(const Fields, asked);
    QFETCH(const Fields, sent);
    QFETCH(const std::string, reason);
    Bench bench;
    std::map<std::string, std::string> fields{{"grant_type", "authorization_code"},
                                              {"code", Browser(bench).code(asked)},
                                              {"redirect_uri", "http://localhost:8000/bank"}};
    QVERIFY(!fields["code"].empty());
    for (const auto& [name, value] : sent)
        fields[name] = value;
    if (fields.contains("later"))
        bench.clock.setOffset(std::chrono::seconds(std::stoi(fields["later"])));
    http::HeaderMap headers = basic("kong-bank");
    if (fields.contains("client")) {
        headers.clear();
        fields["client_id"] = fields["client"];
    }
    bench.log();
    const http::Response response = bench.post("/realms/demo/token", Fields(fields.begin(), fields.end()), headers);
    QCOMPARE(bench.log().front().reason, reason);
    QCOMPARE(response.head.status, 400);
}

void TestAuthorize::usedCodesRevoke()
{
    const Bench bench;
    const std::string code = Browser(bench).code();
    const std::string token = textOf(jsonOf(redeem(bench, code)), "access_token");
    QCOMPARE(bench.get("/realms/demo/userinfo", bearer(token)).head.status, 200);
    QCOMPARE(textOf(jsonOf(redeem(bench, code)), "error"), std::string("invalid_grant"));
    QCOMPARE(bench.get("/realms/demo/userinfo", bearer(token)).head.status, 401);
}

void TestAuthorize::pagesAreSafe()
{
    const Bench bench;
    const http::Response page = bench.get(authorizeTarget({{"login_hint", "\"><script>alert(1)</script>"}}));
    const std::string policy(page.head.headers.value("Content-Security-Policy"));
    for (const char* rule : {"default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'",
                             "form-action 'self' http://localhost:8000"})
        QVERIFY2(policy.find(rule) != std::string::npos, rule);
    QVERIFY(policy.find("unsafe") == std::string::npos && policy.find("script-src") == std::string::npos);
    QCOMPARE(page.head.headers.value("X-Frame-Options"), std::string_view("DENY"));
    QCOMPARE(page.head.headers.value("X-Content-Type-Options"), std::string_view("nosniff"));
    QCOMPARE(page.head.headers.value("Cache-Control"), std::string_view("no-store"));
    QVERIFY(page.body.find("<script") == std::string::npos);
    QVERIFY(page.body.find("value=\"&quot;&gt;&lt;script&gt;alert(1)") != std::string::npos);
    const auto cookie = http::parseSetCookie(page.head.headers.value("Set-Cookie"));
    QVERIFY(cookie && cookie->httpOnly && cookie->sameSite == "Lax" && cookie->path == "/realms/demo" &&
            cookie->domain.empty());
    // What the style says is what the policy lets through.
    const std::size_t begin = page.body.find("<style>") + 7;
    const std::string style = page.body.substr(begin, page.body.find("</style>") - begin);
    QVERIFY(policy.find("'sha256-" + toBase64(crypto::digest(crypto::DigestKind::Sha256, style)) + '\'') !=
            std::string::npos);
}

void TestAuthorize::formsAreSafe_data()
{
    QTest::addColumn<std::string>("change");
    QTest::addColumn<std::string>("reason");
    const auto row = [](const char* name, const char* reason) {
        QTest::newRow(name) << std::string(name) << std::string(reason);
    };
    row("no form token", "form-forged");
    row("other form token", "form-forged");
    row("no cookie", "form-forged");
    row("cookie of another browser", "form-forged");
    row("no interaction", "missing-parameter");
    row("unknown interaction", "interaction-unknown");
    row("interaction of another kind", "interaction-unknown");
    row("late", "interaction-unknown");
    row("other origin", "foreign-origin");
    row("opaque origin", "foreign-origin");
    row("cross-site without origin", "foreign-origin");
    row("other content type", "wrong-content-type");
}

void TestAuthorize::formsAreSafe()
{
    QFETCH(const std::string, change);
    QFETCH(const std::string, reason);
    Bench bench;
    Browser browser(bench);
    const http::Response page = browser.open(authorizeTarget());
    std::map<std::string, std::string> fields{{"interaction", fieldOf(page, "interaction")},
                                              {"token", fieldOf(page, "token")},
                                              {"username", "bob"},
                                              {"password", secretOf("bob")}};
    http::HeaderMap headers;
    std::string cookie = browser.cookie;
    std::string path = "/realms/demo/login";
    if (change == "no form token")
        fields["token"] = "";
    else if (change == "other form token")
        fields["token"] = std::string(43, 'x');
    else if (change == "no cookie")
        cookie.clear();
    else if (change == "cookie of another browser")
        cookie = std::string(43, 'x');
    else if (change == "no interaction")
        fields["interaction"] = "";
    else if (change == "unknown interaction")
        fields["interaction"] = "x";
    else if (change == "interaction of another kind")
        path = "/realms/demo/consent";
    else if (change == "late")
        bench.clock.setOffset(std::chrono::seconds(900));
    else if (change == "other origin")
        headers.add("Origin", "http://localhost:3000");
    else if (change == "opaque origin")
        headers.add("Origin", "null");
    else if (change == "cross-site without origin")
        headers.add("Sec-Fetch-Site", "cross-site");
    else
        headers.add("Content-Type", "text/plain");
    headers.add("Cookie", "claimsmith_session=" + cookie);
    bench.log();
    const http::Response response = bench.post(path, Fields(fields.begin(), fields.end()), headers);
    QCOMPARE(bench.log().front().reason, reason);
    QVERIFY(response.head.status >= 400 && !response.head.headers.contains("Set-Cookie"));
}

void TestAuthorize::sessionsAreRenewed()
{
    const Bench bench;
    Browser browser(bench);
    browser.cookie = std::string(43, 'f'); // planted
    const http::Response page = browser.open(authorizeTarget());
    QVERIFY(isLoginPage(page));
    QVERIFY(!answerOf(browser.logIn(page, "bob"), "code").empty());
    QVERIFY(browser.cookie != std::string(43, 'f'));
    Browser attacker(bench);
    attacker.cookie = std::string(43, 'f');
    QVERIFY(isLoginPage(attacker.open(authorizeTarget())));
    // The same page twice: its form is used up.
    QCOMPARE(browser.logIn(page, "bob").head.status, 400);
}

void TestAuthorize::givesUpAfterTenPasswords()
{
    const Bench bench;
    Browser browser(bench);
    http::Response page = browser.open(authorizeTarget());
    for (int i = 0; i < 10; ++i) {
        page = browser.submit("/login", page, {{"username", "bob"}, {"password", "guess"}});
        QCOMPARE(page.head.status, 400);
        QVERIFY(isLoginPage(page) && page.body.find("role=\"alert\"") != std::string::npos);
    }
    QVERIFY(!isLoginPage(browser.logIn(page, "bob")));
    QCOMPARE(bench.log().back().reason, std::string("interaction-unknown"));
}

QTEST_APPLESS_MAIN(TestAuthorize)
#include "tst_authorize.moc"
