// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/health/healthchecks.h"

#include "base/log.h"
#include "gateway/health/prober.h"
#include "gateway/proxy/enginestate.h"
#include "gateway/tlsmaterial.h"

namespace claimsmith::gateway {
namespace {

/// How to speak TLS to an upstream's targets when they are asked: as to a service with its certificate that verifies
/// what the check says. Read anew for each configuration, as few have such checks.
Result<std::shared_ptr<const UpstreamTls>> tlsOf(const Snapshot& snapshot, const UpstreamSettings& settings)
{
    CLAIMSMITH_TRY(TlsMaterial material, TlsMaterial::read(snapshot.entities()));
    Entity service = *snapshot.entities().find("upstreams", settings.id);
    service.fields.set("tls_verify", settings.probe.verifies);
    return material.upstream(service);
}

/// The upstreams of a configuration that are to be asked. One whose certificate can't be used is left out.
std::vector<Probed> probedOf(const Snapshot& snapshot, const BalancerSet& balancers)
{
    std::vector<Probed> probed;
    for (const auto& [name, balancer] : balancers) {
        const UpstreamSettings& settings = balancer->settings();
        if (!settings.probe.isOn() || settings.targets.empty())
            continue;
        Probed upstream{balancer, nullptr};
        if (settings.probe.isTls) {
            auto tls = tlsOf(snapshot, settings);
            if (!tls) {
                log(LogLevel::Error, "gateway", "no health checks of " + name + ": " + tls.error().toString());
                continue;
            }
            upstream.tls = std::move(tls).value();
        }
        probed.push_back(std::move(upstream));
    }
    return probed;
}

} // namespace

HealthChecks::HealthChecks(EngineState& state) noexcept : m_state(state) {}

HealthChecks::~HealthChecks()
{
    stop();
}

void HealthChecks::refresh()
{
    const std::lock_guard lock(m_mutex);
    if (m_isStopped)
        return;
    // Read under the lock: of two reloads at once, the later one is what remains.
    const auto snapshot = m_state.snapshot.get();
    std::vector<Probed> probed = probedOf(*snapshot, *m_state.balancers.of(snapshot));
    if (probed.empty()) {
        m_prober.reset();
        return;
    }
    if (!m_prober)
        m_prober = std::make_unique<Prober>(m_state.standIns);
    m_prober->watch(std::move(probed));
}

void HealthChecks::stop()
{
    const std::lock_guard lock(m_mutex);
    m_isStopped = true;
    m_prober.reset();
}

bool HealthChecks::isRunning() const
{
    const std::lock_guard lock(m_mutex);
    return m_prober != nullptr;
}

} // namespace claimsmith::gateway
