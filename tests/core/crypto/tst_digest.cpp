// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/digest.h"

#include "base/base64.h"
#include "crypto/hmac.h"
#include "support/testing.h"

using namespace claimsmith;
using namespace claimsmith::crypto;

class TestDigest : public QObject
{
    Q_OBJECT

private slots:
    void hashesAbc_data();
    void hashesAbc();
    void startsOverAfterFinish();
    void hmacOfRfc4231_data();
    void hmacOfRfc4231();
    void hmacRefusesWhatIsNotTheCode_data();
    void hmacRefusesWhatIsNotTheCode();
};

void TestDigest::hashesAbc_data()
{
    QTest::addColumn<DigestKind>("kind");
    QTest::addColumn<std::string>("hex");
    // RFC 1321 A.5; FIPS 180-4 examples
    QTest::newRow("MD5") << DigestKind::Md5 << std::string("900150983cd24fb0d6963f7d28e17f72");
    QTest::newRow("SHA-1") << DigestKind::Sha1 << std::string("a9993e364706816aba3e25717850c26c9cd0d89d");
    QTest::newRow("SHA-256") << DigestKind::Sha256
                             << std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    QTest::newRow("SHA-384") << DigestKind::Sha384
                             << std::string("cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed"
                                            "8086072ba1e7cc2358baeca134c825a7");
    QTest::newRow("SHA-512") << DigestKind::Sha512
                             << std::string("ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                                            "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
}

void TestDigest::hashesAbc()
{
    QFETCH(DigestKind, kind);
    QFETCH(std::string, hex);
    QCOMPARE(toHex(digest(kind, "abc")), hex);
    QCOMPARE(digest(kind, "abc").size(), digestSize(kind));
    Digest pieces(kind);
    pieces.add("a");
    pieces.add("");
    pieces.add("bc");
    QCOMPARE(toHex(pieces.finish()), hex);
}

void TestDigest::startsOverAfterFinish()
{
    Digest pieces(DigestKind::Sha256);
    pieces.add("something else");
    pieces.finish();
    pieces.add("abc");
    QCOMPARE(pieces.finish(), digest(DigestKind::Sha256, "abc"));
}

void TestDigest::hmacOfRfc4231_data()
{
    QTest::addColumn<DigestKind>("kind");
    QTest::addColumn<std::string>("key");
    QTest::addColumn<std::string>("message");
    QTest::addColumn<std::string>("hex");
    const std::string jefe = "Jefe";
    const std::string question = "what do ya want for nothing?";
    QTest::newRow("case 2, SHA-256") << DigestKind::Sha256 << jefe << question
                                     << std::string("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    QTest::newRow("case 2, SHA-384") << DigestKind::Sha384 << jefe << question
                                     << std::string("af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e"
                                                    "8e2240ca5e69e2c78b3239ecfab21649");
    QTest::newRow("case 2, SHA-512") << DigestKind::Sha512 << jefe << question
                                     << std::string("164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
                                                    "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737");
    QTest::newRow("case 6, key longer than a block")
        << DigestKind::Sha256 << std::string(131, '\xaa')
        << std::string("Test Using Larger Than Block-Size Key - Hash Key First")
        << std::string("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
    QTest::newRow("no key, no message") << DigestKind::Sha256 << std::string() << std::string()
                                        << std::string(
                                               "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

void TestDigest::hmacOfRfc4231()
{
    QFETCH(DigestKind, kind);
    QFETCH(std::string, key);
    QFETCH(std::string, message);
    QFETCH(std::string, hex);
    const Hmac hmac(kind, SecretBytes(BytesView(key)));
    QCOMPARE(toHex(hmac.sign(message)), hex);
    QVERIFY(hmac.verify(message, *fromHex(hex)));
}

void TestDigest::hmacRefusesWhatIsNotTheCode_data()
{
    QTest::addColumn<std::string>("code");
    const Bytes right = Hmac(DigestKind::Sha256, SecretBytes(BytesView("key"))).sign("message");
    Bytes changed = right;
    changed.back() = static_cast<char>(changed.back() ^ 1);
    QTest::newRow("empty") << std::string();
    QTest::newRow("last bit changed") << changed;
    QTest::newRow("truncated") << right.substr(0, 31);
    QTest::newRow("one octet more") << right + '\0';
    QTest::newRow("of another key") << Hmac(DigestKind::Sha256, SecretBytes(BytesView("Key"))).sign("message");
}

void TestDigest::hmacRefusesWhatIsNotTheCode()
{
    QFETCH(std::string, code);
    QVERIFY(!Hmac(DigestKind::Sha256, SecretBytes(BytesView("key"))).verify("message", code));
}

QTEST_APPLESS_MAIN(TestDigest)
#include "tst_digest.moc"
