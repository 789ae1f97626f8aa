// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/sign.h"

#include "base/base64.h"
#include "jose/compact.h"
#include "jose/generate.h"
#include "jose/verify.h"
#include "support/testing.h"

using namespace claimsmith;
using namespace claimsmith::jose;

namespace {

Key secretKey()
{
    return Key::fromSecret(SecretBytes(Bytes(64, 'k')));
}

} // namespace

class TestSign : public QObject
{
    Q_OBJECT

private slots:
    void signsWithEveryAlgorithm_data();
    void signsWithEveryAlgorithm();
    void signsTextsAsTheyAre();
    void signsValues();
    void leavesDetachedPayloadsOut();
    void signsPayloadsUnencoded();
    void refuses_data();
    void refuses();
    void generatesKeysAsAsked();
    void offersFittingAlgorithms();
};

void TestSign::signsWithEveryAlgorithm_data()
{
    QTest::addColumn<Algorithm>("algorithm");
    for (const AlgorithmInfo& algorithm : algorithms())
        QTest::newRow(std::string(algorithm.name).c_str()) << algorithm.id;
}

void TestSign::signsWithEveryAlgorithm()
{
    QFETCH(Algorithm, algorithm);
    const auto key = generateKey(algorithm);
    const auto stranger = generateKey(algorithm);
    CLAIMSMITH_VERIFY_RESULT(key);
    CLAIMSMITH_VERIFY_RESULT(stranger);
    const auto token = signCompact(defaultHeader(*key, algorithm), document::Object{{"a", 1}}, *key);
    CLAIMSMITH_VERIFY_RESULT(token);

    VerifyOptions options{
        .keys = {key->publicPart().value_or(*key)}, .algorithms = {algorithm}, .demandKeyLength = true};
    QVERIFY(verify(*token, options).isValid());
    options.keys = {*stranger};
    QVERIFY(!verify(*token, options).isValid());
    options.keyIds = KeyIdRule::Ignore;
    const auto report = verify(*token, options);
    QVERIFY(report.rung(RungId::Signature).state == RungState::Failed);
}

void TestSign::signsTextsAsTheyAre()
{
    const std::string header = "{ \"typ\":\"JWT\",\n\"alg\" : \"HS256\" }";
    const std::string payload = "{\"b\":1.0, \"a\":9007199254740993, \"c\":1e3}\n";
    const auto token = signCompact(header, payload, secretKey());
    CLAIMSMITH_VERIFY_RESULT(token);
    const auto parts = splitCompact(*token);
    QCOMPARE(*fromBase64Url(parts->header), header);
    QCOMPARE(*fromBase64Url(parts->payload), payload);
}

void TestSign::signsValues()
{
    const document::Object payload{{"z", document::Number("1.0")}, {"a", "\xc3\xa9"}};
    const auto token = signCompact(document::Object{{"alg", "HS256"}}, payload, secretKey());
    CLAIMSMITH_VERIFY_RESULT(token);
    QCOMPARE(*fromBase64Url(splitCompact(*token)->payload), std::string("{\"z\":1.0,\"a\":\"\xc3\xa9\"}"));
}

void TestSign::leavesDetachedPayloadsOut()
{
    const auto token = signCompact(R"({"alg":"HS256"})", "text", secretKey(), {.detached = true});
    CLAIMSMITH_VERIFY_RESULT(token);
    QCOMPARE(std::string(splitCompact(*token)->payload), std::string());
    VerifyOptions options{.keys = {secretKey()}, .claims = std::nullopt, .detachedPayload = "text"};
    QVERIFY(verify(*token, options).isValid());
    options.detachedPayload = "another";
    QVERIFY(!verify(*token, options).isValid());
    options.detachedPayload.reset();
    QVERIFY(!verify(*token, options).isValid());
}

void TestSign::signsPayloadsUnencoded()
{
    const std::string header = R"({"alg":"HS256","b64":false,"crit":["b64"]})";
    const auto token = signCompact(header, "$02", secretKey());
    CLAIMSMITH_VERIFY_RESULT(token);
    QCOMPARE(std::string(splitCompact(*token)->payload), std::string("$02"));
    QVERIFY(verify(*token, {.keys = {secretKey()}, .claims = std::nullopt}).isValid());
    const auto withDot = signCompact(header, "$.02", secretKey());
    QVERIFY(!withDot);
    QVERIFY(withDot.error().code == JoseErrorCode::InvalidCharacter);
    QCOMPARE(withDot.error().place.offset, std::size_t{1});
}

void TestSign::refuses_data()
{
    QTest::addColumn<std::string>("header");
    QTest::addColumn<std::string>("code");
    const auto row = [](const char* name, const char* header, const char* code) {
        QTest::newRow(name) << std::string(header) << std::string(code);
    };
    row("nothing", "", "header-empty");
    row("no JSON", "alg", "header-not-json");
    row("no object", "[]", "header-not-object");
    row("no alg", "{}", "algorithm-missing");
    row("alg that is a number", R"({"alg":256})", "algorithm-not-string");
    row("none", R"({"alg":"none"})", "algorithm-none");
    row("unknown alg", R"({"alg":"HS1"})", "algorithm-unknown");
    row("alg of another key", R"({"alg":"ES256"})", "key-of-other-type");
    row("crit that is not understood", R"({"alg":"HS256","crit":["x"],"x":1})", "critical-unknown");
    row("alg twice", R"({"alg":"HS256","alg":"HS256"})", "header-duplicate-member");
}

void TestSign::refuses()
{
    QFETCH(std::string, header);
    QFETCH(std::string, code);
    const auto token = signCompact(header, "{}", secretKey());
    QVERIFY(!token);
    QCOMPARE(std::string(token.error().code.name()), code);
}

void TestSign::generatesKeysAsAsked()
{
    const auto secret = generateKey(Algorithm::HS512);
    CLAIMSMITH_VERIFY_RESULT(secret);
    QCOMPARE(secret->bits(), std::size_t{512});
    const auto rsa = generateKey(Algorithm::PS256, {.bits = 3072, .id = "mine"});
    CLAIMSMITH_VERIFY_RESULT(rsa);
    QCOMPARE(rsa->bits(), std::size_t{3072});
    QCOMPARE(rsa->id(), std::string("mine"));
    QCOMPARE(rsa->metadata().algorithm, std::string("PS256"));
    QCOMPARE(rsa->metadata().use, std::string("sig"));
    const auto ec = generateKey(Algorithm::ES384);
    CLAIMSMITH_VERIFY_RESULT(ec);
    QCOMPARE(ec->id(), toBase64Url(ec->thumbprint()));
    QCOMPARE(std::string(ec->curveName()), std::string("P-384"));
    QVERIFY(generateKey(Algorithm::RS256, {.bits = 512}).error().code == crypto::CryptoErrorCode::SizeRefused);
    QVERIFY(generateKey(Algorithm::HS256, {.bits = 12}).error().code == crypto::CryptoErrorCode::SizeRefused);
}

void TestSign::offersFittingAlgorithms()
{
    const auto names = [](const Key& key) {
        std::string text;
        for (const Algorithm algorithm : algorithmsFor(key))
            text.append(text.empty() ? "" : " ").append(toString(algorithm));
        return text;
    };
    QCOMPARE(names(secretKey()), std::string("HS256 HS384 HS512"));
    QCOMPARE(names(*generateKey(Algorithm::Ed448)), std::string("Ed448 EdDSA"));
    QCOMPARE(names(*generateKey(Algorithm::ES256K)), std::string("ES256K"));
    QCOMPARE(names(*generateKey(Algorithm::PS384)), std::string("PS384 RS256 RS384 RS512 PS256 PS512"));
}

QTEST_APPLESS_MAIN(TestSign)
#include "tst_sign.moc"
