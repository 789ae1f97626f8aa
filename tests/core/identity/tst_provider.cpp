// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/identity/browser.h"
#include "identity/providerserver.h"
#include "jose/jwk.h"
#include "jose/verify.h"
#include "support/rawclient.h"

#include <thread>

using namespace claimsmith;
using namespace claimsmith::identity;
using namespace claimsmith::identity::test;

/// What an embedding program does with a provider: keys, faults, previews, tokens, sessions, the log; and its guard.
class TestProvider : public QObject
{
    Q_OBJECT

private slots:
    void rotatesKeys();
    void rotatesByAge();
    void keepsKeysElsewhere();
    void showsFaults_data();
    void showsFaults();
    void spoilsAnswers();
    void previewsAndIssues();
    void listsSessions();
    void keepsStateWhenReconfigured();
    void guards_data();
    void guards();
    void answersPagesOfOthers();
    void boundsItsLog();
    void servesOverASocket();
};

namespace {

const std::string path = "/realms/demo";

std::string accessToken(const Bench& bench)
{
    IssueRequest request;
    request.issuer = path;
    request.client = "kong-bank";
    request.user = "bob";
    auto tokens = bench.provider->issue(request);
    return tokens ? tokens->access : std::string();
}

/// What a resource server that trusts discovery makes of a token: the first problem, or "".
std::string problemOf(const Bench& bench, const std::string& token)
{
    const auto set = jose::readJwks(jsonOf(bench.get(path + "/jwks")));
    if (!set)
        return "no keys";
    jose::VerifyOptions options;
    options.keys = set->keys;
    options.clock = &bench.clock;
    options.claims->issuers = {"http://localhost:8085/realms/demo"};
    options.claims->audiences = {"kong-bank"};
    const jose::VerificationReport report = jose::verify(token, options);
    const Error* const problem = report.firstProblem();
    return problem == nullptr ? "" : std::string(problem->code.name());
}

std::size_t publishedKeys(const Bench& bench)
{
    return jsonOf(bench.get(path + "/jwks")).find("keys")->asArray()->size();
}

} // namespace

void TestProvider::rotatesKeys()
{
    Bench bench;
    const std::string old = accessToken(bench);
    QVERIFY(bench.provider->prepareKey(path).hasValue());
    QCOMPARE(publishedKeys(bench), std::size_t{2});
    QCOMPARE(textOf(headerOf(accessToken(bench)), "kid"), std::string("claimsmith-oidc-2026-11"));
    QVERIFY(bench.provider->signWithNextKey(path).hasValue());
    const std::string fresh = accessToken(bench);
    QCOMPARE(textOf(headerOf(fresh), "kid"), std::string("claimsmith-oidc-2026-11-2"));
    QCOMPARE(problemOf(bench, old), std::string());
    QCOMPARE(problemOf(bench, fresh), std::string());
    const auto keys = bench.provider->keys(path);
    QCOMPARE(keys.size(), std::size_t{2});
    QVERIFY(keys[0].state == KeyState::Signing && keys[1].state == KeyState::VerifyOnly);
    QCOMPARE(keys[1].retires, now + 3600); // the longest lifetime of a client's tokens
    QVERIFY(!bench.provider->signWithNextKey(path));
    bench.clock.setOffset(std::chrono::seconds(3600));
    QCOMPARE(publishedKeys(bench), std::size_t{1});

    bench.clock.setOffset(std::chrono::seconds(0));
    QVERIFY(bench.provider->rotateKeys(path).hasValue());
    QCOMPARE(publishedKeys(bench), std::size_t{2});
    QVERIFY(bench.provider->dropOldKeys(path).hasValue());
    QCOMPARE(problemOf(bench, fresh), std::string("key-of-other-id"));
    QVERIFY(!bench.provider->rotateKeys("/nowhere"));
}

void TestProvider::rotatesByAge()
{
    Bench bench;
    ProviderConfiguration configuration = bench.provider->configuration();
    configuration.issuers.front().rotateAfterDays = 30;
    QVERIFY(bench.provider->apply(configuration, secrets()).hasValue());
    bench.clock.setOffset(std::chrono::hours(24 * 30) - std::chrono::seconds(1));
    QCOMPARE(publishedKeys(bench), std::size_t{1});
    bench.clock.setOffset(std::chrono::hours(24 * 30));
    QCOMPARE(publishedKeys(bench), std::size_t{2});
    QCOMPARE(textOf(headerOf(accessToken(bench)), "kid"), std::string("claimsmith-oidc-2026-12"));
}

void TestProvider::keepsKeysElsewhere()
{
    std::map<std::string, std::string> keychain;
    const auto keeper = [&keychain] {
        ProviderOptions options;
        options.loadKeys = [&keychain](const std::string& issuer) {
            const auto found = keychain.find(issuer);
            return found == keychain.end() ? std::nullopt
                                           : std::optional<SecretBytes>(SecretBytes(BytesView(found->second)));
        };
        options.saveKeys = [&keychain](const std::string& issuer, const SecretBytes& keys) {
            keychain[issuer] = keys.view();
        };
        return options;
    };
    std::string token;
    {
        Bench bench(bank, keeper());
        QVERIFY(bench.provider->rotateKeys(path).hasValue());
        token = accessToken(bench);
    }
    Bench bench(bank, keeper());
    QCOMPARE(problemOf(bench, token), std::string());
    QCOMPARE(bench.get(path + "/userinfo", bearer(token)).head.status, 200);
    QCOMPARE(bench.provider->keys(path).size(), std::size_t{2});
    const std::string published = bench.get(path + "/jwks").body;
    QVERIFY(published.find("\"d\"") == std::string::npos && published.find("claimsmith_state") == std::string::npos);
    keychain[path] = "{}";
    auto configuration = readConfiguration(bank, "x");
    const auto refused = Provider::create(std::move(*configuration), keeper());
    QVERIFY(!refused);
    QCOMPARE(std::string(refused.error().code.name()), std::string("keys-unusable"));
}

void TestProvider::showsFaults_data()
{
    QTest::addColumn<std::string>("fault");
    QTest::addColumn<std::string>("problem"); // of a token made while the fault is on
    const auto row = [](const char* fault, const char* problem) {
        QTest::newRow(fault) << std::string(fault) << std::string(problem);
    };
    row("expired-token", "token-expired");
    row("future-token", "token-not-yet-valid");
    row("wrong-issuer", "claim-mismatch");
    row("wrong-audience", "claim-mismatch");
    row("wrong-key-id", "key-of-other-id");
    row("wrong-signature", "signature-mismatch");
    row("algorithm-switched", "key-of-other-type");
    row("algorithm-none", "algorithm-none");
    row("clock-ahead", "token-from-future");
    row("clock-behind", "token-expired");
    row("keys-rotated", "");
    row("keys-down", "no keys");
    row("keys-empty", "no-keys");
}

void TestProvider::showsFaults()
{
    QFETCH(const std::string, fault);
    QFETCH(const std::string, problem);
    const Bench bench;
    const std::string before = accessToken(bench);
    QCOMPARE(problemOf(bench, before), std::string());
    bench.provider->setFault(path, *findFault(fault), true);
    QVERIFY(bench.provider->faults(path).has(*findFault(fault)));
    const std::string token = accessToken(bench);
    QCOMPARE(problemOf(bench, token), problem);
    if (fault == "keys-rotated") {
        QCOMPARE(problemOf(bench, before), std::string("key-of-other-id"));
        QVERIFY(bench.provider->rotateKeys(path).hasValue());
        QVERIFY(textOf(headerOf(token), "kid") != bench.provider->keys(path).front().id);
    }
    QVERIFY(bench.log().back().faults.has(*findFault(fault)));
    bench.provider->setFault(path, *findFault(fault), false);
    QCOMPARE(problemOf(bench, accessToken(bench)), std::string());
}

void TestProvider::spoilsAnswers()
{
    Bench bench;
    const auto with = [&bench](const char* id, const auto& ask) {
        bench.provider->setFault(path, *findFault(id), true);
        const auto answer = ask();
        bench.provider->setFault(path, *findFault(id), false);
        return answer;
    };
    const std::string discovery = path + "/.well-known/openid-configuration";
    QCOMPARE(with("discovery-down", [&] { return bench.get(discovery).head.status; }), 503);
    QCOMPARE(textOf(with("discovery-other-issuer", [&] { return jsonOf(bench.get(discovery)); }), "issuer"),
             std::string("https://wrong-issuer.test"));
    QCOMPARE(with("server-error", [&] { return bench.get(discovery).head.status; }), 500);
    QCOMPARE(with("keys-down", [&] { return bench.get(path + "/jwks").head.status; }), 503);
    const std::string token = accessToken(bench);
    QVERIFY(textOf(with("other-subject", [&] { return jsonOf(bench.get(path + "/userinfo", bearer(token))); }),
                   "sub") != textOf(claimsOf(token), "sub"));
    QCOMPARE(with("redirect-mismatch", [&] { return bench.get(authorizeTarget()).head.status; }), 400);
    const std::string state = with("other-state", [&] {
        Browser browser(bench);
        return answerOf(browser.logIn(browser.open(authorizeTarget()), "bob"), "state");
    });
    QCOMPARE(state, std::string("other-state"));
    const document::Value tokens = with("wrong-nonce", [&] { return jsonOf(redeem(bench, Browser(bench).code())); });
    QCOMPARE(textOf(claimsOf(textOf(tokens, "id_token")), "nonce"), std::string("wrong-nonce"));
    http::Request request;
    request.head.method = "GET";
    request.head.target = discovery;
    request.head.headers.add("Host", "localhost");
    QVERIFY(with("slow", [&] { return bench.provider->answer(request).delay; }) == std::chrono::seconds(10));
    QVERIFY(with("truncated", [&] { return bench.provider->answer(request).truncated; }));
    const ProviderAnswer good = bench.provider->answer(request);
    QVERIFY(good.delay.count() == 0 && !good.truncated && good.response.head.status == 200);
}

void TestProvider::previewsAndIssues()
{
    const Bench bench;
    IssueRequest request;
    request.issuer = path;
    request.client = "kong-bank";
    request.user = "bob";
    const auto preview = bench.provider->preview(TokenKind::Access, request);
    CLAIMSMITH_VERIFY_RESULT(preview);
    auto tokens = bench.provider->issue(request);
    CLAIMSMITH_VERIFY_RESULT(tokens);
    document::Object issued = *claimsOf(tokens->access).asObject();
    issued.remove("jti");
    QCOMPARE(document::toJson(issued), document::toJson(*preview));
    QVERIFY(!tokens->id.empty() && !tokens->refresh.empty());
    QVERIFY(!bench.provider->preview(TokenKind::UserInfo, request)->contains("iss"));

    request.scopes = {"bank"};
    request.lifetime = 7;
    request.claims = {{"bank", "low-interest"}, {"iss", "https://elsewhere"}};
    tokens = bench.provider->issue(request);
    const document::Value claims = claimsOf(tokens->access);
    QCOMPARE(textOf(claims, "bank"), std::string("low-interest"));
    QCOMPARE(textOf(claims, "iss"), std::string("https://elsewhere"));
    QCOMPARE(claims.findInteger("exp").value_or(0), now + 7);
    QVERIFY(tokens->id.empty() && tokens->expiresIn == 7);

    request.user = "nobody";
    QCOMPARE(std::string(bench.provider->issue(request).error().code.name()), std::string("user-unknown"));
    request.client = "nothing";
    QCOMPARE(std::string(bench.provider->issue(request).error().code.name()), std::string("client-unknown"));
    request.issuer = "/nowhere";
    QCOMPARE(std::string(bench.provider->issue(request).error().code.name()), std::string("issuer-unknown"));
}

void TestProvider::listsSessions()
{
    Bench bench;
    QVERIFY(bench.provider->sessions(path).empty());
    redeem(bench, Browser(bench).code());
    Browser waiting(bench);
    waiting.code(); // a code that nobody has exchanged is no session yet
    auto sessions = bench.provider->sessions(path);
    QCOMPARE(sessions.size(), std::size_t{1});
    QCOMPARE(sessions.front().user, std::string("bob"));
    QCOMPARE(sessions.front().client, std::string("kong-bank"));
    QCOMPARE(sessions.front().accessExpires, now + 300);
    QVERIFY(!sessions.front().refreshed && sessions.front().hasRefreshToken);
    bench.clock.setOffset(std::chrono::seconds(200));
    QVERIFY(bench.provider->refreshSession(path, sessions.front().id).hasValue());
    sessions = bench.provider->sessions(path);
    QVERIFY(sessions.front().refreshed && sessions.front().accessIssued == now + 200 &&
            sessions.front().accessExpires == now + 500);
    QVERIFY(bench.provider->revokeSession(path, sessions.front().id));
    QVERIFY(!bench.provider->refreshSession(path, sessions.front().id));
    QVERIFY(!bench.provider->revokeSession(path, "x"));
    QVERIFY(!answerOf(waiting.open(authorizeTarget()), "code").empty());
    bench.provider->resetState();
    QVERIFY(answerOf(waiting.open(authorizeTarget()), "code").empty());
}

void TestProvider::keepsStateWhenReconfigured()
{
    Bench bench;
    const std::string token = accessToken(bench);
    bench.provider->setFault(path, Fault::Slow, true);
    ProviderConfiguration configuration = bench.provider->configuration();
    configuration.issuers.front().users.front().claims.set("bank", "new-deal");
    configuration.issuers.push_back({.path = "/second", .algorithm = jose::Algorithm::ES256});
    QVERIFY(bench.provider->apply(configuration, secrets()).hasValue());
    QVERIFY(bench.provider->faults(path).has(Fault::Slow));
    QCOMPARE(textOf(jsonOf(bench.get(path + "/userinfo", bearer(token))), "bank"), std::string("new-deal"));
    QCOMPARE(bench.get("/second/jwks").head.status, 200);
    const auto issuers = bench.provider->issuers();
    QCOMPARE(issuers.size(), std::size_t{2});
    QCOMPARE(issuers[1].url, std::string("http://localhost:8085/second"));
    QCOMPARE(issuers[0].endpoints.front().first, std::string("authorization_endpoint"));
    configuration.publicUrl = "https://idp.test";
    QVERIFY(bench.provider->apply(configuration, secrets()).hasValue());
    QCOMPARE(bench.provider->issuers()[1].url, std::string("https://idp.test/second"));
    // Another algorithm means other keys.
    configuration.issuers.front().algorithm = jose::Algorithm::EdDSA;
    QVERIFY(bench.provider->apply(configuration, secrets()).hasValue());
    QCOMPARE(bench.provider->keys(path).front().algorithm, std::string("EdDSA"));
}

void TestProvider::guards_data()
{
    QTest::addColumn<std::string>("target");
    QTest::addColumn<std::string>("method");
    QTest::addColumn<Fields>("headers");
    QTest::addColumn<int>("status");
    const auto row = [](const char* name, const char* target, const char* method, Fields headers, int status) {
        QTest::newRow(name) << path + target << std::string(method) << std::move(headers) << status;
    };
    row("own host", "/jwks", "GET", {}, 200);
    row("loopback address", "/jwks", "GET", {{"Host", "127.0.0.1:8085"}}, 200);
    row("IPv6 loopback", "/jwks", "GET", {{"Host", "[::1]:8085"}}, 200);
    row("rebound name", "/jwks", "GET", {{"Host", "evil.example:8085"}}, 403);
    row("rebound name at the token endpoint", "/token", "POST", {{"Host", "evil.example"}}, 403);
    row("empty host", "/jwks", "GET", {{"Host", ""}}, 403);
    row("keys for any page", "/jwks", "GET", {{"Origin", "https://anywhere.example"}}, 200);
    row("token for a client's page", "/token", "POST", {{"Origin", "http://localhost:3000"}}, 400);
    row("token for another page", "/token", "POST", {{"Origin", "https://anywhere.example"}}, 403);
    row("token for an opaque page", "/token", "POST", {{"Origin", "null"}}, 403);
    row("user info for another page", "/userinfo", "GET", {{"Origin", "http://localhost:8000.evil.example"}}, 403);
    row("image of another site", "/userinfo", "GET", {{"Sec-Fetch-Site", "cross-site"}}, 403);
    row("link from another site", "/authorize", "GET", {{"Sec-Fetch-Site", "cross-site"}}, 400);
    row("form from another site", "/login", "POST", {{"Origin", "https://evil.example"}}, 403);
    row("preflight of a client's page", "/token", "OPTIONS", {{"Origin", "http://localhost:3000"}}, 204);
    row("preflight of another page", "/token", "OPTIONS", {{"Origin", "https://evil.example"}}, 403);
    row("preflight of a form", "/login", "OPTIONS", {}, 405);
    row("wrong method", "/token", "GET", {}, 405);
    row("wrong method for keys", "/jwks", "POST", {}, 405);
    row("head", "/jwks", "HEAD", {}, 200);
    row("no endpoint", "/jwks/x", "GET", {}, 404);
    row("path in disguise", "/%6awks", "GET", {}, 404);
}

void TestProvider::guards()
{
    QFETCH(const std::string, target);
    QFETCH(const std::string, method);
    QFETCH(const Fields, headers);
    QFETCH(const int, status);
    const Bench bench;
    http::Request request;
    request.head.method = method;
    request.head.target = target;
    for (const auto& [name, value] : headers)
        request.head.headers.add(name, value);
    const http::Response response = bench.send(std::move(request));
    QCOMPARE(response.head.status, status);
    QCOMPARE(response.head.headers.contains("Allow"), status == 405);
    QCOMPARE(response.head.headers.value("X-Content-Type-Options"), std::string_view("nosniff"));
    if (status == 403)
        QVERIFY(!response.head.headers.contains("Access-Control-Allow-Origin"));
}

void TestProvider::answersPagesOfOthers()
{
    const Bench bench;
    const http::HeaderMap page{{"Origin", "http://localhost:3000"}};
    const http::Response answer = bench.post(path + "/token", {}, page);
    QCOMPARE(answer.head.headers.value("Access-Control-Allow-Origin"), std::string_view("http://localhost:3000"));
    QCOMPARE(answer.head.headers.value("Vary"), std::string_view("Origin"));
    QVERIFY(!answer.head.headers.contains("Access-Control-Allow-Credentials"));
    http::Request preflight;
    preflight.head.method = "OPTIONS";
    preflight.head.target = path + "/userinfo";
    preflight.head.headers = page;
    const http::Response granted = bench.send(std::move(preflight));
    QCOMPARE(granted.head.headers.value("Access-Control-Allow-Headers"),
             std::string_view("Authorization, Content-Type"));
    QCOMPARE(granted.head.headers.value("Access-Control-Allow-Methods"), std::string_view("GET, HEAD, POST"));
}

void TestProvider::boundsItsLog()
{
    ProviderOptions options;
    options.logEntries = 3;
    const Bench bench(bank, std::move(options));
    for (int i = 0; i < 5; ++i)
        bench.get(path + "/jwks?secret=" + std::to_string(i));
    std::vector<LogEntry> entries;
    QCOMPARE(bench.provider->drainLog(entries), std::size_t{2});
    QCOMPARE(entries.size(), std::size_t{3});
    QCOMPARE(entries.back().path, path + "/jwks");
    QCOMPARE(entries.back().issuer, path);
    QVERIFY(entries.back().status == 200 && entries.back().time == bench.clock.now());
    QCOMPARE(bench.provider->drainLog(entries), std::size_t{0});
}

void TestProvider::servesOverASocket()
{
    auto configuration = readConfiguration(bank, "provider.json");
    CLAIMSMITH_VERIFY_RESULT(configuration);
    ProviderOptions options;
    options.secrets = secrets();
    const auto server = ProviderServer::start({"localhost", 0}, std::move(*configuration), std::move(options));
    CLAIMSMITH_VERIFY_RESULT(server);
    const std::uint16_t port = (*server)->address().port;
    const std::string url = "http://localhost:" + std::to_string(port) + path;
    QCOMPARE((*server)->provider().issuers().front().url, url);
    const std::string request = "GET " + path + "/.well-known/openid-configuration HTTP/1.1\r\nHost: localhost\r\n\r\n";
    claimsmith::test::RawClient client(port);
    QVERIFY(client.send(request));
    const std::string answer = client.readResponse();
    QVERIFY(answer.find("\"issuer\":\"" + url + '"') != std::string::npos);

    // Faults may be switched from another thread while it serves.
    std::thread([&server] { (*server)->provider().setFault(path, Fault::Truncated, true); }).join();
    QVERIFY(client.send(request));
    const std::string half = client.readToEnd().value_or("");
    const std::string_view body = claimsmith::test::bodyOf(half);
    QCOMPARE(body.size(), std::stoul(claimsmith::test::headerOf(half, "Content-Length")) / 2);
    QVERIFY((*server)->stop(std::chrono::seconds(5)));
}

QTEST_APPLESS_MAIN(TestProvider)
#include "tst_provider.moc"
