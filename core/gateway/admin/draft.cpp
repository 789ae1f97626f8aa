// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/admin/draft.h"

#include "gateway/admin/responses.h"
#include "gateway/declarative/dump.h"

#include <algorithm>

namespace claimsmith::gateway::admin {

using document::Array;
using document::Object;
using document::Value;
using http::Response;

namespace {

/// Fields that together are unique, beside single ones that their schema tells of.
struct CompositeKey
{
    std::string_view type;
    std::vector<std::string_view> fields;
};

/// Empty when the kind has none.
std::vector<std::string_view> compositeKey(const EntityType& type, Edition edition)
{
    static const CompositeKey keys[] = {
        {"plugins", {"name", "route", "service", "consumer", "consumer_group"}},
        {"targets", {"upstream", "target"}},
        {"acls", {"consumer", "group"}},
        {"keys", {"kid", "set"}},
        {"consumer_group_consumers", {"consumer", "consumer_group"}},
    };
    const auto found = std::ranges::find(keys, type.name, &CompositeKey::type);
    if (found == std::end(keys))
        return {};
    std::vector<std::string_view> fields = found->fields;
    std::erase_if(fields, [&](std::string_view field) { return !type.schemaIn(edition).find(field); });
    return fields;
}

Object partOf(const Object& fields, const std::vector<std::string_view>& names)
{
    Object part;
    for (const std::string_view name : names) {
        const Value* value = fields.find(name);
        part.set(name, value ? *value : Value());
    }
    return part;
}

Response uniqueViolation(const Object& taken)
{
    return failure(ErrorKind::UniqueViolation, "UNIQUE violation detected on '" + toLuaText(taken) + "'", taken);
}

/// Whether another entity of the kind has these values.
bool isTaken(const Call& call, const EntityType& type, const Object& values, const Entity* current)
{
    return std::ranges::any_of(call.entities().all(type.name), [&](const auto& entity) {
        return entity.get() != current && std::ranges::all_of(values, [&](const document::Member& member) {
                   const Value* value = entity->fields.find(member.name);
                   return (value ? *value : Value()) == member.value;
               });
    });
}

std::optional<Response> findMissingReference(const Call& call, const EntityType& type, const Object& fields)
{
    for (const Field& field : type.schema().fields) {
        const Value* value = field.type == FieldType::Foreign ? fields.find(field.name) : nullptr;
        const std::string* id = value ? value->findString("id") : nullptr;
        if (!id || call.entities().find(field.reference, *id))
            continue;
        const Object key{{"id", *id}};
        return failure(ErrorKind::ForeignKeyViolation,
                       "the foreign key '" + toLuaText(key) + "' does not reference an existing '" + field.reference +
                           "' entity.",
                       Object{{field.name, key}});
    }
    return std::nullopt;
}

/// The fields of all kinds that refer to entities of this one.
template <class Function>
void forEachReference(const EntityType& type, Function function)
{
    for (const EntityType* other : entityTypes())
        for (const Field& field : other->schema().fields)
            if (field.reference == type.name)
                function(*other, field);
}

/// Server names go with their certificate though their schema does not say so.
bool goesAlong(const EntityType& child, const Field& field)
{
    return field.cascades || child.name == "snis";
}

/// The service that names this authority in a list.
const Entity* findServiceThatTrusts(const Call& call, std::string_view id)
{
    for (const auto& service : call.entities().all("services")) {
        const Value* trusted = service->fields.find("ca_certificates");
        if (trusted && trusted->asArray() &&
            std::ranges::find(*trusted->asArray(), Value(id)) != trusted->asArray()->end())
            return service.get();
    }
    return nullptr;
}

} // namespace

Draft::Draft(const Call& call) : m_document(declarative::dumpEntities(call.entities())) {}

Array& Draft::listOf(const EntityType& type)
{
    Value* list = m_document.find(type.name);
    if (!list)
        list = &m_document.set(type.name, Array{});
    return *list->asArray();
}

void Draft::put(const EntityType& type, Object fields)
{
    Array& list = listOf(type);
    const Value id = *fields.find("id");
    const auto known = std::ranges::find_if(list, [&](const Value& entity) { return *entity.find("id") == id; });
    if (known == list.end())
        list.emplace_back(std::move(fields));
    else
        *known = std::move(fields);
}

void Draft::remove(const EntityType& type, std::string_view id)
{
    std::erase_if(listOf(type), [&](const Value& entity) { return *entity.findString("id") == id; });
}

std::optional<Response> Draft::commit(Call& call)
{
    BuildOptions options = call.context.build;
    options.now = {};                   // what is written has its time, and nothing else changes its own
    options.resolveReference = nullptr; // they are resolved, and what looks like one was given as a text
    auto snapshot = buildSnapshot(Value(std::move(m_document)), options);
    if (!snapshot)
        return schemaViolation({{"@entity", Array{snapshot.error().detail}}});
    call.snapshot = *snapshot;
    call.context.apply(std::move(snapshot).value());
    return std::nullopt;
}

std::optional<Response> findConflict(const Call& call, const EntityType& type, const Object& fields,
                                     const Entity* current)
{
    const std::string& id = *fields.find("id")->asString();
    if (!current && call.entities().find(type.name, id)) {
        const Object key{{"id", id}};
        return failure(ErrorKind::PrimaryKeyViolation, "primary key violation on key '" + toLuaText(key) + "'", key);
    }
    if (auto missing = findMissingReference(call, type, fields))
        return missing;
    for (const Field& field : type.schema().fields) {
        const Value* value = field.unique ? fields.find(field.name) : nullptr;
        if (!value || value->isNull())
            continue;
        if (const Object part{{field.name, *value}}; isTaken(call, type, part, current))
            return uniqueViolation(part);
    }
    const auto composite = compositeKey(type, call.snapshot->edition());
    if (composite.empty())
        return std::nullopt;
    const Object part = partOf(fields, composite);
    return isTaken(call, type, part, current) ? std::optional(uniqueViolation(part)) : std::nullopt;
}

std::optional<Response> findUse(const Call& call, const Entity& entity)
{
    if (entity.type->name == "ca_certificates")
        if (const Entity* service = findServiceThatTrusts(call, entity.id))
            return failure(ErrorKind::ReferencedByOthers, "ca certificate " + entity.id +
                                                              " is still referenced by services (id = " + service->id +
                                                              ")");
    std::optional<Response> answer;
    forEachReference(*entity.type, [&](const EntityType& child, const Field& field) {
        if (answer || goesAlong(child, field) || call.entities().referringTo(child.name, field.name, entity.id).empty())
            return;
        answer = failure(ErrorKind::ForeignKeyViolation,
                         "an existing '" + std::string(child.name) + "' entity references this '" +
                             std::string(entity.type->name) + "' entity",
                         Object{{"@referenced_by", child.name}});
    });
    return answer;
}

void removeWithDependents(const Call& call, const Entity& entity, Draft& draft)
{
    draft.remove(*entity.type, entity.id);
    forEachReference(*entity.type, [&](const EntityType& child, const Field& field) {
        if (goesAlong(child, field))
            for (const Entity* dependent : call.entities().referringTo(child.name, field.name, entity.id))
                removeWithDependents(call, *dependent, draft);
    });
}

} // namespace claimsmith::gateway::admin
