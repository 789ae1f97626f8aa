// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/rate_limiting/explain.h"

#include "gateway/plugins/rate_limiting/checks.h"

#include <algorithm>
#include <charconv>

namespace claimsmith::gateway::ratelimiting {
namespace {

constexpr double raise = 10;

double numberOf(std::string_view text) noexcept
{
    double number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

/// The used-up limit that lasts longest: no other repair helps before its window ends.
const Finding& decisiveLimit(const Step& step)
{
    const Finding* found = nullptr;
    for (const Finding& finding : step.findings)
        if (finding.state == Finding::State::Failed)
            found = &finding;
    return *found;
}

void compareLimits(const Step& step, Explanation& explanation)
{
    for (const Finding& finding : step.findings)
        if (finding.check == limit)
            explanation.comparison.push_back(
                {{"rate-limiting.requests-per", {{"period", std::string(finding.parameter("period"))}}},
                 finding.found,
                 {},
                 {"rate-limiting.allowed", {{"limit", finding.expected}}},
                 finding.state == Finding::State::Failed});
}

} // namespace

void explainRefusal(const Trace&, const Step& step, const Snapshot&, Explanation& explanation)
{
    const Finding& exceeded = decisiveLimit(step);
    const auto identified = std::ranges::find(step.findings, identifier, &Finding::check);
    const std::string by = identified == step.findings.end() ? std::string() : identified->found;
    const std::string period(exceeded.parameter("period"));
    const std::string reset(exceeded.parameter("reset"));
    const Parameters parameters{{"scope", step.scope},
                                {"limit", exceeded.expected},
                                {"period", period},
                                {"by", by},
                                {"seconds", reset},
                                {"identifier", identified == step.findings.end()
                                                   ? std::string()
                                                   : std::string(identified->parameter("identifier"))}};
    setCause(explanation, "rate-limiting.exceeded", parameters);
    compareLimits(step, explanation);
    const document::Value raised(document::Number(numberOf(exceeded.expected) * raise));
    const std::string text = raised.asNumber()->text();
    explanation.repairs.push_back({{"repair.set-field", {{"field", "config." + period}, {"value", text}}},
                                   SetPluginField{exceeded.pointer, raised},
                                   true});
    ShiftClock shift;
    shift.seconds = static_cast<std::int64_t>(numberOf(reset));
    explanation.repairs.push_back({{"repair.shift-clock", {{"seconds", reset}}}, shift});
    explanation.repairs.push_back({{"repair.open-plugin"}, OpenEntity{step.pointer}});
}

} // namespace claimsmith::gateway::ratelimiting
