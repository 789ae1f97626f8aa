// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/jwk.h"

#include "base/base64.h"
#include "document/json.h"
#include "jose/keytext.h"
#include "support/data.h"
#include "support/testing.h"

using namespace claimsmith;
using namespace claimsmith::jose;

namespace {

const std::string x = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU";
const std::string y = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0";
const std::string d = "jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI";
const std::string edX = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
const std::string edD = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A";

std::string ecKey(const std::string& more)
{
    // Escaped instead of raw: moc 6.4 loses its way in raw strings that end with a quote.
    return "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" + x + "\",\"y\":\"" + y + '"' + more + '}';
}

std::string problemOf(const Error& error)
{
    std::string text = std::string(error.code.name()) + error.place.pointer;
    if (error.cause)
        text += " < " + std::string(error.cause->code.name());
    return text;
}

document::Value json(const std::string& text)
{
    return *document::parseJson(text);
}

} // namespace

class TestJwk : public QObject
{
    Q_OBJECT

private slots:
    void survivesTheRoundTrip_data();
    void survivesTheRoundTrip();
    void keepsTheOrderAndTheOtherMembers();
    void hidesThePrivatePart();
    void turnsTheOperationsOfThePublicPart();
    void refuses_data();
    void refuses();
    void leavesUnusableKeysOutOfASet();
    void readsWhateverIsAKey_data();
    void readsWhateverIsAKey();
    void refusesKeyTexts_data();
    void refusesKeyTexts();
    void readsSecrets_data();
    void readsSecrets();
    void bindsKeysToTheirPurpose_data();
    void bindsKeysToTheirPurpose();
};

void TestJwk::survivesTheRoundTrip_data()
{
    QTest::addColumn<std::string>("file");
    QTest::addColumn<std::string>("type");
    QTest::addColumn<std::string>("curve");
    const auto row = [](const char* file, const char* type, const char* curve) {
        QTest::newRow(file) << std::string(file) << std::string(type) << std::string(curve);
    };
    row("rsa.pkcs8", "RSA", "");
    row("rsa.spki", "RSA", "");
    row("ec.p256.pkcs8", "EC", "P-256");
    row("ec.p384.pkcs8", "EC", "P-384");
    row("ec.p521.pkcs8", "EC", "P-521");
    row("ec.secp256k1.pkcs8", "EC", "secp256k1");
    row("ed25519.pkcs8", "OKP", "Ed25519");
    row("ed448.pkcs8", "OKP", "Ed448");
    row("x25519.pkcs8", "OKP", "X25519");
    row("x448.pkcs8", "OKP", "X448");
}

void TestJwk::survivesTheRoundTrip()
{
    QFETCH(std::string, file);
    QFETCH(std::string, type);
    QFETCH(std::string, curve);
    const auto key = readKey(test::testData("keys/" + file + ".pem"));
    CLAIMSMITH_VERIFY_RESULT(key);
    QCOMPARE(std::string(toString(key->type())), type);
    QCOMPARE(std::string(key->curveName()), curve);
    const document::Value written = writeJwk(*key, KeyParts::Private);
    const auto again = readJwk(written);
    CLAIMSMITH_VERIFY_RESULT(again);
    QVERIFY(writeJwk(*again, KeyParts::Private) == written);
    QVERIFY(*again->publicKey() == *key->publicKey());
    QCOMPARE(again->canSign(), key->canSign());
    QCOMPARE(again->thumbprint(), key->thumbprint());
}

void TestJwk::keepsTheOrderAndTheOtherMembers()
{
    const std::string text =
        R"({"kty":"oct","kid":"a","use":"sig","key_ops":["sign","verify"],"alg":"HS256","k":"AQID","iat":1,"x":"y"})";
    const auto key = readJwk(json(text));
    CLAIMSMITH_VERIFY_RESULT(key);
    QCOMPARE(
        document::toJson(writeJwk(*key, KeyParts::Private)),
        std::string(
            R"({"kty":"oct","kid":"a","use":"sig","key_ops":["sign","verify"],"alg":"HS256","k":"AQID","iat":1})"));
}

void TestJwk::hidesThePrivatePart()
{
    for (const std::string file : {"rsa.pkcs8", "ec.p256.pkcs8", "ed25519.pkcs8"}) {
        const auto key = readKey(test::testData("keys/" + file + ".pem"));
        CLAIMSMITH_VERIFY_RESULT(key);
        for (const document::Value& open :
             {writeJwk(*key, KeyParts::Public), writeJwk(*key->publicPart(), KeyParts::Private)}) {
            for (const std::string_view member : {"d", "p", "q", "dp", "dq", "qi"})
                QVERIFY(open.find(member) == nullptr);
        }
        QVERIFY(!key->publicPart()->canSign());
        QVERIFY(key->publicPart()->publicKey() != nullptr);
    }
    const Key secret = Key::fromSecret(SecretBytes(BytesView("secret")));
    QVERIFY(writeJwk(secret, KeyParts::Public).find("k") == nullptr);
    QVERIFY(!secret.publicPart());
}

void TestJwk::turnsTheOperationsOfThePublicPart()
{
    const auto key = readJwk(json(ecKey(R"(,"d":")" + d + R"(","key_ops":["sign","verify"])")));
    CLAIMSMITH_VERIFY_RESULT(key);
    QCOMPARE(document::toJson(*writeJwk(*key->publicPart(), KeyParts::Public).find("key_ops")),
             std::string(R"(["verify"])"));
}

void TestJwk::refuses_data()
{
    QTest::addColumn<std::string>("jwk");
    QTest::addColumn<std::string>("problem");
    const auto row = [](const char* name, const std::string& jwk, const char* problem) {
        QTest::newRow(name) << jwk << std::string(problem);
    };
    row("an array", "[]", "key-not-recognised");
    row("no kty", "{}", "key-member-missing/kty");
    row("kty that is a number", R"({"kty":1})", "key-member-type/kty");
    row("an unknown kty", R"({"kty":"AKP"})", "key-type-unknown/kty");
    row("kty in capitals", R"({"kty":"OCT","k":"AQID"})", "key-type-unknown/kty");
    row("kid that is a number", R"({"kty":"oct","k":"AQID","kid":1})", "key-member-type/kid");
    row("alg that is a list", R"({"kty":"oct","k":"AQID","alg":[]})", "key-member-type/alg");
    row("key_ops that is a string", R"({"kty":"oct","k":"AQID","key_ops":"sign"})", "key-operations-invalid/key_ops");
    row("key_ops with one twice", R"({"kty":"oct","k":"AQID","key_ops":["sign","sign"]})",
        "key-operations-invalid/key_ops");
    row("no k", R"({"kty":"oct"})", "key-member-missing/k");
    row("an empty k", R"({"kty":"oct","k":""})", "key-secret-empty/k");
    row("a padded k", R"({"kty":"oct","k":"AQ=="})", "key-member-base64/k");
    row("k in the other alphabet", R"({"kty":"oct","k":"a+b/"})", "key-member-base64/k");
    row("no curve", R"({"kty":"EC"})", "key-member-missing/crv");
    row("an unknown curve", R"({"kty":"EC","crv":"P-224"})", "key-curve-unknown/crv");
    row("a curve of the other kty", R"({"kty":"EC","crv":"Ed25519"})", "key-curve-unknown/crv");
    row("no y", R"({"kty":"EC","crv":"P-256","x":")" + x + "\"}", "key-member-missing/y");
    row("a short coordinate", R"({"kty":"EC","crv":"P-256","x":"AQID","y":")" + y + "\"}",
        "key-numbers-invalid < key-invalid");
    row("a point off the curve", R"({"kty":"EC","crv":"P-256","x":")" + y + R"(","y":")" + x + "\"}",
        "key-numbers-invalid < point-not-on-curve");
    row("the point of another curve", R"({"kty":"EC","crv":"secp256k1","x":")" + x + R"(","y":")" + y + "\"}",
        "key-numbers-invalid < point-not-on-curve");
    row("a private value of another pair", ecKey(R"(,"d":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE")"),
        "key-numbers-invalid < key-pair-mismatch");
    row("a private value of zero", ecKey(R"(,"d":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")"),
        "key-numbers-invalid < key-invalid");
    row("a short private value", ecKey(R"(,"d":"AQ")"), "key-numbers-invalid < key-invalid");
    row("Ed25519 with a short x", R"({"kty":"OKP","crv":"Ed25519","x":"AQID"})", "key-numbers-invalid < key-invalid");
    row("Ed25519 with d of another pair", R"({"kty":"OKP","crv":"Ed25519","x":")" + edX + R"(","d":")" + edX + "\"}",
        "key-numbers-invalid < key-pair-mismatch");
    row("RSA without e", R"({"kty":"RSA","n":"AQAB"})", "key-member-missing/e");
    row("RSA far too short", R"({"kty":"RSA","n":"AQAB","e":"AQAB"})", "key-numbers-invalid < key-invalid");
    row("a certificate that is none", ecKey(R"(,"x5c":["AAAA"])"), "key-certificate-mismatch/x5c");
    row("x5c that is a string", ecKey(R"(,"x5c":"AAAA")"), "key-member-type/x5c");
}

void TestJwk::refuses()
{
    QFETCH(std::string, jwk);
    QFETCH(std::string, problem);
    const auto key = readJwk(json(jwk));
    QVERIFY(!key);
    QCOMPARE(problemOf(key.error()), problem);
}

void TestJwk::leavesUnusableKeysOutOfASet()
{
    const auto set = readJwks(json(R"({"keys":[{"kty":"new"},)" + ecKey("") + R"(,{"kty":"oct"}]})"));
    CLAIMSMITH_VERIFY_RESULT(set);
    QCOMPARE(set->keys.size(), std::size_t{1});
    QCOMPARE(set->ignored.size(), std::size_t{2});
    QCOMPARE(set->ignored[0].index, std::size_t{0});
    QCOMPARE(problemOf(set->ignored[0].reason), std::string("key-type-unknown/keys/0/kty"));
    QCOMPARE(problemOf(set->ignored[1].reason), std::string("key-member-missing/keys/2/k"));
    QCOMPARE(problemOf(readJwks(json("{}")).error()), std::string("key-set-invalid/keys"));
    QCOMPARE(problemOf(readJwks(json(R"({"keys":{}})")).error()), std::string("key-set-invalid/keys"));
}

void TestJwk::readsWhateverIsAKey_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<KeyFormat>("format");
    const std::string pem = test::testData("keys/ec.p256.spki.pem");
    const auto key = crypto::PrivateKey::generateEc(crypto::Curve::P256);
    QTest::newRow("PEM") << pem << KeyFormat::Pem;
    QTest::newRow("certificate") << test::testData("keys/rsa.certificate.pem") << KeyFormat::Pem;
    QTest::newRow("DER") << key->publicDer() << KeyFormat::Der;
    QTest::newRow("JWK") << "\n " + ecKey("") << KeyFormat::Jwk;
    QTest::newRow("JWK Set") << R"({"keys":[)" + ecKey("") + "]}" << KeyFormat::JwkSet;
}

void TestJwk::readsWhateverIsAKey()
{
    QFETCH(std::string, text);
    QFETCH(KeyFormat, format);
    const auto keys = readKeys(text);
    CLAIMSMITH_VERIFY_RESULT(keys);
    QCOMPARE(keys->format, format);
    QCOMPARE(keys->set.keys.size(), std::size_t{1});
    // What was read can be written and read as a JWK, a certificate's x5c included.
    const auto again = readJwk(writeJwk(keys->set.keys.front(), KeyParts::Public));
    CLAIMSMITH_VERIFY_RESULT(again);
}

void TestJwk::refusesKeyTexts_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("problem");
    QTest::newRow("nothing") << std::string() << std::string("key-not-recognised");
    QTest::newRow("a secret") << std::string("hunter2") << std::string("key-not-recognised");
    QTest::newRow("JSON that ends early") << std::string("{\"kty\":") << std::string("unexpected-end");
    QTest::newRow("a key without a JWK: P-224")
        << test::testData("keys/ec.p224.spki.pem") << std::string("key-curve-unknown");
    QTest::newRow("a key without a JWK: DSA")
        << test::testData("keys/dsa.pkcs8.pem") << std::string("key-type-unknown");
    QTest::newRow("encrypted") << test::testData("keys/rsa.encrypted-pkcs8.pem") << std::string("passphrase-needed");
    QTest::newRow("an empty set") << std::string(R"({"keys":[]})") << std::string("key-set-invalid");
    QTest::newRow("a set of two") << R"({"keys":[)" + ecKey("") + ',' + ecKey("") + "]}"
                                  << std::string("key-set-invalid");
    QTest::newRow("a set whose only key is unusable")
        << std::string(R"({"keys":[{"kty":"oct"}]})") << std::string("key-member-missing/keys/0/k");
}

void TestJwk::refusesKeyTexts()
{
    QFETCH(std::string, text);
    QFETCH(std::string, problem);
    const auto key = readKey(text);
    QVERIFY(!key);
    QCOMPARE(problemOf(key.error()), problem);
}

void TestJwk::readsSecrets_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<SecretEncoding>("encoding");
    QTest::addColumn<std::string>("hex");
    QTest::newRow("text") << std::string("\xc3\xa9 ") << SecretEncoding::Text << std::string("c3a920");
    QTest::newRow("base64") << std::string("+/8=") << SecretEncoding::Base64 << std::string("fbff");
    QTest::newRow("base64 without padding") << std::string("+/8") << SecretEncoding::Base64 << std::string("fbff");
    QTest::newRow("base64url") << std::string("-_8") << SecretEncoding::Base64Url << std::string("fbff");
    QTest::newRow("hex") << std::string("FBff") << SecretEncoding::Hex << std::string("fbff");
    QTest::newRow("base64 of the other alphabet")
        << std::string("-_8") << SecretEncoding::Base64 << std::string("refused");
    QTest::newRow("base64url of the other alphabet")
        << std::string("+/8") << SecretEncoding::Base64Url << std::string("refused");
    QTest::newRow("half an octet") << std::string("fbf") << SecretEncoding::Hex << std::string("refused");
}

void TestJwk::readsSecrets()
{
    QFETCH(std::string, text);
    QFETCH(SecretEncoding, encoding);
    QFETCH(std::string, hex);
    const auto secret = readSecret(text, encoding);
    QCOMPARE(secret ? toHex(secret->view()) : "refused", hex);
    if (!secret)
        QVERIFY(secret.error().code == JoseErrorCode::SecretEncodingInvalid);
}

void TestJwk::bindsKeysToTheirPurpose_data()
{
    QTest::addColumn<std::string>("jwk");
    QTest::addColumn<std::string>("algorithm");
    QTest::addColumn<KeyPurpose>("purpose");
    QTest::addColumn<std::string>("problem");
    const auto row = [](const char* name, const std::string& jwk, const char* algorithm, KeyPurpose purpose,
                        const char* problem) {
        QTest::newRow(name) << jwk << std::string(algorithm) << purpose << std::string(problem);
    };
    const auto verify = KeyPurpose::Verify;
    const auto sign = KeyPurpose::Sign;
    const std::string pair = R"(,"d":")" + d + '"';
    const std::string ed = R"({"kty":"OKP","crv":"Ed25519","x":")" + edX + '"';
    row("free", ecKey(""), "ES256", verify, "");
    row("alg that is it", ecKey(R"(,"alg":"ES256")"), "ES256", verify, "");
    row("another alg", ecKey(R"(,"alg":"ES384")"), "ES256", verify, "key-for-other-algorithm");
    row("an alg of key agreement", ecKey(R"(,"alg":"ECDH-ES")"), "ES256", verify, "key-for-other-algorithm");
    row("another curve", ecKey(""), "ES384", verify, "key-of-other-curve");
    row("another type", ecKey(""), "HS256", verify, "key-of-other-type");
    row("use sig", ecKey(R"(,"use":"sig")"), "ES256", verify, "");
    row("use enc", ecKey(R"(,"use":"enc")"), "ES256", verify, "key-for-other-use");
    row("key_ops verify", ecKey(R"(,"key_ops":["verify"])"), "ES256", verify, "");
    row("key_ops deriveKey", ecKey(R"(,"key_ops":["deriveKey"])"), "ES256", verify, "key-for-other-operation");
    row("no key_ops at all", ecKey(R"(,"key_ops":[])"), "ES256", verify, "key-for-other-operation");
    row("a public key cannot sign", ecKey(""), "ES256", sign, "key-not-private");
    row("a pair signs", ecKey(pair), "ES256", sign, "");
    row("a pair for verifying only", ecKey(pair + R"(,"key_ops":["verify"])"), "ES256", sign,
        "key-for-other-operation");
    row("a pair for signing verifies its own", ecKey(pair + R"(,"key_ops":["sign"])"), "ES256", verify, "");
    row("Ed25519 for EdDSA", ed + "}", "EdDSA", verify, "");
    row("Ed25519 for Ed448", ed + "}", "Ed448", verify, "key-of-other-curve");
    row("alg EdDSA for the new name", ed + R"(,"alg":"EdDSA"})", "Ed25519", verify, "");
    row("the new name for alg EdDSA", ed + R"(,"alg":"Ed25519"})", "EdDSA", verify, "");
    row("X25519 signs nothing", R"({"kty":"OKP","crv":"X25519","x":")" + edX + "\"}", "EdDSA", verify,
        "key-of-other-curve");
}

void TestJwk::bindsKeysToTheirPurpose()
{
    QFETCH(std::string, jwk);
    QFETCH(std::string, algorithm);
    QFETCH(KeyPurpose, purpose);
    QFETCH(std::string, problem);
    const auto key = readJwk(json(jwk));
    CLAIMSMITH_VERIFY_RESULT(key);
    const auto verdict = checkSuitable(*key, *findAlgorithm(algorithm), purpose);
    QCOMPARE(verdict ? "" : std::string(verdict.error().code.name()), problem);
}

QTEST_APPLESS_MAIN(TestJwk)
#include "tst_jwk.moc"
