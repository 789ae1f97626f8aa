// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runner/recipetokens.h"

#include "base/base64.h"
#include "gateway/snapshot.h"
#include "jose/signature.h"
#include "support/testing.h"

using namespace claimsmith;
using namespace claimsmith::runner;

namespace {

// What a route that decodes checks with; the credential holds it in base64url.
const std::string octets = "not a secret, 32 octets long, nor";
const std::string issuer = R"(
consumers:
- username: issuer
  jwt_secrets:
  - key: k
    secret: )" + toBase64Url(octets) +
                           "\n";

std::string route(const std::string& name, const std::string& decodes)
{
    return "- name: " + name + "\n  paths: [/" + name + "]\n" +
           (decodes.empty() ? "" : "  plugins:\n  - name: jwt\n    config: {secret_is_base64: " + decodes + "}\n");
}

class NoSecrets final : public workspace::SecretSource
{
public:
    std::optional<BytesView> findSecret(std::string_view) const override { return std::nullopt; }
};

} // namespace

class RecipeTokensTest final : public QObject
{
    Q_OBJECT

private slots:
    void readsTheSecretAsTheRouteDoes_data()
    {
        QTest::addColumn<QString>("first");
        QTest::addColumn<QString>("second");
        QTest::addColumn<QString>("path");
        QTest::addColumn<bool>("isDecoded");
        QTest::newRow("the route decodes") << "true"
                                           << "false"
                                           << "/first" << true;
        QTest::newRow("the route takes text") << "true"
                                              << "false"
                                              << "/second" << false;
        QTest::newRow("a route without jwt, all others decode") << "true"
                                                                << ""
                                                                << "/second" << true;
        QTest::newRow("a route without jwt, none decodes") << "false"
                                                           << ""
                                                           << "/second" << false;
        QTest::newRow("no route, they differ") << "true"
                                               << "false"
                                               << "/elsewhere" << false;
    }

    void readsTheSecretAsTheRouteDoes()
    {
        QFETCH(QString, first);
        QFETCH(QString, second);
        QFETCH(QString, path);
        QFETCH(bool, isDecoded);
        const std::string text = "_format_version: \"3.0\"\nroutes:\n" + route("first", first.toStdString()) +
                                 route("second", second.toStdString()) + issuer;
        const auto snapshot = gateway::loadSnapshot(text, "kong.yml", {});
        CLAIMSMITH_VERIFY_RESULT(snapshot);
        workspace::Workspace workspace;
        workspace::TokenRecipe recipe;
        recipe.name = "t";
        recipe.algorithm = "HS256";
        recipe.header = R"({"alg":"HS256"})";
        recipe.payload = R"({"iss":"k"})";
        recipe.key = workspace::CredentialKey{"issuer", "k"};
        workspace.tokens.push_back(recipe);
        const workspace::Variables variables;
        const NoSecrets secrets;
        workspace::Request request;
        request.url = path.toStdString();
        request.auth = workspace::BearerAuth{"{{token.t}}", "Bearer"};
        const auto prepared =
            prepare(request, {workspace, variables, secrets, snapshot->get(), systemClock(), "127.0.0.1:8000", {}});
        CLAIMSMITH_VERIFY_RESULT(prepared);
        const auto maker = jose::SignatureMaker::forSecret(jose::Algorithm::HS256,
                                                           SecretBytes(isDecoded ? octets : toBase64Url(octets)));
        CLAIMSMITH_VERIFY_RESULT(maker);
        const std::size_t dot = prepared->token.rfind('.');
        const auto signature = maker->sign(prepared->token.substr(0, dot));
        CLAIMSMITH_VERIFY_RESULT(signature);
        QCOMPARE(prepared->token.substr(dot + 1), toBase64Url(*signature));
    }

    void findsTheRouteOfAHostInAVariable()
    {
        const auto snapshot = gateway::loadSnapshot("_format_version: \"3.0\"\nroutes:\n" + route("first", "false") +
                                                        "- name: named\n  hosts: [named.test]\n  plugins:\n  - {name: "
                                                        "jwt, config: {secret_is_base64: true}}\n" +
                                                        issuer,
                                                    "kong.yml", {});
        CLAIMSMITH_VERIFY_RESULT(snapshot);
        workspace::Workspace workspace;
        workspace.tokens = {
            {"", "t", "HS256", R"({"alg":"HS256"})", R"({"iss":"k"})", workspace::CredentialKey{"issuer", "k"}}};
        workspace::Variables variables;
        variables.addBuiltIn("host", "named.test");
        const NoSecrets secrets;
        workspace::Request request;
        request.url = "/x";
        request.headers = {{true, "Host", "{{host}}", ""}};
        request.auth = workspace::SignedTokenAuth{"t"};
        const auto prepared =
            prepare(request, {workspace, variables, secrets, snapshot->get(), systemClock(), "127.0.0.1:8000", {}});
        CLAIMSMITH_VERIFY_RESULT(prepared);
        const auto maker = jose::SignatureMaker::forSecret(jose::Algorithm::HS256, SecretBytes(octets));
        CLAIMSMITH_VERIFY_RESULT(maker);
        const std::size_t dot = prepared->token.rfind('.');
        const auto signature = maker->sign(prepared->token.substr(0, dot));
        CLAIMSMITH_VERIFY_RESULT(signature);
        QCOMPARE(prepared->token.substr(dot + 1), toBase64Url(*signature));
    }

    /// What the header says about the payload is kept to.
    void payloadsThatAreNoClaims_data()
    {
        QTest::addColumn<std::string>("algorithm");
        QTest::addColumn<std::string>("header");
        QTest::addColumn<std::string>("payload");
        QTest::addColumn<std::string>("input"); ///< empty: refused
        const auto row = [](const char* title, std::string algorithm, std::string header, std::string payload,
                            std::string input) {
            QTest::newRow(title) << std::move(algorithm) << std::move(header) << std::move(payload) << std::move(input);
        };
        row("nested", "HS256", R"({"alg":"HS256","cty":"JWT"})", "a.b.c",
            toBase64Url(R"({"alg":"HS256","cty":"JWT"})") + ".YS5iLmM");
        row("not encoded", "HS256", R"({"alg":"HS256","b64":false,"crit":["b64"]})", R"({"iss":"k"})",
            toBase64Url(R"({"alg":"HS256","b64":false,"crit":["b64"]})") + R"(.{"iss":"k"})");
        row("b64 that is not critical", "HS256", R"({"b64":false})", "{}", toBase64Url(R"({"b64":false})") + ".e30");
        row("not encoded, with a dot", "HS256", R"({"b64":false,"crit":["b64"]})", R"({"n":1.5})", "");
        row("unsecured", "none", R"({"alg":"none"})", "{}", toBase64Url(R"({"alg":"none"})") + ".e30");
    }

    void payloadsThatAreNoClaims()
    {
        QFETCH(std::string, algorithm);
        QFETCH(std::string, header);
        QFETCH(std::string, payload);
        QFETCH(std::string, input);
        const auto snapshot = gateway::loadSnapshot(
            "_format_version: \"3.0\"\nroutes:\n" + route("first", "false") + issuer, "kong.yml", {});
        CLAIMSMITH_VERIFY_RESULT(snapshot);
        workspace::TokenRecipe recipe;
        recipe.algorithm = algorithm;
        recipe.header = header;
        recipe.payload = payload;
        recipe.key = workspace::CredentialKey{"issuer", "k"};
        const workspace::Workspace workspace;
        const workspace::Variables variables;
        const NoSecrets secrets;
        const auto token = signToken(recipe, {workspace, variables, secrets, snapshot->get(), systemClock(), {}, {}});
        QCOMPARE(token.hasValue(), !input.empty());
        if (!token)
            return;
        QCOMPARE(token->substr(0, token->rfind('.')), input);
        QCOMPARE(token->ends_with('.'), algorithm == "none");
    }

    void saysWhichSecretIsNotEncodedSo()
    {
        const auto snapshot =
            gateway::loadSnapshot("_format_version: \"3.0\"\nroutes:\n" + route("first", "true") +
                                      "consumers:\n- username: issuer\n  jwt_secrets:\n  - {key: k, secret: '***'}\n",
                                  "kong.yml", {});
        CLAIMSMITH_VERIFY_RESULT(snapshot);
        workspace::TokenRecipe recipe;
        recipe.algorithm = "HS256";
        recipe.header = recipe.payload = "{}";
        recipe.key = workspace::CredentialKey{"issuer", "k"};
        const workspace::Workspace workspace;
        const workspace::Variables variables;
        const NoSecrets secrets;
        const auto token = signToken(recipe, {workspace, variables, secrets, snapshot->get(), systemClock(), {}, {}});
        QVERIFY(!token);
        QVERIFY(token.error().code == ErrorCode(PrepareErrorCode::KeyMissing));
        QVERIFY2(token.error().detail.find(" k ") != std::string::npos, token.error().detail.c_str());
    }
};

QTEST_GUILESS_MAIN(RecipeTokensTest)
#include "tst_recipetokens.moc"
