// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gateway/plugins/explaining.h"

using namespace claimsmith;
using namespace claimsmith::gateway;
using namespace claimsmith::gateway::testing;

class TestAcl : public QObject
{
    Q_OBJECT

private slots:
    void refusesConfigurations_data();
    void refusesConfigurations();
    void decides_data();
    void decides();
    void strictlyTheUpstreamIsToldNoClaims();
    void authenticatedGroupsComeFromOtherPlugins_data();
    void authenticatedGroupsComeFromOtherPlugins();
    void explains_data();
    void explains();
    void repairsTheDocument();
};

namespace {

constexpr const char* people = R"("consumers": [
    {"username": "adm", "keyauth_credentials": [{"key": "adm"}], "acls": [{"group": "staff"}, {"group": "admin"}]},
    {"username": "usr", "keyauth_credentials": [{"key": "usr"}], "acls": [{"group": "users"}]},
    {"username": "none", "keyauth_credentials": [{"key": "none"}]}, {"username": "guest"}])";

std::string withKeys(const std::string& config, const std::string& keyConfig = "{}")
{
    return documentOf(
        R"({"name": "key-auth", "config": )" + keyConfig + R"(}, {"name": "acl", "config": )" + config + "}", people);
}

Sent sentBy(const QString& key)
{
    Sent sent{.target = "/r"};
    if (!key.isEmpty())
        sent.headers.emplace_back("apikey", key.toStdString());
    return sent;
}

} // namespace

void TestAcl::refusesConfigurations_data()
{
    QTest::addColumn<QString>("config");
    QTest::addColumn<QString>("problem");
    const QString one = "exactly one of these fields must be non-empty: 'config.allow', 'config.deny'";
    QTest::newRow("both lists") << R"({"allow": ["a"], "deny": ["b"]})"
                                << ": " + one;
    QTest::newRow("no list") << "{}"
                             << ": " + one;
    QTest::newRow("a text") << R"({"allow": "a"})"
                            << "config.allow: expected an array";
    QTest::newRow("an empty group") << R"({"allow": [""]})"
                                    << "config.allow.1: length must be at least 1";
    QTest::newRow("one list") << R"({"deny": ["b"]})"
                              << "";
}

void TestAcl::refusesConfigurations()
{
    QFETCH(QString, config);
    QFETCH(QString, problem);
    const QString found = QString::fromStdString(problemWith(withKeys(config.toStdString())));
    QVERIFY2(problem.isEmpty() ? found.isEmpty() : found.contains(problem.section(": ", 1)), qPrintable(found));
}

void TestAcl::decides_data()
{
    QTest::addColumn<QString>("config");
    QTest::addColumn<QString>("key");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("header");
    const QString allow = R"({"allow": ["admin", "boss"]})";
    const QString deny = R"({"deny": ["users"]})";
    QTest::newRow("allowed") << allow << "adm" << 200 << "admin, staff";
    QTest::newRow("other group") << allow << "usr" << 403 << "";
    QTest::newRow("no group") << allow << "none" << 403 << "";
    QTest::newRow("capitals") << R"({"allow": ["ADMIN"]})"
                              << "adm" << 403 << "";
    QTest::newRow("not denied") << deny << "adm" << 200 << "admin, staff";
    QTest::newRow("denied") << deny << "usr" << 403 << "";
    QTest::newRow("no group to deny") << deny << "none" << 200 << "";
}

void TestAcl::decides()
{
    QFETCH(QString, config);
    QFETCH(QString, key);
    QFETCH(int, status);
    QFETCH(QString, header);
    const Passage passage(snapshotOf(withKeys(config.toStdString())), sentBy(key));
    QCOMPARE(passage.status(), status);
    if (status != 200)
        QCOMPARE(QString::fromStdString(*json(passage.body()).findString("message")),
                 QString("You cannot consume this service"));
    auto groups = QString::fromStdString(passage.sentUpstream("X-Consumer-Groups")).split(", ");
    groups.sort();
    QCOMPARE(groups.join(", "), header);
}

void TestAcl::strictlyTheUpstreamIsToldNoClaims()
{
    Sent sent = sentBy("adm");
    sent.headers.emplace_back("X-Consumer-Groups", "evil");
    const auto document = withKeys(R"({"allow": ["admin"], "hide_groups_header": true})");
    const Passage leniently(snapshotOf(document), sent, true);
    QCOMPARE(leniently.sentUpstream("X-Consumer-Groups"), std::string("evil"));
    const Explanation explanation = explanationOf(leniently, "acl");
    QCOMPARE(explanation.checks.back().quirk, std::string("acl.quirk.claimed-groups"));
    const Passage strictly(snapshotOf(document, Conduct::Strict), sent);
    QVERIFY(strictly.isProxied());
    QVERIFY(!strictly.exchange.upstream.headers.contains("X-Consumer-Groups"));
}

void TestAcl::authenticatedGroupsComeFromOtherPlugins_data()
{
    QTest::addColumn<bool>("preferred");
    QTest::addColumn<bool>("known");
    QTest::addColumn<int>("status");
    QTest::newRow("the consumer's own come first") << false << true << 403;
    QTest::newRow("unless told otherwise") << true << true << 200;
    QTest::newRow("of an anonymous consumer") << false << false << 200;
}

void TestAcl::authenticatedGroupsComeFromOtherPlugins()
{
    QFETCH(bool, preferred);
    QFETCH(bool, known);
    QFETCH(int, status);
    const auto snapshot = snapshotOf(withKeys(R"({"allow": ["team"], "always_use_authenticated_groups": )" +
                                              std::string(preferred ? "true" : "false") + "}"));
    const PluginInstance* acl = nullptr;
    for (const auto& instance : snapshot->plugins())
        if (instance->descriptor->name == "acl")
            acl = instance.get();
    Passage passage(snapshot, sentBy("none"));
    Exchange& exchange = passage.exchange;
    exchange.shared.set("authenticated_groups", document::Array{"team", "b"});
    if (!known)
        exchange.identity = {snapshot->findAnonymous("guest"), std::nullopt, true};
    const Decision decision = acl->plugin->access(exchange);
    const auto* answer = std::get_if<Answer>(&decision);
    QCOMPARE(answer ? answer->status : 200, status);
    if (!answer)
        QCOMPARE(exchange.upstream.headers.joined("X-Authenticated-Groups"), std::string("team, b"));
}

void TestAcl::explains_data()
{
    QTest::addColumn<QString>("document");
    QTest::addColumn<QString>("key");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("repairs");
    const auto allow = QString::fromStdString(withKeys(R"({"allow": ["admin"]})"));
    QTest::newRow("no group") << allow << "none" << 403 << "acl.no-groups.title"
                              << "*add-group open-consumer open-plugin";
    QTest::newRow("other group") << allow << "usr" << 403 << "acl.not-allowed.title"
                                 << "*add-group allow-group open-consumer open-plugin";
    QTest::newRow("denied") << QString::fromStdString(withKeys(R"({"deny": ["users", "x"]})")) << "usr" << 403
                            << "acl.denied.title"
                            << "*remove-group stop-denying open-consumer open-plugin";
    QTest::newRow("the only denied one") << QString::fromStdString(withKeys(R"({"deny": ["users"]})")) << "usr" << 403
                                         << "acl.denied.title"
                                         << "*remove-group open-consumer open-plugin";
    QTest::newRow("nobody") << QString::fromStdString(documentOf(R"({"name": "acl", "config": {"allow": ["a"]}})"))
                            << "" << 401 << "acl.nobody.title"
                            << "*open-plugin";
    QTest::newRow("anonymous") << QString::fromStdString(
                                      withKeys(R"({"allow": ["admin"]})", R"({"anonymous": "guest"})"))
                               << "" << 401 << "acl.no-groups.title"
                               << "*add-group open-consumer open-plugin";
}

void TestAcl::explains()
{
    QFETCH(QString, document);
    QFETCH(QString, key);
    QFETCH(int, status);
    QFETCH(QString, title);
    QFETCH(QString, repairs);
    const Passage passage(snapshotOf(document.toStdString()), sentBy(key), true);
    QCOMPARE(passage.status(), status);
    const Explanation explanation = explanationOf(passage, "acl");
    QCOMPARE(QString::fromStdString(explanation.title.id), title);
    QCOMPARE(QString::fromStdString(labelsOf(explanation)), repairs);
}

void TestAcl::repairsTheDocument()
{
    const Passage passage(snapshotOf(withKeys(R"({"allow": ["admin"]})")), sentBy("usr"), true);
    const Explanation explanation = explanationOf(passage, "acl");
    QCOMPARE(findRepair<AddEntity>(explanation)->list, std::string("/consumers/1/acls"));
    QCOMPARE(*document::Value(findRepair<AddEntity>(explanation)->entity).findString("group"), std::string("admin"));
    QCOMPARE(findRepair<SetField>(explanation)->pointer, std::string("/services/0/routes/0/plugins/1/config/allow/-"));
    QCOMPARE(findRepair<SetField>(explanation)->value, document::Value("users"));
}

QTEST_APPLESS_MAIN(TestAcl)
#include "tst_acl.moc"
