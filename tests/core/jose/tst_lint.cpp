// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/lint.h"

#include "base/base64.h"
#include "document/json.h"
#include "jose/jwk.h"
#include "support/testing.h"

#include <algorithm>

using namespace claimsmith;
using namespace claimsmith::jose;

namespace {

const std::string goodHeader = R"({"alg":"HS256","typ":"JWT","kid":"k"})";
const std::string goodClaims = R"({"iss":"a","aud":"b","iat":1000,"exp":1600,"jti":"c"})";

std::string codesOf(const std::vector<LintFinding>& findings)
{
    std::string codes;
    for (const LintFinding& finding : findings)
        codes.append(codes.empty() ? "" : " ").append(toString(finding.code));
    return codes;
}

document::Object object(const std::string& json)
{
    return *document::parseJson(json)->asObject();
}

} // namespace

class TestLint : public QObject
{
    Q_OBJECT

private slots:
    void findsInHeader_data();
    void findsInHeader();
    void findsInClaims_data();
    void findsInClaims();
    void findsInSecrets_data();
    void findsInSecrets();
    void findsShortRsaKeys();
    void findsRocaKeys();
    void saysTheWorstFirst();
    void countsTheBitsOfTheSample();
};

void TestLint::findsInHeader_data()
{
    QTest::addColumn<std::string>("header");
    QTest::addColumn<std::string>("codes");
    QTest::newRow("nothing wrong") << goodHeader << std::string();
    QTest::newRow("none") << std::string(R"({"alg":"none","typ":"JWT","kid":"k"})") << std::string("algorithm-none");
    QTest::newRow("none in capitals") << std::string(R"({"alg":"NONE","typ":"JWT","kid":"k"})")
                                      << std::string("algorithm-none");
    QTest::newRow("embedded key") << std::string(R"({"alg":"ES256","typ":"JWT","kid":"k","jwk":{}})")
                                  << std::string("key-in-header");
    QTest::newRow("key by URL") << std::string(R"({"alg":"ES256","typ":"JWT","kid":"k","jku":"http://x"})")
                                << std::string("url-in-header");
    QTest::newRow("no typ, no kid") << std::string(R"({"alg":"HS256"})") << std::string("no-type no-key-id");
}

void TestLint::findsInHeader()
{
    QFETCH(std::string, header);
    QFETCH(std::string, codes);
    const document::Object members = object(header);
    const Key key = Key::fromSecret(SecretBytes(Bytes(64, '\x01')), {.id = "k", .use = {}, .algorithm = {}});
    QCOMPARE(codesOf(lint({.header = &members, .key = &key})), codes);
}

void TestLint::findsInClaims_data()
{
    QTest::addColumn<std::string>("claims");
    QTest::addColumn<std::string>("codes");
    QTest::newRow("nothing wrong") << goodClaims << std::string();
    QTest::newRow("nothing there") << std::string("{}")
                                   << std::string("no-expiration no-audience no-issuer no-issued-at no-token-id");
    QTest::newRow("milliseconds") << std::string(R"({"iss":"a","aud":"b","iat":1000,"exp":1795441308000,"jti":"c"})")
                                  << std::string("time-in-milliseconds long-lifetime");
    QTest::newRow("time in quotes") << std::string(R"({"iss":"a","aud":"b","iat":1000,"exp":"1600","jti":"c"})")
                                    << std::string("time-as-text");
    QTest::newRow("ends before it begins") << std::string(R"({"iss":"a","aud":"b","iat":1000,"exp":1000,"jti":"c"})")
                                           << std::string("expires-before-start");
    QTest::newRow("a day") << std::string(R"({"iss":"a","aud":"b","iat":0,"exp":86400,"jti":"c"})") << std::string();
    QTest::newRow("more than a day") << std::string(R"({"iss":"a","aud":"b","iat":0,"exp":86401,"jti":"c"})")
                                     << std::string("long-lifetime");
    QTest::newRow("a password in it")
        << std::string(R"({"iss":"a","aud":"b","iat":1000,"exp":1600,"jti":"c","userPassword":"x"})")
        << std::string("secret-in-payload");
}

void TestLint::findsInClaims()
{
    QFETCH(std::string, claims);
    QFETCH(std::string, codes);
    const document::Object members = object(claims);
    QCOMPARE(codesOf(lint({.claims = &members})), codes);
}

void TestLint::findsInSecrets_data()
{
    QTest::addColumn<std::string>("secret");
    QTest::addColumn<std::string>("algorithm");
    QTest::addColumn<std::string>("codes");
    QTest::newRow("32 octets for HS256") << std::string(32, '\x01') << std::string("HS256") << std::string();
    QTest::newRow("31 octets for HS256") << std::string(31, '\x01') << std::string("HS256")
                                         << std::string("secret-short");
    QTest::newRow("32 octets for HS512") << std::string(32, '\x01') << std::string("HS512")
                                         << std::string("secret-short");
    QTest::newRow("32 letters for HS256")
        << std::string(32, 'a') << std::string("HS256") << std::string("secret-guessable");
}

void TestLint::findsInSecrets()
{
    QFETCH(std::string, secret);
    QFETCH(std::string, algorithm);
    QFETCH(std::string, codes);
    const document::Object header{{"alg", algorithm}, {"typ", "JWT"}};
    const Key key = Key::fromSecret(SecretBytes(BytesView(secret)));
    QCOMPARE(codesOf(lint({.header = &header, .key = &key})), codes);
}

void TestLint::findsShortRsaKeys()
{
    const auto made = crypto::PrivateKey::generateRsa(1024);
    CLAIMSMITH_VERIFY_RESULT(made);
    const auto key = Key::fromPrivate(*made);
    CLAIMSMITH_VERIFY_RESULT(key);
    const auto findings = lint({.key = &*key});
    QCOMPARE(codesOf(findings), std::string("key-short"));
    const std::vector<std::pair<std::string, std::string>> parameters{{"bits", "1024"}, {"required", "2048"}};
    QVERIFY(findings.front().parameters == parameters);
}

void TestLint::findsRocaKeys()
{
    // The broken generator's moduli are powers of 65537 modulo each small prime; 65537^128 is the simplest of the kind.
    Bytes power{"\x01"};
    for (int i = 0; i < 128; ++i) { // times 65537: itself shifted by two octets, plus itself
        Bytes next = power + Bytes(2, '\0');
        unsigned carry = 0;
        for (std::size_t at = 0; at < next.size(); ++at) {
            const std::size_t index = next.size() - 1 - at;
            const unsigned addend = at < power.size() ? static_cast<unsigned char>(power[power.size() - 1 - at]) : 0;
            const unsigned sum = static_cast<unsigned char>(next[index]) + addend + carry;
            next[index] = static_cast<char>(sum & 0xff);
            carry = sum >> 8;
        }
        if (carry != 0)
            next.insert(next.begin(), '\x01');
        power = std::move(next);
    }
    const auto weak = crypto::PublicKey::fromRsa({.modulus = power, .exponent = Bytes("\x01\x00\x01", 3)});
    CLAIMSMITH_VERIFY_RESULT(weak);
    const auto key = Key::fromPublic(*weak);
    CLAIMSMITH_VERIFY_RESULT(key);
    QVERIFY(codesOf(lint({.key = &*key})).find("key-roca") != std::string::npos);
}

void TestLint::saysTheWorstFirst()
{
    const document::Object header = object(R"({"alg":"none"})");
    const document::Object claims = object("{}");
    const auto findings = lint({.header = &header, .claims = &claims});
    QVERIFY(findings.front().code == LintCode::AlgorithmNone);
    QVERIFY(std::ranges::is_sorted(findings, std::ranges::greater(), &LintFinding::severity));
}

void TestLint::countsTheBitsOfTheSample()
{
    // 32 letters and digits: "carries about 190".
    QCOMPARE(estimatedBits(SecretBytes(BytesView("1nzcMG9Xg7n1lLgmltHnkAmkt7yp4fjZ"))), std::size_t{190});
    QCOMPARE(estimatedBits(SecretBytes(Bytes(32, '\xff'))), std::size_t{256});
    QCOMPARE(estimatedBits(SecretBytes()), std::size_t{0});
}

QTEST_APPLESS_MAIN(TestLint)
#include "tst_lint.moc"
