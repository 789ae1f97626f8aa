// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/server/http1connection.h"

#include "base/text.h"
#include "http/wire/writer.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace claimsmith::http {
namespace {

/// Above this a body is sent from where it is instead of being copied behind the head.
constexpr std::size_t copiedBody = 8 * 1024;
constexpr std::size_t keptOutput = 16 * 1024;
/// By how much a head has to grow before it is looked at again without its end in sight.
constexpr std::size_t lookStep = 1024;
constexpr std::chrono::seconds lingerTime{2};

bool isFramingHeader(std::string_view name) noexcept
{
    return equalIgnoringCase(name, "content-length") || equalIgnoringCase(name, "transfer-encoding") ||
           equalIgnoringCase(name, "connection");
}

void appendLength(std::string& out, std::uint64_t length)
{
    std::array<char, 24> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), length).ptr;
    appendHeader(out, "Content-Length", {digits.data(), static_cast<std::size_t>(end - digits.data())});
}

} // namespace

Http1Connection::Http1Connection(const ProtocolParts& parts)
    : ServerConnection(parts.worker, parts.ends), m_stream(parts.stream), m_limits(parts.limits),
      m_handler(parts.handler)
{
    m_receivedAt = std::chrono::steady_clock::now();
}

Task<void> Http1Connection::run()
{
    do {
        resetForRequest();
        const HeadOutcome outcome = co_await readHead();
        if (outcome == HeadOutcome::Closed)
            co_return;
        if (outcome == HeadOutcome::Ready)
            co_await m_handler.handle(*this);
        if (m_failed || !m_begun) {
            m_stream.close();
            co_return;
        }
        bool discarded = m_bodyComplete;
        if (!discarded)
            discarded = co_await discardBody();
        m_keepAlive = m_keepAlive && discarded && !m_draining;
    } while (m_keepAlive);
    co_await m_stream.linger(lingerTime);
}

void Http1Connection::resetForRequest() noexcept
{
    m_framing = {};
    m_decoder = {};
    m_bodyError.reset();
    m_bodyLeft = m_bodyRead = m_received = m_sent = 0;
    m_bodyTime = m_limits.bodyTime;
    m_parsed = 0;
    m_stream.consume(std::exchange(m_toConsume, 0));
    m_stream.shrink();
    m_bodyComplete = true;
    m_stopsReading = m_expectsContinue = m_begun = m_chunked = m_headOnly = m_omitKeepAlive = false;
    m_keepAlive = false;
    if (m_out.capacity() > 2 * keptOutput)
        m_out = {};
}

/// Whether looking at the head again can tell more. A client that sends it byte by byte must not have all of it read
/// again with each: the head is looked at when its end may have come, and when it has grown by some more.
bool Http1Connection::mayBeComplete() const noexcept
{
    const std::string_view input = m_stream.buffered();
    if (input.size() >= m_parsed + std::min(m_parsed, lookStep))
        return true;
    const std::string_view fresh = input.substr(m_parsed - std::min<std::size_t>(m_parsed, 3));
    return fresh.find("\n\n") != std::string_view::npos || fresh.find("\n\r\n") != std::string_view::npos;
}

HeadResult Http1Connection::parseHead()
{
    const std::string_view input = m_stream.buffered();
    if (input.empty() || !mayBeComplete())
        return {};
    m_parsed = input.size();
    return parseRequestHead(input, m_limits.head, m_request);
}

Task<Http1Connection::HeadOutcome> Http1Connection::readHead()
{
    m_idle = m_stream.buffered().empty();
    auto limit = m_idle ? m_limits.idleTime : m_limits.headTime;
    std::chrono::steady_clock::time_point end{};
    for (;;) {
        const HeadResult result = parseHead();
        if (result.state == HeadState::Failed) {
            co_await refuse(result.error);
            co_return HeadOutcome::Refused;
        }
        if (result.state == HeadState::Complete) {
            m_received = result.size;
            m_targetHost = result.targetHost;
            m_stream.consume(result.size);
            co_return co_await acceptHead();
        }
        const IoStatus status = co_await m_stream.fill(limit);
        const auto now = std::chrono::steady_clock::now();
        if (status != IoStatus::Ok) {
            // A silent client gets no answer, one that began a request does (RFC 9110 §15.5.9).
            if (status == IoStatus::TimedOut && !m_idle) {
                co_await refuse(WireErrorCode::TimedOut);
                co_return HeadOutcome::Refused;
            }
            m_stream.close();
            co_return HeadOutcome::Closed;
        }
        if (std::exchange(m_idle, false) || end == std::chrono::steady_clock::time_point{})
            end = now + m_limits.headTime;
        limit =
            std::max(std::chrono::duration_cast<std::chrono::milliseconds>(end - now), std::chrono::milliseconds(1));
    }
}

Task<Http1Connection::HeadOutcome> Http1Connection::acceptHead()
{
    m_idle = false;
    m_receivedAt = std::chrono::steady_clock::now();
    const auto framing = http::requestFraming(m_request);
    if (const auto* error = std::get_if<WireErrorCode>(&framing)) {
        co_await refuse(*error);
        co_return HeadOutcome::Refused;
    }
    m_framing = std::get<BodyFraming>(framing);
    noteRequest();
    m_bodyLeft = m_framing.length;
    m_bodyComplete = m_framing.isEmpty();
    m_keepAlive = isPersistent(m_request.version, m_request.headers);
    m_expectsContinue =
        m_request.version > Version{1, 0} && equalIgnoringCase(m_request.headers.value("expect"), "100-continue");
    if (m_framing.length > m_limits.maximumBody) {
        co_await refuse(WireErrorCode::BodyTooLarge);
        co_return HeadOutcome::Refused;
    }
    co_return HeadOutcome::Ready;
}

Task<void> Http1Connection::refuse(WireErrorCode error)
{
    m_receivedAt = std::chrono::steady_clock::now();
    m_keepAlive = false;
    m_bodyComplete = true;
    noteRequest();
    const Response response = m_handler.refuse(*this, error);
    co_await send(response.head, response.body);
}

Task<BytesView> Http1Connection::readBody(bool mayWait)
{
    if (m_bodyComplete || m_bodyError)
        co_return BytesView{};
    co_await continueIfExpected();
    m_stream.consume(std::exchange(m_toConsume, 0));
    for (;;) {
        std::string_view buffered = m_stream.buffered();
        BytesView piece;
        if (m_framing.kind == BodyFraming::Kind::Length) {
            piece = buffered.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(m_bodyLeft, buffered.size())));
            m_bodyLeft -= piece.size();
            m_bodyComplete = m_bodyLeft == 0;
            m_toConsume = piece.size();
        } else {
            const std::size_t before = buffered.size();
            const ChunkDecoder::Step step = m_decoder.next(buffered);
            m_toConsume = before - buffered.size();
            piece = step.data;
            m_bodyComplete = step.state == ChunkDecoder::State::End;
            if (step.state == ChunkDecoder::State::Failed)
                m_bodyError = step.error;
        }
        m_bodyRead += piece.size();
        m_received += m_toConsume;
        if (m_bodyRead > m_limits.maximumBody)
            m_bodyError = WireErrorCode::BodyTooLarge;
        if (m_bodyError) {
            m_keepAlive = false;
            co_return BytesView{};
        }
        if (!piece.empty() || m_bodyComplete)
            co_return piece;
        m_stream.consume(std::exchange(m_toConsume, 0));
        if (m_stopsReading)
            m_bodyError = WireErrorCode::TruncatedMessage;
        if (!mayWait || m_stopsReading)
            co_return BytesView{};
        if (m_framing.kind == BodyFraming::Kind::Chunked || m_bodyLeft > Stream::initialCapacity)
            m_stream.expectBulk();
        const IoStatus status = co_await m_stream.fill(m_bodyTime);
        if (status != IoStatus::Ok)
            m_bodyError = status == IoStatus::TimedOut ? WireErrorCode::TimedOut : WireErrorCode::TruncatedMessage;
    }
}

Task<bool> Http1Connection::continueIfExpected()
{
    if (!std::exchange(m_expectsContinue, false))
        co_return !m_failed;
    const IoStatus status = co_await m_stream.write("HTTP/1.1 100 Continue\r\n\r\n", {}, m_limits.sendTime);
    m_failed = m_failed || status != IoStatus::Ok;
    co_return !m_failed;
}

/// Reads over what the handler left of the body, so that the connection can be used again; false when that is not worth
/// it.
Task<bool> Http1Connection::discardBody()
{
    // A client that was never told to go on may send the body or not: what comes next can't be told.
    if (m_expectsContinue || m_bodyError || !m_keepAlive || m_bodyLeft > m_limits.discardedBody)
        co_return false;
    const std::uint64_t begin = m_bodyRead;
    const auto end = std::chrono::steady_clock::now() + lingerTime;
    m_bodyTime = lingerTime;
    while (!m_bodyComplete && !m_bodyError && m_bodyRead - begin <= m_limits.discardedBody &&
           std::chrono::steady_clock::now() < end)
        co_await readBody();
    co_return m_bodyComplete;
}

void Http1Connection::appendHead(const ResponseHead& head, BodyFraming framing)
{
    appendStatusLine(m_out, head.status, head.reason);
    bool hasDate = false;
    for (const HeaderField& field : head.headers) {
        if (isFramingHeader(field.name))
            continue;
        hasDate = hasDate || equalIgnoringCase(field.name, "date");
        appendHeader(m_out, field.name, field.value);
    }
    if (!hasDate)
        appendHeader(m_out, "Date", m_worker.date());
    if (framing.kind == BodyFraming::Kind::Length && head.status != 204)
        appendLength(m_out, framing.length);
    if (framing.kind == BodyFraming::Kind::Chunked)
        m_out += "Transfer-Encoding: chunked\r\n";
    appendConnection(head.headers);
    m_out += "\r\n";
}

void Http1Connection::appendConnection(const HeaderMap& headers)
{
    if (m_keepAlive && m_omitKeepAlive)
        return;
    m_out += m_keepAlive ? "Connection: keep-alive" : "Connection: close";
    // What else the handler nominates: "Upgrade" of a 426.
    for (const std::string_view own : headers.values("connection")) {
        if (!equalIgnoringCase(own, "close") && !equalIgnoringCase(own, "keep-alive") && isSafeHeaderValue(own))
            m_out.append(", ").append(own);
    }
    m_out += "\r\n";
}

void Http1Connection::begin(const ResponseHead& head, BodyFraming framing)
{
    if (framing.kind == BodyFraming::Kind::UntilClose || framing.kind == BodyFraming::Kind::Chunked) {
        const bool canChunk = m_version > Version{1, 0};
        framing.kind = canChunk ? BodyFraming::Kind::Chunked : BodyFraming::Kind::UntilClose;
        m_keepAlive = m_keepAlive && canChunk;
    }
    m_keepAlive = m_keepAlive && !m_draining;
    m_begun = true;
    m_headOnly = !mayHaveBody(head.status);
    if (m_headOnly && framing.kind != BodyFraming::Kind::Length)
        framing.kind = BodyFraming::Kind::None;
    m_chunked = framing.kind == BodyFraming::Kind::Chunked;
    appendHead(head, framing);
}

Task<bool> Http1Connection::send(const ResponseHead& head, BytesView body)
{
    begin(head, {BodyFraming::Kind::Length, body.size()});
    if (m_headOnly)
        body = {};
    if (body.size() <= copiedBody) {
        m_out += body;
        co_return co_await flush();
    }
    co_return co_await write(body);
}

Task<bool> Http1Connection::write(BytesView data)
{
    if (m_failed || m_headOnly || data.empty())
        co_return !m_failed;
    if (m_chunked)
        appendChunkSize(m_out, data.size());
    if (data.size() + m_out.size() <= copiedBody) {
        m_out += data;
    } else {
        m_sent += m_out.size() + data.size();
        const IoStatus status = co_await m_stream.write(m_out, data, m_limits.sendTime);
        m_failed = status != IoStatus::Ok;
        m_out.clear();
    }
    if (m_chunked)
        m_out += chunkEnd;
    co_return !m_failed;
}

Task<bool> Http1Connection::flush()
{
    if (m_failed || m_out.empty())
        co_return !m_failed;
    m_sent += m_out.size();
    const IoStatus status = co_await m_stream.write(m_out, {}, m_limits.sendTime);
    m_failed = status != IoStatus::Ok;
    m_out.clear();
    co_return !m_failed;
}

Task<bool> Http1Connection::end()
{
    if (m_chunked && !m_headOnly)
        m_out += lastChunk;
    return flush();
}

Task<bool> Http1Connection::sendInterim(const ResponseHead& head)
{
    if (m_version > Version{1, 0} && !m_begun) {
        appendStatusLine(m_out, head.status, head.reason);
        appendHeaders(m_out, head.headers);
        m_out += "\r\n";
    }
    return flush();
}

Task<Stream*> Http1Connection::switchProtocols(const ResponseHead& head)
{
    m_begun = true;
    m_keepAlive = false;
    m_stream.consume(std::exchange(m_toConsume, 0));
    appendStatusLine(m_out, 101, head.reason);
    appendHeaders(m_out, head.headers);
    m_out += "\r\n";
    const bool isTaken = co_await flush();
    co_return isTaken ? &m_stream : nullptr;
}

void Http1Connection::stopReading() noexcept
{
    m_stopsReading = true;
    m_keepAlive = false;
    m_stream.cancel();
}

bool Http1Connection::isClientGone() noexcept
{
    // Bytes that wait to be read are the next request's.
    return m_stream.buffered().empty() && m_stream.hasEnded();
}

void Http1Connection::abort() noexcept
{
    m_failed = true;
    m_keepAlive = false;
    m_stream.close();
}

void Http1Connection::drain() noexcept
{
    m_draining = true;
    if (m_idle)
        m_stream.close();
}

} // namespace claimsmith::http
