// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/json.h"

#include "support/testing.h"

using namespace claimsmith;
using namespace claimsmith::document;

Q_DECLARE_METATYPE(claimsmith::document::JsonErrorCode)
Q_DECLARE_METATYPE(claimsmith::document::JsonOptions)

class TestJson final : public QObject
{
    Q_OBJECT

private slots:
    void roundTrip_data();
    void roundTrip();
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
    void leniences_data();
    void leniences();
    void depthIsLimited();
    void sizeIsLimited();
    void manyMembers();
    void indents();
    void writesStrings_data();
    void writesStrings();
    void mapsSource();
    void mapsSourceBehindComments();
    void errorNamesPointer();
    void codesHaveNames();
};

void TestJson::roundTrip_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("number texts") << QByteArray(
        "[0,-0,1.0,1e3,1E+3,9007199254740993,0.10,123456789012345678901234567890]");
    QTest::newRow("key order") << QByteArray(R"({"b":1,"a":{"z":[],"y":{}},"":null})");
    QTest::newRow("literals") << QByteArray("[true,false,null]");
    QTest::newRow("bare string") << QByteArray(R"("x")");
    QTest::newRow("escapes") << QByteArray(R"("\"\\\b\f\n\r\t\u0000\u001f")");
    QTest::newRow("utf-8") << QByteArray("\"\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x98\x80\"");
}

void TestJson::roundTrip()
{
    QFETCH(QByteArray, text);
    const auto value = parseJson(text.toStdString());
    CLAIMSMITH_VERIFY_RESULT(value);
    QCOMPARE(toJson(*value), text.toStdString());
}

void TestJson::reads_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("compact");
    QTest::newRow("white space") << QByteArray("\t\r\n {\n \"a\" : [ 1 , 2 ] }\n") << QByteArray(R"({"a":[1,2]})");
    QTest::newRow("escaped slash") << QByteArray(R"("\/")") << QByteArray(R"("/")");
    QTest::newRow("escaped letters") << QByteArray(R"("\u0041\u00e9\u20AC")")
                                     << QByteArray("\"A\xC3\xA9\xE2\x82\xAC\"");
    QTest::newRow("surrogate pair") << QByteArray(R"("\ud83d\ude00")") << QByteArray("\"\xF0\x9F\x98\x80\"");
    QTest::newRow("empty containers") << QByteArray("[ { } , [ ] ]") << QByteArray("[{},[]]");
}

void TestJson::reads()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, compact);
    const auto value = parseJson(text.toStdString());
    CLAIMSMITH_VERIFY_RESULT(value);
    QCOMPARE(toJson(*value), compact.toStdString());
}

void TestJson::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<JsonErrorCode>("code");
    QTest::addColumn<int>("offset");
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");
    const auto row = [](const char* name, const QByteArray& text, JsonErrorCode code, int offset, int line,
                        int column) { QTest::newRow(name) << text << code << offset << line << column; };
    using Code = JsonErrorCode;
    row("nothing", "", Code::UnexpectedEnd, 0, 1, 1);
    row("blank", " \n ", Code::UnexpectedEnd, 3, 2, 2);
    row("open array", "[1", Code::UnexpectedEnd, 2, 1, 3);
    row("open object", "{\"a\":1", Code::UnexpectedEnd, 6, 1, 7);
    row("open string", "\"ab", Code::UnexpectedEnd, 3, 1, 4);
    row("open escape", "\"\\", Code::UnexpectedEnd, 2, 1, 3);
    row("open unicode escape", "\"\\u00", Code::UnexpectedEnd, 5, 1, 6);
    row("trailing comma", "[1,]", Code::UnexpectedCharacter, 3, 1, 4);
    row("trailing comma in object", "{\"a\":1,\n}", Code::UnexpectedCharacter, 8, 2, 1);
    row("missing comma", "[1\n 2]", Code::UnexpectedCharacter, 4, 2, 2);
    row("missing colon", "{\"a\" 1}", Code::UnexpectedCharacter, 5, 1, 6);
    row("single quotes", "{'a':1}", Code::UnexpectedCharacter, 1, 1, 2);
    row("half a literal", "[tru]", Code::UnexpectedCharacter, 4, 1, 5);
    row("upper-case literal", "True", Code::UnexpectedCharacter, 0, 1, 1);
    row("comment", "1 // one", Code::TrailingContent, 2, 1, 3);
    row("two values", "{}\n{}", Code::TrailingContent, 3, 2, 1);
    row("zero byte behind", QByteArray("1\0", 2), Code::TrailingContent, 1, 1, 2);
    row("zero byte within", QByteArray("[\0]", 3), Code::UnexpectedCharacter, 1, 1, 2);
    row("raw newline in string", "\"a\nb\"", Code::UnexpectedCharacter, 2, 1, 3);
    row("unknown escape", "\"a\\x41\"", Code::InvalidEscape, 2, 1, 3);
    row("short unicode escape", "\"\\u12g4\"", Code::InvalidEscape, 1, 1, 2);
    row("lone high surrogate", "\"\\ud800x\"", Code::InvalidEscape, 1, 1, 2);
    row("lone low surrogate", "\"\\udc00\"", Code::InvalidEscape, 1, 1, 2);
    row("two high surrogates", "\"\\ud800\\ud800\"", Code::InvalidEscape, 1, 1, 2);
    row("not UTF-8", "[\"ab\xFF\"]", Code::InvalidUtf8, 4, 1, 5);
    row("overlong UTF-8", "\"\xC0\xAF\"", Code::InvalidUtf8, 1, 1, 2);
    row("surrogate in UTF-8", "\"\xED\xA0\x80\"", Code::InvalidUtf8, 1, 1, 2);
    row("leading zero", "[01]", Code::InvalidNumber, 2, 1, 3);
    row("no digit behind the point", "[1.]", Code::InvalidNumber, 3, 1, 4);
    row("no digit in the exponent", "[1e+]", Code::InvalidNumber, 4, 1, 5);
    row("minus alone", "[-]", Code::InvalidNumber, 2, 1, 3);
    row("number cut off", "-", Code::UnexpectedEnd, 1, 1, 2);
    row("plus", "+1", Code::UnexpectedCharacter, 0, 1, 1);
    row("hexadecimal", "0x10", Code::TrailingContent, 1, 1, 2);
    row("NaN", "NaN", Code::UnexpectedCharacter, 0, 1, 1);
    row("duplicate key", "{\"a\":1,\n \"b\":2, \"a\":3}", Code::DuplicateKey, 16, 2, 9);
    row("duplicate key by escape", "{\"a\":1,\"\\u0061\":2}", Code::DuplicateKey, 7, 1, 8);
    row("byte order mark", "\xEF\xBB\xBF{}", Code::UnexpectedCharacter, 0, 1, 1);
}

void TestJson::refuses()
{
    QFETCH(QByteArray, text);
    QFETCH(JsonErrorCode, code);
    QFETCH(int, offset);
    QFETCH(int, line);
    QFETCH(int, column);
    const auto value = parseJson(text.toStdString());
    QVERIFY(!value);
    QCOMPARE(value.error().code.name(), ErrorCode(code).name());
    QCOMPARE(value.error().place.offset, static_cast<std::size_t>(offset));
    QCOMPARE(value.error().place.line, static_cast<std::size_t>(line));
    QCOMPARE(value.error().place.column, static_cast<std::size_t>(column));
}

void TestJson::leniences_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<JsonOptions>("options");
    QTest::addColumn<QByteArray>("compact");
    JsonOptions kong;
    kong.allowKongNumbers = true;
    for (const char* number : {"NaN", "nan", "Infinity", "-inf", "0x1F", "0x.8p1", "-01", "+1", "1.", "-.5", "1e5"})
        QTest::addRow("Kong number %s", number)
            << "[" + QByteArray(number) + "]" << kong << "[" + QByteArray(number) + "]";
    QTest::newRow("null beside nan") << QByteArray("[null,nan]") << kong << QByteArray("[null,nan]");
    JsonOptions comments;
    comments.allowComments = true;
    QTest::newRow("line comment") << QByteArray("// a\n{\"a\": 1 // b\n}// c") << comments << QByteArray(R"({"a":1})");
    QTest::newRow("block comment") << QByteArray("[/**/1,/* \n ** */2]/*/ */") << comments << QByteArray("[1,2]");
    QTest::newRow("no comment in a string") << QByteArray("\"http://x/*\"") << comments << QByteArray("\"http://x/*\"");
    JsonOptions duplicates;
    duplicates.allowDuplicateKeys = true;
    QTest::newRow("duplicates") << QByteArray(R"({"a":1,"a":2})") << duplicates << QByteArray(R"({"a":1,"a":2})");
    JsonOptions bytes;
    bytes.allowInvalidUtf8 = true;
    QTest::newRow("bytes") << QByteArray("\"\xFF\xC3\"") << bytes << QByteArray("\"\xFF\xC3\"");
}

void TestJson::leniences()
{
    QFETCH(QByteArray, text);
    QFETCH(JsonOptions, options);
    QFETCH(QByteArray, compact);
    const auto value = parseJson(text.toStdString(), options);
    CLAIMSMITH_VERIFY_RESULT(value);
    QCOMPARE(toJson(*value), compact.toStdString());
    const auto strict = parseJson(text.toStdString());
    if (strict)
        QVERIFY(QByteArray(QTest::currentDataTag()) == "Kong number 1e5" ||
                QByteArray(QTest::currentDataTag()) == "no comment in a string");
}

void TestJson::depthIsLimited()
{
    const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
    JsonOptions options;
    options.maximumDepth = 3;
    CLAIMSMITH_VERIFY_RESULT(parseJson(nested(3), options));
    const auto tooDeep = parseJson(nested(4), options);
    QVERIFY(!tooDeep);
    QVERIFY(tooDeep.error().code == JsonErrorCode::TooDeep);
    QCOMPARE(tooDeep.error().place.offset, std::size_t(3));

    options.maximumDepth = 100'000'000;
    CLAIMSMITH_VERIFY_RESULT(parseJson(nested(1000), options));
    QVERIFY(parseJson(std::string(10'000'000, '['), options).error().code == JsonErrorCode::TooDeep);
}

void TestJson::sizeIsLimited()
{
    JsonOptions options;
    options.maximumSize = 4;
    CLAIMSMITH_VERIFY_RESULT(parseJson("true", options));
    QVERIFY(parseJson("false", options).error().code == JsonErrorCode::TooLarge);
}

void TestJson::manyMembers()
{
    std::string text = "{";
    for (int i = 0; i < 5000; ++i)
        text += "\"key" + std::to_string(i) + "\":" + std::to_string(i) + ",";
    const auto value = parseJson(text + "\"last\":true}");
    CLAIMSMITH_VERIFY_RESULT(value);
    QVERIFY(*value->find("key4999") == Value(4999));
    const auto duplicate = parseJson(text + "\"key7\":0,\"key3\":0}");
    QVERIFY(!duplicate);
    QCOMPARE(duplicate.error().place.offset, text.size());
}

void TestJson::indents()
{
    const Value value(Object{{"a", Array{1, Object{{"b", nullptr}}}}, {"c", Object{}}, {"d", Array{}}});
    QCOMPARE(toJson(value, {.indent = 2}), std::string("{\n  \"a\": [\n    1,\n    {\n      \"b\": null\n    }\n  ],\n"
                                                       "  \"c\": {},\n  \"d\": []\n}"));
}

void TestJson::writesStrings_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("plain");
    QTest::addColumn<QByteArray>("cjsonStyle"); // escaped slash, ASCII only
    QTest::newRow("slash") << QByteArray("a/b") << QByteArray("\"a/b\"") << QByteArray("\"a\\/b\"");
    QTest::newRow("two bytes") << QByteArray("\xC3\xA9") << QByteArray("\"\xC3\xA9\"") << QByteArray("\"\\u00e9\"");
    QTest::newRow("three bytes") << QByteArray("\xE2\x82\xAC!") << QByteArray("\"\xE2\x82\xAC!\"")
                                 << QByteArray("\"\\u20ac!\"");
    QTest::newRow("four bytes") << QByteArray("\xF0\x9F\x98\x80") << QByteArray("\"\xF0\x9F\x98\x80\"")
                                << QByteArray("\"\\ud83d\\ude00\"");
    QTest::newRow("not UTF-8") << QByteArray("\xFF\xC3\xA9\xC3") << QByteArray("\"\xFF\xC3\xA9\xC3\"")
                               << QByteArray("\"\xFF\\u00e9\xC3\"");
    QTest::newRow("delete") << QByteArray("\x7F") << QByteArray("\"\\u007f\"") << QByteArray("\"\\u007f\"");
}

void TestJson::writesStrings()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, plain);
    QFETCH(QByteArray, cjsonStyle);
    QCOMPARE(toJsonString(text.toStdString()), plain.toStdString());
    QCOMPARE(toJsonString(text.toStdString(), {.escapeSlash = true, .asciiOnly = true}), cjsonStyle.toStdString());
}

void TestJson::mapsSource()
{
    SourceMap map;
    CLAIMSMITH_VERIFY_RESULT(parseJson("{\n  \"a/b\": [10, \"x\"]\n}\n", {}, &map));
    QVERIFY((map.find("")->value == Span{0, 22, 1, 1}));
    QVERIFY(!map.find("")->key);
    QVERIFY((map.find("/a~1b")->value == Span{11, 20, 2, 10}));
    QVERIFY((*map.find("/a~1b")->key == Span{4, 9, 2, 3}));
    QVERIFY((map.find("/a~1b/1")->value == Span{16, 19, 2, 15}));
    QVERIFY(!map.find("/a~1b/1")->key);
    QVERIFY(!map.find("/a~1b/2"));
    QCOMPARE(map.findNearest("/a~1b/2/z"), map.find("/a~1b"));
    QCOMPARE(map.findNearest("/none"), map.find(""));
    QCOMPARE(map.pointerAt(17), std::string("/a~1b/1"));
    QCOMPARE(map.pointerAt(5), std::string("/a~1b"));
    QCOMPARE(map.pointerAt(1), std::string());
    QCOMPARE(map.pointerAt(500), std::string());
}

void TestJson::mapsSourceBehindComments()
{
    SourceMap map;
    JsonOptions options;
    options.allowComments = true;
    CLAIMSMITH_VERIFY_RESULT(parseJson("// one\n/* two\nthree */ {\"a\":1}", options, &map));
    QVERIFY((map.find("/a")->value == Span{28, 29, 3, 15}));
}

void TestJson::errorNamesPointer()
{
    SourceMap map;
    const auto value = parseJson("{\"a\":[1,{\"b\":x}]}", {}, &map);
    QVERIFY(!value);
    QCOMPARE(value.error().place.pointer, std::string("/a/1/b"));
    QVERIFY(map.find("/a/0"));
}

void TestJson::codesHaveNames()
{
    QCOMPARE(ErrorCode(JsonErrorCode::DuplicateKey).name(), std::string_view("duplicate-key"));
    QCOMPARE(ErrorCode(JsonErrorCode::TooDeep).domain().name, std::string_view("json"));
}

QTEST_APPLESS_MAIN(TestJson)
#include "tst_json.moc"
