// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gateway/gatewaybench.h"

using namespace claimsmith;
using namespace claimsmith::gateway;
using namespace claimsmith::gateway::testing;

class TestRequestTransformerAdvanced : public QObject
{
    Q_OBJECT

private slots:
    void isUnknownToTheOpenSourceEdition();
    void changesBody_data();
    void changesBody();
    void rewritesThePathByAHeader();
};

namespace {

std::shared_ptr<const Snapshot> snapshotWith(const std::string& config, Edition edition, ConfigurationReport& report)
{
    BuildOptions options;
    options.edition = edition;
    auto built = buildSnapshot(
        json(
            R"({"_format_version": "3.0", "services": [{"name": "s", "host": "a", "routes": [{"name": "r", "paths": ["/r"], "plugins": [
        {"name": "request-transformer-advanced", "config": )" +
            config + "}]}]}]}"),
        options, &report);
    return built ? *built : nullptr;
}

Passage pass(const std::string& config, const Sent& sent)
{
    ConfigurationReport report;
    auto snapshot = snapshotWith(config, Edition::Enterprise, report);
    if (!snapshot)
        qFatal("refused: %s", report.problems.front().message.c_str());
    return {std::move(snapshot), sent};
}

} // namespace

void TestRequestTransformerAdvanced::isUnknownToTheOpenSourceEdition()
{
    ConfigurationReport report;
    QVERIFY(!snapshotWith("{}", Edition::OpenSource, report));
    QCOMPARE(report.problems.front().message,
             std::string("plugin 'request-transformer-advanced' not enabled; add it to "
                         "the 'plugins' configuration property"));
    QVERIFY(snapshotWith("{}", Edition::Enterprise, report));
}

void TestRequestTransformerAdvanced::changesBody_data()
{
    QTest::addColumn<QString>("config");
    QTest::addColumn<QString>("body");
    QTest::addColumn<QString>("expected");
    QTest::newRow("types by position")
        << R"({"add": {"body": ["a:5", "b:true", "c:no", "d:x", "e:x"], "json_types": ["number", "boolean", "boolean", "string"]}})"
        << "{}"
        << R"({"a":5,"b":true,"c":false,"d":"x","e":"x"})";
    QTest::newRow("a number that is none does nothing") << R"({"replace": {"body": ["a:x"], "json_types": ["number"]}})"
                                                        << R"({"a":1})"
                                                        << "";
    QTest::newRow("only what is allowed") << R"({"allow": {"body": ["a", "n"]}, "add": {"body": ["n:1", "m:1"]}})"
                                          << R"({"a":1,"b":2})"
                                          << R"({"a":1,"n":"1"})";
    QTest::newRow("dots belong to names") << R"({"remove": {"body": ["a.b"]}})"
                                          << R"({"a.b":1,"a":{"b":1}})"
                                          << R"({"a":{"b":1}})";
    QTest::newRow("dots descend") << R"({"dots_in_keys": false, "remove": {"body": ["a.b"]}})"
                                  << R"({"a.b":1,"a":{"b":1,"c":2}})"
                                  << R"({"a.b":1,"a":{"c":2}})";
    QTest::newRow("every element")
        << R"({"dots_in_keys": false, "replace": {"body": ["customers[*].info.phone:hidden"]}})"
        << R"({"customers":[{"info":{"phone":1}},{"info":{}},{"info":{"phone":2}}]})"
        << R"({"customers":[{"info":{"phone":"hidden"}},{"info":{}},{"info":{"phone":"hidden"}}]})";
    QTest::newRow("one element, counted from 1") << R"({"dots_in_keys": false, "remove": {"body": ["l[2]", "l[9]"]}})"
                                                 << R"({"l":[1,2,3]})"
                                                 << R"({"l":[1,3]})";
    QTest::newRow("all elements go") << R"({"dots_in_keys": false, "remove": {"body": ["l[*]"]}})"
                                     << R"({"l":[1,2,3]})"
                                     << R"({"l":[]})";
    QTest::newRow("rename within") << R"({"dots_in_keys": false, "rename": {"body": ["a.b:c.d"]}})"
                                   << R"({"a":{"b":1},"c":{}})"
                                   << R"({"a":{},"c":{"d":1}})";
}

void TestRequestTransformerAdvanced::changesBody()
{
    QFETCH(QString, config);
    QFETCH(QString, body);
    QFETCH(QString, expected);
    const Passage passage = pass(config.toStdString(), {.method = "POST",
                                                        .target = "/r",
                                                        .headers = {{"Content-Type", "application/json"}},
                                                        .body = body.toStdString()});
    QVERIFY(passage.isProxied());
    QCOMPARE(QString::fromStdString(passage.exchange.upstream.body.value_or("")), expected);
}

/// The claim-routing scenario: openid-connect copied a claim to a header, the path follows it.
void TestRequestTransformerAdvanced::rewritesThePathByAHeader()
{
    const Passage passage = pass(R"J({"replace": {"uri": "/$(headers['bank'])"}})J",
                                 {.target = "/r/x", .headers = {{"bank", "great-discount"}}});
    QCOMPARE(passage.exchange.upstream.path, std::string("/great-discount"));
}

QTEST_APPLESS_MAIN(TestRequestTransformerAdvanced)
#include "tst_request_transformer_advanced.moc"
