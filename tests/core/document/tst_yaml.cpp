// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/yaml.h"

#include "document/json.h"
#include "support/testing.h"

using namespace claimsmith;
using namespace claimsmith::document;

Q_DECLARE_METATYPE(claimsmith::document::YamlErrorCode)

class TestYaml final : public QObject
{
    Q_OBJECT

private slots:
    void scalars_data();
    void scalars();
    void documents_data();
    void documents();
    void refuses_data();
    void refuses();
    void syntaxErrorsTellWhatKongTells();
    void leniences();
    void aliasBombsAreRefused_data();
    void aliasBombsAreRefused();
    void depthIsLimited();
    void mapsSource();
    void mapsSourceBehindCharactersOfSeveralBytes();
    void mapsPropertiesOutOfValues();
    void writes_data();
    void writes();
    void writesInDeckStyle();
    void readsWhatItWrites_data();
    void readsWhatItWrites();
};

void TestYaml::scalars_data()
{
    QTest::addColumn<QByteArray>("json");
    const auto row = [](const char* yaml, const char* json) { QTest::newRow(yaml) << QByteArray(json); };
    // lyaml 6: lib/lyaml/implicit.lua
    for (const char* word : {"~", "null", "Null", "NULL"})
        row(word, "null");
    for (const char* word : {"true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON"})
        row(word, "true");
    for (const char* word : {"false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF"})
        row(word, "false");
    for (const char* word :
         {"y",  "n",  "tRUE", "nULL", "inf", "nan", "Infinity", ".Nan", ".",   "+",          "1.2.3", "1e",
          "e5", "0x", "0b1",  "0b12", "0xg", ":1",  "12:a",     "1 2",  "1_a", "2001-12-14", "--1",   "0o17"})
        QTest::addRow("%s is text", word) << '"' + QByteArray(word) + '"';
    // Numbers that JSON has keep their text.
    for (const char* number : {"0", "-0", "80", "-3", "1.0", "0.10", "1e3", "1E+3", "123456789012345678901234567890"})
        row(number, number);
    row("+12", "12");
    row("1_000", "1000");
    row("_1", "1");
    row("010", "8");
    row("-017", "-15");
    row("0_7", "7");
    row("089", "89");
    row("0x1F", "31");
    row("-0xf_f", "-255");
    row("0b101", "5");
    row("-0b1_1", "-3");
    row(".5", "0.5");
    row("-.5", "-0.5");
    row("1.", "1");
    row("1_0.5", "10.5");
    row("0x1.8p1", "3");
    row("1:30", "90");
    row("-1:30:05", "-5405");
    row("1:30.5", "90.5");
    row("12:345", "1065"); // lyaml's pattern lets it pass
    row(".inf", "Infinity");
    row("-.INF", "-Infinity");
    row(".NaN", "NaN");
    row("'8'", "\"8\"");
    row("\"true\"", "\"true\"");
    row("!!str 8", "\"8\"");
    row("!!int '8'", "8");
    row("!!float 8", "8");
    row("!!bool 'yes'", "true");
    row("!!null ''", "null");
    row("!custom 8", "8");
}

void TestYaml::scalars()
{
    QByteArray yaml(QTest::currentDataTag());
    if (yaml.endsWith(" is text"))
        yaml.chop(8);
    QFETCH(QByteArray, json);
    const auto value = parseYaml("- " + yaml.toStdString());
    CLAIMSMITH_VERIFY_RESULT(value);
    QCOMPARE(toJson(*value), "[" + json.toStdString() + "]");
}

void TestYaml::documents_data()
{
    QTest::addColumn<QByteArray>("yaml");
    QTest::addColumn<QByteArray>("json");
    const auto row = [](const char* name, const char* yaml, const char* json) {
        QTest::newRow(name) << QByteArray(yaml) << QByteArray(json);
    };
    row("nothing", "", "null");
    row("comment only", "# nothing\n", "null");
    row("document start only", "---\n", "null");
    row("JSON", R"({"a": [1, {"b": null}]})", R"({"a":[1,{"b":null}]})");
    row("keys stay as written", "8: a\nyes: b\n~: c\n010: d\n", R"({"8":"a","yes":"b","~":"c","010":"d"})");
    row("empty values", "a:\nb: []\nc: {}\nd: ''\n", R"({"a":null,"b":[],"c":{},"d":""})");
    row("indented and other sequences", "a:\n- 1\n- 2\nb:\n  - - 3\n    - 4\n", R"({"a":[1,2],"b":[[3,4]]})");
    row("block scalars", "a: |\n  one\n   two\n\n  three\nb: >-\n  folded\n  text\nc: |+\n  x\n\nd: 1\n",
        R"({"a":"one\n two\n\nthree\n","b":"folded text","c":"x\n\n","d":1})");
    row("escapes", R"(["tab\tnew\nline \u00e9 \x41", 'it''s'])", "[\"tab\\tnew\\nline \xC3\xA9 A\",\"it's\"]");
    row("alias", "a: &x [1, 2]\nb: *x\n", R"({"a":[1,2],"b":[1,2]})");
    row("anchor set anew", "- &x 1\n- *x\n- &x 2\n- *x\n", "[1,1,2,2]");
    row("merge gives way to own keys", "base: &b {a: 1, b: 2}\nuse:\n  b: 3\n  <<: *b\n  c: 4\n",
        R"({"base":{"a":1,"b":2},"use":{"b":3,"a":1,"c":4}})");
    row("own key behind the merge", "base: &b {a: 1, b: 2}\nuse:\n  <<: *b\n  a: 9\n",
        R"({"base":{"a":1,"b":2},"use":{"a":9,"b":2}})");
    row("first of several merged wins", "- &x {a: 1}\n- &y {a: 2, b: 2}\n- <<: [*x, *y]\n",
        R"([{"a":1},{"a":2,"b":2},{"a":1,"b":2}])");
    row("quoted << is a key", "'<<': 1\n", R"({"<<":1})");
    row("byte order mark",
        "\xEF\xBB\xBF"
        "a: 1\n",
        R"({"a":1})");
    row("carriage returns", "a: 1\r\nb:\r\n- x\r\n", R"({"a":1,"b":["x"]})");
}

void TestYaml::documents()
{
    QFETCH(QByteArray, yaml);
    QFETCH(QByteArray, json);
    const auto value = parseYaml(yaml.toStdString());
    CLAIMSMITH_VERIFY_RESULT(value);
    QCOMPARE(toJson(*value), json.toStdString());
}

void TestYaml::refuses_data()
{
    QTest::addColumn<QByteArray>("yaml");
    QTest::addColumn<YamlErrorCode>("code");
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");
    QTest::addColumn<QByteArray>("pointer");
    const auto row = [](const char* name, const char* yaml, YamlErrorCode code, int line, int column,
                        const char* pointer = "") {
        QTest::newRow(name) << QByteArray(yaml) << code << line << column << QByteArray(pointer);
    };
    using Code = YamlErrorCode;
    row("tab as indentation", "a:\n\tb: 1\n", Code::Syntax, 2, 1);
    row("open bracket", "a: [1,\nb: 2\n", Code::Syntax, 3, 1);
    row("open quote", "a: \"x\n", Code::Syntax, 2, 1);
    row("key and element mixed", "a: 1\n- b\n", Code::Syntax, 2, 1);
    row("not UTF-8", "a: \xFF\n", Code::Syntax, 1, 4);
    row("not UTF-8 behind several bytes", "a: \xC3\xA9\xFF\n", Code::Syntax, 1, 6);
    row("control character", "a: \x01\n", Code::Syntax, 1, 4);
    row("second document", "a: 1\n---\nb: 2\n", Code::SeveralDocuments, 2, 1);
    row("duplicate key", "a: 1\nb:\n  c: 1\n  c: 2\n", Code::DuplicateKey, 4, 3, "/b");
    row("key is a list", "a:\n  ? [1]\n  : 2\n", Code::KeyNotScalar, 2, 5, "/a");
    row("key is an alias", "- &x k\n- *x : 1\n", Code::KeyNotScalar, 2, 3, "/1");
    row("unknown alias", "a:\n  b: *none\n", Code::UnknownAlias, 2, 6, "/a/b");
    row("alias within its anchor", "a: &x\n- *x\n", Code::UnknownAlias, 2, 3, "/a/0");
    row("merged text", "a:\n  <<: text\n", Code::MergeNotMapping, 2, 7, "/a");
    row("merged list of text", "a:\n  <<: [x]\n", Code::MergeNotMapping, 2, 7, "/a");
    row("tag that does not fit", "a: !!int x\n", Code::TagMismatch, 1, 4, "/a");
    row("fraction tagged as a whole number", "a: !!int 1.5\n", Code::TagMismatch, 1, 4, "/a");
}

void TestYaml::refuses()
{
    QFETCH(QByteArray, yaml);
    QFETCH(YamlErrorCode, code);
    QFETCH(int, line);
    QFETCH(int, column);
    QFETCH(QByteArray, pointer);
    const auto value = parseYaml(yaml.toStdString());
    QVERIFY(!value);
    QCOMPARE(value.error().code.name(), ErrorCode(code).name());
    QCOMPARE(static_cast<int>(value.error().place.line), line);
    QCOMPARE(static_cast<int>(value.error().place.column), column);
    QCOMPARE(value.error().place.pointer, pointer.toStdString());
}

/// lyaml names the place of the event before the error, not the error's own.
void TestYaml::syntaxErrorsTellWhatKongTells()
{
    using Parameters = std::vector<std::pair<std::string, std::string>>;
    const auto list = parseYaml("a: [b");
    QVERIFY(!list);
    QVERIFY((list.error().parameters == Parameters{{"problem", "did not find expected ',' or ']'"}, {"after", "1:5"}}));
    const auto tab = parseYaml("a:\n\t- b");
    QVERIFY(!tab);
    QVERIFY((tab.error().parameters ==
             Parameters{{"problem", "found character that cannot start any token"}, {"after", "1:1"}}));
}

void TestYaml::leniences()
{
    YamlOptions options;
    options.allowDuplicateKeys = true;
    options.allowFurtherDocuments = true;
    const auto value = parseYaml("a: 1\nb: 2\na: 3\n---\nc: 4\n", options);
    CLAIMSMITH_VERIFY_RESULT(value);
    QCOMPARE(toJson(*value), std::string(R"({"a":3,"b":2})"));
    QVERIFY(!parseYaml("a: 1\n---\nb: [\n", options));
}

void TestYaml::aliasBombsAreRefused_data()
{
    QTest::addColumn<QByteArray>("yaml");
    QByteArray laughs = "l0: &l0 [lol,lol,lol,lol,lol,lol,lol,lol,lol,lol]\n";
    for (int i = 1; i < 10; ++i) {
        laughs += "l" + QByteArray::number(i) + ": &l" + QByteArray::number(i) + " [";
        laughs += QByteArray("*l" + QByteArray::number(i - 1) + ",").repeated(10) + "]\n";
    }
    QTest::newRow("billion laughs") << laughs;
    QTest::newRow("one long text many times")
        << "- &a " + QByteArray(1 << 20, 'x') + "\n" + QByteArray("- *a\n").repeated(100);
    QByteArray merges = "m0: &m0 {a: " + QByteArray(1 << 16, 'x') + "}\n";
    QTest::newRow("merges") << merges + QByteArray("  - {<<: *m0}\n").repeated(1000).prepend("list:\n");
    QTest::newRow("anchors within anchors")
        << QByteArray("&a[").repeated(90) + QByteArray(1 << 20, 'x') + QByteArray("]").repeated(90);
}

void TestYaml::aliasBombsAreRefused()
{
    QFETCH(QByteArray, yaml);
    QByteArray text = yaml;
    if (QByteArray(QTest::currentDataTag()) == "anchors within anchors")
        text.replace("&a[", "&a [");
    const auto value = parseYaml(text.toStdString());
    QVERIFY(!value);
    QCOMPARE(value.error().code.name(), std::string_view("too-many-aliases"));
}

void TestYaml::depthIsLimited()
{
    const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
    YamlOptions options;
    options.maximumDepth = 3;
    CLAIMSMITH_VERIFY_RESULT(parseYaml(nested(3), options));
    QVERIFY(parseYaml(nested(4), options).error().code == YamlErrorCode::TooDeep);
    // Each alias adds a level.
    QVERIFY(parseYaml("- &a [1]\n- &b [*a]\n- &c [*b]\n- &d [*c]\n", options).error().code == YamlErrorCode::TooDeep);
}

void TestYaml::mapsSource()
{
    SourceMap map;
    CLAIMSMITH_VERIFY_RESULT(
        parseYaml("# c\nservices:\n- name: a   # n\n  url: 'http://x'\n  tags: [one, two]\n\n# end\n", {}, &map));
    QVERIFY((*map.find("/services")->key == Span{4, 12, 2, 1}));
    QVERIFY((map.find("/services")->value == Span{14, 66, 3, 1}));
    QVERIFY((map.find("/services/0/name")->value == Span{22, 23, 3, 9}));
    QVERIFY((map.find("/services/0/url")->value == Span{37, 47, 4, 8}));
    QVERIFY((map.find("/services/0/tags/1")->value == Span{62, 65, 5, 15}));
    QCOMPARE(map.pointerAt(64), std::string("/services/0/tags/1"));
}

void TestYaml::mapsSourceBehindCharactersOfSeveralBytes()
{
    SourceMap map;
    CLAIMSMITH_VERIFY_RESULT(parseYaml("\xEF\xBB\xBF"
                                       "a\xC3\xA9: \xF0\x9F\x98\x80\nb: 2\n",
                                       {}, &map));
    QVERIFY((map.find("/a\xC3\xA9")->value == Span{8, 12, 1, 9}));
    QVERIFY((map.find("/b")->value == Span{16, 17, 2, 4}));
}

void TestYaml::mapsPropertiesOutOfValues()
{
    SourceMap map;
    CLAIMSMITH_VERIFY_RESULT(parseYaml("a: &x # c\n  b: !!str 1\nc: &y\n", {}, &map));
    QVERIFY((map.find("/a")->value == Span{12, 22, 2, 3}));
    QVERIFY((map.find("/a/b")->value == Span{21, 22, 2, 12}));
    QVERIFY(map.find("/c")->value.line == 3);
}

void TestYaml::writes_data()
{
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const char* text, const char* yaml) { QTest::newRow(yaml) << QByteArray(text); };
    row("plain text", "plain text");
    row("http://localhost:3000", "http://localhost:3000");
    row("-dash", "-dash");
    row("a#b", "a#b");
    row("it's", "it's");
    row("h\xC3\xA9", "h\xC3\xA9");
    // What a reader would take for something else: in double quotes, as go-yaml.
    for (const char* word :
         {"", "true", "yes", "y", "null", "~", "8", "3.0", "010", "1:30", "1e3", ".5", "2001-12-14", "<<", "="})
        QTest::newRow(('"' + QByteArray(word) + '"').constData()) << QByteArray(word);
    // What the syntax would: in single quotes.
    for (const char* text : {" x", "x ", "- x", "x: y", "x #y", "x:", "*x", "&x", "!x", "{x", "[x", "@x", "`x", "%x",
                             "|", ">", "\"x", "---x"})
        QTest::newRow(("'" + QByteArray(text) + "'").constData()) << QByteArray(text);
    row("'x", "'''x'");
    row("a\tb", "\"a\\tb\"");
    row("\x1B", "\"\\x1B\"");
    row("\xE2\x80\xA8", "\"\\U00002028\"");
    row("\n", "\"\\n\"");
    row("\n x", "\"\\n x\"");
}

void TestYaml::writes()
{
    QFETCH(QByteArray, text);
    const std::string yaml = toYaml(Value(text.toStdString()));
    QCOMPARE(yaml, std::string(QTest::currentDataTag()) + "\n");
    const auto value = parseYaml(yaml);
    CLAIMSMITH_VERIFY_RESULT(value);
    QVERIFY(*value == Value(text.toStdString()));
}

void TestYaml::writesInDeckStyle()
{
    const auto value =
        parseJson(R"({"_format_version":"3.0","services":[{"name":"a","routes":[{"paths":["/x","/y"],"tags":[]},
        {"name":"r","paths":null}],"retries":5}],"empty":{},"nested":[[1,2],[{"a":true}]],"text":"one\ntwo\n"})");
    CLAIMSMITH_VERIFY_RESULT(value);
    QCOMPARE(toYaml(*value), std::string("_format_version: \"3.0\"\n"
                                         "services:\n"
                                         "- name: a\n"
                                         "  routes:\n"
                                         "  - paths:\n"
                                         "    - /x\n"
                                         "    - /y\n"
                                         "    tags: []\n"
                                         "  - name: r\n"
                                         "    paths: null\n"
                                         "  retries: 5\n"
                                         "empty: {}\n"
                                         "nested:\n"
                                         "- - 1\n"
                                         "  - 2\n"
                                         "- - a: true\n"
                                         "text: |\n"
                                         "  one\n"
                                         "  two\n"));
}

void TestYaml::readsWhatItWrites_data()
{
    QTest::addColumn<QByteArray>("json");
    const auto row = [](const char* name, const QByteArray& json) { QTest::newRow(name) << json; };
    row("scalars at the root", "\"a\\nb\"");
    row("texts of several lines",
        R"(["a\nb","a\n","a\n\n","a\n\n\n","\na","\n\n","a\n b\n","a \nb"," a\nb","a\r\nb","\ta\nb"])");
    row("texts of several lines as members", R"({"a":"x\n\n","b":{"c":"y\nz","d":"y\n"},"e":[{"f":"x\n\n\n","g":1}]})");
    row("odd keys", R"({"":1,"a b":2,"a: b":3,"yes":4,"- x":5,"<<":{"k":1},"#":6,"a\nb":7,"null":8,"?":9})");
    row("long key",
        "{\"a\":[{\"" + QByteArray(1500, 'k') + "\":{\"b\":[1]},\"c\":2}],\"" + QByteArray(2000, 'm') + "\":3}");
    row("empty collections everywhere", R"([[],{},[[]],[{}],{"a":[],"b":{"c":{}}}])");
    row("numbers", "[0,-0,1.50,1e3,1E-3,12345678901234567890]");
    row("every ASCII character", [] {
        Array texts;
        for (char c = 0; c != 127; ++c)
            for (const std::string& text :
                 {std::string(1, c), std::string(1, c) + "a", std::string("a") + c, std::string("a ") + c + " a"})
                texts.push_back(text);
        return QByteArray::fromStdString(toJson(Value(texts)));
    }());
}

void TestYaml::readsWhatItWrites()
{
    QFETCH(QByteArray, json);
    const auto value = parseJson(json.toStdString());
    CLAIMSMITH_VERIFY_RESULT(value);
    const auto again = parseYaml(toYaml(*value));
    CLAIMSMITH_VERIFY_RESULT(again);
    QCOMPARE(toJson(*again), toJson(*value));
}

QTEST_APPLESS_MAIN(TestYaml)
#include "tst_yaml.moc"
