// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/admin/endpoints.h"
#include "gateway/admin/input.h"
#include "gateway/admin/responses.h"
#include "gateway/entities/entityschemas.h"
#include "gateway/plugins/all.h"
#include "gateway/schemajson.h"

#include <algorithm>

namespace claimsmith::gateway::admin {

using document::Array;
using document::Object;
using document::Value;
using http::Response;

namespace {

Response unknown(std::string_view kind, std::string_view name)
{
    return message(404, "No " + std::string(kind) + " named '" + std::string(name) + "'");
}

const EntityType* findType(const Call& call, std::string_view name)
{
    const EntityType* type = findEntityType(name);
    return type && type->isKnownTo(call.snapshot->edition()) ? type : nullptr;
}

/// Kong notes a minimum length at a text field that it has looked at, and shows it from then on.
void noteMinimumLength(Object& schema, std::string_view field)
{
    for (Value& entry : *schema.find("fields")->asArray())
        if (Value* found = entry.asObject()->find(field))
            found->asObject()->set("len_min", 1);
}

Response showEntitySchema(const Call& call)
{
    const std::string& name = call.segments[1];
    const EntityType* type = findType(call, name);
    const Schema* schema = type ? &type->schemaIn(call.snapshot->edition()) : findInternalSchema(name);
    if (!schema)
        return unknown("entity", name);
    Object body = schemaToJson(*schema);
    if (call.snapshot->conduct() == Conduct::Kong && call.memory.soughtById.contains(name))
        noteMinimumLength(body, "id");
    return json(200, body);
}

const PluginDescriptor* knownPlugin(const Call& call, std::string_view name)
{
    return findPlugin(name, call.snapshot->edition());
}

Response showPluginSchema(const Call& call)
{
    const PluginDescriptor* plugin = knownPlugin(call, call.segments[2]);
    return plugin ? json(200, schemaToJson(pluginSchemaOf(*plugin, call.snapshot->edition())))
                  : unknown("plugin", call.segments[2]);
}

/// The older form: of the configuration alone.
Response showConfigSchema(const Call& call)
{
    const PluginDescriptor* plugin = knownPlugin(call, call.segments[2]);
    const Field* config = plugin ? pluginSchemaOf(*plugin, call.snapshot->edition()).find("config") : nullptr;
    if (!config)
        return unknown("plugin", call.segments[2]);
    return json(200,
                schemaToJson({config->fields, config->rules ? config->rules->checks : std::vector<EntityCheck>()}));
}

Response showVaultSchema(const Call& call)
{
    const Field* config = call.segments[2] == "env" ? vaultSchema().find("config") : nullptr;
    if (!config)
        return unknown("vault", call.segments[2]);
    Field shown = *config;
    shown.annotations.clear();
    return json(200, schemaToJson({{std::move(shown)}, {}}));
}

Response validateEntity(const Call& call)
{
    const std::string& name = call.segments[1];
    const EntityType* type = findType(call, name);
    if (!type)
        return unknown("entity", name);
    auto arguments = readArguments(call.request);
    if (auto* answer = std::get_if<Response>(&arguments))
        return std::move(*answer);
    const Input input = prepareInsert(call, *type, std::move(std::get<Arguments>(arguments)));
    return input.errors.empty() ? message(200, "schema validation successful") : schemaViolation(input.errors);
}

} // namespace

void addSchemaEndpoints(std::vector<Endpoint>& list)
{
    list.push_back({"/schemas/{name}", {{"GET", showEntitySchema}}});
    list.push_back({"/schemas/{db_entity_name}/validate", {{"POST", validateEntity}}});
    list.push_back({"/schemas/plugins/{name}", {{"GET", showPluginSchema}}});
    list.push_back({"/schemas/plugins/validate", {{"POST", validateEntity}}});
    list.push_back({"/schemas/vaults/{name}", {{"GET", showVaultSchema}}});
    list.push_back({"/schemas/vaults/validate", {{"POST", validateEntity}}});
    list.push_back({"/plugins/schema/{name}", {{"GET", showConfigSchema}}});
}

} // namespace claimsmith::gateway::admin
