// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <mutex>

namespace claimsmith::gateway {

struct EngineState;
class Prober;

/// Active health checks (kong-core.md §5): asks targets how they are, and tells their balancer, which chooses by it.
/// Has a thread of its own while the configuration asks for such checks, and nothing otherwise. Any thread.
class HealthChecks final
{
public:
    /// `state` outlives this.
    explicit HealthChecks(EngineState& state) noexcept;
    HealthChecks(const HealthChecks&) = delete;
    HealthChecks& operator=(const HealthChecks&) = delete;
    ~HealthChecks();

    /// Goes by the configuration that is current now.
    void refresh();
    /// Ends all checks, those under way included; refresh() does nothing from now on.
    void stop();
    /// Whether there is anything to ask.
    bool isRunning() const;

private:
    EngineState& m_state;
    mutable std::mutex m_mutex;
    std::unique_ptr<Prober> m_prober; ///< null: nothing to ask
    bool m_isStopped = false;
};

} // namespace claimsmith::gateway
