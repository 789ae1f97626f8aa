// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"

#include "support/testing.h"

using namespace claimsmith;

class TestText : public QObject
{
    Q_OBJECT

private slots:
    void findsInvalidUtf8_data();
    void findsInvalidUtf8();
    void appendsCodePoints_data();
    void appendsCodePoints();
    void splits_data();
    void splits();
    void trims_data();
    void trims();
    void ignoresAsciiCaseOnly();
};

void TestText::findsInvalidUtf8_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<int>("offset");
    const auto row = [](const char* name, const std::string& text, int offset) {
        QTest::newRow(name) << text << offset;
    };
    row("nothing", "", -1);
    row("ASCII", "abc", -1);
    row("NUL", std::string("a\0b", 3), -1);
    row("two to four octets", "\xc3\xa9\xe2\x82\xac\xf0\x9f\x94\x91", -1);
    row("the highest code point", "\xf4\x8f\xbf\xbf", -1);
    row("above it", "\xf4\x90\x80\x80", 0);
    row("a stray continuation", "a\x80", 1);
    row("cut short after one", "a\xc3", 1);
    row("cut short after two", "a\xe2\x82", 1);
    row("cut short after three", "a\xf0\x9f\x94", 1);
    row("overlong slash", "\xc0\xaf", 0);
    row("overlong in three", "\xe0\x80\xaf", 0);
    row("overlong in four", "\xf0\x80\x80\xaf", 0);
    row("a surrogate", "\xed\xa0\x80", 0);
    row("just below the surrogates", "\xed\x9f\xbf", -1);
    row("just above the surrogates", "\xee\x80\x80", -1);
    row("five octets", "\xf8\x88\x80\x80\x80", 0);
    row("FF", "ab\xff", 2);
}

void TestText::findsInvalidUtf8()
{
    QFETCH(std::string, text);
    QFETCH(int, offset);
    const std::size_t found = claimsmith::findInvalidUtf8(text);
    QCOMPARE(found == std::string_view::npos ? -1 : static_cast<int>(found), offset);
}

void TestText::appendsCodePoints_data()
{
    QTest::addColumn<quint32>("codePoint");
    QTest::addColumn<std::string>("utf8");
    QTest::newRow("U+0041") << quint32{0x41} << std::string("xA");
    QTest::newRow("U+007F") << quint32{0x7f} << std::string("x\x7f");
    QTest::newRow("U+0080") << quint32{0x80} << std::string("x\xc2\x80");
    QTest::newRow("U+07FF") << quint32{0x7ff} << std::string("x\xdf\xbf");
    QTest::newRow("U+0800") << quint32{0x800} << std::string("x\xe0\xa0\x80");
    QTest::newRow("U+FFFF") << quint32{0xffff} << std::string("x\xef\xbf\xbf");
    QTest::newRow("U+10000") << quint32{0x10000} << std::string("x\xf0\x90\x80\x80");
    QTest::newRow("U+10FFFF") << quint32{0x10ffff} << std::string("x\xf4\x8f\xbf\xbf");
}

void TestText::appendsCodePoints()
{
    QFETCH(quint32, codePoint);
    QFETCH(std::string, utf8);
    std::string text = "x";
    appendUtf8(text, static_cast<char32_t>(codePoint));
    QCOMPARE(text, utf8);
    QCOMPARE(claimsmith::findInvalidUtf8(text), std::string_view::npos);
}

void TestText::splits_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("parts");
    QTest::newRow("nothing") << std::string() << std::string("<>");
    QTest::newRow("one part") << std::string("a") << std::string("<a>");
    QTest::newRow("empty parts are kept") << std::string(".a..b.") << std::string("<><a><><b><>");
}

void TestText::splits()
{
    QFETCH(std::string, text);
    QFETCH(std::string, parts);
    std::string found;
    for (const std::string_view part : split(text, '.'))
        found += '<' + std::string(part) + '>';
    QCOMPARE(found, parts);
}

void TestText::trims_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("rest");
    QTest::newRow("nothing") << std::string() << std::string();
    QTest::newRow("blank") << std::string(" \t\r\n") << std::string();
    QTest::newRow("at both ends") << std::string("\n a b\t") << std::string("a b");
    QTest::newRow("a no-break space stays") << std::string("\xc2\xa0 a") << std::string("\xc2\xa0 a");
}

void TestText::trims()
{
    QFETCH(std::string, text);
    QFETCH(std::string, rest);
    QCOMPARE(std::string(trimmed(text)), rest);
}

void TestText::ignoresAsciiCaseOnly()
{
    QVERIFY(equalIgnoringCase("Bearer", "bEARER"));
    QVERIFY(!equalIgnoringCase("Bearer", "Bearer "));
    QVERIFY(!equalIgnoringCase("\xc3\xa9", "\xc3\x89"));
    QVERIFY(!equalIgnoringCase("@", "`")); // apart by the same bit as letters
    QCOMPARE(toLower(std::string_view("A-Z \xc3\x89")), std::string("a-z \xc3\x89"));
}

QTEST_APPLESS_MAIN(TestText)
#include "tst_text.moc"
