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

/// Rank of a scope, the most specific first (kong-plugins.md A3.1).
int rankOf(const PluginInstance& instance) noexcept
{
    struct Scope
    {
        bool route, service, consumer;
    };

    static constexpr Scope ranks[] = {{true, true, true},   {true, false, true},  {false, true, true},
                                      {true, true, false},  {false, false, true}, {true, false, false},
                                      {false, true, false}, {false, false, false}};
    int rank = 0;
    for (const Scope& scope : ranks) {
        if (scope.route == (instance.route != nullptr) && scope.service == (instance.service != nullptr) &&
            scope.consumer == (instance.consumer != nullptr))
            return rank;
        ++rank;
    }
    return rank;
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
    return !instance.consumer || (route && !forbidsConsumer(*instance.descriptor));
}

ChainSlot& slotOf(Chain& chain, const PluginDescriptor& descriptor)
{
    const auto found = std::ranges::find(chain, &descriptor, &ChainSlot::descriptor);
    if (found != chain.end())
        return *found;
    chain.push_back({&descriptor, nullptr, {}});
    return chain.back();
}

void offer(const PluginInstance*& place, const PluginInstance& candidate) noexcept
{
    if (!place || rankOf(candidate) < rankOf(*place))
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
    return text.empty() ? "global" : text;
}

const PluginInstance* ChainSlot::choose(const Consumer* consumer) const noexcept
{
    if (const auto own = byConsumer.find(consumer); consumer && own != byConsumer.end())
        return own->second;
    return instance;
}

Chain makeChain(const std::vector<std::unique_ptr<const PluginInstance>>& instances, const Route* route)
{
    Chain chain;
    for (const auto& instance : instances)
        if (appliesTo(*instance, route)) {
            ChainSlot& slot = slotOf(chain, *instance->descriptor);
            offer(instance->consumer ? slot.byConsumer[instance->consumer] : slot.instance, *instance);
        }
    for (ChainSlot& slot : chain)
        std::erase_if(slot.byConsumer,
                      [&](const auto& own) { return slot.instance && rankOf(*slot.instance) < rankOf(*own.second); });
    std::ranges::sort(chain, [](const ChainSlot& a, const ChainSlot& b) {
        return a.descriptor->priority != b.descriptor->priority ? a.descriptor->priority > b.descriptor->priority
                                                                : a.descriptor->name > b.descriptor->name;
    });
    return chain;
}

} // namespace claimsmith::gateway
