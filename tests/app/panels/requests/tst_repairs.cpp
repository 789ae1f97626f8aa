// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/requests/repairs.h"

#include "base/base64.h"
#include "document/json.h"
#include "gateway/snapshot.h"

#include "support/testing.h"

using namespace claimsmith;
using namespace claimsmith::app;
using workspace::TokenRecipe;

namespace {

constexpr std::int64_t now = 1795440727;

RepairScene scene(const workspace::Request& request, const workspace::Workspace& workspace, std::string token = {})
{
    return {request, workspace, nullptr, nullptr, std::move(token), now, [] { return workspace::Id("new"); }};
}

workspace::Request requestWith(workspace::Auth auth)
{
    workspace::Request request;
    request.name = "Call /api";
    request.auth = std::move(auth);
    return request;
}

workspace::Workspace workspaceWith(const std::string& payload)
{
    workspace::Workspace workspace;
    TokenRecipe recipe;
    recipe.id = "r1";
    recipe.name = "login_server_issuer";
    recipe.payload = payload;
    recipe.key = workspace::SecretKey{"other", workspace::SecretEncoding::Text};
    workspace.tokens.push_back(recipe);
    return workspace;
}

gateway::Repair signToken(bool keyInHeader)
{
    gateway::SignToken action;
    action.consumer = "login_server_issuer";
    action.key = "1nzc";
    action.keyClaim = keyInHeader ? "kid" : "iss";
    action.keyInHeader = keyInHeader;
    action.algorithm = "HS256";
    action.header = "authorization";
    return {{}, action, true};
}

std::string compact(const std::string& json)
{
    const auto value = document::parseJson(json);
    return value.hasValue() ? document::toJson(*value) : "not JSON: " + json;
}

} // namespace

class TestRepairs : public QObject
{
    Q_OBJECT

private slots:
    void signingMakesARecipeAndUsesIt()
    {
        const auto request = requestWith(workspace::NoAuth{});
        const workspace::Workspace empty;
        const auto plan = planRepair(signToken(false), scene(request, empty));
        QVERIFY(plan && plan->recipe && plan->request);
        QCOMPARE(plan->recipe->id, std::string("new"));
        QCOMPARE(plan->recipe->name, std::string("login_server_issuer"));
        QCOMPARE(compact(plan->recipe->payload), std::string(R"({"iss":"1nzc","iat":"now","exp":"now+10m"})"));
        QVERIFY(plan->recipe->key == workspace::SigningKey(workspace::CredentialKey{"login_server_issuer", "1nzc"}));
        QVERIFY(plan->request->auth == workspace::Auth(workspace::SignedTokenAuth{"login_server_issuer"}));
    }

    void theKeyMayGoIntoTheHeader()
    {
        const auto request = requestWith(workspace::NoAuth{});
        const workspace::Workspace empty;
        const auto plan = planRepair(signToken(true), scene(request, empty));
        QVERIFY(plan && plan->recipe);
        QCOMPARE(compact(plan->recipe->header), std::string(R"({"alg":"HS256","typ":"JWT","kid":"1nzc"})"));
        QCOMPARE(compact(plan->recipe->payload), std::string(R"({"iat":"now","exp":"now+10m"})"));
    }

    void signingMendsTheRecipeOfThatName()
    {
        const auto request = requestWith(workspace::SignedTokenAuth{"login_server_issuer"});
        const auto workspace = workspaceWith(R"({"iss":"wrong","role":"admin","nbf":"now+1h","exp":"now-3m"})");
        const auto plan = planRepair(signToken(false), scene(request, workspace));
        QVERIFY(plan && plan->recipe);
        QCOMPARE(plan->recipe->id, std::string("r1"));
        QCOMPARE(compact(plan->recipe->payload),
                 std::string(R"({"iss":"1nzc","role":"admin","exp":"now+10m","iat":"now"})"));
    }

    void anOwnAuthorizationHeaderWouldBeASecondToken()
    {
        auto request = requestWith(workspace::NoAuth{});
        request.headers = {{true, "AUTHORIZATION", "Bearer x", ""}, {true, "Accept", "*/*", ""}};
        const workspace::Workspace empty;
        const auto plan = planRepair(signToken(false), scene(request, empty));
        QCOMPARE(plan->request->headers.size(), std::size_t(1));
    }

    void resigningWritesTimesRelativeToNow()
    {
        const auto request = requestWith(workspace::BearerAuth{"{{token.login_server_issuer}}"});
        const auto workspace = workspaceWith(R"({"iss":"1nzc","exp":1795440535})");
        gateway::Resign action;
        action.claims = {{"exp", now + 600}};
        const auto plan = planRepair({{}, action, true}, scene(request, workspace));
        QVERIFY(plan && plan->recipe && !plan->request);
        QCOMPARE(compact(plan->recipe->payload), std::string(R"({"iss":"1nzc","exp":"now+10m"})"));
        QVERIFY(plan->recipe->key == workspace.tokens[0].key);
        QCOMPARE(previewOf(*plan, scene(request, workspace)),
                 std::string("-   \"exp\": 1795440535\n+   \"exp\": \"now+10m\""));
    }

    void aPastedTokenBecomesARecipe()
    {
        const std::string header = R"({"alg":"HS384","typ":"JWT"})";
        const std::string payload = R"({"iss":"1nzc","nbf":1795440727})";
        const auto token = toBase64Url(header) + "." + toBase64Url(payload) + ".AA";
        const auto request = requestWith(workspace::BearerAuth{token});
        const workspace::Workspace empty;
        gateway::Resign action;
        action.claims = {{"exp", now + 90}};
        action.removedClaims = {"nbf"};
        const auto plan = planRepair({{}, action, true}, scene(request, empty, token));
        QVERIFY(plan && plan->recipe && plan->request);
        QCOMPARE(plan->recipe->algorithm, std::string("HS384"));
        QCOMPARE(plan->recipe->name, std::string("Call /api"));
        QCOMPARE(compact(plan->recipe->payload), std::string(R"({"iss":"1nzc","exp":"now+90s"})"));
    }

    void nothingToSignAgain()
    {
        const auto request = requestWith(workspace::NoAuth{});
        const workspace::Workspace empty;
        QVERIFY(!planRepair({{}, gateway::Resign{}, false}, scene(request, empty)));
        QVERIFY(!planRepair({{}, gateway::OpenToken{}, false}, scene(request, empty)));
        QVERIFY(!planRepair({{}, gateway::AttachKey{}, false}, scene(request, empty)));
    }

    void passwordsComeFromTheDocument()
    {
        const auto snapshot = gateway::loadSnapshot(R"({"_format_version": "3.0", "consumers": [{"username": "kim",
            "basicauth_credentials": [{"username": "kim", "password": "sesame"}]}]})",
                                                    "kong.yml", {});
        CLAIMSMITH_VERIFY_RESULT(snapshot);
        auto request = requestWith(workspace::NoAuth{});
        request.headers = {{true, "authorization", "Bearer x", ""}};
        const workspace::Workspace empty;
        auto where = scene(request, empty);
        where.snapshot = snapshot->get();
        const auto& credential = *(*snapshot)->entities().all("basicauth_credentials").front();
        const auto plan = planRepair({{}, gateway::AttachBasic{"", "kim", credential.id}, true}, where);
        QVERIFY(plan && plan->request);
        QVERIFY(plan->request->headers.empty());
        QVERIFY(plan->request->auth == workspace::Auth(workspace::BasicAuth{"kim", "sesame"}));
    }

    void oneTokenStays()
    {
        auto request = requestWith(workspace::SignedTokenAuth{"login_server_issuer"});
        request.url = "http://h/?jwt=abc&a=1";
        const workspace::Workspace empty;
        const auto header =
            planRepair({{}, gateway::KeepOneToken{"header authorization"}, true}, scene(request, empty));
        QCOMPARE(header->request->url, std::string("http://h/?a=1"));
        const auto query = planRepair({{}, gateway::KeepOneToken{"query jwt"}, true}, scene(request, empty));
        QVERIFY(std::holds_alternative<workspace::NoAuth>(query->request->auth));
        QCOMPARE(query->request->url, request.url);
    }

    void documentRepairs_data()
    {
        QTest::addColumn<gateway::RepairAction>("action");
        QTest::addColumn<ConfigEdit>("edit");
        QTest::addColumn<std::string>("preview");
        QTest::newRow("a field") << gateway::RepairAction(gateway::SetField{"/plugins/0/config/limit", 9})
                                 << ConfigEdit::set("/plugins/0/config/limit", 9)
                                 << std::string("+ /plugins/0/config/limit: 9");
        QTest::newRow("an entity") << gateway::RepairAction(
                                          gateway::AddEntity{"/consumers/0/acls", document::Object{{"group", "gold"}}})
                                   << ConfigEdit::set("/consumers/0/acls/-", document::Object{{"group", "gold"}})
                                   << std::string(R"(+ /consumers/0/acls/-: {"group":"gold"})");
        QTest::newRow("a field less") << gateway::RepairAction(gateway::RemoveField{"/plugins/0/config/limit"})
                                      << ConfigEdit::remove("/plugins/0/config/limit") << std::string();
    }

    void documentRepairs()
    {
        QFETCH(gateway::RepairAction, action);
        QFETCH(ConfigEdit, edit);
        const auto request = requestWith(workspace::NoAuth{});
        const workspace::Workspace empty;
        const auto plan = planRepair({{}, action, false}, scene(request, empty));
        QVERIFY(plan && plan->changesSomething() && !plan->request);
        QCOMPARE(plan->document, std::vector{edit});
        QTEST(previewOf(*plan, scene(request, empty)), "preview");
    }

    void headersOfTheRequest()
    {
        auto request = requestWith(workspace::NoAuth{});
        request.headers = {{false, "origin", "a", "why"}, {true, "Accept", "*/*", ""}, {true, "Origin", "b", ""}};
        const workspace::Workspace empty;
        const auto set = planRepair({{}, gateway::SetHeader{"Origin", "https://h"}, false}, scene(request, empty));
        const std::vector<workspace::Row> one{{true, "origin", "https://h", "why"}, {true, "Accept", "*/*", ""}};
        QVERIFY(set && set->request->headers == one);
        QCOMPARE(previewOf(*set, scene(request, empty)), std::string("- Origin: b\n+ origin: https://h"));
        const auto taken = planRepair({{}, gateway::SetHeader{"ORIGIN", {}}, false}, scene(request, empty));
        QCOMPARE(taken->request->headers.size(), std::size_t(1));
        const auto added = planRepair({{}, gateway::SetHeader{"X-New", "1"}, false}, scene(request, empty));
        QCOMPARE(added->request->headers.back().name, std::string("X-New"));
        QVERIFY(!planRepair({{}, gateway::SetHeader{"X-Absent", {}}, false}, scene(request, empty)));
    }

    void relativeTimes_data()
    {
        QTest::addColumn<qint64>("distance");
        QTest::addColumn<std::string>("text");
        QTest::newRow("now") << qint64(0) << std::string("now");
        QTest::newRow("minutes") << qint64(600) << std::string("now+10m");
        QTest::newRow("seconds") << qint64(-192) << std::string("now-192s");
    }

    void relativeTimes()
    {
        QFETCH(qint64, distance);
        QTEST(relativeTime(now + distance, now), "text");
    }
};

QTEST_GUILESS_MAIN(TestRepairs)
#include "tst_repairs.moc"
