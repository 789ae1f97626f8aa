// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/exchange.h"
#include "gateway/pipeline.h"
#include "gateway/proxy/clienthead.h"
#include "gateway/proxy/enginestate.h"
#include "gateway/proxy/forwarder.h"
#include "gateway/proxy/upstreamsite.h"
#include "http/net/mailbox.h"
#include "http/server/serverconnection.h"

#include <memory>
#include <random>
#include <string>

namespace claimsmith::gateway {

/// What one worker leaves for others to read.
struct WorkerReport
{
    explicit WorkerReport(std::size_t summaries) : queue(summaries) {}
    WorkerCounters counters;
    SummaryQueue queue;
};

/// The gateway on one worker: takes each request through the pipeline (core/README.md) and answers or forwards it.
class ProxyHandler final : public http::StreamHandler
{
public:
    /// `state` and `report` outlive it.
    ProxyHandler(http::Worker& worker, EngineState& state, WorkerReport& report);

    http::Task<void> handle(http::ServerConnection& connection) override;
    http::Response refuse(http::ServerConnection& connection, http::WireErrorCode error) override;
    crypto::TlsOffer offer(std::string_view serverName) override;
    void release() override;

private:
    struct Ending;

    void prepare(Exchange& exchange, http::ServerConnection& connection);
    void startTrace(Exchange& exchange);
    http::Task<std::optional<Answer>> runPipeline(Exchange& exchange, http::ServerConnection& connection);
    http::Task<Outcome> await(Exchange& exchange, Wait wait);
    http::Task<std::optional<Answer>> readWholeBody(Exchange& exchange, http::ServerConnection& connection);
    http::Task<void> sendAnswer(Exchange& exchange, http::ServerConnection& connection, const Answer& answer,
                                ExchangeTimes& times);
    void storeTrace(const Exchange& exchange);
    void conclude(Exchange& exchange, const ExchangeTimes& times, const Ending& ending);
    void summarise(const Exchange& exchange, const ExchangeTimes& times, const Ending& ending);
    std::string makeRequestId();

    http::Worker& m_worker;
    EngineState& m_state;
    WorkerReport& m_report;
    SnapshotReader m_snapshot;
    BalancerReader m_balancers;
    std::shared_ptr<http::Mailbox> m_mailbox;
    UpstreamPool m_pool;
    std::mt19937_64 m_random; ///< for request ids: they have to be different, not secret
};

/// The limits and leniencies of Kong's listeners.
http::ServerLimits proxyLimits() noexcept;

} // namespace claimsmith::gateway
