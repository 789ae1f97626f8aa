// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/jsontext.h"

#include "document/json.h"
#include "support/testing.h"

using namespace claimsmith;
using namespace claimsmith::app;

class TestJsonText final : public QObject
{
    Q_OBJECT

private slots:
    void compactKeepsWhatWasTyped()
    {
        QCOMPARE(compactJson("{ \"b\" : 1.0,\r\n\t\"a\": \"x \\\" y\", \"e\": \"\\u00e9\", \"n\": 1E+2 }"),
                 std::string("{\"b\":1.0,\"a\":\"x \\\" y\",\"e\":\"\\u00e9\",\"n\":1E+2}"));
    }

    void indented_data()
    {
        QTest::addColumn<std::string>("json");
        QTest::addColumn<std::string>("expected");
        QTest::newRow("members on lines")
            << std::string("{\"a\":1,\"b\":\"x,y:{z\"}") << std::string("{\n  \"a\": 1,\n  \"b\": \"x,y:{z\"\n}");
        QTest::newRow("plain array on one line")
            << std::string("{\"r\":[\"u\",2,null]}") << std::string("{\n  \"r\": [\"u\", 2, null]\n}");
        QTest::newRow("bracket inside a string")
            << std::string("{\"r\":[\"]\"]}") << std::string("{\n  \"r\": [\"]\"]\n}");
        QTest::newRow("array of objects")
            << std::string("[{\"a\":1},{}]") << std::string("[\n  {\n    \"a\": 1\n  },\n  {}\n]");
        QTest::newRow("empty") << std::string("{ }") << std::string("{}");
        QTest::newRow("scalar") << std::string(" 7 ") << std::string("7");
    }
    void indented()
    {
        QFETCH(std::string, json);
        QTEST(indentedJson(json), "expected");
    }

    void layoutIsLossless_data()
    {
        QTest::addColumn<std::string>("json");
        QTest::newRow("digits") << std::string("{\"n\":9007199254740993,\"f\":1.50,\"e\":1e+02,\"z\":-0}");
        QTest::newRow("escapes") << std::string("{\"a\":\"\\u0041\\/\\n\",\"\":\"\"}");
        QTest::newRow("nesting") << std::string("{\"a\":[[1],[{\"b\":[]}]],\"c\":{\"d\":{}}}");
        QTest::newRow("duplicate keys") << std::string("{\"a\":1,\"a\":2}");
        QTest::newRow("long array") << "[" + std::string(100, '1') + ",2]";
    }
    void layoutIsLossless()
    {
        QFETCH(std::string, json);
        QCOMPARE(compactJson(indentedJson(json)), json);
    }

    void member_data()
    {
        QTest::addColumn<std::string>("json");
        QTest::addColumn<std::string>("name");
        QTest::addColumn<std::string>("set");
        QTest::addColumn<std::string>("removed");
        const auto row = [](const char* title, std::string json, std::string name, std::string set,
                            std::string removed) { QTest::newRow(title) << json << name << set << removed; };
        row("in place", "{\"a\": 1, \"b\": 2}", "a", "{\"a\": 7, \"b\": 2}", "{ \"b\": 2}");
        row("middle", "{\n  \"a\": 1,\n  \"b\": 2,\n  \"c\": 3\n}", "b", "{\n  \"a\": 1,\n  \"b\": 7,\n  \"c\": 3\n}",
            "{\n  \"a\": 1,\n  \"c\": 3\n}");
        row("last", "{\n  \"a\": 1,\n  \"b\": 2\n}", "b", "{\n  \"a\": 1,\n  \"b\": 7\n}", "{\n  \"a\": 1\n}");
        row("only", "{\"a\":[1,2]}", "a", "{\"a\":7}", "{}");
        row("appended in the same layout", "{\n  \"a\": 1\n}", "z", "{\n  \"a\": 1,\n  \"z\": 7\n}",
            "{\n  \"a\": 1\n}");
        row("appended to one line", "{\"a\":1}", "z", "{\"a\":1,\"z\": 7}", "{\"a\":1}");
        row("into an empty object", " {} ", "z", " {\n  \"z\": 7\n} ", " {} ");
        row("name with a slash", "{\"a/b\": 1}", "a/b", "{\"a/b\": 7}", "{}");
    }
    void member()
    {
        QFETCH(std::string, json);
        QFETCH(std::string, name);
        const auto set = withMember(json, name, "7");
        CLAIMSMITH_VERIFY_RESULT(set);
        QTEST(*set, "set");
        const auto removed = withoutMember(json, name);
        CLAIMSMITH_VERIFY_RESULT(removed);
        QTEST(*removed, "removed");
        QVERIFY(document::parseJson(*removed).hasValue());
    }

    void renamed()
    {
        const auto text = withRenamedMember("{\"a\": 1.0, \"b\": 2}", "a", "c\"d");
        CLAIMSMITH_VERIFY_RESULT(text);
        QCOMPARE(*text, std::string("{\"c\\\"d\": 1.0, \"b\": 2}"));
    }

    void refusals()
    {
        const auto notJson = withMember("{\"a\":", "b", "1");
        QVERIFY(!notJson);
        QCOMPARE(notJson.error().code.name(), std::string_view("unexpected-end"));
        const auto list = withMember("[1]", "b", "1");
        QVERIFY(!list);
        QVERIFY(list.error().code == JsonTextErrorCode::NotAnObject);
    }
};

QTEST_GUILESS_MAIN(TestJsonText)
#include "tst_jsontext.moc"
