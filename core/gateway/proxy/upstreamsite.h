// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/proxy/resolver.h"
#include "gateway/settings.h"
#include "gateway/tlsmaterial.h"
#include "http/net/stream.h"
#include "http/url.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace claimsmith::gateway {

/// Why no connection could be had, or what became of one.
enum class UpstreamFailure {
    None,
    NameUnknown,     ///< 503
    NameFailed,      ///< 500
    Refused,         ///< also unreachable, reset; 502
    ConnectTimedOut, ///< 504
    Handshake,       ///< TLS failed, or the certificate is not to be trusted; 502
    Closed,          ///< ended before an answer began; 502
    TimedOut,        ///< nothing came, or could be sent, for too long; 504
    Invalid,         ///< an answer that is no HTTP; 502, never tried again
    NoTarget,        ///< the upstream entity has no target to send to; 503
    NotOffered,      ///< this build can't speak what the service asks for; 502
};

/// A connection to an upstream, on loan or idle.
struct UpstreamConnection
{
    UpstreamConnection(http::TcpSocket socket, http::Deadlines& deadlines) : stream(std::move(socket), deadlines) {}

    http::Stream stream;
    http::Tcp::endpoint endpoint;
    std::string address;        ///< connected to: "127.0.0.1:3000"
    std::string serverName;     ///< asked for under TLS; empty in the clear
    std::uint64_t requests = 0; ///< sent over it so far
    std::chrono::steady_clock::time_point idleSince{};
    bool isReused() const noexcept { return requests > 0; }
};

/// A host and port that services name, and how they want to speak to it: its addresses and its idle connections.
struct UpstreamSite
{
    std::string host;
    std::uint16_t port = 0;
    std::shared_ptr<const UpstreamTls> tls;     ///< null: in the clear
    std::vector<http::Tcp::endpoint> endpoints; ///< empty until resolved; those of IPv4 first
    std::size_t turn = 0;                       ///< the endpoint of the last request, of those that take turns
    std::chrono::steady_clock::time_point resolvedAt{};
    bool isFixed = false;                                  ///< numeric or a stand-in: never resolved again
    bool isStandIn = false;                                ///< on this machine, in the clear whatever the service says
    std::vector<std::unique_ptr<UpstreamConnection>> idle; ///< the one used last at the end

    /// How many of the first endpoints take turns: those of one family, as Kong asks for addresses of IPv6 only where
    /// there are no others.
    std::size_t alternatives() const noexcept;
};

/// The upstream connections of one worker.
class UpstreamPool final
{
public:
    static constexpr std::chrono::seconds nameLifetime{10};

    struct Loan
    {
        std::unique_ptr<UpstreamConnection> connection; ///< null: see failure
        UpstreamFailure failure = UpstreamFailure::None;
        std::string detail = {};
    };

    UpstreamPool(http::asio::io_context& context, http::Deadlines& deadlines, std::shared_ptr<http::Mailbox> mailbox,
                 const KeepaliveSettings& limits);

    /// Connections to this host and port go to `endpoint`, a numeric address or "localhost".
    void standIn(const http::Authority& of, const http::Authority& endpoint);

    /// The site of a host and port; lives as long as the pool. There are as many as configurations name: what clients
    /// choose (`serverName` below) makes no new ones.
    UpstreamSite& site(std::string_view host, std::uint16_t port, const std::shared_ptr<const UpstreamTls>& tls = {});
    /// An idle connection that looks alive, or null: then connect() makes one. A name with several addresses gives each
    /// request the next one. `serverName`: whom to ask for under TLS, and whom the upstream's
    /// certificate has to speak for if it is verified.
    std::unique_ptr<UpstreamConnection> reuse(UpstreamSite& site, std::string_view serverName = {});
    /// A new connection, ready for a request; resolves the name when that is due.
    http::Task<Loan> connect(UpstreamSite& site, std::string serverName, std::chrono::milliseconds limit);
    /// Takes a connection back whose exchange is complete.
    void giveBack(UpstreamSite& site, std::unique_ptr<UpstreamConnection> connection);
    /// Closes all idle connections.
    void clear() noexcept;

private:
    class Sweep final : public http::Deadline
    {
    public:
        Sweep(http::Deadlines& deadlines, UpstreamPool& pool) noexcept : Deadline(deadlines), m_pool(pool) {}
        bool isArmed = false;

    private:
        void expired() override { m_pool.sweep(); }
        UpstreamPool& m_pool;
    };

    http::Task<void> dial(Loan& loan, http::Tcp::endpoint endpoint, http::Deadline::TimePoint end);
    http::Task<void> secure(Loan& loan, const UpstreamTls& tls, const std::string& serverName,
                            http::Deadline::TimePoint end);
    http::Task<Resolved::State> refresh(UpstreamSite& site, std::chrono::milliseconds limit, std::string& detail);
    void sweep();
    void dropOldest() noexcept;

    http::asio::io_context& m_context;
    http::Deadlines& m_deadlines;
    KeepaliveSettings m_limits;
    Resolver m_resolver;
    Sweep m_sweep;
    std::unordered_map<std::string, UpstreamSite> m_sites; ///< by "host:port"
    std::string m_key;                                     ///< reused
    std::size_t m_idle = 0;
};

} // namespace claimsmith::gateway
