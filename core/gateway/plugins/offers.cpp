// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/offers.h"

#include <utility>

namespace claimsmith::gateway {

using document::Array;
using document::Value;

namespace {

constexpr std::size_t mostCredentials = 3;

} // namespace

Offers::Offers(const Step& step, const Snapshot& snapshot, Explanation& explanation)
    : m_snapshot(snapshot), m_explanation(explanation)
{
    const Entity* entity = snapshot.entities().findAt(step.pointer);
    if (!entity || entity->type->name != "plugins" || entity->text("name") != step.name)
        return;
    m_plugin = entity;
    m_config = entity->fields.find("config");
}

void Offers::add(Text label, RepairAction action)
{
    const bool isFirst = m_explanation.repairs.empty();
    m_explanation.repairs.push_back({std::move(label), std::move(action), isFirst});
}

std::string Offers::consumerOf(const Entity& credential) const
{
    const Entity* consumer = m_snapshot.entities().find("consumers", credential.reference("consumer"));
    return consumer ? std::string(consumer->name()) : std::string();
}

void Offers::sendCredentials(std::string_view kind, std::string_view label, const MakeAction& make, const Entity* first)
{
    std::size_t count = 0;
    const auto offer = [&](const Entity& credential) {
        const std::string consumer = consumerOf(credential);
        auto action = count < mostCredentials ? make(credential, consumer) : std::nullopt;
        if (!action)
            return;
        ++count;
        add({std::string(label), {{"consumer", consumer}}}, std::move(*action));
    };
    if (!m_config)
        return;
    if (first)
        offer(*first);
    for (const auto& credential : m_snapshot.entities().all(kind))
        if (credential.get() != first)
            offer(*credential);
}

std::string Offers::pointerTo(std::string_view field) const
{
    return document::joinPointer(document::joinPointer(m_plugin->pointer, "config"), field);
}

void Offers::setConfig(Text label, std::string_view field, Value value)
{
    if (m_config)
        add(std::move(label), SetField{pointerTo(field), std::move(value)});
}

void Offers::appendToConfig(Text label, std::string_view list, Value value)
{
    if (!m_config)
        return;
    const std::string pointer = pointerTo(list);
    const Value* written = m_snapshot.document().at(pointer);
    if (written && written->asArray()) {
        add(std::move(label), SetField{document::joinPointer(pointer, "-"), std::move(value)});
        return;
    }
    const Value* known = m_config->find(list);
    Array whole = known && known->asArray() ? *known->asArray() : Array{};
    whole.push_back(std::move(value));
    add(std::move(label), SetField{pointer, std::move(whole)});
}

void Offers::removeFromConfig(Text label, std::string_view list, const Value& value)
{
    const Value* known = m_config ? m_config->find(list) : nullptr;
    if (!known || !known->asArray())
        return;
    Array rest = *known->asArray();
    std::erase(rest, value);
    setConfig(std::move(label), list, rest.empty() ? Value() : Value(std::move(rest)));
}

void Offers::openPlugin()
{
    open({"repair.open-plugin"}, m_plugin);
}

void Offers::open(Text label, const Entity* entity)
{
    if (entity && !entity->pointer.empty())
        add(std::move(label), OpenEntity{entity->pointer});
}

} // namespace claimsmith::gateway
