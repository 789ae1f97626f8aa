// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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
    const PluginInstance* instance = nullptr; ///< when no consumer is known, or it has none of its own; may be null
    std::map<const Consumer*, const PluginInstance*>
        byConsumer; ///< where a consumer's instance, or one of a group that it is in, is the more specific one
    const PluginInstance* choose(const Consumer* consumer) const noexcept;
};

/// The plugins of a route in the order in which they run: priority downwards, equal priorities by name downwards
/// (kong-plugins.md A3.2).
using Chain = std::vector<ChainSlot>;

/// The chain for requests of this route (null: no route matched). For every plugin name one instance runs, the most
/// specific one (A3.1, with groups A3.4; of several groups of a consumer the first by name). Disabled instances count
/// as absent.
Chain makeChain(const std::vector<std::unique_ptr<const PluginInstance>>& instances, const Route* route);

} // namespace claimsmith::gateway
