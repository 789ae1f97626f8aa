// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/balancer/balancer.h"

#include "gateway/balancer/xxhash.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace claimsmith::gateway {
namespace {

constexpr std::size_t leastSlots = 1000;
constexpr double pointsPerTarget = 160;
constexpr double latencyDecay = 10; ///< seconds

bool isIn(const std::vector<std::size_t>& list, std::size_t target) noexcept
{
    return std::ranges::find(list, target) != list.end();
}

bool lists(const std::vector<std::int64_t>& statuses, int status) noexcept
{
    return std::ranges::find(statuses, status) != statuses.end();
}

} // namespace

Balancer::Balancer(UpstreamSettings settings) : m_settings(std::move(settings)), m_states(m_settings.targets.size())
{
    if (m_settings.algorithm == UpstreamSettings::Algorithm::RoundRobin)
        buildWheel();
    if (m_settings.algorithm == UpstreamSettings::Algorithm::ConsistentHashing)
        buildContinuum();
}

void Balancer::buildWheel()
{
    unsigned divisor = 0;
    for (const TargetSettings& target : m_settings.targets)
        divisor = std::gcd(divisor, target.weight);
    if (divisor == 0)
        return;
    for (std::size_t i = 0; i < m_settings.targets.size(); ++i)
        m_wheel.insert(m_wheel.end(), m_settings.targets[i].weight / divisor, static_cast<std::uint32_t>(i));
    std::mt19937 random(std::random_device{}());
    std::ranges::shuffle(m_wheel, random);
}

/// Each target gets points on a ring by the hash of its address; a request goes to the point that its own hash falls
/// on, or the next one below.
void Balancer::buildContinuum()
{
    const auto total = static_cast<double>(lockedWeight().total);
    const std::size_t size = std::max(m_settings.slotCount, leastSlots);
    m_continuum.assign(size, -1);
    std::size_t left = size;
    for (std::size_t i = 0; i < m_settings.targets.size(); ++i) {
        const TargetSettings& target = m_settings.targets[i];
        if (target.weight == 0)
            continue;
        const double share = target.weight / total * static_cast<double>(m_settings.targets.size());
        const auto points = static_cast<std::size_t>(std::max(1.0, std::floor(share * pointsPerTarget)));
        const std::string name = target.host + "::" + std::to_string(target.port) + " ";
        for (std::size_t point = 1; point <= points && left > 0; ++point, --left) {
            std::size_t at = xxHash32(name + std::to_string(point)) % size;
            while (m_continuum[at] >= 0)
                at = (at + 1) % size;
            m_continuum[at] = static_cast<std::int32_t>(i);
        }
    }
}

bool Balancer::isCandidate(std::size_t target) const noexcept
{
    return m_settings.targets[target].weight > 0 && m_states[target].isHealthy;
}

std::optional<std::size_t> Balancer::acquire(std::string_view hashed, const std::vector<std::size_t>& failed)
{
    const std::lock_guard lock(m_mutex);
    if (!lockedIsUsable())
        return std::nullopt;
    auto chosen = choose(hashed, failed);
    if (!chosen && !failed.empty())
        chosen = choose(hashed, {}); // all that is left has failed before
    if (chosen) {
        ++m_states[*chosen].connections;
        m_states[*chosen].lastUse = ++m_uses;
    }
    return chosen;
}

std::optional<std::size_t> Balancer::choose(std::string_view hashed, const std::vector<std::size_t>& excluded)
{
    switch (m_settings.algorithm) {
    case UpstreamSettings::Algorithm::RoundRobin:
        return nextOnWheel(excluded);
    case UpstreamSettings::Algorithm::ConsistentHashing:
        return byHash(hashed, excluded);
    case UpstreamSettings::Algorithm::LeastConnections:
    case UpstreamSettings::Algorithm::Latency:
        return leastScore(excluded);
    }
    return std::nullopt;
}

std::optional<std::size_t> Balancer::nextOnWheel(const std::vector<std::size_t>& excluded)
{
    for (std::size_t steps = 0; steps < m_wheel.size(); ++steps) {
        const std::size_t target = m_wheel[m_next++ % m_wheel.size()];
        if (isCandidate(target) && !isIn(excluded, target))
            return target;
    }
    return std::nullopt;
}

std::optional<std::size_t> Balancer::byHash(std::string_view hashed, const std::vector<std::size_t>& excluded) const
{
    const std::size_t size = m_continuum.size();
    std::size_t at = xxHash32(hashed) % size;
    for (std::size_t steps = 0; steps < size; ++steps, at = (at + size - 1) % size) {
        if (m_continuum[at] < 0)
            continue;
        const auto target = static_cast<std::size_t>(m_continuum[at]);
        if (isCandidate(target) && !isIn(excluded, target))
            return target;
    }
    return std::nullopt;
}

double Balancer::scoreOf(std::size_t target) const noexcept
{
    const State& state = m_states[target];
    const double weight = m_settings.targets[target].weight;
    if (m_settings.algorithm == UpstreamSettings::Algorithm::LeastConnections)
        return static_cast<double>(state.connections + 1) / weight;
    return state.latency / weight;
}

std::optional<std::size_t> Balancer::leastScore(const std::vector<std::size_t>& excluded) const
{
    std::optional<std::size_t> best;
    for (std::size_t i = 0; i < m_states.size(); ++i) {
        if (!isCandidate(i) || isIn(excluded, i))
            continue;
        const bool isBetter = !best || scoreOf(i) < scoreOf(*best) ||
                              (scoreOf(i) <= scoreOf(*best) && m_states[i].lastUse < m_states[*best].lastUse);
        if (isBetter)
            best = i;
    }
    return best;
}

void Balancer::release(std::size_t target)
{
    const std::lock_guard lock(m_mutex);
    --m_states[target].connections;
}

/// A counter that is off does nothing, not even to the others.
void Balancer::countFailure(State& state, unsigned State::*counter, unsigned limit) noexcept
{
    if (limit == 0)
        return;
    state.successes = 0;
    if (++(state.*counter) >= limit)
        state.isHealthy = false;
}

void Balancer::countSuccess(State& state, unsigned limit) noexcept
{
    if (limit == 0)
        return;
    state.httpFailures = state.tcpFailures = state.timeouts = 0;
    if (!state.isHealthy && ++state.successes >= limit)
        state.isHealthy = true;
}

void Balancer::count(State& state, TryOutcome outcome, int status, const HealthRules& rules) noexcept
{
    if (outcome == TryOutcome::Broken)
        countFailure(state, &State::tcpFailures, rules.tcpFailures);
    else if (outcome == TryOutcome::TimedOut)
        countFailure(state, &State::timeouts, rules.timeouts);
    else if (lists(rules.healthyStatuses, status))
        countSuccess(state, rules.successes);
    else if (lists(rules.unhealthyStatuses, status) || status == 0)
        countFailure(state, &State::httpFailures, rules.httpFailures);
}

/// A moving average that forgets with time; a target that has none begins with the others' mean.
void Balancer::measure(State& state, Clock::duration latency)
{
    const auto now = Clock::now();
    const double seconds = std::chrono::duration<double>(latency).count();
    const double age =
        state.measuredAt == Clock::time_point{} ? 0 : std::chrono::duration<double>(now - state.measuredAt).count();
    const double keep = state.measuredAt == Clock::time_point{} ? 0 : std::exp(-age / latencyDecay);
    state.latency = state.latency * keep + seconds * (1 - keep);
    state.measuredAt = now;
}

void Balancer::report(std::size_t target, TryOutcome outcome, int status, Clock::duration latency)
{
    const std::lock_guard lock(m_mutex);
    State& state = m_states[target];
    if (outcome == TryOutcome::Answered)
        measure(state, latency);
    count(state, outcome, status, m_settings.passive);
}

void Balancer::reportProbe(std::size_t target, TryOutcome outcome, int status)
{
    const std::lock_guard lock(m_mutex);
    count(m_states[target], outcome, status, m_settings.probe.rules);
}

std::vector<std::size_t> Balancer::targetsThatAre(bool isHealthy) const
{
    const std::lock_guard lock(m_mutex);
    std::vector<std::size_t> targets;
    for (std::size_t i = 0; i < m_states.size(); ++i) {
        if (m_states[i].isHealthy == isHealthy && m_settings.targets[i].weight > 0)
            targets.push_back(i);
    }
    return targets;
}

std::optional<std::size_t> Balancer::indexOf(std::string_view targetId) const noexcept
{
    const auto found = std::ranges::find(m_settings.targets, targetId, &TargetSettings::id);
    return found == m_settings.targets.end()
               ? std::nullopt
               : std::optional(static_cast<std::size_t>(found - m_settings.targets.begin()));
}

Balancer::Health Balancer::healthOf(std::size_t target) const
{
    const std::lock_guard lock(m_mutex);
    if (!m_settings.checksHealth)
        return Health::Off;
    return m_states[target].isHealthy ? Health::Healthy : Health::Unhealthy;
}

void Balancer::setHealthy(std::size_t target, bool isHealthy)
{
    const std::lock_guard lock(m_mutex);
    State& state = m_states[target];
    state.isHealthy = isHealthy;
    state.successes = state.httpFailures = state.tcpFailures = state.timeouts = 0;
}

Balancer::Weight Balancer::lockedWeight() const noexcept
{
    Weight weight;
    for (std::size_t i = 0; i < m_states.size(); ++i) {
        weight.total += m_settings.targets[i].weight;
        weight.available += isCandidate(i) ? m_settings.targets[i].weight : 0;
    }
    return weight;
}

bool Balancer::lockedIsUsable() const noexcept
{
    const Weight weight = lockedWeight();
    return weight.total > 0 &&
           static_cast<double>(weight.available) / static_cast<double>(weight.total) * 100 > m_settings.threshold;
}

Balancer::Weight Balancer::weight() const
{
    const std::lock_guard lock(m_mutex);
    return lockedWeight();
}

bool Balancer::isUsable() const
{
    const std::lock_guard lock(m_mutex);
    return lockedIsUsable();
}

} // namespace claimsmith::gateway
