// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/server/http2connection.h"

#include "base/log.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <nghttp2/nghttp2.h>

#include <algorithm>
#include <array>
#include <exception>
#include <string_view>

namespace claimsmith::http {
namespace {

using std::chrono::steady_clock;

constexpr std::size_t frameHead = 9; // RFC 9113 §4.1
constexpr std::size_t transmitted = 32 * 1024;
constexpr std::size_t keptOutput = 4 * 1024;
constexpr std::chrono::seconds lingerTime{2};
/// Smaller steps than this make the server send frames that are mostly head.
constexpr std::int32_t smallestWindowStep = 256;

std::string_view textOf(const std::uint8_t* bytes, std::size_t size) noexcept
{
    const void* const generic = bytes;
    return {static_cast<const char*>(generic), size};
}

/// Views into the fields, which nghttp2 copies at once.
std::vector<nghttp2_nv> pairsOf(const Http2Fields& fields)
{
    const auto octets = [](const std::string& text) {
        // nghttp2 takes pointers to mutable bytes and does not change them.
        return reinterpret_cast<std::uint8_t*>(const_cast<char*>(text.data()));
    };
    std::vector<nghttp2_nv> pairs;
    pairs.reserve(fields.size());
    for (const auto& [name, value] : fields)
        pairs.push_back({octets(name), octets(value), name.size(), value.size(), NGHTTP2_NV_FLAG_NONE});
    return pairs;
}

} // namespace

/// nghttp2's callbacks. Nothing runs inside of them but what notes things down: handlers start and go on when nghttp2
/// has returned.
struct Http2Connection::Callbacks
{
    static Http2Connection& self(void* data) noexcept { return *static_cast<Http2Connection*>(data); }

    static bool isRequest(const nghttp2_frame& frame) noexcept
    {
        return frame.hd.type == NGHTTP2_HEADERS && frame.headers.cat == NGHTTP2_HCAT_REQUEST;
    }

    static int onBeginHeaders(nghttp2_session*, const nghttp2_frame* frame, void* data)
    {
        if (isRequest(*frame))
            self(data).onHeadBegins(frame->hd.stream_id);
        return 0;
    }

    static int onHeader(nghttp2_session*, const nghttp2_frame* frame, const std::uint8_t* name, std::size_t nameSize,
                        const std::uint8_t* value, std::size_t valueSize, std::uint8_t, void* data)
    {
        Http2Stream* const stream = self(data).find(frame->hd.stream_id);
        if (stream != nullptr && !stream->hasHead()) // trailers are dropped, as over HTTP/1.1
            stream->fields().add(textOf(name, nameSize), textOf(value, valueSize));
        return 0;
    }

    /// RFC 9113 §8.2.1: malformed, a stream error. nghttp2 would leave such a field out.
    static int onInvalidHeader(nghttp2_session*, const nghttp2_frame*, const std::uint8_t*, std::size_t,
                               const std::uint8_t*, std::size_t, std::uint8_t, void* data)
    {
        self(data).count();
        return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
    }

    static int onFrame(nghttp2_session*, const nghttp2_frame* frame, void* data)
    {
        Http2Connection& connection = self(data);
        const std::size_t size = frame->hd.length + frameHead;
        const bool isLast = (frame->hd.flags & NGHTTP2_FLAG_END_STREAM) != 0;
        switch (frame->hd.type) {
        case NGHTTP2_HEADERS:
            connection.onHeadEnds(frame->hd.stream_id, size, isLast);
            break;
        case NGHTTP2_DATA:
            if (Http2Stream* const stream = connection.find(frame->hd.stream_id)) {
                stream->noteReceived(size);
                if (isLast)
                    stream->endInput();
            }
            if (frame->hd.length == 0 && !isLast)
                connection.count();
            break;
        case NGHTTP2_WINDOW_UPDATE:
            if (frame->window_update.window_size_increment < smallestWindowStep)
                connection.count();
            break;
        case NGHTTP2_RST_STREAM:
            break; // counted when it closes a stream without its answer
        default:
            connection.count();
        }
        return 0;
    }

    static int onInvalidFrame(nghttp2_session*, const nghttp2_frame*, int, void* data)
    {
        self(data).count();
        return 0;
    }

    static int onData(nghttp2_session*, std::uint8_t, std::int32_t id, const std::uint8_t* bytes, std::size_t size,
                      void* data)
    {
        Http2Connection& connection = self(data);
        if (Http2Stream* const stream = connection.find(id))
            stream->receive(textOf(bytes, size));
        else
            connection.consume(id, size);
        return 0;
    }

    static int onClosed(nghttp2_session*, std::int32_t id, std::uint32_t code, void* data)
    {
        self(data).onStreamClosed(id, code != NGHTTP2_NO_ERROR);
        return 0;
    }

    static int onSent(nghttp2_session*, const nghttp2_frame* frame, void* data)
    {
        const bool isAnswer = frame->hd.type == NGHTTP2_HEADERS || frame->hd.type == NGHTTP2_DATA;
        if (Http2Stream* const stream = isAnswer ? self(data).find(frame->hd.stream_id) : nullptr)
            stream->noteSent(frame->hd.length + frameHead, (frame->hd.flags & NGHTTP2_FLAG_END_STREAM) != 0);
        return 0;
    }

    static ssize_t onPull(nghttp2_session*, std::int32_t, std::uint8_t* into, std::size_t size, std::uint32_t* flags,
                          nghttp2_data_source* source, void*)
    {
        bool isEnd = false;
        void* const room = into;
        const std::size_t count = static_cast<Http2Stream*>(source->ptr)->pull(static_cast<char*>(room), size, isEnd);
        if (isEnd)
            *flags |= NGHTTP2_DATA_FLAG_EOF;
        const bool isLater = count == 0 && !isEnd;
        return isLater ? static_cast<ssize_t>(NGHTTP2_ERR_DEFERRED) : static_cast<ssize_t>(count);
    }

    static nghttp2_session* makeSession(Http2Connection& connection)
    {
        nghttp2_session_callbacks* callbacks = nullptr;
        nghttp2_option* option = nullptr;
        nghttp2_session* session = nullptr;
        if (nghttp2_session_callbacks_new(&callbacks) != 0 || nghttp2_option_new(&option) != 0)
            throw std::bad_alloc();
        nghttp2_session_callbacks_set_on_begin_headers_callback(callbacks, &onBeginHeaders);
        nghttp2_session_callbacks_set_on_header_callback(callbacks, &onHeader);
        nghttp2_session_callbacks_set_on_invalid_header_callback(callbacks, &onInvalidHeader);
        nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, &onFrame);
        nghttp2_session_callbacks_set_on_invalid_frame_recv_callback(callbacks, &onInvalidFrame);
        nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, &onData);
        nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, &onClosed);
        nghttp2_session_callbacks_set_on_frame_send_callback(callbacks, &onSent);
        nghttp2_option_set_no_auto_window_update(option, 1);
        nghttp2_option_set_no_closed_streams(option, 1);
        const int result = nghttp2_session_server_new2(&session, callbacks, &connection, option);
        nghttp2_session_callbacks_del(callbacks);
        nghttp2_option_del(option);
        if (result != 0)
            throw std::bad_alloc();
        return session;
    }
};

void Http2Connection::Free::operator()(nghttp2_session* session) const noexcept
{
    nghttp2_session_del(session);
}

Http2Connection::Http2Connection(const ProtocolParts& parts)
    : m_parts(parts), m_session(Callbacks::makeSession(*this)), m_guard(steady_clock::now()),
      m_outgoing(parts.worker.context()), m_ended(parts.worker.context()), m_lastActive(steady_clock::now())
{
    const std::array settings = {
        nghttp2_settings_entry{NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS,
                               static_cast<std::uint32_t>(parts.limits.concurrentStreams)},
        nghttp2_settings_entry{NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE,
                               static_cast<std::uint32_t>(parts.limits.head.maximumHead)},
    };
    nghttp2_submit_settings(m_session.get(), NGHTTP2_FLAG_NONE, settings.data(), settings.size());
    nghttp2_session_set_local_window_size(m_session.get(), NGHTTP2_FLAG_NONE, 0, connectionWindow);
}

Http2Connection::~Http2Connection() = default;

Http2Stream* Http2Connection::find(std::int32_t stream) const noexcept
{
    const auto found = m_streams.find(stream);
    return found == m_streams.end() ? nullptr : found->second.get();
}

Task<void> Http2Connection::run()
{
    m_isTransmitting = true;
    asio::co_spawn(m_parts.worker.context(), transmit(), asio::detached);
    co_await receive();
    co_await shutDown();
}

/// Ends everything that uses the connection, then the connection.
Task<void> Http2Connection::shutDown()
{
    m_over = true;
    m_serving -= m_ready.size();
    m_ready.clear();
    for (const auto& [id, stream] : m_streams)
        stream->close();
    wake();
    const auto end = steady_clock::now() + lingerTime;
    while (m_isTransmitting && steady_clock::now() < end)
        co_await m_ended.wait(end);
    if (m_isTransmitting)
        m_parts.stream.close();
    while (m_isTransmitting || m_serving > 0)
        co_await m_ended.wait();
    if (m_parts.stream.isOpen())
        co_await m_parts.stream.linger(lingerTime);
}

bool Http2Connection::hasBeenIdleTooLong() const noexcept
{
    return m_serving == 0 && steady_clock::now() >= m_lastActive + m_parts.limits.idleTime;
}

/// Reads until the client is gone, has done wrong, or has nothing to say: frames that make no request keep no
/// connection open.
Task<void> Http2Connection::receive()
{
    Stream& stream = m_parts.stream;
    if (!stream.buffered().empty() && !takeInput()) // read while it was not known what the client speaks
        co_return;
    while (!hasBeenIdleTooLong()) {
        auto wait = m_parts.limits.idleTime;
        if (m_serving == 0)
            wait = std::chrono::ceil<std::chrono::milliseconds>(m_lastActive + wait - steady_clock::now());
        const IoStatus status = co_await stream.fill(std::max(wait, std::chrono::milliseconds(1)));
        if (status == IoStatus::TimedOut)
            continue;
        if (status != IoStatus::Ok) {
            // One that is done was only woken: the client has yet to read its last words.
            if (!m_isDone || status == IoStatus::End)
                stream.close();
            co_return;
        }
        if (!takeInput())
            co_return;
    }
    goAway(NGHTTP2_NO_ERROR);
}

/// False when the connection is to be closed.
bool Http2Connection::takeInput()
{
    Stream& stream = m_parts.stream;
    const std::string_view input = stream.buffered();
    if (input.size() >= Stream::initialCapacity)
        stream.expectBulk();
    const void* const bytes = input.data();
    const ssize_t taken =
        nghttp2_session_mem_recv(m_session.get(), static_cast<const std::uint8_t*>(bytes), input.size());
    stream.consume(input.size());
    if (m_serving == 0)
        stream.shrink();
    if (taken < 0) {
        goAway(taken == NGHTTP2_ERR_FLOODED ? NGHTTP2_ENHANCE_YOUR_CALM : NGHTTP2_PROTOCOL_ERROR);
        return false;
    }
    if (m_isFlooded) {
        goAway(NGHTTP2_ENHANCE_YOUR_CALM);
        return false;
    }
    startReady();
    wake();
    return nghttp2_session_want_read(m_session.get()) != 0;
}

void Http2Connection::count()
{
    m_isFlooded = !m_guard.admit(steady_clock::now()) || m_isFlooded;
}

void Http2Connection::goAway(std::uint32_t code)
{
    nghttp2_session_terminate_session(m_session.get(), code);
    wake();
}

/// Whether the last word has been sent.
bool Http2Connection::isDone() const noexcept
{
    const bool wantsNothing =
        nghttp2_session_want_read(m_session.get()) == 0 && nghttp2_session_want_write(m_session.get()) == 0;
    return wantsNothing || (m_draining && m_serving == 0);
}

/// Sends what nghttp2 has to send, until nobody has anything to say any more.
Task<void> Http2Connection::transmit()
{
    for (;;) {
        collect();
        if (m_out.empty()) {
            if (m_over)
                break;
            if (m_out.capacity() > keptOutput)
                m_out = {};
            m_isDone = isDone();
            if (m_isDone)
                m_parts.stream.cancel(); // wakes the reader
            co_await m_outgoing.wait();
            continue;
        }
        const IoStatus status = co_await m_parts.stream.write(m_out, {}, m_parts.limits.sendTime);
        if (status != IoStatus::Ok) {
            m_parts.stream.close();
            break;
        }
    }
    m_isTransmitting = false;
    m_ended.raise();
}

void Http2Connection::collect()
{
    m_out.clear();
    while (m_out.size() < transmitted) {
        const std::uint8_t* bytes = nullptr;
        const ssize_t size = nghttp2_session_mem_send(m_session.get(), &bytes);
        if (size <= 0)
            break;
        m_out += textOf(bytes, static_cast<std::size_t>(size));
    }
}

void Http2Connection::onHeadBegins(std::int32_t stream)
{
    // A client that resets what it has just asked for may have few streams open and many at work.
    if (m_serving >= 2 * m_parts.limits.concurrentStreams) {
        count();
        nghttp2_submit_rst_stream(m_session.get(), NGHTTP2_FLAG_NONE, stream, NGHTTP2_REFUSED_STREAM);
        return;
    }
    m_streams.emplace(stream, std::make_shared<Http2Stream>(static_cast<Http2Session&>(*this), stream, m_parts));
}

void Http2Connection::onHeadEnds(std::int32_t stream, std::size_t size, bool isLast)
{
    const auto found = m_streams.find(stream);
    if (found == m_streams.end())
        return;
    Http2Stream& request = *found->second;
    request.noteReceived(size);
    if (request.hasHead()) {
        if (isLast)
            request.endInput();
        return;
    }
    const auto error = request.completeHead(!isLast);
    if (error)
        count();
    ++m_serving;
    m_lastActive = steady_clock::now();
    m_ready.push_back({found->second, error});
}

void Http2Connection::onStreamClosed(std::int32_t stream, bool isReset)
{
    const auto found = m_streams.find(stream);
    if (found == m_streams.end())
        return;
    if (isReset && !found->second->isAnswered() && !found->second->isGivenUp())
        count();
    found->second->close();
    m_streams.erase(found);
}

void Http2Connection::startReady()
{
    std::vector<Ready> ready;
    ready.swap(m_ready);
    for (Ready& request : ready)
        asio::co_spawn(m_parts.worker.context(), serve(std::move(request)), asio::detached);
}

Task<void> Http2Connection::serve(Ready ready)
{
    Http2Stream& stream = *ready.stream;
    try {
        // What was reset together with its request costs nobody anything.
        if (ready.error && !stream.isClosed())
            co_await stream.refuse(*ready.error);
        else if (!stream.isClosed())
            co_await m_parts.handler.handle(stream);
    } catch (const std::exception& error) {
        log(LogLevel::Error, "http", std::string("a request ended in an exception: ") + error.what());
    }
    stream.finish();
    --m_serving;
    m_lastActive = steady_clock::now();
    wake();
    m_ended.raise();
}

void Http2Connection::drain() noexcept
{
    if (m_draining)
        return;
    m_draining = true;
    // Streams beyond the last one are the client's to send again over another connection (RFC 9113 §6.8).
    nghttp2_submit_goaway(m_session.get(), NGHTTP2_FLAG_NONE, nghttp2_session_get_last_proc_stream_id(m_session.get()),
                          NGHTTP2_NO_ERROR, nullptr, 0);
    wake();
}

void Http2Connection::submitResponse(std::int32_t stream, const Http2Fields& fields, bool hasBody)
{
    const std::vector<nghttp2_nv> pairs = pairsOf(fields);
    nghttp2_data_provider provider{};
    provider.source.ptr = find(stream);
    provider.read_callback = &Callbacks::onPull;
    nghttp2_submit_response(m_session.get(), stream, pairs.data(), pairs.size(), hasBody ? &provider : nullptr);
}

void Http2Connection::submitInterim(std::int32_t stream, const Http2Fields& fields)
{
    const std::vector<nghttp2_nv> pairs = pairsOf(fields);
    nghttp2_submit_headers(m_session.get(), NGHTTP2_FLAG_NONE, stream, nullptr, pairs.data(), pairs.size(), nullptr);
}

void Http2Connection::resume(std::int32_t stream)
{
    nghttp2_session_resume_data(m_session.get(), stream);
}

void Http2Connection::consume(std::int32_t stream, std::size_t count)
{
    nghttp2_session_consume(m_session.get(), stream, count);
}

void Http2Connection::reset(std::int32_t stream, bool isFault)
{
    nghttp2_submit_rst_stream(m_session.get(), NGHTTP2_FLAG_NONE, stream,
                              isFault ? NGHTTP2_INTERNAL_ERROR : NGHTTP2_NO_ERROR);
    wake();
}

} // namespace claimsmith::http
