// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/periods.h"

#include "gateway/entities.h"
#include "gateway/exchange.h"
#include "gateway/plugin.h"
#include "gateway/plugins/config.h"
#include "gateway/snapshot.h"

#include <cstdio>

namespace claimsmith::gateway {
namespace {

using std::chrono::floor;
using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr std::string_view nobody = "00000000-0000-0000-0000-000000000000";

template <class Unit>
TimePoint startOf(TimePoint now)
{
    return floor<Unit>(now);
}

TimePoint startOfMonth(TimePoint now)
{
    const year_month_day date{floor<std::chrono::days>(now)};
    return sys_days(date.year() / date.month() / 1);
}

TimePoint startOfYear(TimePoint now)
{
    const year_month_day date{floor<std::chrono::days>(now)};
    return sys_days(date.year() / 1 / 1);
}

std::string_view orNobody(std::string_view id) noexcept
{
    return id.empty() ? nobody : id;
}

} // namespace

const std::array<Period, 6> periods{{
    {"second", "Second", std::chrono::seconds(1), startOf<std::chrono::seconds>},
    {"minute", "Minute", std::chrono::minutes(1), startOf<std::chrono::minutes>},
    {"hour", "Hour", std::chrono::hours(1), startOf<std::chrono::hours>},
    {"day", "Day", std::chrono::days(1), startOf<std::chrono::days>},
    {"month", "Month", std::chrono::days(30), startOfMonth},
    {"year", "Year", std::chrono::days(365), startOfYear},
}};

std::string numberText(double number)
{
    return document::Number(number).text();
}

std::vector<PeriodLimit> readLimits(const document::Value& record)
{
    std::vector<PeriodLimit> limits;
    for (const Period& period : periods)
        if (const double limit = numberSetting(record, period.name); limit > 0)
            limits.push_back({&period, limit, numberText(limit)});
    return limits;
}

std::optional<std::string> checkLimitOrder(const document::Value& record, std::string_view begin)
{
    const auto limits = readLimits(record);
    for (std::size_t i = 0; i < limits.size(); ++i)
        for (std::size_t j = i + 1; j < limits.size(); ++j) {
            const PeriodLimit& shorter = limits[i];
            const PeriodLimit& longer = limits[j];
            if (longer.limit >= shorter.limit)
                continue;
            const auto told = [](const PeriodLimit& limit) {
                char number[64];
                std::snprintf(number, sizeof number, "(%.1f)", limit.limit);
                return std::string(limit.period->name) + number;
            };
            return std::string(begin) + " limit for " + told(longer) + " cannot be lower than the limit for " +
                   told(shorter);
        }
    return std::nullopt;
}

std::string counterKey(std::string_view prefix, TimePoint windowStart, std::string_view suffix)
{
    const auto start = floor<std::chrono::milliseconds>(windowStart.time_since_epoch()).count();
    std::string key;
    key.reserve(prefix.size() + suffix.size() + 24);
    key.append(prefix).append(std::to_string(start)).append(":").append(suffix);
    return key;
}

std::string scopePrefix(const PluginContext& context)
{
    const Entity* plugin = context.snapshot.entities().findAt(context.pointer);
    const auto id = [&](std::string_view scope) {
        return std::string(orNobody(plugin ? plugin->reference(scope) : std::string_view())) + ":";
    };
    return id("route") + id("service");
}

std::string consumerIdentifier(const Exchange& exchange)
{
    return exchange.identity.consumer ? exchange.identity.consumer->id : credentialIdentifier(exchange);
}

std::string credentialIdentifier(const Exchange& exchange)
{
    const auto& credential = exchange.identity.credential;
    if (credential && credential->entity)
        return credential->entity->id;
    // One that only an identity provider knows.
    const bool isNamed = credential && !credential->identifier.empty();
    return isNamed ? credential->identifier : exchange.request.clientAddress;
}

} // namespace claimsmith::gateway
