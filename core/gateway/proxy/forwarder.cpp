// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/proxy/forwarder.h"

#include "gateway/entities.h"
#include "gateway/pipeline.h"
#include "gateway/proxy/upstreamhead.h"
#include "gateway/snapshot.h"
#include "http/net/tunnel.h"
#include "http/wire/headparser.h"
#include "http/wire/writer.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <algorithm>
#include <charconv>
#include <limits>

namespace claimsmith::gateway {
namespace {

namespace asio = http::asio;
using http::BodyFraming;
using http::IoStatus;
using std::chrono::steady_clock;

constexpr std::size_t storePiece = 64 * 1024;
constexpr std::chrono::milliseconds lookInterval{500};

/// nginx counts these as not idempotent: once sent, they are not sent again.
bool isRepeatable(std::string_view method) noexcept
{
    return method != "POST" && method != "LOCK" && method != "PATCH";
}

void appendChunk(std::string& out, BytesView data)
{
    http::appendChunkSize(out, data.size());
    out.append(data).append(http::chunkEnd);
}

} // namespace

struct Forwarder::Upload
{
    explicit Upload(asio::io_context& context) : ended(context) { ended.expires_at(steady_clock::time_point::max()); }
    http::SteadyTimer ended; ///< cancelled when isOver
    bool isOver = false;
};

Forwarder::Forwarder(Exchange& exchange, http::ServerConnection& client, UpstreamPool& pool, ExchangeTimes& times,
                     const Settings& settings, std::function<void()> onAnswer, std::shared_ptr<Balancer> balancer)
    : m_exchange(exchange), m_settings(settings), m_client(client), m_pool(pool), m_times(times),
      m_onAnswer(std::move(onAnswer)), m_service(*exchange.match->service), m_tries(exchange, std::move(balancer))
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
    writeUpstreamHead(m_head, m_exchange, requestFraming(), m_settings);
    return true;
}

http::Task<ForwardResult> Forwarder::run()
{
    const bool hasBody = co_await collectBody();
    if (!hasBody) {
        // Kong has chosen where to send the request by now, and its answer says so.
        m_times.balanced = m_times.answered = steady_clock::now();
        m_result.state = ForwardResult::State::BadRequest;
        m_result.bodyError = m_client.bodyError();
        co_return std::move(m_result);
    }
    int triesLeft = m_service.retries + 1;
    Attempt outcome = Attempt::TryAgain;
    while (triesLeft > 0 && (outcome == Attempt::TryAgain || outcome == Attempt::Stale)) {
        // A connection that the upstream had closed while it was idle says nothing about the upstream.
        const bool isRepeated = outcome == Attempt::Stale;
        if (!isRepeated && !chooseSite()) {
            outcome = Attempt::GiveUp;
            break;
        }
        outcome = co_await attempt();
        if (outcome == Attempt::Stale)
            continue;
        --triesLeft;
        reportTry(outcome == Attempt::Answered);
    }
    if (outcome == Attempt::Answered) {
        co_await relay();
    } else {
        m_times.answered = steady_clock::now();
        m_result.state = ForwardResult::State::Failed;
        recordUpstream(false);
        m_connection.reset();
    }
    co_await endUpload();
    if (m_clientGone) {
        m_client.abort();
        m_result.state = ForwardResult::State::Broken;
    }
    if (m_streams && m_client.bodyError() && m_result.state == ForwardResult::State::Failed) {
        m_result.state = ForwardResult::State::BadRequest;
        m_result.bodyError = m_client.bodyError();
    }
    co_return std::move(m_result);
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

BodyFraming Forwarder::requestFraming() const noexcept
{
    if (m_store)
        return {BodyFraming::Kind::Length, m_store->size()};
    if (m_streams)
        return m_client.requestFraming();
    // A request that announced an empty body keeps doing so.
    const bool isAnnounced = m_client.requestFraming().kind != BodyFraming::Kind::None;
    return m_body.empty() && !isAnnounced ? BodyFraming{} : BodyFraming{BodyFraming::Kind::Length, m_body.size()};
}

/// Decides where the body comes from, and reads it when it is small or of unknown length; false when the client failed
/// to send it. Kong too reads before it sends, and announces the length of what came in chunks.
http::Task<bool> Forwarder::collectBody()
{
    if (m_exchange.upstream.body || m_exchange.request.body) {
        m_body = m_exchange.upstream.body ? *m_exchange.upstream.body : *m_exchange.request.body;
        co_return true;
    }
    co_await m_client.continueIfExpected();
    const BodyFraming framing = m_client.requestFraming();
    if (framing.kind == BodyFraming::Kind::Length && framing.length > heldBody) {
        m_streams = true;
        co_return true;
    }
    if (!m_exchange.match->route->requestBuffering) {
        co_await collectUnbuffered();
        co_return !m_client.bodyError();
    }
    while (!m_client.isBodyComplete() && !m_client.bodyError()) {
        const BytesView piece = co_await m_client.readBody();
        if (framing.kind == BodyFraming::Kind::Chunked && !m_store && m_held.size() + piece.size() > heldBody) {
            m_store.emplace(heldBody);
            if (!m_store->append(m_held))
                co_return false;
            m_held.clear();
        }
        if (!m_store)
            m_held += piece;
        else if (!m_store->append(piece))
            co_return false;
    }
    m_body = m_held;
    co_return !m_client.bodyError();
}

/// Takes what is there; the rest is streamed as it comes. What came whole is sent with its length, as nginx does.
http::Task<void> Forwarder::collectUnbuffered()
{
    BytesView piece = co_await m_client.readBody();
    while (!piece.empty()) {
        m_held += piece;
        if (m_held.size() > heldBody)
            break;
        piece = co_await m_client.readBody(false);
    }
    m_streams = !m_client.isBodyComplete() && !m_client.bodyError();
    m_body = m_held;
}

Forwarder::Attempt Forwarder::failed(UpstreamFailure failure, std::string detail)
{
    m_result.failure = failure;
    m_result.detail = std::move(detail);
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
    return !m_requestSent || (isRepeatable(m_exchange.upstream.method) && !m_streams);
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
        UpstreamPool::Loan loan = co_await m_pool.connect(*m_site, m_serverName, m_service.connectTimeout);
        if (!loan.connection) {
            const bool isName =
                loan.failure == UpstreamFailure::NameUnknown || loan.failure == UpstreamFailure::NameFailed;
            if (!isName) // Kong looks names up before it counts a try
                noteTry(http::Authority{m_site->host, m_site->port}.toString());
            const bool isLost = isName && !m_tries.isBalanced(); // another target may have a better name
            if (isLost)
                m_times.balanced = {}; // it never came so far
            const Attempt outcome = failed(loan.failure, std::move(loan.detail));
            co_return isLost ? Attempt::GiveUp : outcome;
        }
        m_connection = std::move(loan.connection);
    }
    m_result.address = m_connection->address;
    noteTry(m_result.address);
    const bool wasReused = m_connection->isReused();
    ++m_connection->requests;
    const bool isSent = co_await sendRequest();
    // A server may answer and close without reading the request to its end: the answer counts.
    const Attempt outcome = co_await readHead();
    if (outcome == Attempt::Answered)
        co_return outcome;
    if (!isSent && m_result.failure == UpstreamFailure::TimedOut)
        m_result.detail = "the request could not be sent in time";
    const bool isStale = wasReused && m_result.failure == UpstreamFailure::Closed && outcome == Attempt::TryAgain;
    co_return isStale ? Attempt::Stale : outcome;
}

http::Task<bool> Forwarder::sendRequest()
{
    m_requestSent = true;
    const bool isChunked = m_streams && m_client.requestFraming().kind == BodyFraming::Kind::Chunked;
    std::string framed;
    if (isChunked && !m_body.empty())
        appendChunk(framed, m_body);
    const IoStatus status =
        co_await m_connection->stream.write(m_head, isChunked ? framed : m_body, m_service.writeTimeout);
    if (status != IoStatus::Ok)
        co_return false;
    if (m_store)
        co_return co_await sendStored();
    if (m_streams) {
        m_upload = std::make_shared<Upload>(m_client.worker().context());
        asio::co_spawn(m_client.worker().context(), upload(m_upload), asio::detached);
    }
    co_return true;
}

http::Task<bool> Forwarder::sendStored()
{
    for (std::uint64_t offset = 0; offset < m_store->size(); offset += storePiece) {
        const Result<Bytes> piece = m_store->read(offset, storePiece);
        if (!piece)
            co_return false;
        const IoStatus status = co_await m_connection->stream.write(*piece, {}, m_service.writeTimeout);
        if (status != IoStatus::Ok)
            co_return false;
    }
    co_return true;
}

/// Passes the client's body on while the answer is awaited. Ends early when either side fails: closing the upstream's
/// connection wakes whoever waits for the answer.
http::Task<void> Forwarder::upload(std::shared_ptr<Upload> state)
{
    http::Stream& stream = m_connection->stream;
    const bool isChunked = m_client.requestFraming().kind == BodyFraming::Kind::Chunked;
    std::string framed;
    while (!m_client.isBodyComplete() && !m_client.bodyError()) {
        BytesView piece = co_await m_client.readBody();
        if (m_client.bodyError())
            stream.close();
        if (isChunked && !m_client.bodyError()) {
            framed.clear();
            if (!piece.empty())
                appendChunk(framed, piece);
            if (m_client.isBodyComplete())
                framed += http::lastChunk;
            piece = framed;
        }
        if (piece.empty())
            continue;
        const IoStatus status = co_await stream.write(piece, {}, m_service.writeTimeout);
        if (status != IoStatus::Ok)
            break;
    }
    state->isOver = true;
    state->ended.cancel();
}

/// Waits until nothing uses the client's connection for reading any more.
http::Task<void> Forwarder::endUpload()
{
    if (!m_upload)
        co_return;
    if (!m_upload->isOver) {
        // The answer is there before the request was: what is left of the request matters to nobody.
        m_client.closeAfterwards();
        if (m_connection)
            m_connection->stream.close();
        m_client.stopReading();
        while (!m_upload->isOver)
            co_await m_upload->ended.async_wait(http::useTask);
    }
    m_upload.reset();
}

/// Waits for bytes of the answer, and looks now and then whether somebody still wants it: an upstream that is slow is
/// not kept busy for a client that has left.
http::Task<IoStatus> Forwarder::awaitAnswer()
{
    const auto end = steady_clock::now() + m_service.readTimeout;
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - steady_clock::now());
        const IoStatus status =
            co_await m_connection->stream.fill(std::clamp(left, std::chrono::milliseconds(1), lookInterval));
        if (status != IoStatus::TimedOut || left <= lookInterval)
            co_return status;
        m_clientGone = !m_upload && m_client.isClientGone();
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

void Forwarder::recordUpstream(bool hasAnswer)
{
    if (!m_exchange.trace)
        return;
    Pipeline::UpstreamReport report;
    static constexpr http::HeadRules anything{1U << 20U, 1U << 20U};
    static_cast<void>(http::parseRequestHead(m_head, anything, report.head));
    report.address = m_result.address.empty()
                         ? http::Authority{m_exchange.upstream.host, m_exchange.upstream.port}.toString()
                         : m_result.address;
    if (hasAnswer) {
        report.status = m_answer.status;
        report.responseHeaders = m_answer.headers;
    } else {
        report.error = m_result.detail;
    }
    report.begin = m_times.balanced == steady_clock::time_point{} ? m_times.answered : m_times.balanced;
    report.end = m_times.answered;
    report.findings = m_tries.takeFindings();
    Pipeline::recordUpstream(m_exchange, std::move(report));
}

http::Task<void> Forwarder::relay()
{
    m_times.answered = steady_clock::now();
    m_result.upstreamStatus = m_answer.status;
    const auto framing = http::responseFraming(m_answer, m_exchange.upstream.method);
    if (std::holds_alternative<http::WireErrorCode>(framing) || (m_answer.status == 101 && !maySwitch())) {
        m_result.state = ForwardResult::State::Failed;
        static_cast<void>(failed(UpstreamFailure::Invalid, "the answer's framing is broken"));
        recordUpstream(false);
        co_return;
    }
    recordUpstream(true);
    m_exchange.figures.tries.back().status = m_answer.status;
    m_exchange.figures.tries.back().hasAnswered = true;
    adoptUpstreamHead(m_exchange, m_answer);
    if (!m_tries.setCookie().empty())
        m_exchange.response.headers.add("Set-Cookie", m_tries.setCookie());
    m_bodyUse = Pipeline::headerFilter(m_exchange);
    if (m_exchange.response.status == hangUpStatus && m_answer.status != hangUpStatus) {
        m_client.abort();
        m_result.state = ForwardResult::State::Broken;
        co_return;
    }
    finishHead();
    if (m_answer.status == 101) {
        co_await runTunnel();
        co_return;
    }
    if (m_bodyUse != BodyUse::Change)
        m_onAnswer();
    const BodyFraming body = std::get<BodyFraming>(framing);
    const bool isRelayed = co_await relayBody(body);
    m_result.state = isRelayed ? ForwardResult::State::Relayed : ForwardResult::State::Broken;
    const bool isReusable = isRelayed && body.kind != BodyFraming::Kind::UntilClose &&
                            http::isPersistent(m_answer.version, m_answer.headers) && (!m_upload || m_upload->isOver);
    if (isReusable && m_client.isBodyComplete())
        m_pool.giveBack(*m_site, std::move(m_connection));
}

/// 101 may only come when the client asked for it and understands it (RFC 9110 §7.8).
bool Forwarder::maySwitch() const noexcept
{
    return asksForWebSocket(m_exchange.request.head.headers) && m_client.canSwitchProtocols() && !m_streams;
}

/// Kong's own headers go to the first head that the upstream sends: when that is an interim one, the final one leaves
/// as it came.
void Forwarder::finishHead()
{
    if (m_interim > 0 && m_exchange.snapshot->conduct() == Conduct::Kong)
        m_client.omitKeepAlive();
    else
        finishClientHead(m_exchange, m_times, true, m_settings);
}

http::Task<void> Forwarder::runTunnel()
{
    http::ResponseHead& head = m_exchange.response;
    head.headers.set("Connection", "upgrade");
    if (const auto protocol = m_answer.headers.find("upgrade"))
        head.headers.set("Upgrade", *protocol);
    m_onAnswer();
    http::Stream* const client = co_await m_client.switchProtocols(head);
    m_result.state = ForwardResult::State::Relayed;
    if (client == nullptr)
        co_return;
    const http::TunnelLimits limits{m_service.readTimeout, m_service.writeTimeout};
    const http::TunnelBytes bytes =
        co_await http::tunnel(m_client.worker().context(), *client, m_connection->stream, limits);
    m_client.addTunnelled(bytes.forth, bytes.back);
    m_result.responseBytes = bytes.back;
    m_connection.reset();
}

http::Task<bool> Forwarder::relayNoBody()
{
    // The headers may still say how long it would be: HEAD and 304.
    std::uint64_t length = 0;
    const std::string_view text = m_answer.headers.value("content-length");
    const bool isNumber =
        !text.empty() && std::from_chars(text.data(), text.data() + text.size(), length).ec == std::errc();
    if (m_bodyUse != BodyUse::Change)
        m_client.begin(m_exchange.response, isNumber ? BodyFraming{BodyFraming::Kind::Length, length} : BodyFraming{});
    return endRelay();
}

void Forwarder::beginRelay(BodyFraming framing)
{
    if (m_bodyUse == BodyUse::Change && framing.length > Pipeline::maximumHeldBody) {
        m_bodyUse = Pipeline::abandonBody(m_exchange);
        m_onAnswer();
    }
    if (m_bodyUse != BodyUse::Change)
        m_client.begin(m_exchange.response, framing);
}

/// Gives the client a piece of the body. No coroutine of its own: most responses pass without plugins that look.
http::Task<bool> Forwarder::passOn(BytesView piece)
{
    return m_bodyUse == BodyUse::None ? m_client.write(piece) : filter(piece);
}

http::Task<bool> Forwarder::endRelay()
{
    return m_bodyUse == BodyUse::None ? m_client.end() : endFiltered();
}

http::Task<bool> Forwarder::filter(BytesView piece)
{
    Bytes kept;
    if (m_bodyUse == BodyUse::Change) {
        m_kept += piece;
        if (m_kept.size() <= Pipeline::maximumHeldBody)
            co_return true;
        m_bodyUse = Pipeline::abandonBody(m_exchange);
        m_onAnswer();
        m_client.begin(m_exchange.response, {BodyFraming::Kind::UntilClose});
        kept.swap(m_kept);
        piece = kept;
    }
    BodyPiece shown(piece, false);
    if (!Pipeline::bodyFilter(m_exchange, shown))
        co_return false;
    co_return co_await m_client.write(piece);
}

http::Task<bool> Forwarder::endFiltered()
{
    BodyPiece last(m_kept, true);
    if (!Pipeline::bodyFilter(m_exchange, last)) {
        m_client.abort();
        co_return false;
    }
    if (m_bodyUse == BodyUse::Change) {
        m_onAnswer();
        m_client.begin(m_exchange.response, {BodyFraming::Kind::UntilClose});
        m_result.responseBytes = last.bytes().size();
        co_await m_client.write(last.bytes());
    }
    co_return co_await m_client.end();
}

http::Task<bool> Forwarder::relayBody(BodyFraming framing)
{
    if (framing.kind == BodyFraming::Kind::None)
        co_return co_await relayNoBody();
    beginRelay(framing);
    const bool isComplete =
        framing.kind == BodyFraming::Kind::Chunked ? co_await relayChunks() : co_await relayPlain(framing);
    if (!isComplete) {
        // What came is passed on; a response of which nothing came leaves the client without an answer, as nginx does.
        if (m_result.responseBytes > 0)
            co_await m_client.flush();
        m_client.abort();
        co_return false;
    }
    co_return co_await endRelay();
}

http::Task<bool> Forwarder::relayPlain(BodyFraming framing)
{
    http::Stream& stream = m_connection->stream;
    const bool hasLength = framing.kind == BodyFraming::Kind::Length;
    std::uint64_t left = hasLength ? framing.length : std::numeric_limits<std::uint64_t>::max();
    while (left > 0) {
        if (stream.buffered().empty()) {
            const bool isTaken = co_await m_client.flush();
            if (!isTaken)
                co_return false;
            if (left > http::Stream::initialCapacity)
                stream.expectBulk();
            const IoStatus status = co_await stream.fill(m_service.readTimeout);
            if (status != IoStatus::Ok)
                co_return status == IoStatus::End && !hasLength;
        }
        const BytesView piece = stream.buffered().substr(
            0, static_cast<std::size_t>(std::min<std::uint64_t>(left, stream.buffered().size())));
        const bool isTaken = co_await passOn(piece);
        if (!isTaken)
            co_return false;
        left -= piece.size();
        m_result.responseBytes += piece.size();
        stream.consume(piece.size());
    }
    co_return true;
}

http::Task<bool> Forwarder::relayChunks()
{
    http::Stream& stream = m_connection->stream;
    http::ChunkDecoder decoder;
    for (;;) {
        std::string_view rest = stream.buffered();
        const http::ChunkDecoder::Step step = decoder.next(rest);
        if (step.state == http::ChunkDecoder::State::Failed)
            co_return false;
        if (!step.data.empty()) {
            const bool isTaken = co_await passOn(step.data);
            if (!isTaken)
                co_return false;
            m_result.responseBytes += step.data.size();
        }
        stream.consume(stream.buffered().size() - rest.size());
        if (step.state == http::ChunkDecoder::State::End)
            co_return true;
        if (step.state == http::ChunkDecoder::State::NeedMore) {
            const bool isTaken = co_await m_client.flush();
            if (!isTaken)
                co_return false;
            const IoStatus status = co_await stream.fill(m_service.readTimeout);
            if (status != IoStatus::Ok)
                co_return false;
        }
    }
}

} // namespace claimsmith::gateway
