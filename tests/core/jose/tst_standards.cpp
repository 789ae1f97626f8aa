// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The examples of RFC 7515 appendix A, RFC 7520 section 4, RFC 7797 section 4 and RFC 8037 appendix A.
#include "jose/verify.h"

#include "document/json.h"
#include "jose/jwk.h"
#include "jose/sign.h"
#include "support/data.h"
#include "support/testing.h"

using namespace claimsmith;
using namespace claimsmith::jose;

namespace {

struct Example
{
    std::string name;
    std::vector<Key> keys;
    std::string token;
    std::string payload;
    bool isDetached = false;
};

std::vector<Example> examples()
{
    std::vector<Example> list;
    const document::Value file = *document::parseJson(test::testData("jose/standards.json"));
    for (const document::Value& entry : *file.asArray()) {
        Example example{.name = *entry.find("name")->asString(),
                        .keys = {},
                        .token = *entry.find("token")->asString(),
                        .payload = *entry.find("payload")->asString(),
                        .isDetached = entry.find("detached") != nullptr};
        for (const document::Value& jwk : *entry.find("keys")->asArray())
            example.keys.push_back(*readJwk(jwk));
        list.push_back(std::move(example));
    }
    return list;
}

VerifyOptions optionsFor(const Example& example)
{
    VerifyOptions options{.keys = example.keys, .claims = std::nullopt, .demandKeyLength = true};
    if (example.isDetached)
        options.detachedPayload = example.payload;
    return options;
}

std::string summaryOf(const VerificationReport& report)
{
    return report.firstProblem() == nullptr ? "valid" : report.firstProblem()->toString();
}

} // namespace

Q_DECLARE_METATYPE(Example)

class TestStandards : public QObject
{
    Q_OBJECT

private slots:
    void verifies_data() { addExamples(); }
    void verifies();
    void refusesEveryChangedSignature_data() { addExamples(); }
    void refusesEveryChangedSignature();
    void refusesEveryChangedPayload_data() { addExamples(); }
    void refusesEveryChangedPayload();
    void signsTheSameAgain_data() { addExamples(); }
    void signsTheSameAgain();
    void takesEachSignatureOfSeveral();
    void refusesTheUnsecuredExample();
    void makesTheThumbprint_data();
    void makesTheThumbprint();

private:
    static void addExamples();
};

void TestStandards::addExamples()
{
    QTest::addColumn<Example>("example");
    for (Example& example : examples())
        QTest::newRow(example.name.c_str()) << std::move(example);
}

void TestStandards::verifies()
{
    QFETCH(Example, example);
    const VerificationReport report = verify(example.token, optionsFor(example));
    QVERIFY2(report.isValid(), summaryOf(report).c_str());
    QCOMPARE(report.token->payload.octets, example.payload);
    QVERIFY(report.keyIndex);
    QVERIFY(report.candidates.at(*report.keyIndex).verified);
}

void TestStandards::refusesEveryChangedSignature()
{
    QFETCH(Example, example);
    const auto jws = readJws(example.token);
    CLAIMSMITH_VERIFY_RESULT(jws);
    std::string token = example.token;
    for (const JwsSignature& signature : jws->signatures) {
        QCOMPARE(token.substr(signature.signature.offset, signature.signature.text.size()), signature.signature.text);
        char& letter = token[signature.signature.offset + 10];
        letter = letter == 'A' ? 'B' : 'A';
    }
    const VerificationReport report = verify(token, optionsFor(example));
    QVERIFY(!report.isValid());
    QVERIFY(report.rung(RungId::Signature).state == RungState::Failed);
    QVERIFY(report.firstProblem()->code == JoseErrorCode::SignatureMismatch);
}

void TestStandards::refusesEveryChangedPayload()
{
    QFETCH(Example, example);
    VerifyOptions options = optionsFor(example);
    std::string token = example.token;
    std::string payload = example.payload + '.';
    if (example.isDetached) {
        options.detachedPayload = payload;
    } else {
        const auto jws = readJws(token);
        CLAIMSMITH_VERIFY_RESULT(jws);
        char& letter = token[jws->payload.offset];
        letter = letter == 'A' ? 'B' : 'A';
    }
    QVERIFY(!verify(token, options).isValid());
}

void TestStandards::signsTheSameAgain()
{
    QFETCH(Example, example);
    const auto jws = readJws(example.token);
    CLAIMSMITH_VERIFY_RESULT(jws);
    const JwsSignature& signature = jws->signatures.front();
    const std::string algorithm = signature.find("alg") == nullptr ? "" : *signature.find("alg")->asString();
    const bool isDeterministic = !algorithm.starts_with("ES") && !algorithm.starts_with("PS");
    if (jws->serialization != Serialization::Compact || !isDeterministic || !example.keys.front().canSign())
        return; // signatures that differ each time, and forms that are only read
    const auto token = signCompact(signature.protectedHeader.octets, example.payload, example.keys.front(),
                                   {.detached = example.isDetached});
    CLAIMSMITH_VERIFY_RESULT(token);
    QCOMPARE(*token, example.token);
}

void TestStandards::takesEachSignatureOfSeveral()
{
    // RFC 7520 §4.8: whoever holds one of the three keys can verify.
    for (Example& example : examples()) {
        if (example.name != "RFC 7520 4.8, three signatures, general")
            continue;
        QCOMPARE(example.keys.size(), std::size_t{3});
        for (std::size_t i = 0; i < example.keys.size(); ++i) {
            VerifyOptions options = optionsFor(example);
            options.keys = {example.keys[i]};
            const VerificationReport report = verify(example.token, options);
            QVERIFY2(report.isValid(), summaryOf(report).c_str());
            QCOMPARE(report.signatureIndex, i);
        }
        return;
    }
    QFAIL("the example is not there");
}

void TestStandards::refusesTheUnsecuredExample()
{
    // RFC 7515 A.5
    const auto options = optionsFor(examples().front());
    const VerificationReport report = verify(
        "eyJhbGciOiJub25lIn0.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0"
        "cnVlfQ.",
        options);
    QVERIFY(!report.isValid());
    QVERIFY(report.firstProblem()->code == JoseErrorCode::AlgorithmNone);
    QVERIFY(report.rung(RungId::Signature).state != RungState::Passed);
}

void TestStandards::makesTheThumbprint_data()
{
    QTest::addColumn<std::string>("jwk");
    QTest::addColumn<std::string>("thumbprint");
    QTest::newRow("RFC 7638 3.1, RSA")
        << std::string(
               R"({"kty":"RSA","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc)"
               R"(_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaS)"
               R"(qzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIq)"
               R"(bw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw","e":"AQAB","alg":"RS256","kid":"2011-04-29"})")
        << std::string("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
    QTest::newRow("RFC 8037 A.3, Ed25519")
        << std::string(R"({"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})")
        << std::string("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
}

void TestStandards::makesTheThumbprint()
{
    QFETCH(std::string, jwk);
    QFETCH(std::string, thumbprint);
    const auto key = readJwk(*document::parseJson(jwk));
    CLAIMSMITH_VERIFY_RESULT(key);
    QCOMPARE(toBase64Url(key->thumbprint()), thumbprint);
}

QTEST_APPLESS_MAIN(TestStandards)
#include "tst_standards.moc"
