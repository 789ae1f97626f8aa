// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/balancer/balancers.h"

#include "base/text.h"
#include "document/json.h"
#include "gateway/snapshot.h"

#include <algorithm>

namespace claimsmith::gateway {
namespace {

/// What makes an upstream another one: everything but when it was loaded.
std::string fingerprintOf(const Entity& upstream, const std::vector<const Entity*>& targets)
{
    std::string text;
    const auto append = [&text](const Entity& entity) {
        document::Object fields = entity.fields;
        fields.remove("created_at");
        fields.remove("updated_at");
        text += document::toJson(document::Value(std::move(fields)));
        text += entity.pointer; // settings lead back into the document
    };
    append(upstream);
    for (const Entity* target : targets)
        append(*target);
    return text;
}

} // namespace

std::shared_ptr<Balancer> Balancers::balancerOf(const Snapshot& snapshot, const Entity& upstream)
{
    const auto targets = snapshot.entities().referringTo("targets", "upstream", upstream.id);
    std::string fingerprint = fingerprintOf(upstream, targets);
    Known& known = m_known[upstream.id];
    auto balancer = known.fingerprint == fingerprint ? known.balancer.lock() : nullptr;
    if (!balancer)
        balancer = std::make_shared<Balancer>(UpstreamSettings(upstream, targets));
    known = {std::move(fingerprint), balancer};
    return balancer;
}

std::shared_ptr<const BalancerSet> Balancers::of(const std::shared_ptr<const Snapshot>& snapshot)
{
    const std::lock_guard lock(m_mutex);
    if (snapshot == m_snapshot)
        return m_set;
    auto set = std::make_shared<BalancerSet>();
    for (const auto& upstream : snapshot->entities().all("upstreams"))
        set->emplace(toLower(upstream->text("name")), balancerOf(*snapshot, *upstream));
    std::erase_if(m_known, [](const auto& known) { return known.second.balancer.expired(); });
    m_set = std::move(set);
    m_snapshot = snapshot;
    return m_set;
}

std::shared_ptr<Balancer> Balancers::find(const std::shared_ptr<const Snapshot>& snapshot, std::string_view upstreamId)
{
    const auto set = of(snapshot);
    const auto found = std::ranges::find_if(
        *set, [upstreamId](const auto& entry) { return entry.second->settings().id == upstreamId; });
    return found == set->end() ? nullptr : found->second;
}

std::shared_ptr<Balancer> BalancerReader::find(const std::shared_ptr<const Snapshot>& snapshot, std::string_view host)
{
    if (snapshot != m_snapshot) {
        m_set = m_balancers.of(snapshot);
        m_snapshot = snapshot;
    }
    if (m_set->empty())
        return nullptr;
    const auto found = m_set->find(toLower(host));
    return found == m_set->end() ? nullptr : found->second;
}

} // namespace claimsmith::gateway
