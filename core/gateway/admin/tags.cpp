// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/admin/endpoints.h"
#include "gateway/admin/responses.h"
#include "gateway/fieldrules.h"

namespace claimsmith::gateway::admin {

using document::Array;
using document::Object;
using document::Value;
using http::Response;

namespace {

/// One row for each tag of each entity; of one tag when it is told.
Response listTags(const Call& call, const std::string* wanted)
{
    Array data;
    for (const EntityType* type : entityTypes())
        for (const auto& entity : call.entities().all(type->name)) {
            const Value* tags = entity->fields.find("tags");
            if (!tags || !tags->asArray())
                continue;
            for (const Value& tag : *tags->asArray())
                if (tag.asString() && (!wanted || *tag.asString() == *wanted))
                    data.push_back(Object{{"entity_name", type->name}, {"entity_id", entity->id}, {"tag", tag}});
        }
    return json(200, Object{{"data", std::move(data)}, {"next", nullptr}});
}

Response readAllTags(const Call& call)
{
    return listTags(call, nullptr);
}

Response readTag(const Call& call)
{
    const Value tag(call.segments.back());
    if (auto error = checkTag(tag))
        return schemaViolation({{"tag", std::move(*error)}});
    return listTags(call, tag.asString());
}

} // namespace

void addTagEndpoints(std::vector<Endpoint>& list)
{
    list.push_back({"/tags", {{"GET", readAllTags}}});
    list.push_back({"/tags/{tags}", {{"GET", readTag}}});
}

} // namespace claimsmith::gateway::admin
