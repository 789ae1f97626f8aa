// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/admin/writing.h"

#include "base/random.h"
#include "gateway/admin/draft.h"
#include "gateway/admin/input.h"
#include "gateway/admin/pluginprotocols.h"
#include "gateway/admin/responses.h"
#include "gateway/admin/servernames.h"
#include "gateway/declarative/item.h"

#include <algorithm>

namespace claimsmith::gateway::admin {

using document::Object;
using document::Value;
using http::Response;

namespace {

/// What a write is about: the words of a refusal, and how the entity was named.
struct Subject
{
    const EntityType& type;
    std::string_view verb;         ///< "create", "update"…
    std::string_view byField = {}; ///< the lookup key when the path names the entity by it
};

/// "service": {"name": "x"} becomes the id of that service; the answer when there is no such one.
std::optional<Response> resolveForeignKeys(const Call& call, const EntityType& type, Object& values)
{
    for (const Field& field : type.schema().fields) {
        const EntityType* target = field.reference.empty() ? nullptr : findEntityType(field.reference);
        Value* given = target ? values.find(field.name) : nullptr;
        const std::string* name = given && !given->find("id") ? given->findString(target->lookupKey) : nullptr;
        if (!name)
            continue;
        const Entity* found = call.entities().findByName(target->name, *name);
        if (!found) {
            const std::string text = "the foreign key cannot be resolved with '" + toLuaText(*given) +
                                     "' for an existing '" + field.reference + "' entity";
            return failure(ErrorKind::ForeignKeysUnresolved,
                           "foreign key unresolved (" + field.name + "." + std::string(target->lookupKey) + ": " +
                               text + ")",
                           Object{{field.name, Object{{std::string(target->lookupKey), text}}}});
        }
        *given = Object{{"id", found->id}};
    }
    return std::nullopt;
}

/// Whether the password stays the digest that it is.
bool isKept(const Entity& current, const Object& fields)
{
    const Value* before = current.fields.find("password");
    const Value* after = fields.find("password");
    return before && after && *before == *after;
}

/// Writes what has passed all checks and shows it.
Response store(Call call, const Subject& subject, Object fields, const Entity* current, int status)
{
    if (!call.context.writes)
        return unsupported(subject.verb, subject.type.name, subject.byField);
    declarative::completeFields(subject.type, fields);
    const auto names = takeServerNames(subject.type, fields);
    if (auto conflict = findConflict(call, subject.type, fields, current))
        return std::move(*conflict);
    const std::string id = *fields.find("id")->asString();
    if (auto conflict = findNameConflict(call, names, id))
        return std::move(*conflict);
    if (subject.type.transform && (!current || !isKept(*current, fields)))
        subject.type.transform(fields);
    Draft draft(call);
    draft.put(subject.type, std::move(fields));
    writeServerNames(call, names, id, draft);
    if (auto refusal = draft.commit(call))
        return std::move(*refusal);
    return json(status, shown(*call.entities().find(subject.type.name, id), call.entities()));
}

/// Whether what is given of a plugin says something of these fields.
bool names(const EntityType& type, const Object& values, std::initializer_list<std::string_view> fields)
{
    const auto isGiven = [&](std::string_view field) { return values.contains(field); };
    return type.name == "plugins" && std::ranges::any_of(fields, isGiven);
}

/// The whole of POST and PUT. `fixed` are fields that the path decides.
Response insert(const Call& call, const Subject& subject, const Object& fixed, const Entity* current, int status)
{
    auto body = readArguments(call.request);
    if (auto* answer = std::get_if<Response>(&body))
        return std::move(*answer);
    Arguments arguments = std::get<Arguments>(std::move(body));
    for (const auto& [name, value] : fixed)
        arguments.values.set(name, value);
    if (auto unresolved = resolveForeignKeys(call, subject.type, arguments.values))
        return std::move(*unresolved);
    const bool namesProtocols = names(subject.type, arguments.values, {"protocols"});
    Input input = prepareInsert(call, subject.type, std::move(arguments));
    if (auto conflict = namesProtocols ? findProtocolConflict(call, input.fields) : std::nullopt)
        return std::move(*conflict);
    if (!input.errors.empty())
        return schemaViolation(input.errors);
    return store(call, subject, std::move(input.fields), current, status);
}

Response update(const Call& call, const Subject& subject, const Entity& current, const Object& fixed = {})
{
    auto body = readArguments(call.request);
    if (auto* answer = std::get_if<Response>(&body))
        return std::move(*answer);
    Arguments arguments = std::get<Arguments>(std::move(body));
    for (const auto& [name, value] : fixed)
        arguments.values.set(name, value);
    if (auto unresolved = resolveForeignKeys(call, subject.type, arguments.values))
        return std::move(*unresolved);
    const bool movesPlugin = names(subject.type, arguments.values, {"protocols", "route", "service"});
    Input input = prepareUpdate(call, current, std::move(arguments));
    if (auto conflict = movesPlugin ? findProtocolConflict(call, input.fields) : std::nullopt)
        return std::move(*conflict);
    if (!input.errors.empty())
        return schemaViolation(input.errors);
    return store(call, subject, std::move(input.fields), &current, 200);
}

Response erase(Call call, const Subject& subject, const Entity& entity)
{
    if (!call.context.writes)
        return unsupported(subject.verb, subject.type.name, subject.byField);
    if (auto use = findUse(call, entity))
        return std::move(*use);
    Draft draft(call);
    removeWithDependents(call, entity, draft);
    if (auto refusal = draft.commit(call))
        return std::move(*refusal);
    return empty(204);
}

/// By which field the path names an entity; empty for an id.
std::string_view namingField(const EntityType& type, std::string_view key)
{
    return isUuid(key) ? std::string_view() : type.lookupKey;
}

/// Creates or replaces the entity that the path names by id or lookup key.
Response upsert(const Call& call, const EntityType& type, const std::string& key, const Entity* current, Object fixed)
{
    const std::string_view field = namingField(type, key);
    fixed.set("id", current ? current->id : isUuid(key) ? key : randomUuid());
    if (!field.empty())
        fixed.set(field, key);
    return insert(call, {type, "create or update", field}, fixed, current, 200);
}

Object belongingTo(const Field& field, const Entity& parent)
{
    return {{field.name, Object{{"id", parent.id}}}};
}

} // namespace

Response createEntity(const Call& call, const EntityType& type)
{
    return insert(call, {type, "create"}, {}, nullptr, 201);
}

Response putEntity(const Call& call, const EntityType& type)
{
    const std::string& key = call.segments[1];
    Found found = findEntity(call, type, key);
    if (auto* answer = std::get_if<Response>(&found); answer && type.name != "certificates")
        return std::move(*answer);
    const Entity* const* current = std::get_if<const Entity*>(&found);
    return upsert(call, type, key, current ? *current : nullptr, {});
}

Response patchEntity(const Call& call, const EntityType& type)
{
    const std::string& key = call.segments[1];
    Found found = findEntity(call, type, key);
    if (auto* answer = std::get_if<Response>(&found))
        return std::move(*answer);
    const std::string_view field = namingField(type, key);
    const Entity* current = std::get<const Entity*>(found);
    if (!current)
        return missingEntity(field.empty() ? "id" : field, key);
    return update(call, {type, "update", field}, *current);
}

Response deleteEntity(const Call& call, const EntityType& type)
{
    const std::string& key = call.segments[1];
    Found found = findEntity(call, type, key);
    if (auto* answer = std::get_if<Response>(&found))
        return std::move(*answer);
    const Entity* entity = std::get<const Entity*>(found);
    return entity ? erase(call, {type, "remove", namingField(type, key)}, *entity) : empty(204);
}

Response createNested(const Call& call, const Belonging& belonging)
{
    Family family = findFamily(call, belonging);
    if (family.answer)
        return std::move(*family.answer);
    if (!family.parent)
        return notFound();
    return insert(call, {*belonging.child, "create"}, belongingTo(*belonging.field, *family.parent), nullptr, 201);
}

Response putNested(const Call& call, const Belonging& belonging)
{
    if (belonging.child->name == "targets") // a target is never made this way
        return patchNested(call, belonging);
    Family family = findFamily(call, belonging);
    if (family.answer)
        return std::move(*family.answer);
    if (!family.parent)
        return notFound();
    return upsert(call, *belonging.child, call.segments[3], family.child,
                  belongingTo(*belonging.field, *family.parent));
}

Response patchNested(const Call& call, const Belonging& belonging)
{
    Family family = findFamily(call, belonging);
    if (family.answer)
        return std::move(*family.answer);
    if (!family.child)
        return notFound();
    return update(call, {*belonging.child, "update"}, *family.child, belongingTo(*belonging.field, *family.parent));
}

Response deleteNested(const Call& call, const Belonging& belonging)
{
    Family family = findFamily(call, belonging);
    if (family.answer)
        return std::move(*family.answer);
    return family.child ? erase(call, {*belonging.child, "remove"}, *family.child) : notFound();
}

namespace {

/// The entity that the path names and what its field refers to; null where there is none.
struct Referred
{
    const Entity* entity = nullptr;
    const Entity* target = nullptr;
    std::optional<Response> answer = {};
};

Referred findReferred(const Call& call, const EntityType& type, const Field& field)
{
    Found found = findEntity(call, type, call.segments[1]);
    if (auto* answer = std::get_if<Response>(&found))
        return {nullptr, nullptr, std::move(*answer)};
    const Entity* entity = std::get<const Entity*>(found);
    if (!entity)
        return {nullptr, nullptr, notFound()};
    return {entity, call.entities().find(field.reference, entity->reference(field.name))};
}

/// Makes the new target and lets the entity refer to it.
Response createReferred(const Call& call, const Entity& entity, const Field& field, const EntityType& target)
{
    const std::string id = randomUuid();
    Call made = call;
    Response response = insert(made, {target, "create or update"}, {{"id", id}}, nullptr, 200);
    if (response.head.status != 200)
        return response;
    made.snapshot = call.context.snapshot();
    Object fields = made.entities().find(entity.type->name, entity.id)->fields;
    fields.set(field.name, Object{{"id", id}});
    Draft draft(made);
    draft.put(*entity.type, std::move(fields));
    auto refusal = draft.commit(made);
    return refusal ? std::move(*refusal) : std::move(response);
}

} // namespace

Response putReferred(const Call& call, const EntityType& type, const Field& field)
{
    Referred referred = findReferred(call, type, field);
    if (referred.answer)
        return std::move(*referred.answer);
    const EntityType& target = *findEntityType(field.reference);
    if (!referred.target)
        return createReferred(call, *referred.entity, field, target);
    return upsert(call, target, referred.target->id, referred.target, {});
}

Response patchReferred(const Call& call, const EntityType& type, const Field& field)
{
    Referred referred = findReferred(call, type, field);
    if (referred.answer)
        return std::move(*referred.answer);
    if (!referred.target)
        return notFound();
    return update(call, {*referred.target->type, "update"}, *referred.target);
}

Response deleteReferred(const Call& call, const EntityType& type, const Field& field)
{
    Referred referred = findReferred(call, type, field);
    if (referred.answer)
        return std::move(*referred.answer);
    return referred.target ? methodNotAllowed() : notFound();
}

} // namespace claimsmith::gateway::admin
