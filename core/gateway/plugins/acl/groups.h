// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/entities.h"
#include "gateway/plugin.h"
#include "gateway/snapshot.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace claimsmith::gateway::acl {

struct Groups
{
    std::vector<std::string> names;
    std::string joined; ///< as headers list them: "a, b"

    void add(std::string_view name);
};

/// The groups of a snapshot's consumers.
class ConsumerGroups final : public PluginData
{
public:
    explicit ConsumerGroups(const Snapshot& snapshot);

    /// Empty for a consumer that is in none. `all`: behind those of `acls` the consumer groups, by name.
    const Groups& of(const Consumer& consumer, bool all) const noexcept;

private:
    using Table = std::map<const Consumer*, Groups>;

    Table m_own;
    Table m_all; ///< of consumers that are in a consumer group
};

/// The entity `acls`: a consumer's membership of a group.
const EntityType& aclType();

} // namespace claimsmith::gateway::acl
