// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "http/bodystore.h"
#include "http/message.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace claimsmith::http {

/// Why an exchange did not come to its end. The error's place names the side ("url", "request", "tls", "response"), its
/// parameters hold "host" and "port"; its detail is libcurl's sentence.
enum class ClientErrorCode {
    BadUrl,        ///< the cause says what is wrong with it
    BadRequest,    ///< a method or header that can't go on the wire
    CannotResolve, ///< the host's name has no address
    CannotResolveProxy,
    ConnectionRefused, ///< nobody listens there
    CannotConnect,     ///< no route, network down
    TimedOut,
    TlsHandshake,   ///< no common version or cipher, or the peer speaks no TLS
    TlsCertificate, ///< the server's certificate is not trusted, expired, or another host's
    TlsFile,        ///< a CA, certificate or key file of the request can't be used
    ClosedEarly,    ///< the server closed before it had answered
    BadResponse,    ///< what came is no HTTP, or its framing is broken
    TooManyRedirects,
    BodyTooLarge,
    SendFailed,
    ReceiveFailed,
    LocalFailure, ///< no memory, no disk
    Cancelled,
};
const ErrorDomain& errorDomain(ClientErrorCode) noexcept;

struct ClientTls
{
    bool verify = true;               ///< the certificate chain and the name in it
    std::string caFile = {};          ///< PEM; empty: the system's
    std::string certificateFile = {}; ///< PEM, for servers that ask
    std::string keyFile = {};
};

struct ClientRequest
{
    std::string method = "GET";
    std::string url;        ///< absolute; its path goes on the wire as it is ("/../" included)
    HeaderMap headers = {}; ///< go out in this order, but Host first; Host and Content-Length are added when absent
    std::optional<Bytes> body = {};

    enum class Protocol { Automatic, Http10, Http11, Http2 };
    Protocol protocol = Protocol::Automatic; ///< Automatic: HTTP/2 where TLS negotiates it
    bool followRedirects = false;
    int maximumRedirects = 10;
    bool decode = true;     ///< undo Content-Encoding (gzip, deflate, br); headers are left as they came
    std::string proxy = {}; ///< "http://host:port", "socks5://…"; empty: none, whatever the environment says
    /// "host:port" to connect to instead of the URL's; Host, TLS name and certificate check stay the URL's. Empty: the
    /// URL's.
    std::string connectTo = {};
    ClientTls tls = {};
    std::chrono::milliseconds connectTimeout{30'000};
    std::chrono::milliseconds totalTimeout{0};               ///< 0: none
    std::chrono::seconds maximumIdle{118};                   ///< of a kept connection, for it to be used once more
    std::uint64_t maximumBody = 2ULL << 30U;                 ///< bytes of the response
    std::size_t memoryLimit = BodyStore::defaultMemoryLimit; ///< what is larger goes to a temporary file
};

/// When each phase was over, since the start of the last request (after redirects). A phase that did not happen, such
/// as connecting when a connection was there, ends when the one before it does.
struct ClientTimings
{
    std::chrono::microseconds resolved{0};
    std::chrono::microseconds connected{0};
    std::chrono::microseconds secured{0};   ///< TLS handshake; equal to `connected` without TLS
    std::chrono::microseconds sent{0};      ///< last byte of the request
    std::chrono::microseconds firstByte{0}; ///< of the response
    std::chrono::microseconds total{0};
};

/// A whole exchange.
struct ClientResponse
{
    RequestHead sent; ///< as it was on the wire, line by line
    ResponseHead head;
    BodyStore body;
    std::vector<ResponseHead> earlier; ///< interim responses and redirects before `head`, in order
    ClientTimings timings;
    std::string url;           ///< of the last request
    std::string remoteAddress; ///< numeric, with port: "127.0.0.1:8000"
    std::string localAddress;
    bool reusedConnection = false;
    std::uint64_t sentBytes = 0;     ///< head and body, as on the wire
    std::uint64_t receivedBytes = 0; ///< head and body, as on the wire, before decoding
};

struct ClientProgress
{
    enum class Phase { Resolving, Connecting, Sending, Waiting, Receiving };
    Phase phase = Phase::Resolving;
    std::uint64_t sent = 0; ///< bytes of the body
    std::uint64_t received = 0;
    std::optional<std::uint64_t> expected = {}; ///< from Content-Length
};

/// Both are called on the client's thread; they must not block, throw or destroy the client. They may send and cancel.
struct ClientCallbacks
{
    std::function<void(Result<ClientResponse>)> done;         ///< exactly once for each request; required
    std::function<void(const ClientProgress&)> progress = {}; ///< when a phase changes, and a few times a second
};

/// An HTTP client on libcurl, with one thread for all requests; connections are kept for the next request to the same
/// place. No cookie, credential or proxy comes from anywhere but the request. All members may be called from any
/// thread.
class Client final
{
public:
    using RequestId = std::uint64_t;

    Client();
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;
    /// Cancels what is under way, calls its callbacks, and joins the thread.
    ~Client();

    RequestId send(ClientRequest request, ClientCallbacks callbacks);
    /// Ends the request with Cancelled, unless it is over.
    void cancel(RequestId id);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace claimsmith::http
