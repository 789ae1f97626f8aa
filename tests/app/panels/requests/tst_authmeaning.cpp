// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/requests/authmeaning.h"

#include "gateway/snapshot.h"
#include "runner/prepare.h"
#include "support/testing.h"

using namespace claimsmith;
using namespace claimsmith::app;

namespace {

class NoSecrets final : public workspace::SecretSource
{
public:
    std::optional<BytesView> findSecret(std::string_view) const override { return std::nullopt; }
};

constexpr const char* configuration = R"(
_format_version: "3.0"
consumers:
- username: bob
  basicauth_credentials:
  - {username: my-user, password: a password}
  keyauth_credentials:
  - key: my-key
)";

} // namespace

class AuthMeaningTest final : public QObject
{
    Q_OBJECT

private slots:
    void findsTheCredential_data()
    {
        QTest::addColumn<workspace::Auth>("auth");
        QTest::addColumn<QString>("consumer");
        const auto row = [](const char* name, const workspace::Auth& auth, const char* consumer) {
            QTest::newRow(name) << auth << QString::fromUtf8(consumer);
        };
        row("a user name", workspace::BasicAuth{"my-user", "x"}, "bob");
        row("a user name in a variable", workspace::BasicAuth{"{{user}}", "x"}, "bob");
        row("an unknown user", workspace::BasicAuth{"{{user}}2", "x"}, "");
        row("a key", workspace::ApiKeyAuth{"apikey", "{{key}}", false}, "bob");
        row("a key in the query", workspace::ApiKeyAuth{"apikey", "{{key}}", true}, "bob");
        row("an unknown key in the query", workspace::ApiKeyAuth{"apikey", "other", true}, "");
    }

    void findsTheCredential()
    {
        QFETCH(workspace::Auth, auth);
        QFETCH(QString, consumer);
        const auto snapshot = gateway::loadSnapshot(configuration, "kong.yml", {});
        CLAIMSMITH_VERIFY_RESULT(snapshot);
        workspace::Request request;
        request.url = "/api";
        request.auth = auth;
        workspace::Variables variables;
        variables.addBuiltIn("user", "my-user");
        variables.addBuiltIn("key", "my-key");
        const workspace::Workspace workspace;
        const NoSecrets secrets;
        const auto prepared = runner::prepare(
            request, {workspace, variables, secrets, snapshot->get(), systemClock(), "127.0.0.1:8000", {}});
        CLAIMSMITH_VERIFY_RESULT(prepared);
        const AuthMeaning meaning = meaningOf(request, prepared, snapshot->get(), 0);
        QCOMPARE(meaning.consumer, consumer);
        QCOMPARE(meaning.role == Role::Ok, !consumer.isEmpty());
    }
};

QTEST_MAIN(AuthMeaningTest)
#include "tst_authmeaning.moc"
