// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/health/prober.h"

#include "base/log.h"
#include "gateway/health/probe.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <algorithm>
#include <string>

namespace claimsmith::gateway {
namespace {

namespace asio = http::asio;
using std::chrono::steady_clock;

void tell(const UpstreamSettings& upstream, const TargetSettings& target, Balancer::Health now)
{
    const bool isHealthy = now == Balancer::Health::Healthy;
    claimsmith::log(isHealthy ? LogLevel::Info : LogLevel::Warning, "gateway",
                    "the target " + http::Authority{target.host, target.port}.toString() + " of " + upstream.name +
                        " is " + (isHealthy ? "healthy" : "unhealthy") + " now");
}

} // namespace

/// One upstream that is asked.
struct Prober::Watch
{
    Watch(asio::io_context& context, const Probed& wanted)
        : balancer(wanted.balancer), tls(wanted.tls), healthyTurn(context), unhealthyTurn(context)
    {
    }

    void end()
    {
        isOver = true;
        healthyTurn.cancel();
        unhealthyTurn.cancel();
    }

    const std::shared_ptr<Balancer> balancer;
    std::shared_ptr<const UpstreamTls> tls;
    http::SteadyTimer healthyTurn;
    http::SteadyTimer unhealthyTurn;
    bool isOver = false;
};

/// The targets of one turn, and who asks them.
struct Prober::Round
{
    Round(asio::io_context& context, std::vector<std::size_t> asked) : targets(std::move(asked)), ended(context)
    {
        ended.expires_at(steady_clock::time_point::max());
    }

    const std::vector<std::size_t> targets;
    std::size_t next = 0;
    std::size_t asking = 0;
    http::SteadyTimer ended; ///< cancelled when nobody is asking any more
};

Prober::Prober(const std::vector<StandIn>& standIns)
    : m_worker(0), m_mailbox(std::make_shared<http::Mailbox>(m_worker.context())),
      m_pool(m_worker.context(), m_worker.deadlines(), m_mailbox, KeepaliveSettings{})
{
    for (const StandIn& standIn : standIns)
        m_pool.standIn(standIn.authority, standIn.endpoint);
    m_worker.start();
}

Prober::~Prober()
{
    m_worker.stop();
    m_mailbox->close();
    m_watches.clear();
    m_worker.destroy();
}

void Prober::watch(std::vector<Probed> wanted)
{
    m_mailbox->post([this, upstreams = std::move(wanted)] { adopt(upstreams); });
}

void Prober::adopt(const std::vector<Probed>& wanted)
{
    std::erase_if(m_watches, [&wanted](const auto& entry) {
        const bool isWanted = std::ranges::any_of(
            wanted, [&entry](const Probed& upstream) { return upstream.balancer.get() == entry.first; });
        if (!isWanted)
            entry.second->end();
        return !isWanted;
    });
    for (const Probed& upstream : wanted) {
        const auto known = m_watches.find(upstream.balancer.get());
        if (known == m_watches.end())
            begin(upstream);
        else
            known->second->tls = upstream.tls;
    }
}

void Prober::begin(const Probed& wanted)
{
    const auto watch = std::make_shared<Watch>(m_worker.context(), wanted);
    m_watches.emplace(wanted.balancer.get(), watch);
    for (const bool isHealthy : {true, false}) {
        if (wanted.balancer->settings().probe.intervalOf(isHealthy).count() > 0)
            asio::co_spawn(m_worker.context(), keepAsking(watch, isHealthy), asio::detached);
    }
}

/// The first turn is after an interval, as Kong's is. A turn that takes longer than that is followed by the next.
http::Task<void> Prober::keepAsking(std::shared_ptr<Watch> watch, bool isHealthy)
{
    const auto interval = watch->balancer->settings().probe.intervalOf(isHealthy);
    http::SteadyTimer& turn = isHealthy ? watch->healthyTurn : watch->unhealthyTurn;
    auto due = steady_clock::now() + interval;
    while (!watch->isOver) {
        turn.expires_at(due);
        co_await turn.async_wait(http::useTask);
        due = steady_clock::now() + interval;
        if (!watch->isOver)
            co_await askAll(watch, watch->balancer->targetsThatAre(isHealthy));
    }
}

http::Task<void> Prober::askAll(std::shared_ptr<Watch> watch, std::vector<std::size_t> targets)
{
    const auto round = std::make_shared<Round>(m_worker.context(), std::move(targets));
    round->asking = std::min(watch->balancer->settings().probe.concurrency, round->targets.size());
    for (std::size_t i = round->asking; i > 0; --i)
        asio::co_spawn(m_worker.context(), askInTurn(watch, round), asio::detached);
    while (round->asking > 0)
        co_await round->ended.async_wait(http::useTask);
}

/// Asks one target after the other, as several of these do at once.
http::Task<void> Prober::askInTurn(std::shared_ptr<Watch> watch, std::shared_ptr<Round> round)
{
    while (round->next < round->targets.size() && !watch->isOver) {
        const std::size_t target = round->targets[round->next++];
        co_await ask(watch, target);
    }
    if (--round->asking == 0)
        round->ended.cancel();
}

http::Task<void> Prober::ask(std::shared_ptr<Watch> watch, std::size_t target)
{
    Balancer& balancer = *watch->balancer;
    const UpstreamSettings& upstream = balancer.settings();
    const std::optional<ProbeResult> result = co_await probe(m_pool, upstream, upstream.targets[target], watch->tls);
    if (!result)
        co_return;
    const Balancer::Health before = balancer.healthOf(target);
    balancer.reportProbe(target, result->outcome, result->status);
    const Balancer::Health now = balancer.healthOf(target);
    if (now != before)
        tell(upstream, upstream.targets[target], now);
}

} // namespace claimsmith::gateway
