// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gateway/gatewaybench.h"
#include "gateway/validation.h"

using namespace claimsmith;
using namespace claimsmith::gateway;
using namespace claimsmith::gateway::testing;

class TestDeclarative : public QObject
{
    Q_OBJECT

private slots:
    void refuses_data();
    void refuses();
    void tellsLineAndColumn();
    void keepsAllProblems();
    void flattens();
    void makesLastingIds_data();
    void makesLastingIds();
    void fillsDefaults();
    void takesUrlApart();
    void linksFlatEntities();
    void resolvesReferences();
    void namesUnknownReference();
    void readsDeckMembersByEdition();
    void takesWebSocketsByEdition_data();
    void takesWebSocketsByEdition();
    void migratesOldPaths();
    void writesLuaTables();
    void saysNotADocument();
};

namespace {

Result<std::shared_ptr<const Snapshot>> build(std::string_view text, ConfigurationReport& report)
{
    BuildOptions options;
    options.edition = Edition::OpenSource;
    return buildSnapshot(json(text), options, &report);
}

std::string withRest(const std::string& rest)
{
    return R"({"_format_version": "3.0", )" + rest + "}";
}

} // namespace

void TestDeclarative::refuses_data()
{
    QTest::addColumn<QString>("rest");
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QString>("text");
    const auto row = [](const char* name, const char* rest, const char* pointer, const char* text) {
        QTest::newRow(name) << QString(rest) << QString(pointer) << QString(text);
    };
    row("wrong type", R"("services": [{"name": "s", "host": "a", "port": "80"}])", "/services/0/port",
        "expected an integer");
    row("out of range", R"("services": [{"name": "s", "host": "a", "port": 70000}])", "/services/0/port",
        "value should be between 0 and 65535");
    row("unknown field", R"("services": [{"name": "s", "host": "a", "colour": 1}])", "/services/0/colour",
        "unknown field");
    row("missing field", R"("services": [{"name": "s"}])", "/services/0/host", "required field missing");
    row("missing in a url", R"("services": [{"name": "s", "url": "http://"}])", "/services/0/url",
        "required field missing");
    row("name with a space", R"("services": [{"name": "a b", "host": "a"}])", "/services/0/name",
        "invalid value 'a b': the only accepted ascii characters are alphanumerics or ., -, _, and ~");
    row("path only with http", R"("services": [{"name": "s", "host": "a", "protocol": "tcp", "path": "/x"}])",
        "/services/0/path", "value must be null");
    row("element of a set", R"("services": [{"name": "s", "host": "a", "tags": ["ok", "a,b"]}])", "/services/0/tags/1",
        "invalid tag 'a,b': expected printable ascii (except `,` and `/`) or valid utf-8 sequences");
    row("nested route", R"("services": [{"name": "s", "host": "a", "routes": [{"name": "r", "paths": ["x"]}]}])",
        "/services/0/routes/0/paths/0", "should start with: / (fixed path) or ~/ (regex path)");
    row("path not normalised", R"("routes": [{"name": "r", "paths": ["/a/../b"]}])", "/routes/0/paths/0",
        "non-normalized path, consider use '/b' instead");
    row("broken pattern", R"("routes": [{"name": "r", "paths": ["~/a("]}])", "/routes/0/paths/0",
        "invalid regex: '/a(' (PCRE returned: pcre2_compile() failed: missing closing parenthesis in \"/a(\")");
    row("nothing to match by", R"("routes": [{"name": "r"}])", "/routes/0",
        "must set one of 'methods', 'hosts', 'headers', 'paths', 'snis' when 'protocols' is 'https'");
    row("unknown plugin", R"("plugins": [{"name": "nope"}])", "/plugins/0/name",
        "plugin 'nope' not enabled; add it to the 'plugins' configuration property");
    row("setting of a plugin", R"("plugins": [{"name": "jwt", "config": {"claims_to_verify": ["exp", "iat"]}}])",
        "/plugins/0/config/claims_to_verify/1", "expected one of: exp, nbf");
    row("rule over two settings",
        R"("plugins": [{"name": "jwt", "config": {"claims_to_verify": ["nbf"], "maximum_expiration": 9}}])",
        "/plugins/0/config/claims_to_verify", "expected to contain: exp");
    row("plugin that authenticates, for a consumer",
        R"("consumers": [{"username": "c"}], "plugins": [{"name": "jwt", "consumer": "c"}])", "/plugins/0/consumer",
        "value must be null");
    row("consumer without a name", R"("consumers": [{"tags": ["x"]}])", "/consumers/0",
        "at least one of these fields must be non-empty: 'custom_id', 'username'");
    row("key of a credential",
        R"("consumers": [{"username": "c", "jwt_secrets": [{"key": "k", "algorithm": "RS256", "rsa_public_key": "zzz"}]}])",
        "/consumers/0/jwt_secrets/0/rsa_public_key", "invalid key");
    row("dangling reference", R"("jwt_secrets": [{"key": "k", "consumer": "nope"}])", "/jwt_secrets/0/consumer",
        "invalid reference 'consumer: nope' (no such entry in 'consumers')");
    row("name twice", R"("services": [{"name": "s", "host": "a"}, {"name": "s", "host": "b"}])", "/services/1/name",
        "uniqueness violation: 'services' entity with name set to 's' already declared");
    row("unique field twice",
        R"("consumers": [{"username": "a", "custom_id": "x"}, {"username": "b", "custom_id": "x"}])",
        "/consumers/1/custom_id",
        "uniqueness violation: 'consumers' entity with custom_id set to 'x' already declared");
    row("unknown member", R"("consumer_groups": [{"name": "g"}])", "/consumer_groups", "unknown field");
    row("list expected", R"("services": "x")", "/services", "expected an array");
}

void TestDeclarative::refuses()
{
    QFETCH(QString, rest);
    QFETCH(QString, pointer);
    QFETCH(QString, text);
    ConfigurationReport report;
    const auto snapshot = build(withRest(rest.toStdString()), report);
    QVERIFY(!snapshot);
    QCOMPARE(snapshot.error().code, ErrorCode(ConfigurationErrorCode::Refused));
    QVERIFY(!report.problems.empty());
    QCOMPARE(QString::fromStdString(report.problems.front().place.pointer), pointer);
    QCOMPARE(QString::fromStdString(report.problems.front().message), text);
    QVERIFY(!report.fields.empty());
}

void TestDeclarative::tellsLineAndColumn()
{
    ConfigurationReport report;
    const auto snapshot =
        loadSnapshot("_format_version: \"3.0\"\nservices:\n- name: s\n  url: http://a.test\n  retries: many\n",
                     "kong.yml", {}, &report);
    QVERIFY(!snapshot);
    QCOMPARE(snapshot.error().place.line, std::size_t(5));
    QCOMPARE(snapshot.error().place.column, std::size_t(3));
    QCOMPARE(snapshot.error().place.file, std::string("kong.yml"));
    QCOMPARE(report.problems.front().entity, std::string("services"));
    QCOMPARE(report.problems.front().name, std::string("s"));
    QCOMPARE(report.problems.front().field, std::string("retries"));
}

void TestDeclarative::keepsAllProblems()
{
    ConfigurationReport report;
    QVERIFY(!build(
        withRest(
            R"("services": [{"name": "ok", "host": "a"}, {"name": "a b", "port": -1}], "plugins": [{"name": "jwt", "config": {"realm": 5}}])"),
        report));
    QCOMPARE(report.problems.size(), std::size_t(4));
    const document::Value fields(report.fields);
    QVERIFY(fields.at("/services/0")->isNull());
    QCOMPARE(*fields.at("/services/1/port")->asString(), std::string("value should be between 0 and 65535"));
    QCOMPARE(toLuaText(*fields.find("plugins")), std::string("{{config={realm=\"expected a string\"}}}"));
}

void TestDeclarative::flattens()
{
    ConfigurationReport report;
    QVERIFY(!build(
        withRest(
            R"("services": [{"name": "s", "host": "a", "routes": [{"name": "r", "paths": ["bad"], "tags": ["t"]}]}])"),
        report));
    QCOMPARE(report.flattened.size(), std::size_t(1));
    const document::Value& entry = report.flattened.front();
    QCOMPARE(*entry.findString("entity_type"), std::string("route"));
    QCOMPARE(*entry.findString("entity_name"), std::string("r"));
    QCOMPARE(*entry.at("/errors/0/field")->asString(), std::string("paths.1"));
    QVERIFY(report.unflattened.empty());
}

void TestDeclarative::makesLastingIds_data()
{
    QTest::addColumn<QString>("rest");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("id");
    QTest::newRow("service") << R"("services": [{"name": "my-service", "host": "a"}])"
                             << "services"
                             << "0855b320-0dd2-547d-891d-601e9b38647f";
    QTest::newRow("route") << R"("routes": [{"name": "my-route", "paths": ["/"]}])"
                           << "routes"
                           << "481a9539-f49c-51b6-b2e2-fe99ee68866c";
    QTest::newRow("consumer") << R"("consumers": [{"username": "my-user"}])"
                              << "consumers"
                              << "4b1b701d-de2b-5588-9aa2-3b97061d9f52";
    QTest::newRow("global plugin") << R"("plugins": [{"name": "key-auth"}])"
                                   << "plugins"
                                   << "6b4f38d1-e026-540b-a5ea-8634739dd2a7";
    QTest::newRow("given") << R"("services": [{"id": "0a000000-0000-4000-8000-000000000001", "host": "a"}])"
                           << "services"
                           << "0a000000-0000-4000-8000-000000000001";
}

/// Vectors of Kong's own tests (kong-core.md §6.4).
void TestDeclarative::makesLastingIds()
{
    QFETCH(QString, rest);
    QFETCH(QString, type);
    QFETCH(QString, id);
    ConfigurationReport report;
    const auto snapshot = build(withRest(rest.toStdString()), report);
    CLAIMSMITH_VERIFY_RESULT(snapshot);
    QCOMPARE(QString::fromStdString((*snapshot)->entities().all(type.toStdString()).front()->id), id);
}

void TestDeclarative::fillsDefaults()
{
    const auto snapshot = snapshotOf(withRest(
        R"("services": [{"name": "s", "host": "a", "tags": ["x", "x"]}], "consumers": [{"username": "c", "jwt_secrets": [{}]}])"));
    const Entity& service = *snapshot->entities().all("services").front();
    QCOMPARE(service.fields.find("retries")->asNumber()->text(), std::string("5"));
    QCOMPARE(service.fields.find("tags")->asArray()->size(), std::size_t(1));
    QVERIFY(service.fields.find("path")->isNull());
    QVERIFY(!service.fields.contains("url"));
    const Entity& credential = *snapshot->entities().all("jwt_secrets").front();
    QCOMPARE(credential.text("key").size(), std::size_t(32));
    QCOMPARE(credential.text("algorithm"), std::string_view("HS256"));
    QCOMPARE(credential.reference("consumer"), std::string_view(snapshot->consumers().front()->id));
}

void TestDeclarative::takesUrlApart()
{
    const auto snapshot = snapshotOf(withRest(
        R"("services": [{"name": "s", "url": "https://user@up.test:8443/base?x=1"}, {"name": "t", "url": "https://up.test"}])"));
    const Service& service = *snapshot->services().front();
    QCOMPARE(service.protocol + " " + service.host + " " + std::to_string(service.port) + " " + service.path,
             std::string("https up.test 8443 /base"));
    QCOMPARE(snapshot->services().back()->port, std::uint16_t(443));
}

void TestDeclarative::linksFlatEntities()
{
    const auto snapshot = snapshotOf(
        withRest(R"("services": [{"name": "s", "host": "a"}], "routes": [{"name": "r", "paths": ["/"], "service": "s"}],
        "consumers": [{"username": "c"}], "keyauth_credentials": [{"key": "k", "consumer": "c"}], "plugins": [{"name": "key-auth", "route": "r"}])"));
    QCOMPARE(snapshot->routes().front()->service, snapshot->services().front().get());
    QCOMPARE(snapshot->plugins().front()->scope(), std::string("route r"));
    QCOMPARE(
        snapshot->entities().referringTo("keyauth_credentials", "consumer", snapshot->consumers().front()->id).size(),
        std::size_t(1));
    QCOMPARE(snapshot->entities().findAt("/plugins/0/config/realm")->text("name"), std::string_view("key-auth"));
}

void TestDeclarative::resolvesReferences()
{
    BuildOptions options;
    options.resolveReference = [](std::string_view name) -> std::optional<std::string> {
        return name == "DECK_PORT" ? "8080" : "se\"cret";
    };
    const auto snapshot = loadSnapshot(
        "_format_version: \"3.0\"\nservices:\n- {name: s, host: a, port: '${{ env \"DECK_PORT\" | toInt }}'}\n"
        "consumers:\n- username: c\n  keyauth_credentials:\n  - key: x-${{ env \"DECK_KEY\" }}-y\n",
        "kong.yml", options);
    CLAIMSMITH_VERIFY_RESULT(snapshot);
    QCOMPARE((*snapshot)->services().front()->port, std::uint16_t(8080));
    QCOMPARE((*snapshot)->entities().all("keyauth_credentials").front()->text("key"), std::string_view("x-se\"cret-y"));
}

void TestDeclarative::namesUnknownReference()
{
    BuildOptions options;
    options.resolveReference = [](std::string_view) { return std::optional<std::string>(); };
    const auto snapshot = loadSnapshot("_format_version: \"3.0\"\nconsumers:\n- username: ${{ env \"DECK_WHO\" }}\n",
                                       "kong.yml", options);
    QVERIFY(!snapshot);
    QCOMPARE(snapshot.error().code, ErrorCode(ConfigurationErrorCode::UnresolvedReference));
    QCOMPARE(snapshot.error().place.line, std::size_t(3));
    QCOMPARE(snapshot.error().parameters.front().second, std::string("DECK_WHO"));
}

void TestDeclarative::readsDeckMembersByEdition()
{
    const document::Value source = json(withRest(R"("_info": {"select_tags": ["a"]})"));
    QVERIFY(buildSnapshot(source, {.edition = Edition::Enterprise}).hasValue());
    QVERIFY(!buildSnapshot(source, {.edition = Edition::OpenSource}).hasValue());
}

void TestDeclarative::takesWebSocketsByEdition_data()
{
    QTest::addColumn<QString>("plugin");
    QTest::addColumn<bool>("isTaken");
    QTest::newRow("basic-auth") << "basic-auth" << true;
    QTest::newRow("key-auth") << "key-auth" << true;
    QTest::newRow("jwt") << "jwt" << false;
}

/// What decK writes for a gateway of the enterprise edition.
void TestDeclarative::takesWebSocketsByEdition()
{
    QFETCH(QString, plugin);
    QFETCH(bool, isTaken);
    const auto source = json(withRest(R"("plugins": [{"name": ")" + plugin.toStdString() +
                                      R"(", "protocols": ["http", "https", "ws", "wss"]}])"));
    QVERIFY(!buildSnapshot(source, {.edition = Edition::OpenSource}).hasValue());
    QCOMPARE(buildSnapshot(source, {.edition = Edition::Enterprise}).hasValue(), isTaken);
}

void TestDeclarative::migratesOldPaths()
{
    const auto snapshot = snapshotOf(
        R"({"_format_version": "1.1", "routes": [{"name": "r", "paths": ["/a/\\d+", "/plain", "/b%20c+"]}]})");
    QCOMPARE(snapshot->routes().front()->paths, (std::vector<std::string>{"~/a/\\d+", "/plain", "~/b c+"}));
}

void TestDeclarative::writesLuaTables()
{
    const auto table = json(R"({"services": [null, {"a b": "x\"y", "@entity": ["l1\nl2"], "n": 1}]})");
    const std::string expected = "{services={[2]={[\"@entity\"]={[[l1\nl2]]},[\"a b\"]=\"x\\\"y\",n=1}}}";
    QCOMPARE(toLuaText(table), expected);
    const auto one = json(R"({"host": "required field missing"})");
    QCOMPARE(toMessage(*one.asObject()), std::string("schema violation (host: required field missing)"));
    const auto several = json(R"({"b": {"x": "t"}, "a": [null, "u"], "@entity": ["e"]})");
    QCOMPARE(toMessage(*several.asObject()), std::string("3 schema violations (e; a.2: u; b.x: t)"));
}

void TestDeclarative::saysNotADocument()
{
    ConfigurationReport report;
    const auto broken = loadSnapshot("a: [b", "kong.yml", {}, &report);
    QVERIFY(!broken);
    QCOMPARE(broken.error().code, ErrorCode(ConfigurationErrorCode::NotADocument));
    QVERIFY(broken.error().place.line > 0);
    QVERIFY(report.fields.contains("error"));
    QCOMPARE(loadSnapshot("5", "kong.yml", {}).error().detail, std::string("expected an object"));
}

QTEST_APPLESS_MAIN(TestDeclarative)
#include "tst_declarative.moc"
