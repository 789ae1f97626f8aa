// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/exchange.h"

#include "gateway/run.h"
#include "gateway/snapshot.h"

namespace claimsmith::gateway {

Exchange::Exchange(std::shared_ptr<const Snapshot> configuration, const Clock& time, SharedState& sharedState)
    : snapshot(std::move(configuration)), clock(time), state(sharedState), m_run(std::make_unique<Run>())
{
}

Exchange::~Exchange() = default;

std::any& Exchange::memory()
{
    return m_run->memories[m_current];
}

void Exchange::useResponseBody(BodyUse use)
{
    if (use != BodyUse::None)
        m_run->bodyUses.emplace_back(m_current, use);
}

const std::vector<std::pair<const PluginInstance*, Step::Verdict>>& Exchange::verdicts() const noexcept
{
    return m_run->verdicts;
}

const PluginInstance* Exchange::answeredBy() const noexcept
{
    return m_run->answeredBy;
}

} // namespace claimsmith::gateway
