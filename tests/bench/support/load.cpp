// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/support/load.h"

#include "support/rawclient.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>

namespace claimsmith::bench {
namespace {

using std::chrono::steady_clock;

double microseconds(steady_clock::duration duration)
{
    return std::chrono::duration<double, std::micro>(duration).count();
}

} // namespace

double LoadResult::latencyAt(double share) const
{
    if (latencies.empty())
        return 0;
    const auto last = static_cast<double>(latencies.size() - 1);
    return latencies[static_cast<std::size_t>(share * last)];
}

LoadResult run(const Load& load)
{
    std::atomic<std::size_t> next{0};
    std::atomic<std::size_t> failed{0};
    std::vector<std::vector<double>> latencies(load.connections);
    std::vector<std::thread> clients;
    const auto begin = steady_clock::now();
    for (std::size_t i = 0; i < load.connections; ++i)
        clients.emplace_back([&load, &next, &failed, &own = latencies[i]] {
            test::RawClient client(load.port);
            for (std::size_t n = next++; n < load.requests; n = next++) {
                const auto sent = steady_clock::now();
                client.send(load.request(n));
                failed += test::statusOf(client.readResponse()) == 200 ? 0 : 1;
                own.push_back(microseconds(steady_clock::now() - sent));
            }
        });
    for (std::thread& client : clients)
        client.join();
    LoadResult result;
    result.seconds = std::chrono::duration<double>(steady_clock::now() - begin).count();
    result.failed = failed;
    for (const auto& own : latencies)
        result.latencies.insert(result.latencies.end(), own.begin(), own.end());
    std::ranges::sort(result.latencies);
    return result;
}

} // namespace claimsmith::bench
