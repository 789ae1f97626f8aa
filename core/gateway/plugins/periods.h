// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "document/value.h"

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace claimsmith::gateway {

struct Exchange;
struct PluginContext;

/// A period that requests or responses are counted in (kong-plugins.md D5.3): windows are aligned to the calendar in
/// UTC. A window's counter lives for `length` from its first use: a counter of a month for 30 days.
struct Period
{
    std::string_view name;  ///< "minute", the setting
    std::string_view title; ///< "Minute", in header names
    std::chrono::seconds length;
    TimePoint (*windowStart)(TimePoint now);
};

/// From the shortest to the longest.
extern const std::array<Period, 6> periods;

/// A configured limit.
struct PeriodLimit
{
    const Period* period = nullptr;
    double limit = 0;
    std::string text; ///< of the limit, as headers show it
};

/// The limits in the members of a record, the shortest period first.
std::vector<PeriodLimit> readLimits(const document::Value& record);

/// Kong's text when a longer period allows less than a shorter one; `begin` is how it begins: "The" or "the".
std::optional<std::string> checkLimitOrder(const document::Value& record, std::string_view begin);

/// A number as Lua writes it into a header: whole ones without a fraction.
std::string numberText(double number);

/// The name of a counter: `prefix`, the start of the window in milliseconds, ":" and `suffix`.
std::string counterKey(std::string_view prefix, TimePoint windowStart, std::string_view suffix);

/// "route id:service id:" of the scope that a plugin is configured for, the nil UUID where it has none: what the
/// counters of its instances are told apart by (kong-plugins.md D5.3).
std::string scopePrefix(const PluginContext& context);

/// Whom a request is counted for by `limit_by`: what Kong takes for "consumer", "credential" and everything that names
/// nobody, which counts by the client's address.
std::string consumerIdentifier(const Exchange& exchange);
std::string credentialIdentifier(const Exchange& exchange);

} // namespace claimsmith::gateway
