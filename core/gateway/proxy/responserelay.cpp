// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/proxy/responserelay.h"

#include "gateway/pipeline.h"

#include <algorithm>
#include <charconv>
#include <limits>

namespace claimsmith::gateway {

using http::BodyFraming;
using http::IoStatus;

ResponseRelay::ResponseRelay(Exchange& exchange, http::ServerConnection& client, const std::function<void()>& onAnswer,
                             std::chrono::milliseconds limit)
    : m_exchange(exchange), m_client(client), m_onAnswer(onAnswer), m_limit(limit)
{
}

http::Task<bool> ResponseRelay::relayNoBody(const http::HeaderMap& answer)
{
    // The headers may still say how long it would be: HEAD and 304.
    std::uint64_t length = 0;
    const std::string_view text = answer.value("content-length");
    const bool isNumber =
        !text.empty() && std::from_chars(text.data(), text.data() + text.size(), length).ec == std::errc();
    if (m_use != BodyUse::Change)
        m_client.begin(m_exchange.response, isNumber ? BodyFraming{BodyFraming::Kind::Length, length} : BodyFraming{});
    return end();
}

void ResponseRelay::begin(BodyFraming framing)
{
    if (m_use == BodyUse::Change && framing.length > Pipeline::maximumHeldBody) {
        m_use = Pipeline::abandonBody(m_exchange);
        m_onAnswer();
    }
    if (m_use != BodyUse::Change)
        m_client.begin(m_exchange.response, framing);
}

/// Gives the client a piece of the body. No coroutine of its own: most responses pass without plugins that look.
http::Task<bool> ResponseRelay::passOn(BytesView piece)
{
    return m_use == BodyUse::None ? m_client.write(piece) : filter(piece);
}

http::Task<bool> ResponseRelay::end()
{
    return m_use == BodyUse::None ? m_client.end() : endFiltered();
}

http::Task<bool> ResponseRelay::filter(BytesView piece)
{
    Bytes kept;
    if (m_use == BodyUse::Change) {
        m_kept += piece;
        if (m_kept.size() <= Pipeline::maximumHeldBody)
            co_return true;
        m_use = Pipeline::abandonBody(m_exchange);
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

/// A plugin that knows how long what it puts in the body's place is has said so, as Kong's `exit` does; a body that was
/// rewritten has no length that Kong would announce.
BodyFraming ResponseRelay::changedFraming() const
{
    const bool isAnnounced = m_exchange.response.headers.value("content-length") == std::to_string(m_bytes);
    return isAnnounced ? BodyFraming{BodyFraming::Kind::Length, m_bytes} : BodyFraming{BodyFraming::Kind::UntilClose};
}

http::Task<bool> ResponseRelay::endFiltered()
{
    BodyPiece last(m_kept, true);
    if (!Pipeline::bodyFilter(m_exchange, last)) {
        m_client.abort();
        co_return false;
    }
    if (m_use == BodyUse::Change) {
        m_onAnswer();
        m_bytes = last.bytes().size();
        m_client.begin(m_exchange.response, changedFraming());
        co_await m_client.write(last.bytes());
    }
    co_return co_await m_client.end();
}

http::Task<bool> ResponseRelay::run(http::Stream& stream, const http::HeaderMap& answer, BodyFraming framing,
                                    BodyUse use)
{
    m_use = use;
    if (m_use != BodyUse::Change)
        m_onAnswer();
    if (framing.kind == BodyFraming::Kind::None)
        co_return co_await relayNoBody(answer);
    begin(framing);
    bool isComplete = false;
    if (framing.kind == BodyFraming::Kind::Chunked)
        isComplete = co_await relayChunks(stream);
    else
        isComplete = co_await relayPlain(stream, framing);
    if (!isComplete) {
        // What came is passed on; a response of which nothing came leaves the client without an answer, as nginx does.
        if (m_bytes > 0)
            co_await m_client.flush();
        m_client.abort();
        co_return false;
    }
    co_return co_await end();
}

http::Task<bool> ResponseRelay::relayPlain(http::Stream& stream, BodyFraming framing)
{
    const bool hasLength = framing.kind == BodyFraming::Kind::Length;
    std::uint64_t left = hasLength ? framing.length : std::numeric_limits<std::uint64_t>::max();
    while (left > 0) {
        if (stream.buffered().empty()) {
            const bool isTaken = co_await m_client.flush();
            if (!isTaken)
                co_return false;
            if (left > http::Stream::initialCapacity)
                stream.expectBulk();
            const IoStatus status = co_await stream.fill(m_limit);
            if (status != IoStatus::Ok)
                co_return status == IoStatus::End && !hasLength;
        }
        const BytesView piece = stream.buffered().substr(
            0, static_cast<std::size_t>(std::min<std::uint64_t>(left, stream.buffered().size())));
        const bool isTaken = co_await passOn(piece);
        if (!isTaken)
            co_return false;
        left -= piece.size();
        m_bytes += piece.size();
        stream.consume(piece.size());
    }
    co_return true;
}

http::Task<bool> ResponseRelay::relayChunks(http::Stream& stream)
{
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
            m_bytes += step.data.size();
        }
        stream.consume(stream.buffered().size() - rest.size());
        if (step.state == http::ChunkDecoder::State::End)
            co_return true;
        if (step.state == http::ChunkDecoder::State::NeedMore) {
            const bool isTaken = co_await m_client.flush();
            if (!isTaken)
                co_return false;
            const IoStatus status = co_await stream.fill(m_limit);
            if (status != IoStatus::Ok)
                co_return false;
        }
    }
}

} // namespace claimsmith::gateway
