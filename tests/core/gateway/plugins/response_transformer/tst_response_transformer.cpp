// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gateway/gatewaybench.h"

using namespace claimsmith;
using namespace claimsmith::gateway;
using namespace claimsmith::gateway::testing;

class TestResponseTransformer : public QObject
{
    Q_OBJECT

private slots:
    void changesHeaders_data();
    void changesHeaders();
    void changesJson_data();
    void changesJson();
    void changesWhatIsJson_data();
    void changesWhatIsJson();
    void breaksOverScalars();
    void changesAnswersOfTheGateway();
    void tracesWhatItChanged();
    void refuses_data();
    void refuses();
};

namespace {

std::string configuration(const QString& config)
{
    return R"({"_format_version": "3.0", "services": [{"name": "s", "host": "a", "routes": [{"name": "r", "paths": ["/r"],
        "plugins": [{"name": "response-transformer", "config": )" +
           config.toStdString() + R"(}]}, {"name": "t", "paths": ["/t"], "plugins": [{"name": "request-termination",
           "config": {"status_code": 200, "message": "m"}}, {"name": "response-transformer", "config": )" +
           config.toStdString() + "}]}]}]}";
}

Sent jsonResponse(const QString& body)
{
    return {
        .target = "/r", .responseHeaders = {{"Content-Type", "application/json"}}, .responseBody = body.toStdString()};
}

} // namespace

void TestResponseTransformer::changesHeaders_data()
{
    QTest::addColumn<QString>("config");
    QTest::addColumn<QString>("a");
    QTest::addColumn<QString>("b");
    // The upstream sends X-A: 1, X-A: 2 and no X-B.
    QTest::newRow("remove") << R"({"remove": {"headers": ["x-a"]}})"
                            << ""
                            << "";
    QTest::newRow("remove, whatever the value") << R"({"remove": {"headers": ["X-A: 9"]}})"
                                                << ""
                                                << "";
    QTest::newRow("rename") << R"({"rename": {"headers": ["X-A:X-B"]}})"
                            << ""
                            << "1, 2";
    QTest::newRow("rename what is not there") << R"({"rename": {"headers": ["X-B:X-A"]}})"
                                              << "1, 2"
                                              << "";
    QTest::newRow("replace") << R"({"replace": {"headers": ["X-A:n:m", "X-B:n"]}})"
                             << "n:m"
                             << "";
    QTest::newRow("add") << R"({"add": {"headers": ["X-A:n", "X-B:n"]}})"
                         << "1, 2"
                         << "n";
    QTest::newRow("add nothing") << R"({"add": {"headers": ["X-B:"]}})"
                                 << "1, 2"
                                 << "";
    QTest::newRow("append") << R"({"append": {"headers": ["X-A:n", "X-B:n"]}})"
                            << "1, 2, n"
                            << "n";
    QTest::newRow("what was there counts, not what is left")
        << R"({"remove": {"headers": ["X-A"]}, "add": {"headers": ["X-A:n"]}})"
        << ""
        << "";
    QTest::newRow("in order") << R"({"remove": {"headers": ["X-A"]}, "rename": {"headers": ["X-A:X-B"]},
        "replace": {"headers": ["X-A:r"]}, "append": {"headers": ["X-A:p"]}})"
                              << "r, p"
                              << "1, 2";
}

void TestResponseTransformer::changesHeaders()
{
    QFETCH(QString, config);
    QFETCH(QString, a);
    QFETCH(QString, b);
    const Passage passage(snapshotOf(configuration(config)),
                          {.target = "/r", .responseHeaders = {{"X-A", "1"}, {"X-A", "2"}}, .responseBody = "ok"});
    QCOMPARE(QString::fromStdString(passage.received("X-A")), a);
    QCOMPARE(QString::fromStdString(passage.received("X-B")), b);
    QCOMPARE(passage.receivedBody, std::string("ok"));
}

void TestResponseTransformer::changesJson_data()
{
    QTest::addColumn<QString>("config");
    QTest::addColumn<QString>("body");
    QTest::addColumn<QString>("changed");
    QTest::newRow("remove") << R"({"remove": {"json": ["a", "c.d"]}})"
                            << R"({"a": 1, "c": {"d": 2}})"
                            << R"({"c":{"d":2}})";
    QTest::newRow("rename") << R"({"rename": {"json": ["a:b", "n:m"]}})"
                            << R"({"a": false, "b": 2})"
                            << R"({"b":false})";
    QTest::newRow("replace") << R"({"replace": {"json": ["a:x", "b:x", "c:x", "d:x"]}})"
                             << R"({"a": 1, "b": null, "c": false})"
                             << R"({"a":"x","b":"x","c":false})";
    QTest::newRow("add") << R"({"add": {"json": ["a:x", "b:x", "c:x"]}})"
                         << R"({"a": 1, "b": null, "c": false})"
                         << R"({"a":1,"b":null,"c":"x"})";
    QTest::newRow("append") << R"({"append": {"json": ["a:x", "b:x", "c:x", "d:x"]}})"
                            << R"({"a": [1], "b": "s", "c": 5})"
                            << R"({"a":[1,"x"],"b":["s","x"],"c":["x"],"d":["x"]})";
    QTest::newRow("types")
        << R"({"add": {"json": ["n:1.5", "t:true", "f:yes", "s:1", "x:no number"], "json_types": ["number", "boolean", "boolean", "string", "number"]}})"
        << "{}"
        << R"({"n":1.5,"t":true,"f":false,"s":"1"})";
    QTest::newRow("value as Kong reads it") << R"({"add": {"json": ["q:say \"a/b\"", "e:", "l:a\nb"]}})"
                                            << "{}"
                                            << R"({"q":"say \"a\/b\"","e":"null","l":"a\\nb"})";
    QTest::newRow("a list stays") << R"({"add": {"json": ["a:x"]}})"
                                  << "[1, 2]"
                                  << "[1,2]";
    QTest::newRow("no JSON stays") << R"({"add": {"json": ["a:x"]}})"
                                   << "{\"a\":"
                                   << "{\"a\":";
    QTest::newRow("nothing stays") << R"({"add": {"json": ["a:x"]}})"
                                   << ""
                                   << "";
}

void TestResponseTransformer::changesJson()
{
    QFETCH(QString, config);
    QFETCH(QString, body);
    QFETCH(QString, changed);
    const Passage passage(snapshotOf(configuration(config)), jsonResponse(body));
    QVERIFY(!passage.isBroken);
    QCOMPARE(QString::fromStdString(passage.receivedBody), changed);
}

void TestResponseTransformer::changesWhatIsJson_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<bool>("isJson");
    QTest::newRow("plain") << "application/json" << true;
    QTest::newRow("upper case") << "Application/JSON" << true;
    QTest::newRow("with a charset") << "application/json; charset=latin1" << true;
    QTest::newRow("suffix") << "application/hal+json" << true;
    QTest::newRow("one of two") << "text/plain, application/json" << true;
    QTest::newRow("text") << "text/plain" << false;
    QTest::newRow("alike") << "application/jsonp" << false;
}

void TestResponseTransformer::changesWhatIsJson()
{
    QFETCH(QString, type);
    QFETCH(bool, isJson);
    Sent sent = jsonResponse("{}");
    sent.responseHeaders = {{"Content-Type", type.toStdString()}};
    const Passage passage(snapshotOf(configuration(R"({"add": {"json": ["a:x"]}})")), sent);
    QCOMPARE(passage.receivedBody, std::string(isJson ? R"({"a":"x"})" : "{}"));
}

void TestResponseTransformer::breaksOverScalars()
{
    const std::string config = configuration(R"({"add": {"json": ["a:x"]}})");
    QVERIFY(Passage(snapshotOf(config), jsonResponse("\"text\"")).isBroken);
    const Passage strict(snapshotOf(config, Conduct::Strict), jsonResponse("\"text\""));
    QVERIFY(!strict.isBroken);
    QCOMPARE(strict.receivedBody, std::string("\"text\""));
}

void TestResponseTransformer::changesAnswersOfTheGateway()
{
    const Passage passage(snapshotOf(configuration(R"({"add": {"json": ["a:x"], "headers": ["X-A:1"]}})")),
                          {.target = "/t"});
    QCOMPARE(passage.received("X-A"), std::string("1"));
    QCOMPARE(passage.receivedBody, std::string(R"({"message":"m","a":"x"})"));
}

void TestResponseTransformer::tracesWhatItChanged()
{
    const Passage passage(snapshotOf(configuration(R"({"add": {"json": ["a:x"], "headers": ["X-A:1"]}})")),
                          jsonResponse("{}"), true);
    const auto& steps = passage.exchange.trace->steps;
    const auto step = std::ranges::find(steps, "response-transformer", &Step::name);
    QVERIFY(step != steps.end());
    QCOMPARE(step->phase, Phase::HeaderFilter);
    QCOMPARE(step->responseChanges.size(), std::size_t(1));
    QCOMPARE(step->responseChanges[0].name, std::string("X-A"));
    QCOMPARE(step->responseBody, std::optional(BodyChange{"{}", R"({"a":"x"})", 2, 9}));
    QCOMPARE(step->findings.size(), std::size_t(2));
    QCOMPARE(step->findings[1].state, Finding::State::Passed);
}

void TestResponseTransformer::refuses_data()
{
    QTest::addColumn<QString>("config");
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("text");
    QTest::newRow("no colon") << R"({"add": {"headers": ["x"]}})"
                              << "config.add.headers"
                              << "invalid value: x";
    QTest::newRow("bad new name") << R"({"rename": {"headers": ["a:b c"]}})"
                                  << "config.rename.headers"
                                  << "'b c' is not a valid header";
    QTest::newRow("unknown type") << R"({"add": {"json": ["a:1"], "json_types": ["date"]}})"
                                  << "config.add.json_types"
                                  << "expected one of: boolean, number, string";
}

void TestResponseTransformer::refuses()
{
    QFETCH(QString, config);
    QFETCH(QString, field);
    QFETCH(QString, text);
    ConfigurationReport report;
    QVERIFY(!buildSnapshot(json(configuration(config)), {}, &report));
    QVERIFY(!report.problems.empty());
    QCOMPARE(QString::fromStdString(report.problems[0].message), text);
    QVERIFY2(report.problems[0].field.starts_with(field.toStdString()), report.problems[0].field.c_str());
}

QTEST_APPLESS_MAIN(TestResponseTransformer)
#include "tst_response_transformer.moc"
