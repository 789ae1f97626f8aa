// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/net/signal.h"
#include "http/server/floodguard.h"
#include "http/server/http2stream.h"
#include "http/server/protocol.h"

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

struct nghttp2_session;

namespace claimsmith::http {

/// HTTP/2 (RFC 9113): frames, header compression and flow control are nghttp2's; what they mean, and how much of them
/// is taken from one client, is decided here. One coroutine reads, one writes, and each request has one of its own; the
/// connection ends when the last of these has.
class Http2Connection final : public Protocol, private Http2Session
{
public:
    /// What ALPN calls it (RFC 9113 §3.2).
    static constexpr std::string_view protocolName = "h2";
    /// What all streams of a connection together may send ahead of their handlers; one stream may send 64 KiB ahead.
    static constexpr std::int32_t connectionWindow = 1 << 20;

    explicit Http2Connection(const ProtocolParts& parts);
    ~Http2Connection() override;

    Task<void> run() override;
    void drain() noexcept override;

    bool isIdle() const noexcept override { return m_serving == 0; }

    std::chrono::steady_clock::time_point lastActive() const noexcept override { return m_lastActive; }

private:
    struct Callbacks;

    struct Free
    {
        void operator()(nghttp2_session* session) const noexcept;
    };

    /// A request whose head is whole, on its way to its handler.
    struct Ready
    {
        std::shared_ptr<Http2Stream> stream;
        std::optional<WireErrorCode> error;
    };

    void submitResponse(std::int32_t stream, const Http2Fields& fields, bool hasBody) override;
    void submitInterim(std::int32_t stream, const Http2Fields& fields) override;
    void resume(std::int32_t stream) override;
    void consume(std::int32_t stream, std::size_t count) override;
    void reset(std::int32_t stream, bool isFault) override;
    void wake() override { m_outgoing.raise(); }

    Task<void> receive();
    bool takeInput();
    Task<void> transmit();
    void collect();
    Task<void> shutDown();
    Task<void> serve(Ready ready);
    void startReady();
    void goAway(std::uint32_t code);
    bool hasBeenIdleTooLong() const noexcept;
    bool isDone() const noexcept;
    void count();
    Http2Stream* find(std::int32_t stream) const noexcept;

    // What came, frame by frame.
    void onHeadBegins(std::int32_t stream);
    void onHeadEnds(std::int32_t stream, std::size_t size, bool isLast);
    void onStreamClosed(std::int32_t stream, bool isReset);

    ProtocolParts m_parts;
    std::unique_ptr<nghttp2_session, Free> m_session;
    std::unordered_map<std::int32_t, std::shared_ptr<Http2Stream>> m_streams; ///< open ones
    std::vector<Ready> m_ready;
    FloodGuard m_guard;
    Signal m_outgoing; ///< something is to be sent, or nothing ever will
    Signal m_ended;    ///< a handler or the transmitter has returned
    std::string m_out; ///< frames on their way
    std::chrono::steady_clock::time_point m_lastActive;
    std::size_t m_serving = 0; ///< handlers that have not returned, whether their streams are open or not
    bool m_isFlooded = false;
    bool m_draining = false;
    bool m_isDone = false; ///< everything was sent, and nothing will follow
    bool m_over = false;   ///< nothing is read any more
    bool m_isTransmitting = false;
};

} // namespace claimsmith::http
