// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/schema.h"

#include "document/json.h"
#include "gateway/luapattern.h"
#include "gateway/schemajson.h"
#include "gateway/validation.h"
#include "support/testing.h"

using namespace claimsmith;
using namespace claimsmith::gateway;
using document::Array;
using document::Object;
using document::Value;

class TestSchema : public QObject
{
    Q_OBJECT

private slots:
    void matchesLuaPatterns_data();
    void matchesLuaPatterns();
    void tellsErrorsInKongsWords_data();
    void tellsErrorsInKongsWords();
    void movesOldNames();
    void printsDeepErrorsOverLines();
    void printsFields_data();
    void printsFields();
    void printsConditions();
};

namespace {

/// Fields and rules of every kind, as a plugin might have them.
const Schema& sampleSchema()
{
    static const Schema schema{
        .fields =
            {
                stringField("mode").describe("How.").oneOf({"local", "redis"}).defaultTo("local"),
                stringField("method").match("^%u+$"),
                stringField("path").startWith("/").match({PatternRule::Kind::None, {"//"}, "no empty parts"}),
                stringField("name").noneOf({"env"}),
                stringField("agent").regex(),
                numberField("limit").exceed(0),
                setField("protocols", stringField()).excludeMixing({{"http", "https"}, {"grpc"}}),
                arrayField("claims", stringField()),
                withChecks(recordField("pair", {stringField("a"), stringField("b")}),
                           {FieldGroup{FieldGroup::Rule::AtLeastOne, {"a", "b"}}}),
                recordField(
                    "config",
                    {recordField("redis", {stringField("host"), integerField("port").defaultTo(6379)}).require()})
                    .require()
                    .accept(
                        {integerField("redis_port").standFor({"redis", "port"}, "config.redis_port is deprecated")}),
            },
        .checks =
            {
                Conditional{"mode", matching().equal("redis"), "config.redis.host", matching().require()},
                Conditional{"limit", matching().exceed(100), "claims", matching().contain("exp")},
            },
    };
    return schema;
}

} // namespace

void TestSchema::matchesLuaPatterns_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("pattern");
    QTest::addColumn<bool>("matches");
    const auto row = [](const char* name, const char* text, const char* pattern, bool matches) {
        QTest::newRow(name) << std::string(text) << std::string(pattern) << matches;
    };
    row("class with plus", "GET", "^%u+$", true);
    row("class with plus, another letter", "GeT", "^%u+$", false);
    row("class with plus, nothing", "", "^%u+$", false);
    row("negated set", "x-a:1", "^[^:]+:.*$", true);
    row("negated set, nothing before", ":1", "^[^:]+:.*$", false);
    row("lazy", "my-env", "^[a-z][a-z%d-]-[a-z%d]+$", true);
    row("lazy, dash at the end", "my-", "^[a-z][a-z%d-]-[a-z%d]+$", false);
    row("not anchored", "a//b", "//", true);
    row("not anchored, absent", "a/b", "//", false);
    row("escaped star", "*.x", "^%*%.", true);
    row("optional", "a*b", "^[^*]*%*?[^*]*$", true);
    row("optional twice", "a*b*", "^[^*]*%*?[^*]*$", false);
    row("case by sets", "hOsT", "^[Hh][Oo][Ss][Tt]$", true);
    row("complement", "a1", "^%D%d$", true);
    row("bracket first in a set", "]", "^[]]$", true);
    row("unfinished set", "a", "[a", false);
}

void TestSchema::matchesLuaPatterns()
{
    QFETCH(std::string, text);
    QFETCH(std::string, pattern);
    QFETCH(bool, matches);
    QCOMPARE(matchesLuaPattern(text, pattern), matches);
}

void TestSchema::tellsErrorsInKongsWords_data()
{
    QTest::addColumn<std::string>("given");
    QTest::addColumn<std::string>("errors");
    const auto row = [](const char* name, const char* given, const char* errors) {
        QTest::newRow(name) << std::string(given) << std::string(errors);
    };
    row("defaults are sound", R"({})", R"({})");
    row("choice", R"({"mode":"x"})", R"({"mode":"expected one of: local, redis"})");
    row("pattern", R"({"method":"get"})", R"({"method":"invalid value: get"})");
    row("beginning", R"({"path":"x"})", R"({"path":"should start with: /"})");
    row("pattern with a text of its own", R"({"path":"/a//b"})", R"({"path":"no empty parts"})");
    row("exclusion", R"({"name":"env"})", R"({"name":"must not be one of: env"})");
    row("regular expression", R"({"agent":"("})", R"({"agent":"not a valid regex: ("})");
    row("bound", R"({"limit":0})", R"({"limit":"value must be greater than 0"})");
    row("mixed subsets", R"({"protocols":["http","grpc"]})",
        R"x({"protocols":"these sets are mutually exclusive: ('http', 'https'), ('grpc')"})x");
    row("null among elements", R"({"limit":1,"claims":["a",null]})", R"({"claims":[null,"required field missing"]})");
    row("list for a record", R"({"config":[1]})", R"({"config":["unknown field"]})");
    row("rule within a record", R"({"pair":{}})",
        R"({"pair":{"@entity":["at least one of these fields must be non-empty: 'a', 'b'"]}})");
    row("condition", R"({"mode":"redis"})",
        R"({"config":{"redis":{"host":"required field missing"}},"@entity":["failed conditional validation given value of field 'mode'"]})");
    row("condition that holds", R"({"mode":"redis","config":{"redis":{"host":"h"}}})", R"({})");
    row("containment", R"({"limit":101,"claims":["nbf"]})",
        R"({"claims":"expected to contain: exp","@entity":["failed conditional validation given value of field 'limit'"]})");
    row("containment of nothing", R"({"limit":101})", R"({})");
    row("old name of a wrong type", R"({"config":{"redis_port":"x"}})",
        R"({"config":{"redis_port":"expected an integer"}})");
    row("old name against the new one", R"({"config":{"redis_port":1,"redis":{"port":2}}})",
        R"({"config":{"redis_port":"both deprecated and new field are used but their values mismatch: redis_port = 1 vs redis.port = 2"}})");
}

void TestSchema::tellsErrorsInKongsWords()
{
    QFETCH(std::string, given);
    QFETCH(std::string, errors);
    const auto parsed = document::parseJson(given);
    CLAIMSMITH_VERIFY_RESULT(parsed);
    const Object whole = withDefaults(sampleSchema().fields, *parsed->asObject());
    QCOMPARE(document::toJson(validate(sampleSchema(), whole)), errors);
}

void TestSchema::movesOldNames()
{
    const Object given{{"config", Object{{"redis_port", 1}}}};
    const Object whole = withDefaults(sampleSchema().fields, given);
    const Object& config = *whole.find("config")->asObject();
    QVERIFY(!config.contains("redis_port"));
    QCOMPARE(document::toJson(*config.find("redis")), std::string(R"({"port":1,"host":null})"));
    const Object shown = withOldNames(sampleSchema().fields, whole);
    QCOMPARE(document::toJson(*shown.find("config")->find("redis_port")), std::string("1"));
}

void TestSchema::printsDeepErrorsOverLines()
{
    const Object errors{{"config", Object{{"add", Object{{"headers", Array{"invalid value: x"}}}}}}};
    QCOMPARE(toMessage(errors),
             std::string("schema violation (config.add: {\n  headers = {\n    \"invalid value: x\"\n  }\n})"));
}

void TestSchema::printsFields_data()
{
    QTest::addColumn<std::string>("path");
    QTest::addColumn<std::string>("json");
    const auto row = [](const char* path, const char* json) {
        QTest::newRow(path) << std::string(path) << std::string(json);
    };
    row("mode", R"({"type":"string","description":"How.","default":"local","one_of":["local","redis"]})");
    row("method", R"({"type":"string","match":"^%u+$"})");
    row("path", R"({"type":"string","starts_with":"/","match_none":[{"pattern":"//","err":"no empty parts"}]})");
    row("limit", R"({"type":"number","gt":0})");
    row("protocols",
        R"({"type":"set","mutually_exclusive_subsets":[["http","https"],["grpc"]],"elements":{"type":"string"}})");
    row("pair",
        R"({"type":"record","fields":[{"a":{"type":"string"}},{"b":{"type":"string"}}],"entity_checks":[{"at_least_one_of":["a","b"]}]})");
}

void TestSchema::printsFields()
{
    QFETCH(std::string, path);
    QFETCH(std::string, json);
    const Field* field = sampleSchema().findPath(path);
    QVERIFY(field);
    QCOMPARE(document::toJson(fieldToJson(*field)), json);
}

void TestSchema::printsConditions()
{
    const Object printed = schemaToJson(sampleSchema());
    QCOMPARE(
        document::toJson(printed.find("entity_checks")->asArray()->front()),
        std::string(
            R"({"conditional":{"if_field":"mode","if_match":{"eq":"redis"},"then_field":"config.redis.host","then_match":{"required":true}}})"));
}

QTEST_APPLESS_MAIN(TestSchema)
#include "tst_schema.moc"
