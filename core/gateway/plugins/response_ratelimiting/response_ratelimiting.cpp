// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/response_ratelimiting/response_ratelimiting.h"

#include "base/text.h"
#include "gateway/plugins/config.h"
#include "gateway/plugins/luanumber.h"
#include "gateway/plugins/making.h"
#include "gateway/plugins/periods.h"
#include "gateway/plugins/redisfields.h"
#include "gateway/plugins/response_ratelimiting/checks.h"
#include "gateway/plugins/response_ratelimiting/explain.h"
#include "gateway/plugins/response_ratelimiting/schema.h"
#include "gateway/sharedstate.h"

#include <algorithm>
#include <limits>

namespace claimsmith::gateway {
namespace {

using namespace responseratelimiting;
using document::joinPointer;

/// A counter has to outlive its window: Kong's have no end at all.
constexpr std::chrono::seconds beyondWindow = std::chrono::days(2);

/// One limit of what responses cost, with the names of the headers that tell about it.
struct Allowance
{
    PeriodLimit limit;
    std::string limitHeader;
    std::string remainingHeader;
    std::string pointer;
};

/// What responses cost something of, such as "sms".
struct Expense
{
    std::string name;
    std::string upstreamHeader; ///< tells the upstream how much is left
    std::vector<Allowance> allowances;
};

/// From access() to log().
struct Progress
{
    std::string identifier;
    TimePoint time;
    std::vector<double> remaining;    ///< before this response, of each allowance of each expense
    std::vector<double> costs;        ///< of this response, by expense
    const Expense* usedUp = nullptr;  ///< why the response is withheld; null: it is not
    const Allowance* bound = nullptr; ///< of `usedUp`
};

Expense readExpense(const std::string& name, const document::Value& limits, const std::string& pointer)
{
    Expense expense{name, "X-RateLimit-Remaining-" + name, {}};
    for (PeriodLimit& limit : readLimits(limits)) {
        const std::string period(limit.period->name);
        expense.allowances.push_back({std::move(limit), "X-RateLimit-Limit-" + name + "-" + period,
                                      "X-RateLimit-Remaining-" + name + "-" + period, joinPointer(pointer, period)});
    }
    return expense;
}

class ResponseRatelimitingPlugin final : public Plugin
{
public:
    explicit ResponseRatelimitingPlugin(const PluginContext& context)
        : m_headerName(textSetting(context.config, "header_name").value_or("x-kong-limit")),
          m_by(textSetting(context.config, "limit_by").value_or("consumer")),
          m_blocks(flagSetting(context.config, "block_on_first_violation")),
          m_hidesHeaders(flagSetting(context.config, "hide_client_headers")),
          m_isLocal(usesNoRedis("response-ratelimiting", context.config)), m_pointer(context.pointer),
          m_keyPrefix("response-ratelimit:" + scopePrefix(context))
    {
        const std::string pointer = joinPointer(m_pointer, "limits");
        for (const auto& [name, limits] : *context.config.find("limits")->asObject())
            m_expenses.push_back(readExpense(name, limits, joinPointer(pointer, name)));
    }

    Decision access(Exchange& exchange) const override
    {
        Progress progress;
        progress.identifier = identify(exchange);
        progress.time = exchange.clock.now();
        for (const Expense& expense : m_expenses) {
            double least = std::numeric_limits<double>::infinity();
            for (const Allowance& allowance : expense.allowances) {
                const std::string key = keyOf(progress, expense, *allowance.limit.period);
                const double used = exchange.state.counters.find(key, progress.time).value_or(0);
                const double remaining = allowance.limit.limit - used;
                // Kong asks for exactly none, so that an overdrawn limit blocks nothing here.
                const bool isBlocked = m_blocks && remaining == 0;
                tellLimit(exchange, expense, allowance, used, isBlocked);
                if (isBlocked)
                    return errorAnswer(exchange.request.head.headers, exchange.requestId, 429,
                                       "API rate limit exceeded for '" + expense.name + "'");
                progress.remaining.push_back(remaining);
                least = std::min(least, remaining);
            }
            exchange.upstream.headers.set(expense.upstreamHeader, numberText(least));
        }
        exchange.memory() = std::move(progress);
        return Continue{};
    }

    void headerFilter(Exchange& exchange) const override
    {
        auto* progress = std::any_cast<Progress>(&exchange.memory());
        if (!progress)
            return;
        progress->costs.assign(m_expenses.size(), 0);
        if (!exchange.answeredBy())
            readCosts(exchange.response.headers.value(m_headerName), progress->costs);
        compare(exchange.response.headers, *progress);
        tellCost(exchange, *progress);
        exchange.response.headers.remove(m_headerName);
        if (progress->usedUp)
            withhold(exchange);
    }

    void bodyFilter(Exchange&, BodyPiece& piece) const override { piece.replace({}); }

    void log(Exchange& exchange) const override
    {
        const auto* progress = std::any_cast<Progress>(&exchange.memory());
        if (!progress || progress->usedUp)
            return;
        for (std::size_t i = 0; i < progress->costs.size(); ++i)
            if (const double cost = progress->costs[i]; cost != 0)
                count(exchange.state, *progress, m_expenses[i], cost);
    }

private:
    std::string identify(const Exchange& exchange) const
    {
        if (m_by == "consumer")
            return consumerIdentifier(exchange);
        return m_by == "credential" ? credentialIdentifier(exchange) : exchange.request.clientAddress;
    }

    std::string keyOf(const Progress& progress, const Expense& expense, const Period& period) const
    {
        return counterKey(m_keyPrefix + progress.identifier + ":", period.windowStart(progress.time),
                          expense.name + ":" + std::string(period.name));
    }

    /// "sms=1, mails = 2". What is no limit's name or no number costs nothing.
    void readCosts(std::string_view line, std::vector<double>& costs) const
    {
        for (const std::string_view part : split(line, ',')) {
            const auto sides = split(part, '=');
            if (sides.size() != 2)
                continue;
            const auto expense = std::ranges::find(m_expenses, trimmed(sides[0]), &Expense::name);
            if (expense != m_expenses.end())
                costs[static_cast<std::size_t>(expense - m_expenses.begin())] = luaNumber(sides[1]).value_or(0);
        }
    }

    /// Tells the client about each limit, and finds out whether one of them withholds the response.
    void compare(http::HeaderMap& headers, Progress& progress) const
    {
        auto remaining = progress.remaining.begin();
        auto cost = progress.costs.begin();
        for (const Expense& expense : m_expenses) {
            for (const Allowance& allowance : expense.allowances) {
                if (!m_hidesHeaders) {
                    headers.set(allowance.limitHeader, allowance.limit.text);
                    headers.set(allowance.remainingHeader, numberText(std::max(0.0, *remaining - *cost)));
                }
                if (!progress.usedUp && *cost > 0 && *remaining <= 0) {
                    progress.usedUp = &expense;
                    progress.bound = &allowance;
                }
                ++remaining;
            }
            ++cost;
        }
    }

    static void withhold(Exchange& exchange)
    {
        exchange.response.status = 429;
        exchange.response.reason.clear();
        exchange.response.headers.set("Content-Length", "0");
        exchange.useResponseBody(BodyUse::Change);
    }

    /// Counts in every window, those without a limit included: a limit that is added later knows of it, as in Kong.
    void count(SharedState& shared, const Progress& progress, const Expense& expense, double cost) const
    {
        for (const Period& period : periods)
            shared.counters.update(keyOf(progress, expense, period), progress.time, period.length + beyondWindow,
                                   [cost](double& counter) { counter += cost; });
    }

    void tellLimit(Exchange& exchange, const Expense& expense, const Allowance& allowance, double used,
                   bool isBlocked) const
    {
        if (!exchange.step())
            return;
        const bool isOverdrawn = m_blocks && used > allowance.limit.limit;
        exchange.step()->findings.push_back(
            {.check = std::string(responseratelimiting::limit),
             .state = isBlocked  ? Finding::State::Failed
                      : m_blocks ? Finding::State::Passed
                                 : Finding::State::NotChecked,
             .expected = allowance.limit.text,
             .found = numberText(used),
             .pointer = allowance.pointer,
             .quirk = std::string(isOverdrawn ? overdrawn
                                  : m_isLocal ? std::string_view()
                                              : countsLocally),
             .parameters = {{"name", expense.name}, {"period", std::string(allowance.limit.period->name)}}});
    }

    void tellCost(Exchange& exchange, const Progress& progress) const
    {
        Step* const step = exchange.step();
        if (!step)
            return;
        Finding finding{.check = std::string(responseratelimiting::cost),
                        .state = Finding::State::Passed,
                        .expected = m_headerName,
                        .found = exchange.response.headers.joined(m_headerName),
                        .pointer = joinPointer(m_pointer, "header_name")};
        if (progress.usedUp) {
            const PeriodLimit& limit = progress.bound->limit;
            finding.state = Finding::State::Failed;
            finding.pointer = progress.bound->pointer;
            finding.parameters = {
                {"name", progress.usedUp->name}, {"period", std::string(limit.period->name)}, {"limit", limit.text}};
            step->verdict = Step::Verdict::Answered;
            step->status = 429;
        }
        step->findings.push_back(std::move(finding));
    }

    std::vector<Expense> m_expenses;
    std::string m_headerName;
    std::string m_by;
    bool m_blocks;
    bool m_hidesHeaders;
    bool m_isLocal;
    std::string m_pointer;
    std::string m_keyPrefix;
};

} // namespace

PluginDescriptor responseRatelimitingPlugin()
{
    return {
        .name = "response-ratelimiting",
        .priority = 900,
        .phases = {Phase::Access, Phase::HeaderFilter, Phase::BodyFilter, Phase::Log},
        .schema = responseratelimiting::schema,
        .create = makePlugin<ResponseRatelimitingPlugin>,
        .explain = responseratelimiting::explainRefusal,
    };
}

} // namespace claimsmith::gateway
