// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/message.h"

#include "http/cookie.h"
#include "http/mediatype.h"
#include "support/testing.h"

using namespace claimsmith;
using namespace claimsmith::http;

namespace {

std::string dump(const HeaderMap& headers)
{
    std::string text;
    for (const auto& [name, value] : headers)
        text.append(name).append("=").append(value).append(";");
    return text;
}

} // namespace

class TestMessage : public QObject
{
    Q_OBJECT

private slots:

    void keepsOrderCaseAndDuplicates()
    {
        const HeaderMap headers{{"X-B", "1"}, {"x-a", "2"}, {"X-b", "3"}};
        QCOMPARE(dump(headers), std::string("X-B=1;x-a=2;X-b=3;"));
        QCOMPARE(headers.value("X-B"), std::string_view("1"));
        QCOMPARE(headers.count("x-B"), std::size_t{2});
        QCOMPARE(headers.joined("x-b"), std::string("1, 3"));
        QVERIFY(!headers.find("x-").has_value());
    }

    void setReplacesInPlaceAndDropsTheRest()
    {
        HeaderMap headers{{"a", "1"}, {"b", "2"}, {"A", "3"}, {"c", "4"}};
        headers.set("A", "5");
        QCOMPARE(dump(headers), std::string("A=5;b=2;c=4;"));
        headers.set("d", "6");
        QCOMPARE(dump(headers), std::string("A=5;b=2;c=4;d=6;"));
        QCOMPARE(headers.remove("B"), std::size_t{1});
        QCOMPARE(headers.remove("b"), std::size_t{0});
    }

    void viewsSurviveGrowthAndMayBeArguments()
    {
        HeaderMap headers{{"first", "value"}};
        const std::string_view view = headers.value("first");
        for (int i = 0; i < 1000; ++i)
            headers.add("n" + std::to_string(i), headers.value("first"));
        headers.set("first", headers.value("n7"));
        QCOMPARE(view, std::string_view("value"));
        QCOMPARE(headers.value("n999"), std::string_view("value"));
    }

    void copiesAreIndependent()
    {
        HeaderMap original{{"a", "1"}, {"b", ""}};
        HeaderMap copy(original);
        original.clear();
        original.add("z", "9");
        QCOMPARE(dump(copy), std::string("a=1;b=;"));
        copy = original;
        QCOMPARE(copy, original);
        const HeaderMap moved(std::move(copy));
        QCOMPARE(dump(moved), std::string("z=9;"));
    }

    void findsTokensInLists_data()
    {
        QTest::addColumn<std::string>("value");
        QTest::addColumn<bool>("expected");
        QTest::newRow("alone") << std::string("close") << true;
        QTest::newRow("other case, spaces") << std::string("keep-alive ,  Close") << true;
        QTest::newRow("part of a word") << std::string("closed") << false;
        QTest::newRow("empty items") << std::string(",,") << false;
    }

    void findsTokensInLists()
    {
        QFETCH(std::string, value);
        QFETCH(bool, expected);
        QCOMPARE((HeaderMap{{"Connection", value}}).hasToken("connection", "close"), expected);
    }

    void splitsTarget()
    {
        RequestHead head;
        head.target = "/a?b=?c";
        QCOMPARE(head.path(), std::string_view("/a"));
        QCOMPARE(head.query().value_or("none"), std::string_view("b=?c"));
        head.target = "/a";
        QVERIFY(!head.query());
        head.target = "/a?";
        QCOMPARE(head.query().value_or("none"), std::string_view(""));
    }

    void readsCookies()
    {
        const HeaderMap headers{{"Cookie", "a=1; b=\"x=y\"; junk;c="}, {"cookie", "D=4"}};
        QCOMPARE(findCookie(headers, "A").value_or("none"), std::string_view("1"));
        QCOMPARE(findCookie(headers, "b").value_or("none"), std::string_view("\"x=y\""));
        QCOMPARE(findCookie(headers, "c").value_or("none"), std::string_view(""));
        QCOMPARE(findCookie(headers, "d").value_or("none"), std::string_view("4"));
        QVERIFY(!findCookie(headers, "junk"));
        QCOMPARE(parseCookies(headers[0].value).size(), std::size_t{3});
    }

    void readsMediaTypes()
    {
        const auto type = parseMediaType("Text/HTML; Charset=\"utf-8;x\" ; broken; q=1");
        QVERIFY(type.has_value());
        QVERIFY(type->is("text/html"));
        QCOMPARE(type->parameter("charset").value_or("none"), std::string_view("utf-8;x"));
        QCOMPARE(type->parameter("q").value_or("none"), std::string_view("1"));
        QVERIFY(parseMediaType("application/problem+json")->isJson());
        QVERIFY(!parseMediaType("text"));
        QVERIFY(!parseMediaType("te xt/a"));
    }

    void knowsWhatMayGoOnTheWire()
    {
        QVERIFY(isToken("X-Header_1"));
        QVERIFY(!isToken(""));
        QVERIFY(!isToken("a b"));
        QVERIFY(isSafeHeaderValue("a\tb\xe9"));
        QVERIFY(!isSafeHeaderValue("a\r\nb"));
        QVERIFY(!isSafeHeaderValue(std::string_view("a\0b", 3)));
        QCOMPARE(reasonPhrase(404), std::string_view("Not Found"));
        QCOMPARE(reasonPhrase(799), std::string_view("Unknown"));
    }
};

QTEST_APPLESS_MAIN(TestMessage)
#include "tst_message.moc"
