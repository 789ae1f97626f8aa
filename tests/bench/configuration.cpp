// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What large configurations cost: finding a route among 10 and among 10,000, loading 100,000 consumers with a JWT
// credential each. Goals: a look-up at most 1.5 times as long among 10,000; loaded in 1.5 s, 120 MB.

#include "gateway/router.h"
#include "gateway/snapshot.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <string>
#include <vector>

using namespace claimsmith;
using namespace claimsmith::gateway;

namespace {

constexpr int consumerCount = 100'000;
constexpr int rounds = 15;
constexpr int lookUpsPerRound = 100'000;

double processorSeconds()
{
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

double residentMegabytes()
{
    std::ifstream status("/proc/self/status");
    std::string word;
    while (status >> word)
        if (word == "VmRSS:")
            break;
    double kilobytes = 0;
    status >> kilobytes;
    return kilobytes / 1024;
}

std::shared_ptr<const Snapshot> load(const std::string& text)
{
    auto snapshot = loadSnapshot(text, "bench.yml", {});
    if (!snapshot) {
        std::fprintf(stderr, "%s\n", snapshot.error().toString().c_str());
        std::exit(1);
    }
    return std::move(*snapshot);
}

/// Of equal length, so that no route's path begins with another's: the number of routes is all that differs.
std::string nameOf(int number)
{
    return std::to_string(100'000 + number);
}

std::string routesText(int count)
{
    std::string text = "_format_version: '3.0'\nservices:\n- name: s\n  url: http://127.0.0.1:9\n  routes:\n";
    for (int i = 0; i < count; ++i) {
        const std::string number = nameOf(i);
        text += "  - {name: r" + number + ", paths: [/api/v1/resource-" + number + "]";
        text += i % 2 == 0 ? "}\n" : ", hosts: [host-" + number + ".test], methods: [GET, POST]}\n";
    }
    return text;
}

/// Nanoseconds a look-up, each for another of the routes.
double measureLookUps(const Router& router, int count)
{
    std::vector<std::string> paths;
    std::vector<std::string> hosts;
    for (int i = 0; i < 64; ++i) {
        const std::string number = nameOf(i * 7919 % count);
        paths.push_back("/api/v1/resource-" + number + "/items/1");
        hosts.push_back("host-" + number + ".test");
    }
    const double begin = processorSeconds();
    RouteQuery query;
    query.method = "GET";
    for (std::size_t i = 0; i < lookUpsPerRound; ++i) {
        query.host = hosts[i % 64];
        query.path = paths[i % 64];
        if (!router.find(query)) {
            std::fprintf(stderr, "no route for %s\n", paths[i % 64].c_str());
            std::exit(1);
        }
    }
    return (processorSeconds() - begin) * 1e9 / lookUpsPerRound;
}

void benchRouter()
{
    constexpr std::array counts{10, 10'000};
    const std::array snapshots{load(routesText(counts[0])), load(routesText(counts[1]))};
    std::array<std::vector<double>, 2> measures;
    for (int round = 0; round < rounds; ++round) // in turns, so that the machine's moods hit both alike
        for (std::size_t i = 0; i < counts.size(); ++i)
            measures[i].push_back(measureLookUps(snapshots[i]->router(), counts[i]));
    for (auto& measure : measures)
        std::ranges::sort(measure);
    const double few = measures[0][rounds / 2];
    const double many = measures[1][rounds / 2];
    std::printf("route among 10: %.0f ns, among 10,000: %.0f ns, ratio %.2f (goal 1.50)\n", few, many, many / few);
}

void benchConsumers()
{
    std::string text = "_format_version: '3.0'\nservices:\n- name: s\n  url: http://127.0.0.1:9\n"
                       "  routes: [{name: r, paths: [/], plugins: [{name: jwt}]}]\nconsumers:\n";
    for (int i = 0; i < consumerCount; ++i) {
        const std::string number = std::to_string(i);
        text += "- username: user-" + number + "\n  jwt_secrets:\n  - key: issuer-" + number +
                "\n    secret: not-a-secret-but-as-long-as-one-" + number + "\n";
    }
    const double before = residentMegabytes();
    const double begin = processorSeconds();
    const auto snapshot = load(text);
    std::printf("%zu consumers with a credential: loaded in %.2f s (goal 1.50), %.0f MB more (goal 120)\n",
                snapshot->consumers().size(), processorSeconds() - begin, residentMegabytes() - before);
}

} // namespace

int main()
{
    benchConsumers();
    benchRouter();
    return 0;
}
