// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gateway/plugins/explaining.h"

#include "base/base64.h"

using namespace claimsmith;
using namespace claimsmith::gateway;
using namespace claimsmith::gateway::testing;

/// Several authentication plugins on one route (kong-plugins.md A8): who decides, and what the trace says of it.
class TestIdentity : public QObject
{
    Q_OBJECT

private slots:
    void combines_data();
    void combines();
    void saysWhyAPluginHadNothingToDo_data();
    void saysWhyAPluginHadNothingToDo();
};

namespace {

std::string twoPlugins(const QString& keyConfig, const QString& basicConfig)
{
    return documentOf(R"({"name": "key-auth", "config": )" + keyConfig.toStdString() +
                          R"(}, {"name": "basic-auth", "config": )" + basicConfig.toStdString() + "}",
                      R"("consumers": [{"username": "key", "keyauth_credentials": [{"key": "k"}]},
        {"username": "basic", "basicauth_credentials": [{"username": "b", "password": "p"}]}, {"username": "anon"}])");
}

Sent sentWith(const QString& key, const QString& password)
{
    Sent sent{.target = "/r"};
    if (!key.isEmpty())
        sent.headers.emplace_back("apikey", key.toStdString());
    if (!password.isEmpty())
        sent.headers.emplace_back("Authorization", "Basic " + toBase64("b:" + password.toStdString()));
    return sent;
}

std::string verdicts(const Passage& passage)
{
    std::string all;
    for (const char* plugin : {"key-auth", "basic-auth"}) {
        const Trace& trace = *passage.exchange.trace;
        all += (all.empty() ? "" : ", ") + std::string(nameOf(trace.steps[indexOfStep(trace, plugin)].verdict));
    }
    return all;
}

} // namespace

void TestIdentity::combines_data()
{
    QTest::addColumn<QString>("keyConfig");
    QTest::addColumn<QString>("basicConfig");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("password");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("consumer");
    QTest::addColumn<QString>("steps");
    const QString one = R"({"anonymous": "anon"})";
    const auto row = [](const char* name, const QString& keyConfig, const QString& basicConfig, const char* key,
                        const char* password, int status, const char* consumer, const char* steps) {
        QTest::newRow(name) << keyConfig << basicConfig << key << password << status << consumer << steps;
    };
    row("and: both", "{}", "{}", "k", "p", 200, "basic", "passed, passed");
    row("and: first only", "{}", "{}", "k", "", 401, "", "passed, answered");
    row("and: second only", "{}", "{}", "", "p", 401, "", "answered, not-run");
    row("or: both", one, one, "k", "p", 200, "key", "passed, skipped");
    row("or: first, second wrong", one, one, "k", "x", 200, "key", "passed, skipped");
    row("or: second", one, one, "", "p", 200, "basic", "anonymous, passed");
    row("or: none", one, one, "", "", 200, "anon", "anonymous, anonymous");
    row("second has to: first only", one, "{}", "k", "", 401, "", "passed, answered");
    row("second has to: second", one, "{}", "x", "p", 200, "basic", "anonymous, passed");
    row("first has to: second only", "{}", one, "", "p", 401, "", "answered, not-run");
    row("first has to: both", "{}", one, "k", "p", 200, "key", "passed, skipped");
}

void TestIdentity::combines()
{
    QFETCH(QString, keyConfig);
    QFETCH(QString, basicConfig);
    QFETCH(QString, key);
    QFETCH(QString, password);
    QFETCH(int, status);
    QFETCH(QString, consumer);
    QFETCH(QString, steps);
    const Passage passage(snapshotOf(twoPlugins(keyConfig, basicConfig)), sentWith(key, password), true);
    QCOMPARE(passage.status(), status);
    QCOMPARE(QString::fromStdString(verdicts(passage)), steps);
    if (status == 200)
        QCOMPARE(QString::fromStdString(passage.sentUpstream("X-Consumer-Username")), consumer);
    QCOMPARE(passage.exchange.upstream.headers.contains("X-Anonymous-Consumer"), status == 200 && consumer == "anon");
}

void TestIdentity::saysWhyAPluginHadNothingToDo_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("plugin");
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("found");
    QTest::newRow("authenticated before") << "GET"
                                          << "basic-auth"
                                          << "plugin.skipped-authenticated.title"
                                          << "key";
    QTest::newRow("preflight") << "OPTIONS"
                               << "key-auth"
                               << "plugin.skipped-preflight.title"
                               << "";
}

void TestIdentity::saysWhyAPluginHadNothingToDo()
{
    QFETCH(QString, method);
    QFETCH(QString, plugin);
    QFETCH(QString, title);
    QFETCH(QString, found);
    Sent sent = sentWith("k", "");
    sent.method = method.toStdString();
    const Passage passage(snapshotOf(twoPlugins(R"({"run_on_preflight": false})", R"({"anonymous": "anon"})")), sent,
                          true);
    const Explanation explanation = explanationOf(passage, plugin.toStdString());
    QCOMPARE(QString::fromStdString(explanation.title.id), title);
    QCOMPARE(QString::fromStdString(explanation.checks.front().found), found);
}

QTEST_APPLESS_MAIN(TestIdentity)
#include "tst_identity.moc"
