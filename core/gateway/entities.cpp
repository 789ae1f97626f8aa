// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/entities.h"

#include "gateway/entities/entityschemas.h"
#include "gateway/plugins/all.h"
#include "gateway/snapshot.h"

#include <algorithm>

namespace claimsmith::gateway {

using document::Value;

namespace {

std::vector<const EntityType*> collectTypes()
{
    // In Kong's order of loading (kong-core.md §0).
    static const EntityType core[] = {
        {"consumers", "consumer", "username", consumerSchema},
        {.name = "consumer_groups",
         .singular = "consumer_group",
         .lookupKey = "name",
         .schema = consumerGroupSchema,
         .enterpriseOnly = true},
        {.name = "consumer_group_consumers",
         .singular = "consumer_group_consumer",
         .lookupKey = {},
         .schema = consumerGroupConsumerSchema,
         .enterpriseOnly = true,
         .isRelation = true},
        {"certificates", "certificate", {}, certificateSchema},
        {"services", "service", "name", serviceSchema},
        {"routes", "route", "name", routeSchema},
        {"snis", "sni", "name", sniSchema},
        {"upstreams", "upstream", "name", upstreamSchema},
        {"targets", "target", {}, targetSchema},
        {.name = "plugins",
         .singular = "plugin",
         .lookupKey = "instance_name",
         .schema = pluginSchema,
         .openSourceSchema = openSourcePluginSchema},
        {"ca_certificates", "ca_certificate", {}, caCertificateSchema},
        {"vaults", "vault", "prefix", vaultSchema},
        {"key_sets", "key_set", "name", keySetSchema, "key-sets"},
        {"keys", "key", "name", keySchema},
        {"oauth2_credentials", "oauth2_credential", "client_id", oauth2CredentialSchema, "oauth2"},
    };
    std::vector<const EntityType*> types;
    for (const EntityType& type : core)
        types.push_back(&type);
    for (const PluginDescriptor& plugin : allPlugins())
        for (const EntityType* type : plugin.entities)
            types.push_back(type);
    return types;
}

} // namespace

const std::vector<const EntityType*>& entityTypes()
{
    static const std::vector<const EntityType*> types = collectTypes();
    return types;
}

const EntityType* findEntityType(std::string_view name) noexcept
{
    const auto found = std::ranges::find(entityTypes(), name, &EntityType::name);
    return found == entityTypes().end() ? nullptr : *found;
}

bool EntityType::isKnownTo(Edition edition) const noexcept
{
    return !enterpriseOnly || edition == Edition::Enterprise;
}

const Schema& EntityType::schemaIn(Edition edition) const
{
    return openSourceSchema && edition == Edition::OpenSource ? openSourceSchema() : schema();
}

std::string_view Entity::name() const noexcept
{
    const auto lookup = type && !type->lookupKey.empty() ? text(type->lookupKey) : std::string_view();
    return lookup.empty() ? std::string_view(id) : lookup;
}

std::string_view Entity::text(std::string_view field) const noexcept
{
    const Value* value = fields.find(field);
    return value && value->asString() ? std::string_view(*value->asString()) : std::string_view();
}

std::string_view Entity::reference(std::string_view field) const noexcept
{
    const Value* value = fields.find(field);
    const std::string* target = value ? value->findString("id") : nullptr;
    return target ? std::string_view(*target) : std::string_view();
}

const std::vector<std::unique_ptr<const Entity>>& Entities::all(std::string_view type) const noexcept
{
    static const std::vector<std::unique_ptr<const Entity>> none;
    const auto table = m_tables.find(type);
    return table == m_tables.end() ? none : table->second.rows;
}

const Entity* Entities::find(std::string_view type, std::string_view id) const noexcept
{
    const auto table = m_tables.find(type);
    if (table == m_tables.end())
        return nullptr;
    const auto found = table->second.byId.find(id);
    return found == table->second.byId.end() ? nullptr : found->second;
}

const Entity* Entities::findByName(std::string_view type, std::string_view name) const noexcept
{
    const auto table = m_tables.find(type);
    if (table == m_tables.end())
        return nullptr;
    const auto found = table->second.byName.find(name);
    return found == table->second.byName.end() ? nullptr : found->second;
}

const Entity* Entities::findAt(std::string_view pointer) const noexcept
{
    for (;;) {
        if (const auto found = m_byPointer.find(pointer); found != m_byPointer.end())
            return found->second;
        const auto slash = pointer.rfind('/');
        if (slash == std::string_view::npos)
            return nullptr;
        pointer = pointer.substr(0, slash);
    }
}

std::vector<const Entity*> Entities::referringTo(std::string_view type, std::string_view field,
                                                 std::string_view id) const
{
    std::vector<const Entity*> found;
    for (const auto& entity : all(type))
        if (entity->reference(field) == id)
            found.push_back(entity.get());
    return found;
}

const Entity& Entities::add(Entity entity)
{
    Table& table = m_tables[entity.type->name];
    const Entity& added = *table.rows.emplace_back(std::make_unique<const Entity>(std::move(entity)));
    table.byId.emplace(added.id, &added);
    if (!added.type->lookupKey.empty() && !added.text(added.type->lookupKey).empty())
        table.byName.emplace(added.text(added.type->lookupKey), &added);
    m_byPointer.emplace(added.pointer, &added);
    return added;
}

bool Route::allows(std::string_view protocol) const noexcept
{
    return std::ranges::find(protocols, protocol) != protocols.end();
}

} // namespace claimsmith::gateway
