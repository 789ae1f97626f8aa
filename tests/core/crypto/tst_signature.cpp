// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/signature.h"

#include "base/base64.h"
#include "crypto/keyreader.h"
#include "support/data.h"
#include "support/testing.h"

#include <thread>
#include <vector>

using namespace claimsmith;
using namespace claimsmith::crypto;

namespace {

PrivateKey privateKey(const std::string& name)
{
    return *readPemKey(test::testData("keys/" + name + ".pem"))->privateKey();
}

} // namespace

class TestSignature : public QObject
{
    Q_OBJECT

private slots:
    void signsAndVerifies_data();
    void signsAndVerifies();
    void refusesKeysOfAnotherKind_data();
    void refusesKeysOfAnotherKind();
    void refusesZeroNumbers();
    void takesAnyPssSaltWhenTold();
    void verifiesEd25519OfRfc8032();
    void servesManyThreads();
    void convertsBetweenRawAndDer_data();
    void convertsBetweenRawAndDer();
    void refusesMalformedDer_data();
    void refusesMalformedDer();
};

void TestSignature::signsAndVerifies_data()
{
    QTest::addColumn<std::string>("key");
    QTest::addColumn<SignatureFamily>("family");
    QTest::addColumn<DigestKind>("digest");
    QTest::addColumn<std::size_t>("size");
    const auto row = [](const char* name, const char* key, SignatureFamily family, DigestKind digest,
                        std::size_t size) { QTest::newRow(name) << std::string(key) << family << digest << size; };
    row("PKCS1 SHA-256", "rsa.pkcs8", SignatureFamily::RsaPkcs1, DigestKind::Sha256, 256);
    row("PKCS1 SHA-512", "rsa.pkcs8", SignatureFamily::RsaPkcs1, DigestKind::Sha512, 256);
    row("PSS SHA-256", "rsa.pkcs8", SignatureFamily::RsaPss, DigestKind::Sha256, 256);
    row("PSS SHA-384", "rsa.pkcs8", SignatureFamily::RsaPss, DigestKind::Sha384, 256);
    row("PSS SHA-512, key for PSS only", "rsapss.pkcs8", SignatureFamily::RsaPss, DigestKind::Sha512, 256);
    row("P-256", "ec.p256.pkcs8", SignatureFamily::Ecdsa, DigestKind::Sha256, 64);
    row("P-384", "ec.p384.pkcs8", SignatureFamily::Ecdsa, DigestKind::Sha384, 96);
    row("P-521", "ec.p521.pkcs8", SignatureFamily::Ecdsa, DigestKind::Sha512, 132);
    row("secp256k1", "ec.secp256k1.pkcs8", SignatureFamily::Ecdsa, DigestKind::Sha256, 64);
    row("Ed25519", "ed25519.pkcs8", SignatureFamily::EdDsa, DigestKind::Sha256, 64);
    row("Ed448", "ed448.pkcs8", SignatureFamily::EdDsa, DigestKind::Sha256, 114);
}

void TestSignature::signsAndVerifies()
{
    QFETCH(std::string, key);
    QFETCH(SignatureFamily, family);
    QFETCH(DigestKind, digest);
    QFETCH(std::size_t, size);
    const PrivateKey secret = privateKey(key);
    const SignatureScheme scheme{.family = family, .digest = digest};
    const auto signer = Signer::create(secret, scheme);
    const auto verifier = Verifier::create(secret.publicKey(), scheme);
    CLAIMSMITH_VERIFY_RESULT(signer);
    CLAIMSMITH_VERIFY_RESULT(verifier);
    QCOMPARE(verifier->signatureSize(), size);
    for (const std::string message : {"", "a message", "another, with the same contexts"}) {
        const auto signature = signer->sign(message);
        CLAIMSMITH_VERIFY_RESULT(signature);
        QCOMPARE(signature->size(), size);
        QVERIFY(verifier->verify(message, *signature));
        QVERIFY(!verifier->verify(message + '.', *signature));
        QVERIFY(!verifier->verify(message, signature->substr(1)));
        QVERIFY(!verifier->verify(message, *signature + '\0'));
        QVERIFY(!verifier->verify(message, {}));
        for (const std::size_t at : {std::size_t{0}, size / 2, size - 1}) {
            Bytes changed = *signature;
            changed[at] = static_cast<char>(changed[at] ^ 1);
            QVERIFY(!verifier->verify(message, changed));
        }
        QVERIFY(verifier->verify(message, *signature));
    }
}

void TestSignature::refusesKeysOfAnotherKind_data()
{
    QTest::addColumn<std::string>("key");
    QTest::addColumn<SignatureFamily>("family");
    QTest::newRow("EC for PKCS1") << std::string("ec.p256.pkcs8") << SignatureFamily::RsaPkcs1;
    QTest::newRow("PSS-only RSA for PKCS1") << std::string("rsapss.pkcs8") << SignatureFamily::RsaPkcs1;
    QTest::newRow("RSA for ECDSA") << std::string("rsa.pkcs8") << SignatureFamily::Ecdsa;
    QTest::newRow("EC for EdDSA") << std::string("ec.p256.pkcs8") << SignatureFamily::EdDsa;
    QTest::newRow("X25519 for EdDSA") << std::string("x25519.pkcs8") << SignatureFamily::EdDsa;
    QTest::newRow("DSA for ECDSA") << std::string("dsa.pkcs8") << SignatureFamily::Ecdsa;
}

void TestSignature::refusesKeysOfAnotherKind()
{
    QFETCH(std::string, key);
    QFETCH(SignatureFamily, family);
    const auto signer = Signer::create(privateKey(key), {.family = family});
    QVERIFY(!signer);
    QVERIFY(signer.error().code == CryptoErrorCode::KeyUnfit);
    const auto verifier = Verifier::create(privateKey(key).publicKey(), {.family = family});
    QVERIFY(!verifier);
    QVERIFY(verifier.error().code == CryptoErrorCode::KeyUnfit);
}

void TestSignature::refusesZeroNumbers()
{
    // CVE-2022-21449: r = s = 0 must fit no message.
    const auto verifier = Verifier::create(privateKey("ec.p256.pkcs8").publicKey(), {.family = SignatureFamily::Ecdsa});
    CLAIMSMITH_VERIFY_RESULT(verifier);
    QVERIFY(!verifier->verify("message", Bytes(64, '\0')));
    QVERIFY(!verifier->verify("message", Bytes(64, '\xff')));
}

void TestSignature::takesAnyPssSaltWhenTold()
{
    // A salt of 64 octets beside SHA-256, as a signer makes it that counts the salt for SHA-512.
    const Bytes signature = *fromHex(test::testData("keys/rsa.pss-sha256-salt64.hex"));
    const PublicKey key = privateKey("rsa.pkcs8").publicKey();
    SignatureScheme scheme{.family = SignatureFamily::RsaPss, .digest = DigestKind::Sha256};
    const auto exact = Verifier::create(key, scheme);
    scheme.pssSalt = PssSalt::Any;
    const auto lenient = Verifier::create(key, scheme);
    CLAIMSMITH_VERIFY_RESULT(exact);
    CLAIMSMITH_VERIFY_RESULT(lenient);
    QVERIFY(!exact->verify("message", signature));
    QVERIFY(lenient->verify("message", signature));
}

void TestSignature::verifiesEd25519OfRfc8032()
{
    // RFC 8032 §7.1, TEST 2
    const auto key = PublicKey::fromOctets(
        KeyKind::Ed25519, *fromHex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"));
    CLAIMSMITH_VERIFY_RESULT(key);
    const auto verifier = Verifier::create(*key, {.family = SignatureFamily::EdDsa});
    CLAIMSMITH_VERIFY_RESULT(verifier);
    QVERIFY(verifier->verify("\x72", *fromHex("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                                              "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")));
}

void TestSignature::servesManyThreads()
{
    // More threads than the pool has places, so that some have to make contexts of their own.
    constexpr int threadCount = 24;
    const PrivateKey secret = privateKey("ec.p256.pkcs8");
    const auto signer = Signer::create(secret, {.family = SignatureFamily::Ecdsa});
    const auto verifier = Verifier::create(secret.publicKey(), {.family = SignatureFamily::Ecdsa});
    CLAIMSMITH_VERIFY_RESULT(signer);
    CLAIMSMITH_VERIFY_RESULT(verifier);
    std::atomic<int> wrong{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < threadCount; ++i) {
        threads.emplace_back([&, i] {
            for (int round = 0; round < 20; ++round) {
                const std::string message = std::to_string(i) + '/' + std::to_string(round);
                const auto signature = signer->sign(message);
                if (!signature || !verifier->verify(message, *signature) || verifier->verify("other", *signature))
                    ++wrong;
            }
        });
    }
    for (std::thread& thread : threads)
        thread.join();
    QCOMPARE(wrong.load(), 0);
}

void TestSignature::convertsBetweenRawAndDer_data()
{
    QTest::addColumn<std::string>("raw");
    QTest::addColumn<std::string>("der");
    QTest::newRow("small numbers") << std::string("00010002") << std::string("3006020101020102");
    QTest::newRow("top bit set") << std::string("8001ff02") << std::string("300a0203008001020300ff02");
    QTest::newRow("zero") << std::string("00000001") << std::string("3006020100020101");
    const std::string number(132, '7');
    QTest::newRow("long form of the length") << number + number << "3081880242" + number + "0242" + number;
}

void TestSignature::convertsBetweenRawAndDer()
{
    QFETCH(std::string, raw);
    QFETCH(std::string, der);
    const Bytes rawBytes = *fromHex(raw);
    const auto converted = ecdsaRawToDer(rawBytes);
    QVERIFY(converted);
    QCOMPARE(toHex(*converted), der);
    const auto back = ecdsaDerToRaw(*converted, rawBytes.size() / 2);
    QVERIFY(back);
    QCOMPARE(toHex(*back), raw);
}

void TestSignature::refusesMalformedDer_data()
{
    QTest::addColumn<std::string>("der");
    QTest::newRow("nothing") << std::string();
    QTest::newRow("no sequence") << std::string("020101020102");
    QTest::newRow("one number") << std::string("3003020101");
    QTest::newRow("three numbers") << std::string("3009020101020102020103");
    QTest::newRow("an octet behind") << std::string("300602010102010200");
    QTest::newRow("length beyond the end") << std::string("3007020101020102");
    QTest::newRow("negative number") << std::string("3006020181020102");
    QTest::newRow("empty number") << std::string("30050200020102");
    QTest::newRow("number too long for the curve") << std::string("30080203010203020102");
    QTest::newRow("indefinite length") << std::string("30800201010201020000");
    QTest::newRow("long form of a short length") << std::string("308106020101020102");
}

void TestSignature::refusesMalformedDer()
{
    QFETCH(std::string, der);
    QVERIFY(!ecdsaDerToRaw(*fromHex(der), 2));
}

QTEST_APPLESS_MAIN(TestSignature)
#include "tst_signature.moc"
