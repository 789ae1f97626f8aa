// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/balancer/balancedtries.h"

#include "gateway/balancer/checks.h"

namespace claimsmith::gateway {

BalancedTries::BalancedTries(Exchange& exchange, std::shared_ptr<Balancer> balancer)
    : m_exchange(exchange), m_balancer(std::move(balancer)), m_setsHost(!exchange.upstream.hostHeader)
{
    if (m_balancer && m_balancer->settings().algorithm == UpstreamSettings::Algorithm::ConsistentHashing)
        m_input = readHashInput(exchange, m_balancer->settings());
}

BalancedTries::~BalancedTries()
{
    release();
}

void BalancedTries::release()
{
    if (m_target)
        m_balancer->release(*m_target);
    m_target.reset();
}

bool BalancedTries::next()
{
    release();
    m_target = m_balancer->acquire(m_input.value, m_failed);
    if (!m_target) {
        if (m_exchange.trace)
            m_findings.push_back({.check = std::string(balancer::target),
                                  .state = Finding::State::Failed,
                                  .expected = m_balancer->settings().name});
        return false;
    }
    m_begin = Balancer::Clock::now();
    const TargetSettings& target = m_balancer->settings().targets[*m_target];
    lead(target);
    if (m_exchange.trace)
        tell(target);
    return true;
}

/// Host names the target, unless the upstream says otherwise: then its text, and the target's port where that is not
/// the usual one.
void BalancedTries::lead(const TargetSettings& target)
{
    UpstreamRequest& upstream = m_exchange.upstream;
    upstream.host = target.host;
    upstream.port = target.port;
    const std::string& host = m_balancer->settings().hostHeader;
    if (!m_setsHost || host.empty())
        return;
    const bool isUsualPort = target.port == (upstream.scheme == Scheme::Https ? 443 : 80);
    upstream.hostHeader = isUsualPort ? host : host + ":" + std::to_string(target.port);
}

void BalancedTries::tell(const TargetSettings& target)
{
    const UpstreamSettings& settings = m_balancer->settings();
    m_findings.push_back({.check = std::string(balancer::target),
                          .state = Finding::State::Passed,
                          .expected = settings.name,
                          .found = target.host + ":" + std::to_string(target.port),
                          .pointer = target.pointer,
                          .parameters = {{"algorithm", std::string(settings.algorithmName())},
                                         {"source", m_input.source},
                                         {"value", m_input.value}}});
}

void BalancedTries::report(TryOutcome outcome, int status)
{
    if (!m_target)
        return;
    m_balancer->report(*m_target, outcome, status, Balancer::Clock::now() - m_begin);
    if (outcome == TryOutcome::Answered)
        return;
    m_failed.push_back(*m_target);
    if (!m_findings.empty())
        m_findings.back().state = Finding::State::Failed;
}

} // namespace claimsmith::gateway
