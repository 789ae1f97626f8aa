// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bridge/gatewaysession.h"

#include "gateway/engine.h"
#include "http/echo/echoserver.h"

#include <QThreadPool>
#include <QTimer>

#include <utility>

namespace claimsmith::app {
namespace {

using namespace std::chrono_literals;

constexpr auto refreshInterval = 100ms;
constexpr auto drainTime = 2000ms;
constexpr std::size_t summaryRoom = 4096; ///< exchanges between two refreshes that the window can be told about

/// What runs while the gateway does. Destroying it joins threads: not on the GUI thread.
struct Running
{
    std::unique_ptr<http::EchoServer> echo;
    std::unique_ptr<gateway::Engine> engine;
};

Result<std::shared_ptr<const gateway::Snapshot>> emptySnapshot()
{
    return gateway::loadSnapshot("_format_version: \"3.0\"\n", "kong.yml", {});
}

Result<Running> startRunning(const GatewaySettings& settings, const Clock& clock,
                             std::shared_ptr<const gateway::Snapshot> snapshot,
                             std::function<void(const std::shared_ptr<const gateway::Snapshot>&)> configured)
{
    Running running;
    gateway::EngineOptions options;
    CLAIMSMITH_TRY(options.listeners.front().address, http::parseAuthority(settings.proxyListen));
    CLAIMSMITH_TRY(http::Authority admin, http::parseAuthority(settings.adminListen));
    options.adminListeners = {{std::move(admin)}};
    options.threads = static_cast<std::size_t>(std::max(1, settings.threads));
    options.clock = &clock;
    options.summaries = summaryRoom;
    options.configured = std::move(configured);
    if (!settings.echoStandsInFor.empty()) {
        CLAIMSMITH_TRY(running.echo, http::EchoServer::start({"127.0.0.1", 0}));
        for (const std::string& authority : settings.echoStandsInFor) {
            CLAIMSMITH_TRY(http::Authority named, http::parseAuthority(authority, std::uint16_t{80}));
            options.standIns.push_back({std::move(named), running.echo->address()});
        }
    }
    if (!snapshot) {
        CLAIMSMITH_TRY(snapshot, emptySnapshot());
    }
    CLAIMSMITH_TRY(running.engine, gateway::Engine::start(std::move(options), std::move(snapshot)));
    return running;
}

} // namespace

class GatewaySession::Implementation
{
public:
    Implementation(GatewaySession& owner, const Clock& theClock) : q(owner), clock(theClock)
    {
        refresh.setInterval(refreshInterval);
        QObject::connect(&refresh, &QTimer::timeout, &q, [this] { report(); });
    }

    void setState(State next)
    {
        if (state == next)
            return;
        state = next;
        emit q.stateChanged();
    }

    void start()
    {
        if (stopping) {
            startAgain = true;
            return;
        }
        if (running.engine)
            return;
        failure.reset();
        setState(State::Starting);
        auto started = startRunning(settings, clock, snapshot, [target = &q](const auto& configured) {
            QMetaObject::invokeMethod(
                target, [target, configured] { emit target->configuredRemotely(configured); }, Qt::QueuedConnection);
        });
        if (!started) {
            failure = std::move(started).error();
            setState(State::Failed);
            return;
        }
        running = std::move(*started);
        counters = {};
        refresh.start();
        setState(State::Running);
        emit q.countsChanged();
    }

    void stop(bool thenStart)
    {
        startAgain = thenStart;
        if (stopping)
            return;
        if (!running.engine) {
            if (thenStart)
                start();
            else
                setState(State::Stopped);
            return;
        }
        report();
        refresh.stop();
        stopping = true;
        setState(thenStart ? State::Reloading : State::Stopped);
        // Draining and joining may take its two seconds: on a thread that nobody looks at.
        auto ending = std::make_shared<Running>(std::exchange(running, {}));
        pool.start([this, ending]() mutable {
            ending->engine->stop(drainTime);
            ending.reset();
            QMetaObject::invokeMethod(
                &q,
                [this] {
                    stopping = false;
                    if (std::exchange(startAgain, false))
                        start();
                },
                Qt::QueuedConnection);
        });
    }

    void report()
    {
        if (!running.engine)
            return;
        std::vector<gateway::ExchangeSummary> passed;
        const std::size_t missed = running.engine->drain(passed);
        const gateway::EngineCounters now = running.engine->counters();
        if (now.requests != counters.requests || now.errors != counters.errors) {
            counters = now;
            emit q.countsChanged();
        }
        if (!passed.empty() || missed > 0)
            emit q.exchangesPassed(passed, missed);
    }

    GatewaySession& q;
    const Clock& clock;
    State state = State::Stopped;
    std::optional<Error> failure;
    GatewaySettings settings;
    std::shared_ptr<const gateway::Snapshot> snapshot;
    Running running;
    gateway::EngineCounters counters;
    QTimer refresh;
    bool stopping = false;
    bool startAgain = false;
    QThreadPool pool; ///< its destructor waits for an ending gateway
};

GatewaySession::GatewaySession(const Clock& clock, QObject* parent)
    : QObject(parent), m(std::make_unique<Implementation>(*this, clock))
{
}

GatewaySession::~GatewaySession()
{
    m->refresh.stop();
    if (m->running.engine)
        m->running.engine->stop(0ms);
    m->pool.waitForDone();
}

GatewaySession::State GatewaySession::state() const noexcept
{
    return m->state;
}

const std::optional<Error>& GatewaySession::failure() const noexcept
{
    return m->failure;
}

void GatewaySession::setSettings(const GatewaySettings& settings)
{
    m->settings = settings;
}

const GatewaySettings& GatewaySession::settings() const noexcept
{
    return m->settings;
}

void GatewaySession::start()
{
    m->start();
}

void GatewaySession::stop()
{
    m->stop(false);
}

void GatewaySession::restart()
{
    m->stop(true);
}

void GatewaySession::apply(std::shared_ptr<const gateway::Snapshot> snapshot)
{
    m->snapshot = std::move(snapshot);
    if (m->running.engine && m->snapshot)
        m->running.engine->apply(m->snapshot);
}

std::shared_ptr<const gateway::Snapshot> GatewaySession::snapshot() const noexcept
{
    return m->snapshot;
}

QString GatewaySession::proxyAddress() const
{
    return m->running.engine ? QString::fromStdString(m->running.engine->proxyAddress().toString()) : QString();
}

QString GatewaySession::adminAddress() const
{
    const auto address = m->running.engine ? m->running.engine->adminAddress() : std::nullopt;
    return address ? QString::fromStdString(address->toString()) : QString();
}

quint64 GatewaySession::requestCount() const noexcept
{
    return m->counters.requests;
}

quint64 GatewaySession::errorCount() const noexcept
{
    return m->counters.errors;
}

std::pair<std::string, std::string> GatewaySession::traceHeader() const
{
    if (!m->running.engine)
        return {};
    return {std::string(gateway::Engine::traceHeader), m->running.engine->traceNonce()};
}

std::shared_ptr<const gateway::Trace> GatewaySession::findTrace(const std::string& requestId) const
{
    return m->running.engine ? m->running.engine->findTrace(requestId) : nullptr;
}

} // namespace claimsmith::app
