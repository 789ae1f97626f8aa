// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/admin/endpoints.h"
#include "gateway/admin/reading.h"
#include "gateway/admin/responses.h"
#include "gateway/admin/writing.h"

namespace claimsmith::gateway::admin {
namespace {

using http::Response;

/// Kong knows these paths and answers that there is nothing.
Response deny(const Call&)
{
    return notFound();
}

std::vector<Endpoint::Method> denied(std::initializer_list<std::string_view> names)
{
    std::vector<Endpoint::Method> methods;
    for (const std::string_view name : names)
        methods.push_back({name, deny});
    return methods;
}

void addCollection(std::vector<Endpoint>& list, const EntityType& type)
{
    const std::string path = "/" + std::string(pathOf(type));
    const std::string one = path + "/{" + std::string(type.name) + "}";
    if (type.name == "targets") {
        list.push_back({path, denied({"GET", "POST"})});
        list.push_back({one, denied({"GET", "PUT", "PATCH", "DELETE"})});
        return;
    }
    list.push_back({path,
                    {{"GET", [&type](const Call& call) { return readCollection(call, type); }},
                     {"POST", [&type](const Call& call) { return createEntity(call, type); }}}});
    list.push_back({one,
                    {{"GET", [&type](const Call& call) { return readEntity(call, type); }},
                     {"PUT", [&type](const Call& call) { return putEntity(call, type); }},
                     {"PATCH", [&type](const Call& call) { return patchEntity(call, type); }},
                     {"DELETE", [&type](const Call& call) { return deleteEntity(call, type); }}}});
}

/// From the child to what it belongs to.
void addReferred(std::vector<Endpoint>& list, const EntityType& type, const Field& field)
{
    const std::string path = "/" + std::string(pathOf(type)) + "/{" + std::string(type.name) + "}/" + field.name;
    if (type.name == "targets" || type.name == "snis") {
        list.push_back({path, denied({"GET", "PUT", "PATCH", "DELETE"})});
        return;
    }
    list.push_back({path,
                    {{"GET", [&type, &field](const Call& call) { return readReferred(call, type, field); }},
                     {"PUT", [&type, &field](const Call& call) { return putReferred(call, type, field); }},
                     {"PATCH", [&type, &field](const Call& call) { return patchReferred(call, type, field); }},
                     {"DELETE", [&type, &field](const Call& call) { return deleteReferred(call, type, field); }}}});
}

/// From the parent to what belongs to it.
void addNested(std::vector<Endpoint>& list, const Belonging& b)
{
    const std::string path = "/" + std::string(pathOf(*b.parent)) + "/{" + std::string(b.parent->name) + "}/" +
                             std::string(nestedPathOf(*b.child));
    list.push_back({path,
                    {{"GET", [b](const Call& call) { return readNestedCollection(call, b); }},
                     {"POST", [b](const Call& call) { return createNested(call, b); }}}});
    list.push_back({path + "/{" + std::string(b.child->name) + "}",
                    {{"GET", [b](const Call& call) { return readNestedEntity(call, b); }},
                     {"PUT", [b](const Call& call) { return putNested(call, b); }},
                     {"PATCH", [b](const Call& call) { return patchNested(call, b); }},
                     {"DELETE", [b](const Call& call) { return deleteNested(call, b); }}}});
    if (b.child->name == "targets")
        list.push_back({path + "/all", {{"GET", [b](const Call& call) { return readNestedCollection(call, b); }}}});
}

} // namespace

void addEntityEndpoints(std::vector<Endpoint>& list, Edition edition)
{
    for (const EntityType* type : entityTypes()) {
        if (!type->isKnownTo(edition) || type->isRelation)
            continue;
        addCollection(list, *type);
        for (const Field& field : type->schema().fields) {
            const EntityType* parent = field.reference.empty() ? nullptr : findEntityType(field.reference);
            if (!parent || !parent->isKnownTo(edition))
                continue;
            addReferred(list, *type, field);
            addNested(list, {parent, type, &field});
        }
    }
}

} // namespace claimsmith::gateway::admin
