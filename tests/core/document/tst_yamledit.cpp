// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/edit.h"
#include "document/json.h"
#include "document/yaml.h"
#include "support/testing.h"

using namespace claimsmith;
using namespace claimsmith::document;

class TestYamlEdit final : public QObject
{
    Q_OBJECT

private slots:
    void sets_data();
    void sets();
    void removes_data();
    void removes();
    void refuses_data();
    void refuses();
    void changesEveryUseOfAnAnchor();
    void everyPlaceTakesEveryValue_data();
    void everyPlaceTakesEveryValue();
    void everyPlaceCanGo_data();
    void everyPlaceCanGo();
    void commentsElsewhereSurvive();

private:
    static void addDocuments();
};

namespace {

constexpr const char* kongYml = R"(# The bank's gateway
_format_version: "3.0"

services:
# the one that matters
- name: my-api-service   # upstream
  url: http://localhost:3000
  retries:   5           # aligned
  routes:
  - name: api
    paths:
    - /api  # prefix
    - /v2
    plugins:
    - name: jwt
      # checks exp
      config: {claims_to_verify: [exp], key_claim_name: iss}
    tags: [one, "two words",
           three]  # flow over two lines

  - name: second
    paths: ['/x']
- name: other
  host:

consumers:
  # indented list
  - username: login_server_issuer
    jwt_secrets:
      - key: 1nzcMG9Xg7n1lLgmltHnkAmkt7yp4fjZ
        secret: |
          line one

          line three
        algorithm: HS256
# the end
)";

/// Every pointer of a value, the root's too.
void collectPointers(const Value& value, const std::string& pointer, std::vector<std::string>& out)
{
    out.push_back(pointer);
    if (const auto* array = value.asArray()) {
        for (std::size_t i = 0; i < array->size(); ++i)
            collectPointers((*array)[i], joinPointer(pointer, i), out);
    }
    if (const auto* object = value.asObject()) {
        for (const Member& member : *object)
            collectPointers(member.value, joinPointer(pointer, member.name), out);
    }
}

QByteArray diagnosis(const std::string& what, const std::string& pointer, const std::string& text)
{
    return QByteArray::fromStdString(what + " at \"" + pointer + "\":\n" + text);
}

} // namespace

void TestYamlEdit::sets_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("pointer");
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("after");
    const auto row = [](const char* name, const char* before, const char* pointer, const char* json,
                        const char* after) {
        QTest::newRow(name) << QByteArray(before) << QByteArray(pointer) << QByteArray(json) << QByteArray(after);
    };
    row("scalar", "a: 1 # c\nb: 2\n", "/a", "3", "a: 3 # c\nb: 2\n");
    row("aligned scalar", "a:    1   # c\n", "/a", "22", "a:    22   # c\n");
    row("scalar without newline", "a: 1", "/a", "2", "a: 2");
    row("quoted scalar", "a: \"x\"  # c\n", "/a", "\"z\"", "a: z  # c\n");
    row("text that looks like a number", "a: x\n", "/a", "\"8\"", "a: \"8\"\n");
    row("text that looks like a boolean", "a: x\n", "/a", "\"no\"", "a: \"no\"\n");
    row("text that looks like a comment", "a: x\n", "/a", "\"b #c\"", "a: 'b #c'\n");
    row("decK's environment reference", "a: x\n", "/a", "\"${{ env \\\"DECK_A\\\" }}\"", "a: ${{ env \"DECK_A\" }}\n");
    row("empty value", "a:   # c\nb: 1\n", "/a", "2", "a: 2   # c\nb: 1\n");
    row("value on the next line", "a: # c\n  text\nb: 1\n", "/a", "2", "a: 2 # c\nb: 1\n");
    row("literal becomes a word", "a: |\n  x\n  y\n\n# c\nb: 1\n", "/a", "\"z\"", "a: z\n\n# c\nb: 1\n");
    row("kept newlines become a word", "a: |+\n  x\n\n\nb: 1\n", "/a", "\"z\"", "a: z\nb: 1\n");
    row("word becomes a literal", "a: x # c\nb: 1\n", "/a", "\"y\\nz\\n\"", "a: | # c\n  y\n  z\nb: 1\n");
    row("word becomes a literal at the end", "a:\n- b: x", "/a/0/b", "\"y\\nz\"", "a:\n- b: |-\n    y\n    z\n");
    row("word becomes an object", "a: x # c\nb: 1\n", "/a", R"({"c":{"d":[1,2]}})",
        "a: # c\n  c:\n    d:\n    - 1\n    - 2\nb: 1\n");
    row("object becomes a word", "a: # c\n  # d\n  b: 1\nc: 2\n", "/a", "\"x\"", "a: x # c\nc: 2\n");
    row("object becomes a list, comments stay", "a: # c\n  # d\n  b: 1\nc: 2\n", "/a", "[1]",
        "a: # c\n  # d\n- 1\nc: 2\n");
    row("object merged member by member", "a:\n  # about b\n  b: 1\n  # about c\n  c: 2\n", "/a",
        R"({"b":5,"c":2,"d":3})", "a:\n  # about b\n  b: 5\n  # about c\n  c: 2\n  d: 3\n");
    row("object in another order is written anew", "a:\n  # about b\n  b: 1\n  c: 2\n", "/a", R"({"c":2,"b":1})",
        "a:\n  # about b\n  c: 2\n  b: 1\n");
    row("element", "a:\n- 1 # one\n- 2 # two\n", "/a/1", "3", "a:\n- 1 # one\n- 3 # two\n");
    row("element becomes an object", "a:\n- 1 # one\n- 2\n", "/a/0", R"({"b":1,"c":2})",
        "a:\n- b: 1 # one\n  c: 2\n- 2\n");
    row("elements gone from the middle", "a:\n- 1 # one\n- 2 # two\n- 3 # three\n", "/a", "[1,3]",
        "a:\n- 1 # one\n- 3 # three\n");
    row("key added", "a:\n  b: 1 # c\nd: 2\n", "/a/e", "\"x\"", "a:\n  b: 1 # c\n  e: x\nd: 2\n");
    row("key added to a list's object", "a:\n  - b: 1\n    c:\n      - 2\n", "/a/0/d", "true",
        "a:\n  - b: 1\n    c:\n      - 2\n    d: true\n");
    row("key added without newline", "a: 1", "/b", "2", "a: 1\nb: 2\n");
    row("key added before the last comment", "a: 1\n\n# end\n", "/b", "2", "a: 1\nb: 2\n\n# end\n");
    row("key added behind kept newlines", "a:\n  b: |+\n    x\n\nc: 1\n", "/a/d", "2",
        "a:\n  b: |+\n    x\n\n  d: 2\nc: 1\n");
    row("key that needs quotes", "a: 1\n", "/yes", "2", "a: 1\n\"yes\": 2\n");
    row("element added", "a:\n- 1\n\nb: 2\n", "/a/-", R"({"c":1,"d":2})", "a:\n- 1\n- c: 1\n  d: 2\n\nb: 2\n");
    row("element added by index", "a:\n  - 1\n", "/a/1", "2", "a:\n  - 1\n  - 2\n");
    row("element added to an empty list", "a: [] # none\nb: 2\n", "/a/-", "1", "a: # none\n- 1\nb: 2\n");
    row("key added to an empty object", "a:\n  - {}\n", "/a/0/b", "1", "a:\n  - b: 1\n");
    row("indented lists stay indented", "a:\n  - 1\n", "/b", "[2]", "a:\n  - 1\nb:\n  - 2\n");
    row("parents created", "a: 1\n", "/b/c/-/d", "2", "a: 1\nb:\n  c:\n  - d: 2\n");
    row("parents created in an empty value", "a:\nb: 1\n", "/a/0/c", "2", "a:\n- c: 2\nb: 1\n");
    row("empty text", "", "/a/b", "1", "a:\n  b: 1\n");
    row("comment only", "# c\n", "/a", "1", "# c\na: 1\n");
    row("document start only", "---\n", "/a", "1", "---\na: 1\n");
    row("flow member", "a: {b: 1, c: [x, y]} # c\n", "/a/b", "{\"d\":[true]}", "a: {b: {d: [true]}, c: [x, y]} # c\n");
    row("flow member added", "a: {b: 1} # c\n", "/a/c", "\"x, y\"", "a: {b: 1, c: 'x, y'} # c\n");
    row("flow element added", "a: [1, 2] # c\n", "/a/-", "3", "a: [1, 2, 3] # c\n");
    row("flow element added to an empty list", "a: {b: []}\n", "/a/b/-", "\"x\"", "a: {b: [x]}\n");
    row("flow over lines", "a: [1, # one\n  2] # c\n", "/a/-", "3", "a: [1, # one\n  2, 3] # c\n");
    row("JSON", "{\"a\": {\"b\": 1}}", "/a/c", "[]", "{\"a\": {\"b\": 1, c: []}}");
    row("root", "a: 1 # c\n", "", "[1]", "- 1\n");
    row("anchor stays", "a: &x {b: 1}\nc: *x\n", "/a", "{\"d\":2}", "a: &x\n  d: 2\nc: *x\n");
    row("alias replaced", "a: &x 1\nb: *x # c\n", "/b", "2", "a: &x 1\nb: 2 # c\n");
    row("copy in place of an alias", "a: &x {b: 1, c: 2}\nd: *x # c\n", "/d/b", "3",
        "a: &x {b: 1, c: 2}\nd: # c\n  b: 3\n  c: 2\n");
    row("copy of a merged member", "a: &x {b: {c: 1, d: 2}}\ne:\n  <<: *x\n", "/e/b/c", "3",
        "a: &x {b: {c: 1, d: 2}}\ne:\n  <<: *x\n  b:\n    c: 3\n    d: 2\n");
    row("text that a comment below would join", "a: x\n    # c\nb: 1\n", "/a", "\"k\\nl\"",
        "a: \"k\\nl\"\n    # c\nb: 1\n");
    row("own member beside merged ones", "a: &x {b: 1}\nc:\n  <<: *x\n", "/c/b", "2",
        "a: &x {b: 1}\nc:\n  <<: *x\n  b: 2\n");
    row("carriage returns", "a: 1\r\nb: 2\r\n", "/a", "3", "a: 3\r\nb: 2\r\n");
    row("byte order mark",
        "\xEF\xBB\xBF"
        "a: 1\n",
        "/b", "2",
        "\xEF\xBB\xBF"
        "a: 1\nb: 2\n");
    row("several bytes before", "a: \xC3\xA9\xE2\x82\xAC # \xC3\xA9\nb: 2\n", "/b", "3",
        "a: \xC3\xA9\xE2\x82\xAC # \xC3\xA9\nb: 3\n");
}

void TestYamlEdit::sets()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, pointer);
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, after);
    const auto value = parseJson(json.toStdString());
    CLAIMSMITH_VERIFY_RESULT(value);
    const auto edited = setInYaml(before.toStdString(), pointer.toStdString(), *value);
    CLAIMSMITH_VERIFY_RESULT(edited);
    QCOMPARE(*edited, after.toStdString());
}

void TestYamlEdit::removes_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("pointer");
    QTest::addColumn<QByteArray>("after");
    const auto row = [](const char* name, const char* before, const char* pointer, const char* after) {
        QTest::newRow(name) << QByteArray(before) << QByteArray(pointer) << QByteArray(after);
    };
    row("member", "a: 1\n# c\nb:\n  d: 1 # d\ne: 2\n", "/b", "a: 1\n# c\ne: 2\n");
    row("last member", "a:\n  b: 1\nc: 2\n", "/a/b", "a: {}\nc: 2\n");
    row("last line without newline", "a: 1\nb: 2", "/b", "a: 1\n");
    row("first member of an element", "- a: 1 # c\n  b: 2\n", "/0/a", "- b: 2\n");
    row("element", "a:\n- 1\n- b: 2\n  c: 3\n- 4\n", "/a/1", "a:\n- 1\n- 4\n");
    row("last element", "a: # c\n- 1\nb: 2\n", "/a/0", "a: [] # c\nb: 2\n");
    row("first element of an inner list", "- - 1\n  - 2\n", "/0/0", "- - 2\n");
    row("literal", "a: |\n  x\n\n  y\n\nb: 1\n", "/a", "\nb: 1\n");
    row("flow element", "a: [1, 2, 3]\n", "/a/1", "a: [1, 3]\n");
    row("last flow element", "a: [1, 2, 3] # c\n", "/a/2", "a: [1, 2] # c\n");
    row("only flow element", "a: [1]\n", "/a/0", "a: []\n");
    row("flow member", "a: {b: 1, c: 2}\n", "/a/b", "a: {c: 2}\n");
    row("root's last member", "a: 1\n", "/a", "{}\n");
    row("alias", "a: &x 1\nb: *x\n", "/b", "a: &x 1\n");
}

void TestYamlEdit::removes()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, pointer);
    QFETCH(QByteArray, after);
    const auto edited = removeFromYaml(before.toStdString(), pointer.toStdString());
    CLAIMSMITH_VERIFY_RESULT(edited);
    QCOMPARE(*edited, after.toStdString());
}

void TestYamlEdit::refuses_data()
{
    QTest::addColumn<QByteArray>("yaml");
    QTest::addColumn<QByteArray>("pointer");
    QTest::addColumn<bool>("remove");
    QTest::newRow("merged member removed") << QByteArray("a: &x {b: 1}\nd:\n  <<: *x\n") << QByteArray("/d/b") << true;
    QTest::newRow("anchor in use removed") << QByteArray("a: &x 1\nb: *x\n") << QByteArray("/a") << true;
    QTest::newRow("member of a text") << QByteArray("a: text\n") << QByteArray("/a/b") << false;
    QTest::newRow("element behind the end") << QByteArray("a: [1]\n") << QByteArray("/a/2") << false;
    QTest::newRow("nothing to remove") << QByteArray("a: 1\n") << QByteArray("/b") << true;
    QTest::newRow("root removed") << QByteArray("a: 1\n") << QByteArray("") << true;
}

void TestYamlEdit::refuses()
{
    QFETCH(QByteArray, yaml);
    QFETCH(QByteArray, pointer);
    QFETCH(bool, remove);
    const auto edited = remove ? removeFromYaml(yaml.toStdString(), pointer.toStdString())
                               : setInYaml(yaml.toStdString(), pointer.toStdString(), Value(7));
    QVERIFY(!edited);
    QVERIFY2(edited.error().code == YamlErrorCode::NotEditable, edited.error().toString().c_str());
}

void TestYamlEdit::changesEveryUseOfAnAnchor()
{
    const auto edited = setInYaml("a: &x {b: 1}\nc: *x\n", "/a/b", Value(2));
    CLAIMSMITH_VERIFY_RESULT(edited);
    QCOMPARE(*edited, std::string("a: &x {b: 2}\nc: *x\n"));
}

void TestYamlEdit::addDocuments()
{
    QTest::addColumn<QByteArray>("yaml");
    QTest::newRow("kong.yml") << QByteArray(kongYml);
    QTest::newRow("kong.yml without the last newline") << QByteArray(kongYml).chopped(1);
    QTest::newRow("JSON") << QByteArray(R"({"a": [1, {"b": null, "c": []}], "d": {}, "e": "x"})");
    QTest::newRow("lists in lists") << QByteArray(
        "- - 1\n  - - 2\n    - a: 3\n      b:\n      - 4\n  -\n-\n- - x # c\n");
    QTest::newRow("block scalars") << QByteArray(
        "a: |\n  x\n\nb: >-\n  y\n  z\n\nc:\n- |+\n  k\n\n- l\nd: \"m\n  n\"\n");
    QTest::newRow("empty values") << QByteArray("a:\nb: # c\nc:\n  d:\n  e:\nf: {g: , h: 1}\n");
    QTest::newRow("flow over lines") << QByteArray("a: {\n  b: [1,\n    2], # c\n  d: {e: f}\n}\ng: [\n]\n");
    QTest::newRow("carriage returns") << QByteArray("a: 1\r\nb:\r\n- x # c\r\n- y: |\r\n    z\r\n  w: 2\r\n");
}

void TestYamlEdit::everyPlaceTakesEveryValue_data()
{
    addDocuments();
}

/// The property of the contract: parse(setInYaml(t, p, v)) is parse(t) with v at p.
void TestYamlEdit::everyPlaceTakesEveryValue()
{
    QFETCH(QByteArray, yaml);
    const std::string text = yaml.toStdString();
    const auto before = parseYaml(text);
    CLAIMSMITH_VERIFY_RESULT(before);
    std::vector<std::string> pointers;
    collectPointers(*before, {}, pointers);
    const std::size_t present = pointers.size();
    for (std::size_t i = 0; i < present; ++i) {
        const Value& place = *before->at(pointers[i]);
        if (place.asObject() || place.isNull())
            pointers.push_back(pointers[i] + "/new key");
        if (place.asArray())
            pointers.push_back(joinPointer(pointers[i], place.asArray()->size()));
    }
    const auto values =
        parseJson(R"([null, "plain", "8", "two\nlines\n", "", [], {}, [1,[2,{"a":"b"}]], {"x":{"y":["z"]},"w":1},
                                      "- odd: #", "kept\n\n"])");
    CLAIMSMITH_VERIFY_RESULT(values);
    for (const std::string& pointer : pointers) {
        for (const Value& value : *values->asArray()) {
            Value expected = *before;
            QVERIFY(setAt(expected, pointer, value));
            const auto edited = setInYaml(text, pointer, value);
            QVERIFY2(edited.hasValue(), diagnosis("cannot set " + toJson(value), pointer, text));
            const auto after = parseYaml(*edited);
            QVERIFY2(after && *after == expected, diagnosis("wrong after setting " + toJson(value), pointer, *edited));
        }
    }
}

void TestYamlEdit::everyPlaceCanGo_data()
{
    addDocuments();
}

void TestYamlEdit::everyPlaceCanGo()
{
    QFETCH(QByteArray, yaml);
    const std::string text = yaml.toStdString();
    const auto before = parseYaml(text);
    CLAIMSMITH_VERIFY_RESULT(before);
    std::vector<std::string> pointers;
    collectPointers(*before, {}, pointers);
    for (std::size_t i = 1; i < pointers.size(); ++i) {
        Value expected = *before;
        QVERIFY(removeAt(expected, pointers[i]));
        const auto edited = removeFromYaml(text, pointers[i]);
        QVERIFY2(edited.hasValue(), diagnosis("cannot remove", pointers[i], text));
        const auto after = parseYaml(*edited);
        QVERIFY2(after && *after == expected, diagnosis("wrong after removal", pointers[i], *edited));
    }
}

/// Each comment of the document survives an edit of a scalar anywhere.
void TestYamlEdit::commentsElsewhereSurvive()
{
    const auto before = parseYaml(kongYml);
    CLAIMSMITH_VERIFY_RESULT(before);
    std::vector<std::string> pointers;
    collectPointers(*before, {}, pointers);
    const auto comments = [](const std::string& text) { return QByteArray::fromStdString(text).count('#'); };
    for (const std::string& pointer : pointers) {
        if (before->at(pointer)->asArray() || before->at(pointer)->asObject())
            continue;
        const auto edited = setInYaml(kongYml, pointer, Value("changed"));
        CLAIMSMITH_VERIFY_RESULT(edited);
        QVERIFY2(comments(*edited) == comments(kongYml), diagnosis("a comment went", pointer, *edited));
    }
}

QTEST_APPLESS_MAIN(TestYamlEdit)
#include "tst_yamledit.moc"
