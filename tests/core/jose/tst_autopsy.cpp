// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/autopsy.h"

#include "base/base64.h"
#include "crypto/hmac.h"
#include "crypto/keyreader.h"
#include "crypto/signature.h"
#include "jose/compact.h"
#include "jose/generate.h"
#include "jose/sign.h"
#include "jose/signature.h"
#include "support/data.h"
#include "support/testing.h"

using namespace claimsmith;
using namespace claimsmith::jose;

namespace {

const std::string header = R"({"alg":"HS256","typ":"JWT"})";
const std::string payload = R"({"sub":"someone"})";

std::string signedWith(BytesView secret, std::string_view withHeader = header)
{
    return *signCompact(withHeader, payload, Key::fromSecret(SecretBytes(secret)));
}

Key keyOf(const std::string& name)
{
    return *readKey(test::testData("keys/" + name + ".pem"));
}

std::string nameOf(const std::optional<Autopsy>& found)
{
    return found ? std::string(toString(found->cause)) : "nothing";
}

} // namespace

class TestAutopsy : public QObject
{
    Q_OBJECT

private slots:
    void findsWhatTheSecretWas_data();
    void findsWhatTheSecretWas();
    void findsWhatHappenedToTheText_data();
    void findsWhatHappenedToTheText();
    void findsTheOtherKeyOfTheSet();
    void findsTheOtherAlgorithm();
    void findsThePemThatServedAsSecret();
    void findsADerSignature();
    void findsAnotherSaltLength();
    void findsNothingInAForgery();
};

void TestAutopsy::findsWhatTheSecretWas_data()
{
    QTest::addColumn<std::string>("signedWithOctets");
    QTest::addColumn<std::string>("typed");
    QTest::addColumn<SecretEncoding>("encoding");
    QTest::addColumn<std::string>("cause");
    const std::string octets = "\xfb\xef\xbe\x01 some octets";
    const auto text = SecretEncoding::Text;
    QTest::newRow("text that was decoded") << std::string("c2VjcmV0") << std::string("c2VjcmV0")
                                           << SecretEncoding::Base64 << std::string("secret-is-text");
    QTest::newRow("base64 that was not decoded")
        << octets << toBase64(octets) << text << std::string("secret-is-base64");
    QTest::newRow("base64url that was not decoded")
        << octets << toBase64Url(octets) << text << std::string("secret-is-base64url");
    QTest::newRow("hex that was not decoded") << octets << toHex(octets) << text << std::string("secret-is-hex");
    QTest::newRow("a line end that belongs to it")
        << std::string("secret\n") << std::string("secret") << text << std::string("secret-lacks-line-end");
    QTest::newRow("a line end too many") << std::string("secret") << std::string("secret\n") << text
                                         << std::string("secret-has-line-end");
    QTest::newRow("UTF-16") << std::string("s\0e\0c\0", 6) << std::string("sec") << text
                            << std::string("secret-is-utf16");
    QTest::newRow("another secret") << std::string("secret") << std::string("Secret") << text << std::string("nothing");
}

void TestAutopsy::findsWhatTheSecretWas()
{
    QFETCH(std::string, signedWithOctets);
    QFETCH(std::string, typed);
    QFETCH(SecretEncoding, encoding);
    QFETCH(std::string, cause);
    const SecretBytes secret{BytesView(typed)};
    const std::string token = signedWith(signedWithOctets);
    QCOMPARE(nameOf(autopsy({.token = token, .secretText = &secret, .encoding = encoding})), cause);
}

void TestAutopsy::findsWhatHappenedToTheText_data()
{
    QTest::addColumn<std::string>("damaged");
    QTest::addColumn<std::string>("cause");
    const std::string token = signedWith("secret");
    std::string wrapped = token;
    wrapped.insert(40, "\r\n");
    std::string encoded = token;
    encoded.replace(encoded.find('.'), 1, "%2E");
    const auto parts = splitCompact(token);
    QTest::newRow("in quotes") << '"' + token + '"' << std::string("token-is-quoted");
    QTest::newRow("wrapped by a mailer") << wrapped << std::string("token-has-spaces");
    QTest::newRow("with its scheme") << "Bearer " + token << std::string("token-has-scheme");
    QTest::newRow("with its scheme twice") << "Bearer bearer  " + token << std::string("token-has-scheme");
    QTest::newRow("percent-encoded") << encoded << std::string("token-is-url-encoded");
    QTest::newRow("padded") << std::string(parts->header) + "." + std::string(parts->payload) + "." +
                                   std::string(parts->signature) + "="
                            << std::string("token-is-padded");
}

void TestAutopsy::findsWhatHappenedToTheText()
{
    QFETCH(std::string, damaged);
    QFETCH(std::string, cause);
    const SecretBytes secret(BytesView("secret"));
    const auto found = autopsy({.token = damaged, .secretText = &secret});
    QCOMPARE(nameOf(found), cause);
    QCOMPARE(found->token, signedWith("secret"));
}

void TestAutopsy::findsTheOtherKeyOfTheSet()
{
    const auto first = generateKey(Algorithm::ES256, {.id = "old"});
    const auto second = generateKey(Algorithm::ES256, {.id = "new"});
    const auto token = signCompact(R"({"alg":"ES256","kid":"new"})", payload, *first);
    CLAIMSMITH_VERIFY_RESULT(token);
    const auto found = autopsy({.token = *token, .keys = {*second, *first}});
    QCOMPARE(nameOf(found), std::string("other-key"));
    QCOMPARE(*found->keyIndex, std::size_t{1});
}

void TestAutopsy::findsTheOtherAlgorithm()
{
    // The header says RS256; the signature is PS256's.
    const Key key = keyOf("rsa.pkcs8");
    const std::string input = toBase64Url(R"({"alg":"RS256"})") + '.' + toBase64Url(payload);
    const auto maker = SignatureMaker::forKey(Algorithm::PS256, *key.privateKey());
    CLAIMSMITH_VERIFY_RESULT(maker);
    const auto found = autopsy({.token = input + '.' + toBase64Url(*maker->sign(input)), .keys = {key}});
    QCOMPARE(nameOf(found), std::string("other-algorithm"));
    QVERIFY(found->algorithm == Algorithm::PS256);
}

void TestAutopsy::findsThePemThatServedAsSecret()
{
    const std::string pem = test::testData("keys/rsa.spki.pem");
    const auto found = autopsy({.token = signedWith(pem), .keys = {keyOf("rsa.spki")}, .keyText = pem});
    QCOMPARE(nameOf(found), std::string("public-key-as-secret"));
}

void TestAutopsy::findsADerSignature()
{
    const Key key = keyOf("ec.p256.pkcs8");
    const std::string token = *signCompact(R"({"alg":"ES256"})", payload, key);
    const auto parts = splitCompact(token);
    const auto der = crypto::ecdsaRawToDer(*fromBase64Url(parts->signature));
    const std::string damaged = std::string(parts->signingInput) + '.' + toBase64Url(*der);
    QCOMPARE(nameOf(autopsy({.token = damaged, .keys = {key}})), std::string("signature-is-der"));
}

void TestAutopsy::findsAnotherSaltLength()
{
    // Made with `openssl dgst -sha256 -sigopt rsa_pss_saltlen:20`.
    const std::string token = test::testData("jose/ps256-salt20.jwt");
    QCOMPARE(nameOf(autopsy({.token = token, .keys = {keyOf("rsa.spki")}})), std::string("salt-length"));
}

void TestAutopsy::findsNothingInAForgery()
{
    const Key key = keyOf("ec.p256.pkcs8");
    const std::string token = *signCompact(R"({"alg":"ES256"})", payload, key);
    const auto parts = splitCompact(token);
    const std::string forged =
        std::string(parts->header) + '.' + toBase64Url(R"({"sub":"root"})") + '.' + std::string(parts->signature);
    QCOMPARE(nameOf(autopsy({.token = forged, .keys = {key}})), std::string("nothing"));
    QCOMPARE(nameOf(autopsy({.token = "no token at all", .keys = {key}})), std::string("nothing"));
}

QTEST_APPLESS_MAIN(TestAutopsy)
#include "tst_autopsy.moc"
