// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/value.h"

#include "support/testing.h"

#include <cmath>
#include <limits>

using namespace claimsmith::document;

class TestValue final : public QObject
{
    Q_OBJECT

private slots:
    void integerOfNumber_data();
    void integerOfNumber();
    void doubleOfNumber_data();
    void doubleOfNumber();
    void numberOfDouble_data();
    void numberOfDouble();
    void numbersCompareByDigits();
    void objectKeepsOrder();
    void objectFindsLastDuplicate();
    void setReplacesWhatFindGives();
    void removeTakesEveryDuplicate();
    void pointer_data();
    void pointer();
    void pointerTokens();
    void findByKind();
    void kindOfLiterals();
};

void TestValue::integerOfNumber_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("whole");
    QTest::addColumn<qint64>("expected");
    const auto row = [](const char* text, std::optional<qint64> expected) {
        QTest::newRow(text) << QString::fromUtf8(text) << expected.has_value() << expected.value_or(0);
    };
    row("0", 0);
    row("-0", 0);
    row("80", 80);
    row("80.0", 80);
    row("80.5", std::nullopt);
    row("1e3", 1000);
    row("1.5e1", 15);
    row("1.55e1", std::nullopt);
    row("1200e-2", 12);
    row("1200e-3", std::nullopt);
    row("0e999999999999999999999", 0);
    row("1e999999999999999999999", std::nullopt);
    row("1e-999999999999999999999", std::nullopt);
    row("9007199254740993", 9007199254740993); // 2^53 + 1: lost on the way through a double
    row("9223372036854775807", std::numeric_limits<qint64>::max());
    row("9223372036854775808", std::nullopt);
    row("-9223372036854775808", std::numeric_limits<qint64>::min());
    row("-9223372036854775809", std::nullopt);
    row("18446744073709551616", std::nullopt);
    row("0x50", 80);
    row("-0x50", -80);
    row("0xFFFFFFFFFFFFFFFFF", std::nullopt);
    row("007", 7);
    row("+1", 1);
    row("NaN", std::nullopt);
    row("Infinity", std::nullopt);
}

void TestValue::integerOfNumber()
{
    QFETCH(QString, text);
    QFETCH(bool, whole);
    QFETCH(qint64, expected);
    const auto integer = Number(text.toStdString()).toInteger();
    QCOMPARE(integer.has_value(), whole);
    QCOMPARE(static_cast<qint64>(integer.value_or(0)), expected);
}

void TestValue::doubleOfNumber_data()
{
    QTest::addColumn<double>("expected");
    constexpr double infinity = std::numeric_limits<double>::infinity();
    QTest::newRow("0.1") << 0.1;
    QTest::newRow("-2.5e-3") << -0.0025;
    QTest::newRow("1e400") << infinity;
    QTest::newRow("-1e400") << -infinity;
    QTest::newRow("1e-400") << 0.0;
    QTest::newRow("0.001e400") << infinity;
    QTest::newRow("0.00000000000000000001e-320") << 0.0;
    QTest::newRow("1e99999999999999999999") << infinity;
    QTest::newRow("0x10") << 16.0;
    QTest::newRow("-infinity") << -infinity;
    QTest::newRow("+7") << 7.0;
    QTest::newRow("1.") << 1.0;
}

void TestValue::doubleOfNumber()
{
    QFETCH(double, expected);
    const double value = Number(std::string(QTest::currentDataTag())).toDouble();
    QVERIFY2(value == expected, qPrintable(QString::number(value, 'g', 17)));
}

void TestValue::numberOfDouble_data()
{
    QTest::addColumn<double>("value");
    QTest::newRow("0.1") << 0.1;
    QTest::newRow("80") << 80.0;
    QTest::newRow("1e+300") << 1e300;
    QTest::newRow("NaN") << std::nan("");
    QTest::newRow("-Infinity") << -std::numeric_limits<double>::infinity();
}

void TestValue::numberOfDouble()
{
    QFETCH(double, value);
    QCOMPARE(Number(value).text(), std::string(QTest::currentDataTag()));
}

void TestValue::numbersCompareByDigits()
{
    QVERIFY(Number(std::string("1.0")) != Number(1));
    QCOMPARE(Number(std::string("1.0")).toDouble(), Number(1).toDouble());
}

void TestValue::objectKeepsOrder()
{
    Object object{{"z", 1}, {"a", 2}};
    object.set("m", 3);
    object.set("z", 4);
    std::string order;
    for (const Member& member : object)
        order += member.name + "=" + member.value.asNumber()->text() + " ";
    QCOMPARE(order, std::string("z=4 a=2 m=3 "));
    QVERIFY((Object{{"a", 1}, {"b", 2}} != Object{{"b", 2}, {"a", 1}}));
}

void TestValue::objectFindsLastDuplicate()
{
    Object object{{"a", 1}};
    object.append("a", 2);
    QCOMPARE(object.size(), std::size_t(2));
    QVERIFY(*object.find("a") == Value(2));
}

void TestValue::setReplacesWhatFindGives()
{
    Object object{{"a", 1}};
    object.append("a", 2);
    object.set("a", 3);
    QCOMPARE(object.size(), std::size_t(2));
    QVERIFY(*object.find("a") == Value(3));
    QVERIFY(object.begin()->value == Value(1));
}

void TestValue::removeTakesEveryDuplicate()
{
    Object object{{"a", 1}, {"b", 2}};
    object.append("a", 3);
    QVERIFY(object.remove("a"));
    QVERIFY(!object.remove("a"));
    QCOMPARE(object.size(), std::size_t(1));
}

void TestValue::pointer_data()
{
    QTest::addColumn<bool>("found");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* pointer, bool found, const char* expected = "") {
        QTest::newRow(pointer) << found << QString::fromUtf8(expected);
    };
    // The document of RFC 6901 §5, in part.
    row("/foo/0", true, "bar");
    row("/foo/1", true, "baz");
    row("/foo/2", false);
    row("/foo/-", false);
    row("/foo/00", false);
    row("/foo/+1", false);
    row("/", true, "empty");
    row("/a~1b", true, "slash");
    row("/m~0n", true, "tilde");
    row("/m~01", true, "tilde one");
    row("/foo/bar", false);
    row("/absent/deeper", false);
}

void TestValue::pointer()
{
    const Value document(
        Object{{"foo", Array{"bar", "baz"}}, {"", "empty"}, {"a/b", "slash"}, {"m~n", "tilde"}, {"m~1", "tilde one"}});
    QFETCH(bool, found);
    QFETCH(QString, expected);
    const Value* value = document.at(QTest::currentDataTag());
    QCOMPARE(value != nullptr, found);
    if (value)
        QCOMPARE(*value->asString(), expected.toStdString());
    QCOMPARE(document.at(""), &document);
}

void TestValue::pointerTokens()
{
    QCOMPARE(joinPointer(joinPointer("", "a/b~c"), 3), std::string("/a~1b~0c/3"));
    QVERIFY((splitPointer("/a~1b~0c/3") == std::vector<std::string>{"a/b~c", "3"}));
    QVERIFY((splitPointer("/") == std::vector<std::string>{""}));
    QVERIFY(splitPointer("").empty());
}

void TestValue::findByKind()
{
    const Value value(Object{{"s", "x"}, {"b", false}, {"n", 8}});
    QCOMPARE(*value.findString("s"), std::string("x"));
    QVERIFY(!value.findString("n"));
    QCOMPARE(value.findBoolean("b"), std::optional(false));
    QVERIFY(!value.findBoolean("absent"));
    QVERIFY(value.findInteger("n") == 8);
    QVERIFY(!Value(3).findInteger("n"));
}

void TestValue::kindOfLiterals()
{
    QVERIFY(Value().isNull());
    QVERIFY(Value(nullptr).isNull());
    QVERIFY(Value("text").kind() == Value::Kind::String);
    QVERIFY(Value(true).kind() == Value::Kind::Boolean);
    QVERIFY(Value(1).kind() == Value::Kind::Number);
    QCOMPARE(Value(std::numeric_limits<std::uint64_t>::max()).asNumber()->text(), std::string("18446744073709551615"));
    QVERIFY(Value(Array{}).kind() == Value::Kind::Array);
    static_assert(!std::is_constructible_v<Value, void*>, "a pointer must not turn into a boolean");
}

QTEST_APPLESS_MAIN(TestValue)
#include "tst_value.moc"
