// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/balancer/balancer.h"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace claimsmith::gateway {

class Snapshot;

/// The balancers of one configuration by the name of their upstream.
using BalancerSet = std::map<std::string, std::shared_ptr<Balancer>, std::less<>>;

/// The balancers of an engine. Any thread. An upstream that is the same in the next configuration keeps its balancer:
/// whose turn it is, open connections and the health of its targets.
class Balancers final
{
public:
    /// Those of a configuration; made when it is first asked for.
    std::shared_ptr<const BalancerSet> of(const std::shared_ptr<const Snapshot>& snapshot);
    /// That of one upstream; null when there is none with this id.
    std::shared_ptr<Balancer> find(const std::shared_ptr<const Snapshot>& snapshot, std::string_view upstreamId);

private:
    struct Known
    {
        std::string fingerprint; ///< the upstream and its targets as text
        std::weak_ptr<Balancer> balancer;
    };

    std::shared_ptr<Balancer> balancerOf(const Snapshot& snapshot, const Entity& upstream);

    std::mutex m_mutex;
    std::shared_ptr<const Snapshot> m_snapshot; ///< whose balancers m_set holds
    std::shared_ptr<const BalancerSet> m_set;
    std::map<std::string, Known> m_known; ///< by id
};

/// One thread's view of Balancers: no lock while the configuration stays the same.
class BalancerReader final
{
public:
    explicit BalancerReader(Balancers& balancers) noexcept : m_balancers(balancers) {}

    /// The balancer of the upstream that a service's host names; null when it is a host.
    std::shared_ptr<Balancer> find(const std::shared_ptr<const Snapshot>& snapshot, std::string_view host);

private:
    Balancers& m_balancers;
    std::shared_ptr<const Snapshot> m_snapshot;
    std::shared_ptr<const BalancerSet> m_set;
};

} // namespace claimsmith::gateway
