// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What each plugin costs in the chain of a request: processor time of the pipeline without sockets, as the difference
// to a route without plugins, measured in turns in one run so that the machine's moods hit all alike.

#include "core/gateway/gatewaybench.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>

using namespace claimsmith;
using namespace claimsmith::gateway;
using namespace claimsmith::gateway::testing;

namespace {

constexpr int rounds = 15;
constexpr int requestsPerRound = 2'000;

struct Scenario
{
    const char* name;
    const char* plugins; ///< of the route, as JSON
    std::vector<std::pair<std::string, std::string>> headers = {};
    bool isTraced = false;
};

/// {"iss":"k"} signed with HS256 and the secret "s3cr3t"; never expires.
constexpr const char* token =
    "Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJrIn0.yDvwm6LDhU0L-HYnTrsRw4HTEdqYjxPB3PoWE-o-tg4";

const std::vector<Scenario>& scenarios()
{
    static const std::vector<Scenario> all = {
        {"plain", "[]"},
        {"plain, traced", "[]", {}, true},
        {"key-auth", R"([{"name": "key-auth"}])", {{"apikey", "abc"}}},
        {"jwt", R"([{"name": "jwt"}])", {{"Authorization", token}}},
        {"cors", R"([{"name": "cors"}])", {{"Origin", "http://a.test"}}},
        {"rate-limiting", R"([{"name": "rate-limiting", "config": {"hour": 1000000000}}])"},
        {"rate-limiting, all periods", R"([{"name": "rate-limiting", "config": {"second": 1e9, "minute": 1e9,
            "hour": 1e9, "day": 1e9, "month": 1e9, "year": 1e9}}])"},
        {"proxy-cache, hit", R"([{"name": "proxy-cache", "config": {"strategy": "memory"}}])"},
        {"request-transformer", R"([{"name": "request-transformer", "config": {"add": {"headers": ["x-a:1"]}}}])"},
        {"response-transformer", R"([{"name": "response-transformer", "config": {"add": {"headers": ["x-a:1"]}}}])"},
        {"correlation-id", R"([{"name": "correlation-id"}])"},
        {"request-termination", R"([{"name": "request-termination", "config": {"status_code": 200}}])"},
    };
    return all;
}

std::shared_ptr<const Snapshot> snapshotFor(const Scenario& scenario)
{
    return snapshotOf(R"json({"_format_version": "3.0", "services": [{"name": "s", "host": "a", "routes": [
        {"name": "r", "paths": ["/r"], "plugins": )json" +
                      std::string(scenario.plugins) + R"json(}]}], "consumers": [{"username": "c",
        "jwt_secrets": [{"key": "k", "secret": "s3cr3t"}], "keyauth_credentials": [{"key": "abc"}]}]})json");
}

double processorSeconds()
{
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

/// Microseconds of processor time for each request of one round.
double measure(const Scenario& scenario, const std::shared_ptr<const Snapshot>& snapshot,
               const std::shared_ptr<SharedState>& state)
{
    Sent sent{.target = "/r", .headers = scenario.headers};
    sent.responseHeaders = {{"Content-Type", "text/plain"}};
    sent.responseBody = "hello";
    const double begin = processorSeconds();
    for (int i = 0; i < requestsPerRound; ++i)
        if (Passage(snapshot, sent, state, testNow, scenario.isTraced).status() != 200)
            qFatal("%s does not answer 200", scenario.name);
    return (processorSeconds() - begin) * 1e6 / requestsPerRound;
}

} // namespace

int main()
{
    std::vector<std::shared_ptr<const Snapshot>> snapshots;
    std::vector<std::shared_ptr<SharedState>> states;
    for (const Scenario& scenario : scenarios()) {
        snapshots.push_back(snapshotFor(scenario));
        states.push_back(std::make_shared<SharedState>());
    }
    std::vector<std::vector<double>> measures(scenarios().size());
    for (int round = 0; round < rounds; ++round)
        for (std::size_t i = 0; i < scenarios().size(); ++i)
            measures[i].push_back(measure(scenarios()[i], snapshots[i], states[i]));
    const auto median = [&](std::size_t i) {
        std::ranges::sort(measures[i]);
        return measures[i][measures[i].size() / 2];
    };
    const double plain = median(0);
    std::printf("%-28s %10s %10s\n", "plugins", "us/request", "more");
    for (std::size_t i = 0; i < scenarios().size(); ++i)
        std::printf("%-28s %10.2f %+10.2f\n", scenarios()[i].name, median(i), median(i) - plain);
    return 0;
}
