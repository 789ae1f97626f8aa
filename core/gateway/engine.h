// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "gateway/exchangesummary.h"
#include "gateway/settings.h"
#include "gateway/snapshot.h"
#include "http/url.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace claimsmith::gateway {

/// An endpoint that answers in the place of another one: connections to `authority` go to `endpoint`, in the clear also
/// where the service wants TLS, and nothing in the request tells the difference. So do requests of plugins to identity
/// providers.
struct StandIn
{
    http::Authority authority; ///< as services name it, e.g. localhost:3000
    http::Authority endpoint;  ///< numeric address
    friend bool operator==(const StandIn&, const StandIn&) = default;
};

struct EngineOptions
{
    std::vector<ProxyListener> listeners = {ProxyListener{}};
    Settings settings = {};                         ///< but for its addresses
    std::vector<ProxyListener> adminListeners = {}; ///< none: no Admin API
    std::size_t threads = 2;                        ///< of the proxy; the Admin API has one of its own
    const Clock* clock = &systemClock();            ///< outlives the engine; plugins read the time from it
    std::vector<StandIn> standIns = {};
    BuildOptions build = {};  ///< for configurations that come through the Admin API
    bool adminWrites = false; ///< whether the Admin API writes single entities, as Kong does with a database
    /// Called on the Admin API's thread after it has applied a configuration.
    std::function<void(const std::shared_ptr<const Snapshot>&)> configured = {};
    std::size_t summaries = 0; ///< how many exchanges wait for drain() at most; 0: none are kept
    std::size_t traces = 256;  ///< how many traces findTrace() knows
};

/// Since the start.
struct EngineCounters
{
    std::uint64_t requests = 0;
    std::uint64_t errors = 0;    ///< answers of 500 and more, and of 401, 403 and 429 that the gateway made
    std::size_t connections = 0; ///< of clients, now
};

/// The embeddable gateway: listeners, worker threads and the configuration that they serve. All members may be called
/// from any thread but the engine's own, except where told. Requests take no lock on their way: a worker looks at a
/// number to see whether there is a new configuration, counts for itself, and keeps summaries in a queue of its own
/// that loses detail rather than time.
class Engine final
{
public:
    /// The header that asks for a trace; its value has to be traceNonce().
    static constexpr std::string_view traceHeader = "X-Claimsmith-Trace";

    /// Listens and serves from now on. Fails with http::ServerErrorCode, naming the address, when a port can't be had.
    /// `snapshot` must not be null.
    static Result<std::unique_ptr<Engine>> start(EngineOptions options, std::shared_ptr<const Snapshot> snapshot);

    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;
    /// stop() without waiting for requests.
    ~Engine();

    /// The configuration for every request from now on; those in flight finish on theirs. Also from the engine's
    /// threads.
    void apply(std::shared_ptr<const Snapshot> snapshot);
    std::shared_ptr<const Snapshot> snapshot() const;

    /// Stops accepting, lets what is in flight end for at most `grace`, then ends the threads; tells whether all came
    /// to its end. Further calls do nothing.
    bool stop(std::chrono::milliseconds grace);

    /// As bound, with the real ports: the first listener in the clear (else the first of all), the first with TLS, all
    /// in their order.
    http::Authority proxyAddress() const;
    std::optional<http::Authority> proxyTlsAddress() const;
    const std::vector<http::Authority>& proxyAddresses() const;
    /// Likewise of the Admin API: the first listener in the clear, the first with TLS.
    std::optional<http::Authority> adminAddress() const;
    std::optional<http::Authority> adminTlsAddress() const;

    EngineCounters counters() const noexcept;
    /// Appends the exchanges since the last call, in the order in which they ended on each thread, and returns how many
    /// are missing because the queue was full.
    std::size_t drain(std::vector<ExchangeSummary>& into);

    /// Random, of this start: whoever knows it is this program.
    const std::string& traceNonce() const noexcept;
    /// The trace of a recent request that asked for one, by X-Kong-Request-Id; null when it is not known (any more). It
    /// is there when the client has the whole answer.
    std::shared_ptr<const Trace> findTrace(std::string_view requestId) const;

private:
    class Private;
    explicit Engine(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace claimsmith::gateway
