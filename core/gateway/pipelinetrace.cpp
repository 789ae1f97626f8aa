// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/pipelinetrace.h"

#include "base/text.h"
#include "gateway/router.h"
#include "gateway/run.h"
#include "gateway/snapshot.h"

#include <algorithm>
#include <utility>

namespace claimsmith::gateway {
namespace {

EntityRef refTo(const Entity& entity)
{
    const std::string_view name = entity.name();
    return {entity.id, name == entity.id ? std::string() : std::string(name), entity.pointer};
}

std::string shown(const Endpoint& endpoint)
{
    const bool isIpv6 = endpoint.address.find(':') != std::string::npos;
    return (isIpv6 ? "[" + endpoint.address + "]" : endpoint.address) + ":" + std::to_string(endpoint.port);
}

/// An answer's body, or its beginning, as the detail of a step.
std::string shownBody(const Answer& answer)
{
    constexpr std::size_t longest = 200;
    return answer.body.substr(0, longest);
}

Finding routeFinding(const Exchange& exchange)
{
    const auto count = std::to_string(exchange.snapshot->router().routeCount());
    Finding finding{.check = "route.matched",
                    .state = exchange.match ? Finding::State::Passed : Finding::State::Failed,
                    .found = exchange.path,
                    .parameters = {{"method", exchange.request.head.method},
                                   {"host", std::string(exchange.request.head.headers.value("Host"))},
                                   {"routes", count}}};
    if (exchange.match) {
        const Route& route = *exchange.match->route;
        finding.pointer = route.entity->pointer;
        finding.expected = exchange.match->prefix;
        finding.parameters.emplace_back("strip_path", route.stripPath ? "true" : "false");
    }
    return finding;
}

std::string authorityOf(const UpstreamRequest& request)
{
    return request.hostHeader.value_or(request.host + ":" + std::to_string(request.port));
}

std::string targetOf(const UpstreamRequest& request)
{
    return request.query ? request.path + "?" + *request.query : request.path;
}

/// What changed of a request but for its headers and body.
std::vector<HeaderChange> compareTargets(const UpstreamRequest& before, const UpstreamRequest& after,
                                         const Author& author)
{
    std::vector<HeaderChange> changes;
    const auto compare = [&](std::string_view name, std::string then, std::string now) {
        if (then != now)
            changes.push_back(
                {HeaderChange::Kind::Changed, std::string(name), std::move(then), std::move(now), author});
    };
    compare(":method", before.method, after.method);
    compare(":authority", authorityOf(before), authorityOf(after));
    compare(":path", targetOf(before), targetOf(after));
    return changes;
}

} // namespace

std::chrono::nanoseconds PipelineTrace::elapsed(const Exchange& exchange)
{
    return std::chrono::steady_clock::now() - exchange.m_run->begin;
}

Step& PipelineTrace::add(Exchange& exchange, Step step)
{
    if (step.begin.count() == 0)
        step.begin = elapsed(exchange);
    return exchange.trace->steps.emplace_back(std::move(step));
}

void PipelineTrace::begin(Exchange& exchange)
{
    if (!exchange.trace)
        return;
    Trace& trace = *exchange.trace;
    trace.requestId = exchange.requestId;
    trace.time = exchange.clock.now();
    trace.scheme = exchange.request.scheme == Scheme::Https ? "https" : "http";
    trace.peer = shown(exchange.request.peer);
    trace.request = exchange.request.head;
    Step step;
    step.kind = Step::Kind::Received;
    step.verdict = Step::Verdict::Passed;
    step.name = trace.request.method + " " + trace.request.target;
    step.detail = trace.peer;
    trace.steps.push_back(std::move(step));
}

void PipelineTrace::routed(Exchange& exchange, const Answer* answer)
{
    if (!exchange.trace)
        return;
    Step step;
    step.kind = Step::Kind::Route;
    step.verdict = answer ? Step::Verdict::Answered : Step::Verdict::Passed;
    step.status = answer ? answer->status : 0;
    step.findings.push_back(routeFinding(exchange));
    if (exchange.match) {
        const Entity& route = *exchange.match->route->entity;
        step.name = route.name();
        step.pointer = route.pointer;
        step.detail = exchange.match->prefix;
    }
    if (answer)
        step.detail = shownBody(*answer);
    step.begin = exchange.trace->steps.back().begin;
    step.duration = elapsed(exchange) - step.begin;
    add(exchange, std::move(step));
    nameParticipants(exchange);
}

Step& PipelineTrace::addPlugin(Exchange& exchange, const PluginInstance& instance, Phase phase)
{
    Step step;
    step.phase = phase;
    step.kind = Step::Kind::Plugin;
    step.name = instance.descriptor->name;
    step.scope = instance.scope();
    step.pointer = instance.entity->pointer;
    step.priority = instance.descriptor->priority;
    Step& added = add(exchange, std::move(step));
    exchange.m_run->steps[&instance] = exchange.trace->steps.size() - 1;
    return added;
}

/// The step of a plugin whose response phases run: the one that it has, or a new one when its access phase had none.
Step& PipelineTrace::stepOf(Exchange& exchange, const PluginInstance& instance)
{
    const auto& steps = exchange.m_run->steps;
    if (const auto known = steps.find(&instance); known != steps.end())
        return exchange.trace->steps[known->second];
    Step& step = addPlugin(exchange, instance, Phase::HeaderFilter);
    step.verdict = Step::Verdict::Passed;
    return step;
}

Step* PipelineTrace::enter(Exchange& exchange, const PluginInstance& instance, Phase phase)
{
    if (!exchange.trace)
        return nullptr;
    exchange.m_run->before = exchange.upstream;
    return &addPlugin(exchange, instance, phase);
}

void PipelineTrace::leave(Exchange& exchange, Step::Verdict verdict, const Answer* answer)
{
    if (!exchange.m_step)
        return;
    Step& step = *exchange.m_step;
    step.verdict = verdict;
    step.duration = elapsed(exchange) - step.begin;
    const UpstreamRequest& before = exchange.m_run->before;
    const UpstreamRequest& after = exchange.upstream;
    const Author author{Author::Kind::Plugin, step.name};
    step.requestChanges = compareTargets(before, after, author);
    for (HeaderChange& change : compareHeaders(before.headers, after.headers, author))
        step.requestChanges.push_back(std::move(change));
    if (after.body && after.body != before.body)
        step.requestBody =
            BodyChange::between(before.body ? *before.body : exchange.request.body.value_or(Bytes()), *after.body);
    if (answer) {
        step.status = answer->status;
        if (step.detail.empty())
            step.detail = shownBody(*answer);
    }
}

void PipelineTrace::broke(Exchange& exchange, const std::string& reason)
{
    if (!exchange.m_step)
        return;
    exchange.m_step->verdict = Step::Verdict::Failed;
    exchange.m_step->detail = reason;
}

void PipelineTrace::notRun(Exchange& exchange, const PluginInstance& instance)
{
    if (exchange.trace)
        addPlugin(exchange, instance).verdict = Step::Verdict::NotRun;
}

void PipelineTrace::upstream(Exchange& exchange, Pipeline::UpstreamReport report)
{
    if (!exchange.trace)
        return;
    Step step;
    step.kind = Step::Kind::Upstream;
    step.verdict = report.status != 0 ? Step::Verdict::Passed : Step::Verdict::Failed;
    step.status = report.status;
    if (exchange.match && exchange.match->service) {
        step.name = exchange.match->service->entity->name();
        step.pointer = exchange.match->service->entity->pointer;
    }
    step.detail = report.error.empty() ? report.address : report.error;
    step.findings = std::move(report.findings);
    step.begin = report.begin - exchange.m_run->begin;
    step.duration = report.end - report.begin;
    step.requestChanges = compareHeaders(exchange.upstream.headers, report.head.headers, {Author::Kind::Proxy, {}});
    for (HeaderChange& change : step.requestChanges)
        if (equalIgnoringCase(change.name, "Host"))
            change.by = {Author::Kind::Service, step.name};
    exchange.trace->upstreamAddress = std::move(report.address);
    exchange.trace->upstream = std::move(report.head);
    add(exchange, std::move(step));
}

void PipelineTrace::response(Exchange& exchange, http::ResponseHead head, BytesView answer)
{
    if (!exchange.trace)
        return;
    Trace& trace = *exchange.trace;
    const auto isUpstream = [](const Step& step) { return step.kind == Step::Kind::Upstream; };
    if (exchange.match && exchange.match->service && std::ranges::none_of(trace.steps, isUpstream)) {
        Step missed;
        missed.kind = Step::Kind::Upstream;
        missed.verdict = Step::Verdict::NotRun;
        missed.name = exchange.match->service->entity->name();
        missed.pointer = exchange.match->service->entity->pointer;
        add(exchange, std::move(missed));
    }
    Step step;
    step.kind = Step::Kind::Response;
    step.verdict = Step::Verdict::Passed;
    step.status = head.status;
    step.detail = answer.substr(0, 200);
    add(exchange, std::move(step));
    trace.response = std::move(head);
    trace.answer = answer;
    trace.duration = elapsed(exchange);
    nameParticipants(exchange);
}

void PipelineTrace::nameParticipants(Exchange& exchange)
{
    Trace& trace = *exchange.trace;
    if (exchange.match) {
        trace.route = refTo(*exchange.match->route->entity);
        if (exchange.match->service)
            trace.service = refTo(*exchange.match->service->entity);
    }
    if (exchange.identity.consumer)
        trace.consumer = refTo(*exchange.identity.consumer->entity);
    if (exchange.identity.credential && exchange.identity.credential->entity) {
        const Entity& credential = *exchange.identity.credential->entity;
        trace.credential = CredentialRef{std::string(credential.type->name), refTo(credential)};
    }
    trace.anonymous = exchange.identity.anonymous;
}

PipelineTrace::ResponseWatch::ResponseWatch(Exchange& exchange, const PluginInstance& instance) : m_exchange(exchange)
{
    if (!exchange.trace)
        return;
    m_before = exchange.response.headers;
    m_status = exchange.response.status;
    exchange.m_step = &stepOf(exchange, instance);
}

PipelineTrace::ResponseWatch::~ResponseWatch()
{
    Step* const step = std::exchange(m_exchange.m_step, nullptr);
    if (!step)
        return;
    const Author author{Author::Kind::Plugin, step->name};
    step->responseChanges = compareHeaders(m_before, m_exchange.response.headers, author);
    if (const int status = m_exchange.response.status; status != m_status)
        step->responseChanges.insert(
            step->responseChanges.begin(),
            {HeaderChange::Kind::Changed, ":status", std::to_string(m_status), std::to_string(status), author});
}

PipelineTrace::BodyWatch::BodyWatch(Exchange& exchange, const PluginInstance& instance, const BodyPiece& piece,
                                    BodyUse use)
    : m_exchange(exchange), m_piece(piece), m_compares(exchange.trace && use == BodyUse::Change)
{
    if (!exchange.trace)
        return;
    exchange.m_step = &stepOf(exchange, instance);
    if (m_compares)
        m_before = piece.bytes();
}

PipelineTrace::BodyWatch::~BodyWatch()
{
    Step* const step = std::exchange(m_exchange.m_step, nullptr);
    if (m_compares && step && m_piece.bytes() != m_before)
        step->responseBody = BodyChange::between(m_before, m_piece.bytes());
}

} // namespace claimsmith::gateway
