// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/proxy/upstreamsite.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace claimsmith::gateway {
namespace {

namespace asio = http::asio;
using std::chrono::steady_clock;

/// Ends an attempt to connect that takes too long.
class ConnectLimit final : public http::Deadline
{
public:
    ConnectLimit(http::Deadlines& deadlines, http::TcpSocket& socket) noexcept : Deadline(deadlines), m_socket(socket)
    {
    }
    bool fired = false;

private:
    void expired() override
    {
        fired = true;
        boost::system::error_code ignored;
        m_socket.cancel(ignored);
    }

    http::TcpSocket& m_socket;
};

http::Tcp::endpoint endpointOf(const http::Authority& authority)
{
    boost::system::error_code ignored;
    return {asio::ip::make_address(authority.host == "localhost" ? "127.0.0.1" : authority.host, ignored),
            authority.port};
}

} // namespace

UpstreamPool::UpstreamPool(asio::io_context& context, http::Deadlines& deadlines,
                           std::shared_ptr<http::Mailbox> mailbox, const KeepaliveSettings& limits)
    : m_context(context), m_deadlines(deadlines), m_limits(limits), m_resolver(context, std::move(mailbox)),
      m_sweep(deadlines, *this)
{
}

void UpstreamPool::standIn(const http::Authority& of, const http::Authority& endpoint)
{
    UpstreamSite& target = site(toLower(of.host), of.port);
    target.endpoints = {endpointOf(endpoint)};
    target.isFixed = target.isStandIn = true;
}

UpstreamSite& UpstreamPool::site(std::string_view host, std::uint16_t port,
                                 const std::shared_ptr<const UpstreamTls>& tls)
{
    std::array<char, 8> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), port).ptr;
    m_key.assign(host);
    m_key += ':';
    m_key.append(digits.data(), static_cast<std::size_t>(end - digits.data()));
    auto found = m_sites.find(m_key);
    if (tls && (found == m_sites.end() || !found->second.isStandIn)) {
        m_key.append(1, ' ').append(tls->key);
        found = m_sites.find(m_key);
    }
    if (found != m_sites.end())
        return found->second;
    UpstreamSite& made = m_sites[m_key];
    made.host = host;
    made.port = port;
    made.tls = tls;
    boost::system::error_code notNumeric;
    const auto address = asio::ip::make_address(made.host, notNumeric);
    if (!notNumeric) {
        made.endpoints = {{address, port}};
        made.isFixed = true;
    }
    return made;
}

std::size_t UpstreamSite::alternatives() const noexcept
{
    const auto isOther = [this](const http::Tcp::endpoint& endpoint) {
        return endpoint.address().is_v4() != endpoints.front().address().is_v4();
    };
    return static_cast<std::size_t>(std::ranges::find_if(endpoints, isOther) - endpoints.begin());
}

std::unique_ptr<UpstreamConnection> UpstreamPool::reuse(UpstreamSite& site, std::string_view serverName)
{
    const std::size_t alternatives = site.alternatives();
    if (alternatives > 1)
        site.turn = (site.turn + 1) % alternatives;
    for (std::size_t i = site.idle.size(); i > 0; --i) {
        const bool isElsewhere = alternatives > 1 && site.idle[i - 1]->endpoint != site.endpoints[site.turn];
        if (isElsewhere || site.idle[i - 1]->serverName != serverName)
            continue;
        std::unique_ptr<UpstreamConnection> connection = std::move(site.idle[i - 1]);
        site.idle.erase(site.idle.begin() + static_cast<std::ptrdiff_t>(i - 1));
        --m_idle;
        if (connection->stream.isQuiet())
            return connection;
    }
    return nullptr;
}

http::Task<Resolved::State> UpstreamPool::refresh(UpstreamSite& site, std::chrono::milliseconds limit,
                                                  std::string& detail)
{
    const auto now = steady_clock::now();
    if (site.isFixed || (!site.endpoints.empty() && now - site.resolvedAt < nameLifetime))
        co_return Resolved::State::Found;
    const Resolved resolved = co_await m_resolver.resolve(site.host, limit);
    if (resolved.state == Resolved::State::Found) {
        site.endpoints.clear();
        for (const asio::ip::address& address : resolved.addresses)
            site.endpoints.emplace_back(address, site.port);
        site.resolvedAt = steady_clock::now();
    }
    detail = resolved.error;
    co_return resolved.state;
}

http::Task<UpstreamPool::Loan> UpstreamPool::connect(UpstreamSite& site, std::string serverName,
                                                     std::chrono::milliseconds limit)
{
    Loan loan;
    const Resolved::State state = co_await refresh(site, limit, loan.detail);
    if (state != Resolved::State::Found) {
        loan.failure = state == Resolved::State::Unknown ? UpstreamFailure::NameUnknown : UpstreamFailure::NameFailed;
        co_return loan;
    }
    // A copy: another request may resolve the name anew while this one connects.
    std::vector<http::Tcp::endpoint> endpoints = site.endpoints;
    const std::size_t alternatives = std::max<std::size_t>(site.alternatives(), 1);
    const auto first = static_cast<std::ptrdiff_t>(site.turn % alternatives);
    std::rotate(endpoints.begin(), endpoints.begin() + first,
                endpoints.begin() + static_cast<std::ptrdiff_t>(std::min(alternatives, endpoints.size())));
    const auto end = steady_clock::now() + limit;
    for (const http::Tcp::endpoint& endpoint : endpoints) {
        co_await dial(loan, endpoint, end);
        if (loan.connection && site.tls)
            co_await secure(loan, *site.tls, serverName, end);
        if (loan.connection || loan.failure == UpstreamFailure::ConnectTimedOut)
            break;
    }
    co_return loan;
}

http::Task<void> UpstreamPool::dial(Loan& loan, http::Tcp::endpoint endpoint, http::Deadline::TimePoint end)
{
    http::TcpSocket socket(m_context);
    ConnectLimit deadline(m_deadlines, socket);
    deadline.arm(end);
    const auto [error] = co_await socket.async_connect(endpoint, http::useTask);
    deadline.disarm();
    if (error) {
        loan.failure = deadline.fired ? UpstreamFailure::ConnectTimedOut : UpstreamFailure::Refused;
        loan.detail = error.message();
        co_return;
    }
    loan.connection = std::make_unique<UpstreamConnection>(std::move(socket), m_deadlines);
    loan.connection->endpoint = endpoint;
    loan.connection->address = http::Authority{endpoint.address().to_string(), endpoint.port()}.toString();
    loan.failure = UpstreamFailure::None;
}

http::Task<void> UpstreamPool::secure(Loan& loan, const UpstreamTls& tls, const std::string& serverName,
                                      http::Deadline::TimePoint end)
{
    http::Stream& stream = loan.connection->stream;
    auto session = crypto::TlsSession::connect(*tls.context, stream.descriptor(), serverName,
                                               tls.verifies ? serverName : std::string());
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - steady_clock::now());
    const http::IoStatus status =
        co_await stream.startTls(std::move(session), std::max(left, std::chrono::milliseconds(1)));
    loan.connection->serverName = serverName;
    if (status == http::IoStatus::Ok)
        co_return;
    const bool isLate = status == http::IoStatus::TimedOut;
    loan.failure = isLate ? UpstreamFailure::ConnectTimedOut : UpstreamFailure::Handshake;
    loan.detail = "TLS: " + (isLate ? std::string("no handshake in time") : stream.tls()->failure());
    loan.connection.reset();
}

void UpstreamPool::giveBack(UpstreamSite& site, std::unique_ptr<UpstreamConnection> connection)
{
    const bool isUsedUp = m_limits.maximumRequests > 0 && connection->requests >= m_limits.maximumRequests;
    if (isUsedUp || m_limits.poolSize == 0 || !connection->stream.buffered().empty())
        return;
    connection->stream.shrink();
    connection->idleSince = steady_clock::now();
    if (m_idle >= m_limits.poolSize)
        dropOldest();
    site.idle.push_back(std::move(connection));
    ++m_idle;
    if (!m_sweep.isArmed && m_limits.idleTime.count() > 0) {
        m_sweep.arm(steady_clock::now() + m_limits.idleTime);
        m_sweep.isArmed = true;
    }
}

void UpstreamPool::sweep()
{
    const auto limit = steady_clock::now() - m_limits.idleTime;
    auto oldest = steady_clock::time_point::max();
    for (auto& [key, site] : m_sites) {
        m_idle -= std::erase_if(site.idle, [limit](const auto& connection) { return connection->idleSince <= limit; });
        if (!site.idle.empty())
            oldest = std::min(oldest, site.idle.front()->idleSince);
    }
    m_sweep.isArmed = oldest != steady_clock::time_point::max();
    if (m_sweep.isArmed)
        m_sweep.arm(oldest + m_limits.idleTime);
}

void UpstreamPool::dropOldest() noexcept
{
    UpstreamSite* oldest = nullptr;
    for (auto& [key, site] : m_sites) {
        if (!site.idle.empty() && (oldest == nullptr || site.idle.front()->idleSince < oldest->idle.front()->idleSince))
            oldest = &site;
    }
    if (oldest != nullptr) {
        oldest->idle.erase(oldest->idle.begin());
        --m_idle;
    }
}

void UpstreamPool::clear() noexcept
{
    for (auto& [key, site] : m_sites)
        site.idle.clear();
    m_idle = 0;
    m_sweep.disarm();
    m_sweep.isArmed = false;
}

} // namespace claimsmith::gateway
