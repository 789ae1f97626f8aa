// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/acl/groups.h"

#include "gateway/fieldrules.h"

#include <algorithm>

namespace claimsmith::gateway::acl {
namespace {

const Schema& schema()
{
    static const Schema membership =
        credentialSchema({stringField("group").hint("A group of the consumer.").require()});
    return membership;
}

} // namespace

void Groups::add(std::string_view name)
{
    names.emplace_back(name);
    joined += (joined.empty() ? "" : ", ") + names.back();
}

/// Kong lists a consumer's rows by their ids.
ConsumerGroups::ConsumerGroups(const Snapshot& snapshot)
{
    std::vector<const Entity*> rows;
    for (const auto& entity : snapshot.entities().all(aclType().name))
        rows.push_back(entity.get());
    std::ranges::sort(rows, {}, &Entity::id);
    for (const Entity* row : rows)
        m_own[snapshot.findConsumer(row->reference("consumer"))].add(row->text("group"));
    for (const auto& consumer : snapshot.consumers()) {
        if (consumer->groups.empty())
            continue;
        Groups& groups = m_all.emplace(consumer.get(), of(*consumer, false)).first->second;
        for (const ConsumerGroup* group : consumer->groups)
            groups.add(group->name);
    }
}

const Groups& ConsumerGroups::of(const Consumer& consumer, bool all) const noexcept
{
    static const Groups none;
    if (const auto found = m_all.find(&consumer); all && found != m_all.end())
        return found->second;
    const auto found = m_own.find(&consumer);
    return found == m_own.end() ? none : found->second;
}

const EntityType& aclType()
{
    static const EntityType type{"acls", "acl", {}, schema};
    return type;
}

} // namespace claimsmith::gateway::acl
