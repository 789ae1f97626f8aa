// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/gateway/gatewaybench.h"
#include "gateway/chain.h"
#include "gateway/plugins/all.h"

#include <algorithm>

using namespace claimsmith;
using namespace claimsmith::gateway;
using namespace claimsmith::gateway::testing;

/// Which instance of a plugin runs, in which order, and what several authentication plugins make of a request
/// (kong-plugins.md A3, A8).
class TestChain : public QObject
{
    Q_OBJECT

private slots:
    void choosesMostSpecific_data();
    void choosesMostSpecific();
    void ranksGroups_data();
    void ranksGroups();
    void takesTheFirstGroupByName();
    void ignoresDisabled();
    void runsByPriority();
    void combinesAuthentication_data();
    void combinesAuthentication();
    void tracesWhatDidNotRun();
};

namespace {

std::string termination(const std::string& scope, int status)
{
    return R"({"name": "request-termination", )" + scope + R"( "config": {"status_code": )" + std::to_string(status) +
           "}}";
}

std::string withPlugins(const std::string& plugins)
{
    return R"({"_format_version": "3.0", "services": [{"name": "s", "host": "a", "routes": [{"name": "r", "paths": ["/r"], "plugins": [{"name": "key-auth"}]}]}],
      "consumers": [{"username": "c", "keyauth_credentials": [{"key": "k"}]}, {"username": "d", "keyauth_credentials": [{"key": "l"}]}], "plugins": [)" +
           plugins + "]}";
}

/// Instances of one plugin with every scope that the enterprise edition knows, the most specific one first
/// (kong-plugins.md A3.4).
class Scopes
{
public:
    static constexpr const char* names[] = {"consumer, route and service",
                                            "group, route and service",
                                            "consumer and route",
                                            "consumer and service",
                                            "group and route",
                                            "group and service",
                                            "route and service",
                                            "consumer",
                                            "group",
                                            "route",
                                            "service",
                                            "global"};

    Scopes()
    {
        m_route.service = &m_service;
        m_route.name = "r";
        m_group.name = "gold";
        m_member.groups = {&m_group};
    }

    /// Those from `first` on, listed from the least specific on.
    std::vector<std::unique_ptr<const PluginInstance>> from(std::size_t first) const
    {
        std::vector<std::unique_ptr<const PluginInstance>> instances;
        for (std::size_t i = std::size(names); i > first; --i) {
            const std::string_view name = names[i - 1];
            const auto has = [name](std::string_view part) { return name.find(part) != std::string_view::npos; };
            PluginInstance instance;
            instance.descriptor = findPlugin("correlation-id");
            instance.route = has("route") ? &m_route : nullptr;
            instance.service = has("service") ? &m_service : nullptr;
            instance.consumer = has("consumer") ? &m_member : nullptr;
            instance.group = has("group") ? &m_group : nullptr;
            instances.push_back(std::make_unique<const PluginInstance>(std::move(instance)));
        }
        return instances;
    }

    const Route& route() const noexcept { return m_route; }
    const Consumer& member() const noexcept { return m_member; }

private:
    Service m_service;
    Route m_route;
    Consumer m_member;
    ConsumerGroup m_group;
};

} // namespace

void TestChain::ranksGroups_data()
{
    QTest::addColumn<int>("winner");
    for (int i = 0; i < int(std::size(Scopes::names)); ++i)
        QTest::newRow(Scopes::names[i]) << i;
}

void TestChain::ranksGroups()
{
    QFETCH(int, winner);
    const Scopes scopes;
    const auto instances = scopes.from(static_cast<std::size_t>(winner));
    const Chain chain = makeChain(instances, &scopes.route());
    QCOMPARE(chain.size(), std::size_t(1));
    // The instances are listed the other way round: the last one has to win.
    QCOMPARE(chain.front().choose(&scopes.member()), instances.back().get());
    // Whoever is nobody's member gets the most specific one that asks for nobody.
    const Consumer stranger;
    for (const Consumer* const other : {&stranger, static_cast<const Consumer*>(nullptr)}) {
        const PluginInstance* const chosen = chain.front().choose(other);
        QVERIFY(chosen && !chosen->consumer && !chosen->group);
        const auto next = std::find_if(instances.rbegin(), instances.rend(),
                                       [](const auto& instance) { return !instance->consumer && !instance->group; });
        QCOMPARE(chosen, next->get());
    }
}

void TestChain::takesTheFirstGroupByName()
{
    Consumer member;
    ConsumerGroup groups[3];
    std::vector<std::unique_ptr<const PluginInstance>> instances;
    const char* const names[] = {"gold", "silver", "tin"};
    for (std::size_t i : {1, 0, 2}) {
        groups[i].name = names[i];
        PluginInstance instance;
        instance.descriptor = findPlugin("correlation-id");
        instance.group = &groups[i];
        instances.push_back(std::make_unique<const PluginInstance>(std::move(instance)));
    }
    member.groups = {&groups[0], &groups[1], &groups[2]};
    const Route route;
    QCOMPARE(makeChain(instances, &route).front().choose(&member)->group->name, std::string("gold"));
}

void TestChain::choosesMostSpecific_data()
{
    QTest::addColumn<QStringList>("scopes");
    QTest::addColumn<int>("winner");
    const QString all[] = {"",
                           "\"service\": \"s\",",
                           "\"route\": \"r\",",
                           "\"consumer\": \"c\",",
                           "\"route\": \"r\", \"service\": \"s\",",
                           "\"service\": \"s\", \"consumer\": \"c\",",
                           "\"route\": \"r\", \"consumer\": \"c\",",
                           "\"route\": \"r\", \"service\": \"s\", \"consumer\": \"c\","};
    const char* const names[] = {
        "global",   "service", "route", "consumer", "route and service", "service and consumer", "route and consumer",
        "all three"};
    QStringList scopes;
    for (int i = 0; i < 8; ++i) {
        scopes << all[i];
        QTest::newRow(names[i]) << scopes << i; // each beats all before it
    }
}

void TestChain::choosesMostSpecific()
{
    QFETCH(QStringList, scopes);
    QFETCH(int, winner);
    std::string plugins;
    for (int i = 0; i < scopes.size(); ++i)
        plugins += (i == 0 ? "" : ", ") + termination(scopes[i].toStdString(), 210 + i);
    const auto snapshot = snapshotOf(withPlugins(plugins));
    QCOMPARE(Passage(snapshot, {.target = "/r", .headers = {{"apikey", "k"}}}).status(), 210 + winner);
}

void TestChain::ignoresDisabled()
{
    const auto snapshot = snapshotOf(
        withPlugins(termination("\"route\": \"r\", \"enabled\": false,", 222) + ", " + termination("", 211)));
    QCOMPARE(Passage(snapshot, {.target = "/r", .headers = {{"apikey", "k"}}}).status(), 211);
}

void TestChain::runsByPriority()
{
    const auto snapshot = snapshotOf(withPlugins(termination("", 211) + R"(, {"name": "jwt"})"));
    const Passage passage(snapshot, {.target = "/r"});
    std::string order;
    for (const auto& [instance, verdict] : passage.exchange.verdicts())
        order += std::string(instance->descriptor->name) + "=" + std::string(nameOf(verdict)) + " ";
    QCOMPARE(order, std::string("jwt=answered key-auth=not-run request-termination=not-run "));
    QCOMPARE(passage.exchange.answeredBy()->descriptor->name, std::string_view("jwt"));
}

void TestChain::combinesAuthentication_data()
{
    QTest::addColumn<QString>("jwt");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("apikey");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("consumer");
    QTest::newRow("both have to succeed") << "{}"
                                          << "{}"
                                          << "k" << 401 << "";
    QTest::newRow("one is enough") << R"({"anonymous": "d"})"
                                   << R"({"anonymous": "d"})"
                                   << "k" << 200 << "c";
    QTest::newRow("neither succeeds") << R"({"anonymous": "d"})"
                                      << R"({"anonymous": "d"})"
                                      << "x" << 200 << "d";
    QTest::newRow("one of them has to") << R"({"anonymous": "d"})"
                                        << "{}"
                                        << "x" << 401 << "d";
}

void TestChain::combinesAuthentication()
{
    QFETCH(QString, jwt);
    QFETCH(QString, key);
    QFETCH(QString, apikey);
    QFETCH(int, status);
    QFETCH(QString, consumer);
    const auto snapshot = snapshotOf(
        R"({"_format_version": "3.0", "services": [{"name": "s", "host": "a", "routes": [{"name": "r", "paths": ["/r"], "plugins": [
        {"name": "jwt", "config": )" +
        jwt.toStdString() + R"(}, {"name": "key-auth", "config": )" + key.toStdString() + R"(}]}]}],
        "consumers": [{"username": "c", "keyauth_credentials": [{"key": "k"}]}, {"username": "d"}]})");
    const Passage passage(snapshot, {.target = "/r", .headers = {{"apikey", apikey.toStdString()}}});
    QCOMPARE(passage.status(), status);
    QCOMPARE(QString::fromStdString(passage.sentUpstream("X-Consumer-Username")), consumer);
    QCOMPARE(passage.sentUpstream("X-Anonymous-Consumer").empty(), consumer != "d");
}

void TestChain::tracesWhatDidNotRun()
{
    const auto snapshot = snapshotOf(withPlugins(termination("", 211)));
    const Passage passage(snapshot, {.target = "/r"}, true);
    std::string steps;
    for (const Step& step : passage.exchange.trace->steps)
        steps += std::string(nameOf(step.kind)) + " " + step.name + "=" + std::string(nameOf(step.verdict)) + "; ";
    QCOMPARE(steps, std::string("received GET /r=passed; route r=passed; plugin key-auth=answered; "
                                "plugin request-termination=not-run; upstream s=not-run; response =passed; "));
    const document::Value asJson = toValue(*passage.exchange.trace);
    QCOMPARE(*asJson.at("/steps/2/status")->asNumber(), document::Number(401));
    QCOMPARE(*asJson.at("/steps/2/scope")->asString(), std::string("route r"));
}

QTEST_APPLESS_MAIN(TestChain)
#include "tst_chain.moc"
