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
    enum class Who { Consumer, Group, Anyone };
    struct Scope
    {
        Who who;
        bool route, service;
    };

    static constexpr Scope ranks[] = {
        {Who::Consumer, true, true},  {Who::Group, true, true},      {Who::Consumer, true, false},
        {Who::Consumer, false, true}, {Who::Group, true, false},     {Who::Group, false, true},
        {Who::Anyone, true, true},    {Who::Consumer, false, false}, {Who::Group, false, false},
        {Who::Anyone, true, false},   {Who::Anyone, false, true},    {Who::Anyone, false, false},
    };
    const Who who = instance.consumer ? Who::Consumer : instance.group ? Who::Group : Who::Anyone;
    const auto found = std::ranges::find_if(ranks, [&](const Scope& scope) {
        return scope.who == who && scope.route == (instance.route != nullptr) &&
               scope.service == (instance.service != nullptr);
    });
    return static_cast<int>(found - std::begin(ranks));
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
    chain.push_back({&descriptor, nullptr, {}});
    return chain.back();
}

void offer(const PluginInstance*& place, const PluginInstance& candidate) noexcept
{
    const auto isFirstGroup = [&] {
        return place->group && candidate.group && candidate.group->name < place->group->name;
    };
    if (!place || rankOf(candidate) < rankOf(*place) || (rankOf(candidate) == rankOf(*place) && isFirstGroup()))
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
    if (const auto own = byConsumer.find(consumer); consumer && own != byConsumer.end())
        return own->second;
    return instance;
}

namespace {

void offerTo(ChainSlot& slot, const PluginInstance& instance)
{
    if (instance.consumer)
        offer(slot.byConsumer[instance.consumer], instance);
    else if (instance.group)
        for (const Consumer* member : instance.group->members)
            offer(slot.byConsumer[member], instance);
    else
        offer(slot.instance, instance);
}

} // namespace

Chain makeChain(const std::vector<std::unique_ptr<const PluginInstance>>& instances, const Route* route)
{
    Chain chain;
    for (const auto& instance : instances)
        if (appliesTo(*instance, route))
            offerTo(slotOf(chain, *instance->descriptor), *instance);
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
