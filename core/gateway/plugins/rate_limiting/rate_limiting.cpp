// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/rate_limiting/rate_limiting.h"

#include "gateway/entities.h"
#include "gateway/plugins/config.h"
#include "gateway/plugins/findings.h"
#include "gateway/plugins/making.h"
#include "gateway/plugins/periods.h"
#include "gateway/plugins/rate_limiting/checks.h"
#include "gateway/plugins/rate_limiting/explain.h"
#include "gateway/plugins/rate_limiting/schema.h"
#include "gateway/plugins/redisfields.h"
#include "gateway/plugins/requestarguments.h"
#include "gateway/sharedstate.h"

#include <algorithm>

namespace claimsmith::gateway {
namespace {

/// The headers that tell about the limits, from access() to headerFilter().
using LimitHeaders = std::vector<std::pair<std::string, std::string>>;

/// One limit as a request found it.
struct Usage
{
    const PeriodLimit* limit = nullptr;
    TimePoint windowStart;
    double remaining = 0; ///< before this request; not above 0: none is let through

    bool isUsedUp() const noexcept { return remaining <= 0; }

    std::chrono::seconds reset(TimePoint now) const
    {
        const auto passed = std::chrono::floor<std::chrono::seconds>(now - windowStart);
        return std::max(std::chrono::seconds(1), limit->period->length - passed);
    }
};

/// What the limits say to a request.
struct Verdict
{
    std::vector<Usage> usages;
    const Usage* stop = nullptr; ///< into `usages`; null: the request is let through

    /// As Kong shows it: with this request taken off where it counts, never below 0.
    double shownRemaining(const Usage& usage) const noexcept
    {
        const bool counts = !stop || stop == &usage;
        return std::max(0.0, usage.remaining - (counts ? 1 : 0));
    }

    /// The limit that is nearest to its end; of equal ones the one with the longest window.
    const Usage& nearest() const noexcept
    {
        const Usage* found = nullptr;
        for (const Usage& usage : usages)
            if (!found || shownRemaining(usage) <= shownRemaining(*found))
                found = &usage;
        return *found;
    }
};

class RateLimitingPlugin final : public Plugin
{
public:
    explicit RateLimitingPlugin(const PluginContext& context)
        : m_limits(readLimits(context.config)), m_by(textSetting(context.config, "limit_by").value_or("consumer")),
          m_headerName(textSetting(context.config, "header_name").value_or("")),
          m_path(textSetting(context.config, "path").value_or("")),
          m_hidesHeaders(flagSetting(context.config, "hide_client_headers")),
          m_isLocal(usesNoRedis("rate-limiting", context.config)),
          m_errorCode(numberSetting(context.config, "error_code", 429)),
          m_errorMessage(textSetting(context.config, "error_message").value_or("")), m_pointer(context.pointer),
          m_keyPrefix("ratelimit:" + scopePrefix(context))
    {
        for (const PeriodLimit& limit : m_limits) {
            m_limitNames.push_back("X-RateLimit-Limit-" + std::string(limit.period->title));
            m_remainingNames.push_back("X-RateLimit-Remaining-" + std::string(limit.period->title));
        }
    }

    Decision access(Exchange& exchange) const override
    {
        const TimePoint now = exchange.clock.now();
        const std::string identifier = identify(exchange);
        const Verdict verdict = count(exchange.state, identifier, now);
        if (exchange.step())
            tell(exchange, identifier, verdict, now);
        if (!m_hidesHeaders)
            exchange.memory() = headersFor(verdict, now);
        if (!verdict.stop)
            return Continue{};
        // Kong makes errors only of these.
        if (m_errorCode < 400 || m_errorCode > 599)
            throw Fault{"error_code is not between 400 and 599"};
        return errorAnswer(exchange.request.head.headers, exchange.requestId, static_cast<int>(m_errorCode),
                           m_errorMessage);
    }

    void headerFilter(Exchange& exchange) const override
    {
        if (const auto* headers = std::any_cast<LimitHeaders>(&exchange.memory()))
            for (const auto& [name, value] : *headers)
                exchange.response.headers.set(name, value);
    }

private:
    /// Whom the request is counted for (kong-plugins.md D5.2).
    std::string identify(const Exchange& exchange) const
    {
        if (m_by == "consumer")
            return consumerIdentifier(exchange);
        if (m_by == "credential")
            return credentialIdentifier(exchange);
        if (m_by == "service" && exchange.match && exchange.match->service)
            return exchange.match->service->id;
        if (m_by == "header")
            if (const auto lines = findHeaderLines(exchange.upstream.headers, m_headerName); !lines.empty())
                return std::string(lines.front());
        if (m_by == "path" && exchange.path == m_path)
            return m_path;
        return exchange.request.clientAddress;
    }

    /// Looks at every counter, and counts the request unless one of them is used up. Kong counts a moment later, so
    /// that requests at the same time can pass together; here none gets through that the limits do not allow.
    Verdict count(SharedState& shared, std::string_view identifier, TimePoint now) const
    {
        Verdict verdict;
        verdict.usages.reserve(m_limits.size());
        const std::string prefix = m_keyPrefix + std::string(identifier) + ":";
        for (const PeriodLimit& limit : m_limits) {
            const TimePoint start = limit.period->windowStart(now);
            const auto take = [&limit](double& counter) {
                const double before = counter;
                if (before < limit.limit)
                    counter = before + 1;
                return before;
            };
            const std::string key = counterKey(prefix, start, limit.period->name);
            const double before = shared.counters.update(key, now, limit.period->length, take);
            verdict.usages.push_back({&limit, start, limit.limit - before});
        }
        for (const Usage& usage : verdict.usages)
            if (usage.isUsedUp())
                verdict.stop = &usage;
        if (verdict.stop)
            giveBack(shared, prefix, verdict, now);
        return verdict;
    }

    /// A request that is refused counts nowhere.
    static void giveBack(SharedState& shared, std::string_view prefix, const Verdict& verdict, TimePoint now)
    {
        for (const Usage& usage : verdict.usages)
            if (!usage.isUsedUp())
                shared.counters.update(counterKey(prefix, usage.windowStart, usage.limit->period->name), now,
                                       usage.limit->period->length,
                                       [](double& counter) { counter = std::max(0.0, counter - 1); });
    }

    LimitHeaders headersFor(const Verdict& verdict, TimePoint now) const
    {
        LimitHeaders headers;
        headers.reserve(2 * m_limits.size() + 4);
        for (std::size_t i = 0; i < m_limits.size(); ++i) {
            headers.emplace_back(m_limitNames[i], m_limits[i].text);
            headers.emplace_back(m_remainingNames[i], numberText(verdict.shownRemaining(verdict.usages[i])));
        }
        const Usage& nearest = verdict.nearest();
        const std::string reset = std::to_string(nearest.reset(now).count());
        headers.emplace_back("RateLimit-Limit", nearest.limit->text);
        headers.emplace_back("RateLimit-Remaining", numberText(verdict.shownRemaining(nearest)));
        headers.emplace_back("RateLimit-Reset", reset);
        if (verdict.stop)
            headers.emplace_back("Retry-After", reset);
        return headers;
    }

    void tell(Exchange& exchange, const std::string& identifier, const Verdict& verdict, TimePoint now) const
    {
        Findings findings(exchange.step(), ratelimiting::all);
        const bool isAddress = identifier == exchange.request.clientAddress;
        findings.passed({.check = std::string(ratelimiting::identifier),
                         .expected = m_by,
                         .found = isAddress ? "ip" : m_by,
                         .pointer = document::joinPointer(m_pointer, "limit_by"),
                         .quirk = m_isLocal ? std::string() : std::string(ratelimiting::countsLocally),
                         .parameters = {{"identifier", identifier}}});
        for (const Usage& usage : verdict.usages) {
            const std::string period(usage.limit->period->name);
            Finding finding{.check = std::string(ratelimiting::limit),
                            .expected = usage.limit->text,
                            .found = numberText(usage.limit->limit - usage.remaining),
                            .pointer = document::joinPointer(m_pointer, period),
                            .parameters = {{"period", period},
                                           {"limit", usage.limit->text},
                                           {"remaining", numberText(verdict.shownRemaining(usage))},
                                           {"reset", std::to_string(usage.reset(now).count())}}};
            usage.isUsedUp() ? findings.failed(std::move(finding)) : findings.passed(std::move(finding));
        }
    }

    std::vector<PeriodLimit> m_limits;
    std::vector<std::string> m_limitNames;     ///< of the headers, like m_limits
    std::vector<std::string> m_remainingNames; ///< of the headers, like m_limits
    std::string m_by;
    std::string m_headerName;
    std::string m_path;
    bool m_hidesHeaders;
    bool m_isLocal;
    double m_errorCode;
    std::string m_errorMessage;
    std::string m_pointer;
    std::string m_keyPrefix;
};

} // namespace

PluginDescriptor rateLimitingPlugin()
{
    return {
        .name = "rate-limiting",
        .priority = 910,
        .phases = {Phase::Access, Phase::HeaderFilter},
        .schema = ratelimiting::schema,
        .create = makePlugin<RateLimitingPlugin>,
        .explain = ratelimiting::explainRefusal,
    };
}

} // namespace claimsmith::gateway
