// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/admin/input.h"

#include "base/random.h"
#include "gateway/declarative/item.h"
#include "gateway/plugins/all.h"
#include "gateway/validationparts.h"

#include <algorithm>

namespace claimsmith::gateway::admin {

using document::Object;
using document::Value;

namespace {

/// The schema of a plugin by its name; null, with an error, when it can't be known.
const Schema* schemaByName(const Call& call, const Value* name, SchemaErrors& errors)
{
    if (!name || name->isNull()) {
        errors.set("name", "required field missing");
        return nullptr;
    }
    if (!name->asString()) {
        errors.set("name", "expected a string");
        return nullptr;
    }
    const PluginDescriptor* plugin = findPlugin(*name->asString(), call.snapshot->edition());
    if (!plugin)
        errors.set("name", declarative::notEnabled(*name->asString()));
    return plugin ? &entitySchemaOf(*plugin, call.snapshot->edition()) : nullptr;
}

const Schema* schemaOf(const Call& call, const EntityType& type, const Value* pluginName, SchemaErrors& errors)
{
    return type.name == "plugins" ? schemaByName(call, pluginName, errors) : &type.schemaIn(call.snapshot->edition());
}

void makeAutomaticValues(const EntityType& type, const Schema& schema, Object& fields)
{
    for (const Field& field : schema.fields) {
        const Value* given = fields.find(field.name);
        if (!field.automatic || (given && !(field.isTime && given->isNull())))
            continue;
        if (field.isTime)
            fields.set(field.name, timeFor(type));
        else
            fields.set(field.name, field.format == Format::Uuid ? randomUuid() : randomAlphanumeric(32));
    }
    if (const Field* updated = schema.find("updated_at"))
        fields.set(updated->name, timeFor(type));
}

/// Old and short forms of what is given; the error of one that can't be taken stays behind.
void expand(const EntityType& type, const Schema& schema, Object& values, SchemaErrors& errors)
{
    if (const Value* url = values.find("url"); type.name == "services" && url && !url->isNull() && !url->asString())
        errors.set("url", "expected a string");
    declarative::expandShorthands(type, values);
    values = moveOldNames(schema.fields, std::move(values));
}

/// `top` over `bottom`: records member by member, everything else as a whole.
Object merged(const std::vector<Field>& fields, Object bottom, const Object& top)
{
    for (const auto& [name, value] : top) {
        const auto field = std::ranges::find(fields, name, &Field::name);
        Value* current = bottom.find(name);
        const bool isDeep = field != fields.end() && field->type == FieldType::Record && value.asObject() && current &&
                            current->asObject();
        bottom.set(name, isDeep ? Value(merged(field->fields, *current->asObject(), *value.asObject())) : value);
    }
    return bottom;
}

void check(Input& input)
{
    for (auto& [name, error] : validate(*input.schema, input.fields, ForeignForm::Object))
        input.errors.set(name, std::move(error));
}

} // namespace

Value timeFor(const EntityType& type)
{
    const auto now = std::chrono::floor<std::chrono::milliseconds>(systemClock().now()).time_since_epoch().count();
    return type.name == "targets" ? Value(static_cast<double>(now) / 1000.0) : Value(now / 1000);
}

Input prepareInsert(const Call& call, const EntityType& type, Arguments arguments)
{
    Input input;
    Object values = std::move(arguments.values);
    input.schema = schemaOf(call, type, values.find("name"), input.errors);
    if (!input.schema)
        return input;
    if (!arguments.isTyped)
        values = inferTypes(input.schema->fields, std::move(values));
    expand(type, *input.schema, values, input.errors);
    makeAutomaticValues(type, *input.schema, values);
    input.fields = withDefaults(input.schema->fields, std::move(values));
    check(input);
    return input;
}

Input prepareUpdate(const Call& call, const Entity& current, Arguments arguments)
{
    Input input;
    Object values = std::move(arguments.values);
    const Value* name = values.contains("name") ? values.find("name") : current.fields.find("name");
    input.schema = schemaOf(call, *current.type, name, input.errors);
    if (!input.schema)
        return input;
    if (!arguments.isTyped)
        values = inferTypes(input.schema->fields, std::move(values));
    expand(*current.type, *input.schema, values, input.errors);
    if (const Field* updated = input.schema->find("updated_at"))
        values.set(updated->name, timeFor(*current.type));
    input.fields = withDefaults(input.schema->fields, merged(input.schema->fields, current.fields, values));
    check(input);
    return input;
}

} // namespace claimsmith::gateway::admin
