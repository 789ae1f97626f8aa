// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/balancer/balancer.h"

#include "core/gateway/gatewaybench.h"
#include "gateway/balancer/balancedtries.h"
#include "gateway/balancer/balancers.h"
#include "gateway/balancer/checks.h"
#include "gateway/balancer/xxhash.h"

#include <array>

using namespace claimsmith;
using namespace claimsmith::gateway;
using namespace claimsmith::gateway::testing;
using namespace std::chrono_literals;

class TestBalancer : public QObject
{
    Q_OBJECT

private slots:
    void hashes_data();
    void hashes();
    void followsWeights();
    void goesAroundWhatFailed();
    void prefersFewConnections();
    void prefersQuickTargets();
    void keepsToAHash();
    void spreadsHashes();
    void readsHashInputs_data();
    void readsHashInputs();
    void makesACookie();
    void passiveChecks_data();
    void passiveChecks();
    void countsThroughSuccessesThatAreOff();
    void comesBackBySuccesses();
    void needsItsThreshold();
    void leadsTheRequest();
    void outlivesReloads();
    void isFoundById();
};

namespace {

std::string configuration(const std::string& settings, const std::string& targets)
{
    return R"json({"_format_version": "3.0", "services": [{"name": "s", "host": "up", "routes":
        [{"name": "r", "paths": ["~/(?<id>[a-z]+)", "/"]}]}], "upstreams": [{"name": "up", "targets": [)json" +
           targets + "]" + (settings.empty() ? "" : ", ") + settings + "}]}";
}

constexpr const char* three = R"({"target": "a:1"}, {"target": "b:2"}, {"target": "c:3"})";

UpstreamSettings settingsOf(const std::string& settings, const std::string& targets = three)
{
    const auto snapshot = snapshotOf(configuration(settings, targets));
    const Entity& upstream = *snapshot->entities().all("upstreams").front();
    return {upstream, snapshot->entities().referringTo("targets", "upstream", upstream.id)};
}

/// How often each target is chosen.
std::array<int, 3> tally(Balancer& balancer, int count)
{
    std::array<int, 3> counts{};
    for (int i = 0; i < count; ++i) {
        const auto target = balancer.acquire("", {});
        if (target) {
            ++counts[*target];
            balancer.release(*target);
        }
    }
    return counts;
}

} // namespace

/// The specification's own and reference vectors with seed 0.
void TestBalancer::hashes_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<quint32>("hash");
    QTest::newRow("nothing") << QByteArray() << quint32(0x02CC5D05);
    QTest::newRow("a letter") << QByteArray("a") << quint32(0x550D7456);
    QTest::newRow("three letters") << QByteArray("abc") << quint32(0x32D153FF);
    QTest::newRow("more than a stripe") << QByteArray("Nobody inspects the spammish repetition") << quint32(0xE2293B2F);
}

void TestBalancer::hashes()
{
    QFETCH(QByteArray, text);
    QFETCH(quint32, hash);
    QCOMPARE(quint32(xxHash32(text.toStdString())), hash);
}

void TestBalancer::followsWeights()
{
    Balancer balancer(settingsOf("", R"({"target": "a:1", "weight": 30}, {"target": "b:2", "weight": 10},
        {"target": "c:3", "weight": 0})"));
    QCOMPARE(tally(balancer, 80), (std::array<int, 3>{60, 20, 0}));
}

void TestBalancer::goesAroundWhatFailed()
{
    for (const char* const algorithm : {"round-robin", "least-connections", "latency"}) {
        Balancer balancer(settingsOf(R"("algorithm": ")" + std::string(algorithm) + "\""));
        std::vector<std::size_t> failed;
        for (int i = 0; i < 3; ++i) {
            const auto target = balancer.acquire("x", failed);
            QVERIFY(target && std::ranges::find(failed, *target) == failed.end());
            failed.push_back(*target);
        }
        QVERIFY(balancer.acquire("x", failed).has_value()); // all failed: any of them once more
    }
}

void TestBalancer::prefersFewConnections()
{
    Balancer balancer(
        settingsOf(R"("algorithm": "least-connections")", R"({"target": "a:1"}, {"target": "b:2", "weight": 200})"));
    std::array<int, 2> open{};
    for (int i = 0; i < 6; ++i)
        ++open[*balancer.acquire("", {})];
    QCOMPARE(open, (std::array<int, 2>{2, 4}));
    balancer.release(0);
    balancer.release(0);
    QCOMPARE(*balancer.acquire("", {}), std::size_t(0));
}

void TestBalancer::prefersQuickTargets()
{
    Balancer balancer(settingsOf(R"("algorithm": "latency")"));
    balancer.report(0, TryOutcome::Answered, 200, 50ms);
    balancer.report(1, TryOutcome::Answered, 200, 5ms);
    balancer.report(2, TryOutcome::Answered, 200, 500ms);
    QCOMPARE(tally(balancer, 10), (std::array<int, 3>{0, 10, 0}));
}

void TestBalancer::keepsToAHash()
{
    const char* const hashing = R"("algorithm": "consistent-hashing", "hash_on": "ip")";
    Balancer balancer(settingsOf(hashing));
    Balancer fewer(settingsOf(hashing, R"({"target": "a:1"}, {"target": "b:2"})"));
    int moved = 0;
    for (int i = 0; i < 300; ++i) {
        const std::string value = "client " + std::to_string(i);
        const std::size_t target = *balancer.acquire(value, {});
        QCOMPARE(*balancer.acquire(value, {}), target);
        if (target != 2 && *fewer.acquire(value, {}) != target)
            ++moved;
    }
    QVERIFY2(moved < 60, qPrintable(QString::number(moved))); // those of a and b mostly stay when c goes
}

void TestBalancer::spreadsHashes()
{
    Balancer balancer(settingsOf(R"("algorithm": "consistent-hashing", "hash_on": "ip")"));
    std::array<int, 3> counts{};
    for (int i = 0; i < 3000; ++i)
        ++counts[*balancer.acquire("client " + std::to_string(i), {})];
    for (const int count : counts)
        QVERIFY2(count > 600 && count < 1400, qPrintable(QString::number(count)));
}

void TestBalancer::readsHashInputs_data()
{
    QTest::addColumn<QString>("settings");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("source");
    QTest::newRow("ip") << R"("hash_on": "ip")"
                        << "127.0.0.1"
                        << "ip";
    QTest::newRow("header") << R"("hash_on": "header", "hash_on_header": "X-User")"
                            << "ann,bob"
                            << "header X-User";
    QTest::newRow("path") << R"("hash_on": "path")"
                          << "/abc"
                          << "path";
    QTest::newRow("argument") << R"("hash_on": "query_arg", "hash_on_query_arg": "u")"
                              << "1,2"
                              << "query u";
    QTest::newRow("capture by name") << R"("hash_on": "uri_capture", "hash_on_uri_capture": "id")"
                                     << "abc"
                                     << "capture id";
    QTest::newRow("capture by number") << R"("hash_on": "uri_capture", "hash_on_uri_capture": "1")"
                                       << "abc"
                                       << "capture 1";
    QTest::newRow("cookie") << R"("hash_on": "cookie", "hash_on_cookie": "sess")"
                            << "c1"
                            << "cookie sess";
    QTest::newRow("fallback") << R"("hash_on": "header", "hash_on_header": "X-No", "hash_fallback": "ip")"
                              << "127.0.0.1"
                              << "ip";
    QTest::newRow("nothing") << R"("hash_on": "consumer")"
                             << ""
                             << "consumer";
}

void TestBalancer::readsHashInputs()
{
    QFETCH(QString, settings);
    QFETCH(QString, value);
    QFETCH(QString, source);
    const std::string text = R"("algorithm": "consistent-hashing", )" + settings.toStdString();
    const Passage passage(
        snapshotOf(configuration(text, three)),
        {.target = "/abc?u=2&u=1", .headers = {{"X-User", "bob"}, {"X-User", "ann"}, {"Cookie", "a=b; sess=c1"}}});
    const HashInput input = readHashInput(passage.exchange, settingsOf(text));
    QCOMPARE(QString::fromStdString(input.value), value);
    QCOMPARE(QString::fromStdString(input.source), source);
    QVERIFY(input.setCookie.empty());
}

void TestBalancer::makesACookie()
{
    const std::string text = R"("algorithm": "consistent-hashing", "hash_on": "cookie", "hash_on_cookie": "sess",
        "hash_on_cookie_path": "/p")";
    const Passage passage(snapshotOf(configuration(text, three)), {});
    const HashInput input = readHashInput(passage.exchange, settingsOf(text));
    QCOMPARE(input.value.size(), std::size_t(36));
    QCOMPARE(input.setCookie, "sess=" + input.value + "; Path=/p; Same-Site=Lax; HttpOnly");
}

void TestBalancer::passiveChecks_data()
{
    QTest::addColumn<QString>("rule");
    QTest::addColumn<int>("outcome");
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("stays");
    const int answered = static_cast<int>(TryOutcome::Answered);
    const int broken = static_cast<int>(TryOutcome::Broken);
    const int late = static_cast<int>(TryOutcome::TimedOut);
    QTest::newRow("bad statuses") << R"("http_failures": 2)" << answered << 500 << false;
    QTest::newRow("statuses that are not bad") << R"("http_failures": 2)" << answered << 404 << true;
    QTest::newRow("broken connections") << R"("tcp_failures": 2)" << broken << 0 << false;
    QTest::newRow("no answer in time") << R"("timeouts": 2)" << late << 0 << false;
    QTest::newRow("not counted") << R"("timeouts": 2)" << broken << 0 << true;
}

void TestBalancer::passiveChecks()
{
    QFETCH(QString, rule);
    QFETCH(int, outcome);
    QFETCH(int, status);
    QFETCH(bool, stays);
    Balancer balancer(settingsOf(R"("healthchecks": {"passive": {"healthy": {"successes": 1}, "unhealthy": {)" +
                                 rule.toStdString() + "}}}"));
    const auto report = [&] { balancer.report(0, static_cast<TryOutcome>(outcome), status, 1ms); };
    report();
    QCOMPARE(balancer.healthOf(0), Balancer::Health::Healthy);
    balancer.report(0, TryOutcome::Answered, 200, 1ms); // begins anew
    report();
    QCOMPARE(balancer.healthOf(0), Balancer::Health::Healthy);
    report();
    QCOMPARE(balancer.healthOf(0), stays ? Balancer::Health::Healthy : Balancer::Health::Unhealthy);
    QCOMPARE(tally(balancer, 30)[0] > 0, stays);
}

/// As in Kong: a counter that is off does not clear the others.
void TestBalancer::countsThroughSuccessesThatAreOff()
{
    Balancer balancer(settingsOf(R"("healthchecks": {"passive": {"unhealthy": {"tcp_failures": 2}}})"));
    balancer.report(0, TryOutcome::Broken, 0, 1ms);
    balancer.report(0, TryOutcome::Answered, 200, 1ms);
    balancer.report(0, TryOutcome::Broken, 0, 1ms);
    QCOMPARE(balancer.healthOf(0), Balancer::Health::Unhealthy);
}

void TestBalancer::comesBackBySuccesses()
{
    Balancer balancer(
        settingsOf(R"("healthchecks": {"passive": {"unhealthy": {"tcp_failures": 1}, "healthy": {"successes": 2}}})"));
    balancer.report(1, TryOutcome::Broken, 0, 1ms);
    balancer.report(1, TryOutcome::Answered, 200, 1ms);
    QCOMPARE(balancer.healthOf(1), Balancer::Health::Unhealthy);
    balancer.report(1, TryOutcome::Answered, 200, 1ms);
    QCOMPARE(balancer.healthOf(1), Balancer::Health::Healthy);
}

void TestBalancer::needsItsThreshold()
{
    Balancer balancer(
        settingsOf(R"("healthchecks": {"threshold": 50, "passive": {"unhealthy": {"tcp_failures": 1}}})"));
    balancer.setHealthy(0, false);
    QVERIFY(balancer.acquire("", {}).has_value());
    balancer.setHealthy(1, false);
    QVERIFY(!balancer.acquire("", {}));
    QCOMPARE(balancer.weight().available, std::uint64_t(100));
    QVERIFY(!Balancer(settingsOf("", "")).acquire("", {}));
}

void TestBalancer::leadsTheRequest()
{
    const std::string text = configuration(R"("host_header": "name.test")", R"({"target": "[::1]:81"})");
    const auto snapshot = snapshotOf(text);
    Passage passage(snapshot, {.target = "/abc"}, true);
    Balancers balancers;
    BalancerReader reader(balancers);
    QVERIFY(!reader.find(snapshot, "elsewhere"));
    BalancedTries tries(passage.exchange, reader.find(snapshot, "UP"));
    QVERIFY(tries.isBalanced() && tries.next());
    QCOMPARE(passage.exchange.upstream.port, std::uint16_t(81));
    QCOMPARE(*passage.exchange.upstream.hostHeader, std::string("name.test:81"));
    tries.report(TryOutcome::Broken);
    QVERIFY(tries.next());
    const auto findings = tries.takeFindings();
    QCOMPARE(findings.size(), std::size_t(2));
    QCOMPARE(findings[0].check, std::string(balancer::target));
    QCOMPARE(findings[0].state, Finding::State::Failed);
    QCOMPARE(findings[1].state, Finding::State::Passed);
    QCOMPARE(findings[1].pointer, std::string("/upstreams/0/targets/0"));
    QCOMPARE(std::string(findings[1].parameter("algorithm")), std::string("round-robin"));
}

void TestBalancer::outlivesReloads()
{
    const auto first = snapshotOf(configuration("", three));
    const auto same = snapshotOf(configuration("", three));
    const auto other = snapshotOf(configuration(R"("slots": 100)", three));
    Balancers balancers;
    const auto balancer = balancers.of(first)->at("up");
    QCOMPARE(balancers.of(same)->at("up"), balancer);
    QVERIFY(balancers.of(other)->at("up") != balancer);
}

void TestBalancer::isFoundById()
{
    const auto snapshot =
        snapshotOf(configuration(R"("healthchecks": {"passive": {"unhealthy": {"tcp_failures": 1}}})", three));
    Balancers balancers;
    const auto found = balancers.find(snapshot, snapshot->entities().all("upstreams").front()->id);
    QVERIFY(found);
    const auto target = found->indexOf(snapshot->entities().all("targets")[1]->id);
    QCOMPARE(target, std::optional(std::size_t(1)));
    found->setHealthy(*target, false);
    QCOMPARE(found->healthOf(1), Balancer::Health::Unhealthy);
    QCOMPARE(found->healthOf(0), Balancer::Health::Healthy);
    QVERIFY(found->isUsable());
    QVERIFY(!found->indexOf("nope"));
    QVERIFY(!balancers.find(snapshot, "nope"));
}

QTEST_APPLESS_MAIN(TestBalancer)
#include "tst_balancer.moc"
