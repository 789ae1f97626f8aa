// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/explain.h"

#include "base/text.h"
#include "gateway/plugins/all.h"
#include "gateway/plugins/identity.h"
#include "gateway/snapshot.h"

#include <algorithm>

namespace claimsmith::gateway {
namespace {

void addOpen(Explanation& explanation, std::string_view label, const std::string& pointer)
{
    if (!pointer.empty())
        explanation.repairs.push_back({{std::string(label)}, OpenEntity{pointer}, explanation.repairs.empty()});
}

/// The step that a reader should look at first.
std::size_t stepToExplain(const Trace& trace)
{
    if (const Step* decisive = trace.decisive())
        return static_cast<std::size_t>(decisive - trace.steps.data());
    const auto anonymous = std::ranges::find(trace.steps, Step::Verdict::Anonymous, &Step::verdict);
    if (anonymous != trace.steps.end())
        return static_cast<std::size_t>(anonymous - trace.steps.begin());
    return trace.steps.empty() ? 0 : trace.steps.size() - 1;
}

void explainRoute(const Step& step, Explanation& explanation)
{
    const Finding& route = step.findings.front();
    const Parameters parameters{{"method", std::string(route.parameter("method"))},
                                {"host", std::string(route.parameter("host"))},
                                {"path", route.found},
                                {"route", step.name},
                                {"prefix", route.expected},
                                {"routes", std::string(route.parameter("routes"))}};
    setCause(explanation,
             route.state == Finding::State::Failed     ? "route.none"
             : step.verdict == Step::Verdict::Answered ? "route.protocol"
                                                       : "route.matched",
             parameters);
    if (step.verdict == Step::Verdict::Answered)
        addOpen(explanation, "repair.open-route", step.pointer);
}

void explainUpstream(const Trace& trace, const Step& step, Explanation& explanation)
{
    const Parameters parameters{{"service", step.name},
                                {"address", trace.upstreamAddress},
                                {"status", std::to_string(step.status)},
                                {"error", step.detail}};
    setCause(explanation,
             step.verdict == Step::Verdict::Failed   ? "upstream.failed"
             : step.verdict == Step::Verdict::NotRun ? "upstream.not-reached"
                                                     : "upstream.answered",
             parameters);
    if (step.verdict == Step::Verdict::Failed)
        addOpen(explanation, "repair.open-service", step.pointer);
}

void explainResponse(const Trace& trace, Explanation& explanation)
{
    const bool hasNoService = trace.route && !trace.service && !trace.decisive();
    const std::string name =
        trace.consumer ? (trace.consumer->name.empty() ? trace.consumer->id : trace.consumer->name) : "";
    const Parameters parameters{{"status", std::to_string(trace.response.status)}, {"consumer", name}};
    if (hasNoService) {
        explanation.title = {"service.none.title", {{"route", trace.route->name}}};
        addOpen(explanation, "repair.open-route", trace.route->pointer);
        return;
    }
    explanation.title = {"response.title", parameters};
    if (!name.empty())
        explanation.sentence = {trace.anonymous ? "response.anonymous.sentence" : "response.consumer.sentence",
                                parameters};
}

/// Why an authentication plugin had nothing to do.
std::string_view causeOfSkipping(const Step& step) noexcept
{
    const std::string_view check = step.findings.empty() ? std::string_view() : step.findings.front().check;
    if (check == authenticatedBefore)
        return "plugin.skipped-authenticated";
    return check == preflightPasses ? "plugin.skipped-preflight" : "plugin.skipped";
}

std::string_view causeOf(const Step& step) noexcept
{
    switch (step.verdict) {
    case Step::Verdict::Passed:
        return "plugin.passed";
    case Step::Verdict::Answered:
        return "plugin.answered";
    case Step::Verdict::Skipped:
        return causeOfSkipping(step);
    case Step::Verdict::Anonymous:
        return "plugin.anonymous";
    case Step::Verdict::NotRun:
        return "plugin.not-run";
    case Step::Verdict::Failed:
        break;
    }
    return "plugin.failed";
}

void explainAnyPlugin(const Step& step, Explanation& explanation)
{
    setCause(explanation, causeOf(step),
             {{"plugin", step.name},
              {"found", step.findings.empty() ? std::string() : step.findings.front().found},
              {"scope", step.scope},
              {"status", std::to_string(step.status)},
              {"detail", step.detail}});
    if (step.verdict == Step::Verdict::Answered || step.verdict == Step::Verdict::Failed)
        addOpen(explanation, "repair.open-plugin", step.pointer);
}

void explainPlugin(const Trace& trace, const Step& step, const Snapshot& snapshot, Explanation& explanation)
{
    const PluginDescriptor* plugin = findPlugin(step.name);
    if (plugin && plugin->explain && step.failure())
        plugin->explain(trace, step, snapshot, explanation);
    else
        explainAnyPlugin(step, explanation);
    if (step.verdict == Step::Verdict::Anonymous && trace.consumer)
        explanation.sentence = {"plugin.anonymous.sentence",
                                {{"plugin", step.name}, {"scope", step.scope}, {"consumer", trace.consumer->name}}};
}

} // namespace

void setCause(Explanation& explanation, std::string_view cause, Parameters parameters)
{
    explanation.title = {std::string(cause) + ".title", parameters};
    explanation.sentence = {std::string(cause) + ".sentence", std::move(parameters)};
}

Explanation explainStep(const Trace& trace, std::size_t index, const Snapshot& snapshot)
{
    Explanation explanation;
    explanation.step = index;
    if (index >= trace.steps.size())
        return explanation;
    const Step& step = trace.steps[index];
    explanation.checks = step.findings;
    explanation.consumer = trace.consumer;
    explanation.credential = trace.credential;
    if (trace.credential)
        if (const Entity* entity = snapshot.entities().find(trace.credential->kind, trace.credential->entity.id))
            if (const auto algorithm = entity->text("algorithm"); !algorithm.empty())
                explanation.algorithm = std::string(algorithm);
    switch (step.kind) {
    case Step::Kind::Received:
        explanation.title = {"received.title", {{"request", step.name}, {"peer", step.detail}}};
        break;
    case Step::Kind::Route:
        explainRoute(step, explanation);
        break;
    case Step::Kind::Plugin:
        explainPlugin(trace, step, snapshot, explanation);
        break;
    case Step::Kind::Upstream:
        explainUpstream(trace, step, explanation);
        break;
    case Step::Kind::Response:
        explainResponse(trace, explanation);
        break;
    }
    return explanation;
}

Explanation explain(const Trace& trace, const Snapshot& snapshot)
{
    return explainStep(trace, stepToExplain(trace), snapshot);
}

} // namespace claimsmith::gateway
