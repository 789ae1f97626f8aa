// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/message.h"

#include <chrono>
#include <string_view>

namespace claimsmith::gateway {

struct Exchange;
struct Settings;

/// When an exchange passed its marks.
struct ExchangeTimes
{
    using TimePoint = std::chrono::steady_clock::time_point;
    TimePoint received{}; ///< the request's head was complete
    TimePoint balanced{}; ///< it was known where to send it; unset when it was never sent anywhere
    TimePoint answered{}; ///< the upstream's head was there, or given up
};

/// Takes what belongs to the upstream's connection out of its response (RFC 9110 §7.6.1): exchange.response becomes
/// what plugins see.
void adoptUpstreamHead(Exchange& exchange, const http::ResponseHead& upstream);

/// Adds the headers that a gateway adds to every response (kong-core.md §4.3), and lets text types name their charset,
/// after plugins had their turn.
/// `isProxied`: the upstream made the response; otherwise it is the gateway's own.
void finishClientHead(Exchange& exchange, const ExchangeTimes& times, bool isProxied, const Settings& settings);

/// Fills in exchange.figures, but for the bytes and tries, at the end of an exchange.
void completeFigures(Exchange& exchange, const ExchangeTimes& times, bool isProxied);

} // namespace claimsmith::gateway
