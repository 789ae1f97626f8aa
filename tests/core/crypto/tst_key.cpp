// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/key.h"

#include "crypto/keyreader.h"
#include "support/testing.h"

using namespace claimsmith;
using namespace claimsmith::crypto;

class TestKey : public QObject
{
    Q_OBJECT

private slots:
    void generatesEveryKind_data();
    void generatesEveryKind();
    void refusesSizes_data();
    void refusesSizes();
    void rebuildsRsaFromItsNumbers();
    void refusesRsaNumbers_data();
    void refusesRsaNumbers();
    void tellsKeysApart();
    void writesPem();
};

namespace {

Result<PrivateKey> generated(KeyKind kind)
{
    if (kind == KeyKind::Rsa)
        return PrivateKey::generateRsa(2048);
    return kind == KeyKind::Ec ? PrivateKey::generateEc(Curve::P521) : PrivateKey::generate(kind);
}

/// One key for all rows: generating takes its time.
const PrivateKey& rsaKey()
{
    static const PrivateKey key = *PrivateKey::generateRsa(2048);
    return key;
}

} // namespace

void TestKey::generatesEveryKind_data()
{
    QTest::addColumn<KeyKind>("kind");
    QTest::newRow("RSA") << KeyKind::Rsa;
    QTest::newRow("EC") << KeyKind::Ec;
    QTest::newRow("Ed25519") << KeyKind::Ed25519;
    QTest::newRow("Ed448") << KeyKind::Ed448;
    QTest::newRow("X25519") << KeyKind::X25519;
    QTest::newRow("X448") << KeyKind::X448;
}

void TestKey::generatesEveryKind()
{
    QFETCH(KeyKind, kind);
    const auto key = generated(kind);
    CLAIMSMITH_VERIFY_RESULT(key);
    QVERIFY(key->kind() == kind);
    QVERIFY(key->publicKey().kind() == kind);
    QCOMPARE(key->rsaPublicNumbers().has_value(), kind == KeyKind::Rsa);
    QCOMPARE(key->rsaPrivateNumbers().has_value(), kind == KeyKind::Rsa);
    QCOMPARE(key->ecPoint().has_value(), kind == KeyKind::Ec);
    QCOMPARE(key->ecScalar().has_value(), kind == KeyKind::Ec);
    QCOMPARE(key->octetPublicKey().has_value(), octetKeySize(kind) != 0);
    QCOMPARE(key->octetPrivateKey().has_value(), octetKeySize(kind) != 0);
}

void TestKey::refusesSizes_data()
{
    QTest::addColumn<int>("bits");
    QTest::newRow("negative") << -1;
    QTest::newRow("nothing") << 0;
    QTest::newRow("too short") << 1023;
    QTest::newRow("too long") << 16385;
}

void TestKey::refusesSizes()
{
    QFETCH(int, bits);
    const auto key = PrivateKey::generateRsa(bits);
    QVERIFY(!key);
    QVERIFY(key.error().code == CryptoErrorCode::SizeRefused);
}

void TestKey::rebuildsRsaFromItsNumbers()
{
    const RsaPublicNumbers open = *rsaKey().rsaPublicNumbers();
    const RsaPrivateNumbers secret = *rsaKey().rsaPrivateNumbers();
    const auto whole = PrivateKey::fromRsa(open, secret);
    CLAIMSMITH_VERIFY_RESULT(whole);
    QVERIFY(whole->publicKey() == rsaKey().publicKey());
    // A JWK may have d alone (RFC 7518 §6.3.2).
    RsaPrivateNumbers bare;
    bare.exponent = secret.exponent.clone();
    const auto withoutPrimes = PrivateKey::fromRsa(open, bare);
    CLAIMSMITH_VERIFY_RESULT(withoutPrimes);
    QVERIFY(withoutPrimes->publicKey() == rsaKey().publicKey());
    QVERIFY(withoutPrimes->rsaPrivateNumbers()->firstPrime.empty());
}

void TestKey::refusesRsaNumbers_data()
{
    QTest::addColumn<std::string>("changed");
    QTest::addColumn<CryptoErrorCode>("code");
    QTest::newRow("even modulus") << std::string("n") << CryptoErrorCode::KeyInvalid;
    QTest::newRow("even exponent") << std::string("e") << CryptoErrorCode::KeyInvalid;
    QTest::newRow("another d") << std::string("d") << CryptoErrorCode::KeyPairMismatch;
    QTest::newRow("no d") << std::string("no d") << CryptoErrorCode::KeyInvalid;
    QTest::newRow("another p") << std::string("p") << CryptoErrorCode::KeyPairMismatch;
    QTest::newRow("another dp") << std::string("dp") << CryptoErrorCode::KeyPairMismatch;
    QTest::newRow("another qi") << std::string("qi") << CryptoErrorCode::KeyPairMismatch;
}

void TestKey::refusesRsaNumbers()
{
    QFETCH(std::string, changed);
    QFETCH(CryptoErrorCode, code);
    RsaPublicNumbers open = *rsaKey().rsaPublicNumbers();
    RsaPrivateNumbers secret = *rsaKey().rsaPrivateNumbers();
    const auto flip = [](SecretBytes& bytes) {
        Bytes copy(bytes.view());
        copy.back() = static_cast<char>(copy.back() ^ 2);
        bytes = SecretBytes(std::move(copy));
    };
    if (changed == "n")
        open.modulus.back() = static_cast<char>(open.modulus.back() ^ 1);
    else if (changed == "e")
        open.exponent = Bytes(1, '\x02');
    else if (changed == "d")
        flip(secret.exponent);
    else if (changed == "no d")
        secret.exponent = SecretBytes();
    else if (changed == "p")
        flip(secret.firstPrime);
    else if (changed == "dp")
        flip(secret.firstCrtExponent);
    else
        flip(secret.firstCrtCoefficient);
    const auto key = PrivateKey::fromRsa(open, secret);
    QVERIFY(!key);
    QVERIFY2(key.error().code == code, key.error().toString().c_str());
}

void TestKey::tellsKeysApart()
{
    const auto one = PrivateKey::generate(KeyKind::Ed25519);
    const auto two = PrivateKey::generate(KeyKind::Ed25519);
    QVERIFY(one->publicKey() == one->publicKey());
    QVERIFY(!(one->publicKey() == two->publicKey()));
    QVERIFY(!(one->publicKey() == rsaKey().publicKey()));
}

void TestKey::writesPem()
{
    const SecretBytes passphrase(BytesView("open sesame"));
    const SecretBytes plain = rsaKey().pem();
    const SecretBytes encrypted = rsaKey().pem(&passphrase);
    const SecretBytes traditional = *rsaKey().traditionalPem();
    QVERIFY(plain.view().starts_with("-----BEGIN PRIVATE KEY-----\n"));
    QVERIFY(encrypted.view().starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----\n"));
    QVERIFY(traditional.view().starts_with("-----BEGIN RSA PRIVATE KEY-----\n"));
    QVERIFY(!PrivateKey::generate(KeyKind::Ed448)->traditionalPem());
    QVERIFY(rsaKey().publicPem().starts_with("-----BEGIN PUBLIC KEY-----\n"));
    for (const BytesView pem : {plain.view(), encrypted.view(), traditional.view()}) {
        const auto read = readPemKey(pem, &passphrase);
        CLAIMSMITH_VERIFY_RESULT(read);
        QVERIFY(read->privateKey() != nullptr);
        QVERIFY(read->publicKey() == rsaKey().publicKey());
    }
    // The public half holds nothing of the other.
    const auto open = readPemKey(rsaKey().publicKey().publicPem());
    CLAIMSMITH_VERIFY_RESULT(open);
    QVERIFY(open->privateKey() == nullptr);
}

QTEST_APPLESS_MAIN(TestKey)
#include "tst_key.moc"
