// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/server/http2stream.h"

#include "base/text.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace claimsmith::http {
namespace {

using std::chrono::steady_clock;

/// From here on a piece is sent without waiting for more.
constexpr std::size_t worthAFrame = 8 * 1024;

} // namespace

Http2Stream::Http2Stream(Http2Session& session, std::int32_t id, const ProtocolParts& parts)
    : ServerConnection(parts.worker, parts.ends), m_session(session), m_id(id), m_limits(parts.limits),
      m_handler(parts.handler), m_fields(m_request, parts.limits.head), m_readable(parts.worker.context()),
      m_writable(parts.worker.context())
{
    m_receivedAt = steady_clock::now();
}

std::optional<WireErrorCode> Http2Stream::completeHead(bool hasBody)
{
    m_hasHead = true;
    m_receivedAt = steady_clock::now();
    const auto error = m_fields.finish();
    noteRequest();
    m_bodyComplete = m_inputEnded = !hasBody;
    if (error)
        return error;
    const auto framing = http::requestFraming(m_request);
    if (const auto* const fault = std::get_if<WireErrorCode>(&framing))
        return *fault;
    m_framing = std::get<BodyFraming>(framing);
    if (m_framing.kind == BodyFraming::Kind::None && hasBody)
        m_framing.kind = BodyFraming::Kind::Chunked;
    m_expectsContinue = hasBody && equalIgnoringCase(m_request.headers.value("expect"), "100-continue");
    if (m_framing.length > m_limits.maximumBody)
        return WireErrorCode::BodyTooLarge;
    return std::nullopt;
}

Task<void> Http2Stream::refuse(WireErrorCode error)
{
    m_ignoresInput = true;
    const Response response = m_handler.refuse(*this, error);
    co_await send(response.head, response.body);
}

void Http2Stream::receive(BytesView data)
{
    if (m_ignoresInput) {
        m_session.consume(m_id, data.size());
        return;
    }
    m_input += data;
    m_readable.raise();
}

void Http2Stream::endInput()
{
    m_inputEnded = true;
    m_readable.raise();
}

void Http2Stream::close()
{
    m_closed = true;
    m_failed = m_failed || !m_answered;
    m_readable.raise();
    m_writable.raise();
}

Task<BytesView> Http2Stream::readBody(bool mayWait)
{
    if (m_bodyComplete || m_bodyError)
        co_return BytesView{};
    co_await continueIfExpected();
    if (!m_piece.empty())
        m_session.consume(m_id, m_piece.size());
    m_piece.clear();
    const auto end = steady_clock::now() + m_limits.bodyTime;
    while (m_input.empty() && !m_inputEnded) {
        if (m_closed || m_ignoresInput)
            m_bodyError = WireErrorCode::TruncatedMessage;
        else if (steady_clock::now() >= end)
            m_bodyError = WireErrorCode::TimedOut;
        if (m_bodyError || !mayWait)
            co_return BytesView{};
        m_session.wake();
        co_await m_readable.wait(end);
    }
    m_piece.swap(m_input);
    m_bodyRead += m_piece.size();
    m_bodyComplete = m_inputEnded;
    if (m_bodyRead > m_limits.maximumBody) {
        m_bodyError = WireErrorCode::BodyTooLarge;
        co_return BytesView{};
    }
    co_return m_piece;
}

void Http2Stream::stopReading() noexcept
{
    m_ignoresInput = true;
    m_readable.raise();
}

Task<bool> Http2Stream::continueIfExpected()
{
    if (!std::exchange(m_expectsContinue, false) || m_begun)
        co_return !m_failed;
    ResponseHead head;
    head.status = 100;
    co_return co_await sendInterim(head);
}

Task<bool> Http2Stream::sendInterim(const ResponseHead& head)
{
    if (!m_closed && !m_begun && head.status != 101) {
        m_session.submitInterim(m_id, http2InterimFields(head));
        m_session.wake();
    }
    co_return !m_failed;
}

void Http2Stream::begin(const ResponseHead& head, BodyFraming framing)
{
    m_begun = true;
    m_headOnly = !mayHaveBody(head.status);
    m_failed = m_failed || m_closed;
    if (m_failed)
        return;
    if (m_headOnly && framing.kind != BodyFraming::Kind::Length)
        framing.kind = BodyFraming::Kind::None;
    const bool hasBody = !m_headOnly && !framing.isEmpty();
    m_outputEnded = !hasBody;
    m_session.submitResponse(m_id, http2ResponseFields(head, framing, m_worker.date()), hasBody);
}

Task<bool> Http2Stream::send(const ResponseHead& head, BytesView body)
{
    begin(head, {BodyFraming::Kind::Length, body.size()});
    const bool isTaken = co_await write(body);
    if (!isTaken)
        co_return false;
    co_return co_await end();
}

Task<bool> Http2Stream::write(BytesView data)
{
    if (m_headOnly)
        co_return !m_failed;
    const auto hasRoom = [this] { return pending() < outputLimit; };
    while (!data.empty() && !m_failed) {
        const bool isOpen = co_await waitUntil(hasRoom);
        if (!isOpen)
            break;
        const std::size_t count = std::min(data.size(), outputLimit - pending());
        m_output.append(data.substr(0, count));
        data.remove_prefix(count);
        if (pending() >= worthAFrame)
            offerOutput();
    }
    co_return !m_failed;
}

Task<bool> Http2Stream::flush()
{
    offerOutput();
    co_return !m_failed;
}

/// Until the client has the answer: what comes after it must not overtake it, and who logs it wants to know.
Task<bool> Http2Stream::end()
{
    m_outputEnded = true;
    offerOutput();
    const auto isThere = [this] { return m_answered; };
    co_return co_await waitUntil(isThere);
}

void Http2Stream::offerOutput()
{
    if (m_closed)
        return;
    if (std::exchange(m_deferred, false))
        m_session.resume(m_id);
    m_session.wake();
}

/// Every piece that the client takes gives it the time anew. False when the answer has failed meanwhile.
template <class Condition>
Task<bool> Http2Stream::waitUntil(Condition holds)
{
    auto end = steady_clock::now() + m_limits.sendTime;
    while (!m_failed && !holds()) {
        const std::size_t before = pending();
        const bool isInTime = co_await waitForClient(end);
        if (!isInTime)
            break;
        if (pending() < before)
            end = steady_clock::now() + m_limits.sendTime;
    }
    co_return !m_failed;
}

/// A client that never opens its window holds neither the memory nor the upstream for longer than one that stops
/// reading over HTTP/1.1.
Task<bool> Http2Stream::waitForClient(TimePoint end)
{
    if (steady_clock::now() >= end) {
        abort();
        co_return false;
    }
    offerOutput();
    co_await m_writable.wait(end);
    co_return true;
}

Task<Stream*> Http2Stream::switchProtocols(const ResponseHead&)
{
    co_return nullptr; // there is no 101 in HTTP/2 (RFC 9113 §8.6)
}

void Http2Stream::abort() noexcept
{
    m_failed = true;
    if (!m_closed)
        m_session.reset(m_id, true);
    m_readable.raise();
    m_writable.raise();
}

std::size_t Http2Stream::pull(char* into, std::size_t size, bool& isEnd)
{
    const std::size_t count = std::min(size, pending());
    if (count > 0)
        std::memcpy(into, m_output.data() + m_pulled, count);
    m_pulled += count;
    if (pending() == 0) {
        m_output.clear();
        m_pulled = 0;
    } else if (m_pulled >= outputLimit / 2) {
        m_output.erase(0, m_pulled);
        m_pulled = 0;
    }
    isEnd = m_outputEnded && pending() == 0;
    m_deferred = count == 0 && !isEnd;
    if (count > 0)
        m_writable.raise();
    return count;
}

void Http2Stream::noteSent(std::size_t bytes, bool isLast)
{
    m_sent += bytes;
    if (isLast) {
        m_answered = true;
        m_writable.raise();
    }
}

void Http2Stream::finish()
{
    m_ignoresInput = true;
    // Also of a stream that is closed: the connection's window belongs to all.
    m_session.consume(m_id, m_input.size() + m_piece.size());
    m_input.clear();
    m_piece.clear();
    if (m_closed)
        return;
    // An answer may be whole before its request is: the client need not send the rest (RFC 9113 §8.1).
    m_failed = m_failed || !m_answered;
    if (!m_answered || !m_inputEnded)
        m_session.reset(m_id, !m_answered);
}

} // namespace claimsmith::http
