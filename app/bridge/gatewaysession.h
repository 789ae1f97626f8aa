// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/error.h"
#include "gateway/exchangesummary.h"

#include <QObject>
#include <QString>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace claimsmith::gateway {
class Snapshot;
} // namespace claimsmith::gateway

namespace claimsmith::app {

/// Where the gateway of a workspace listens. Port 0 lets the system choose.
struct GatewaySettings
{
    std::string proxyListen = "127.0.0.1:8000";
    std::string adminListen = "127.0.0.1:8001";
    int threads = 2;
    /// Authorities that the built-in echo upstream answers for, e.g. "localhost:3000".
    std::vector<std::string> echoStandsInFor;

    friend bool operator==(const GatewaySettings&, const GatewaySettings&) = default;
};

/// The embedded gateway as the window sees it: an engine on threads of its own, of which this object tells the state,
/// the counts and what passed through. Lives on the GUI thread; no call waits for a socket or a thread.
class GatewaySession final : public QObject
{
    Q_OBJECT

public:
    enum class State { Stopped, Starting, Running, Reloading, Failed };
    Q_ENUM(State)

    /// `clock` has to outlive the session.
    explicit GatewaySession(const Clock& clock, QObject* parent = nullptr);
    ~GatewaySession() override;

    State state() const noexcept;
    /// Why the state is Failed: a port in use, an address that is not this machine's.
    const std::optional<Error>& failure() const noexcept;

    /// Takes effect at the next start.
    void setSettings(const GatewaySettings& settings);
    const GatewaySettings& settings() const noexcept;

    /// Starts with the snapshot applied last; without one, with an empty configuration.
    void start();
    /// Stops accepting and lets what is in flight finish, for two seconds at most.
    void stop();
    void restart();
    /// The configuration for all requests from now on; those in flight finish on the old one. Kept for the next start
    /// when not running.
    void apply(std::shared_ptr<const gateway::Snapshot> snapshot);
    std::shared_ptr<const gateway::Snapshot> snapshot() const noexcept;

    /// "127.0.0.1:8000", as bound; empty unless running.
    QString proxyAddress() const;
    QString adminAddress() const;

    /// Since the start. Errors are answers of 500 and more, and of 401, 403 and 429 that the gateway made.
    quint64 requestCount() const noexcept;
    quint64 errorCount() const noexcept;

    /// The header that makes the gateway trace a request of this program, and its value for this start; the gateway
    /// takes it off before anything else sees it. Empty unless running.
    std::pair<std::string, std::string> traceHeader() const;
    /// The trace of a recent request that carried it, by X-Kong-Request-Id; null when it is not known (any more).
    std::shared_ptr<const gateway::Trace> findTrace(const std::string& requestId) const;

signals:
    void stateChanged();
    /// A configuration came through the Admin API (`POST /config`) and is in force; it is not in kong.yml.
    void configuredRemotely(std::shared_ptr<const claimsmith::gateway::Snapshot> snapshot);
    /// At most ten times a second.
    void countsChanged();
    /// What passed since the last time, oldest first; at most ten times a second. A burst that outruns the window is
    /// thinned out, never slowed down; `missed` exchanges are not in the list.
    void exchangesPassed(const std::vector<claimsmith::gateway::ExchangeSummary>& exchanges, quint64 missed);

private:
    class Implementation;
    std::unique_ptr<Implementation> m;
};

} // namespace claimsmith::app
