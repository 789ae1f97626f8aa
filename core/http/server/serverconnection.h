// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/message.h"
#include "http/net/stream.h"
#include "http/net/worker.h"
#include "http/server/limits.h"
#include "http/wire/framing.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace claimsmith::http {

class ServerConnection;

/// Answers the requests of one worker's connections. Made once for each worker, used on its thread only, so it may keep
/// state without locks.
class StreamHandler
{
public:
    virtual ~StreamHandler() = default;
    StreamHandler(const StreamHandler&) = delete;
    StreamHandler& operator=(const StreamHandler&) = delete;

    /// Answers one request: reads its body as far as it likes, then calls send() or begin(), write() and end().
    /// Returning without an answer closes the connection.
    virtual Task<void> handle(ServerConnection& connection) = 0;
    /// The answer to a request that could not be read; connection.request() holds the part before the fault. The
    /// connection is closed after it.
    virtual Response refuse(ServerConnection& connection, WireErrorCode error);
    /// What to show a client on a listener with TLS; see crypto::TlsChooser. Nothing, unless a handler says more.
    virtual crypto::TlsOffer offer(std::string_view serverName);

    /// The worker's thread has ended: gives up every socket and timer that no coroutine holds. Coroutines that still
    /// wait are destroyed afterwards, and the handler after them.
    virtual void release() {}

protected:
    StreamHandler() = default;
};

/// An address and port.
struct PeerAddress
{
    std::string address; ///< IPv6 without brackets; IPv4-mapped addresses as IPv4
    std::uint16_t port = 0;
};

/// A connection of a client and the request that it is at. Requests of one connection are handled one after the other,
/// also when they came together. Lives on its worker's thread.
class ServerConnection final
{
public:
    /// `tls`: of the listener; null in the clear.
    ServerConnection(TcpSocket socket, Worker& worker, const ServerLimits& limits, StreamHandler& handler,
                     const crypto::TlsServerContext* tls);
    ServerConnection(const ServerConnection&) = delete;
    ServerConnection& operator=(const ServerConnection&) = delete;

    /// Serves until the connection ends.
    Task<void> run();
    /// Lets the current request end, then closes; closes at once between requests.
    void drain() noexcept;

    // --- for handlers ---
    /// The head; a handler may move out of it, or swap it with one of its own to save copies.
    const RequestHead& request() const noexcept { return m_request; }

    RequestHead& request() noexcept { return m_request; }

    /// Host and port of an absolute target; empty for all others.
    const std::string& targetHost() const noexcept { return m_targetHost; }

    const PeerAddress& peer() const noexcept { return m_peer; }

    const PeerAddress& local() const noexcept { return m_local; }

    /// What was agreed on with the client; null in the clear. The same for all requests of the connection.
    const std::shared_ptr<const crypto::TlsPeer>& tls() const noexcept { return m_tlsPeer; }

    Worker& worker() noexcept { return m_worker; }

    /// When the request's head was complete.
    std::chrono::steady_clock::time_point receivedAt() const noexcept { return m_receivedAt; }

    const BodyFraming& requestFraming() const noexcept { return m_framing; }

    /// Bytes of the request so far, head and framing included.
    std::uint64_t receivedBytes() const noexcept { return m_received; }

    /// Bytes of the answer that were sent, head and framing included.
    std::uint64_t sentBytes() const noexcept { return m_sent; }

    /// Whether readBody() has given everything.
    bool isBodyComplete() const noexcept { return m_bodyComplete; }

    /// The next piece of the body: a view that is valid until the next call; empty at the end and on failure. Tells a
    /// client that waits for it to go on (RFC 9110 §10.1.1).
    /// Without `mayWait` it is also empty where nothing more has come yet.
    Task<BytesView> readBody(bool mayWait = true);

    /// What was wrong with the body, after readBody() failed.
    const std::optional<WireErrorCode>& bodyError() const noexcept { return m_bodyError; }

    /// Ends a readBody() that another coroutine waits in; the connection is closed after the answer.
    void stopReading() noexcept;
    /// Sends "100 Continue" when the client asked for it and has not got it yet; also to one that did not wait.
    Task<bool> continueIfExpected();

    /// Answers with a whole body. Content-Length, Connection and, when there is none, Date are added. Every function
    /// below is false when the client is gone.
    Task<bool> send(const ResponseHead& head, BytesView body);
    /// Begins an answer; its head waits for the first piece of the body, so that both go out together. Framing
    /// UntilClose lets the server choose: chunked, or, for HTTP/1.0, until the connection closes.
    void begin(const ResponseHead& head, BodyFraming framing);
    /// Passes a piece of the body on, or keeps it for a moment when it is small.
    Task<bool> write(BytesView data);
    /// Sends what write() kept.
    Task<bool> flush();
    Task<bool> end();
    /// An interim response (1xx) ahead of the answer; nothing for HTTP/1.0.
    Task<bool> sendInterim(const ResponseHead& head);

    /// Answers 101 with these headers, Connection and Upgrade included as they are needed (RFC 9110 §7.8), and hands
    /// the connection over: what follows is no HTTP, and it is closed when the handler returns. Null when the client is
    /// gone. Only where canSwitchProtocols(), with the whole request read.
    Task<Stream*> switchProtocols(const ResponseHead& head);

    /// Whether the client speaks a version that knows 101.
    bool canSwitchProtocols() const noexcept { return m_version == Version{1, 1}; }

    /// Bytes of a tunnel, for receivedBytes() and sentBytes().
    void addTunnelled(std::uint64_t received, std::uint64_t sent) noexcept
    {
        m_received += received;
        m_sent += sent;
    }

    /// Leaves out "Connection: keep-alive", which HTTP/1.1 does not need, in this answer.
    void omitKeepAlive() noexcept { m_omitKeepAlive = true; }

    /// Closes after this answer.
    void closeAfterwards() noexcept { m_keepAlive = false; }

    /// Whether the client has closed its side while it waits for the answer. Nobody may be reading from it.
    bool isClientGone() noexcept;
    /// Ends the connection now: the client sees that the answer is incomplete.
    void abort() noexcept;

    bool hasBegun() const noexcept { return m_begun; }

private:
    enum class HeadOutcome { Ready, Closed, Refused };

    Task<bool> startTls();
    Task<HeadOutcome> readHead();
    Task<void> refuse(WireErrorCode error);
    Task<bool> discardBody();
    Task<void> linger();
    void resetForRequest() noexcept;
    void noteRequest() noexcept;
    void appendHead(const ResponseHead& head, BodyFraming framing);
    void appendConnection(const HeaderMap& headers);
    bool mayHaveBody(int status) const noexcept;

    Stream m_stream;
    Worker& m_worker;
    const ServerLimits& m_limits;
    StreamHandler& m_handler;
    const crypto::TlsServerContext* m_tls;
    std::shared_ptr<const crypto::TlsPeer> m_tlsPeer;
    PeerAddress m_peer;
    PeerAddress m_local;
    RequestHead m_request;
    std::string m_targetHost;
    BodyFraming m_framing;
    ChunkDecoder m_decoder;
    std::optional<WireErrorCode> m_bodyError;
    std::chrono::steady_clock::time_point m_receivedAt{};
    std::uint64_t m_bodyLeft = 0; ///< of a body with a length
    std::uint64_t m_bodyRead = 0;
    std::uint64_t m_received = 0;
    std::uint64_t m_sent = 0;
    std::size_t m_toConsume = 0; ///< buffered bytes behind the last view that readBody() gave
    std::string m_out;           ///< what waits to be sent
    Version m_version;           ///< of the request
    bool m_isHead = false;       ///< the request asks for a head alone
    bool m_bodyComplete = true;
    bool m_expectsContinue = false;
    bool m_keepAlive = false;
    bool m_draining = false;
    bool m_idle = true; ///< between two requests
    bool m_begun = false;
    bool m_chunked = false;  ///< the answer is
    bool m_headOnly = false; ///< the answer has no body, whatever is written
    bool m_omitKeepAlive = false;
    bool m_failed = false; ///< the client is gone
};

} // namespace claimsmith::http
