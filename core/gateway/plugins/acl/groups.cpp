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
        m_groups[snapshot.findConsumer(row->reference("consumer"))].add(row->text("group"));
}

const Groups& ConsumerGroups::of(const Consumer& consumer) const noexcept
{
    static const Groups none;
    const auto found = m_groups.find(&consumer);
    return found == m_groups.end() ? none : found->second;
}

const EntityType& aclType()
{
    static const EntityType type{"acls", "acl", {}, schema};
    return type;
}

} // namespace claimsmith::gateway::acl
