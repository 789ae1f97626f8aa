// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/engine.h"

#include "gateway/admin/adminhandler.h"
#include "gateway/health/healthchecks.h"
#include "gateway/proxy/enginestate.h"
#include "gateway/proxy/proxyhandler.h"
#include "http/server/http2connection.h"
#include "http/server/server.h"

#include <algorithm>
#include <array>

namespace claimsmith::gateway {
namespace {

constexpr std::uint64_t maximumAdminBody = 10U << 20U;

using TlsContext = std::shared_ptr<const crypto::TlsServerContext>;

Result<TlsContext> makeTls(crypto::TlsServerOptions options, bool withHttp2)
{
    if (withHttp2)
        options.protocols = {std::string(http::Http2Connection::protocolName), "http/1.1"};
    return crypto::TlsServerContext::create(options);
}

Result<std::vector<http::Listener>> makeListeners(const std::vector<ProxyListener>& wanted,
                                                  const crypto::TlsServerOptions& tls)
{
    std::vector<http::Listener> listeners;
    std::array<TlsContext, 2> contexts; // without and with HTTP/2
    for (const ProxyListener& listener : wanted) {
        TlsContext& context = contexts[listener.http2 ? 1 : 0];
        if (listener.tls && !context) {
            CLAIMSMITH_TRY(context, makeTls(tls, listener.http2));
        }
        listeners.push_back({listener.address, listener.tls ? context : nullptr, listener.clearHttp2});
    }
    return listeners;
}

bool usesTls(const std::vector<ProxyListener>& listeners) noexcept
{
    return std::ranges::any_of(listeners, &ProxyListener::tls);
}

/// Where the first listener of this kind listens.
std::optional<http::Authority> firstAddress(const std::vector<ProxyListener>& listeners, const http::Server& server,
                                            bool withTls)
{
    const auto found = std::ranges::find(listeners, withTls, &ProxyListener::tls);
    if (found == listeners.end())
        return std::nullopt;
    return server.addresses()[static_cast<std::size_t>(found - listeners.begin())];
}

} // namespace

class Engine::Private
{
public:
    Private(EngineOptions chosen, std::shared_ptr<const Snapshot> initial)
        : options(std::move(chosen)), state(options, std::move(initial))
    {
        const std::size_t share = options.summaries / std::max<std::size_t>(options.threads, 1);
        for (std::size_t i = 0; i < std::max<std::size_t>(options.threads, 1); ++i)
            reports.push_back(
                std::make_unique<WorkerReport>(options.summaries == 0 ? 0 : std::max<std::size_t>(share, 1)));
    }

    Result<void> startProxy();
    Result<void> startAdmin(Engine& engine);
    Result<void> makeOwnIdentity();

    EngineOptions options;
    EngineState state;
    HealthChecks health{state};
    std::vector<std::unique_ptr<WorkerReport>> reports; ///< one for each worker of the proxy
    std::unique_ptr<http::Server> proxy;                // servers go first: their threads use the rest
    std::unique_ptr<http::Server> admin;
};

Result<void> Engine::Private::startProxy()
{
    http::ServerOptions server;
    CLAIMSMITH_TRY(server.listeners, makeListeners(options.listeners, options.settings.tls));
    server.threads = reports.size();
    server.limits = proxyLimits();
    if (options.settings.clientMaximumBody > 0)
        server.limits.maximumBody = options.settings.clientMaximumBody;
    CLAIMSMITH_TRY(proxy, http::Server::start(server, [this](http::Worker& worker) {
                       return std::make_unique<ProxyHandler>(worker, state, *reports[worker.index()]);
                   }));
    return {};
}

/// Where clients want TLS and nobody gave a certificate.
Result<void> Engine::Private::makeOwnIdentity()
{
    const bool isMissing = (usesTls(options.listeners) && state.settings.identities.empty()) ||
                           (usesTls(options.adminListeners) && state.settings.adminIdentities.empty());
    if (isMissing) {
        CLAIMSMITH_TRY(state.ownIdentity, crypto::TlsIdentity::selfSigned());
    }
    return {};
}

Result<void> Engine::Private::startAdmin(Engine& engine)
{
    if (options.adminListeners.empty())
        return {};
    AdminContext context;
    context.build = options.build;
    for (const ProxyListener& listener : options.adminListeners)
        context.listenHosts.push_back(listener.address.host);
    context.writes = options.adminWrites;
    context.shared = &state.shared;
    context.snapshot = [&engine] { return engine.snapshot(); };
    context.balancer = [this](std::string_view upstreamId) {
        return state.balancers.find(state.snapshot.get(), upstreamId);
    };
    context.counters = [&engine] { return engine.counters(); };
    context.apply = [&engine, this](const std::shared_ptr<const Snapshot>& snapshot) {
        engine.apply(snapshot);
        if (options.configured)
            options.configured(snapshot);
    };
    http::ServerOptions server;
    CLAIMSMITH_TRY(server.listeners, makeListeners(options.adminListeners, options.settings.tls));
    server.limits.maximumBody = maximumAdminBody;
    const auto handler = std::make_shared<AdminHandler>(std::move(context));
    const auto& identities = state.settings.adminIdentities;
    const crypto::TlsIdentity* const own = state.ownIdentity ? &*state.ownIdentity : nullptr;
    CLAIMSMITH_TRY(admin, http::Server::start(
                              server, [handler](const http::Request& request) { return handler->handle(request); },
                              identities.empty() ? own : &identities.front()));
    return {};
}

Engine::Engine(std::unique_ptr<Private> implementation) : d(std::move(implementation)) {}

Engine::~Engine()
{
    stop(std::chrono::milliseconds(0));
}

Result<std::unique_ptr<Engine>> Engine::start(EngineOptions options, std::shared_ptr<const Snapshot> snapshot)
{
    std::unique_ptr<Engine> engine(new Engine(std::make_unique<Private>(std::move(options), std::move(snapshot))));
    CLAIMSMITH_CHECK(engine->d->makeOwnIdentity());
    CLAIMSMITH_CHECK(engine->d->startProxy());
    CLAIMSMITH_CHECK(engine->d->startAdmin(*engine));
    engine->d->health.refresh();
    return engine;
}

void Engine::apply(std::shared_ptr<const Snapshot> snapshot)
{
    d->state.snapshot.set(std::move(snapshot));
    d->health.refresh();
}

std::shared_ptr<const Snapshot> Engine::snapshot() const
{
    return d->state.snapshot.get();
}

bool Engine::stop(std::chrono::milliseconds grace)
{
    const auto end = std::chrono::steady_clock::now() + grace;
    d->health.stop();
    if (d->admin)
        d->admin->stop(grace);
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
    return !d->proxy || d->proxy->stop(std::max(left, std::chrono::milliseconds(0)));
}

http::Authority Engine::proxyAddress() const
{
    return firstAddress(d->options.listeners, *d->proxy, false).value_or(d->proxy->address());
}

std::optional<http::Authority> Engine::proxyTlsAddress() const
{
    return firstAddress(d->options.listeners, *d->proxy, true);
}

const std::vector<http::Authority>& Engine::proxyAddresses() const
{
    return d->proxy->addresses();
}

std::optional<http::Authority> Engine::adminAddress() const
{
    return d->admin ? firstAddress(d->options.adminListeners, *d->admin, false) : std::nullopt;
}

std::optional<http::Authority> Engine::adminTlsAddress() const
{
    return d->admin ? firstAddress(d->options.adminListeners, *d->admin, true) : std::nullopt;
}

EngineCounters Engine::counters() const noexcept
{
    EngineCounters sum;
    for (const auto& report : d->reports) {
        sum.requests += report->counters.requests.load(std::memory_order_relaxed);
        sum.errors += report->counters.errors.load(std::memory_order_relaxed);
    }
    sum.connections = d->proxy ? d->proxy->connections() : 0;
    return sum;
}

std::size_t Engine::drain(std::vector<ExchangeSummary>& into)
{
    std::size_t missed = 0;
    for (const auto& report : d->reports)
        missed += report->queue.drain(into);
    return missed;
}

const std::string& Engine::traceNonce() const noexcept
{
    return d->state.traceNonce;
}

std::shared_ptr<const Trace> Engine::findTrace(std::string_view requestId) const
{
    return d->state.traces.find(requestId);
}

} // namespace claimsmith::gateway
