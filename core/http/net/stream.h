// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/bytes.h"
#include "crypto/tls.h"
#include "http/net/asio.h"
#include "http/net/deadlines.h"

#include <chrono>
#include <cstddef>
#include <memory>
#include <string_view>

namespace claimsmith::http {

enum class IoStatus {
    Ok,
    End, ///< the peer has sent everything it will send
    TimedOut,
    Failed, ///< reset, aborted by us, or anything else that ends a connection
    Full,   ///< the read buffer has reached its limit
};

/// A connected socket, in the clear or under TLS, with a read buffer and a time limit for each operation. One read and
/// one write may run at a time. Used on the thread of its io_context; whoever awaits an operation keeps the stream
/// alive.
class Stream final
{
public:
    /// Memory of an idle connection stays at `initialCapacity`; fill() grows the buffer up to `maximumCapacity`.
    static constexpr std::size_t initialCapacity = 4 * 1024;
    static constexpr std::size_t maximumCapacity = 64 * 1024;

    Stream(TcpSocket socket, Deadlines& deadlines);
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;
    ~Stream() = default;

    /// Encrypts from now on; the session is made for this stream's socket. Before the first byte.
    Task<IoStatus> startTls(std::unique_ptr<crypto::TlsSession> session, std::chrono::milliseconds limit);

    /// Null in the clear.
    const crypto::TlsSession* tls() const noexcept { return m_tls.get(); }

    /// The socket's number, for TlsSession.
    int descriptor() noexcept { return m_socket.native_handle(); }

    /// What was read and not yet consumed. Valid until the next fill().
    std::string_view buffered() const noexcept { return {m_buffer.get() + m_begin, m_end - m_begin}; }

    void consume(std::size_t count) noexcept;
    /// Reads at least one byte more into the buffer.
    Task<IoStatus> fill(std::chrono::milliseconds limit);

    /// Lets the next fill() read large pieces at once; for bodies.
    void expectBulk() noexcept { m_bulk = true; }

    /// Gives back what a large message needed. Does nothing while bytes are buffered.
    void shrink() noexcept;

    /// Writes everything, head before body. The limit holds for each piece that the peer takes.
    Task<IoStatus> write(BytesView head, BytesView body, std::chrono::milliseconds limit);

    /// Tells the peer that nothing more comes.
    void shutdownSend() noexcept;
    /// Ends all operations with Failed; also from within them.
    void close() noexcept;
    /// Closes so that the peer gets to read what was written: closing a socket with unread input sends a reset that may
    /// overtake it (RFC 9112 §9.6). Takes up to `limit`.
    Task<void> linger(std::chrono::milliseconds limit);

    bool isOpen() const noexcept { return m_socket.is_open(); }

    /// Whether an idle connection is still usable: open, and nothing came or ended unasked.
    bool isQuiet() noexcept { return m_begin == m_end && peek() == Peeked::Nothing; }
    /// Whether the peer has closed, with nothing left to read.
    bool hasEnded() noexcept { return peek() == Peeked::End; }
    /// Ends a read that waits with Failed; the connection stays, and a write goes on.
    void cancel() noexcept;

    const TcpSocket& socket() const noexcept { return m_socket; }

    Executor executor() noexcept { return m_socket.get_executor(); }

private:
    class Limit final : public Deadline
    {
    public:
        Limit(Deadlines& deadlines, Stream& stream) noexcept : Deadline(deadlines), m_stream(stream) {}

        bool fired = false;

    private:
        void expired() override;
        Stream& m_stream;
    };

    enum class Peeked { Nothing, Bytes, End };

    bool makeRoom();
    Peeked peek() noexcept;
    Peeked peekSocket() noexcept;
    Peeked peekSecure() noexcept;
    Task<IoStatus> fillSecure(std::chrono::milliseconds limit);
    Task<IoStatus> writeSecure(BytesView head, BytesView body, std::chrono::milliseconds limit);
    Task<IoStatus> writeRecords(BytesView bytes, std::chrono::milliseconds limit);
    Task<IoStatus> waitFor(crypto::TlsStatus wanted, Limit& limit, Deadline::TimePoint end);
    IoStatus statusOf(const boost::system::error_code& error, const Limit& limit) const noexcept;

    TcpSocket m_socket;
    std::unique_ptr<crypto::TlsSession> m_tls; ///< null in the clear
    std::unique_ptr<char[]> m_buffer;
    std::size_t m_capacity = 0;
    std::size_t m_begin = 0;
    std::size_t m_end = 0;
    bool m_bulk = false;
    Limit m_readLimit;
    Limit m_writeLimit;
};

} // namespace claimsmith::http
