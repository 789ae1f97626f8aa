// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bridge/configanalysis.h"
#include "document/json.h"
#include "gateway/entities.h"
#include "support/testing.h"

using namespace claimsmith;
using namespace claimsmith::app;

namespace {

const std::string nested = R"(_format_version: "3.0"
services:
- name: my-api-service
  url: http://localhost:3000
  routes:
  - name: api
    paths:
    - /api
    plugins:
    - name: jwt
      enabled: false
      config:
        claims_to_verify: [exp, nbf]
        maximum_expiration: 31622400
consumers:
- username: login_server_issuer
  jwt_secrets:
  - key: abc
    secret: ${{ env "DECK_ISSUER" }}
)";

const std::string flat = R"(_format_version: "3.0"
services:
- name: a
  host: example.com
  port: 8080
routes:
- name: r
  service: a
  paths: [/r]
plugins:
- name: jwt
  route: r
  config: {claims_to_verify: [exp, nbf]}
- name: key-auth
keyauth_credentials:
- consumer: bob
  key: plain-secret
consumers:
- username: bob
)";

const ConfigProblem* firstWithFix(const ConfigAnalysis& config)
{
    for (const ConfigProblem& problem : config.problems) {
        if (problem.fix)
            return &problem;
    }
    return nullptr;
}

} // namespace

class TestConfigAnalysis final : public QObject
{
    Q_OBJECT

private slots:
    void outlineFollowsNesting()
    {
        const ConfigAnalysis config = readConfig(nested);
        QVERIFY(config.parses());
        const auto path = config.outline.pathTo("/services/0/routes/0/plugins/0/config/realm");
        QCOMPARE(path.size(), std::size_t{3});
        QCOMPARE(path[0]->name, std::string("my-api-service"));
        QCOMPARE(path[0]->detail, std::string(":3000"));
        QCOMPARE(path[1]->detail, std::string("/api"));
        QCOMPARE(path[2]->name, std::string("jwt"));
        QVERIFY(!path[2]->enabled);
    }

    void outlineFollowsNames()
    {
        const ConfigAnalysis config = readConfig(flat);
        const OutlineEntity* plugin = config.outline.findAt("/plugins/0");
        QVERIFY(plugin);
        QCOMPARE(plugin->parent, std::string("/routes/0"));
        QCOMPARE(config.outline.findAt("/routes/0")->parent, std::string("/services/0"));
        QCOMPARE(config.outline.findAt("/plugins/1")->parent, std::string());
        const OutlineEntity* credential = config.outline.findAt("/keyauth_credentials/0");
        QCOMPARE(credential->parent, std::string("/consumers/0"));
        QCOMPARE(credential->name, std::string()); // the key is the secret
    }

    void errorsHaveLineAndFix_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::addColumn<int>("line");
        QTest::addColumn<QString>("fixed");
        QTest::newRow("beyond the range") << "31622400"
                                          << "31622400" << 14 << "maximum_expiration: 31536000";
        QTest::newRow("text for a number") << "31622400"
                                           << "'600'" << 14 << "maximum_expiration: 600";
        QTest::newRow("text for a boolean") << "enabled: false"
                                            << "enabled: \"no\"" << 11 << "enabled: false";
        QTest::newRow("an unknown field") << "    - /api"
                                          << "    - /api\n    colour: red" << 9 << "!colour";
        QTest::newRow("a field mistyped") << "url:"
                                          << "ulr:" << 4 << "  url: http://localhost:3000";
    }

    void errorsHaveLineAndFix()
    {
        QFETCH(QString, from);
        QFETCH(QString, to);
        QFETCH(QString, fixed);
        QString text = QString::fromStdString(nested);
        if (from != QStringLiteral("31622400"))
            text.replace(QStringLiteral("31622400"), QStringLiteral("600"));
        text.replace(from, to);
        const ConfigAnalysis config = analyse(text.toStdString(), {});
        QVERIFY(!config.snapshot);
        const ConfigProblem* error = firstWithFix(config);
        QVERIFY(error);
        QCOMPARE(error->severity, ConfigProblem::Severity::Error);
        QTEST(static_cast<int>(error->problem.place.line), "line");
        const auto mended = applyEdits(config.text, {*error->fix});
        CLAIMSMITH_VERIFY_RESULT(mended);
        const bool absent = fixed.startsWith(QLatin1Char('!'));
        const bool found = mended.value().find((absent ? fixed.mid(1) : fixed).toStdString()) != std::string::npos;
        QVERIFY2(found != absent, mended.value().c_str());
        QVERIFY(analyse(mended.value(), {}).snapshot);
    }

    void whatToUnderline_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("pointer");
        QTest::addColumn<QString>("underlined");
        const QString flow = QStringLiteral("plugins:\n- {name: jwt, config: {maximum_expiration: -1, realm: x}}\n");
        const QString block = QStringLiteral("plugins:\n- name: jwt\n  config:\n    maximum_expiration: -1\n");
        const QString lists = QStringLiteral("routes:\n- name: r\n  paths: [/a, b]\n");
        QTest::newRow("a value in a block") << block << "/plugins/0/config/maximum_expiration"
                                            << "-1";
        QTest::newRow("a value in a flow") << flow << "/plugins/0/config/maximum_expiration"
                                           << "-1";
        QTest::newRow("an object in a flow: its name") << flow << "/plugins/0/config"
                                                       << "config";
        QTest::newRow("an object in a block: its name") << block << "/plugins/0/config"
                                                        << "config";
        QTest::newRow("an entity in a flow: its first member") << flow << "/plugins/0"
                                                               << "name";
        QTest::newRow("an entity in a block: its first member") << block << "/plugins/0"
                                                                << "name";
        QTest::newRow("a member that is missing") << flow << "/plugins/0/config/claims"
                                                  << "config";
        QTest::newRow("an element of a flow") << lists << "/routes/0/paths/1"
                                              << "b";
        QTest::newRow("a list in a flow: its name") << lists << "/routes/0/paths"
                                                    << "paths";
    }

    void whatToUnderline()
    {
        QFETCH(QString, text);
        QFETCH(QString, pointer);
        const ConfigAnalysis config = readConfig(text.toStdString());
        QVERIFY(config.parses());
        Place place;
        place.pointer = pointer.toStdString();
        const document::Span span = config.spanOf(place);
        QTEST(QString::fromStdString(config.text.substr(span.begin, span.end - span.begin)), "underlined");
    }

    void textThatDoesNotParseIsOneProblem()
    {
        const ConfigAnalysis config = analyse("services:\n- name: a\n  url: [\n", {});
        QVERIFY(!config.parses());
        QCOMPARE(config.problems.size(), std::size_t{1});
        QVERIFY(config.problems.front().problem.place.line >= 3);
        QCOMPARE(config.problems.front().problem.place.file, std::string("kong.yml"));
    }

    void warnings_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("rule");
        QTest::newRow("no exp") << "plugins:\n- name: jwt\n"
                                << "jwt-without-exp";
        QTest::newRow("no nbf") << "plugins:\n- name: jwt\n  config: {claims_to_verify: [exp]}\n"
                                << "jwt-without-nbf";
        QTest::newRow("both") << "plugins:\n- name: jwt\n  config: {claims_to_verify: [exp, nbf]}\n" << QString();
        QTest::newRow("a plugin that is off") << "plugins:\n- name: jwt\n  enabled: false\n" << QString();
        QTest::newRow("a secret in the file") << "consumers:\n- username: a\n  keyauth_credentials:\n  - key: abc\n"
                                              << "secret-in-file";
        QTest::newRow("nobody is called so") << "plugins:\n- name: key-auth\n  config: {anonymous: nobody}\n"
                                             << "anonymous-unknown";
    }

    void warnings()
    {
        QFETCH(QString, text);
        QFETCH(QString, rule);
        const ConfigAnalysis config = analyse("_format_version: \"3.0\"\n" + text.toStdString(), {});
        QCOMPARE(config.count(ConfigProblem::Severity::Error), std::size_t{0});
        QCOMPARE(config.problems.empty() ? QString() : QString::fromStdString(config.problems.front().problem.message),
                 rule);
        if (!config.problems.empty() && config.problems.front().fix) {
            const auto mended = applyEdits(config.text, {*config.problems.front().fix});
            CLAIMSMITH_VERIFY_RESULT(mended);
            QVERIFY(analyse(mended.value(), {}).problems.size() <= config.problems.size());
        }
    }

    void references_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("name");
        QTest::newRow("double quotes") << "${{ env \"DECK_A\" }}"
                                       << "DECK_A";
        QTest::newRow("single quotes, no spaces") << "${{env 'DECK_A'}}"
                                                  << "DECK_A";
        QTest::newRow("plain text") << "DECK_A" << QString();
        QTest::newRow("not closed") << "${{ env \"DECK_A\"" << QString();
        QTest::newRow("no name") << "${{ env }}" << QString();
    }

    void references()
    {
        QFETCH(QString, text);
        QFETCH(QString, name);
        const auto found = referencedName(text.toStdString());
        QCOMPARE(found ? QString::fromStdString(*found) : QString(), name);
        if (found)
            QCOMPARE(*referencedName(referenceTo(*found)), *found);
    }

    void counterpartsGoByName()
    {
        const auto before = readConfig("services:\n- name: a\n  host: x\n- name: b\n  host: y\n");
        const auto after = readConfig("services:\n- name: new\n- name: b\n  host: z\n");
        const auto place = counterpart(after.document, "/services/1/host", before.document);
        QVERIFY(place);
        QCOMPARE(*place, std::string("/services/1/host"));
        QVERIFY(!counterpart(after.document, "/services/0/host", before.document));
    }
};

QTEST_GUILESS_MAIN(TestConfigAnalysis)
#include "tst_configanalysis.moc"
