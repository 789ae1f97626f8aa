// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/declarative/deck.h"

#include "gateway/fieldrules.h"

#include <algorithm>

namespace claimsmith::gateway::declarative {

using document::Array;
using document::Object;
using document::Value;

namespace {

/// The last three are lists of what this gateway does not have.
constexpr std::string_view topMembers[] = {"_info",    "_konnect",   "_workspace",      "_plugin_configs",
                                           "licenses", "rbac_roles", "service_packages"};

/// Kinds that `_info.defaults` can tell of, and what it must not set of them.
struct DefaultsOf
{
    std::string_view singular;
    std::string_view kind;
    std::string_view restricted[2];
};
constexpr DefaultsOf defaultable[] = {{"service", "services", {"id", "name"}},
                                      {"route", "routes", {"id", "name"}},
                                      {"upstream", "upstreams", {"id", "name"}},
                                      {"target", "targets", {"id", "target"}}};

/// All of `_info` but its defaults.
const Schema& infoSchema()
{
    const auto tags = [](std::string name) { return tagsField().rename(std::move(name)); };
    static const Schema schema{
        .fields = {tags("select_tags"),
                   recordField("default_lookup_tags", {tags("consumers"), tags("consumer_groups"), tags("routes"),
                                                       tags("services"), tags("partials")}),
                   booleanField("consumer_group_policy_overrides"), booleanField("skip_hash_for_basic_auth"),
                   booleanField("include_plugin_definitions")},
        .checks = {}};
    return schema;
}

/// What `base` has and `top` has not, also within objects that both have.
void addMissing(Object& top, const Object& base)
{
    for (const auto& [name, value] : base) {
        Value* own = top.find(name);
        if (!own)
            top.append(name, value);
        else if (own->asObject() && value.asObject())
            addMissing(*own->asObject(), *value.asObject());
    }
}

/// decK takes null for what is not there.
void fillIn(Object& entity, const Object& defaults)
{
    for (const auto& [name, value] : defaults) {
        Value* own = entity.find(name);
        if (!own || own->isNull())
            entity.set(name, value);
        else if (own->asObject() && value.asObject())
            fillIn(*own->asObject(), *value.asObject());
    }
}

/// `service: {name: api}` is how decK writes what Kong's documents write as `service: api`.
void nameReferences(const EntityType& type, Object& fields)
{
    for (const Field& field : type.schema().fields) {
        Value* given = field.type == FieldType::Foreign ? fields.find(field.name) : nullptr;
        const EntityType* target = given ? findEntityType(field.reference) : nullptr;
        const std::string* name = target && !target->lookupKey.empty() ? given->findString(target->lookupKey) : nullptr;
        if (name && !given->find("id"))
            *given = std::string(*name);
    }
}

void addTags(const EntityType& type, Object& fields, const Array& tags)
{
    if (!type.schema().find("tags"))
        return;
    Value* own = fields.find("tags");
    if (!own || own->isNull())
        own = &fields.set("tags", Array{});
    if (Array* list = own->asArray())
        for (const Value& tag : tags)
            if (std::ranges::find(*list, tag) == list->end())
                list->push_back(tag);
}

} // namespace

bool DeckSettings::hasMember(std::string_view name) noexcept
{
    return std::ranges::find(topMembers, name) != std::end(topMembers);
}

DeckSettings::DeckSettings(const Object& document, SchemaErrors& errors)
{
    const auto given = [&](std::string_view name) {
        const Value* value = document.find(name);
        return value && !value->isNull() ? value : nullptr;
    };
    if (const Value* info = given("_info"))
        readInfo(*info, errors);
    if (const Value* configs = given("_plugin_configs"))
        readPluginConfigs(*configs, errors);
}

void DeckSettings::readInfo(const Value& info, SchemaErrors& errors)
{
    if (!info.asObject()) {
        errors.set("_info", "expected a record");
        return;
    }
    Object plain = *info.asObject();
    plain.remove("defaults");
    if (SchemaErrors wrong = validate(infoSchema(), plain); !wrong.empty())
        errors.set("_info", std::move(wrong));
    else if (const Value* tags = info.find("select_tags"))
        m_tags = tags->asArray();
    m_hasDigests = info.findBoolean("skip_hash_for_basic_auth").value_or(false);
    if (const Value* defaults = info.find("defaults"); defaults && !defaults->isNull())
        readDefaults(*defaults, errors);
}

void DeckSettings::readDefaults(const Value& defaults, SchemaErrors& errors)
{
    if (!defaults.asObject()) {
        addError(errors, "_info.defaults", "expected a record");
        return;
    }
    for (const auto& [name, value] : *defaults.asObject()) {
        const std::string path = "_info.defaults." + name;
        const auto kind = std::ranges::find(defaultable, name, &DefaultsOf::singular);
        std::string restricted;
        if (kind == std::end(defaultable)) {
            addError(errors, path, "unknown field");
            continue;
        }
        for (const std::string_view field : kind->restricted)
            if (value.find(field))
                restricted += (restricted.empty() ? "" : ", ") + std::string(field);
        if (!restricted.empty())
            addError(errors, path, name + " defaults cannot have these restricted fields set: " + restricted);
        else if (!value.asObject() && !value.isNull())
            addError(errors, path, "expected a record");
        else if (value.asObject())
            m_defaults.emplace(kind->kind, value.asObject());
    }
}

void DeckSettings::readPluginConfigs(const Value& configs, SchemaErrors& errors)
{
    const auto isRecord = [](const document::Member& member) { return member.value.asObject() != nullptr; };
    if (!configs.asObject() || !std::ranges::all_of(*configs.asObject(), isRecord))
        errors.set("_plugin_configs", "expected a map");
    else
        m_pluginConfigs = configs.asObject();
}

void DeckSettings::addSharedConfig(Object& plugin, SchemaErrors& errors) const
{
    const Value* source = plugin.find("_config");
    if (!source)
        return;
    const std::string* name = source->asString();
    const Value* shared = name && m_pluginConfigs ? m_pluginConfigs->find(*name) : nullptr;
    if (!name && !source->isNull())
        errors.set("_config", "expected a string");
    else if (name && !shared)
        errors.set("_config", "_plugin_config \"" + *name + "\" not found");
    plugin.remove("_config");
    if (!shared)
        return;
    Value* own = plugin.find("config");
    if (!own || own->isNull())
        own = &plugin.set("config", Object{});
    if (own->asObject())
        addMissing(*own->asObject(), *shared->asObject());
}

void DeckSettings::complete(const EntityType& type, Object& fields, SchemaErrors& errors) const
{
    nameReferences(type, fields);
    if (type.name == "plugins")
        addSharedConfig(fields, errors);
    if (m_tags)
        addTags(type, fields, *m_tags);
    if (const auto defaults = m_defaults.find(type.name); defaults != m_defaults.end())
        fillIn(fields, *defaults->second);
}

} // namespace claimsmith::gateway::declarative
