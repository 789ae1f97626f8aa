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
#include <memory>
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

/// Who speaks with whom over a connection: the same for all of its requests.
struct ConnectionEnds
{
    PeerAddress peer = {};
    PeerAddress local = {};
    std::shared_ptr<const crypto::TlsPeer> tls = {}; ///< what was agreed on; null in the clear
};

/// A client's request and the way to answer it, as a handler sees it: the one that an HTTP/1.1 connection is at, or one
/// of the streams of an HTTP/2 connection ("the connection" is the stream then, except where told). Lives on its
/// worker's thread.
class ServerConnection
{
public:
    virtual ~ServerConnection() = default;
    ServerConnection(const ServerConnection&) = delete;
    ServerConnection& operator=(const ServerConnection&) = delete;

    /// The head; a handler may move out of it, or swap it with one of its own to save copies.
    const RequestHead& request() const noexcept { return m_request; }

    RequestHead& request() noexcept { return m_request; }

    /// Host and port of an absolute target; empty for all others.
    const std::string& targetHost() const noexcept { return m_targetHost; }

    const PeerAddress& peer() const noexcept { return m_ends.peer; }

    const PeerAddress& local() const noexcept { return m_ends.local; }

    /// What was agreed on with the client; null in the clear. The same for all requests of the connection.
    const std::shared_ptr<const crypto::TlsPeer>& tls() const noexcept { return m_ends.tls; }

    Worker& worker() noexcept { return m_worker; }

    /// When the request's head was complete.
    std::chrono::steady_clock::time_point receivedAt() const noexcept { return m_receivedAt; }

    /// HTTP/2: Chunked stands for a body without Content-Length.
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
    virtual Task<BytesView> readBody(bool mayWait) = 0;

    Task<BytesView> readBody() { return readBody(true); }

    /// What was wrong with the body, after readBody() failed.
    const std::optional<WireErrorCode>& bodyError() const noexcept { return m_bodyError; }

    /// Ends a readBody() that another coroutine waits in; the connection is closed after the answer.
    virtual void stopReading() noexcept = 0;
    /// Sends "100 Continue" when the client asked for it and has not got it yet; also to one that did not wait.
    virtual Task<bool> continueIfExpected() = 0;

    /// Answers with a whole body. Content-Length, Connection and, when there is none, Date are added. Every function
    /// below is false when the client is gone.
    virtual Task<bool> send(const ResponseHead& head, BytesView body) = 0;
    /// Begins an answer; its head waits for the first piece of the body, so that both go out together. Framing
    /// UntilClose lets the server choose: chunked, or, for HTTP/1.0, until the connection closes.
    virtual void begin(const ResponseHead& head, BodyFraming framing) = 0;
    /// Passes a piece of the body on, or keeps it for a moment when it is small.
    virtual Task<bool> write(BytesView data) = 0;
    /// Sends what write() kept.
    virtual Task<bool> flush() = 0;
    virtual Task<bool> end() = 0;
    /// An interim response (1xx) ahead of the answer; nothing for HTTP/1.0.
    virtual Task<bool> sendInterim(const ResponseHead& head) = 0;

    /// Answers 101 with these headers, Connection and Upgrade included as they are needed (RFC 9110 §7.8), and hands
    /// the connection over: what follows is no HTTP, and it is closed when the handler returns. Null when the client is
    /// gone. Only where canSwitchProtocols(), with the whole request read.
    virtual Task<Stream*> switchProtocols(const ResponseHead& head) = 0;

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

    /// Closes an HTTP/1.1 connection after this answer.
    void closeAfterwards() noexcept { m_keepAlive = false; }

    /// Whether the client has closed its side while it waits for the answer. Nobody may be reading from it.
    virtual bool isClientGone() noexcept = 0;
    /// Ends the connection now: the client sees that the answer is incomplete.
    virtual void abort() noexcept = 0;

    bool hasBegun() const noexcept { return m_begun; }

protected:
    /// Both outlive it.
    ServerConnection(Worker& worker, const ConnectionEnds& ends) noexcept : m_worker(worker), m_ends(ends) {}

    /// Keeps what the answer depends on: the head itself belongs to the handler.
    void noteRequest() noexcept
    {
        m_version = m_request.version;
        m_isHead = m_request.method == "HEAD";
    }

    bool mayHaveBody(int status) const noexcept { return !m_isHead && status >= 200 && status != 204 && status != 304; }

    Worker& m_worker;
    const ConnectionEnds& m_ends;
    RequestHead m_request;
    std::string m_targetHost;
    BodyFraming m_framing;
    std::optional<WireErrorCode> m_bodyError;
    std::chrono::steady_clock::time_point m_receivedAt{};
    std::uint64_t m_bodyRead = 0;
    std::uint64_t m_received = 0;
    std::uint64_t m_sent = 0;
    Version m_version;     ///< of the request
    bool m_isHead = false; ///< the request asks for a head alone
    bool m_bodyComplete = true;
    bool m_expectsContinue = false;
    bool m_keepAlive = false;
    bool m_begun = false;
    bool m_omitKeepAlive = false;
    bool m_headOnly = false; ///< the answer has no body, whatever is written
    bool m_failed = false;   ///< the client is gone
};

} // namespace claimsmith::http
