// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/health/probe.h"

#include "base/text.h"
#include "http/wire/target.h"

#include <algorithm>
#include <charconv>

namespace claimsmith::gateway {
namespace {

/// A first line that is longer is none.
constexpr std::size_t maximumLine = 4 * 1024;

constexpr bool isDigit(char c) noexcept
{
    return c >= '0' && c <= '9';
}

std::string hostOf(const UpstreamSettings& upstream, const TargetSettings& target)
{
    if (!upstream.hostHeader.empty())
        return upstream.hostHeader;
    return target.host.find(':') == std::string::npos ? target.host : '[' + target.host + ']';
}

std::string serverNameOf(const UpstreamSettings& upstream, const TargetSettings& target)
{
    return upstream.probe.serverName.empty() ? http::nginxHost(hostOf(upstream, target)) : upstream.probe.serverName;
}

/// What a connection that could not be had says about the target.
std::optional<ProbeResult> resultOf(UpstreamFailure failure) noexcept
{
    if (failure == UpstreamFailure::NameUnknown || failure == UpstreamFailure::NameFailed)
        return std::nullopt;
    return ProbeResult{failure == UpstreamFailure::ConnectTimedOut ? TryOutcome::TimedOut : TryOutcome::Broken};
}

ProbeResult resultOf(http::IoStatus status) noexcept
{
    return {status == http::IoStatus::TimedOut ? TryOutcome::TimedOut : TryOutcome::Broken};
}

} // namespace

std::string probeRequest(const UpstreamSettings& upstream, const TargetSettings& target)
{
    return "GET " + upstream.probe.path + " HTTP/1.0\r\n" + upstream.probe.headers +
           "Host: " + hostOf(upstream, target) + "\r\n\r\n";
}

int probedStatus(std::string_view line) noexcept
{
    static constexpr std::string_view protocol = "HTTP/";
    const std::size_t space = std::min(line.find(' '), line.size());
    const std::size_t dot = line.find('.');
    if (!equalIgnoringCase(line.substr(0, protocol.size()), protocol) || dot == protocol.size() || dot >= space - 1)
        return 0;
    const bool isVersion = std::ranges::all_of(line.substr(protocol.size(), dot - protocol.size()), isDigit) &&
                           std::ranges::all_of(line.substr(dot + 1, space - dot - 1), isDigit);
    const std::string_view rest = trimmed(line.substr(space));
    int status = 0;
    std::from_chars(rest.data(), rest.data() + rest.size(), status);
    return isVersion ? std::max(status, 0) : 0;
}

http::Task<std::optional<ProbeResult>> probe(UpstreamPool& pool, const UpstreamSettings& upstream,
                                             const TargetSettings& target, std::shared_ptr<const UpstreamTls> tls)
{
    const std::chrono::milliseconds limit = upstream.probe.timeout;
    UpstreamSite& site = pool.site(target.host, target.port, tls);
    UpstreamPool::Loan loan = co_await pool.connect(site, serverNameOf(upstream, target), limit);
    if (!loan.connection)
        co_return resultOf(loan.failure);
    http::Stream& stream = loan.connection->stream;
    const std::string request = probeRequest(upstream, target);
    http::IoStatus status = co_await stream.write(request, {}, limit);
    std::size_t end = std::string_view::npos;
    while (status == http::IoStatus::Ok && end == std::string_view::npos && stream.buffered().size() < maximumLine) {
        status = co_await stream.fill(limit);
        end = stream.buffered().find('\n');
    }
    if (status != http::IoStatus::Ok)
        co_return resultOf(status);
    co_return ProbeResult{TryOutcome::Answered, probedStatus(stream.buffered().substr(0, end))};
}

} // namespace claimsmith::gateway
