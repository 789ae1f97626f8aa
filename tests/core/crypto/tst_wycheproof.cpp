// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Project Wycheproof on the primitives that JWE is made of.
#include "crypto/aead.h"
#include "crypto/keywrap.h"

#include "base/base64.h"
#include "support/data.h"
#include "support/testing.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace claimsmith;
using namespace claimsmith::crypto;

namespace {

Bytes octets(const QJsonObject& test, const char* member)
{
    return *fromHex(test[QLatin1String(member)].toString().toStdString());
}

void addRows(const char* file)
{
    QTest::addColumn<QJsonObject>("test");
    const QByteArray content = QByteArray::fromStdString(test::testData("wycheproof/" + std::string(file)));
    const QJsonArray groups = QJsonDocument::fromJson(content).object()[QStringLiteral("testGroups")].toArray();
    for (const QJsonValue& group : groups) {
        const QJsonArray tests = group[QStringLiteral("tests")].toArray();
        for (const QJsonValue& test : tests) {
            const QString row = QString::number(test[QStringLiteral("tcId")].toInt()) + QLatin1Char(' ') +
                                test[QStringLiteral("comment")].toString();
            QTest::newRow(row.toUtf8().constData()) << test.toObject();
        }
    }
}

bool isValid(const QJsonObject& test)
{
    return test[QStringLiteral("result")].toString() == QStringLiteral("valid");
}

} // namespace

class TestWycheproof : public QObject
{
    Q_OBJECT

private slots:
    void cbcAndHmac_data() { addRows("a128cbc_hs256_test.json"); }
    void cbcAndHmac();
    void keyWrap_data() { addRows("aes_wrap_test.json"); }
    void keyWrap();
};

void TestWycheproof::cbcAndHmac()
{
    QFETCH(const QJsonObject, test);
    const SecretBytes key(octets(test, "key"));
    const Sealed sealed{.ciphertext = octets(test, "ct"), .tag = octets(test, "tag")};
    const auto opened = open(AeadKind::A128CbcHs256, key, octets(test, "iv"), sealed, octets(test, "aad"));
    QCOMPARE(opened.hasValue(), isValid(test));
    if (!opened)
        return;
    QCOMPARE(toHex(opened->view()), toHex(octets(test, "msg")));
    const auto again = seal(AeadKind::A128CbcHs256, key, octets(test, "iv"), opened->view(), octets(test, "aad"));
    CLAIMSMITH_VERIFY_RESULT(again);
    QCOMPARE(toHex(again->ciphertext + again->tag), toHex(sealed.ciphertext + sealed.tag));
}

void TestWycheproof::keyWrap()
{
    QFETCH(const QJsonObject, test);
    const SecretBytes wrapping(octets(test, "key"));
    const auto opened = unwrapKey(wrapping, octets(test, "ct"));
    if (test[QStringLiteral("result")].toString() != QStringLiteral("acceptable"))
        QCOMPARE(opened.hasValue(), isValid(test));
    if (!opened)
        return;
    QCOMPARE(toHex(opened->view()), toHex(octets(test, "msg")));
    QCOMPARE(toHex(*wrapKey(wrapping, *opened)), toHex(octets(test, "ct")));
}

QTEST_APPLESS_MAIN(TestWycheproof)
#include "tst_wycheproof.moc"
