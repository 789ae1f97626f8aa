// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bridge/configoutline.h"

#include "base/text.h"
#include "gateway/entities.h"
#include "gateway/plugin.h"
#include "gateway/plugins/all.h"
#include "http/url.h"

#include <algorithm>
#include <array>

namespace claimsmith::app {
namespace {

using document::Value;
using gateway::EntityType;

constexpr std::string_view pluginsType = "plugins";

std::string textOf(const Value& entity, std::string_view field)
{
    const std::string* text = entity.findString(field);
    return text ? *text : std::string();
}

/// The field that tells one entity of a kind from another, where it is not the engine's own lookup key.
std::string_view namingField(const EntityType& type)
{
    if (type.name == pluginsType)
        return "name";
    if (type.name == "acls")
        return "group";
    if (type.name == "targets")
        return "target";
    return type.lookupKey;
}

bool isSecret(const EntityType& type, std::string_view field)
{
    const gateway::Field* found = type.name == pluginsType ? nullptr : type.schema().find(field);
    return found && found->secret;
}

std::string nameOf(const EntityType& type, const Value& entity)
{
    const std::string_view field = namingField(type);
    std::string name = field.empty() ? std::string() : textOf(entity, field);
    if (auto reference = referencedName(name))
        return *reference;
    if (!name.empty() && !isSecret(type, field))
        return name;
    if (type.name == "consumers")
        return textOf(entity, "custom_id");
    return isSecret(type, field) ? std::string() : textOf(entity, "id");
}

std::string portOf(const Value& service)
{
    if (const std::string* url = service.findString("url")) {
        const auto parsed = http::parseUrl(*url);
        return parsed ? ":" + std::to_string(parsed.value().effectivePort()) : std::string();
    }
    const auto port = service.findInteger("port");
    return port ? ":" + std::to_string(*port) : std::string();
}

std::string firstPath(const Value& route)
{
    const Value* paths = route.find("paths");
    const document::Array* list = paths ? paths->asArray() : nullptr;
    const std::string* first = list && !list->empty() ? list->front().asString() : nullptr;
    return first ? *first : std::string();
}

std::string detailOf(const EntityType& type, const Value& entity)
{
    if (type.name == "services")
        return portOf(entity);
    if (type.name == "routes")
        return firstPath(entity);
    return {};
}

/// The entity that a flat entry names: `service: api` or `service: {id: …}`.
std::string referencedParent(const ConfigOutline& outline, const EntityType& type, const Value& entity)
{
    // A plugin may name several; it is listed under the narrowest of them.
    static constexpr std::array scopes{"route", "service", "consumer", "upstream", "certificate", "set"};
    static constexpr std::array types{"routes", "services", "consumers", "upstreams", "certificates", "key_sets"};
    for (std::size_t i = 0; i < scopes.size(); ++i) {
        const Value* reference = entity.find(scopes[i]);
        if (!reference || type.name == types[i])
            continue;
        const std::string* name = reference->asString();
        if (!name)
            name = reference->findString("id");
        if (!name)
            name = reference->findString("name");
        if (const OutlineEntity* parent = name ? outline.findNamed(types[i], *name) : nullptr)
            return parent->pointer;
    }
    return {};
}

void collect(std::vector<OutlineEntity>& out, const Value& holder, const std::string& holderPointer,
             const std::string& parent)
{
    const document::Object* object = holder.asObject();
    if (!object)
        return;
    for (const document::Member& member : *object) {
        const EntityType* type = gateway::findEntityType(member.name);
        const document::Array* list = member.value.asArray();
        if (!type || !list)
            continue;
        const std::string listPointer = document::joinPointer(holderPointer, member.name);
        for (std::size_t i = 0; i < list->size(); ++i) {
            const Value& entity = (*list)[i];
            const std::string pointer = document::joinPointer(listPointer, i);
            if (!entity.asObject())
                continue;
            out.push_back({type, pointer, parent, nameOf(*type, entity), detailOf(*type, entity),
                           entity.findBoolean("enabled").value_or(true)});
            collect(out, entity, pointer, pointer);
        }
    }
}

/// The position in `list` of the entity of this kind and name.
std::optional<std::size_t> positionOf(const document::Array& list, const EntityType& type, const std::string& name)
{
    const auto found =
        std::find_if(list.begin(), list.end(), [&](const Value& entity) { return nameOf(type, entity) == name; });
    if (found == list.end())
        return std::nullopt;
    return static_cast<std::size_t>(found - list.begin());
}

} // namespace

ConfigOutline::ConfigOutline(const Value& document)
{
    collect(m_entities, document, {}, {});
    for (OutlineEntity& entity : m_entities) {
        if (const Value* value = document.at(entity.pointer); entity.parent.empty() && value)
            entity.parent = referencedParent(*this, *entity.type, *value);
    }
}

const OutlineEntity* ConfigOutline::findAt(std::string_view pointer) const noexcept
{
    const OutlineEntity* best = nullptr;
    for (const OutlineEntity& entity : m_entities) {
        const std::string& own = entity.pointer;
        const bool encloses =
            pointer.substr(0, own.size()) == own && (pointer.size() == own.size() || pointer[own.size()] == '/');
        if (encloses && (!best || own.size() > best->pointer.size()))
            best = &entity;
    }
    return best;
}

std::vector<const OutlineEntity*> ConfigOutline::childrenOf(std::string_view parent) const
{
    std::vector<const OutlineEntity*> children;
    for (const OutlineEntity& entity : m_entities) {
        if (entity.parent == parent)
            children.push_back(&entity);
    }
    return children;
}

std::vector<const OutlineEntity*> ConfigOutline::pathTo(std::string_view pointer) const
{
    std::vector<const OutlineEntity*> path;
    // A document may name parents in a circle; no real path is longer than the list.
    for (const OutlineEntity* at = findAt(pointer); at && path.size() <= m_entities.size(); at = findAt(at->parent)) {
        path.insert(path.begin(), at);
        if (at->parent.empty())
            break;
    }
    return path;
}

const OutlineEntity* ConfigOutline::findNamed(std::string_view type, std::string_view name) const noexcept
{
    const auto found = std::find_if(m_entities.begin(), m_entities.end(), [&](const OutlineEntity& entity) {
        return entity.type->name == type && entity.name == name;
    });
    return found == m_entities.end() ? nullptr : &*found;
}

const gateway::PluginDescriptor* pluginOf(const EntityType& type, const Value& entity)
{
    const std::string* name = type.name == pluginsType ? entity.findString("name") : nullptr;
    return name ? gateway::findPlugin(*name) : nullptr;
}

const gateway::Schema* schemaOf(const EntityType& type, const Value& entity)
{
    if (type.name != pluginsType)
        return &type.schema();
    const gateway::PluginDescriptor* plugin = pluginOf(type, entity);
    return plugin ? &gateway::entitySchemaOf(*plugin) : nullptr;
}

std::optional<std::string> referencedName(std::string_view text)
{
    text = trimmed(text);
    if (text.substr(0, 3) != "${{" || text.size() < 5 || text.substr(text.size() - 2) != "}}")
        return std::nullopt;
    text = trimmed(text.substr(3, text.size() - 5));
    if (text.substr(0, 3) != "env")
        return std::nullopt;
    text = trimmed(text.substr(3));
    if (text.size() < 3 || text.front() != text.back() || (text.front() != '"' && text.front() != '\''))
        return std::nullopt;
    return std::string(text.substr(1, text.size() - 2));
}

std::string referenceTo(std::string_view name)
{
    return "${{ env \"" + std::string(name) + "\" }}";
}

std::optional<std::string> counterpart(const Value& from, std::string_view pointer, const Value& to)
{
    const Value* here = &from;
    const Value* there = &to;
    const EntityType* list = nullptr; // the kind of the list that `here` is, if it is one of entities
    std::string result;
    for (const std::string& token : document::splitPointer(pointer)) {
        std::string next = token;
        const document::Array* elements = here ? here->asArray() : nullptr;
        if (list && elements) {
            const auto index = document::parsePointerIndex(token);
            const document::Array* others = there ? there->asArray() : nullptr;
            if (!index || *index >= elements->size() || !others)
                return std::nullopt;
            const std::string name = nameOf(*list, (*elements)[*index]);
            const auto position = name.empty() && *index < others->size() ? index : positionOf(*others, *list, name);
            if (!position)
                return std::nullopt;
            next = std::to_string(*position);
        }
        list = here && here->asObject() ? gateway::findEntityType(token) : nullptr;
        here = here ? here->at("/" + document::escapePointerToken(token)) : nullptr;
        there = there ? there->at("/" + document::escapePointerToken(next)) : nullptr;
        result = document::joinPointer(result, next);
    }
    return result;
}

} // namespace claimsmith::app
