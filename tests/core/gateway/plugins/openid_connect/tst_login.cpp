// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gateway/plugins/openid_connect/guarded.h"

#include "base/base64.h"
#include "crypto/digest.h"
#include "gateway/plugins/openid_connect/checks.h"

#include <QRegularExpression>

using namespace claimsmith;
using namespace claimsmith::gateway;
using namespace claimsmith::gateway::testing;
using document::Object;
using document::Value;
using test::ScriptedProvider;

class TestLogin : public QObject
{
    Q_OBJECT

private slots:
    void redirectsToTheProvider();
    void provesPossessionOfTheCode();
    void logsIn_data();
    void logsIn();
    void refusesBrokenLogins_data();
    void refusesBrokenLogins();
    void takesALoginOnce();
    void keepsSeveralLogins();
    void resumesTheSession();
    void refusesForeignCookies();
    void endsTheSession_data();
    void endsTheSession();
    void refreshesTheSession();
    void refreshesNobodyElse();
    void checksTheNonceAlone();
    void tellsKeysOfOldSets();
    void keepsLoginsSmall();
    void losesTheSessionWithItsToken();
    void splitsLargeSessions();
    void logsOut();
    void revokesTokens();
    void writesCookiesAsAsked();
    void keepsItsCookiesFromTheUpstream();
};

namespace {

std::string configFor(const std::string& more = {})
{
    return R"("client_id": ["gw"], "client_secret": ["s3"], "auth_methods": ["authorization_code", "session"])" +
           (more.empty() ? "" : ", " + more);
}

/// A browser with its cookies in front of a gateway.
class Browser final
{
public:
    explicit Browser(Guarded& gateway) : m_gateway(gateway) {}

    std::unique_ptr<Passage> get(const std::string& target, bool isTraced = false)
    {
        Sent sent{.target = target};
        if (!m_cookies.empty())
            sent.headers.emplace_back("Cookie", cookieLine());
        auto passage = m_gateway.send(sent, isTraced);
        for (const std::string_view line : passage->exchange.response.headers.values("Set-Cookie")) {
            const auto cookie = http::parseSetCookie(line);
            if (cookie->maxAge == 0)
                m_cookies.erase(std::string(cookie->name));
            else
                m_cookies[std::string(cookie->name)] = cookie->value;
        }
        return passage;
    }

    /// An argument of the redirect to the provider.
    static std::string argument(const Passage& passage, std::string_view name)
    {
        const std::string location = passage.received("Location");
        const auto query = http::parseQuery(location.substr(location.find('?') + 1));
        const auto* found = query.find(name);
        return found ? found->value.value_or("") : std::string();
    }

    /// Goes to `target`, logs in at the provider as bob and comes back.
    std::unique_ptr<Passage> logIn(const std::string& target = "/r/page?a=1", const Object& more = {})
    {
        const auto redirect = get(target);
        giveTokens(argument(*redirect, "nonce"), more);
        return get("/r/page?a=1&code=c0de&state=" + argument(*redirect, "state"));
    }

    void giveTokens(const std::string& nonce, const Object& more = {})
    {
        Object answer{{"access_token", m_gateway.token()},
                      {"id_token", m_gateway.token({{"aud", "gw"}, {"nonce", nonce}})},
                      {"refresh_token", "r1"},
                      {"expires_in", 300}};
        for (const auto& [name, value] : more)
            answer.set(name, value);
        m_gateway.provider.on("/token", 200, answer);
    }

    bool hasCookie(const std::string& name) const { return m_cookies.contains(name); }
    std::map<std::string, std::string>& cookies() { return m_cookies; }

private:
    std::string cookieLine() const
    {
        std::string line;
        for (const auto& [name, value] : m_cookies)
            line += (line.empty() ? "" : "; ") + name + "=" + value;
        return line;
    }

    Guarded& m_gateway;
    std::map<std::string, std::string> m_cookies;
};

} // namespace

void TestLogin::redirectsToTheProvider()
{
    Guarded gateway(configFor(R"("scopes": ["openid", "bank"], "authorization_query_args_names": ["prompt"],
        "authorization_query_args_values": ["login"])"));
    Browser browser(gateway);
    const auto passage = browser.get("/r/page?a=1");
    QCOMPARE(passage->status(), 302);
    QVERIFY(passage->received("Location").starts_with(gateway.provider.issuer() + "/authorization?"));
    const std::pair<const char*, const char*> wanted[] = {
        {"response_type", "code"}, {"client_id", "gw"},        {"redirect_uri", "http://gw.test:8000/r/page"},
        {"scope", "openid bank"},  {"response_mode", "query"}, {"prompt", "login"},
        {"code_challenge", ""},
    };
    for (const auto& [name, value] : wanted)
        QCOMPARE(Browser::argument(*passage, name), std::string(value));
    QVERIFY(Browser::argument(*passage, "state").size() >= 32);
    QVERIFY(Browser::argument(*passage, "nonce").size() >= 32);
    QVERIFY(browser.hasCookie("authorization"));
    const std::string cookie = passage->received("Set-Cookie");
    QVERIFY(cookie.find(Browser::argument(*passage, "state")) == std::string::npos);
    QVERIFY2(cookie.ends_with("; Max-Age=600; Path=/; HttpOnly"), cookie.c_str());
}

void TestLogin::provesPossessionOfTheCode()
{
    Guarded gateway(configFor());
    gateway.provider.declare("code_challenge_methods_supported", document::Array{"S256"});
    Browser browser(gateway);
    const auto redirect = browser.get("/r");
    QCOMPARE(Browser::argument(*redirect, "code_challenge_method"), std::string("S256"));
    browser.giveTokens(Browser::argument(*redirect, "nonce"));
    QCOMPARE(browser.get("/r?code=c&state=" + Browser::argument(*redirect, "state"))->status(), 200);
    const std::string verifier = gateway.provider.sent("/token", "code_verifier");
    QCOMPARE(toBase64Url(crypto::digest(crypto::DigestKind::Sha256, verifier)),
             Browser::argument(*redirect, "code_challenge"));
}

void TestLogin::logsIn_data()
{
    QTest::addColumn<QString>("config");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("location"); ///< up to the tokens
    QTest::newRow("upstream") << "" << 200 << "";
    QTest::newRow("response") << R"("login_action": "response")" << 200 << "";
    QTest::newRow("redirect to what was asked for")
        << R"("login_action": "redirect")" << 302 << "http://gw.test:8000/r/page?a=1#id_token=TOKEN";
    QTest::newRow("redirect in the query") << R"("login_action": "redirect", "login_redirect_mode": "query")" << 302
                                           << "http://gw.test:8000/r/page?a=1&id_token=TOKEN";
    QTest::newRow("redirect elsewhere")
        << R"("login_action": "redirect", "login_redirect_uri": ["https://app.test/"], "login_tokens": ["access_token"])"
        << 302 << "https://app.test/#access_token=TOKEN";
    QTest::newRow("redirect without tokens")
        << R"("login_action": "redirect", "login_redirect_uri": ["https://app.test/"], "login_tokens": [])" << 302
        << "https://app.test/";
}

void TestLogin::logsIn()
{
    QFETCH(QString, config);
    QFETCH(int, status);
    QFETCH(QString, location);
    Guarded gateway(configFor(config.toStdString()));
    Browser browser(gateway);
    const auto passage = browser.logIn();
    QCOMPARE(passage->status(), status);
    QVERIFY(browser.hasCookie("session"));
    QVERIFY(!browser.hasCookie("authorization"));
    QCOMPARE(gateway.provider.sent("/token", "grant_type"), std::string("authorization_code"));
    QCOMPARE(gateway.provider.sent("/token", "code"), std::string("c0de"));
    QCOMPARE(gateway.provider.sent("/token", "redirect_uri"), std::string("http://gw.test:8000/r/page"));
    if (config.contains("response"))
        QVERIFY(passage->body().starts_with("{\"id_token\":\"ey"));
    else if (status == 200)
        QCOMPARE(passage->exchange.upstream.query.value_or(""), std::string("a=1"));
    else
        QCOMPARE(QString::fromStdString(passage->received("Location")).replace(QRegularExpression("ey[^&]+"), "TOKEN"),
                 location);
}

void TestLogin::refusesBrokenLogins_data()
{
    QTest::addColumn<QString>("query"); ///< with STATE
    QTest::addColumn<QString>("idToken");
    QTest::addColumn<QString>("failed");
    QTest::newRow("foreign state") << "code=c&state=other"
                                   << "{}"
                                   << "openid-connect.login-valid";
    QTest::newRow("error") << "error=access_denied&state=STATE"
                           << "{}"
                           << "openid-connect.login-valid";
    QTest::newRow("no code") << "state=STATE"
                             << "{}"
                             << "openid-connect.login-valid";
    QTest::newRow("other issuer") << "code=c&state=STATE&iss=https%3A%2F%2Fother.test"
                                  << "{}"
                                  << "openid-connect.login-valid";
    QTest::newRow("no ID token") << "code=c&state=STATE"
                                 << ""
                                 << "openid-connect.login-valid";
    QTest::newRow("nonce of another login") << "code=c&state=STATE"
                                            << R"({"nonce": "other"})"
                                            << "openid-connect.nonce-fits";
    QTest::newRow("no nonce") << "code=c&state=STATE"
                              << R"({"nonce": null})"
                              << "openid-connect.nonce-fits";
    QTest::newRow("ID token of another client") << "code=c&state=STATE"
                                                << R"({"aud": "other"})"
                                                << "openid-connect.id-token-for-client";
}

void TestLogin::refusesBrokenLogins()
{
    QFETCH(QString, query);
    QFETCH(QString, idToken);
    QFETCH(QString, failed);
    Guarded gateway(configFor());
    Browser browser(gateway);
    const auto redirect = browser.get("/r");
    const std::string nonce = Browser::argument(*redirect, "nonce");
    Object answer{{"access_token", gateway.token()}};
    if (!idToken.isEmpty()) {
        Object claims{{"aud", "gw"}, {"nonce", nonce}};
        const Value changes = json(idToken.toStdString());
        for (const auto& [name, value] : *changes.asObject())
            claims.set(name, value);
        answer.set("id_token", gateway.token(claims));
    }
    gateway.provider.on("/token", 200, answer);
    const auto state = QString::fromStdString(Browser::argument(*redirect, "state"));
    const auto passage = browser.get("/r?" + query.replace("STATE", state).toStdString(), true);
    QCOMPARE(passage->status(), 401);
    QVERIFY(!browser.hasCookie("session"));
    const Finding* finding = findingOf(*passage, failed.toStdString());
    QVERIFY(finding && finding->state == Finding::State::Failed);
}

void TestLogin::takesALoginOnce()
{
    Guarded gateway(configFor(R"("disable_session": ["authorization_code"])"));
    Browser browser(gateway);
    const auto redirect = browser.get("/r");
    browser.giveTokens(Browser::argument(*redirect, "nonce"));
    const std::string back = "/r?code=c&state=" + Browser::argument(*redirect, "state");
    QCOMPARE(browser.get(back)->status(), 200);
    QCOMPARE(browser.get(back)->status(), 401);
    QCOMPARE(gateway.provider.count("/token"), 1);
}

void TestLogin::keepsSeveralLogins()
{
    Guarded gateway(configFor());
    Browser browser(gateway);
    const auto first = browser.get("/r/1");
    const auto second = browser.get("/r/2");
    browser.giveTokens(Browser::argument(*first, "nonce"));
    QCOMPARE(browser.get("/r/1?code=c&state=" + Browser::argument(*first, "state"))->status(), 200);
    QVERIFY(browser.hasCookie("authorization"));
    gateway.now += 600;
    browser.giveTokens({});
    QCOMPARE(browser.get("/r/2?code=c&state=" + Browser::argument(*second, "state"))->status(), 200); // the session's
    QCOMPARE(gateway.provider.count("/token"), 2); // refreshed: the second login took too long
    QCOMPARE(gateway.provider.sent("/token", "grant_type"), std::string("refresh_token"));
}

void TestLogin::resumesTheSession()
{
    Guarded gateway(
        configFor(R"("upstream_session_id_header": "x-session", "session_request_headers": ["id", "timeout"])"));
    Browser browser(gateway);
    QCOMPARE(browser.logIn()->status(), 200);
    const auto passage = browser.get("/r/other");
    QCOMPARE(passage->status(), 200);
    QCOMPARE(passage->sentUpstream("X-Credential-Identifier"), std::string("bob"));
    QVERIFY(passage->sentUpstream("Authorization").starts_with("Bearer ey"));
    QCOMPARE(passage->sentUpstream("x-session").size(), std::size_t(32));
    QCOMPARE(passage->sentUpstream("Session-Id"), passage->sentUpstream("x-session"));
    QCOMPARE(passage->sentUpstream("Session-Timeout"), std::string("900"));
    QCOMPARE(gateway.provider.count("/token"), 1);
}

void TestLogin::refusesForeignCookies()
{
    Guarded gateway(configFor(R"("session_secret": "one")"));
    Browser browser(gateway);
    browser.logIn();
    std::string& cookie = browser.cookies()["session"];
    const std::string good = cookie;
    cookie[20] = cookie[20] == 'A' ? 'B' : 'A';
    QCOMPARE(browser.get("/r")->status(), 302);
    Guarded other(configFor(R"("session_secret": "two")"));
    Browser stranger(other);
    stranger.cookies()["session"] = good;
    QCOMPARE(stranger.get("/r")->status(), 302);
    Guarded otherIssuer(configFor(R"("session_secret": "one")"));
    Browser guest(otherIssuer);
    guest.cookies()["session"] = good;
    QCOMPARE(guest.get("/r")->status(), 302);
    Guarded audience(configFor(R"("session_secret": "one", "session_audience": "other")"));
    Browser elsewhere(audience);
    elsewhere.cookies()["session"] = good;
    QCOMPARE(elsewhere.get("/r")->status(), 302);
}

void TestLogin::endsTheSession_data()
{
    QTest::addColumn<QString>("config");
    QTest::addColumn<int>("step");  ///< seconds between requests
    QTest::addColumn<int>("alive"); ///< how many requests after the login succeed
    QTest::newRow("idle") << R"("session_idling_timeout": 100)" << 100 << 0;
    QTest::newRow("in use") << R"("session_idling_timeout": 100)" << 99 << 3;
    QTest::newRow("absolute") << R"("session_absolute_timeout": 200)" << 99 << 2;
    QTest::newRow("rolling") << R"("session_rolling_timeout": 100)" << 100 << 0;
}

void TestLogin::endsTheSession()
{
    QFETCH(QString, config);
    QFETCH(int, step);
    QFETCH(int, alive);
    Guarded gateway(configFor(config.toStdString()));
    Browser browser(gateway);
    const Object lasting{{"access_token", gateway.provider.token(gateway.now, {{"exp", gateway.now + 9999}})},
                         {"expires_in", 9999}};
    QCOMPARE(browser.logIn("/r", lasting)->status(), 200);
    for (int i = 0; i < 3; ++i) {
        gateway.now += step;
        QCOMPARE(browser.get("/r")->status(), i < alive ? 200 : 302);
    }
}

void TestLogin::refreshesTheSession()
{
    Guarded gateway(configFor(R"("upstream_headers_claims": ["n"], "upstream_headers_names": ["x-number"])"));
    Browser browser(gateway);
    browser.logIn();
    gateway.now += 300;
    gateway.provider.on("/token", 200, Object{{"access_token", gateway.token({{"n", 2}})}, {"expires_in", 300}});
    const auto passage = browser.get("/r");
    QCOMPARE(passage->status(), 200);
    QCOMPARE(gateway.provider.sent("/token", "refresh_token"), std::string("r1"));
    QCOMPARE(passage->sentUpstream("X-Number"), std::string("2"));
    gateway.now += 300; // the refresh token stays: the provider gave no new one
    gateway.provider.on("/token", 400, Object{{"error", "invalid_grant"}});
    QCOMPARE(browser.get("/r")->status(), 401);
    QCOMPARE(gateway.provider.sent("/token", "refresh_token"), std::string("r1"));
    QVERIFY(!browser.hasCookie("session"));
}

/// OpenID Connect Core §12.2: a new ID token is the same user's.
void TestLogin::refreshesNobodyElse()
{
    Guarded gateway(configFor());
    Browser browser(gateway);
    browser.logIn();
    gateway.now += 300;
    gateway.provider.on("/token", 200,
                        Object{{"access_token", gateway.token()},
                               {"id_token", gateway.token({{"aud", "gw"}, {"sub", "suzy"}})},
                               {"expires_in", 300}});
    QCOMPARE(browser.get("/r")->status(), 401);
}

/// What binds a login to its browser holds without the checks of other claims.
void TestLogin::checksTheNonceAlone()
{
    Guarded gateway(configFor(R"("verify_claims": false)"));
    Browser browser(gateway);
    const auto redirect = browser.get("/r");
    browser.giveTokens("other");
    QCOMPARE(browser.get("/r?code=c&state=" + Browser::argument(*redirect, "state"))->status(), 401);
}

/// The key of the ID token may be gone from the provider's set when the access token's appears.
void TestLogin::tellsKeysOfOldSets()
{
    Guarded gateway(configFor(R"("upstream_id_token_jwk_header": "x-id-key", "rediscovery_lifetime": 0)"));
    Browser browser(gateway);
    const auto redirect = browser.get("/r");
    browser.giveTokens(Browser::argument(*redirect, "nonce"));
    const std::string id = gateway.token({{"aud", "gw"}, {"nonce", Browser::argument(*redirect, "nonce")}});
    gateway.now += 1;
    gateway.provider.setKeys({ScriptedProvider::key("second")});
    gateway.provider.on("/token", 200, Object{{"access_token", gateway.token()}, {"id_token", id}});
    const auto passage = browser.get("/r?code=c&state=" + Browser::argument(*redirect, "state"));
    QCOMPARE(passage->status(), 200);
    const Value key = json(*fromBase64(passage->sentUpstream("x-id-key")));
    QCOMPARE(*key.findString("kid"), std::string("first"));
}

void TestLogin::keepsLoginsSmall()
{
    Guarded gateway(configFor());
    Browser browser(gateway);
    for (int i = 0; i < 6; ++i)
        QCOMPARE(browser.get("/r?" + std::string(8000, 'x'))->status(), 302);
    QVERIFY(browser.cookies()["authorization"].size() < 4000);
}

void TestLogin::losesTheSessionWithItsToken()
{
    Guarded gateway(configFor(R"("refresh_tokens": false)"));
    Browser browser(gateway);
    browser.logIn();
    gateway.now += 299;
    QCOMPARE(browser.get("/r")->status(), 200);
    gateway.now += 1;
    QCOMPARE(browser.get("/r")->status(), 302);
}

void TestLogin::splitsLargeSessions()
{
    Guarded gateway(configFor());
    Browser browser(gateway);
    const std::string large(6000, 'x');
    QCOMPARE(browser.logIn("/r", {{"access_token", gateway.token({{"large", large}})}})->status(), 200);
    QVERIFY(browser.hasCookie("session3"));
    for (const auto& [name, value] : browser.cookies())
        QVERIFY2(name.size() + value.size() < 4000, name.c_str());
    QCOMPARE(browser.get("/r")->status(), 200);
}

void TestLogin::logsOut()
{
    Guarded gateway(configFor(R"("logout_methods": ["GET"], "logout_uri_suffix": "/logout",
        "logout_redirect_uri": ["https://app.test/bye"])"));
    Browser browser(gateway);
    browser.logIn();
    const auto passage = browser.get("/r/logout");
    QCOMPARE(passage->status(), 302);
    QVERIFY(passage->received("Location").starts_with(gateway.provider.issuer() + "/end_session?"));
    QVERIFY(Browser::argument(*passage, "id_token_hint").starts_with("ey"));
    QCOMPARE(Browser::argument(*passage, "post_logout_redirect_uri"), std::string("https://app.test/bye"));
    QVERIFY(!browser.hasCookie("session"));
    QCOMPARE(browser.get("/r")->status(), 302);
    QCOMPARE(gateway.provider.count("/revocation"), 0);
}

void TestLogin::revokesTokens()
{
    Guarded gateway(configFor(R"("logout_methods": ["GET"], "logout_query_arg": "logout", "logout_revoke": true)"));
    Browser browser(gateway);
    browser.logIn();
    gateway.provider.on("/revocation", 200, Object());
    QCOMPARE(browser.get("/r?logout=1")->status(), 302);
    QCOMPARE(gateway.provider.count("/revocation"), 2);
    QCOMPARE(gateway.provider.sent("/revocation", "token_type_hint"), std::string("access_token"));
}

void TestLogin::writesCookiesAsAsked()
{
    Guarded gateway(
        configFor(R"("session_cookie_name": "sid", "session_cookie_path": "/r", "session_cookie_domain": "gw.test",
        "session_cookie_same_site": "Strict", "session_cookie_secure": true, "session_cookie_http_only": false)"));
    Browser browser(gateway);
    const std::string cookie = browser.logIn()->received("Set-Cookie");
    QVERIFY(browser.hasCookie("sid"));
    QVERIFY2(cookie.find("; Path=/r; Domain=gw.test; SameSite=Strict; Secure") != std::string::npos, cookie.c_str());
}

void TestLogin::keepsItsCookiesFromTheUpstream()
{
    Guarded gateway(configFor());
    Browser browser(gateway);
    browser.logIn();
    browser.cookies()["own"] = "1";
    QCOMPARE(browser.get("/r")->sentUpstream("Cookie"), std::string("own=1"));
}

QTEST_GUILESS_MAIN(TestLogin)
#include "tst_login.moc"
