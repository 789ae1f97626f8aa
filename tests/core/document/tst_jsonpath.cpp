// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/jsonpath.h"

#include "document/json.h"
#include "support/testing.h"

using namespace claimsmith;
using namespace claimsmith::document;

namespace {

// RFC 9535 figure 1
const char* store = R"({"store":{"book":[
 {"category":"reference","author":"Nigel Rees","title":"Sayings of the Century","price":8.95},
 {"category":"fiction","author":"Evelyn Waugh","title":"Sword of Honour","price":12.99},
 {"category":"fiction","author":"Herman Melville","title":"Moby Dick","isbn":"0-553-21311-3","price":8.99},
 {"category":"fiction","author":"J. R. R. Tolkien","title":"The Lord of the Rings","isbn":"0-395-19395-8","price":22.99}],
 "bicycle":{"color":"red","price":399}}})";

QString selected(const QString& document, const QString& path)
{
    const auto value = parseJson(document.toStdString());
    const auto query = JsonPath::parse(path.toStdString());
    if (!value || !query)
        return QString::fromStdString((value ? query.error() : value.error()).toString());
    Array found;
    for (const Value* each : query->select(*value))
        found.push_back(*each);
    return QString::fromStdString(toJson(Value(std::move(found))));
}

} // namespace

class TestJsonPath final : public QObject
{
    Q_OBJECT

private slots:
    void selects_data()
    {
        QTest::addColumn<QString>("document");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const char* document, const char* path, const char* expected) {
            QTest::newRow(name) << QString::fromUtf8(document) << QString::fromUtf8(path)
                                << QString::fromUtf8(expected);
        };
        // Table 2
        row("authors of all books", store, "$.store.book[*].author",
            R"(["Nigel Rees","Evelyn Waugh","Herman Melville","J. R. R. Tolkien"])");
        row("all authors", store, "$..author", R"(["Nigel Rees","Evelyn Waugh","Herman Melville","J. R. R. Tolkien"])");
        row("all prices", store, "$.store..price", "[8.95,12.99,8.99,22.99,399]");
        row("the third book", store, "$..book[2].title", R"(["Moby Dick"])");
        row("the third book's publisher", store, "$..book[2].publisher", "[]");
        row("the last book", store, "$..book[-1].title", R"(["The Lord of the Rings"])");
        row("two books", store, "$..book[0,1].price", "[8.95,12.99]");
        row("the first two books", store, "$..book[:2].price", "[8.95,12.99]");
        row("books with a number", store, "$..book[?@.isbn].price", "[8.99,22.99]");
        row("cheap books", store, "$..book[?@.price<10].price", "[8.95,8.99]");
        // §2.3.4.3
        const char* letters = R"(["a","b","c","d","e","f","g"])";
        row("a slice", letters, "$[1:3]", R"(["b","c"])");
        row("a slice without end", letters, "$[5:]", R"(["f","g"])");
        row("a slice with a step", letters, "$[1:5:2]", R"(["b","d"])");
        row("a slice downwards", letters, "$[5:1:-2]", R"(["f","d"])");
        row("a slice reversed", letters, "$[::-1]", R"(["g","f","e","d","c","b","a"])");
        row("a slice of step 0", letters, "$[::0]", "[]");
        row("a slice far beyond", letters, "$[-99:99]", R"(["a","b","c","d","e","f","g"])");
        // §2.3.1.3
        const char* odd = "{\"o\":{\"j j\":{\"k.k\":3}},\"'\":{\"@\":2}}";
        row("a name in quotes", odd, "$.o['j j']['k.k']", "[3]");
        row("either quotes", odd, R"($.o["j j"]["k.k"])", "[3]");
        row("a quote as a name", odd, "$[\"'\"][\"@\"]", "[2]");
        row("an escaped quote", odd, "$['\\'']['@']", "[2]");
        // §2.3.5.3
        const char* filtered =
            R"({"a":[3,5,1,2,4,6,{"b":"j"},{"b":"k"},{"b":{}},{"b":"kilo"}],"o":{"p":1,"q":2,"r":3,"s":5,"t":{"u":6}},"e":"f"})";
        row("equal to a text", filtered, "$.a[?@.b == 'kilo']", R"([{"b":"kilo"}])");
        row("in parentheses", filtered, "$.a[?(@.b == 'kilo')]", R"([{"b":"kilo"}])");
        row("greater than a number", filtered, "$.a[?@>3.5]", "[5,4,6]");
        row("existence", filtered, "$.a[?@.b]", R"([{"b":"j"},{"b":"k"},{"b":{}},{"b":"kilo"}])");
        row("existence of anything", filtered, "$[?@.*]",
            R"([[3,5,1,2,4,6,{"b":"j"},{"b":"k"},{"b":{}},{"b":"kilo"}],{"p":1,"q":2,"r":3,"s":5,"t":{"u":6}}])");
        row("both", filtered, "$.o[?@>1 && @<4]", "[2,3]");
        row("one of them", filtered, "$.o[?@.u || @.x]", R"([{"u":6}])");
        row("a query from the root", filtered, "$.a[?@.b == $.x]", "[3,5,1,2,4,6]");
        row("not", filtered, "$.o[?!(@>1)]", R"([1,{"u":6}])");
        row("not there", R"([{"a":1},{"b":2}])", "$[?!@.a]", R"([{"b":2}])");
        row("numbers by value", "[1,1.0,1e0,\"1\"]", "$[?@ == 1]", "[1,1.0,1e0]");
        row("objects in any order", R"([{"a":1,"b":2},{"b":2,"a":1}])", "$[?@ == $[0]]",
            R"([{"a":1,"b":2},{"b":2,"a":1}])");
        row("null is a value", R"([{"a":null},{}])", "$[?@.a == null]", R"([{"a":null}])");
        row("length of a text", R"(["é","ab"])", "$[?length(@) == 1]", "[\"é\"]");
        row("count", R"([[1,2],[1]])", "$[?count(@.*) == 2]", "[[1,2]]");
        row("value", R"([{"a":{"c":1}},{"c":2}])", "$[?value(@..c) == 1]", R"([{"a":{"c":1}}])");
        row("blanks", R"({"a":[1,2]})", "$ .a [ 0 , 1 ]", "[1,2]");
        row("the root", "[1]", "$", "[[1]]");
    }

    void selects()
    {
        QFETCH(QString, document);
        QFETCH(QString, path);
        QTEST(selected(document, path), "expected");
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<int>("offset");
        const auto row = [](const char* name, const char* path, int offset) {
            QTest::newRow(name) << QString::fromUtf8(path) << offset;
        };
        row("nothing", "", 0);
        row("no root", "a.b", 0);
        row("a dot at the end", "$.", 2);
        row("two dots at the end", "$..", 3);
        row("a digit as a name", "$.1a", 2);
        row("an open bracket", "$[1", 3);
        row("an empty bracket", "$[]", 2);
        row("a leading zero", "$[01]", 2);
        row("minus zero", "$[-0]", 2);
        row("an index beyond", "$[9007199254740992]", 2);
        row("an open string", "$['a", 4);
        row("a bad escape", "$[\"\\x\"]", 2);
        row("what follows", "$.a b", 3);
        row("a literal as a test", "$[?1]", 4);
        row("many values compared", "$[?@.* == 1]", 3);
        row("an open parenthesis", "$[?(@.a]", 7);
        row("a word", "$[?maybe]", 3);
    }

    void refuses()
    {
        QFETCH(QString, path);
        const auto query = JsonPath::parse(path.toStdString());
        QVERIFY(!query.hasValue());
        QVERIFY(query.error().code == ErrorCode(JsonPathErrorCode::Syntax));
        QTEST(static_cast<int>(query.error().place.offset), "offset");
    }

    void unknownFunctionsAreNamed()
    {
        const auto query = JsonPath::parse("$[?match(@.a, 'x')]");
        QVERIFY(!query.hasValue());
        QVERIFY(query.error().code == ErrorCode(JsonPathErrorCode::UnknownFunction));
        QCOMPARE(query.error().parameters.at(0).second, std::string("match"));
    }

    void depthIsBounded()
    {
        const std::string deep = "$[?" + std::string(2000, '(') + "@" + std::string(2000, ')') + "]";
        QVERIFY(JsonPath::parse(deep).error().code == ErrorCode(JsonPathErrorCode::TooDeep));
    }

    void theLimitEndsTheSearch()
    {
        const auto value = parseJson("[1,2,3,4]");
        QCOMPARE(JsonPath::parse("$[*]")->select(*value, 2).size(), std::size_t(2));
        QCOMPARE(JsonPath::parse("$..*")->select(*value, 3).size(), std::size_t(3));
    }
};

QTEST_APPLESS_MAIN(TestJsonPath)
#include "tst_jsonpath.moc"
