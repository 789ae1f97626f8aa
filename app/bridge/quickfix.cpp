// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bridge/quickfix.h"

#include "base/text.h"
#include "document/json.h"
#include "gateway/entities.h"
#include "gateway/schema.h"

#include <algorithm>
#include <cmath>

namespace claimsmith::app {
namespace {

using document::Value;
using gateway::Field;
using gateway::FieldType;

/// The field behind a pointer: down the entity's schema, through elements and records. Null for unknown ones.
const Field* fieldAt(const gateway::Schema& schema, const std::vector<std::string>& path)
{
    if (path.empty())
        return nullptr;
    const Field* field = schema.find(path.front());
    for (std::size_t i = 1; field && i < path.size(); ++i)
        field = field->type == FieldType::Record ? field->find(path[i]) : field->elements.get();
    return field;
}

const std::vector<Field>& siblings(const gateway::Schema& schema, const std::vector<std::string>& path)
{
    if (path.size() < 2)
        return schema.fields;
    const Field* holder = fieldAt(schema, {path.begin(), path.end() - 1});
    static const std::vector<Field> none;
    return holder ? holder->fields : none;
}

/// How many letters to add, drop, exchange or swap with their neighbour (optimal string alignment).
std::size_t distance(std::string_view a, std::string_view b)
{
    std::vector<std::vector<std::size_t>> cost(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) {
        for (std::size_t j = 0; j <= b.size(); ++j) {
            if (i == 0 || j == 0) {
                cost[i][j] = i + j;
                continue;
            }
            const bool same = a[i - 1] == b[j - 1];
            cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, cost[i - 1][j - 1] + (same ? 0 : 1)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
    }
    return cost[a.size()][b.size()];
}

/// The candidate that a typing slip would explain: at most a third of the letters differ.
template <class Names>
std::optional<std::string> nearest(std::string_view name, const Names& candidates)
{
    std::optional<std::string> best;
    std::size_t least = name.size() / 3 + 1;
    for (const std::string& candidate : candidates) {
        const std::size_t apart = distance(toLower(name), toLower(candidate));
        if (apart < least) {
            least = apart;
            best = candidate;
        }
    }
    return best;
}

/// "80" where a number belongs, yes where a boolean does, one text where a list does.
std::optional<ConfigEdit> asType(const Field& field, const std::string& pointer, const Value& value)
{
    const std::string* text = value.asString();
    switch (field.type) {
    case FieldType::Integer:
    case FieldType::Number:
        if (auto number = text ? document::parseJson(*text) : Result<Value>(Value());
            number && number.value().asNumber())
            return ConfigEdit::set(pointer, number.value());
        return std::nullopt;
    case FieldType::Boolean: {
        const std::string word = text ? toLower(*text) : std::string();
        if (word == "true" || word == "yes" || word == "on")
            return ConfigEdit::set(pointer, true);
        if (word == "false" || word == "no" || word == "off")
            return ConfigEdit::set(pointer, false);
        return std::nullopt;
    }
    case FieldType::String:
        if (value.asNumber() || value.asBoolean())
            return ConfigEdit::set(pointer, document::toJson(value));
        return std::nullopt;
    case FieldType::Array:
    case FieldType::Set:
        if (field.elements && !value.asObject() && !value.isNull())
            return ConfigEdit::set(pointer, document::Array{value});
        return std::nullopt;
    default:
        return std::nullopt;
    }
}

bool hasType(const Field& field, const Value& value)
{
    switch (field.type) {
    case FieldType::String:
        return value.asString();
    case FieldType::Integer:
        return value.asNumber() && value.asNumber()->toInteger();
    case FieldType::Number:
        return value.asNumber();
    case FieldType::Boolean:
        return value.asBoolean();
    case FieldType::Array:
    case FieldType::Set:
        return value.asArray();
    case FieldType::Map:
    case FieldType::Record:
        return value.asObject();
    case FieldType::Foreign:
        return value.asObject() || value.asString();
    }
    return true;
}

std::optional<ConfigEdit> withinRule(const Field& field, const std::string& pointer, const Value& value)
{
    if (field.between && value.asNumber()) {
        const double clamped = std::clamp(value.asNumber()->toDouble(), field.between->first, field.between->second);
        const bool whole = std::floor(clamped) == clamped;
        return ConfigEdit::set(pointer, whole ? Value(static_cast<std::int64_t>(clamped)) : Value(clamped));
    }
    if (!field.choices.empty() && value.asString()) {
        std::vector<std::string> names;
        for (const Value& choice : field.choices) {
            if (choice.asString())
                names.push_back(*choice.asString());
        }
        if (auto name = nearest(*value.asString(), names))
            return ConfigEdit::set(pointer, *name);
    }
    return std::nullopt;
}

} // namespace

std::optional<ConfigEdit> quickFixFor(const gateway::Problem& problem, const Value& document)
{
    const ConfigOutline outline(document);
    const OutlineEntity* entity = outline.findAt(problem.place.pointer);
    const Value* entityValue = entity ? document.at(entity->pointer) : nullptr;
    const gateway::Schema* schema = entityValue ? schemaOf(*entity->type, *entityValue) : nullptr;
    if (!schema)
        return std::nullopt;

    const std::string& pointer = problem.place.pointer;
    const auto path = document::splitPointer(std::string_view(pointer).substr(entity->pointer.size()));
    const Value* value = document.at(pointer);
    if (path.empty() || !value)
        return std::nullopt;
    if (problem.message == "unknown field") {
        std::vector<std::string> names;
        for (const Field& field : siblings(*schema, path)) {
            if (!field.automatic && !entityValue->at("/" + document::escapePointerToken(field.name)))
                names.push_back(field.name);
        }
        if (auto name = nearest(path.back(), names))
            return ConfigEdit::rename(pointer, *name);
        return ConfigEdit::remove(pointer);
    }
    if (problem.message == "value must be null")
        return ConfigEdit::remove(pointer);
    const Field* field = fieldAt(*schema, path);
    if (!field)
        return std::nullopt;
    return hasType(*field, *value) ? withinRule(*field, pointer, *value) : asType(*field, pointer, *value);
}

} // namespace claimsmith::app
