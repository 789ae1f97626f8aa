// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/balancer/upstreamsettings.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <random>
#include <string_view>
#include <vector>

namespace claimsmith::gateway {

/// What became of a try, for health checks.
enum class TryOutcome { Answered, Broken, TimedOut };

/// Chooses targets of one upstream (kong-core.md §5) and remembers how they fare. Shared by all workers: every member
/// may be called from any thread, and holds the one lock for no longer than a look at the targets takes. A target whose
/// name has several addresses counts as one; requests to it take its addresses in turn (UpstreamPool).
class Balancer final
{
public:
    using Clock = std::chrono::steady_clock;

    explicit Balancer(UpstreamSettings settings);
    Balancer(const Balancer&) = delete;
    Balancer& operator=(const Balancer&) = delete;

    const UpstreamSettings& settings() const noexcept { return m_settings; }

    /// The target for a try: index into settings().targets. Targets that have `failed` this request come last. Nothing
    /// when no target is usable, or too little of the weight is. Counts as a connection until release().
    std::optional<std::size_t> acquire(std::string_view hashed, const std::vector<std::size_t>& failed);
    void release(std::size_t target);

    /// Reports a try: `status` when it was answered, and how long the head took.
    void report(std::size_t target, TryOutcome outcome, int status, Clock::duration latency);

    /// Reports an active check: `status` when it was answered, 0 when that was no HTTP.
    void reportProbe(std::size_t target, TryOutcome outcome, int status);
    /// Which targets an active check of its kind asks: those that are healthy, or those that are not. Targets without
    /// weight are never asked.
    std::vector<std::size_t> targetsThatAre(bool isHealthy) const;

    /// The index of a target; nothing when it is none of this upstream's.
    std::optional<std::size_t> indexOf(std::string_view targetId) const noexcept;

    enum class Health { Off, Healthy, Unhealthy };
    Health healthOf(std::size_t target) const;
    void setHealthy(std::size_t target, bool isHealthy);

    struct Weight
    {
        std::uint64_t total = 0;
        std::uint64_t available = 0;
    };
    Weight weight() const;
    /// Whether acquire() can choose.
    bool isUsable() const;

private:
    struct State
    {
        bool isHealthy = true;
        unsigned successes = 0;
        unsigned httpFailures = 0;
        unsigned tcpFailures = 0;
        unsigned timeouts = 0;
        std::size_t connections = 0;
        std::uint64_t lastUse = 0; ///< among equals, the one that waited longest
        double latency = 0;        ///< moving average in seconds
        Clock::time_point measuredAt{};
    };

    void buildWheel();
    void buildContinuum();
    bool isCandidate(std::size_t target) const noexcept;
    std::optional<std::size_t> choose(std::string_view hashed, const std::vector<std::size_t>& excluded);
    std::optional<std::size_t> nextOnWheel(const std::vector<std::size_t>& excluded);
    std::optional<std::size_t> byHash(std::string_view hashed, const std::vector<std::size_t>& excluded) const;
    std::optional<std::size_t> leastScore(const std::vector<std::size_t>& excluded) const;
    double scoreOf(std::size_t target) const noexcept;
    static void count(State& state, TryOutcome outcome, int status, const HealthRules& rules) noexcept;
    static void countFailure(State& state, unsigned State::*counter, unsigned limit) noexcept;
    static void countSuccess(State& state, unsigned limit) noexcept;
    void measure(State& state, Clock::duration latency);
    Weight lockedWeight() const noexcept;
    bool lockedIsUsable() const noexcept;

    const UpstreamSettings m_settings;
    mutable std::mutex m_mutex;
    std::vector<State> m_states;           ///< like settings().targets
    std::vector<std::uint32_t> m_wheel;    ///< targets in turn, each as often as it weighs
    std::vector<std::int32_t> m_continuum; ///< targets by hash; -1 where there is none
    std::size_t m_next = 0;                ///< on the wheel
    std::uint64_t m_uses = 0;
};

} // namespace claimsmith::gateway
