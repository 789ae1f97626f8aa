// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/chain.h"

#include "gateway/entities.h"
#include "gateway/plugin.h"

#include <algorithm>

namespace claimsmith::gateway {
namespace {

std::string part(std::string_view kind, const Entity* entity)
{
    return std::string(kind) + " " + std::string(entity->name());
}

/// Rank of a scope, the most specific first (kong-plugins.md A3.1, A3.4).
int rankOf(const PluginInstance& instance) noexcept
{
    // By whether there is a service, then by whether there is a route.
    static constexpr int consumer[2][2] = {{7, 2}, {3, 0}};
    static constexpr int group[2][2] = {{8, 4}, {5, 1}};
    static constexpr int anyone[2][2] = {{11, 9}, {10, 6}};
    const auto& ranks = instance.consumer ? consumer : instance.group ? group : anyone;
    return ranks[instance.service ? 1 : 0][instance.route ? 1 : 0];
}

bool isMoreSpecific(const PluginInstance& candidate, const PluginInstance* than) noexcept
{
    return !than || rankOf(candidate) < rankOf(*than);
}

bool forbidsConsumer(const PluginDescriptor& descriptor)
{
    const Field* consumer = descriptor.schema().find("consumer");
    return consumer && consumer->mustBeNull;
}

bool appliesTo(const PluginInstance& instance, const Route* route) noexcept
{
    if (!instance.enabled)
        return false;
    if (instance.route && instance.route != route)
        return false;
    if (instance.service && (!route || instance.service != route->service))
        return false;
    // Kong takes such a document, but never looks the consumer up for a plugin that authenticates.
    return (!instance.consumer && !instance.group) || (route && !forbidsConsumer(*instance.descriptor));
}

ChainSlot& slotOf(Chain& chain, const PluginDescriptor& descriptor)
{
    const auto found = std::ranges::find(chain, &descriptor, &ChainSlot::descriptor);
    if (found != chain.end())
        return *found;
    chain.push_back({&descriptor});
    return chain.back();
}

void offer(const PluginInstance*& place, const PluginInstance& candidate) noexcept
{
    if (isMoreSpecific(candidate, place))
        place = &candidate;
}

} // namespace

std::string PluginInstance::scope() const
{
    std::string text;
    const auto append = [&](std::string_view kind, const Entity* scopeEntity) {
        text += (text.empty() ? "" : ", ") + part(kind, scopeEntity);
    };
    if (route)
        append("route", route->entity);
    if (service)
        append("service", service->entity);
    if (consumer)
        append("consumer", consumer->entity);
    if (group)
        append("consumer group", group->entity);
    return text.empty() ? "global" : text;
}

const PluginInstance* ChainSlot::choose(const Consumer* consumer) const noexcept
{
    if (!consumer || (byConsumer.empty() && byGroup.empty()))
        return instance;
    const PluginInstance* chosen = instance;
    if (const auto own = byConsumer.find(consumer); own != byConsumer.end())
        offer(chosen, *own->second);
    for (const ConsumerGroup* group : consumer->groups)
        if (const auto own = byGroup.find(group); own != byGroup.end())
            offer(chosen, *own->second);
    return chosen;
}

namespace {

void offerTo(ChainSlot& slot, const PluginInstance& instance)
{
    if (instance.consumer)
        offer(slot.byConsumer[instance.consumer], instance);
    else if (instance.group)
        offer(slot.byGroup[instance.group], instance);
    else
        offer(slot.instance, instance);
}

/// Leaves out what never wins, so that nobody prepares for it.
void prune(ChainSlot& slot)
{
    const auto loses = [&](const auto& own) { return slot.instance && !isMoreSpecific(*own.second, slot.instance); };
    std::erase_if(slot.byConsumer, loses);
    std::erase_if(slot.byGroup, loses);
}

} // namespace

Chain makeChain(const std::vector<std::unique_ptr<const PluginInstance>>& instances, const Route* route)
{
    Chain chain;
    for (const auto& instance : instances)
        if (appliesTo(*instance, route))
            offerTo(slotOf(chain, *instance->descriptor), *instance);
    for (ChainSlot& slot : chain)
        prune(slot);
    std::ranges::sort(chain, [](const ChainSlot& a, const ChainSlot& b) {
        return a.descriptor->priority != b.descriptor->priority ? a.descriptor->priority > b.descriptor->priority
                                                                : a.descriptor->name > b.descriptor->name;
    });
    return chain;
}

} // namespace claimsmith::gateway
