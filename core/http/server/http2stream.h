// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/net/signal.h"
#include "http/server/http2head.h"
#include "http/server/protocol.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace claimsmith::http {

/// What a stream asks of its connection. After the stream's close() only consume() is.
class Http2Session
{
public:
    Http2Session() = default;
    virtual ~Http2Session() = default;
    Http2Session(const Http2Session&) = delete;
    Http2Session& operator=(const Http2Session&) = delete;

    /// Queues a head; `hasBody`: what the stream's pull() gives follows.
    virtual void submitResponse(std::int32_t stream, const Http2Fields& fields, bool hasBody) = 0;
    virtual void submitInterim(std::int32_t stream, const Http2Fields& fields) = 0;
    /// There is something to pull() again.
    virtual void resume(std::int32_t stream) = 0;
    /// Lets the client send so many bytes more, on the stream if it is still open, and on the connection.
    virtual void consume(std::int32_t stream, std::size_t count) = 0;
    /// Ends the stream, and what of it was not sent yet; `isFault`: not because all is said.
    virtual void reset(std::int32_t stream, bool isFault) = 0;
    /// Sends what is queued.
    virtual void wake() = 0;
};

/// One request over an HTTP/2 connection and its answer (RFC 9113 §8). Bodies pass through bounded buffers: what comes
/// is bounded by the flow-control windows, which open again as the handler reads, what goes by `outputLimit`, behind
/// which the handler waits for the client. Held by its connection while it is open and by its handler's coroutine.
class Http2Stream final : public ServerConnection
{
public:
    /// Bytes of an answer that wait for the client's window.
    static constexpr std::size_t outputLimit = 64 * 1024;

    Http2Stream(Http2Session& session, std::int32_t id, const ProtocolParts& parts);

    using ServerConnection::readBody;
    Task<BytesView> readBody(bool mayWait) override;
    void stopReading() noexcept override;
    Task<bool> continueIfExpected() override;
    Task<bool> send(const ResponseHead& head, BytesView body) override;
    void begin(const ResponseHead& head, BodyFraming framing) override;
    Task<bool> write(BytesView data) override;
    Task<bool> flush() override;
    Task<bool> end() override;
    Task<bool> sendInterim(const ResponseHead& head) override;
    Task<Stream*> switchProtocols(const ResponseHead& head) override;

    bool isClientGone() noexcept override { return m_closed; }

    void abort() noexcept override;

    // --- for the connection
    std::int32_t id() const noexcept { return m_id; }
    bool isClosed() const noexcept { return m_closed; }
    /// Whether its head has come: what follows are trailers.
    bool hasHead() const noexcept { return m_hasHead; }
    /// Whether the whole answer has been sent.
    bool isAnswered() const noexcept { return m_answered; }
    /// Whether this side has given it up.
    bool isGivenUp() const noexcept { return m_failed; }

    Http2Head& fields() noexcept { return m_fields; }

    /// The head is whole. Tells what is wrong with it.
    std::optional<WireErrorCode> completeHead(bool hasBody);
    void receive(BytesView data);
    void endInput();
    void noteReceived(std::size_t bytes) noexcept { m_received += bytes; }
    /// A frame was sent; `isLast`: the client needs no more to know the answer.
    void noteSent(std::size_t bytes, bool isLast);
    /// The next piece of the answer, at most `size` bytes. Returns their number; 0 without `isEnd`: later.
    std::size_t pull(char* into, std::size_t size, bool& isEnd);
    /// The stream or its connection is over.
    void close();
    /// The handler has returned.
    void finish();
    /// Answers in the handler's place.
    Task<void> refuse(WireErrorCode error);

private:
    using TimePoint = std::chrono::steady_clock::time_point;

    template <class Condition>
    Task<bool> waitUntil(Condition holds);
    Task<bool> waitForClient(TimePoint end);
    std::size_t pending() const noexcept { return m_output.size() - m_pulled; }
    void offerOutput();

    Http2Session& m_session;
    std::int32_t m_id;
    const ServerLimits& m_limits;
    StreamHandler& m_handler;
    Http2Head m_fields;
    std::string m_input; ///< came and was not asked for yet
    std::string m_piece; ///< behind the view that readBody() gave
    std::string m_output;
    std::size_t m_pulled = 0; ///< bytes at the front of m_output that have gone
    Signal m_readable;
    Signal m_writable; ///< output has gone, or will never go
    bool m_hasHead = false;
    bool m_inputEnded = false;
    bool m_ignoresInput = false;
    bool m_outputEnded = false;
    bool m_deferred = false; ///< the session waits for resume()
    bool m_answered = false;
    bool m_closed = false;
};

} // namespace claimsmith::http
