// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/pipeline.h"

#include "base/log.h"
#include "gateway/pipelinetrace.h"
#include "gateway/requestpath.h"
#include "gateway/router.h"
#include "gateway/run.h"
#include "gateway/snapshot.h"

#include <algorithm>
#include <utility>

namespace claimsmith::gateway {
namespace {

Answer errorFor(const Exchange& exchange, int status, std::string_view message)
{
    return errorAnswer(exchange.request.head.headers, exchange.requestId, status, message);
}

bool isTls(Scheme scheme) noexcept
{
    return scheme == Scheme::Https;
}

bool isGrpc(std::string_view contentType) noexcept
{
    return contentType.starts_with("application/grpc");
}

/// What a route answers to a request of a protocol that it does not take (kong-core.md §3.6).
std::optional<Answer> protocolAnswer(const Exchange& exchange, const Route& route)
{
    const ClientRequest& request = exchange.request;
    const bool needsTls = route.allows("https") && !route.allows("http");
    if (needsTls && !isTls(request.forwardedScheme)) {
        if (route.httpsRedirectStatus != 426) {
            Answer redirect = exitAnswer(route.httpsRedirectStatus);
            redirect.headers.set("Location", "https://" + request.forwardedHost + request.head.target);
            return redirect;
        }
        Answer answer = errorFor(exchange, 426, "Please use HTTPS protocol");
        answer.headers.set("Connection", "Upgrade");
        answer.headers.set("Upgrade", "TLS/1.2, HTTP/1.1");
        return answer;
    }
    if (!route.allows("grpc") && !route.allows("grpcs"))
        return std::nullopt;
    if (!isGrpc(request.head.headers.value("Content-Type")))
        return errorFor(exchange, 415, "Non-gRPC request matched gRPC route");
    if (request.head.version.major < 2) {
        Answer answer = errorFor(exchange, 426, "Please use HTTP2 protocol");
        answer.headers.set("Connection", "Upgrade");
        answer.headers.set("Upgrade", "HTTP/2");
        return answer;
    }
    return std::nullopt;
}

void adoptClientRequest(Exchange& exchange)
{
    const http::RequestHead& head = exchange.request.head;
    exchange.upstream.method = head.method;
    exchange.upstream.headers = head.headers;
}

void prepareUpstream(Exchange& exchange)
{
    const RouteMatch& match = *exchange.match;
    UpstreamRequest& upstream = exchange.upstream;
    if (const auto query = exchange.request.head.query())
        upstream.query = *query;
    if (match.route->preserveHost)
        upstream.hostHeader = exchange.request.head.headers.value("Host");
    if (!match.service)
        return;
    upstream.scheme =
        match.service->protocol == "https" || match.service->protocol == "grpcs" ? Scheme::Https : Scheme::Http;
    upstream.host = match.service->host;
    upstream.port = match.service->port;
    upstream.path =
        encodePath(joinUpstreamPath(match.service->path, exchange.path, match.prefix, match.route->stripPath));
}

bool wantsBody(const Chain& chain, const ClientRequest& request)
{
    const auto wants = [&](const PluginInstance& instance) {
        return instance.plugin && instance.plugin->needsRequestBody(request);
    };
    return std::ranges::any_of(chain, [&](const ChainSlot& slot) { return slot.any(wants); });
}

void logFault(const PluginInstance& instance, std::string_view reason)
{
    claimsmith::log(LogLevel::Warning, "gateway",
                    std::string(instance.descriptor->name) + " broke: " + std::string(reason));
}

/// Runs one phase of one plugin; what it throws becomes the reason given to `onFault`.
template <class Call, class OnFault>
void guarded(const PluginInstance& instance, Call call, OnFault onFault)
{
    const auto report = [&](const std::string& reason) {
        logFault(instance, reason);
        onFault(reason);
    };
    try {
        call();
    } catch (const Fault& fault) {
        report(fault.reason);
    } catch (const std::exception& error) {
        report(error.what());
    } catch (...) {
        report("unknown exception");
    }
}

} // namespace

Routing Pipeline::route(Exchange& exchange)
{
    PipelineTrace::begin(exchange);
    const ClientRequest& request = exchange.request;
    exchange.path = normalisePath(request.head.path());
    adoptClientRequest(exchange);
    rewrite(exchange);
    if (exchange.m_run->answer)
        return end(exchange, std::move(*exchange.m_run->answer));
    const http::HeaderMap& headers = exchange.upstream.headers;
    const RouteQuery query{exchange.upstream.method, headers.value("Host"), exchange.path,     &headers,
                           isTls(request.scheme),    request.serverName,    request.local.port};
    exchange.match = exchange.snapshot->router().find(query);
    const Route* route = exchange.match ? exchange.match->route : nullptr;
    std::optional<Answer> answer;
    if (route) {
        prepareUpstream(exchange);
        answer = protocolAnswer(exchange, *route);
    } else {
        answer = errorFor(exchange, 404, "no Route matched with those values");
    }
    PipelineTrace::routed(exchange, answer ? &*answer : nullptr);
    if (answer)
        return end(exchange, std::move(*answer));
    const Chain& chain = exchange.snapshot->chainOf(route);
    exchange.m_run->chain = &chain;
    return {std::nullopt, wantsBody(chain, request)};
}

Outcome Pipeline::access(Exchange& exchange)
{
    return advance(exchange);
}

Outcome Pipeline::resume(Exchange& exchange, Decision decision)
{
    if (std::holds_alternative<Resume>(decision)) {
        decision = call(exchange, *exchange.m_current, &Plugin::resume);
        if (auto* wait = std::get_if<Wait>(&decision))
            return std::move(*wait);
    }
    settle(exchange, std::move(decision));
    return advance(exchange);
}

void Pipeline::rewrite(Exchange& exchange)
{
    for (const PluginInstance* instance : exchange.snapshot->rewriters()) {
        if (exchange.m_run->answer)
            return;
        Decision decision = run(exchange, *instance, Phase::Rewrite);
        if (std::holds_alternative<Wait>(decision)) {
            logFault(*instance, "the rewrite phase can't wait");
            decision = errorFor(exchange, 500, {});
        }
        settle(exchange, std::move(decision));
    }
}

/// The request ends before access: global plugins still see its response (kong-plugins.md A1, rule 3).
Routing Pipeline::end(Exchange& exchange, Answer answer)
{
    Exchange::Run& run = *exchange.m_run;
    run.chain = &exchange.snapshot->chainOf(nullptr);
    for (; run.next < run.chain->size(); ++run.next)
        if (const PluginInstance* instance = (*run.chain)[run.next].choose(nullptr)) {
            const bool hasAnswered = instance == run.answeredBy;
            run.verdicts.emplace_back(instance, hasAnswered ? exchange.m_verdict : Step::Verdict::NotRun);
            if (!hasAnswered)
                PipelineTrace::notRun(exchange, *instance);
        }
    return {std::move(answer), false};
}

/// Runs rewrite() or access() of one plugin. One that breaks has decided on a 500.
Decision Pipeline::run(Exchange& exchange, const PluginInstance& instance, Phase phase)
{
    exchange.m_current = &instance;
    exchange.m_verdict = Step::Verdict::Passed;
    exchange.m_step = PipelineTrace::enter(exchange, instance, phase);
    return call(exchange, instance, phase == Phase::Rewrite ? &Plugin::rewrite : &Plugin::access);
}

Decision Pipeline::call(Exchange& exchange, const PluginInstance& instance, PhaseFunction function)
{
    Decision decision{Continue{}};
    guarded(
        instance, [&] { decision = (instance.plugin.get()->*function)(exchange); },
        [&](const std::string& reason) {
            exchange.m_verdict = Step::Verdict::Failed;
            if (exchange.m_step)
                exchange.m_step->detail = reason;
            decision = errorFor(exchange, 500, {});
        });
    return decision;
}

Outcome Pipeline::advance(Exchange& exchange)
{
    Exchange::Run& run = *exchange.m_run;
    while (run.next < run.chain->size()) {
        const PluginInstance* instance = (*run.chain)[run.next++].choose(exchange.identity.consumer);
        if (!instance)
            continue;
        run.verdicts.emplace_back(instance, run.answer ? Step::Verdict::NotRun : Step::Verdict::Passed);
        if (run.answer || !instance->descriptor->has(Phase::Access)) {
            if (run.answer)
                PipelineTrace::notRun(exchange, *instance);
            continue;
        }
        Decision decision = Pipeline::run(exchange, *instance, Phase::Access);
        if (auto* wait = std::get_if<Wait>(&decision))
            return std::move(*wait);
        settle(exchange, std::move(decision));
    }
    if (run.answer)
        return std::move(*run.answer);
    if (!exchange.match || !exchange.match->service)
        return errorFor(exchange, 503, "no Service found with those values");
    return Proxy{};
}

/// Takes in what the plugin that ran decided.
void Pipeline::settle(Exchange& exchange, Decision decision)
{
    Exchange::Run& run = *exchange.m_run;
    if (auto* answer = std::get_if<Answer>(&decision)) {
        if (exchange.m_verdict != Step::Verdict::Failed)
            exchange.m_verdict = Step::Verdict::Answered;
        run.answer = std::move(*answer);
        run.answeredBy = exchange.m_current;
    }
    if (!run.verdicts.empty()) // the rewrite phase comes before anything is collected
        run.verdicts.back().second = exchange.m_verdict;
    PipelineTrace::leave(exchange, exchange.m_verdict, run.answer ? &*run.answer : nullptr);
    exchange.m_step = nullptr;
}

BodyUse Pipeline::headerFilter(Exchange& exchange)
{
    BodyUse use = BodyUse::None;
    for (const auto& [instance, verdict] : exchange.m_run->verdicts) {
        if (!instance->descriptor->has(Phase::HeaderFilter))
            continue;
        exchange.m_current = instance;
        const auto change = PipelineTrace::watchResponse(exchange, *instance);
        guarded(
            *instance, [&, plugin = instance] { plugin->plugin->headerFilter(exchange); }, [](const std::string&) {});
    }
    for (const auto& [instance, own] : exchange.m_run->bodyUses)
        use = std::max(use, own);
    return use;
}

bool Pipeline::bodyFilter(Exchange& exchange, BodyPiece& piece)
{
    bool isSound = true;
    for (const auto& [instance, use] : exchange.m_run->bodyUses) {
        exchange.m_current = instance;
        const auto change = PipelineTrace::watchBody(exchange, *instance, piece, use);
        guarded(
            *instance, [&, plugin = instance] { plugin->plugin->bodyFilter(exchange, piece); },
            [&](const std::string& reason) {
                isSound = false;
                PipelineTrace::broke(exchange, reason);
            });
        if (!isSound)
            break;
    }
    return isSound;
}

BodyUse Pipeline::abandonBody(Exchange& exchange)
{
    auto& uses = exchange.m_run->bodyUses;
    for (const auto& [instance, use] : uses)
        if (use == BodyUse::Change)
            logFault(*instance, "the body is too large to be changed");
    std::erase_if(uses, [](const auto& own) { return own.second == BodyUse::Change; });
    return uses.empty() ? BodyUse::None : BodyUse::Watch;
}

void Pipeline::log(Exchange& exchange)
{
    for (const auto& [instance, verdict] : exchange.m_run->verdicts) {
        if (!instance->descriptor->has(Phase::Log))
            continue;
        exchange.m_current = instance;
        guarded(
            *instance, [&, plugin = instance] { plugin->plugin->log(exchange); }, [](const std::string&) {});
    }
}

void Pipeline::recordUpstream(Exchange& exchange, UpstreamReport report)
{
    PipelineTrace::upstream(exchange, std::move(report));
}

void Pipeline::recordResponse(Exchange& exchange, http::ResponseHead head, BytesView answer)
{
    PipelineTrace::response(exchange, std::move(head), answer);
}

} // namespace claimsmith::gateway
