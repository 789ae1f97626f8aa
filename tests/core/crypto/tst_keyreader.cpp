// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/keyreader.h"

#include "base/base64.h"
#include "support/data.h"
#include "support/testing.h"

using namespace claimsmith;
using namespace claimsmith::crypto;
using claimsmith::test::testData;

namespace {

const SecretBytes passphrase(BytesView("open sesame"));

std::string key(std::string_view name)
{
    return testData("keys/" + std::string(name) + ".pem");
}

/// The content of the last PEM block.
Bytes derOf(std::string_view pem)
{
    const std::size_t begin = pem.find('\n', pem.rfind("-----BEGIN")) + 1;
    std::string base64;
    for (const char c : pem.substr(begin, pem.rfind("-----END") - begin)) {
        if (c != '\n')
            base64.push_back(c);
    }
    return fromBase64(base64).value();
}

} // namespace

class TestKeyReader : public QObject
{
    Q_OBJECT

private slots:
    void readsPem_data();
    void readsPem();
    void readsDer_data();
    void readsDer();
    void readsACertificate();
    void skipsTextAroundTheKey();
    void refuses_data();
    void refuses();
};

void TestKeyReader::readsPem_data()
{
    QTest::addColumn<std::string>("name");
    QTest::addColumn<KeyEncoding>("encoding");
    QTest::addColumn<KeyKind>("kind");
    QTest::addColumn<int>("bits");
    QTest::addColumn<bool>("isPrivate");
    const auto row = [](const char* name, KeyEncoding encoding, KeyKind kind, int bits, bool isPrivate) {
        QTest::newRow(name) << std::string(name) << encoding << kind << bits << isPrivate;
    };
    row("rsa.pkcs8", KeyEncoding::Pkcs8, KeyKind::Rsa, 2048, true);
    row("rsa.pkcs1", KeyEncoding::Traditional, KeyKind::Rsa, 2048, true);
    row("rsa.encrypted-pkcs8", KeyEncoding::EncryptedPkcs8, KeyKind::Rsa, 2048, true);
    row("rsa.encrypted-pkcs1", KeyEncoding::EncryptedTraditional, KeyKind::Rsa, 2048, true);
    row("rsa.spki", KeyEncoding::Spki, KeyKind::Rsa, 2048, false);
    row("rsa.pkcs1-public", KeyEncoding::Pkcs1Public, KeyKind::Rsa, 2048, false);
    row("rsa.certificate", KeyEncoding::Certificate, KeyKind::Rsa, 2048, false);
    row("rsapss.pkcs8", KeyEncoding::Pkcs8, KeyKind::RsaPss, 2048, true);
    row("ec.p256.sec1", KeyEncoding::Traditional, KeyKind::Ec, 256, true);
    row("ec.p256.spki", KeyEncoding::Spki, KeyKind::Ec, 256, false);
    row("ec.p384.pkcs8", KeyEncoding::Pkcs8, KeyKind::Ec, 384, true);
    row("ec.p521.pkcs8", KeyEncoding::Pkcs8, KeyKind::Ec, 521, true);
    row("ec.secp256k1.pkcs8", KeyEncoding::Pkcs8, KeyKind::Ec, 256, true);
    row("ec.p224.spki", KeyEncoding::Spki, KeyKind::Ec, 224, false);
    row("ed25519.pkcs8", KeyEncoding::Pkcs8, KeyKind::Ed25519, 256, true);
    row("ed448.spki", KeyEncoding::Spki, KeyKind::Ed448, 456, false);
    row("x25519.pkcs8", KeyEncoding::Pkcs8, KeyKind::X25519, 253, true);
    row("dsa.pkcs8", KeyEncoding::Pkcs8, KeyKind::Other, 1024, true);
}

void TestKeyReader::readsPem()
{
    QFETCH(std::string, name);
    QFETCH(KeyEncoding, encoding);
    QFETCH(KeyKind, kind);
    QFETCH(int, bits);
    QFETCH(bool, isPrivate);
    const auto read = readKey(key(name), &passphrase);
    CLAIMSMITH_VERIFY_RESULT(read);
    QCOMPARE(read->encoding, encoding);
    QCOMPARE(read->any().kind(), kind);
    QCOMPARE(read->any().bits(), bits);
    QCOMPARE(read->privateKey() != nullptr, isPrivate);
}

void TestKeyReader::readsDer_data()
{
    QTest::addColumn<std::string>("name");
    QTest::addColumn<KeyEncoding>("encoding");
    QTest::newRow("PKCS#8") << std::string("rsa.pkcs8") << KeyEncoding::Pkcs8;
    QTest::newRow("PKCS#8, encrypted") << std::string("rsa.encrypted-pkcs8") << KeyEncoding::EncryptedPkcs8;
    QTest::newRow("PKCS#1") << std::string("rsa.pkcs1") << KeyEncoding::Traditional;
    QTest::newRow("PKCS#1, public") << std::string("rsa.pkcs1-public") << KeyEncoding::Pkcs1Public;
    QTest::newRow("SPKI") << std::string("ec.p256.spki") << KeyEncoding::Spki;
    QTest::newRow("SEC 1") << std::string("ec.p256.sec1") << KeyEncoding::Traditional;
    QTest::newRow("Ed25519") << std::string("ed25519.pkcs8") << KeyEncoding::Pkcs8;
    QTest::newRow("certificate") << std::string("rsa.certificate") << KeyEncoding::Certificate;
}

void TestKeyReader::readsDer()
{
    QFETCH(std::string, name);
    QFETCH(KeyEncoding, encoding);
    const std::string pem = key(name);
    const auto fromPem = readKey(pem, &passphrase);
    const auto fromDer = readKey(derOf(pem), &passphrase);
    CLAIMSMITH_VERIFY_RESULT(fromPem);
    CLAIMSMITH_VERIFY_RESULT(fromDer);
    QCOMPARE(fromDer->encoding, encoding);
    QCOMPARE(fromDer->privateKey() != nullptr, fromPem->privateKey() != nullptr);
    QVERIFY(fromDer->publicKey() == fromPem->publicKey());
}

void TestKeyReader::readsACertificate()
{
    const auto read = readPemKey(key("rsa.certificate"));
    CLAIMSMITH_VERIFY_RESULT(read);
    QVERIFY(read->certificate);
    QCOMPARE(read->certificate->subject, std::string("CN=rsa.example.com,O=Claimsmith tests"));
    QCOMPARE(read->certificate->issuer, read->certificate->subject);
    QCOMPARE(read->certificate->serial, std::string("1234ABCD"));
    QCOMPARE(std::chrono::system_clock::to_time_t(read->certificate->notBefore), 1795306508); // 2026-11-22T00:15:08Z
    QCOMPARE(read->certificate->der, derOf(key("rsa.certificate")));
    const auto spki = readPemKey(key("rsa.spki"));
    CLAIMSMITH_VERIFY_RESULT(spki);
    QVERIFY(read->publicKey() == spki->publicKey());
}

void TestKeyReader::skipsTextAroundTheKey()
{
    const auto read = readPemKey("Bag Attributes\n  friendlyName: x\n" + key("ec.p256.sec1") + "trailing text");
    CLAIMSMITH_VERIFY_RESULT(read);
    QCOMPARE(read->any().kind(), KeyKind::Ec);
}

void TestKeyReader::refuses_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<CryptoErrorCode>("code");
    QTest::addColumn<std::size_t>("offset");
    const std::size_t nowhere = Place::npos;
    const std::size_t start = 0;
    std::string escaped = key("rsa.spki");
    for (std::size_t at = escaped.find('\n'); at != std::string::npos; at = escaped.find('\n', at + 1))
        escaped.replace(at, 1, "\\n");
    std::string damaged = key("rsa.spki");
    damaged.replace(60, 4, "AAAA");
    const std::string pem = key("rsa.spki");

    QTest::newRow("nothing") << std::string() << CryptoErrorCode::NotAKey << nowhere;
    QTest::newRow("a sentence") << std::string("this is no key") << CryptoErrorCode::NotAKey << nowhere;
    QTest::newRow("DER with an octet too many") << derOf(pem) + '\0' << CryptoErrorCode::NotAKey << nowhere;
    QTest::newRow("DER cut short") << derOf(pem).substr(0, 200) << CryptoErrorCode::NotAKey << nowhere;
    QTest::newRow("no END line") << pem.substr(0, 300) << CryptoErrorCode::PemIncomplete << start;
    QTest::newRow("no END line, below a text")
        << "My key:\n" + pem.substr(0, 300) << CryptoErrorCode::PemIncomplete << std::size_t{8};
    QTest::newRow("line ends escaped") << escaped << CryptoErrorCode::PemEscapedNewlines << start;
    QTest::newRow("certificate request") << key("request") << CryptoErrorCode::PemUnsupported << start;
    QTest::newRow("damaged") << damaged << CryptoErrorCode::PemCorrupt << start;
    QTest::newRow("public key under a private label")
        << "-----BEGIN PRIVATE KEY-----" + pem.substr(26, pem.rfind("-----END") - 26) + "-----END PRIVATE KEY-----"
        << CryptoErrorCode::PemCorrupt << start;
    std::string otherHalf = key("ec.p256.sec1");
    const std::size_t at = otherHalf.find("MHcCAQEE") + 12; // within the private value
    otherHalf[at] = otherHalf[at] == 'A' ? 'B' : 'A';
    QTest::newRow("halves that do not belong together") << otherHalf << CryptoErrorCode::KeyPairMismatch << nowhere;
    QTest::newRow("PKCS#8 without the passphrase")
        << key("rsa.encrypted-pkcs8") << CryptoErrorCode::PassphraseNeeded << start;
    QTest::newRow("PKCS#1 without the passphrase")
        << key("rsa.encrypted-pkcs1") << CryptoErrorCode::PassphraseNeeded << start;
}

void TestKeyReader::refuses()
{
    QFETCH(std::string, text);
    QFETCH(CryptoErrorCode, code);
    QFETCH(std::size_t, offset);
    const auto read = readKey(text);
    QVERIFY(!read);
    QVERIFY2(read.error().code == code, read.error().toString().c_str());
    QCOMPARE(read.error().place.offset, offset);
    if (code == CryptoErrorCode::PassphraseNeeded) {
        const SecretBytes wrong(BytesView("close sesame"));
        const auto second = readKey(text, &wrong);
        QVERIFY(!second);
        QVERIFY(second.error().code == CryptoErrorCode::PassphraseWrong);
    }
}

QTEST_APPLESS_MAIN(TestKeyReader)
#include "tst_keyreader.moc"
