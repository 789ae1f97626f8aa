// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/balancer/balancer.h"
#include "gateway/balancer/hashinput.h"
#include "gateway/exchange.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace claimsmith::gateway {

/// The tries of one exchange, each at a target of its own. On the exchange's strand.
class BalancedTries final
{
public:
    /// Without a balancer the service's host is where the request goes, and nothing here does anything.
    BalancedTries(Exchange& exchange, std::shared_ptr<Balancer> balancer);
    BalancedTries(const BalancedTries&) = delete;
    BalancedTries& operator=(const BalancedTries&) = delete;
    ~BalancedTries();

    bool isBalanced() const noexcept { return m_balancer != nullptr; }

    /// Chooses a target and makes exchange.upstream lead there, Host header included; false when there is none.
    bool next();
    /// How the try ended.
    void report(TryOutcome outcome, int status = 0);

    /// What to tell the client in Set-Cookie; empty: nothing.
    const std::string& setCookie() const noexcept { return m_input.setCookie; }
    /// Which targets were chosen, by what, and which of them failed; only when the exchange is traced.
    std::vector<Finding> takeFindings() { return std::move(m_findings); }

private:
    void lead(const TargetSettings& target);
    void tell(const TargetSettings& target);
    void release();

    Exchange& m_exchange;
    std::shared_ptr<Balancer> m_balancer;
    bool m_setsHost; ///< neither the route nor a plugin decides on the Host header
    HashInput m_input;
    std::optional<std::size_t> m_target; ///< of the try under way
    std::vector<std::size_t> m_failed;
    Balancer::Clock::time_point m_begin{};
    std::vector<Finding> m_findings;
};

} // namespace claimsmith::gateway
