// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/balancer/balancer.h"
#include "gateway/engine.h"
#include "gateway/proxy/upstreamsite.h"
#include "http/net/mailbox.h"
#include "http/net/worker.h"

#include <cstddef>
#include <map>
#include <memory>
#include <vector>

namespace claimsmith::gateway {

/// An upstream whose targets are to be asked.
struct Probed
{
    std::shared_ptr<Balancer> balancer;
    std::shared_ptr<const UpstreamTls> tls; ///< null: in the clear
};

/// A thread that asks targets how they are, each upstream by its own intervals, until it is destroyed.
class Prober final
{
public:
    explicit Prober(const std::vector<StandIn>& standIns);
    Prober(const Prober&) = delete;
    Prober& operator=(const Prober&) = delete;
    /// Ends at once, whatever a probe waits for. Any thread but its own.
    ~Prober();

    /// Asks the targets of these upstreams from now on, and of no others. One that was asked before keeps its turns.
    /// Any thread.
    void watch(std::vector<Probed> wanted);

private:
    struct Watch;
    struct Round;

    void adopt(const std::vector<Probed>& wanted);
    void begin(const Probed& wanted);
    http::Task<void> keepAsking(std::shared_ptr<Watch> watch, bool isHealthy);
    http::Task<void> askAll(std::shared_ptr<Watch> watch, std::vector<std::size_t> targets);
    http::Task<void> askInTurn(std::shared_ptr<Watch> watch, std::shared_ptr<Round> round);
    http::Task<void> ask(std::shared_ptr<Watch> watch, std::size_t target);

    http::Worker m_worker;
    std::shared_ptr<http::Mailbox> m_mailbox;
    UpstreamPool m_pool;
    std::map<const Balancer*, std::shared_ptr<Watch>> m_watches; ///< of the worker's thread
};

} // namespace claimsmith::gateway
