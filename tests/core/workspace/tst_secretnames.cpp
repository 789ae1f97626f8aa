// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/secretnames.h"

#include "support/testing.h"

using namespace claimsmith::workspace;

class TestSecretNames final : public QObject
{
    Q_OBJECT

private slots:
    void findsThemEverywhere();
    void environmentReferences_data();
    void environmentReferences();
};

void TestSecretNames::findsThemEverywhere()
{
    Workspace workspace;
    Request request;
    request.url = "{{gateway}}/{{secret:url}}";
    request.params = {{true, "a", "{{ secret:param }}", ""}};
    request.headers = {{false, "{{secret:header}}", "", ""}};
    request.body.text = "{\"a\":\"{{secret:body}}\"}";
    request.body.form = {{true, "a", "{{secret:form}}", ""}};
    request.auth = BasicAuth{"{{user}}", "{{secret:password}}"};
    Request bearer;
    bearer.auth = BearerAuth{"{{secret:bearer}}", "Bearer"};
    Request apiKey;
    apiKey.auth = ApiKeyAuth{"k", "{{secret:apikey}}", false};
    workspace.folders = {{"f", "F", {request}, {{"g", "G", {bearer, apiKey}, {}}}}};
    workspace.environments = {{"e", "local", "", "", false, "{\"x\": \"{{secret:environment}}\"}"}};
    workspace.tokens = {{"1", "a", "RS256", "{}", "{\"s\":\"{{secret:claim}}\"}", CredentialKey{"c", "credential"}},
                        {"2", "b", "RS256", "{}", "{}", KeyringKey{"ring"}},
                        {"3", "c", "HS256", "{}", "{}", SecretKey{"shared", SecretEncoding::Text}}};
    workspace.keys = {{"stored", "", "", true}, {"public only", "", "", false}};
    workspace.kongYml = "secret: ${{ env \"DECK_X\" }}";
    QVERIFY(
        (secretNames(workspace) == std::set<std::string>{"url", "param", "header", "body", "form", "password", "bearer",
                                                         "apikey", "environment", "claim", "key/credential", "key/ring",
                                                         "shared", "key/stored", "DECK_X"}));
}

void TestSecretNames::environmentReferences_data()
{
    QTest::addColumn<QByteArray>("yaml");
    QTest::addColumn<QByteArrayList>("names");
    QTest::newRow("none") << QByteArray("a: 1") << QByteArrayList{};
    QTest::newRow("several") << QByteArray("a: ${{ env \"DECK_A\" }}\nb: x${{env \"DECK_B\"}}y")
                             << QByteArrayList{"DECK_A", "DECK_B"};
    QTest::newRow("in quotes") << QByteArray("a: \"${{ env \\\"DECK_A\\\" }}\"") << QByteArrayList{"DECK_A"};
    QTest::newRow("another function") << QByteArray("a: ${{ file \"x\" }}") << QByteArrayList{};
    QTest::newRow("not closed") << QByteArray("a: ${{ env \"DECK_A\"") << QByteArrayList{};
    QTest::newRow("no name") << QByteArray("a: ${{ env \"\" }} ${{ env }} ${{ env \" }}") << QByteArrayList{};
}

void TestSecretNames::environmentReferences()
{
    QFETCH(QByteArray, yaml);
    QFETCH(QByteArrayList, names);
    QByteArrayList found;
    for (const std::string& name : claimsmith::workspace::environmentReferences(yaml.toStdString()))
        found.append(QByteArray::fromStdString(name));
    QCOMPARE(found, names);
}

QTEST_APPLESS_MAIN(TestSecretNames)
#include "tst_secretnames.moc"
