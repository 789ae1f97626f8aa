// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/base64.h"

#include "base/random.h"
#include "support/testing.h"

using namespace claimsmith;

class TestBase64 : public QObject
{
    Q_OBJECT

private slots:
    void encodes_data();
    void encodes();
    void decodes_data();
    void decodes();
    void survivesTheRoundTrip();
    void namesTheFirstStranger_data();
    void namesTheFirstStranger();
    void readsAndWritesHex_data();
    void readsAndWritesHex();
};

void TestBase64::encodes_data()
{
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<std::string>("base64");
    QTest::addColumn<std::string>("base64url");
    // RFC 4648 §10
    QTest::newRow("nothing") << std::string() << std::string() << std::string();
    QTest::newRow("f") << std::string("f") << std::string("Zg==") << std::string("Zg");
    QTest::newRow("fo") << std::string("fo") << std::string("Zm8=") << std::string("Zm8");
    QTest::newRow("foo") << std::string("foo") << std::string("Zm9v") << std::string("Zm9v");
    QTest::newRow("foobar") << std::string("foobar") << std::string("Zm9vYmFy") << std::string("Zm9vYmFy");
    QTest::newRow("the two letters that differ")
        << std::string("\xfb\xff\xbf") << std::string("+/+/") << std::string("-_-_");
    // RFC 7515 appendix C
    QTest::newRow("RFC 7515 C") << std::string("\x03\xec\xff\xe0\xc1") << std::string("A+z/4ME=")
                                << std::string("A-z_4ME");
}

void TestBase64::encodes()
{
    QFETCH(std::string, bytes);
    QFETCH(std::string, base64);
    QFETCH(std::string, base64url);
    QCOMPARE(toBase64(bytes), base64);
    QCOMPARE(toBase64Url(bytes), base64url);
    QCOMPARE(fromBase64(base64).value(), bytes);
    QCOMPARE(fromBase64Url(base64url).value(), bytes);
}

void TestBase64::decodes_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("url");
    QTest::addColumn<std::string>("lenientUrl");
    QTest::addColumn<std::string>("plain");
    QTest::addColumn<std::string>("lenientPlain");
    const auto row = [](const char* name, const char* text, const char* url, const char* lenientUrl, const char* plain,
                        const char* lenientPlain) {
        QTest::newRow(name) << std::string(text) << std::string(url) << std::string(lenientUrl) << std::string(plain)
                            << std::string(lenientPlain);
    };
    row("without padding", "Zg", "f", "f", "-", "f");
    row("with padding", "Zg==", "-", "f", "f", "f");
    row("half the padding", "Zg=", "-", "-", "-", "-");
    row("too much padding", "Zm9v====", "-", "-", "-", "-");
    row("padding alone", "====", "-", "-", "-", "-");
    row("padding inside", "Zg==Zg==", "-", "-", "-", "-");
    row("unused bits set", "Zh", "-", "f", "-", "f");
    row("unused bits set, padded", "Zh==", "-", "f", "-", "f");
    row("one digit", "Z", "-", "-", "-", "-");
    row("a line end", "Zm9v\n", "-", "-", "-", "-");
    row("a blank inside", "Zm 9v", "-", "-", "-", "-");
    row("a percent sign", "Zm9v%3D", "-", "-", "-", "-");
}

void TestBase64::decodes()
{
    QFETCH(std::string, text);
    QFETCH(std::string, url);
    QFETCH(std::string, lenientUrl);
    QFETCH(std::string, plain);
    QFETCH(std::string, lenientPlain);
    QCOMPARE(fromBase64Url(text).value_or("-"), url);
    QCOMPARE(fromBase64Url(text, Base64Rule::Lenient).value_or("-"), lenientUrl);
    QCOMPARE(fromBase64(text).value_or("-"), plain);
    QCOMPARE(fromBase64(text, Base64Rule::Lenient).value_or("-"), lenientPlain);
}

void TestBase64::survivesTheRoundTrip()
{
    for (std::size_t size = 0; size < 200; ++size) {
        const Bytes bytes = randomBytes(size);
        QCOMPARE(fromBase64(toBase64(bytes)).value(), bytes);
        QCOMPARE(fromBase64Url(toBase64Url(bytes)).value(), bytes);
        QCOMPARE(fromHex(toHex(bytes)).value(), bytes);
    }
}

void TestBase64::namesTheFirstStranger_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<int>("offset");
    QTest::newRow("none") << std::string("aZ09-_") << -1;
    QTest::newRow("plus") << std::string("ab+/") << 2;
    QTest::newRow("padding") << std::string("ab==") << 2;
    QTest::newRow("NUL") << std::string("a\0b", 3) << 1;
    QTest::newRow("above ASCII") << std::string("\xff") << 0;
}

void TestBase64::namesTheFirstStranger()
{
    QFETCH(std::string, text);
    QFETCH(int, offset);
    const auto found = findNonBase64Url(text);
    QCOMPARE(found ? static_cast<int>(*found) : -1, offset);
}

void TestBase64::readsAndWritesHex_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("again");
    QTest::newRow("nothing") << std::string() << std::string();
    QTest::newRow("both cases") << std::string("00fFAb") << std::string("00ffab");
    QTest::newRow("odd") << std::string("0ff") << std::string("refused");
    QTest::newRow("a stranger") << std::string("0g") << std::string("refused");
    QTest::newRow("with its prefix") << std::string("0x00") << std::string("refused");
}

void TestBase64::readsAndWritesHex()
{
    QFETCH(std::string, text);
    QFETCH(std::string, again);
    const auto bytes = fromHex(text);
    QCOMPARE(bytes ? toHex(*bytes) : "refused", again);
}

QTEST_APPLESS_MAIN(TestBase64)
#include "tst_base64.moc"
