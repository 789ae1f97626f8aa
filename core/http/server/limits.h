// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/wire/headparser.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace claimsmith::http {

/// Where a server stops waiting and reading.
struct ServerLimits
{
    HeadRules head = {};
    std::uint64_t maximumBody = std::numeric_limits<std::uint64_t>::max(); ///< bytes; more is answered with 413
    /// All workers together, and never more than half of what the process may open. When it is nearly reached, those
    /// that have been idle longest are closed; beyond it new ones are closed at once.
    std::size_t maximumConnections = 20'000;
    std::chrono::milliseconds handshakeTime{60'000}; ///< from a connection to the end of its TLS handshake
    std::chrono::milliseconds idleTime{75'000};      ///< between two requests
    std::chrono::milliseconds headTime{60'000};      ///< from the first byte of a request to the end of its head
    std::chrono::milliseconds bodyTime{60'000};      ///< between two pieces of a request's body
    std::chrono::milliseconds sendTime{60'000};      ///< between two pieces that the client takes
    std::size_t concurrentStreams = 128;             ///< requests at once over one HTTP/2 connection
    std::uint64_t discardedBody = 1U << 20U; ///< bytes of an unread body that are read over to keep a connection
};

} // namespace claimsmith::http
