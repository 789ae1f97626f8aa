// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace claimsmith::gateway {

class Plugin;
struct Consumer;
struct ConsumerGroup;
struct Entity;
struct PluginDescriptor;
struct Route;
struct Service;

/// A configured plugin.
struct PluginInstance
{
    const Entity* entity = nullptr;
    const PluginDescriptor* descriptor = nullptr;
    const Route* route = nullptr; ///< the scope: null where it is not limited
    const Service* service = nullptr;
    const Consumer* consumer = nullptr;
    const ConsumerGroup* group = nullptr;
    bool enabled = true;
    std::unique_ptr<const Plugin> plugin; ///< null when disabled

    /// "global", or its parts in the order route, service, consumer, consumer group: "route api, consumer bob".
    std::string scope() const;
};

/// One plugin of a chain: which of its instances runs depends on the consumer known when its turn comes.
struct ChainSlot
{
    const PluginDescriptor* descriptor = nullptr;
    const PluginInstance* instance = nullptr; ///< for whoever has no more specific one; may be null
    std::map<const Consumer*, const PluginInstance*> byConsumer = {};   ///< where it is more specific than `instance`
    std::map<const ConsumerGroup*, const PluginInstance*> byGroup = {}; ///< likewise

    /// Null when none is for this consumer (null: nobody).
    const PluginInstance* choose(const Consumer* consumer) const noexcept;

    /// Whether one of its instances has what is asked for.
    template <class Predicate>
    bool any(Predicate has) const
    {
        const auto own = [&](const auto& entry) { return has(*entry.second); };
        return (instance && has(*instance)) || std::ranges::any_of(byConsumer, own) ||
               std::ranges::any_of(byGroup, own);
    }
};

/// The plugins of a route in the order in which they run: priority downwards, equal priorities by name downwards
/// (kong-plugins.md A3.2).
using Chain = std::vector<ChainSlot>;

/// The chain for requests of this route (null: no route matched). For every plugin name one instance runs, the most
/// specific one (A3.1, with groups A3.4; of several groups of a consumer the first by name). Disabled instances count
/// as absent.
Chain makeChain(const std::vector<std::unique_ptr<const PluginInstance>>& instances, const Route* route);

} // namespace claimsmith::gateway
