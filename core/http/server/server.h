// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "crypto/tls.h"
#include "http/message.h"
#include "http/server/limits.h"
#include "http/url.h"

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

namespace claimsmith::http {

class StreamHandler;
class Worker;

enum class ServerErrorCode {
    AddressInUse,    ///< parameters "address" and "port"
    AddressNotLocal, ///< the address does not belong to this machine
    NotPermitted,    ///< a port that only root may open
    BadAddress,      ///< neither a numeric address nor "localhost"
    ListenFailed,    ///< anything else; the detail says what
};
const ErrorDomain& errorDomain(ServerErrorCode) noexcept;

/// An address to listen on.
struct Listener
{
    Authority address = {"127.0.0.1", 0};                     ///< numeric address or "localhost"; port 0: any free one
    std::shared_ptr<const crypto::TlsServerContext> tls = {}; ///< null: in the clear. Handlers say what to show
    /// In the clear, whether a client may begin with HTTP/2 (RFC 9113 §3.3). Under TLS `tls` says what is offered.
    bool http2 = false;
};

struct ServerOptions
{
    std::vector<Listener> listeners = {Listener{}};
    std::size_t threads = 1;
    ServerLimits limits = {};
};

/// Answers one request. Called on worker threads, for several requests at once; must neither block nor throw.
using SimpleHandler = std::function<Response(const Request&)>;

/// An HTTP/1.1 server on one or more addresses: `threads` workers, each with its own connections, that share nothing.
/// The first one also accepts, and hands connections to the worker that has the fewest. Sockets are bound without
/// SO_REUSEPORT, so a second server on the port gets an error instead of half of the requests.
class Server final
{
public:
    /// A handler for each worker; called before start() returns, on the caller's thread.
    using HandlerFactory = std::function<std::unique_ptr<StreamHandler>(Worker&)>;

    /// Listens and serves until it is destroyed.
    static Result<std::unique_ptr<Server>> start(const ServerOptions& options, const HandlerFactory& factory);
    /// The same with whole requests and responses. `shown` is what clients see on listeners with TLS; it outlives the
    /// server.
    static Result<std::unique_ptr<Server>> start(const ServerOptions& options, SimpleHandler handler,
                                                 const crypto::TlsIdentity* shown = nullptr);

    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;
    /// stop() without waiting for requests.
    ~Server();

    /// Where its first listener listens, with the real port.
    const Authority& address() const noexcept;
    /// Where each listener listens, in their order.
    const std::vector<Authority>& addresses() const noexcept;
    /// How many connections are open now.
    std::size_t connections() const noexcept;

    /// Stops accepting, closes idle connections, lets requests end for at most `grace`, then ends the threads. Call it
    /// from any thread but a worker's. Returns whether every request came to its end. Further calls do nothing.
    bool stop(std::chrono::milliseconds grace);

private:
    class Private;
    explicit Server(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace claimsmith::http
