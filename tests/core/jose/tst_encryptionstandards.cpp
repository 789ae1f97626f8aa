// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The examples of RFC 7516 appendix A, RFC 7517 appendix C, RFC 7520 sections 5 and 6, RFC 8037's X25519 and RFC 7518
// appendix C.
#include "jose/decrypt.h"

#include "base/base64.h"
#include "crypto/derive.h"
#include "document/json.h"
#include "jose/jwk.h"
#include "jose/verify.h"
#include "support/data.h"
#include "support/testing.h"

using namespace claimsmith;
using namespace claimsmith::jose;
using document::Value;

namespace {

const Value& examples()
{
    static const Value file = *document::parseJson(test::testData("jose/encryption.json"));
    return file;
}

DecryptOptions optionsFor(const Value& example)
{
    DecryptOptions options;
    for (const Value& jwk : *example.find("keys")->asArray())
        options.keys.push_back(*readJwk(jwk));
    if (const std::string* algorithm = example.findString("algorithm"))
        options.algorithms = {findKeyManagement(*algorithm)->id};
    return options;
}

const Value& exampleOf(std::size_t index)
{
    return (*examples().asArray())[index];
}

std::string summaryOf(const DecryptionReport& report)
{
    return report.firstProblem() == nullptr ? "valid" : report.firstProblem()->toString();
}

} // namespace

class TestEncryptionStandards : public QObject
{
    Q_OBJECT

private slots:
    void decrypts_data() { addExamples(); }
    void decrypts();
    void refusesChangedOctets_data() { addExamples(); }
    void refusesChangedOctets();
    void verifiesTheNestedToken();
    void opensForEachOfSeveral();
    void derivesAsTheAppendixDoes();

private:
    static void addExamples();
};

void TestEncryptionStandards::addExamples()
{
    QTest::addColumn<std::size_t>("index");
    for (std::size_t i = 0; i < examples().asArray()->size(); ++i)
        QTest::newRow(exampleOf(i).findString("name")->c_str()) << i;
}

void TestEncryptionStandards::decrypts()
{
    QFETCH(const std::size_t, index);
    const Value& example = exampleOf(index);
    const DecryptionReport report = decrypt(*example.findString("token"), optionsFor(example));
    QVERIFY2(report.isValid(), summaryOf(report).c_str());
    QCOMPARE(report.plaintext->view(), std::string_view(*example.findString("plaintext")));
}

void TestEncryptionStandards::refusesChangedOctets()
{
    QFETCH(const std::size_t, index);
    const Value& example = exampleOf(index);
    const DecryptOptions options = optionsFor(example);
    const auto jwe = readJwe(*example.findString("token"));
    for (const Segment* segment : {&jwe->nonce, &jwe->ciphertext, &jwe->tag}) {
        for (const std::size_t at : {std::size_t(0), segment->octets.size() - 1}) {
            Bytes octets = segment->octets;
            octets[at] = static_cast<char>(octets[at] ^ 1);
            std::string token = *example.findString("token");
            token.replace(segment->offset, segment->text.size(), toBase64Url(octets));
            const DecryptionReport report = decrypt(token, options);
            QVERIFY(!report.isValid());
            QCOMPARE(report.firstProblem()->code.name(), std::string_view("decryption-failed"));
        }
    }
}

void TestEncryptionStandards::verifiesTheNestedToken()
{
    int count = 0;
    for (const Value& example : *examples().asArray()) {
        const Value* verifyKey = example.find("verifyKey");
        if (verifyKey == nullptr)
            continue;
        const DecryptionReport report = decrypt(*example.findString("token"), optionsFor(example));
        QVERIFY(report.token->isNested());
        const VerificationReport inner =
            verify(report.plaintext->view(), {.keys = {*readJwk(*verifyKey)}, .claims = std::nullopt});
        QVERIFY(inner.isValid());
        QCOMPARE(inner.token->payload.octets, *example.findString("innerPayload"));
        ++count;
    }
    QCOMPARE(count, 3);
}

void TestEncryptionStandards::opensForEachOfSeveral()
{
    // RFC 7520 §5.13: each of the three keys alone opens it.
    for (const Value& example : *examples().asArray()) {
        if (!example.findString("name")->starts_with("RFC 7520 5.13"))
            continue;
        const std::vector<Key> keys = optionsFor(example).keys;
        QCOMPARE(keys.size(), std::size_t(3));
        for (std::size_t i = 0; i < keys.size(); ++i) {
            const DecryptOptions options{
                .keys = {keys[i]},
                .algorithms = {KeyManagement::Rsa1_5, KeyManagement::EcdhEsA256Kw, KeyManagement::A256GcmKw}};
            const DecryptionReport report = decrypt(*example.findString("token"), options);
            QVERIFY2(report.isValid(), summaryOf(report).c_str());
            QCOMPARE(report.recipientIndex, i);
        }
        return;
    }
    QFAIL("the example is missing");
}

void TestEncryptionStandards::derivesAsTheAppendixDoes()
{
    // RFC 7518 appendix C: Alice's ephemeral key and Bob's.
    const Key alice = *readJwk(*document::parseJson(
        R"({"kty":"EC","crv":"P-256","x":"gI0GAILBdu7T53akrFmMyGcsF3n5dO7MmwNBHKW5SV0",)"
        R"("y":"SLW_xSffzlPWrHEVI30DHM_4egVwt3NQqeUD7nMFpps","d":"0_NxaRPUMQoAJt50Gz8YiTr8gRTwyEaCumd-MToTmIo"})"));
    const Key bob =
        *readJwk(*document::parseJson(R"({"kty":"EC","crv":"P-256","x":"weNJy2HscCSM6AEDTDg04biOvhFhyyWvOHQfeF_PxMQ",)"
                                      R"("y":"e8lnCO-AlStT-NJVX-crhB7QRYhiix03illJOVAOyck"})"));
    const auto secret = crypto::agree(*alice.privateKey(), *bob.publicKey());
    CLAIMSMITH_VERIFY_RESULT(secret);
    const Bytes info("\0\0\0\7A128GCM\0\0\0\5Alice\0\0\0\3Bob\0\0\0\x80", 31);
    QCOMPARE(toBase64Url(crypto::concatKdf(*secret, info, 16).view()), std::string("VqqN6vgjbSBcIijNcacQGg"));
}

QTEST_APPLESS_MAIN(TestEncryptionStandards)
#include "tst_encryptionstandards.moc"
