// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "http/message.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace claimsmith::runner {

/// How long each phase took; a phase that did not happen is zero.
struct Timings
{
    std::chrono::microseconds resolve{0};
    std::chrono::microseconds connect{0};
    std::chrono::microseconds tls{0};
    std::chrono::microseconds send{0};
    std::chrono::microseconds wait{0}; ///< from the last byte sent to the first received
    std::chrono::microseconds receive{0};
    std::chrono::microseconds total{0};
};

/// A request and its answer as they were on the wire.
struct Exchange
{
    http::RequestHead request;
    Bytes requestBody;
    http::ResponseHead response;
    Bytes responseBody;
    std::string remoteAddress; ///< connected to, with port
    Timings timings;
    TimePoint sentAt{};
    std::uint64_t sentBytes = 0;     ///< head and body
    std::uint64_t receivedBytes = 0; ///< head and body
};

struct Progress
{
    enum class Phase { Resolving, Connecting, Sending, Waiting, Receiving };
    Phase phase = Phase::Resolving;
    std::uint64_t received = 0;
    std::optional<std::uint64_t> expected; ///< from Content-Length
};

} // namespace claimsmith::runner
