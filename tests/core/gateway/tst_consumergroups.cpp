// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gateway/gatewaybench.h"
#include "gateway/declarative/dump.h"
#include "gateway/plugins/all.h"

#include <algorithm>

using namespace claimsmith;
using namespace claimsmith::gateway;
using namespace claimsmith::gateway::testing;

/// Consumer groups of the enterprise edition, from the document to the plugin that runs (kong-plugins.md A3.4,
/// kong-admin-deck.md §3.2).
class TestConsumerGroups : public QObject
{
    Q_OBJECT

private slots:
    void readsMemberships_data();
    void readsMemberships();
    void refuses_data();
    void refuses();
    void isUnknownToOpenSource_data();
    void isUnknownToOpenSource();
    void dumpsWhatItReads();
    void isForbiddenOnce();
    void choosesMostSpecific_data();
    void choosesMostSpecific();
    void countsInAccessLists_data();
    void countsInAccessLists();
};

namespace {

std::string document(const std::string& rest)
{
    return R"({"_format_version": "3.0", )" + rest + "}";
}

Result<std::shared_ptr<const Snapshot>> build(const std::string& rest, ConfigurationReport& report,
                                              Edition edition = Edition::Enterprise)
{
    BuildOptions options;
    options.edition = edition;
    return buildSnapshot(json(document(rest)), options, &report);
}

/// "ana: gold silver; bob: ;"
QString memberships(const Snapshot& snapshot)
{
    QString text;
    for (const auto& consumer : snapshot.consumers()) {
        text += QString::fromStdString(consumer->username) + ":";
        for (const ConsumerGroup* group : consumer->groups)
            text += " " + QString::fromStdString(group->name);
        text += "; ";
    }
    return text.trimmed();
}

} // namespace

void TestConsumerGroups::readsMemberships_data()
{
    QTest::addColumn<QString>("rest");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* name, const char* rest, const char* expected) {
        QTest::newRow(name) << QString(rest) << QString(expected);
    };
    row("groups of a consumer",
        R"("consumers": [{"username": "ana", "groups": [{"name": "silver"}, {"name": "gold"}]}, {"username": "bob"}],
           "consumer_groups": [{"name": "gold"}, {"name": "silver"}])",
        "ana: gold silver; bob:;");
    row("consumers of a group",
        R"("consumers": [{"username": "ana"}, {"username": "bob"}],
           "consumer_groups": [{"name": "gold", "consumers": [{"username": "bob"}, {"username": "ana"}]}])",
        "ana: gold; bob: gold;");
    row("by id",
        R"("consumers": [{"username": "ana", "groups": [{"id": "0f100000-0000-4000-8000-000000000001"}]}],
           "consumer_groups": [{"name": "gold", "id": "0f100000-0000-4000-8000-000000000001"}])",
        "ana: gold;");
    row("with what decK writes beside the name",
        R"("consumers": [{"username": "ana", "groups": [{"name": "gold", "tags": ["t"]}]}],
           "consumer_groups": [{"name": "gold", "tags": ["t"]}])",
        "ana: gold;");
    row("a flat list",
        R"("consumers": [{"username": "ana"}], "consumer_groups": [{"name": "gold"}],
           "consumer_group_consumers": [{"consumer": "ana", "consumer_group": "gold"}])",
        "ana: gold;");
    row("nested by the kind's own name",
        R"("consumers": [{"username": "ana", "consumer_group_consumers": [{"consumer_group": "gold"}]}],
           "consumer_groups": [{"name": "gold"}])",
        "ana: gold;");
    row("said from both sides",
        R"("consumers": [{"username": "ana", "groups": [{"name": "gold"}]}],
           "consumer_groups": [{"name": "gold", "consumers": [{"username": "ana"}]}],
           "consumer_group_consumers": [{"consumer": "ana", "consumer_group": "gold"}])",
        "ana: gold;");
}

void TestConsumerGroups::readsMemberships()
{
    QFETCH(QString, rest);
    QFETCH(QString, expected);
    ConfigurationReport report;
    const auto snapshot = build(rest.toStdString(), report);
    QVERIFY2(snapshot, report.problems.empty() ? "" : report.problems.front().message.c_str());
    QCOMPARE(memberships(**snapshot), expected);
    for (const auto& membership : (*snapshot)->entities().all("consumer_group_consumers"))
        QVERIFY((*snapshot)->document().at(membership->pointer) != nullptr);
}

void TestConsumerGroups::refuses_data()
{
    QTest::addColumn<QString>("rest");
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QString>("text");
    const auto row = [](const char* name, const char* rest, const char* pointer, const char* text) {
        QTest::newRow(name) << QString(rest) << QString(pointer) << QString(text);
    };
    row("a group without a name", R"("consumer_groups": [{"tags": ["t"]}])", "/consumer_groups/0/name",
        "required field missing");
    row("two of a name", R"("consumer_groups": [{"name": "g"}, {"name": "g"}])", "/consumer_groups/1/name",
        "uniqueness violation: 'consumer_groups' entity with name set to 'g' already declared");
    row("an unknown group", R"("consumers": [{"username": "ana", "groups": [{"name": "gold"}]}])",
        "/consumers/0/groups/0/consumer_group",
        "invalid reference 'consumer_group: gold' (no such entry in 'consumer_groups')");
    row("an unknown consumer", R"("consumer_groups": [{"name": "gold", "consumers": [{"username": "ana"}]}])",
        "/consumer_groups/0/consumers/0/consumer", "invalid reference 'consumer: ana' (no such entry in 'consumers')");
    row("a group without a name in a consumer", R"("consumers": [{"username": "ana", "groups": [{}]}])",
        "/consumers/0/groups/0/name", "required field missing");
    row("a name of another type", R"("consumers": [{"username": "ana", "groups": [{"name": 1}]}])",
        "/consumers/0/groups/0/name", "expected a string");
    row("an unknown field", R"("consumers": [{"username": "ana", "groups": [{"name": "gold", "nme": 1}]}])",
        "/consumers/0/groups/0/nme", "unknown field");
    row("a name instead of an object", R"("consumers": [{"username": "ana", "groups": ["gold"]}])",
        "/consumers/0/groups/0", "expected a record");
    row("no list", R"("consumers": [{"username": "ana", "groups": "gold"}])", "/consumers/0/groups",
        "expected an array");
    row("authentication for a group",
        R"("consumer_groups": [{"name": "gold"}], "plugins": [{"name": "key-auth", "consumer_group": "gold"}])",
        "/plugins/0/consumer_group", "value must be null");
}

void TestConsumerGroups::refuses()
{
    QFETCH(QString, rest);
    QFETCH(QString, pointer);
    QFETCH(QString, text);
    ConfigurationReport report;
    QVERIFY(!build(rest.toStdString(), report));
    QCOMPARE(QString::fromStdString(report.problems.front().place.pointer), pointer);
    QCOMPARE(QString::fromStdString(report.problems.front().message), text);
    QVERIFY(!report.fields.empty());
}

void TestConsumerGroups::isUnknownToOpenSource_data()
{
    QTest::addColumn<QString>("rest");
    QTest::addColumn<QString>("pointer");
    QTest::newRow("groups") << R"("consumer_groups": [{"name": "g"}])"
                            << "/consumer_groups";
    QTest::newRow("memberships") << R"("consumer_group_consumers": [])"
                                 << "/consumer_group_consumers";
    QTest::newRow("groups of a consumer") << R"("consumers": [{"username": "a", "groups": [{"name": "g"}]}])"
                                          << "/consumers/0/groups";
    QTest::newRow("a plugin's group") << R"("plugins": [{"name": "cors", "consumer_group": "g"}])"
                                      << "/plugins/0/consumer_group";
    QTest::newRow("a plugin's order") << R"("plugins": [{"name": "cors", "ordering": {"before": {"access": ["acl"]}}}])"
                                      << "/plugins/0/ordering";
    QTest::newRow("groups in access lists")
        << R"("plugins": [{"name": "acl", "config": {"allow": ["g"], "include_consumer_groups": true}}])"
        << "/plugins/0/config/include_consumer_groups";
}

void TestConsumerGroups::isUnknownToOpenSource()
{
    QFETCH(QString, rest);
    QFETCH(QString, pointer);
    ConfigurationReport report;
    QVERIFY(!build(rest.toStdString(), report, Edition::OpenSource));
    QCOMPARE(QString::fromStdString(report.problems.front().place.pointer), pointer);
    QCOMPARE(report.problems.front().message, std::string("unknown field"));
}

void TestConsumerGroups::dumpsWhatItReads()
{
    ConfigurationReport report;
    const auto first = build(R"("consumers": [{"username": "ana", "groups": [{"name": "gold"}]}],
        "consumer_groups": [{"name": "gold", "plugins": [{"name": "correlation-id"}]}],
        "plugins": [{"name": "correlation-id"}])",
                             report);
    QVERIFY(first);
    BuildOptions options;
    options.now = {};
    const document::Value dumped(declarative::dumpEntities((*first)->entities()));
    const auto second = buildSnapshot(dumped, options);
    QVERIFY(second);
    QCOMPARE(memberships(**second), QString("ana: gold;"));
    QCOMPARE(document::toJson(document::Value(declarative::dumpEntities((*second)->entities()))),
             document::toJson(dumped));
}

/// Whether a plugin's own schema tells of groups or not.
void TestConsumerGroups::isForbiddenOnce()
{
    for (const PluginDescriptor& plugin : allPlugins()) {
        const auto& fields = pluginSchemaOf(plugin, Edition::Enterprise).fields;
        const auto count = std::ranges::count(fields, "consumer_group", &Field::name);
        const Field* consumer = pluginSchemaOf(plugin, Edition::Enterprise).find("consumer");
        QVERIFY2(count == (consumer && consumer->mustBeNull ? 1 : 0), std::string(plugin.name).c_str());
        QVERIFY(entitySchemaOf(plugin).find("consumer_group") != nullptr);
    }
}

namespace {

std::string termination(const std::string& scope, int status)
{
    return R"({"name": "request-termination", )" + scope + R"( "config": {"status_code": )" + std::to_string(status) +
           "}}";
}

std::string withPlugins(const std::string& plugins)
{
    return document(
        R"("services": [{"name": "s", "host": "a", "routes": [{"name": "r", "paths": ["/r"], "plugins": [{"name": "key-auth"}]}]}],
        "consumers": [{"username": "ana", "keyauth_credentials": [{"key": "k"}], "groups": [{"name": "silver"}, {"name": "gold"}]},
                      {"username": "bob", "keyauth_credentials": [{"key": "l"}], "acls": [{"group": "gold"}]}],
        "consumer_groups": [{"name": "gold"}, {"name": "silver"}, {"name": "tin"}], "plugins": [)" +
        plugins + "]");
}

int statusFor(const std::string& configuration, const char* key)
{
    const auto snapshot = snapshotOf(configuration, Conduct::Kong, Edition::Enterprise);
    return Passage(snapshot, {.target = "/r", .headers = {{"apikey", key}}}).status();
}

} // namespace

void TestConsumerGroups::choosesMostSpecific_data()
{
    QTest::addColumn<QString>("scopes");
    QTest::addColumn<int>("member");
    QTest::addColumn<int>("stranger");
    const auto row = [](const char* name, const char* scopes, int member, int stranger) {
        QTest::newRow(name) << QString(scopes) << member << stranger;
    };
    const char* const route = R"("route": "r",)";
    const char* const group = R"("consumer_group": "gold",)";
    row("a group", group, 210, 200);
    row("a group that nobody is in", R"("consumer_group": "tin",)", 200, 200);
    row("a group before everybody", (std::string("|") + group).c_str(), 211, 210);
    row("a route before a group's whole", (std::string(group) + "|" + R"("route": "r","service": "s",)").c_str(), 211,
        211);
    row("a group before a route", (std::string(route) + "|" + group).c_str(), 211, 210);
    row("a consumer before a group", (std::string(group) + "|" + R"("consumer": "ana",)").c_str(), 211, 200);
    row("a group on a route before a consumer", (std::string(R"("consumer": "ana",|)") + group + route).c_str(), 211,
        200);
    row("a group on a service before a consumer",
        (std::string(R"("consumer": "ana",|"service": "s",)") + group).c_str(), 211, 200);
    row("a consumer on a route before a group on it",
        (std::string(group) + route + "|" + R"("consumer": "ana",)" + route).c_str(), 211, 200);
    row("a group on route and service before a consumer on a route",
        (std::string(R"("consumer": "ana","route": "r",|"service": "s",)") + group + route).c_str(), 211, 200);
    row("the first group by name", (std::string(R"("consumer_group": "silver",|)") + group).c_str(), 211, 200);
    row("a group on a route before an earlier name",
        (std::string(group) + R"(|"consumer_group": "silver",)" + route).c_str(), 211, 200);
}

/// Each scope answers with a status of its own: 210 and on.
void TestConsumerGroups::choosesMostSpecific()
{
    QFETCH(QString, scopes);
    QFETCH(int, member);
    QFETCH(int, stranger);
    std::string plugins;
    int status = 210;
    for (const QString& scope : scopes.split('|'))
        plugins += (plugins.empty() ? "" : ", ") + termination(scope.toStdString(), status++);
    QCOMPARE(statusFor(withPlugins(plugins), "k"), member);
    QCOMPARE(statusFor(withPlugins(plugins), "l"), stranger);
}

void TestConsumerGroups::countsInAccessLists_data()
{
    QTest::addColumn<QString>("config");
    QTest::addColumn<int>("member");
    QTest::addColumn<int>("listed"); // bob has gold in `acls`
    QTest::newRow("allowed") << R"({"allow": ["gold"], "include_consumer_groups": true})" << 200 << 200;
    QTest::newRow("denied") << R"({"deny": ["gold"], "include_consumer_groups": true})" << 403 << 403;
    QTest::newRow("not asked for") << R"({"allow": ["gold"]})" << 403 << 200;
}

void TestConsumerGroups::countsInAccessLists()
{
    QFETCH(QString, config);
    QFETCH(int, member);
    QFETCH(int, listed);
    const std::string configuration =
        withPlugins(R"({"name": "acl", "route": "r", "config": )" + config.toStdString() + "}");
    QCOMPARE(statusFor(configuration, "k"), member);
    QCOMPARE(statusFor(configuration, "l"), listed);
}

QTEST_APPLESS_MAIN(TestConsumerGroups)
#include "tst_consumergroups.moc"
