// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gateway/gatewaybench.h"

#include <algorithm>

using namespace claimsmith;
using namespace claimsmith::gateway;
using namespace claimsmith::gateway::testing;

/// State files of decK (kong-admin-deck.md §3), which the enterprise edition reads.
class TestDeck : public QObject
{
    Q_OBJECT

private slots:
    void completes_data();
    void completes();
    void refuses_data();
    void refuses();
    void isUnknownToOpenSource_data();
    void isUnknownToOpenSource();
    void keepsDigests();
    void readsWhatDeckDumps();
    void resolvesReferences_data();
    void resolvesReferences();
    void notes_data();
    void notes();
    void locatesNotes();
};

namespace {

std::string document(const QString& rest)
{
    return R"({"_format_version": "3.0", )" + rest.toStdString() + "}";
}

Result<std::shared_ptr<const Snapshot>> build(const QString& rest, ConfigurationReport& report,
                                              Edition edition = Edition::Enterprise)
{
    BuildOptions options;
    options.edition = edition;
    return buildSnapshot(json(document(rest)), options, &report);
}

std::string firstMessage(const ConfigurationReport& report)
{
    return report.problems.empty() ? std::string("no problem") : report.problems.front().message;
}

/// "services.0.tags": a field of the entity at that position of its kind, as JSON.
QString fieldAt(const Snapshot& snapshot, const QString& path)
{
    const QStringList parts = path.split('.');
    const auto& rows = snapshot.entities().all(parts[0].toStdString());
    const auto position = static_cast<std::size_t>(parts[1].toInt());
    if (position >= rows.size())
        return "no entity";
    const document::Value fields(rows[position]->fields);
    const document::Value* value = fields.at("/" + parts.mid(2).join('/').toStdString());
    return value ? QString::fromStdString(document::toJson(*value)) : QString("absent");
}

} // namespace

void TestDeck::completes_data()
{
    QTest::addColumn<QString>("rest");
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* name, const char* rest, const char* field, const char* expected) {
        QTest::newRow(name) << QString(rest) << QString(field) << QString(expected);
    };
    const char* const tagged =
        R"("_info": {"select_tags": ["team", "edge"]}, "services": [{"name": "s", "host": "a", "tags": ["own", "edge"],
           "routes": [{"name": "r", "paths": ["/"]}], "plugins": [{"name": "cors"}]}],
           "consumers": [{"username": "ana", "keyauth_credentials": [{"key": "k"}]}],
           "upstreams": [{"name": "u", "targets": [{"target": "a:1"}]}], "consumer_groups": [{"name": "g"}])";
    row("tags of a service", tagged, "services.0.tags", R"(["own","edge","team"])");
    row("tags of a route", tagged, "routes.0.tags", R"(["team","edge"])");
    row("tags of a plugin", tagged, "plugins.0.tags", R"(["team","edge"])");
    row("tags of a consumer", tagged, "consumers.0.tags", R"(["team","edge"])");
    row("tags of a credential", tagged, "keyauth_credentials.0.tags", R"(["team","edge"])");
    row("tags of a target", tagged, "targets.0.tags", R"(["team","edge"])");
    row("tags of a group", tagged, "consumer_groups.0.tags", R"(["team","edge"])");

    const char* const defaults =
        R"("_info": {"defaults": {"service": {"retries": 2, "port": 8080, "tags": ["d"]},
             "route": {"strip_path": false, "protocols": ["https"]}, "target": {"weight": 7},
             "upstream": {"slots": 100, "hash_on": "ip", "healthchecks": {"threshold": 5, "active": {"timeout": 3}}}}},
           "services": [{"name": "s", "host": "a", "retries": 9, "port": null,
             "routes": [{"name": "r", "paths": ["/"], "strip_path": true}, {"name": "q", "paths": ["/q"]}]},
             {"name": "t", "url": "http://b:81/x"}],
           "upstreams": [{"name": "u", "healthchecks": {"active": {"concurrency": 4}}, "targets": [{"target": "a:1"}]}])";
    row("a default", defaults, "routes.1.strip_path", "false");
    row("a default of a list", defaults, "routes.0.protocols", R"(["https"])");
    row("what is given wins", defaults, "services.0.retries", "9");
    row("false and true are given", defaults, "routes.0.strip_path", "true");
    row("null is not", defaults, "services.0.port", "8080");
    row("a url wins", defaults, "services.1.port", "81");
    row("default tags", defaults, "services.1.tags", R"(["d"])");
    row("a default of a target", defaults, "targets.0.weight", "7");
    row("a default within records", defaults, "upstreams.0.healthchecks.active.timeout", "3");
    row("what is given within records", defaults, "upstreams.0.healthchecks.active.concurrency", "4");
    row("a default beside a record", defaults, "upstreams.0.healthchecks.threshold", "5");
    row("what a default entails", defaults, "upstreams.0.algorithm", R"("consistent-hashing")");

    const char* const shared =
        R"("_plugin_configs": {"limits": {"minute": 5, "hour": 6, "redis": {"host": "r", "port": 7}}},
           "plugins": [{"name": "rate-limiting", "_config": "limits", "config": {"hour": 9, "redis": {"port": 8}}}])";
    row("a shared configuration", shared, "plugins.0.config.minute", "5");
    row("over a shared configuration", shared, "plugins.0.config.hour", "9");
    row("a record of a shared configuration", shared, "plugins.0.config.redis.host", R"("r")");
    row("over a record of a shared configuration", shared, "plugins.0.config.redis.port", "8");
    row("alone",
        R"("_plugin_configs": {"limits": {"minute": 5}}, "plugins": [{"name": "rate-limiting", "_config": "limits"}])",
        "plugins.0.config.minute", "5");

    row("a reference by name",
        R"("services": [{"name": "s", "host": "a", "id": "0f100000-0000-4000-8000-000000000001"}],
           "routes": [{"name": "r", "paths": ["/"], "service": {"name": "s"}}])",
        "routes.0.service.id", R"("0f100000-0000-4000-8000-000000000001")");
}

void TestDeck::completes()
{
    QFETCH(QString, rest);
    QFETCH(QString, field);
    QFETCH(QString, expected);
    ConfigurationReport report;
    const auto snapshot = build(rest, report);
    QVERIFY2(snapshot, firstMessage(report).c_str());
    QCOMPARE(fieldAt(**snapshot, field), expected);
}

void TestDeck::refuses_data()
{
    QTest::addColumn<QString>("rest");
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QString>("text");
    const auto row = [](const char* name, const char* rest, const char* pointer, const char* text) {
        QTest::newRow(name) << QString(rest) << QString(pointer) << QString(text);
    };
    row("no record", R"("_info": [1])", "/_info", "expected a record");
    row("an unknown member", R"("_info": {"colour": 1})", "/_info", "unknown field");
    row("tags of another type", R"("_info": {"select_tags": "edge"})", "/_info", "expected a set");
    row("defaults of an id", R"("_info": {"defaults": {"service": {"id": "x", "name": "y"}}})", "/_info",
        "service defaults cannot have these restricted fields set: id, name");
    row("defaults of a target", R"("_info": {"defaults": {"target": {"target": "x"}}})", "/_info",
        "target defaults cannot have these restricted fields set: target");
    row("defaults of another kind", R"("_info": {"defaults": {"consumer": {}}})", "/_info", "unknown field");
    row("defaults that are none", R"("_info": {"defaults": {"route": 1}})", "/_info", "expected a record");
    row("a default that breaks the schema",
        R"("_info": {"defaults": {"service": {"retries": "x"}}}, "services": [{"name": "s", "host": "a"}])",
        "/services/0/retries", "expected an integer");
    row("no map of configurations", R"("_plugin_configs": {"a": 1})", "/_plugin_configs", "expected a map");
    row("an unknown configuration", R"("plugins": [{"name": "cors", "_config": "x"}])", "/plugins/0/_config",
        R"(_plugin_config "x" not found)");
    row("a configuration of another type", R"("plugins": [{"name": "cors", "_config": 1}])", "/plugins/0/_config",
        "expected a string");
}

void TestDeck::refuses()
{
    QFETCH(QString, rest);
    QFETCH(QString, pointer);
    QFETCH(QString, text);
    ConfigurationReport report;
    QVERIFY(!build(rest, report));
    QCOMPARE(QString::fromStdString(report.problems.front().place.pointer), pointer);
    QCOMPARE(QString::fromStdString(firstMessage(report)), text);
}

void TestDeck::isUnknownToOpenSource_data()
{
    QTest::addColumn<QString>("rest");
    QTest::newRow("_info") << R"("_info": {"select_tags": ["a"]})";
    QTest::newRow("_konnect") << R"("_konnect": {"control_plane_name": "a"})";
    QTest::newRow("_workspace") << R"("_workspace": "a")";
    QTest::newRow("_plugin_configs") << R"("_plugin_configs": {})";
    QTest::newRow("licenses") << R"("licenses": [])";
    QTest::newRow("_config") << R"("plugins": [{"name": "cors", "_config": "a"}])";
}

void TestDeck::isUnknownToOpenSource()
{
    QFETCH(QString, rest);
    ConfigurationReport report;
    QVERIFY(!build(rest, report, Edition::OpenSource));
    QCOMPARE(firstMessage(report), std::string("unknown field"));
}

void TestDeck::keepsDigests()
{
    const QString consumer =
        R"("consumers": [{"username": "ana", "basicauth_credentials": [{"username": "u", "password": "p"}]}])";
    ConfigurationReport report;
    const auto made = build(consumer, report);
    const auto kept = build(R"("_info": {"skip_hash_for_basic_auth": true}, )" + consumer, report);
    QVERIFY(made && kept);
    QVERIFY(fieldAt(**made, "basicauth_credentials.0.password") != QString("\"p\""));
    QCOMPARE(fieldAt(**kept, "basicauth_credentials.0.password"), QString("\"p\""));
}

void TestDeck::readsWhatDeckDumps()
{
    BuildOptions options;
    ConfigurationReport report;
    const auto snapshot = loadSnapshot(R"(_format_version: "3.0"
_info:
  defaults: {}
  select_tags:
  - edge
_konnect:
  control_plane_name: default
_plugin_configs:
  strict:
    deny:
    - 10.0.0.0/8
consumer_groups:
- name: gold
  plugins:
  - config:
      minute: 5
      policy: local
    name: rate-limiting
    instance_name: for-gold
consumers:
- acls:
  - group: staff
    tags:
    - edge
  groups:
  - name: gold
    tags:
    - edge
  keyauth_credentials:
  - key: k
  plugins:
  - name: correlation-id
  username: ana
key_sets:
- name: ks
plugins:
- name: cors
  enabled: true
  protocols: [grpc, grpcs, http, https]
  ordering:
    before:
      access: [key-auth]
routes:
- hosts: [a.test]
  name: alone
services:
- host: u.test
  name: s
  connect_timeout: 60000
  plugins:
  - _config: strict
    name: ip-restriction
  routes:
  - name: r
    https_redirect_status_code: 426
    path_handling: v0
    paths: [/r]
    plugins:
    - name: key-auth
upstreams:
- name: u.test
  algorithm: round-robin
  healthchecks:
    active:
      type: http
      healthy: {interval: 0}
  targets:
  - target: 127.0.0.1:9
    weight: 100
vaults:
- config:
    prefix: KONG_
  name: env
  prefix: my-env
)",
                                       "kong.yml", options, &report);
    QVERIFY2(snapshot, firstMessage(report).c_str());
    QCOMPARE((*snapshot)->plugins().size(), std::size_t(5));
    QStringList rules;
    for (const Problem& note : report.notes)
        rules << QString::fromStdString(note.rule);
    QCOMPARE(rules.join(' '), QString("konnect plugin-ordering vault"));
}

void TestDeck::resolvesReferences_data()
{
    QTest::addColumn<QString>("written");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("expected");
    QTest::newRow("a number without quotes") << R"(${{ env "DECK_X" }})"
                                             << "81"
                                             << "81";
    QTest::newRow("a number in quotes") << R"('${{ env "DECK_X" }}')"
                                        << "81"
                                        << R"("81")";
    QTest::newRow("a number asked for") << R"('${{ env "DECK_X" | toInt }}')"
                                        << "81"
                                        << "81";
    QTest::newRow("a truth without quotes") << R"(${{ env "DECK_X" }})"
                                            << "true"
                                            << "true";
    QTest::newRow("a list without quotes") << R"(${{ env "DECK_X" }})"
                                           << "[a, b]"
                                           << R"(["a","b"])";
    QTest::newRow("a text without quotes") << R"(${{ env "DECK_X" }})"
                                           << "a # b"
                                           << R"("a # b")";
    QTest::newRow("what is no YAML") << R"(${{ env "DECK_X" }})"
                                     << "[a"
                                     << R"("[a")";
    QTest::newRow("lines") << R"(${{ env "DECK_X" }})"
                           << "a\nb"
                           << R"("a\nb")";
    QTest::newRow("indented lines") << R"('${{ env "DECK_X" | indent 4 }}')"
                                    << "a\nb"
                                    << R"("a\nb")";
    QTest::newRow("within a text") << R"(a${{ env "DECK_X" }}b)"
                                   << "1"
                                   << R"("a1b")";
}

/// The reference stands where anything may: nothing checks the members of `_ignore`.
void TestDeck::resolvesReferences()
{
    QFETCH(QString, written);
    QFETCH(QString, value);
    QFETCH(QString, expected);
    BuildOptions options;
    options.resolveReference = [&](std::string_view name) {
        return name == "DECK_X" ? std::optional(value.toStdString()) : std::nullopt;
    };
    const std::string text = "_format_version: \"3.0\"\n_ignore:\n- " + written.toStdString() + "\n";
    const auto snapshot = loadSnapshot(text, "kong.yml", options);
    QVERIFY(snapshot);
    QCOMPARE(QString::fromStdString(document::toJson(*(*snapshot)->document().at("/_ignore/0"))), expected);
}

void TestDeck::notes_data()
{
    QTest::addColumn<QString>("rest");
    QTest::addColumn<QString>("expected"); // "rule at pointer"; empty: nothing
    const auto row = [](const char* name, const char* rest, const char* expected) {
        QTest::newRow(name) << QString(rest) << QString(expected);
    };
    row("nothing", R"("services": [{"name": "s", "host": "a"}])", "");
    row("ordering", R"("plugins": [{"name": "cors", "ordering": {"before": {"access": ["acl"]}}}])",
        "plugin-ordering at /plugins/0/ordering");
    row("empty ordering", R"("plugins": [{"name": "cors", "ordering": {}}])", "");
    row("WebSockets", R"("plugins": [{"name": "key-auth", "protocols": ["http", "wss"]}])",
        "websocket-protocol at /plugins/0/protocols/1");
    row("a vault", R"("vaults": [{"name": "env", "prefix": "my-env", "config": {}}])", "vault at /vaults/0");
    row("a reference to a vault",
        R"("plugins": [{"name": "http-log", "config": {"http_endpoint": "{vault://env/endpoint}"}}])",
        "vault-reference at /plugins/0/config/http_endpoint");
    row("a stream's route", R"("routes": [{"name": "r", "protocols": ["tcp"], "destinations": [{"port": 9}]}])",
        "stream-route at /routes/0/protocols/0");
    row("a service of another protocol", R"("services": [{"name": "s", "host": "a", "protocol": "grpc"}])",
        "service-protocol at /services/0/protocol");
    row("checks of connections",
        R"("upstreams": [{"name": "u", "healthchecks": {"active": {"type": "tcp", "healthy": {"interval": 1}}}}])",
        "tcp-health-checks at /upstreams/0/healthchecks/active/type");
    row("checks that are off", R"("upstreams": [{"name": "u", "healthchecks": {"active": {"type": "tcp"}}}])", "");
    row("checks of gRPC",
        R"("upstreams": [{"name": "u", "healthchecks": {"active": {"type": "grpc", "unhealthy": {"interval": 1}}}}])",
        "grpc-health-checks at /upstreams/0/healthchecks/active/type");
    row("service records", R"("upstreams": [{"name": "u", "use_srv_name": true}])",
        "srv-names at /upstreams/0/use_srv_name");
    row("OAuth 2.0", R"("consumers": [{"username": "a", "oauth2_credentials": [{"name": "n"}]}])",
        "oauth2-credential at /consumers/0/oauth2_credentials/0");
    row("a control plane", R"("_konnect": {"control_plane_name": "a"})", "konnect at /_konnect");
    row("a workspace", R"("_workspace": "a")", "workspace at /_workspace");
    row("other entities", R"("_info": {"default_lookup_tags": {"services": ["a"]}})",
        "lookup-tags at /_info/default_lookup_tags");
    row("overrides", R"("_info": {"consumer_group_policy_overrides": true})",
        "group-overrides at /_info/consumer_group_policy_overrides");
    row("no overrides", R"("_info": {"consumer_group_policy_overrides": false})", "");
    row("roles", R"("rbac_roles": [{"name": "a"}])", "not-kept at /rbac_roles");
}

void TestDeck::notes()
{
    QFETCH(QString, rest);
    QFETCH(QString, expected);
    ConfigurationReport report;
    const auto snapshot = build(rest, report);
    QVERIFY2(snapshot, firstMessage(report).c_str());
    QStringList found;
    for (const Problem& note : report.notes) {
        found << QString::fromStdString(note.rule + " at " + note.place.pointer);
        QVERIFY(!note.message.empty());
        QVERIFY((*snapshot)->document().at(note.place.pointer) != nullptr);
    }
    QCOMPARE(found.join("; "), expected);
}

void TestDeck::locatesNotes()
{
    ConfigurationReport report;
    const auto snapshot = loadSnapshot("_format_version: \"3.0\"\nupstreams:\n- name: u\n  use_srv_name: true\n"
                                       "routes:\n- name: r\n  protocols: [udp]\n  sources: [{port: 1}]\n",
                                       "kong.yml", {}, &report);
    QVERIFY(snapshot);
    QCOMPARE(report.notes.size(), std::size_t(2));
    QCOMPARE(report.notes[0].place.line, std::size_t(4));
    QCOMPARE(report.notes[0].place.file, std::string("kong.yml"));
    QCOMPARE(report.notes[1].place.line, std::size_t(7));
}

QTEST_APPLESS_MAIN(TestDeck)
#include "tst_deck.moc"
