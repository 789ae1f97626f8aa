// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/client/client.h"

#include <chrono>
#include <cstddef>
#include <limits>
#include <memory>
#include <string>

namespace claimsmith::gateway {

/// How entries wait for their delivery: Kong's `queue` settings (kong-plugins.md G3).
struct QueueRules
{
    using Duration = std::chrono::steady_clock::duration;

    std::size_t maximumBatch = 1;                                       ///< entries in one request
    Duration coalescing = std::chrono::seconds(1);                      ///< how long the first entry waits for others
    std::size_t maximumEntries = 10'000;                                ///< waiting; beyond it the oldest are dropped
    std::size_t maximumBytes = std::numeric_limits<std::size_t>::max(); ///< the same in octets
    Duration retryTime = std::chrono::seconds(60);                      ///< a batch that fails later than this is lost
    Duration firstRetry = std::chrono::milliseconds(10);                ///< doubles from one retry to the next
    Duration maximumRetry = std::chrono::seconds(60);
    bool isConcurrent = false; ///< each entry is sent at once and alone, whatever is under way
};

/// Where entries are sent to, and how.
struct Destination
{
    std::string queue; ///< those with the same one share a queue; may hold secrets
    std::string name;  ///< for the log
    QueueRules rules;
    http::ClientRequest request; ///< but for the body
    bool sendsLists = false;     ///< a batch is a JSON array of entries; otherwise it is one entry
};

/// Sends what plugins log to servers, in the background. Requests only leave their entries: nothing here waits for a
/// server. Memory is bounded by the rules of each queue. One for each engine; like Kong's queues they outlive
/// configurations, and the newest destination that was seen speaks for its queue. All members may be called from any
/// thread.
class Deliveries final
{
public:
    /// What the destructor gives servers that are slow.
    static constexpr std::chrono::seconds shutdownGrace{3};

    Deliveries(); ///< starts no thread before the first entry
    Deliveries(const Deliveries&) = delete;
    Deliveries& operator=(const Deliveries&) = delete;
    /// Sends what is waiting, for at most shutdownGrace; what is left then is lost, and told in the log.
    ~Deliveries();

    void add(std::shared_ptr<const Destination> destination, std::string entry);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace claimsmith::gateway
