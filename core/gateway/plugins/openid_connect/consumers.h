// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/plugin.h"
#include "gateway/snapshot.h"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace claimsmith::gateway::openidconnect {

/// The consumers of a snapshot by what claims may name them with.
class Consumers final : public PluginData
{
public:
    explicit Consumers(const Snapshot& snapshot);

    /// The first consumer one of whose fields ("id", "username", "custom_id", in this order) is the value; null when
    /// there is none. With `ignoresCase`, user names are compared without regard to case when none is equal.
    const Consumer* find(std::string_view value, const std::vector<std::string>& fields,
                         bool ignoresCase) const noexcept;

private:
    using Key = std::pair<std::string_view, std::string_view>; ///< field and value: texts of the consumers

    std::map<Key, const Consumer*> m_byField;
    std::map<std::string, const Consumer*, std::less<>> m_byLowerName;
};

} // namespace claimsmith::gateway::openidconnect
