// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/verify.h"

#include "base/base64.h"
#include "crypto/hmac.h"
#include "jose/generate.h"
#include "jose/keytext.h"
#include "jose/sign.h"
#include "support/data.h"
#include "support/testing.h"

using namespace claimsmith;
using namespace claimsmith::jose;

namespace {

constexpr std::int64_t now = 1'000'000;

const FixedClock fixedClock(now);
const std::string header = R"({"alg":"HS256","typ":"JWT"})";

Key secretKey(std::string id = {})
{
    return Key::fromSecret(SecretBytes(Bytes(32, 'k')), {.id = std::move(id), .use = {}, .algorithm = {}});
}

std::string tokenWith(std::string_view payload, std::string_view withHeader = header)
{
    return *signCompact(withHeader, payload, secretKey());
}

/// Signs whatever the header says, as a forger does.
std::string forged(std::string_view withHeader, std::string_view payload = "{}")
{
    const std::string input = toBase64Url(withHeader) + '.' + toBase64Url(payload);
    return input + '.' + toBase64Url(crypto::Hmac(crypto::DigestKind::Sha256, SecretBytes(Bytes(32, 'k'))).sign(input));
}

VerifyOptions optionsWith(const ClaimsPolicy& policy = {})
{
    return {.keys = {secretKey()}, .claims = policy, .clock = &fixedClock};
}

/// "rung:code" of every failed rung.
std::string problemsOf(const VerificationReport& report)
{
    std::string text;
    for (const Rung& rung : report.rungs) {
        if (rung.state == RungState::Failed)
            text.append(text.empty() ? "" : " ")
                .append(toString(rung.id))
                .append(":")
                .append(rung.problem->code.name());
    }
    return text;
}

} // namespace

class TestVerify : public QObject
{
    Q_OBJECT

private slots:
    void climbsTheWholeLadder();
    void reportsEveryProblem();
    void refusesHeaders_data();
    void refusesHeaders();
    void refusesSignatures_data();
    void refusesSignatures();
    void choosesKeys();
    void comparesKeyIdsUnlessTold();
    void demandsKeyLengthWhenTold();
    void refusesThePublicKeyAsSecret();
    void refusesKeysThatTheTokenBrings();
    void checksClaims_data();
    void checksClaims();
    void saysHowFarTheTimesAre();
    void leavesClaimsAloneWhenTold();
    void keepsItsOrder();
};

void TestVerify::climbsTheWholeLadder()
{
    const auto report = verify(tokenWith(R"({"exp":1000060})"), optionsWith());
    QCOMPARE(problemsOf(report), std::string());
    QVERIFY(report.isValid());
    for (const RungId id : {RungId::Structure, RungId::Header, RungId::Algorithm, RungId::Key, RungId::Signature,
                            RungId::Claims, RungId::Expiration})
        QVERIFY(report.rung(id).state == RungState::Passed);
    for (const RungId id : {RungId::Critical, RungId::NotBefore, RungId::Issuer, RungId::Lifetime})
        QVERIFY(report.rung(id).state == RungState::NotChecked);
    QCOMPARE(*report.keyIndex, std::size_t{0});
    QVERIFY(report.claims->contains("exp"));
}

void TestVerify::reportsEveryProblem()
{
    std::string token = forged(R"({"alg":"HS256","crit":["x"],"x":1})", R"({"exp":1,"nbf":2000000,"aud":3})");
    token[token.size() - 5] = token[token.size() - 5] == 'A' ? 'B' : 'A';
    ClaimsPolicy policy;
    policy.issuers = {"me"};
    policy.required = {"jti"};
    VerifyOptions options = optionsWith(policy);
    options.algorithms = {Algorithm::RS256};
    QCOMPARE(
        problemsOf(verify(token, options)),
        std::string("algorithm:algorithm-not-allowed critical:critical-unknown signature:signature-mismatch "
                    "expiration:token-expired not-before:token-not-yet-valid issuer:claim-missing audience:claim-type "
                    "required:claim-missing"));
}

void TestVerify::refusesHeaders_data()
{
    QTest::addColumn<std::string>("header");
    QTest::addColumn<std::string>("problems");
    const auto row = [](const char* name, const char* json, const char* problems) {
        QTest::newRow(name) << std::string(json) << std::string(problems);
    };
    row("no alg", R"({"typ":"JWT"})", "algorithm:algorithm-missing");
    row("alg that is a list", R"({"alg":["HS256"]})", "algorithm:algorithm-not-string");
    row("alg null", R"({"alg":null})", "algorithm:algorithm-not-string");
    row("none", R"({"alg":"none"})", "algorithm:algorithm-none");
    row("None", R"({"alg":"None"})", "algorithm:algorithm-unknown");
    row("lower case", R"({"alg":"hs256"})", "algorithm:algorithm-unknown");
    row("with a blank", R"({"alg":"HS256 "})", "algorithm:algorithm-unknown");
    row("an algorithm of JWE", R"({"alg":"dir"})", "algorithm:algorithm-unknown");
    row("one for other keys", R"({"alg":"RS256"})", "key:key-of-other-type");
    row("kid that is a number", R"({"alg":"HS256","kid":1})", "header:header-member-type");
    row("typ that is an object", R"({"alg":"HS256","typ":{}})", "header:header-member-type");
    row("not an object", "[]", "header:header-not-object");
    row("alg twice", R"({"alg":"HS256","alg":"HS256"})", "header:header-duplicate-member");
    row("b64 outside of crit", R"({"alg":"HS256","b64":false})", "critical:unencoded-not-critical");
}

void TestVerify::refusesHeaders()
{
    QFETCH(std::string, header);
    QFETCH(std::string, problems);
    const auto report = verify(forged(header), optionsWith());
    QCOMPARE(problemsOf(report), problems);
    QVERIFY(!report.isValid());
}

void TestVerify::refusesSignatures_data()
{
    QTest::addColumn<std::string>("signature");
    QTest::addColumn<std::string>("problems");
    QTest::newRow("absent") << std::string() << std::string("signature:signature-empty");
    QTest::newRow("too short") << toBase64Url(Bytes(31, 'x')) << std::string("signature:signature-length");
    QTest::newRow("too long") << toBase64Url(Bytes(33, 'x')) << std::string("signature:signature-length");
    QTest::newRow("wrong") << toBase64Url(Bytes(32, 'x')) << std::string("signature:signature-mismatch");
    QTest::newRow("not base64url") << std::string("a+b") << std::string("structure:invalid-character");
}

void TestVerify::refusesSignatures()
{
    QFETCH(std::string, signature);
    QFETCH(std::string, problems);
    const std::string token = tokenWith("{}");
    QCOMPARE(problemsOf(verify(token.substr(0, token.rfind('.') + 1) + signature, optionsWith())), problems);
}

void TestVerify::choosesKeys()
{
    const auto ec = generateKey(Algorithm::ES256, {.id = "wanted"});
    const auto other = generateKey(Algorithm::ES256, {.id = "other"});
    const auto encrypting = ec->withMetadata({.id = "wanted", .use = "enc", .algorithm = {}});
    const auto token = signCompact(R"({"alg":"ES256","kid":"wanted"})", "{}", *ec);
    CLAIMSMITH_VERIFY_RESULT(token);
    VerifyOptions options = optionsWith();
    options.keys = {secretKey("wanted"), *other, encrypting, *ec};
    const auto report = verify(*token, options);
    QCOMPARE(problemsOf(report), std::string());
    QCOMPARE(*report.keyIndex, std::size_t{3});
    QVERIFY(report.candidates[0].rejection->code == JoseErrorCode::KeyOfOtherType);
    QVERIFY(report.candidates[1].rejection->code == JoseErrorCode::KeyOfOtherId);
    QVERIFY(report.candidates[2].rejection->code == JoseErrorCode::KeyForOtherUse);
    QVERIFY(!report.candidates[3].rejection && report.candidates[3].verified);

    options.keys.pop_back();
    QCOMPARE(problemsOf(verify(*token, options)), std::string("key:no-suitable-key"));
    options.keys.clear();
    QCOMPARE(problemsOf(verify(*token, options)), std::string("key:no-keys"));
}

void TestVerify::comparesKeyIdsUnlessTold()
{
    VerifyOptions options = optionsWith();
    options.keys = {secretKey("a")};
    const std::string token = tokenWith("{}", R"({"alg":"HS256","kid":"b"})");
    QCOMPARE(problemsOf(verify(token, options)), std::string("key:key-of-other-id"));
    options.keyIds = KeyIdRule::Ignore;
    QVERIFY(verify(token, options).isValid());
}

void TestVerify::demandsKeyLengthWhenTold()
{
    VerifyOptions options = optionsWith();
    options.keys = {Key::fromSecret(SecretBytes(BytesView("short")))};
    const std::string token = *signCompact(header, "{}", options.keys.front());
    QVERIFY(verify(token, options).isValid());
    options.demandKeyLength = true;
    QCOMPARE(problemsOf(verify(token, options)), std::string("key:key-too-short"));
    options.keys = {Key::fromSecret(SecretBytes())};
    options.demandKeyLength = false;
    QCOMPARE(problemsOf(verify(token, options)), std::string("key:key-secret-empty"));
}

void TestVerify::refusesThePublicKeyAsSecret()
{
    const std::string pem = test::testData("keys/rsa.spki.pem");
    const std::string token = *signCompact(header, "{}", Key::fromSecret(SecretBytes(BytesView(pem))));
    VerifyOptions options = optionsWith();
    options.keys = {*readKey(pem)};
    QCOMPARE(problemsOf(verify(token, options)), std::string("key:key-of-other-type"));
}

void TestVerify::refusesKeysThatTheTokenBrings()
{
    // CVE-2018-0114: the key in the header is the attacker's.
    const std::string token =
        tokenWith("{}", R"({"alg":"HS256","jwk":{"kty":"oct","k":")" + toBase64Url(Bytes(32, 'k')) + R"("}})");
    VerifyOptions options = optionsWith();
    options.keys = {Key::fromSecret(SecretBytes(Bytes(32, 'o')))};
    QCOMPARE(problemsOf(verify(token, options)), std::string("signature:signature-mismatch"));
}

void TestVerify::checksClaims_data()
{
    QTest::addColumn<std::string>("payload");
    QTest::addColumn<std::string>("problems");
    const auto row = [](const char* name, const char* payload, const char* problems) {
        QTest::newRow(name) << std::string(payload) << std::string(problems);
    };
    const char* const complete =
        R"({"iss":"b","aud":["x","y"],"sub":"s","nonce":"n","iat":1000000,"exp":1000600,"jti":1})";
    row("all as it should be", complete, "");
    row("nothing there", "{}",
        "lifetime:claim-missing issuer:claim-missing audience:claim-missing subject:claim-missing nonce:claim-missing "
        "required:claim-missing");
    row("no JSON", "text", "claims:payload-not-json");
    row("no object", "[1]", "claims:payload-not-object");
    row("a claim twice", R"({"exp":1,"exp":2})", "claims:payload-duplicate-member");
    row("another issuer", R"({"iss":"c","aud":"y","sub":"s","nonce":"n","iat":1000000,"exp":1000600,"jti":1})",
        "issuer:claim-mismatch");
    row("issuer that is a list", R"({"iss":["b"],"aud":"y","sub":"s","nonce":"n","iat":1000000,"exp":1000600,"jti":1})",
        "issuer:claim-type");
    row("another audience", R"({"iss":"b","aud":"z","sub":"s","nonce":"n","iat":1000000,"exp":1000600,"jti":1})",
        "audience:claim-mismatch");
    row("no audience in the list", R"({"iss":"b","aud":[],"sub":"s","nonce":"n","iat":1000000,"exp":1000600,"jti":1})",
        "audience:claim-mismatch");
    row("audience with a number",
        R"({"iss":"b","aud":["y",1],"sub":"s","nonce":"n","iat":1000000,"exp":1000600,"jti":1})",
        "audience:claim-type");
    row("another subject and nonce",
        R"({"iss":"b","aud":"y","sub":"S","nonce":"N","iat":1000000,"exp":1000600,"jti":1})",
        "subject:claim-mismatch nonce:claim-mismatch");
    row("it ends now, leeway holds", R"({"iss":"b","aud":"y","sub":"s","nonce":"n","iat":999000,"exp":999991,"jti":1})",
        "lifetime:lifetime-too-long");
    row("it ended a leeway ago", R"({"iss":"b","aud":"y","sub":"s","nonce":"n","iat":999900,"exp":999990,"jti":1})",
        "expiration:token-expired");
    row("it begins a leeway on", R"({"iss":"b","aud":"y","sub":"s","nonce":"n","nbf":1000010,"exp":1000600,"jti":1})",
        "");
    row("it begins later", R"({"iss":"b","aud":"y","sub":"s","nonce":"n","nbf":1000011,"exp":1000600,"jti":1})",
        "not-before:token-not-yet-valid");
    row("issued in the future", R"({"iss":"b","aud":"y","sub":"s","nonce":"n","iat":1000011,"exp":1000600,"jti":1})",
        "issued-at:token-from-future");
    row("too long a life", R"({"iss":"b","aud":"y","sub":"s","nonce":"n","iat":1000000,"exp":1000601,"jti":1})",
        "lifetime:lifetime-too-long");
    row("exp as a string", R"({"iss":"b","aud":"y","sub":"s","nonce":"n","exp":"1000600","jti":1})",
        "expiration:claim-type lifetime:claim-missing");
    row("exp null", R"({"iss":"b","aud":"y","sub":"s","nonce":"n","exp":null,"jti":1})",
        "expiration:claim-type lifetime:claim-missing");
    row("exp beyond every number", R"({"iss":"b","aud":"y","sub":"s","nonce":"n","exp":1e400,"jti":1})",
        "expiration:claim-type lifetime:claim-missing");
    row("exp with a fraction", R"({"iss":"b","aud":"y","sub":"s","nonce":"n","exp":999990.5,"jti":1})", "");
    row("exp negative", R"({"iss":"b","aud":"y","sub":"s","nonce":"n","exp":-1e300,"jti":1})",
        "expiration:token-expired");
}

void TestVerify::checksClaims()
{
    QFETCH(std::string, payload);
    QFETCH(std::string, problems);
    ClaimsPolicy policy;
    policy.leeway = 10;
    policy.maximumLifetime = 600;
    policy.issuers = {"a", "b"};
    policy.audiences = {"y"};
    policy.subject = "s";
    policy.nonce = "n";
    policy.required = {"jti"};
    QCOMPARE(problemsOf(verify(tokenWith(payload), optionsWith(policy))), problems);
}

void TestVerify::saysHowFarTheTimesAre()
{
    ClaimsPolicy policy;
    policy.leeway = 5;
    const auto report = verify(tokenWith(R"({"exp":999900,"nbf":1000100,"iat":1000000})"), optionsWith(policy));
    QCOMPARE(*report.rung(RungId::Expiration).distance, std::int64_t{-95});
    QCOMPARE(*report.rung(RungId::NotBefore).distance, std::int64_t{95});
    QCOMPARE(*report.rung(RungId::IssuedAt).distance, std::int64_t{-5});
    QCOMPARE(report.rung(RungId::Expiration).found, std::string("999900"));
}

void TestVerify::leavesClaimsAloneWhenTold()
{
    VerifyOptions options = optionsWith();
    options.claims.reset();
    const auto expired = verify(tokenWith(R"({"exp":1})"), options);
    QVERIFY(expired.isValid());
    QVERIFY(expired.rung(RungId::Expiration).state == RungState::NotChecked);
    QVERIFY(verify(tokenWith("not even JSON"), options).isValid());
}

void TestVerify::keepsItsOrder()
{
    for (const std::string& token : {std::string(), std::string("x"), tokenWith("{}")}) {
        const auto report = verify(token, optionsWith());
        QCOMPARE(report.rungs.size(), static_cast<std::size_t>(RungId::Required) + 1);
        for (std::size_t i = 0; i < report.rungs.size(); ++i)
            QCOMPARE(static_cast<std::size_t>(report.rungs[i].id), i);
    }
}

QTEST_APPLESS_MAIN(TestVerify)
#include "tst_verify.moc"
