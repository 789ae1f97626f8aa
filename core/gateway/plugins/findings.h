// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/trace.h"

#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace claimsmith::gateway {

/// Writes a plugin's findings into its step, in the order of its checks. Costs a comparison when the exchange isn't
/// traced: arguments that have to be made first belong behind `if (findings)`.
class Findings final
{
public:
    /// `checks` are the ids of all checks in order; `step` may be null.
    Findings(Step* step, std::span<const std::string_view> checks) noexcept : m_step(step), m_checks(checks) {}

    explicit operator bool() const noexcept { return m_step != nullptr; }

    void passed(Finding finding) { add(Finding::State::Passed, std::move(finding)); }

    void failed(Finding finding) { add(Finding::State::Failed, std::move(finding)); }

    void record(bool holds, Finding finding) { holds ? passed(std::move(finding)) : failed(std::move(finding)); }

    /// The configuration does not ask for it.
    void notAsked(Finding finding) { add(Finding::State::NotChecked, std::move(finding)); }

    /// Everything that has not been looked at: a failure came first.
    void closeUnchecked();

private:
    void add(Finding::State state, Finding finding);

    Step* m_step;
    std::span<const std::string_view> m_checks;
};

} // namespace claimsmith::gateway
