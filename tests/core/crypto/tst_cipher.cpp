// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/cipher.h"

#include "base/base64.h"
#include "support/testing.h"

using namespace claimsmith;
using namespace claimsmith::crypto;

class TestCipher : public QObject
{
    Q_OBJECT

private slots:
    void opensWhatItSealed_data();
    void opensWhatItSealed();
    void opensTheReferenceMessage();
    void refusesEveryChange_data();
    void refusesEveryChange();
    void neverSealsTheSameTwice();
    void derivesTheKeysOfRfc7914_data();
    void derivesTheKeysOfRfc7914();
    void refusesCosts_data();
    void refusesCosts();
};

namespace {

const SecretBytes key(Bytes(aes256KeySize, 'k'));

} // namespace

void TestCipher::opensWhatItSealed_data()
{
    QTest::addColumn<std::string>("plaintext");
    QTest::newRow("nothing") << std::string();
    QTest::newRow("an octet") << std::string(1, '\0');
    QTest::newRow("more than a block") << std::string(100'000, 'x');
}

void TestCipher::opensWhatItSealed()
{
    QFETCH(std::string, plaintext);
    for (const std::string associated : {"", "vault 1"}) {
        const auto sealed = sealAes256Gcm(key, plaintext, associated);
        CLAIMSMITH_VERIFY_RESULT(sealed);
        QCOMPARE(sealed->size(), gcmNonceSize + plaintext.size() + gcmTagSize);
        const auto opened = openAes256Gcm(key, *sealed, associated);
        CLAIMSMITH_VERIFY_RESULT(opened);
        QCOMPARE(std::string(opened->view()), plaintext);
    }
}

void TestCipher::opensTheReferenceMessage()
{
    // McGrew and Viega, "The Galois/Counter Mode of Operation", test case 16.
    const SecretBytes reference(*fromHex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"));
    const Bytes sealed = *fromHex("cafebabefacedbaddecaf888"
                                  "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
                                  "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
                                  "76fc6ece0f4e1768cddf8853bb2d551b");
    const auto opened = openAes256Gcm(reference, sealed, *fromHex("feedfacedeadbeeffeedfacedeadbeefabaddad2"));
    CLAIMSMITH_VERIFY_RESULT(opened);
    QCOMPARE(toHex(opened->view()), std::string("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
                                                "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"));
}

void TestCipher::refusesEveryChange_data()
{
    QTest::addColumn<std::string>("what");
    for (const char* what :
         {"nonce", "text", "tag", "associated data", "key", "cut short", "nothing left", "key too short"})
        QTest::newRow(what) << std::string(what);
}

void TestCipher::refusesEveryChange()
{
    QFETCH(std::string, what);
    Bytes sealed = *sealAes256Gcm(key, "some text", "vault 1");
    const auto flip = [&](std::size_t at) { sealed[at] = static_cast<char>(sealed[at] ^ 1); };
    Bytes other(key.view());
    std::string associated = "vault 1";
    CryptoErrorCode code = CryptoErrorCode::DecryptionFailed;
    if (what == "nonce") {
        flip(0);
    } else if (what == "text") {
        flip(gcmNonceSize);
    } else if (what == "tag") {
        flip(sealed.size() - 1);
    } else if (what == "associated data") {
        associated = "vault 2";
    } else if (what == "key") {
        other[0] = static_cast<char>(other[0] ^ 1);
    } else if (what == "cut short") {
        sealed.pop_back();
    } else if (what == "nothing left") {
        sealed.resize(gcmNonceSize + gcmTagSize - 1);
    } else {
        other.pop_back();
        code = CryptoErrorCode::KeyInvalid;
    }
    const auto opened = openAes256Gcm(SecretBytes(std::move(other)), sealed, associated);
    QVERIFY(!opened);
    QVERIFY(opened.error().code == code);
}

void TestCipher::neverSealsTheSameTwice()
{
    QVERIFY(*sealAes256Gcm(key, "some text") != *sealAes256Gcm(key, "some text"));
}

void TestCipher::derivesTheKeysOfRfc7914_data()
{
    QTest::addColumn<std::string>("passphrase");
    QTest::addColumn<std::string>("salt");
    QTest::addColumn<quint64>("n");
    QTest::addColumn<quint32>("r");
    QTest::addColumn<quint32>("p");
    QTest::addColumn<std::string>("hex");
    // RFC 7914 §12
    QTest::newRow("N=16, r=1, p=1") << std::string() << std::string() << quint64{16} << quint32{1} << quint32{1}
                                    << std::string("77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"
                                                   "fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906");
    QTest::newRow("N=1024, r=8, p=16") << std::string("password") << std::string("NaCl") << quint64{1024} << quint32{8}
                                       << quint32{16}
                                       << std::string(
                                              "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
                                              "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640");
}

void TestCipher::derivesTheKeysOfRfc7914()
{
    QFETCH(std::string, passphrase);
    QFETCH(std::string, salt);
    QFETCH(quint64, n);
    QFETCH(quint32, r);
    QFETCH(quint32, p);
    QFETCH(std::string, hex);
    const auto derived = scrypt(SecretBytes(BytesView(passphrase)), salt, {.n = n, .r = r, .p = p}, 64);
    CLAIMSMITH_VERIFY_RESULT(derived);
    QCOMPARE(toHex(derived->view()), hex);
}

void TestCipher::refusesCosts_data()
{
    QTest::addColumn<quint64>("n");
    QTest::addColumn<quint32>("r");
    QTest::addColumn<quint32>("p");
    QTest::newRow("N of one") << quint64{1} << quint32{8} << quint32{1};
    QTest::newRow("N that is no power of two") << quint64{1000} << quint32{8} << quint32{1};
    QTest::newRow("no r") << quint64{1024} << quint32{0} << quint32{1};
    QTest::newRow("no p") << quint64{1024} << quint32{8} << quint32{0};
    QTest::newRow("more memory than a machine has") << (quint64{1} << 62) << quint32{8} << quint32{1};
    QTest::newRow("more memory than we give") << (quint64{1} << 21) << quint32{8} << quint32{1};
    QTest::newRow("p beyond our patience") << quint64{1024} << quint32{8} << quint32{1'000'000};
}

void TestCipher::refusesCosts()
{
    QFETCH(quint64, n);
    QFETCH(quint32, r);
    QFETCH(quint32, p);
    const auto derived = scrypt(SecretBytes(BytesView("password")), "salt", {.n = n, .r = r, .p = p});
    QVERIFY(!derived);
    QVERIFY(derived.error().code == CryptoErrorCode::KeyInvalid);
}

QTEST_APPLESS_MAIN(TestCipher)
#include "tst_cipher.moc"
