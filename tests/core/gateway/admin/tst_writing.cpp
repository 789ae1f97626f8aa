// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/admin/writing.h"

#include "document/json.h"
#include "gateway/admin/adminhandler.h"
#include "support/testing.h"

#include <memory>

using namespace claimsmith;
using namespace claimsmith::gateway;

class TestWriting : public QObject
{
    Q_OBJECT

private slots:
    void answersAsKongDoes_data();
    void answersAsKongDoes();
    void keepsWhatItDoesNotWrite();
    void takesDependentsAlong();
    void showsMembers_data();
    void showsMembers();
    void infersTypesOfForms();
    void digestsPasswordsOnce();
};

namespace {

constexpr std::string_view start = R"(
_format_version: "3.0"
services:
- {name: api, id: 0f100000-0000-4000-8000-000000000001, host: a.test, created_at: 1700000000, tags: [edge]}
- {name: lonely, id: 0f100000-0000-4000-8000-000000000009, host: b.test}
routes:
- {name: r, id: 0f100000-0000-4000-8000-000000000002, paths: [/r], service: api}
plugins:
- {name: redirect, id: 0f100000-0000-4000-8000-00000000000a, route: r, config: {location: "http://a.test"}}
- {name: bot-detection, id: 0f100000-0000-4000-8000-00000000000b, protocols: [grpc]}
consumers:
- username: ana
  id: 0f100000-0000-4000-8000-000000000003
  jwt_secrets:
  - {id: 0f100000-0000-4000-8000-000000000004, key: k, secret: s}
  acls:
  - {id: 0f100000-0000-4000-8000-000000000005, group: gold}
  groups:
  - name: staff
- {username: bob, id: 0f100000-0000-4000-8000-000000000006}
consumer_groups:
- {name: staff, id: 0f100000-0000-4000-8000-000000000007}
- {name: guests, id: 0f100000-0000-4000-8000-000000000008}
)";

/// An Admin API that writes, over a slot of its own.
struct Admin
{
    std::shared_ptr<const Snapshot> snapshot = std::move(loadSnapshot(start, "test", {})).value();
    AdminHandler handler{makeContext()};

    AdminContext makeContext()
    {
        AdminContext context;
        context.apply = [this](std::shared_ptr<const Snapshot> next) { snapshot = std::move(next); };
        context.snapshot = [this] { return snapshot; };
        context.counters = [] { return EngineCounters{}; };
        context.listenHosts = {"127.0.0.1"};
        context.writes = true;
        return context;
    }

    http::Response ask(std::string_view method, std::string_view target, std::string_view body = {},
                       std::string_view type = "application/json")
    {
        http::Request request;
        request.head.method = method;
        request.head.target = target;
        request.head.headers.add("Host", "127.0.0.1:8001");
        if (!body.empty())
            request.head.headers.add("Content-Type", type);
        request.body = body;
        return handler.handle(request);
    }

    /// A member of what GET answers, as JSON text; empty when it is not there.
    std::string read(std::string_view target, std::string_view member)
    {
        const auto body = document::parseJson(ask("GET", target).body);
        const document::Value* value = body ? body->find(member) : nullptr;
        return value ? document::toJson(*value) : std::string();
    }
};

} // namespace

void TestWriting::answersAsKongDoes_data()
{
    QTest::addColumn<std::string>("method");
    QTest::addColumn<std::string>("target");
    QTest::addColumn<std::string>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<std::string>("needle");
    const auto row = [](const char* name, const char* method, const char* target, const char* body, int status,
                        const char* needle) {
        QTest::newRow(name) << std::string(method) << std::string(target) << std::string(body) << status
                            << std::string(needle);
    };
    row("POST", "POST", "/services", R"({"name":"b","url":"http://b.test"})", 201, R"("host":"b.test")");
    row("POST under a parent", "POST", "/services/api/routes", R"({"paths":["/x"]})", 201,
        R"("service":{"id":"0f100000-0000-4000-8000-000000000001"})");
    row("POST by a parent's name", "POST", "/routes", R"({"paths":["/x"],"service":{"name":"api"}})", 201,
        R"("service":{"id":"0f100000-0000-4000-8000-000000000001"})");
    row("POST with a parent's unknown name", "POST", "/routes", R"({"paths":["/x"],"service":{"name":"zz"}})", 400,
        "foreign key unresolved (service.name: the foreign key cannot be resolved with '{name=\\\"zz\\\"}'");
    row("POST with a parent's unknown id", "POST", "/routes",
        R"({"paths":["/x"],"service":{"id":"0f100000-0000-4000-8000-00000000ffff"}})", 400,
        "does not reference an existing 'services' entity.");
    row("POST that breaks the schema", "POST", "/services", "{}", 400,
        "schema violation (host: required field missing)");
    row("POST of a name that is taken", "POST", "/services", R"({"name":"api","host":"x"})", 409,
        "UNIQUE violation detected on '{name=\\\"api\\\"}'");
    row("POST of an id that is taken", "POST", "/services",
        R"({"id":"0f100000-0000-4000-8000-000000000001","host":"x"})", 400, "primary key violation on key");
    row("POST of a group that is taken", "POST", "/consumers/ana/acls", R"({"group":"gold"})", 409, "UNIQUE violation");
    row("PUT of a new one", "PUT", "/services/new", R"({"host":"x"})", 200, R"("name":"new")");
    row("PUT with an id", "PUT", "/services/0f100000-0000-4000-8000-0000000000aa", R"({"host":"x"})", 200,
        R"("id":"0f100000-0000-4000-8000-0000000000aa")");
    row("PUT takes what is not given back", "PUT", "/services/api", R"({"host":"x"})", 200, R"("tags":null)");
    row("PATCH", "PATCH", "/services/api", R"({"port":81})", 200, R"("tags":["edge"])");
    row("PATCH of none", "PATCH", "/services/zz", R"({"port":81})", 404,
        "could not find the entity with '{name=\\\"zz\\\"}'");
    row("PATCH under another parent", "PATCH", "/consumers/ana/jwt/zz", R"({"secret":"x"})", 404, "Not found");
    row("DELETE", "DELETE", "/routes/r", "", 204, "");
    row("DELETE of none", "DELETE", "/routes/zz", "", 204, "");
    row("DELETE of what is in use", "DELETE", "/services/api", "", 400,
        "an existing 'routes' entity references this 'services' entity");
    row("PUT of the parent", "PUT", "/routes/r/service", R"({"host":"y"})", 200,
        R"("id":"0f100000-0000-4000-8000-000000000001")");
    row("DELETE of the parent", "DELETE", "/routes/r/service", "", 405, "Method not allowed");
    row("a consumer group", "POST", "/consumer_groups", R"({"name":"b","tags":["t"]})", 201, R"("name":"b")");
    row("a consumer group of a name that is taken", "POST", "/consumer_groups", R"({"name":"staff"})", 409,
        "UNIQUE violation detected on '{name=\\\"staff\\\"}'");
    row("PUT of a consumer group", "PUT", "/consumer_groups/new", "{}", 200, R"("name":"new")");
    row("PATCH of a consumer group", "PATCH", "/consumer_groups/staff", R"({"tags":["t"]})", 200, R"("tags":["t"])");
    row("DELETE of a consumer group", "DELETE", "/consumer_groups/staff", "", 204, "");
    row("a member", "POST", "/consumer_groups/guests/consumers", R"({"consumer":"bob"})", 201,
        R"("consumers":[{"username":"bob")");
    row("members", "POST", "/consumer_groups/guests/consumers", R"({"consumer":["bob","ana"]})", 201,
        R"("username":"ana")");
    row("a member by id", "POST", "/consumer_groups/guests/consumers",
        R"({"consumer":"0f100000-0000-4000-8000-000000000006"})", 201, R"("username":"bob")");
    row("a group of a consumer", "POST", "/consumers/bob/consumer_groups", R"({"group":"guests"})", 201,
        R"("consumer_groups":[{"name":"guests")");
    row("a member again", "POST", "/consumer_groups/staff/consumers", R"({"consumer":"ana"})", 409, "UNIQUE violation");
    row("an unknown member", "POST", "/consumer_groups/staff/consumers", R"({"consumer":"zz"})", 404, "Not found");
    row("a member of no group", "POST", "/consumer_groups/zz/consumers", R"({"consumer":"bob"})", 404, "Not found");
    row("nobody", "POST", "/consumer_groups/staff/consumers", "{}", 400,
        "schema violation (consumer: required field missing)");
    row("a member that is no name", "POST", "/consumer_groups/staff/consumers", R"({"consumer":1})", 400,
        "schema violation (consumer: expected a string)");
    row("DELETE of a member", "DELETE", "/consumer_groups/staff/consumers/ana", "", 204, "");
    row("DELETE of who is none", "DELETE", "/consumer_groups/staff/consumers/bob", "", 404, "Not found");
    row("DELETE of all members", "DELETE", "/consumer_groups/staff/consumers", "", 204, "");
    row("DELETE of a consumer's group", "DELETE", "/consumers/ana/consumer_groups/staff", "", 204, "");
    row("DELETE of all groups of a consumer", "DELETE", "/consumers/ana/consumer_groups", "", 204, "");
    row("a plugin of a group", "POST", "/consumer_groups/staff/plugins", R"({"name":"correlation-id"})", 201,
        R"("consumer_group":{"id":"0f100000-0000-4000-8000-000000000007"})");
    row("a plugin that no group can have", "POST", "/consumer_groups/staff/plugins", R"({"name":"key-auth"})", 400,
        "schema violation (consumer_group: value must be null)");
    row("a plugin of a route that has none of its protocols", "POST", "/routes/r/plugins",
        R"({"name":"cors","protocols":["grpc"]})", 400,
        "schema violation (protocols: must match the associated route's protocols)");
    row("a plugin of a service whose routes have none of its protocols", "POST", "/services/api/plugins",
        R"({"name":"cors","protocols":["grpcs"]})", 400,
        "must match the protocols of at least one route pointing to this Plugin's service");
    row("a plugin of a route that has one of its protocols", "POST", "/routes/r/plugins",
        R"({"name":"cors","protocols":["https","grpc"]})", 201, R"("protocols":["https","grpc"])");
    row("a plugin of a service without routes", "POST", "/services/0f100000-0000-4000-8000-000000000009/plugins",
        R"({"name":"cors","protocols":["grpc"]})", 201, R"("protocols":["grpc"])");
    row("PATCH of a plugin's protocols", "PATCH", "/plugins/0f100000-0000-4000-8000-00000000000a",
        R"({"protocols":["grpc"]})", 400, "must match the associated route's protocols");
    row("PATCH of a plugin's route", "PATCH", "/plugins/0f100000-0000-4000-8000-00000000000b",
        R"({"route":{"name":"r"}})", 400, "must match the associated route's protocols");
    row("PATCH of what has nothing to do with it", "PATCH", "/plugins/0f100000-0000-4000-8000-00000000000b",
        R"({"enabled":false})", 200, R"("enabled":false)");
    row("memberships by themselves", "GET", "/consumer_group_consumers", "", 404, "Not found");
    row("whole configurations", "POST", "/config", "{}", 400, "configured to not use a database");
}

void TestWriting::answersAsKongDoes()
{
    QFETCH(std::string, method);
    QFETCH(std::string, target);
    QFETCH(std::string, body);
    QFETCH(int, status);
    QFETCH(std::string, needle);
    Admin admin;
    const auto before = admin.snapshot;
    const http::Response response = admin.ask(method, target, body);
    QVERIFY2(response.head.status == status, response.body.c_str());
    QVERIFY2(response.body.find(needle) != std::string::npos, response.body.c_str());
    QCOMPARE(admin.snapshot != before, status < 300 && target != "/routes/zz");
}

void TestWriting::keepsWhatItDoesNotWrite()
{
    Admin admin;
    QCOMPARE(admin.ask("POST", "/services", R"({"host":"x"})").head.status, 201);
    QCOMPARE(admin.read("/services/api", "created_at"), std::string("1700000000"));
    QCOMPARE(admin.read("/consumers/ana/jwt/k", "id"), std::string("\"0f100000-0000-4000-8000-000000000004\""));
    QCOMPARE(admin.snapshot->routes().size(), std::size_t{1});
}

void TestWriting::takesDependentsAlong()
{
    Admin admin;
    QCOMPARE(admin.ask("DELETE", "/consumers/ana").head.status, 204);
    QVERIFY(admin.snapshot->entities().all("jwt_secrets").empty());
    QVERIFY(admin.snapshot->entities().all("acls").empty());
    QVERIFY(admin.snapshot->entities().all("consumer_group_consumers").empty());
}

void TestWriting::showsMembers_data()
{
    QTest::addColumn<std::string>("target");
    QTest::addColumn<int>("status");
    QTest::addColumn<std::string>("needle");
    const auto row = [](const char* name, const char* target, int status, const char* needle) {
        QTest::newRow(name) << std::string(target) << status << std::string(needle);
    };
    row("a group", "/consumer_groups/staff", 200, R"({"consumer_group":{"name":"staff")");
    row("with its members", "/consumer_groups/staff", 200, R"("consumers":[{"username":"ana")");
    row("without them", "/consumer_groups/staff?list_consumers=false", 200, R"("tags":null}})");
    row("one that has none", "/consumer_groups/guests", 200, R"("tags":null}})");
    row("members", "/consumer_groups/staff/consumers", 200, R"("username":"ana")");
    row("no members", "/consumer_groups/guests/consumers", 200, R"({"data":[],"next":null})");
    row("groups of a consumer", "/consumers/ana/consumer_groups", 200, R"("name":"staff")");
    row("one member", "/consumer_groups/staff/consumers/ana", 200, R"({"consumer":{"username":"ana")");
    row("who is none", "/consumer_groups/staff/consumers/bob", 404, "Not found");
    row("all groups", "/consumer_groups", 200, R"("name":"guests")");
}

void TestWriting::showsMembers()
{
    QFETCH(std::string, target);
    QFETCH(int, status);
    QFETCH(std::string, needle);
    Admin admin;
    const http::Response response = admin.ask("GET", target);
    QVERIFY2(response.head.status == status, response.body.c_str());
    QVERIFY2(response.body.find(needle) != std::string::npos, response.body.c_str());
}

void TestWriting::infersTypesOfForms()
{
    Admin admin;
    const http::Response response = admin.ask(
        "POST", "/plugins", "name=jwt&config.claims_to_verify[]=exp&config.maximum_expiration=60&enabled=false",
        "application/x-www-form-urlencoded");
    QVERIFY2(response.head.status == 201, response.body.c_str());
    QVERIFY(response.body.find(R"("maximum_expiration":60)") != std::string::npos);
    QVERIFY(response.body.find(R"("claims_to_verify":["exp"])") != std::string::npos);
    QVERIFY(response.body.find(R"("enabled":false)") != std::string::npos);
}

void TestWriting::digestsPasswordsOnce()
{
    Admin admin;
    QCOMPARE(admin.ask("POST", "/consumers/ana/basic-auth", R"({"username":"u","password":"pw"})").head.status, 201);
    const std::string digest = admin.read("/basic-auths/u", "password");
    QCOMPARE(digest.size(), std::size_t{42});
    QCOMPARE(admin.ask("PATCH", "/basic-auths/u", R"({"tags":["t"]})").head.status, 200);
    QCOMPARE(admin.read("/basic-auths/u", "password"), digest);
}

QTEST_APPLESS_MAIN(TestWriting)
#include "tst_writing.moc"
