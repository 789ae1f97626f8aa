// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/keyimport.h"

#include "base/base64.h"
#include "crypto/keywriter.h"
#include "crypto/opensshkey.h"
#include "document/json.h"
#include "jose/generate.h"
#include "jose/jwk.h"
#include "jose/keyidentity.h"
#include "jose/keytext.h"
#include "support/data.h"
#include "support/testing.h"

using namespace claimsmith;
using namespace claimsmith::jose;

namespace {

std::string keyData(const std::string& name)
{
    return test::testData("keys/" + name);
}

Key fixture(const std::string& name)
{
    return *readKey(keyData(name));
}

std::string shapesOf(const KeyImport& read)
{
    std::string shapes;
    for (const KeyInterpretation& each : read.interpretations)
        shapes.append(shapes.empty() ? "" : " ").append(toString(each.shape));
    return shapes;
}

std::string withEscapedLineEnds(std::string text)
{
    for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos; at += 2)
        text.replace(at, 1, "\\n");
    return text;
}

} // namespace

class TestKeyImport : public QObject
{
    Q_OBJECT

private slots:
    void recognisesTheSameKey_data();
    void recognisesTheSameKey();
    void ranksSecrets_data();
    void ranksSecrets();
    void asksForThePassphrase_data();
    void asksForThePassphrase();
    void offersNoLockedKeyAsSecret_data();
    void offersNoLockedKeyAsSecret();
    void boundsPkcs12();
    void refusesEncryptedOpenSsh();
    void attachesTheChain();
    void readsSeveralBlocks();
    void fetchesNothing();
    void writesOpenSsh_data();
    void writesOpenSsh();
    void identifies();
    void tellsKeysApart();
    void generatesEverySort_data();
    void generatesEverySort();
    void refusesToGenerate();
    void generatesForEncryption();
};

void TestKeyImport::recognisesTheSameKey_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("reference");
    QTest::addColumn<std::string>("shape");
    const auto row = [](const char* name, std::string text, const char* reference, const char* shape) {
        QTest::newRow(name) << std::move(text) << std::string(reference) << std::string(shape);
    };
    row("PKCS #8", keyData("rsa.pkcs8.pem"), "rsa.pkcs8.pem", "pem");
    row("PKCS #1", keyData("rsa.pkcs1.pem"), "rsa.pkcs8.pem", "pem");
    row("SPKI", keyData("ed448.spki.pem"), "ed448.pkcs8.pem", "pem");
    row("SEC 1", keyData("ec.p521.sec1.pem"), "ec.p521.pkcs8.pem", "pem");
    row("certificate", keyData("rsa.certificate.pem"), "rsa.pkcs8.pem", "certificate");
    row("text around it", "here it is:\n" + keyData("x448.pkcs8.pem") + "bye", "x448.pkcs8.pem", "pem");
    row("escaped line ends", withEscapedLineEnds(keyData("rsa.pkcs8.pem")), "rsa.pkcs8.pem", "pem");
    row("PEM in base64", toBase64(keyData("rsa.pkcs8.pem")), "rsa.pkcs8.pem", "pem");
    row("PKCS #12 without password", keyData("rsa.nopassword.p12"), "rsa.pkcs8.pem", "pkcs12");
    row("PKCS #12 in base64", toBase64(keyData("rsa.nopassword.p12")), "rsa.pkcs8.pem", "pkcs12");
    const Key key = fixture("ec.p256.pkcs8.pem");
    row("DER", Bytes(crypto::pkcs8Der(*key.privateKey())->view()), "ec.p256.pkcs8.pem", "der");
    row("SPKI in DER", key.publicKey()->publicDer(), "ec.p256.pkcs8.pem", "der");
    row("DER in hex", toHex(key.publicKey()->publicDer()), "ec.p256.pkcs8.pem", "der");
    row("DER in base64url", toBase64Url(key.publicKey()->publicDer()), "ec.p256.pkcs8.pem", "der");
    row("JWK", document::toJson(writeJwk(key, KeyParts::Private)), "ec.p256.pkcs8.pem", "jwk");
    row("JWK in base64", toBase64(document::toJson(writeJwk(key, KeyParts::Public))), "ec.p256.pkcs8.pem", "jwk");
    row("JWKS", document::toJson(writeJwks({key}, KeyParts::Public)), "ec.p256.pkcs8.pem", "jwk-set");
    row("RFC 4716", keyData("rsa.rfc4716.pub"), "rsa.pkcs8.pem", "openssh");
    for (const char* name : {"rsa", "ec.p256", "ec.p384", "ec.p521", "ed25519"}) {
        const std::string reference = std::string(name) + ".pkcs8.pem";
        row((std::string("OpenSSH ") + name).c_str(), keyData(std::string(name) + ".openssh"), reference.c_str(),
            "openssh");
        row((std::string("authorized_keys ") + name).c_str(), keyData(std::string(name) + ".openssh.pub"),
            reference.c_str(), "openssh");
    }
}

void TestKeyImport::recognisesTheSameKey()
{
    QFETCH(const std::string, text);
    QFETCH(const std::string, reference);
    const KeyImport read = importKey(text);
    QTEST(shapesOf(read), "shape");
    QCOMPARE(read.interpretations.front().keys.size(), std::size_t(1));
    const Key& key = read.interpretations.front().keys.front();
    QVERIFY(isSameKey(key, fixture(reference)));
    QCOMPARE(identify(key).thumbprint, identify(fixture(reference)).thumbprint);
    const std::string row = QTest::currentDataTag();
    const bool isPublic = row.find("SPKI") != std::string::npos || row == "certificate" || row == "DER in hex" ||
                          row == "DER in base64url" || row == "JWK in base64" || row == "JWKS" || row == "RFC 4716" ||
                          row.starts_with("authorized_keys");
    QCOMPARE(key.privateKey() == nullptr, isPublic);
    if (!isPublic) // nothing of the private half was lost on the way
        QCOMPARE(std::string(key.privateKey()->pem().view()), keyData(reference));
}

void TestKeyImport::ranksSecrets_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("shapes");
    const auto row = [](const char* name, const char* text, const char* shapes) {
        QTest::newRow(name) << std::string(text) << std::string(shapes);
    };
    row("a word", "secret!", "secret-text");
    row("64 hexadecimal digits", "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
        "secret-hex secret-base64 secret-base64url secret-text");
    row("32 octets in base64",
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", "secret-base64 secret-base64url secret-text");
    row("32 octets in base64url", "__8CAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8", "secret-base64url secret-text");
    row("text that happens to decode", "password", "secret-text secret-base64 secret-base64url");
    row("nothing", "", "");
}

void TestKeyImport::ranksSecrets()
{
    QFETCH(const std::string, text);
    const KeyImport read = importKey(text);
    QTEST(shapesOf(read), "shapes");
    QVERIFY(read.refusals.empty());
}

void TestKeyImport::asksForThePassphrase_data()
{
    QTest::addColumn<std::string>("file");
    for (const char* file : {"rsa.encrypted-pkcs8.pem", "rsa.encrypted-pkcs1.pem", "rsa.p12"})
        QTest::newRow(file) << std::string(file);
}

void TestKeyImport::asksForThePassphrase()
{
    QFETCH(const std::string, file);
    const KeyImport locked = importKey(keyData(file));
    QVERIFY(locked.needsPassphrase());
    QVERIFY(locked.interpretations.empty());
    QCOMPARE(locked.refusals.front().reason.code.name(), std::string_view("passphrase-needed"));
    const SecretBytes wrong(BytesView("wrong"));
    QCOMPARE(importKey(keyData(file), &wrong).refusals.front().reason.code.name(),
             std::string_view("passphrase-wrong"));
    const SecretBytes right(BytesView(file == "rsa.p12" ? "secret" : "open sesame"));
    const KeyImport open = importKey(keyData(file), &right);
    QCOMPARE(open.interpretations.size(), std::size_t(1));
    QVERIFY(isSameKey(open.interpretations.front().keys.front(), fixture("rsa.pkcs8.pem")));
}

void TestKeyImport::offersNoLockedKeyAsSecret_data()
{
    QTest::addColumn<std::string>("text");
    QTest::newRow("PEM with escaped line ends") << withEscapedLineEnds(keyData("rsa.encrypted-pkcs8.pem"));
    QTest::newRow("PKCS #12 in base64") << toBase64(keyData("rsa.p12"));
    QTest::newRow("PEM in base64") << toBase64(keyData("rsa.encrypted-pkcs8.pem"));
}

void TestKeyImport::offersNoLockedKeyAsSecret()
{
    QFETCH(const std::string, text);
    const KeyImport read = importKey(text);
    QVERIFY(read.interpretations.empty());
    QVERIFY(read.needsPassphrase());
}

void TestKeyImport::boundsPkcs12()
{
    // Its passphrase would be hashed three million times.
    const KeyImport read = importKey(keyData("rsa.costly.p12"));
    QVERIFY(read.interpretations.empty());
    QCOMPARE(read.refusals.front().reason.code.name(), std::string_view("pem-corrupt"));
}

void TestKeyImport::refusesEncryptedOpenSsh()
{
    const KeyImport read = importKey(keyData("ed25519.encrypted.openssh"));
    QVERIFY(read.interpretations.empty());
    QCOMPARE(read.refusals.front().reason.code.name(), std::string_view("pem-unsupported"));
    // A line end in the comment, or bytes that are no text, do not become a kid.
    std::string line = keyData("ed25519.openssh.pub");
    line.replace(line.find("fixture"), 7, "\xff\x01");
    QVERIFY(importKey(line).interpretations.front().keys.front().id().empty());
    QCOMPARE(importKey(keyData("rsa.openssh.pub") + keyData("ed25519.openssh.pub")).refusals.size(), std::size_t(1));
    std::string broken = keyData("ed25519.openssh");
    broken.replace(broken.find("\n") + 1, 4, "AAAA");
    QCOMPARE(importKey(broken).refusals.front().reason.code.name(), std::string_view("pem-corrupt"));
    QCOMPARE(importKey("-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA").refusals.front().reason.code.name(),
             std::string_view("pem-incomplete"));
}

void TestKeyImport::attachesTheChain()
{
    const KeyImport read = importKey(keyData("rsa.pkcs8.pem") + keyData("rsa.certificate.pem"));
    QCOMPARE(shapesOf(read), std::string("pem"));
    const std::vector<Key>& keys = read.interpretations.front().keys;
    QCOMPARE(keys.size(), std::size_t(1));
    QVERIFY(keys.front().privateKey() != nullptr);
    QVERIFY(keys.front().metadata().others.contains("x5c"));
    QVERIFY(!identify(keys.front()).certificateSha256.empty());
    // A stranger's certificate is not attached.
    const KeyImport other = importKey(keyData("ed25519.pkcs8.pem") + keyData("rsa.certificate.pem"));
    QCOMPARE(other.interpretations.front().keys.size(), std::size_t(2));
    QVERIFY(!other.interpretations.front().keys.front().metadata().others.contains("x5c"));
    // Certificates that do not certify each other are keys of their own, whatever their order.
    const KeyImport strangers = importKey(keyData("rsa.certificate.pem") + test::testData("tls/server.crt"));
    QCOMPARE(strangers.interpretations.front().keys.size(), std::size_t(2));
}

void TestKeyImport::readsSeveralBlocks()
{
    const KeyImport read =
        importKey(keyData("ed25519.pkcs8.pem") + keyData("ec.p256.sec1.pem") + keyData("rsa.spki.pem"));
    QCOMPARE(read.interpretations.front().keys.size(), std::size_t(3));
    const KeyImport chain = importKey(test::testData("tls/server.crt") + test::testData("tls/mid.crt"));
    QCOMPARE(shapesOf(chain), std::string("certificate"));
    QCOMPARE(chain.interpretations.front().keys.size(), std::size_t(1));
    QCOMPARE(chain.interpretations.front().keys.front().metadata().others.find("x5c")->asArray()->size(),
             std::size_t(2));
}

void TestKeyImport::fetchesNothing()
{
    const KeyImport read = importKey(" https://example.com/.well-known/jwks.json\n");
    QCOMPARE(shapesOf(read), std::string("url"));
    QVERIFY(read.interpretations.front().keys.empty());
}

void TestKeyImport::writesOpenSsh_data()
{
    QTest::addColumn<std::string>("name");
    for (const char* name : {"rsa", "ec.p256", "ec.p384", "ec.p521", "ed25519"})
        QTest::newRow(name) << std::string(name);
}

void TestKeyImport::writesOpenSsh()
{
    QFETCH(const std::string, name);
    const auto line = crypto::openSshPublicKey(*fixture(name + ".pkcs8.pem").publicKey());
    QVERIFY(line.has_value());
    QCOMPARE(*line + " fixture\n", keyData(name + ".openssh.pub"));
}

void TestKeyImport::identifies()
{
    const KeyIdentity identity = identify(fixture("ed25519.pkcs8.pem"));
    // As `ssh-keygen -l` prints it for the same key.
    QCOMPARE(identity.openSshFingerprint, std::string("SHA256:Ma1PupfCNYWwuBqNp0+nOSKv2xK1usBt1dwpk5Mv7dQ"));
    QCOMPARE(identity.curve, std::string("Ed25519"));
    QCOMPARE(identity.bits, std::size_t(256));
    QVERIFY(identity.isPrivate);
    QCOMPARE(identity.algorithms, (std::vector<std::string>{"EdDSA", "Ed25519"}));
    QVERIFY(identity.thumbprintUri.ends_with(identity.thumbprint));
    QVERIFY(crypto::openSshPublicKey(*fixture("ed448.pkcs8.pem").publicKey()) == std::nullopt);
    QVERIFY(identify(fixture("ed448.pkcs8.pem")).openSshFingerprint.empty());
}

void TestKeyImport::tellsKeysApart()
{
    const Key secret = Key::fromSecret(SecretBytes(BytesView("a")), {.id = "1", .use = {}, .algorithm = {}});
    QVERIFY(isSameKey(secret, Key::fromSecret(SecretBytes(BytesView("a")))));
    QVERIFY(!isSameKey(secret, Key::fromSecret(SecretBytes(BytesView("b")))));
    QVERIFY(!isSameKey(secret, fixture("rsa.pkcs8.pem")));
    QVERIFY(!isSameKey(fixture("ed25519.pkcs8.pem"), fixture("x25519.pkcs8.pem")));
}

void TestKeyImport::generatesEverySort_data()
{
    QTest::addColumn<std::string>("curve");
    for (const char* curve : {"P-256", "P-384", "P-521", "secp256k1", "Ed25519", "Ed448", "X25519", "X448"})
        QTest::newRow(curve) << std::string(curve);
}

void TestKeyImport::generatesEverySort()
{
    QFETCH(const std::string, curve);
    const bool isEc = curve.starts_with("P-") || curve.starts_with("secp");
    const auto key = generateKey(KeySpec{.type = isEc ? KeyType::Ec : KeyType::Okp, .curve = curve});
    CLAIMSMITH_VERIFY_RESULT(key);
    QCOMPARE(std::string(key->curveName()), curve);
    QVERIFY(key->privateKey() != nullptr);
    QCOMPARE(key->id(), identify(*key).thumbprint);
    const auto again = readJwk(writeJwk(*key, KeyParts::Private));
    CLAIMSMITH_VERIFY_RESULT(again);
    QVERIFY(isSameKey(*key, *again));
    QVERIFY(!isSameKey(*key, *generateKey(KeySpec{.type = isEc ? KeyType::Ec : KeyType::Okp, .curve = curve})));
}

void TestKeyImport::refusesToGenerate()
{
    QCOMPARE(generateKey(KeySpec{.type = KeyType::Ec, .curve = "P-224"}).error().code.name(),
             std::string_view("key-curve-unknown"));
    QCOMPARE(generateKey(KeySpec{.type = KeyType::Ec, .curve = "Ed25519"}).error().code.name(),
             std::string_view("key-curve-unknown"));
    QCOMPARE(generateKey(KeySpec{.type = KeyType::Oct}, {.bits = 12}).error().code.name(),
             std::string_view("size-refused"));
    QCOMPARE(generateKey(KeySpec{.type = KeyType::Rsa}, {.bits = 512}).error().code.name(),
             std::string_view("size-refused"));
    QCOMPARE(generateKey(KeySpec{.type = KeyType::Oct})->bits(), std::size_t(256));
}

void TestKeyImport::generatesForEncryption()
{
    for (const KeyManagementInfo& algorithm : keyManagements()) {
        for (const ContentEncryptionInfo& encryption : contentEncryptions()) {
            if (algorithm.family == KeyManagementFamily::RsaOaep || algorithm.family == KeyManagementFamily::RsaPkcs1)
                continue; // takes seconds, and its size is the caller's
            GenerateOptions options;
            const KeySpec spec = specFor(algorithm.id, encryption.id, options.bits);
            const auto key = generateKey(spec, options);
            CLAIMSMITH_VERIFY_RESULT(key);
            CLAIMSMITH_VERIFY_RESULT(checkSuitable(*key, algorithm, encryption, EncryptionPurpose::Decrypt));
        }
    }
}

QTEST_APPLESS_MAIN(TestKeyImport)
#include "tst_keyimport.moc"
