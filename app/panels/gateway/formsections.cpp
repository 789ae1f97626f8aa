// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/gateway/formsections.h"

#include "gateway/entities.h"
#include "gateway/schema.h"
#include "panels/gateway/gatewaytr.h"

#include <algorithm>
#include <array>

namespace claimsmith::app {
namespace {

using gateway::Field;

template <std::size_t Size>
bool isOneOf(std::string_view name, const std::array<std::string_view, Size>& names)
{
    return std::ranges::find(names, name) != names.end();
}

constexpr std::array<std::string_view, 3> automatic{"id", "created_at", "updated_at"};
constexpr std::array<std::string_view, 4> namesOfUrl{"protocol", "host", "port", "path"};
constexpr std::array<std::string_view, 9> first{"name",  "username", "custom_id", "url",      "paths",
                                                "hosts", "methods",  "key",       "algorithm"};
constexpr std::array<std::string_view, 2> last{"instance_name", "tags"};

/// A nested entity belongs to what it stands in: "/services/0/routes/1" has a service.
bool followsFromPlace(const OutlineEntity& entity, const Field& field, const document::Value& value)
{
    if (field.type != gateway::FieldType::Foreign || value.find(field.name))
        return false;
    const auto tokens = document::splitPointer(entity.pointer);
    return tokens.size() > 2 && tokens[tokens.size() - 4] == field.reference;
}

bool isShown(const OutlineEntity& entity, const Field& field, const document::Value& value)
{
    const bool written = value.find(field.name) != nullptr;
    if (field.name == "id")
        return written;
    if (field.mustBeNull || field.name == "config" || field.name == "enabled" || isOneOf(field.name, automatic))
        return written && field.mustBeNull;
    if (entity.type->name == "plugins" && field.name == "name")
        return false;
    if (value.find("url") && isOneOf(field.name, namesOfUrl))
        return written;
    return !followsFromPlace(entity, field, value);
}

template <std::size_t Size>
std::size_t positionIn(std::string_view name, const std::array<std::string_view, Size>& names)
{
    return static_cast<std::size_t>(std::ranges::find(names, name) - names.begin());
}

/// Sorts by use and keeps the schema's order among the rest.
std::size_t rank(const Field& field)
{
    if (isOneOf(field.name, last))
        return first.size() + 1 + positionIn(field.name, last);
    return positionIn(field.name, first);
}

/// Plugins list their settings in no order that a reader could use, so forms group them by kind: what always has a
/// value, choices, numbers, lists, what may be empty, references, switches, groups.
int kindRank(const Field& field)
{
    using Type = gateway::FieldType;
    switch (field.type) {
    case Type::String:
        if (field.format == gateway::Format::ConsumerName)
            return 5;
        return field.required || field.fallback ? 0 : 4;
    case Type::Integer:
    case Type::Number:
        return 2;
    case Type::Array:
    case Type::Set:
        return field.elements && !field.elements->choices.empty() ? 1 : 3;
    case Type::Foreign:
        return 5;
    case Type::Boolean:
        return 6;
    case Type::Map:
    case Type::Record:
        return 7;
    }
    return 7;
}

} // namespace

std::vector<SchemaFormSection> formSections(const OutlineEntity& entity, const document::Value& value)
{
    const gateway::Schema* schema = schemaOf(*entity.type, value);
    if (!schema)
        return {};
    SchemaFormSection own{{}, {}, {}};
    for (const Field& field : schema->fields) {
        if (isShown(entity, field, value))
            own.fields.push_back(&field);
    }
    std::ranges::stable_sort(own.fields, {}, [](const Field* field) { return rank(*field); });
    const Field* config = schema->find("config");
    if (!config)
        return {own};
    SchemaFormSection settings{{}, "/config", {}};
    for (const Field& field : config->fields)
        settings.fields.push_back(&field);
    std::ranges::stable_sort(settings.fields, {}, [](const Field* field) { return kindRank(*field); });
    own.title = GatewayTr::tr("When it runs");
    return {settings, own};
}

} // namespace claimsmith::app
