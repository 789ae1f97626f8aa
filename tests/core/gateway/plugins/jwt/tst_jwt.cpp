// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/base64.h"
#include "core/gateway/gatewaybench.h"
#include "crypto/keyreader.h"
#include "jose/signature.h"
#include "support/data.h"

using namespace claimsmith;
using namespace claimsmith::gateway;
using namespace claimsmith::gateway::testing;

class TestJwt : public QObject
{
    Q_OBJECT

private slots:
    void refuses_data();
    void refuses();
    void breaksAsKongDoes_data();
    void breaksAsKongDoes();
    void acceptsFromEachPlace_data();
    void acceptsFromEachPlace();
    void writesIdentity();
    void replacesForgedIdentity();
    void goesOnAsAnonymous();
    void skipsPreflight();
    void marksQuirks_data();
    void marksQuirks();
    void refusesStrictly_data();
    void refusesStrictly();
    void findsInOrder();
};

namespace {

constexpr const char* configuration = R"({
  "_format_version": "3.0",
  "services": [{"name": "s", "url": "http://up.test/base", "routes": [
    {"name": "plain", "paths": ["/plain"], "plugins": [{"name": "jwt"}]},
    {"name": "times", "paths": ["/times"], "plugins": [{"name": "jwt", "config": {"claims_to_verify": ["exp", "nbf"], "maximum_expiration": 600}}]},
    {"name": "realm", "paths": ["/realm"], "plugins": [{"name": "jwt", "config": {"realm": "house"}}]},
    {"name": "kid", "paths": ["/kid"], "plugins": [{"name": "jwt", "config": {"key_claim_name": "kid"}}]},
    {"name": "places", "paths": ["/places"], "plugins": [{"name": "jwt", "config": {"header_names": ["x-token"], "cookie_names": ["sid"], "uri_param_names": ["t"]}}]},
    {"name": "base64", "paths": ["/base64"], "plugins": [{"name": "jwt", "config": {"secret_is_base64": true}}]},
    {"name": "anonymous", "paths": ["/anonymous"], "plugins": [{"name": "jwt", "config": {"anonymous": "guest"}}]},
    {"name": "nobody", "paths": ["/nobody"], "plugins": [{"name": "jwt", "config": {"anonymous": "missing"}}]},
    {"name": "preflight", "paths": ["/preflight"], "plugins": [{"name": "jwt", "config": {"run_on_preflight": false}}]}
  ]}],
  "consumers": [
    {"username": "login_server_issuer", "custom_id": "c-1", "jwt_secrets": [
      {"key": "k1", "secret": "top secret"},
      {"key": "k384", "secret": "top secret", "algorithm": "HS384"},
      {"key": "b64", "secret": "dG9wIHNlY3JldA"},
      {"key": "es", "algorithm": "ES256"},
      {"key": "ec", "algorithm": "ES256", "rsa_public_key": EC_KEY},
      {"key": "rs", "algorithm": "RS256", "rsa_public_key": RSA_KEY}]},
    {"username": "guest"}
  ]
})";

/// The configuration with its public keys.
std::string completed()
{
    std::string text = configuration;
    for (const auto& [name, file] : {std::pair{"EC_KEY", "keys/ec.p256.spki.pem"}, {"RSA_KEY", "keys/rsa.spki.pem"}})
        text.replace(text.find(name), std::string_view(name).size(),
                     document::toJson(document::Value(test::testData(file))));
    return text;
}

std::shared_ptr<const Snapshot> snapshot(Conduct conduct = Conduct::Kong)
{
    static const auto kong = snapshotOf(completed());
    static const auto strict = snapshotOf(completed(), Conduct::Strict);
    return conduct == Conduct::Kong ? kong : strict;
}

std::string sign(const std::string& header, const std::string& payload, const std::string& secret = "top secret",
                 jose::Algorithm algorithm = jose::Algorithm::HS256)
{
    const std::string input = toBase64Url(header) + "." + toBase64Url(payload);
    const auto maker = jose::SignatureMaker::forSecret(algorithm, SecretBytes(BytesView(secret)));
    return input + "." + toBase64Url(*maker->sign(input));
}

std::string token(const std::string& payload)
{
    return sign(R"({"typ":"JWT","alg":"HS256"})", payload);
}

/// A token as it is put together by hand, with the signature that belongs to what is signed.
std::string signRaw(const std::string& input, const std::string& secret = "top secret")
{
    const auto maker = jose::SignatureMaker::forSecret(jose::Algorithm::HS256, SecretBytes(BytesView(secret)));
    return input + "." + toBase64Url(*maker->sign(input));
}

/// A good token with a private key of the tests, whose signature `change` may alter.
template <class Change>
std::string signWithKey(jose::Algorithm algorithm, const std::string& name, const std::string& file, Change change)
{
    const auto read = crypto::readKey(test::testData("keys/" + file));
    const auto maker = jose::SignatureMaker::forKey(algorithm, *read->privateKey());
    const std::string input = toBase64Url(R"({"alg":")" + std::string(jose::toString(algorithm)) + "\"}") + "." +
                              toBase64Url(R"({"iss":")" + name + "\"}");
    Bytes signature = *maker->sign(input);
    change(signature);
    return input + "." + toBase64Url(signature);
}

Sent bearer(const std::string& path, const std::string& text)
{
    return {.target = path, .headers = {{"Authorization", "Bearer " + text}}};
}

const std::string now = std::to_string(testNow);
const std::string soon = std::to_string(testNow + 60);
const std::string past = std::to_string(testNow - 60);
const std::string late = std::to_string(testNow + 6000);

} // namespace

void TestJwt::refuses_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("token");
    QTest::addColumn<QString>("body");
    QTest::addColumn<QString>("challenge");
    const auto row = [](const char* name, const char* path, const std::string& text, const char* body,
                        const char* challenge = "Bearer error=\"invalid_token\"") {
        QTest::newRow(name) << QString(path) << QString::fromStdString(text) << QString(body) << QString(challenge);
    };
    row("no token", "/plain", "", R"({"message":"Unauthorized"})", "Bearer");
    row("no token, realm", "/realm", "", R"({"message":"Unauthorized"})", "Bearer realm=\"house\"");
    row("bad token, realm", "/realm", "x", R"({"message":"Bad token; invalid JSON"})",
        "Bearer realm=\"house\" error=\"invalid_token\"");
    row("two tokens", "/plain?jwt=other", token(R"({"iss":"k1"})"), R"({"message":"Multiple tokens provided"})");
    row("a flag for a token", "/plain?jwt", "", R"({"message":"Unrecognizable token"})");
    row("one segment", "/plain", "abc", R"({"message":"Bad token; invalid JSON"})");
    row("two segments", "/plain", "e30.e30", R"({"message":"Bad token; invalid JSON"})");
    row("header no base64url", "/plain", "a+b.e30.e30", R"({"message":"Bad token; invalid JSON"})");
    row("payload no JSON", "/plain", toBase64Url(R"({"alg":"HS256"})") + "." + toBase64Url("{") + ".x",
        R"({"message":"Bad token; invalid JSON"})");
    row("algorithm none", "/plain", toBase64Url(R"({"alg":"none"})") + ".e30.",
        R"({"message":"Bad token; invalid alg"})");
    row("algorithm unknown", "/plain", sign(R"({"alg":"HS1"})", "{}"), R"({"message":"Bad token; invalid alg"})");
    row("algorithm absent", "/plain", sign("{}", "{}"), R"({"message":"Bad token; invalid alg"})");
    row("header a list", "/plain", sign("[]", "{}"), R"({"message":"Bad token; invalid alg"})");
    row("payload false", "/plain", sign(R"({"alg":"HS256"})", "false"), R"({"message":"Bad token; invalid claims"})");
    row("signature no base64url", "/plain", toBase64Url(R"({"alg":"HS256"})") + ".e30.+",
        R"({"message":"Bad token; invalid signature"})");
    row("no key claim", "/plain", token("{}"), R"({"message":"No mandatory 'iss' in claims"})");
    row("key claim false", "/plain", token(R"({"iss":false})"), R"({"message":"No mandatory 'iss' in claims"})");
    row("key claim empty", "/plain", token(R"({"iss":""})"), R"({"message":"Invalid 'iss' in claims"})");
    row("unknown key", "/plain", token(R"({"iss":"k1\/"})"), R"({"message":"No credentials found for given 'iss'"})");
    row("another key claim", "/kid", token(R"({"iss":"k1"})"), R"({"message":"No mandatory 'kid' in claims"})");
    row("another algorithm", "/plain", token(R"({"iss":"k384"})"), R"({"message":"Invalid algorithm"})");
    row("secret no base64url", "/base64", token(R"({"iss":"k1"})"), R"({"message":"Invalid key/secret"})");
    row("key absent", "/plain", sign(R"({"alg":"ES256"})", R"({"iss":"es"})"), R"({"message":"Invalid key/secret"})");
    row("wrong secret", "/plain", sign(R"({"alg":"HS256"})", R"({"iss":"k1"})", "other"),
        R"({"message":"Invalid signature"})");
    row("expired", "/times", token(R"({"iss":"k1","nbf":)" + past + R"(,"exp":)" + past + "}"),
        R"({"exp":"token expired"})");
    row("expires this second", "/times", token(R"({"iss":"k1","nbf":)" + past + R"(,"exp":)" + now + "}"),
        R"({"exp":"token expired"})");
    row("not yet", "/times", token(R"({"iss":"k1","nbf":)" + soon + R"(,"exp":)" + soon + "}"),
        R"({"nbf":"token not valid yet"})");
    row("times absent", "/times", token(R"({"iss":"k1"})"), R"({"exp":"must be a number","nbf":"must be a number"})");
    row("times as text", "/times", token(R"({"iss":"k1","exp":")" + soon + R"(","nbf":0})"),
        R"({"exp":"must be a number"})");
    row("too long", "/times", token(R"({"iss":"k1","nbf":0,"exp":)" + late + "}"),
        R"({"exp":"exceeds maximum allowed expiration"})");
}

void TestJwt::refuses()
{
    QFETCH(QString, path);
    QFETCH(QString, token);
    QFETCH(QString, body);
    QFETCH(QString, challenge);
    Sent sent{.target = path.toStdString()};
    if (!token.isEmpty())
        sent.headers.emplace_back("Authorization", "Bearer " + token.toStdString());
    const Passage passage(snapshot(), sent);
    QCOMPARE(passage.status(), 401);
    QCOMPARE(json(passage.body()), json(body.toStdString()));
    QCOMPARE(QString::fromStdString(std::string(passage.answer->headers.value("WWW-Authenticate"))), challenge);
    QCOMPARE(passage.answer->headers.value("Content-Type"), std::string_view("application/json; charset=utf-8"));
    QVERIFY(!passage.exchange.identity.consumer);
}

void TestJwt::breaksAsKongDoes_data()
{
    QTest::addColumn<QString>("token");
    QTest::addColumn<QString>("strictly");
    const auto row = [](const char* name, const std::string& text, const char* strictly) {
        QTest::newRow(name) << QString::fromStdString(text) << QString(strictly);
    };
    row("header a number", sign("1", "{}"), "Bad token; invalid JSON");
    row("payload a number", sign(R"({"alg":"HS256"})", "1"), "Bad token; invalid claims");
    row("payload null", sign(R"({"alg":"HS256"})", "null"), "Bad token; invalid claims");
    row("key claim a number", token(R"({"iss":1})"), "Invalid 'iss' in claims");
    row("key claim an object", token(R"({"iss":{}})"), "Invalid 'iss' in claims");
    row("key claim null", token(R"({"iss":null})"), "Invalid 'iss' in claims");
}

/// Kong answers 500 to these; strictly, they are refused like any other bad token.
void TestJwt::breaksAsKongDoes()
{
    QFETCH(QString, token);
    QFETCH(QString, strictly);
    const Passage kong(snapshot(), bearer("/plain", token.toStdString()), true);
    QCOMPARE(kong.status(), 500);
    QVERIFY(QString::fromStdString(kong.body()).contains("An unexpected error occurred"));
    const Step* step = kong.exchange.trace->decisive();
    QVERIFY(step && step->failure());
    QCOMPARE(step->verdict, Step::Verdict::Failed);
    QCOMPARE(step->failure()->quirk, std::string("jwt.quirk.answers-500"));

    const Passage strict(snapshot(Conduct::Strict), bearer("/plain", token.toStdString()));
    QCOMPARE(strict.status(), 401);
    QCOMPARE(QString::fromStdString(*json(strict.body()).findString("message")), strictly);
}

void TestJwt::acceptsFromEachPlace_data()
{
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("header");
    QTest::addColumn<QString>("value");
    const QString good = QString::fromStdString(token(R"({"iss":"k1"})"));
    QTest::newRow("header") << "/plain"
                            << "Authorization"
                            << "Bearer " + good;
    QTest::newRow("lower case scheme") << "/plain"
                                       << "authorization"
                                       << "bearer  " + good;
    QTest::newRow("behind other text") << "/plain"
                                       << "Authorization"
                                       << "x Bearer " + good;
    QTest::newRow("query") << "/plain?jwt=" + good << "X"
                           << "1";
    QTest::newRow("twice the same") << "/plain?jwt=" + good << "Authorization"
                                    << "Bearer " + good;
    QTest::newRow("cookie") << "/places"
                            << "Cookie"
                            << "a=b; SID=" + good;
    QTest::newRow("own header") << "/places"
                                << "X-Token"
                                << "Bearer " + good;
    QTest::newRow("own query name") << "/places?t=" + good << "X"
                                    << "1";
    QTest::newRow("key in the token's header")
        << "/kid"
        << "Authorization"
        << "Bearer " + QString::fromStdString(sign(R"({"alg":"HS256","kid":"k1"})", "{}"));
    QTest::newRow("secret in base64url") << "/base64"
                                         << "Authorization"
                                         << "Bearer " + QString::fromStdString(token(R"({"iss":"b64"})"));
    QTest::newRow("within its times") << "/times"
                                      << "Authorization"
                                      << "Bearer " + QString::fromStdString(token(R"({"iss":"k1","nbf":)" + now +
                                                                                  R"(,"exp":)" + soon + "}"));
}

void TestJwt::acceptsFromEachPlace()
{
    QFETCH(QString, target);
    QFETCH(QString, header);
    QFETCH(QString, value);
    const Passage passage(snapshot(),
                          {.target = target.toStdString(), .headers = {{header.toStdString(), value.toStdString()}}});
    QVERIFY2(passage.isProxied(), passage.body().c_str());
    QCOMPARE(passage.sentUpstream("X-Consumer-Username"), std::string("login_server_issuer"));
}

void TestJwt::writesIdentity()
{
    const std::string good = token(R"({"iss":"k1"})");
    const Passage passage(snapshot(), bearer("/plain/x?y=1", good), true);
    const Consumer* consumer = passage.exchange.identity.consumer;
    QVERIFY(consumer);
    QCOMPARE(passage.sentUpstream("X-Consumer-ID"), consumer->id);
    QCOMPARE(passage.sentUpstream("X-Consumer-Custom-ID"), std::string("c-1"));
    QCOMPARE(passage.sentUpstream("X-Credential-Identifier"), std::string("k1"));
    QCOMPARE(passage.sentUpstream("X-Anonymous-Consumer"), std::string());
    QCOMPARE(passage.exchange.authenticatedToken, good);
    QCOMPARE(passage.exchange.upstream.path, std::string("/base/x"));
    for (const HeaderChange& change : passage.exchange.trace->requestChanges())
        if (change.name.starts_with("X-C")) {
            QCOMPARE(change.kind, HeaderChange::Kind::Added);
            QCOMPARE(change.by, (Author{Author::Kind::Plugin, "jwt"}));
        }
    QCOMPARE(passage.exchange.trace->credential->entity.name, std::string("k1"));
}

void TestJwt::replacesForgedIdentity()
{
    Sent sent = bearer("/plain", token(R"({"iss":"k1"})"));
    sent.headers.emplace_back("X-Consumer-Username", "admin");
    sent.headers.emplace_back("X-Anonymous-Consumer", "true");
    const Passage passage(snapshot(), sent);
    QCOMPARE(passage.sentUpstream("X-Consumer-Username"), std::string("login_server_issuer"));
    QCOMPARE(passage.sentUpstream("X-Anonymous-Consumer"), std::string());
}

void TestJwt::goesOnAsAnonymous()
{
    const Passage passage(snapshot(), bearer("/anonymous", "bad"), true);
    QVERIFY(passage.isProxied());
    QCOMPARE(passage.sentUpstream("X-Consumer-Username"), std::string("guest"));
    QCOMPARE(passage.sentUpstream("X-Anonymous-Consumer"), std::string("true"));
    QVERIFY(passage.exchange.trace->anonymous);
    QCOMPARE(passage.exchange.trace->steps[2].verdict, Step::Verdict::Anonymous);
    QCOMPARE(Passage(snapshot(), bearer("/nobody", "bad")).status(), 500);
}

void TestJwt::skipsPreflight()
{
    const Passage skipped(snapshot(), {.method = "OPTIONS", .target = "/preflight"}, true);
    QVERIFY(skipped.isProxied());
    QCOMPARE(skipped.exchange.trace->steps[2].verdict, Step::Verdict::Skipped);
    QCOMPARE(Passage(snapshot(), {.method = "OPTIONS", .target = "/plain"}).status(), 401);
}

void TestJwt::marksQuirks_data()
{
    QTest::addColumn<QString>("token");
    QTest::addColumn<QString>("quirk");
    const auto row = [](const char* name, const std::string& text, const char* quirk) {
        QTest::newRow(name) << QString::fromStdString(text) << QString(quirk);
    };
    row("unknown crit", sign(R"({"alg":"HS256","crit":["x"]})", R"({"iss":"k1"})"), "jwt.quirk.crit-ignored");
    row("b64 false", sign(R"({"alg":"HS256","b64":false})", R"({"iss":"k1"})"), "jwt.quirk.b64-ignored");
    row("repeated claim", token(R"({"iss":"other","iss":"k1"})"), "jwt.quirk.repeated-member");
    const std::string padded = toBase64Url(R"({"alg":"HS256"})") + "." + toBase64Url(R"({"iss":"k1" })") + "==";
    const auto maker = jose::SignatureMaker::forSecret(jose::Algorithm::HS256, SecretBytes(BytesView("top secret")));
    row("padding", padded + "." + toBase64Url(*maker->sign(padded)), "jwt.quirk.base64-not-canonical");
}

void TestJwt::marksQuirks()
{
    QFETCH(QString, token);
    QFETCH(QString, quirk);
    const Passage kong(snapshot(), bearer("/plain", token.toStdString()), true);
    QVERIFY2(kong.isProxied(), kong.body().c_str());
    const auto& findings = kong.exchange.trace->steps[2].findings;
    QVERIFY(
        std::ranges::any_of(findings, [&](const Finding& finding) { return finding.quirk == quirk.toStdString(); }));
    QCOMPARE(Passage(snapshot(Conduct::Strict), bearer("/plain", token.toStdString())).status(), 401);
}

void TestJwt::refusesStrictly_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("token");
    QTest::addColumn<bool>("isGood");
    const auto row = [](const char* name, const std::string& text, bool isGood = false, const char* path = "/plain") {
        QTest::newRow(name) << QString(path) << QString::fromStdString(text) << isGood;
    };
    const auto asIs = [](Bytes&) {};
    const auto cut = [](Bytes& signature) { signature.pop_back(); };
    const auto longer = [](Bytes& signature) { signature += '\0'; };
    const auto none = [](Bytes& signature) { signature.clear(); };
    const auto half = [](Bytes& signature) { signature.resize(signature.size() / 2); };
    const auto padded = [](Bytes& signature) {
        signature.insert(signature.size() / 2, 1, '\0');
        signature.insert(0, 1, '\0');
    };
    const auto ec = [](auto change) { return signWithKey(jose::Algorithm::ES256, "ec", "ec.p256.pkcs8.pem", change); };
    const auto rsa = [](auto change) { return signWithKey(jose::Algorithm::RS256, "rs", "rsa.pkcs8.pem", change); };
    const auto hmac = [](auto change) {
        const std::string good = token(R"({"iss":"k1"})");
        const std::size_t dot = good.rfind('.') + 1;
        Bytes signature = *fromBase64Url(good.substr(dot));
        change(signature);
        return good.substr(0, dot) + toBase64Url(signature);
    };
    row("HS256", hmac(asIs), true);
    row("HS256, an octet short", hmac(cut));
    row("HS256, an octet long", hmac(longer));
    row("HS256, no signature", hmac(none));
    row("HS256, its beginning", hmac(half));
    row("ES256", ec(asIs), true);
    row("ES256, an octet short", ec(cut));
    row("ES256, an octet long", ec(longer));
    row("ES256, no signature", ec(none));
    row("ES256, its beginning", ec(half));
    row("ES256, numbers of 33 octets", ec(padded));
    row("ES256, zeros", ec([](Bytes& signature) { signature.assign(64, '\0'); }));
    row("RS256", rsa(asIs), true);
    row("RS256, an octet short", rsa(cut));
    row("RS256, an octet long", rsa(longer));
    row("RS256, no signature", rsa(none));
    row("RS256, zeros in front", rsa([](Bytes& signature) { signature.insert(0, 1, '\0'); }));

    const std::string header = R"({"alg":"HS256"})";
    row("header null", sign("null", R"({"iss":"k1"})"));
    row("header a number", sign("1", R"({"iss":"k1"})"));
    row("header a text", sign(R"("x")", R"({"iss":"k1"})"));
    row("payload null", sign(header, "null"));
    row("payload a number", sign(header, "1"));
    row("payload a text", sign(header, R"("k1")"));
    row("payload true", sign(header, "true"));
    row("key claim true", token(R"({"iss":true})"));
    row("key claim a list", token(R"({"iss":["k1"]})"));
    row("key claim a number", token(R"({"iss":1})"));
    row("key in the header a number", sign(R"({"alg":"HS256","kid":1})", "{}"), false, "/kid");
    row("b64 true", sign(R"({"alg":"HS256","b64":true})", R"({"iss":"k1"})"), true);
    row("unknown crit", sign(R"({"alg":"HS256","crit":["x"],"x":1})", R"({"iss":"k1"})"));
    row("crit empty", sign(R"({"alg":"HS256","crit":[]})", R"({"iss":"k1"})"));
    row("crit no list", sign(R"({"alg":"HS256","crit":"exp"})", R"({"iss":"k1"})"));
    row("b64 false", sign(R"({"alg":"HS256","b64":false,"crit":["b64"]})", R"({"iss":"k1"})"));
    row("b64 false, not critical", sign(R"({"alg":"HS256","b64":false})", R"({"iss":"k1"})"));
    row("NaN", token(R"({"iss":"k1","n":NaN})"));
    row("nan", token(R"({"iss":"k1","n":nan})"));
    row("infinity", token(R"({"iss":"k1","n":-Infinity})"));
    row("hexadecimal number", token(R"({"iss":"k1","n":0x10})"));
    row("number with a plus", token(R"({"iss":"k1","n":+1})"));
    row("number with a zero in front", token(R"({"iss":"k1","n":01})"));
    row("expiry NaN", token(R"({"iss":"k1","nbf":0,"exp":NaN})"), false, "/times");
    row("expiry hexadecimal", token(R"({"iss":"k1","nbf":0,"exp":0xffffffff})"), false, "/times");
    row("expiry as text", token(R"({"iss":"k1","nbf":0,"exp":")" + soon + "\"}"), false, "/times");
    const std::string head = toBase64Url(header);
    row("padded header", signRaw(toBase64Url(R"({"alg":"HS256" })") + "==." + toBase64Url(R"({"iss":"k1"})")));
    row("padded payload", signRaw(head + "." + toBase64Url(R"({"iss":"k1" })") + "=="));
    row("padded signature", token(R"({"iss":"k1"})") + "=");
    row("base64 with + and /", signRaw(head + "." + toBase64(R"({"iss":"k1","t":"\u00ff>>>???"})")));
    row("line end in the payload", signRaw(head + ".\n" + toBase64Url(R"({"iss":"k1"})")));
    // {"iss":"k1" } has 13 octets: the last of its 18 characters has bits that say nothing.
    std::string loose = toBase64Url(R"({"iss":"k1" })");
    loose.back() = loose.back() == 'Q' ? 'R' : 'Z';
    row("bits beyond the end", signRaw(head + "." + loose));
}

/// The promise of the strict conduct: whatever Kong makes of it, a forged or malformed token is refused with 401.
void TestJwt::refusesStrictly()
{
    QFETCH(QString, path);
    QFETCH(QString, token);
    QFETCH(bool, isGood);
    const Passage passage(snapshot(Conduct::Strict), bearer(path.toStdString(), token.toStdString()), true);
    QCOMPARE(passage.status(), isGood ? 200 : 401);
    QCOMPARE(passage.exchange.identity.consumer != nullptr, isGood);
    if (!isGood)
        QVERIFY(passage.exchange.trace->decisive()->failure());
}

void TestJwt::findsInOrder()
{
    const Passage passage(snapshot(), bearer("/times", token(R"({"iss":"k1","nbf":0,"exp":)" + past + "}")), true);
    const Step* step = passage.exchange.trace->decisive();
    QVERIFY(step);
    std::string states;
    for (const Finding& finding : step->findings)
        states += finding.check + "=" + std::string(nameOf(finding.state)) + " ";
    QCOMPARE(states,
             std::string("jwt.token-found=passed jwt.single-token=passed jwt.token-is-text=passed jwt.decodes=passed "
                         "jwt.algorithm-known=passed jwt.key-claim=passed jwt.credential-found=passed "
                         "jwt.algorithm-fits=passed jwt.key-usable=passed jwt.signature-valid=passed jwt.exp=failed "
                         "jwt.nbf=passed jwt.maximum-expiration=not-checked "));
    QCOMPARE(step->failure()->pointer, std::string("/services/0/routes/1/plugins/0/config/claims_to_verify"));
    QCOMPARE(std::string(step->failure()->parameter("now")), now);
}

QTEST_APPLESS_MAIN(TestJwt)
#include "tst_jwt.moc"
