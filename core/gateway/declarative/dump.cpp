// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/declarative/dump.h"

#include "gateway/entities.h"

namespace claimsmith::gateway::declarative {

using document::Array;
using document::Object;
using document::Value;

namespace {

Object dumpEntity(const Entity& entity)
{
    Object fields = entity.fields;
    for (const Field& field : entity.type->schema().fields)
        if (const auto id = entity.reference(field.name); field.type == FieldType::Foreign && !id.empty())
            fields.set(field.name, id);
    return fields;
}

} // namespace

Object dumpEntities(const Entities& entities)
{
    Object document{{"_format_version", "3.0"}, {"_transform", false}};
    for (const EntityType* type : entityTypes()) {
        Array list;
        for (const auto& entity : entities.all(type->name))
            list.push_back(dumpEntity(*entity));
        if (!list.empty())
            document.append(std::string(type->name), std::move(list));
    }
    return document;
}

} // namespace claimsmith::gateway::declarative
