// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace claimsmith::bench {

/// Requests over kept connections, each sent when the one before it was answered.
struct Load
{
    std::uint16_t port = 0;
    std::size_t connections = 1;
    std::size_t requests = 0; ///< over all connections
    /// The octets of the n-th request; called on several threads. The view has to stay valid.
    std::function<std::string_view(std::size_t)> request;
};

struct LoadResult
{
    double seconds = 0;
    std::size_t failed = 0;               ///< answers that were not 200
    std::vector<double> latencies;        ///< of each request in microseconds, sorted
    double latencyAt(double share) const; ///< 0.5: the median
};

LoadResult run(const Load& load);

} // namespace claimsmith::bench
