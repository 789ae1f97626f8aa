// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/keys/keyreading.h"

#include "base/base64.h"
#include "document/json.h"
#include "jose/generate.h"
#include "jose/jwk.h"
#include "support/testing.h"

using namespace claimsmith;
using namespace claimsmith::app;

namespace {

const jose::Key& pair()
{
    static const jose::Key key = *jose::generateKey(jose::Algorithm::ES256);
    return key;
}

std::string pem(const char* passphrase = nullptr)
{
    const SecretBytes phrase(BytesView(passphrase ? passphrase : ""));
    return std::string(pair().privateKey()->pem(passphrase ? &phrase : nullptr).view());
}

SecretBytes bytes(const std::string& text)
{
    return SecretBytes(BytesView(text));
}

} // namespace

class TestKeyReading final : public QObject
{
    Q_OBJECT

private slots:
    void whatATextMayBe_data()
    {
        QTest::addColumn<std::string>("text");
        QTest::addColumn<QStringList>("titles");
        const auto row = [](const char* name, std::string text, QStringList titles) {
            QTest::newRow(name) << std::move(text) << std::move(titles);
        };
        const std::string spki(pair().publicKey()->publicDer());
        row("a PEM", pem(), {QStringLiteral("PEM")});
        row("a public PEM", pair().publicKey()->publicPem(), {QStringLiteral("PEM")});
        row("a JWK", document::toJson(jose::writeJwk(pair(), jose::KeyParts::Private)), {QStringLiteral("JWK")});
        row("a set", document::toJson(jose::writeJwks({pair()}, jose::KeyParts::Public)), {QStringLiteral("JWK Set")});
        row("DER", spki, {QStringLiteral("DER")});
        row("DER in base64, with blanks around", " " + toBase64(spki) + "\n", {QStringLiteral("DER in base64")});
        row("a secret", "correct horse", {QStringLiteral("Shared secret as text")});
        row("a URL", "https://id.example.com/jwks.json", {QStringLiteral("URL of keys")});
        row("broken JSON, which may be a secret all the same", "{\"kty\":", {QStringLiteral("Shared secret as text")});
        row("nothing", "  ", {});
    }
    void whatATextMayBe()
    {
        QFETCH(std::string, text);
        const KeyReadings result = readAnyKey(bytes(text), {});
        QStringList titles;
        for (const KeyReading& each : result.readings)
            titles += each.title;
        QTEST(titles, "titles");
        QVERIFY(!result.needsPassphrase);
        QCOMPARE(result.problem.isEmpty(), !text.starts_with("{\"kty\":") || text.ends_with('}'));
    }

    void behindAPassphrase()
    {
        const std::string locked = pem("open sesame");
        QVERIFY(readAnyKey(bytes(locked), {}).needsPassphrase);
        QVERIFY(readAnyKey(bytes(locked), bytes("guess")).needsPassphrase);
        const KeyReadings read = readAnyKey(bytes(locked), bytes("open sesame"));
        QCOMPARE(read.readings.size(), std::size_t(1));
        QVERIFY(read.readings.front().keys.front().canSign());
    }

    void theNewestTextWins()
    {
        KeyReader reader;
        std::vector<QString> titles;
        connect(&reader, &KeyReader::done, this,
                [&](const KeyReadings& readings) { titles.push_back(readings.readings.front().title); });
        reader.read(bytes("correct horse"), {});
        reader.read(bytes(pem()), {});
        QTRY_COMPARE(titles, std::vector<QString>{QStringLiteral("PEM")});
    }
};

QTEST_GUILESS_MAIN(TestKeyReading)
#include "tst_keyreading.moc"
