// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/admin/reading.h"

#include "base/random.h"
#include "gateway/admin/responses.h"
#include "gateway/validationparts.h"

#include <algorithm>

namespace claimsmith::gateway::admin {

using document::Array;
using document::Object;
using document::Value;
using http::Response;

namespace {

/// A certificate is also found by a server name that it is shown for.
Found findBySni(const Call& call, std::string_view name)
{
    const Entity* sni = call.entities().findByName("snis", name);
    if (!sni)
        return message(404, "SNI not found");
    return call.entities().find("certificates", sni->reference("certificate"));
}

/// Kong's acl answers for a group that is not there, with a request id.
Response missingGroup()
{
    std::string id = randomUuid();
    std::erase(id, '-');
    return json(404, Object{{"message", "Not found"}, {"request_id", id}});
}

/// A consumer group is shown with its members, unless the query says `list_consumers=false`.
Object withMembers(const Call& call, const Entity& group, Object fields)
{
    Object body{{"consumer_group", std::move(fields)}};
    Array members;
    if (call.argument("list_consumers") != "false")
        for (const Entity* member : membersOf(call, group))
            members.push_back(shown(*member, call.entities()));
    if (!members.empty())
        body.set("consumers", std::move(members));
    return body;
}

/// By the field that names it among its siblings, where it has no lookup key: "group", "target".
const Entity* findSibling(const Rows& siblings, std::string_view field, std::string_view key)
{
    const auto found = std::ranges::find(siblings, key, [&](const Entity* entity) { return entity->text(field); });
    return found == siblings.end() ? nullptr : *found;
}

Rows childrenOf(const Call& call, const Belonging& belonging, const Entity& parent)
{
    Rows rows = call.entities().referringTo(belonging.child->name, belonging.field->name, parent.id);
    std::ranges::sort(rows, {}, &Entity::id);
    return rows;
}

Found findChild(const Call& call, const Belonging& belonging, const Entity& parent, std::string_view key)
{
    if (isUuid(key) || (belonging.child->name != "acls" && belonging.child->name != "targets"))
        return findEntity(call, *belonging.child, key);
    const Rows siblings = childrenOf(call, belonging, parent);
    if (belonging.child->name == "targets")
        return findSibling(currentTargets(siblings), "target", key);
    const Entity* group = findSibling(siblings, "group", key);
    return group ? Found(group) : Found(missingGroup());
}

} // namespace

std::string_view pathOf(const EntityType& type) noexcept
{
    return type.path.empty() ? type.name : type.path;
}

std::string_view nestedPathOf(const EntityType& type) noexcept
{
    return type.nestedPath.empty() ? pathOf(type) : type.nestedPath;
}

Rows currentTargets(Rows targets)
{
    const auto time = [](const Entity* target) {
        const Value* created = target->fields.find("created_at");
        return created && created->asNumber() ? created->asNumber()->toDouble() : 0;
    };
    std::ranges::stable_sort(targets, [&](const Entity* a, const Entity* b) {
        return time(a) != time(b) ? time(a) > time(b) : a->id > b->id;
    });
    Rows current;
    for (const Entity* target : targets)
        if (std::ranges::none_of(current,
                                 [&](const Entity* newer) { return newer->text("target") == target->text("target"); }))
            current.push_back(target);
    return current;
}

Found findEntity(const Call& call, const EntityType& type, std::string_view key)
{
    if (isUuid(key)) {
        call.memory.soughtById.insert(type.name);
        return call.entities().find(type.name, key);
    }
    if (type.name == "certificates")
        return findBySni(call, key);
    const Field* field = type.schema().find(type.lookupKey);
    if (!field)
        return invalidPrimaryKey();
    if (const auto error = validation::fieldError(*field, Value(key), ForeignForm::Object))
        return invalidUnique(type.lookupKey, validation::scalarText(*error));
    return call.entities().findByName(type.name, key);
}

Rows membersOf(const Call& call, const Entity& group)
{
    Rows members;
    for (const Entity* row : call.entities().referringTo("consumer_group_consumers", "consumer_group", group.id))
        members.push_back(call.entities().find("consumers", row->reference("consumer")));
    std::ranges::sort(members, {}, &Entity::id);
    return members;
}

Family findFamily(const Call& call, const Belonging& belonging)
{
    Found parent = findEntity(call, *belonging.parent, call.segments[1]);
    if (auto* answer = std::get_if<Response>(&parent))
        return {nullptr, nullptr, std::move(*answer)};
    Family family{std::get<const Entity*>(parent)};
    if (!family.parent || call.segments.size() < 4)
        return family;
    Found child = findChild(call, belonging, *family.parent, call.segments[3]);
    if (auto* answer = std::get_if<Response>(&child))
        return {nullptr, nullptr, std::move(*answer)};
    const Entity* found = std::get<const Entity*>(child);
    if (found && found->reference(belonging.field->name) == family.parent->id)
        family.child = found;
    return family;
}

Response readCollection(const Call& call, const EntityType& type)
{
    const auto customId = type.name == "consumers" ? call.argument("custom_id") : std::nullopt;
    if (!customId)
        return listCollection(call, sortedRows(call.entities(), type.name));
    if (customId->empty())
        return message(400, "custom_id must be an unempty string");
    Rows rows;
    for (const auto& consumer : call.entities().all(type.name))
        if (consumer->text("custom_id") == *customId)
            rows.push_back(consumer.get());
    return listNested(call, rows);
}

Response readEntity(const Call& call, const EntityType& type)
{
    Found found = findEntity(call, type, call.segments[1]);
    if (auto* answer = std::get_if<Response>(&found))
        return std::move(*answer);
    const Entity* entity = std::get<const Entity*>(found);
    if (!entity)
        return notFound();
    const Object fields = shown(*entity, call.entities());
    return json(200, type.name == "consumer_groups" ? withMembers(call, *entity, fields) : fields);
}

Response readNestedCollection(const Call& call, const Belonging& belonging)
{
    Family family = findFamily(call, belonging);
    if (family.answer)
        return std::move(*family.answer);
    if (!family.parent)
        return notFound();
    Rows rows = childrenOf(call, belonging, *family.parent);
    const bool hasHistory = belonging.child->name == "targets" && !call.path.ends_with("/all");
    return listNested(call, hasHistory ? currentTargets(std::move(rows)) : rows);
}

Response readNestedEntity(const Call& call, const Belonging& belonging)
{
    Family family = findFamily(call, belonging);
    if (family.answer)
        return std::move(*family.answer);
    return family.child ? json(200, shown(*family.child, call.entities())) : notFound();
}

Response readReferred(const Call& call, const EntityType& type, const Field& field)
{
    Found found = findEntity(call, type, call.segments[1]);
    if (auto* answer = std::get_if<Response>(&found))
        return std::move(*answer);
    const Entity* entity = std::get<const Entity*>(found);
    const Entity* referred = entity ? call.entities().find(field.reference, entity->reference(field.name)) : nullptr;
    if (!referred)
        return notFound();
    Object fields = shown(*referred, call.entities());
    if (fields.contains("snis") && referred->type->name == "certificates")
        fields.set("snis", nullptr); // they are read on the certificate's own paths only
    return json(200, fields);
}

} // namespace claimsmith::gateway::admin
