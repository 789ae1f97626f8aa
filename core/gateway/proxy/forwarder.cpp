// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/proxy/forwarder.h"

#include "gateway/entities.h"
#include "gateway/proxy/upstreamhead.h"
#include "http/wire/headparser.h"

#include <algorithm>

namespace claimsmith::gateway {
namespace {

using http::IoStatus;
using std::chrono::steady_clock;

constexpr std::chrono::milliseconds lookInterval{500};

/// nginx counts these as not idempotent: once sent, they are not sent again.
bool isRepeatable(std::string_view method) noexcept
{
    return method != "POST" && method != "LOCK" && method != "PATCH";
}

} // namespace

Forwarder::Forwarder(Exchange& exchange, http::ServerConnection& client, UpstreamPool& pool, ExchangeTimes& times,
                     const Settings& settings, std::function<void()> onAnswer, std::shared_ptr<Balancer> balancer)
    : m_exchange(exchange), m_settings(settings), m_client(client), m_pool(pool), m_times(times),
      m_onAnswer(std::move(onAnswer)), m_service(*exchange.match->service), m_tries(exchange, std::move(balancer)),
      m_body(exchange, client), m_relay(exchange, client, m_onAnswer, m_service.readTimeout)
{
}

/// Decides where the next try goes; false when there is nowhere.
bool Forwarder::chooseSite()
{
    if (m_site && !m_tries.isBalanced())
        return true;
    if (m_tries.isBalanced() && !m_tries.next()) {
        static_cast<void>(failed(UpstreamFailure::NoTarget, "no target is usable"));
        return false;
    }
    const UpstreamRequest& upstream = m_exchange.upstream;
    m_site = &m_pool.site(upstream.host, upstream.port, upstream.scheme == Scheme::Https ? m_service.tls : nullptr);
    if (m_site->tls)
        m_serverName = upstreamServerName(upstream);
    m_head.clear(); // Host may name the target
    writeUpstreamHead(m_head, m_exchange, m_body.framing(), m_settings);
    return true;
}

http::Task<ForwardResult> Forwarder::run()
{
    const bool hasBody = co_await m_body.collect();
    if (!hasBody) {
        // Kong has chosen where to send the request by now, and its answer says so.
        m_times.balanced = m_times.answered = steady_clock::now();
        m_result.state = ForwardResult::State::BadRequest;
        m_result.bodyError = m_client.bodyError();
        co_return std::move(m_result);
    }
    const Attempt outcome = co_await askUpstream();
    if (outcome == Attempt::Answered) {
        co_await relay();
    } else {
        m_times.answered = steady_clock::now();
        m_result.state = ForwardResult::State::Failed;
        recordUpstream(false);
    }
    // Looked at before endUpload() makes the client's side fail.
    const bool isClientsFault = m_body.isStreamed() && m_client.bodyError();
    co_await m_body.endUpload(m_connection ? &m_connection->stream : nullptr);
    m_connection.reset();
    if (m_clientGone) {
        m_client.abort();
        m_result.state = ForwardResult::State::Broken;
    }
    if (isClientsFault && m_result.state == ForwardResult::State::Failed) {
        m_result.state = ForwardResult::State::BadRequest;
        m_result.bodyError = m_client.bodyError();
    }
    co_return std::move(m_result);
}

/// Tries until there is an answer, or no sense in going on.
http::Task<Forwarder::Attempt> Forwarder::askUpstream()
{
    int triesLeft = m_service.retries + 1;
    Attempt outcome = Attempt::TryAgain;
    while (triesLeft > 0 && (outcome == Attempt::TryAgain || outcome == Attempt::Stale)) {
        // A connection that the upstream had closed while it was idle says nothing about the upstream.
        const bool isRepeated = outcome == Attempt::Stale;
        if (!isRepeated && !chooseSite())
            co_return Attempt::GiveUp;
        outcome = co_await attempt();
        if (outcome == Attempt::Stale)
            continue;
        --triesLeft;
        reportTry(outcome == Attempt::Answered);
    }
    co_return outcome;
}

void Forwarder::reportTry(bool isAnswered)
{
    const bool isLate =
        m_result.failure == UpstreamFailure::TimedOut || m_result.failure == UpstreamFailure::ConnectTimedOut;
    if (isAnswered)
        m_tries.report(TryOutcome::Answered, m_answer.status);
    else if (!m_clientGone)
        m_tries.report(isLate ? TryOutcome::TimedOut : TryOutcome::Broken);
}

Forwarder::Attempt Forwarder::failed(UpstreamFailure failure, std::string detail)
{
    m_result.failure = failure;
    m_result.detail = std::move(detail);
    if (m_body.isUploading())
        m_connection->stream.close(); // the upload still uses it
    else
        m_connection.reset();
    noteFailure(failure);
    return failure == UpstreamFailure::Invalid || failure == UpstreamFailure::NotOffered || !mayRepeat()
               ? Attempt::GiveUp
               : Attempt::TryAgain;
}

void Forwarder::noteTry(const std::string& address)
{
    m_exchange.figures.tries.push_back({steady_clock::now() - m_times.received, address});
}

/// Of the try under way, if there is one.
void Forwarder::noteFailure(UpstreamFailure failure) noexcept
{
    if (m_exchange.figures.tries.empty() || m_exchange.figures.tries.back().status != 0)
        return;
    const bool isLate = failure == UpstreamFailure::TimedOut || failure == UpstreamFailure::ConnectTimedOut;
    m_exchange.figures.tries.back().status = isLate ? 504 : 502;
}

bool Forwarder::mayRepeat() const noexcept
{
    return !m_requestSent || (isRepeatable(m_exchange.upstream.method) && !m_body.isStreamed());
}

/// Gets a new connection, or says what that means for the try.
http::Task<Forwarder::Attempt> Forwarder::connect()
{
    UpstreamPool::Loan loan = co_await m_pool.connect(*m_site, m_serverName, m_service.connectTimeout);
    if (loan.connection) {
        m_connection = std::move(loan.connection);
        co_return Attempt::TryAgain;
    }
    const bool isName = loan.failure == UpstreamFailure::NameUnknown || loan.failure == UpstreamFailure::NameFailed;
    if (!isName) // Kong looks names up before it counts a try
        noteTry(http::Authority{m_site->host, m_site->port}.toString());
    const bool isLost = isName && !m_tries.isBalanced(); // another target may have a better name
    if (isLost)
        m_times.balanced = {}; // it never came so far
    const Attempt outcome = failed(loan.failure, std::move(loan.detail));
    co_return isLost ? Attempt::GiveUp : outcome;
}

http::Task<Forwarder::Attempt> Forwarder::attempt()
{
    if (m_exchange.upstream.scheme == Scheme::Https && !m_site->tls && !m_site->isStandIn) {
        // A plugin changed the scheme: never in the clear what was meant to be encrypted.
        m_times.balanced = steady_clock::now();
        co_return failed(UpstreamFailure::NotOffered, "the service has no settings for TLS");
    }
    m_connection = m_pool.reuse(*m_site, m_serverName);
    if (m_times.balanced == steady_clock::time_point{})
        m_times.balanced = steady_clock::now();
    if (!m_connection) {
        const Attempt outcome = co_await connect();
        if (!m_connection)
            co_return outcome;
    }
    m_result.address = m_connection->address;
    noteTry(m_result.address);
    const bool wasReused = m_connection->isReused();
    ++m_connection->requests;
    m_requestSent = true;
    co_await m_body.send(m_connection->stream, m_head, m_service.writeTimeout);
    // A server may answer and close without reading the request to its end: the answer counts.
    const Attempt outcome = co_await readHead();
    if (outcome == Attempt::Answered)
        co_return outcome;
    const bool isStale = wasReused && m_result.failure == UpstreamFailure::Closed && outcome == Attempt::TryAgain;
    co_return isStale ? Attempt::Stale : outcome;
}

/// Waits for bytes of the answer, and looks now and then whether somebody still wants it: an upstream that is slow is
/// not kept busy for a client that has left.
http::Task<IoStatus> Forwarder::awaitAnswer()
{
    // An upstream that takes no more of the request may have answered nevertheless.
    const auto limit = m_body.isLate() ? std::chrono::milliseconds(0) : m_service.readTimeout;
    const auto end = steady_clock::now() + limit;
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - steady_clock::now());
        const IoStatus status =
            co_await m_connection->stream.fill(std::clamp(left, std::chrono::milliseconds(1), lookInterval));
        if (status != IoStatus::TimedOut || left <= lookInterval)
            co_return status;
        m_clientGone = !m_body.isUploading() && m_client.isClientGone();
        if (m_clientGone)
            co_return IoStatus::Failed;
    }
}

/// Reads up to the head of the final answer; interim ones are passed on.
http::Task<Forwarder::Attempt> Forwarder::readHead()
{
    http::Stream& stream = m_connection->stream;
    static constexpr http::HeadRules rules{maximumHead, maximumHead};
    for (;;) {
        const http::HeadResult result = stream.buffered().empty()
                                            ? http::HeadResult{}
                                            : http::parseResponseHead(stream.buffered(), rules, m_answer);
        if (result.state == http::HeadState::Failed)
            co_return failed(UpstreamFailure::Invalid, std::string(ErrorCode(result.error).name()));
        if (result.state == http::HeadState::Complete) {
            stream.consume(result.size);
            if (m_answer.status >= 200 || m_answer.status == 101)
                co_return Attempt::Answered;
            if (++m_interim > maximumInterim)
                co_return failed(UpstreamFailure::Invalid, "too many interim answers");
            const bool isPassed = co_await m_client.sendInterim(m_answer);
            if (!isPassed)
                co_return failed(UpstreamFailure::Invalid, "the client is gone");
            continue;
        }
        const IoStatus status = co_await awaitAnswer();
        bool isLate = false;
        if (status != IoStatus::Ok)
            isLate = co_await m_body.hasBecomeLate();
        if (isLate)
            co_return failed(UpstreamFailure::TimedOut, "the request could not be sent in time");
        if (status == IoStatus::TimedOut)
            co_return failed(UpstreamFailure::TimedOut, "no answer in time");
        if (m_clientGone) {
            static_cast<void>(failed(UpstreamFailure::Closed, "the client is gone"));
            co_return Attempt::GiveUp;
        }
        if (status != IoStatus::Ok) {
            const bool hasBegun = !stream.buffered().empty();
            co_return failed(UpstreamFailure::Closed,
                             hasBegun ? "closed within the answer's head" : "closed without an answer");
        }
    }
}

} // namespace claimsmith::gateway
