// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/findings.h"

#include <algorithm>

namespace claimsmith::gateway {

void Findings::add(Finding::State state, Finding finding)
{
    if (!m_step)
        return;
    finding.state = state;
    m_step->findings.push_back(std::move(finding));
}

void Findings::closeUnchecked()
{
    if (!m_step)
        return;
    for (const std::string_view check : m_checks)
        if (std::ranges::find(m_step->findings, check, &Finding::check) == m_step->findings.end())
            notAsked({.check = std::string(check)});
}

} // namespace claimsmith::gateway
