// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/balancer/balancedtries.h"
#include "gateway/exchange.h"
#include "gateway/proxy/clienthead.h"
#include "gateway/proxy/requestbody.h"
#include "gateway/proxy/responserelay.h"
#include "gateway/proxy/upstreamsite.h"
#include "http/server/serverconnection.h"
#include "http/wire/wireerror.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace claimsmith::gateway {

/// How sending a request upstream ended.
struct ForwardResult
{
    enum class State {
        Relayed,    ///< the upstream's response went to the client
        Failed,     ///< nothing was sent to the client yet: it gets an error page; see `failure`
        BadRequest, ///< the client's body could not be read; see `bodyError`
        Broken,     ///< the response broke off on its way; the client's connection is closed
    };
    State state = State::Failed;
    UpstreamFailure failure = UpstreamFailure::None;
    std::string detail = {};
    std::optional<http::WireErrorCode> bodyError = {};
    std::uint64_t responseBytes = 0; ///< of the body, to the client
    int upstreamStatus = 0;
    std::string address = {}; ///< connected to last
};

/// Takes one request to its service and the response back (kong-core.md §4.2, §4.6), with a RequestBody and a
/// ResponseRelay; decides what is tried again. After a 101 bytes are tunnelled. Lives for one exchange, on its worker.
class Forwarder final
{
public:
    /// `onAnswer` is called when the head of a relayed response is complete (and its body, when a plugin changes that),
    /// before anything of it is sent. `balancer` chooses where each try goes; null: to the service's host.
    Forwarder(Exchange& exchange, http::ServerConnection& client, UpstreamPool& pool, ExchangeTimes& times,
              const Settings& settings, std::function<void()> onAnswer, std::shared_ptr<Balancer> balancer);
    Forwarder(const Forwarder&) = delete;
    Forwarder& operator=(const Forwarder&) = delete;

    http::Task<ForwardResult> run();

    /// The head of an upstream's answer, as nginx limits it for Kong.
    static constexpr std::size_t maximumHead = 4 * 1024;
    /// Interim answers that are passed on; an upstream that never comes to the point is given up.
    static constexpr std::size_t maximumInterim = 32;

private:
    enum class Attempt { Answered, Stale, TryAgain, GiveUp };

    http::Task<Attempt> askUpstream();
    http::Task<Attempt> attempt();
    http::Task<Attempt> connect();
    http::Task<http::IoStatus> awaitAnswer();
    http::Task<Attempt> readHead();
    http::Task<void> relay();
    Attempt failed(UpstreamFailure failure, std::string detail);
    bool mayRepeat() const noexcept;
    bool chooseSite();
    void reportTry(bool isAnswered);
    void recordUpstream(bool hasAnswer);
    void noteTry(const std::string& address);
    void noteFailure(UpstreamFailure failure) noexcept;
    http::Task<void> runTunnel();
    bool maySwitch() const noexcept;
    void finishHead();

    Exchange& m_exchange;
    const Settings& m_settings;
    http::ServerConnection& m_client;
    UpstreamPool& m_pool;
    ExchangeTimes& m_times;
    std::function<void()> m_onAnswer;
    const Service& m_service;
    BalancedTries m_tries;
    RequestBody m_body;
    ResponseRelay m_relay;
    UpstreamSite* m_site = nullptr; ///< where the try under way goes; null before the first
    std::string m_serverName;       ///< under TLS
    std::unique_ptr<UpstreamConnection> m_connection;
    std::string m_head; ///< of the request, as sent
    http::ResponseHead m_answer;
    ForwardResult m_result;
    bool m_clientGone = false;
    std::size_t m_interim = 0;  ///< answers that went before
    bool m_requestSent = false; ///< at least a part of it, in any try
};

} // namespace claimsmith::gateway
