// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/net/stream.h"

#include <chrono>
#include <cstdint>

namespace claimsmith::http {

struct TunnelLimits
{
    std::chrono::milliseconds idle{60'000}; ///< in which neither side sends anything
    std::chrono::milliseconds send{60'000}; ///< between two pieces that a side takes
};

/// What went through a tunnel.
struct TunnelBytes
{
    std::uint64_t forth = 0; ///< from `a` to `b`
    std::uint64_t back = 0;
};

/// Passes bytes both ways, what is buffered first, until a side ends, fails or nothing moves for too long; both are
/// closed then, after what was read from either has gone to the other. Both streams belong to `context` and live until
/// it ends.
Task<TunnelBytes> tunnel(asio::io_context& context, Stream& a, Stream& b, TunnelLimits limits);

} // namespace claimsmith::http
