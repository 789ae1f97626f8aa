// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/proxy/requestbody.h"

#include "gateway/entities.h"
#include "gateway/router.h"
#include "http/wire/writer.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>

namespace claimsmith::gateway {
namespace {

namespace asio = http::asio;
using http::BodyFraming;
using http::IoStatus;
using std::chrono::steady_clock;

constexpr std::size_t storePiece = 64 * 1024;

void appendChunk(std::string& out, BytesView data)
{
    http::appendChunkSize(out, data.size());
    out.append(data).append(http::chunkEnd);
}

} // namespace

struct RequestBody::Upload
{
    explicit Upload(asio::io_context& context) : ended(context) { ended.expires_at(steady_clock::time_point::max()); }
    http::SteadyTimer ended; ///< cancelled when isOver
    bool isOver = false;
};

RequestBody::RequestBody(Exchange& exchange, http::ServerConnection& client) : m_exchange(exchange), m_client(client) {}

bool RequestBody::isUploading() const noexcept
{
    return m_upload && !m_upload->isOver;
}

BodyFraming RequestBody::framing() const noexcept
{
    if (m_store)
        return {BodyFraming::Kind::Length, m_store->size()};
    if (m_streams)
        return m_client.requestFraming();
    // A request that announced an empty body keeps doing so.
    const bool isAnnounced = m_client.requestFraming().kind != BodyFraming::Kind::None;
    return m_body.empty() && !isAnnounced ? BodyFraming{} : BodyFraming{BodyFraming::Kind::Length, m_body.size()};
}

http::Task<bool> RequestBody::collect()
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
http::Task<void> RequestBody::collectUnbuffered()
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

http::Task<bool> RequestBody::send(http::Stream& stream, BytesView head, std::chrono::milliseconds limit)
{
    m_isSent = m_isLate = false;
    const bool isChunked = m_streams && m_client.requestFraming().kind == BodyFraming::Kind::Chunked;
    std::string framed;
    if (isChunked && !m_body.empty())
        appendChunk(framed, m_body);
    const IoStatus status = co_await stream.write(head, isChunked ? framed : m_body, limit);
    if (!isTaken(status))
        co_return false;
    if (m_store) {
        m_isSent = co_await sendStored(stream, limit);
        co_return m_isSent;
    }
    m_isSent = !m_streams;
    if (m_streams) {
        m_upload = std::make_shared<Upload>(m_client.worker().context());
        asio::co_spawn(m_client.worker().context(), upload(m_upload, stream, limit), asio::detached);
    }
    co_return true;
}

/// Whether a write came to its end.
bool RequestBody::isTaken(IoStatus status) noexcept
{
    m_isLate = status == IoStatus::TimedOut;
    return status == IoStatus::Ok;
}

http::Task<bool> RequestBody::hasBecomeLate()
{
    if (isUploading())
        co_await asio::post(m_client.worker().context(), http::useTask);
    co_return m_isLate;
}

http::Task<bool> RequestBody::sendStored(http::Stream& stream, std::chrono::milliseconds limit)
{
    for (std::uint64_t offset = 0; offset < m_store->size(); offset += storePiece) {
        const Result<Bytes> piece = m_store->read(offset, storePiece);
        if (!piece)
            co_return false;
        const IoStatus status = co_await stream.write(*piece, {}, limit);
        if (!isTaken(status))
            co_return false;
    }
    co_return true;
}

/// Passes the client's body on while the answer is awaited. Ends early when either side fails: closing the upstream's
/// connection wakes whoever waits for the answer.
http::Task<void> RequestBody::upload(std::shared_ptr<Upload> state, http::Stream& stream,
                                     std::chrono::milliseconds limit)
{
    const bool isChunked = m_client.requestFraming().kind == BodyFraming::Kind::Chunked;
    std::string framed;
    bool goesOn = true;
    while (goesOn && !m_client.isBodyComplete() && !m_client.bodyError()) {
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
        const IoStatus status = co_await stream.write(piece, {}, limit);
        goesOn = isTaken(status);
    }
    m_isSent = goesOn && m_client.isBodyComplete() && !m_client.bodyError();
    state->isOver = true;
    state->ended.cancel();
}

http::Task<void> RequestBody::endUpload(http::Stream* stream)
{
    if (!m_upload)
        co_return;
    if (!m_upload->isOver) {
        // The answer is there before the request was: what is left of the request matters to nobody.
        m_client.closeAfterwards();
        if (stream != nullptr)
            stream->close();
        m_client.stopReading();
        while (!m_upload->isOver)
            co_await m_upload->ended.async_wait(http::useTask);
    }
    m_upload.reset();
}

} // namespace claimsmith::gateway
