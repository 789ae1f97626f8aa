// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/schemajson.h"

#include <algorithm>

namespace claimsmith::gateway {

using document::Array;
using document::Object;
using document::Value;

namespace {

const char* typeName(FieldType type) noexcept
{
    switch (type) {
    case FieldType::String:
        return "string";
    case FieldType::Integer:
        return "integer";
    case FieldType::Number:
        return "number";
    case FieldType::Boolean:
        return "boolean";
    case FieldType::Array:
        return "array";
    case FieldType::Set:
        return "set";
    case FieldType::Map:
        return "map";
    case FieldType::Record:
        return "record";
    case FieldType::Foreign:
        return "foreign";
    }
    return "";
}

Array textsToJson(const std::vector<std::string>& texts)
{
    return Array(texts.begin(), texts.end());
}

Array fieldsToJson(const std::vector<Field>& fields)
{
    Array list;
    for (const Field& field : fields)
        if (!field.shorthand)
            list.push_back(Object{{field.name, fieldToJson(field)}});
    return list;
}

Value number(double value)
{
    return Value(document::Number(value));
}

Value number(std::size_t value)
{
    return Value(static_cast<std::int64_t>(value));
}

/// The element of the list under `name`, which is made when there is none.
void addTo(Object& object, std::string_view name, Value element)
{
    Value* list = object.find(name);
    if (!list)
        list = &object.set(name, Array{});
    list->asArray()->push_back(std::move(element));
}

void addPattern(Object& json, const PatternRule& rule)
{
    switch (rule.kind) {
    case PatternRule::Kind::Match:
        json.set("match", rule.patterns.front());
        break;
    case PatternRule::Kind::Any:
        json.set("match_any", Object{{"patterns", textsToJson(rule.patterns)}});
        if (!rule.error.empty())
            json.find("match_any")->asObject()->set("err", rule.error);
        break;
    case PatternRule::Kind::None:
    case PatternRule::Kind::All:
        for (const std::string& pattern : rule.patterns)
            addTo(json, rule.kind == PatternRule::Kind::None ? "match_none" : "match_all",
                  Object{{"pattern", pattern}, {"err", rule.error}});
        break;
    }
}

void addFlags(Object& json, const Field& field)
{
    const std::pair<const char*, bool> flags[] = {
        {"required", field.required}, {"unique", field.unique},
        {"auto", field.automatic},    {"referenceable", field.referenceable},
        {"timestamp", field.isTime},  {"uuid", field.format == Format::Uuid},
        {"is_regex", field.isRegex},  {"transient", field.transient},
    };
    for (const auto& [name, isSet] : flags)
        if (isSet)
            json.set(name, true);
    if (field.cascades)
        json.set("on_delete", "cascade");
}

void addNumbers(Object& json, const Field& field)
{
    if (field.between)
        json.set("between", Array{number(field.between->first), number(field.between->second)});
    if (field.above)
        json.set("gt", number(*field.above));
    if (field.exactLength)
        json.set("len_eq", number(*field.exactLength));
    if (field.minimumLength)
        json.set("len_min", number(*field.minimumLength));
    if (field.maximumLength)
        json.set("len_max", number(*field.maximumLength));
    if (field.allowsEmpty)
        json.set("len_min", 0);
}

void addValues(Object& json, const Field& field)
{
    if (field.fallback)
        json.set("default", *field.fallback);
    if (field.mustBeNull)
        json.set("eq", nullptr);
    if (field.equals)
        json.set("eq", *field.equals);
    if (!field.choices.empty())
        json.set("one_of", Array(field.choices.begin(), field.choices.end()));
    if (!field.exclusions.empty())
        json.set("not_one_of", Array(field.exclusions.begin(), field.exclusions.end()));
    if (field.contained)
        json.set("contains", *field.contained);
    if (!field.prefix.empty())
        json.set("starts_with", field.prefix);
    for (const PatternRule& rule : field.patterns)
        addPattern(json, rule);
    for (const auto& subset : field.exclusiveSubsets)
        addTo(json, "mutually_exclusive_subsets", textsToJson(subset));
}

/// The rules of a field without its type.
Object rulesToJson(const Field& field)
{
    Object json;
    addFlags(json, field);
    addNumbers(json, field);
    addValues(json, field);
    for (const auto& [name, value] : field.annotations)
        json.set(name, value);
    return json;
}

const char* groupName(FieldGroup::Rule rule) noexcept
{
    switch (rule) {
    case FieldGroup::Rule::AtLeastOne:
        return "at_least_one_of";
    case FieldGroup::Rule::ExactlyOne:
        return "only_one_of";
    case FieldGroup::Rule::AllOrNone:
        return "mutually_required";
    case FieldGroup::Rule::AtMostOne:
        return "mutually_exclusive";
    case FieldGroup::Rule::Distinct:
        return "distinct";
    }
    return "";
}

/// What a condition asks for; of elements with their type.
Object conditionToJson(const Field& rules)
{
    Object json = rulesToJson(rules);
    json.remove("len_min");
    if (rules.elements) {
        Object elements = rulesToJson(*rules.elements);
        elements.set("type", typeName(rules.elements->type));
        json.set("elements", std::move(elements));
    }
    return json;
}

struct CheckWriter
{
    Array& list;

    void operator()(const FieldGroup& group) const
    {
        list.push_back(Object{{groupName(group.rule), textsToJson(group.fields)}});
    }

    void operator()(const Conditional& rule) const
    {
        Object json{{"if_field", rule.ifField},
                    {"if_match", conditionToJson(rule.ifMatch)},
                    {"then_field", rule.thenField},
                    {"then_match", conditionToJson(rule.thenMatch)}};
        if (!rule.text.empty())
            json.set("then_err", rule.text);
        list.push_back(Object{{"conditional", std::move(json)}});
    }

    void operator()(const CustomCheck& rule) const
    {
        if (!rule.isPrinted)
            return;
        Object json{{"field_sources", textsToJson(rule.fields)}};
        if (rule.runsWithMissingFields)
            json.set("run_with_missing_fields", true);
        if (rule.runsWithInvalidFields)
            json.set("run_with_invalid_fields", true);
        list.push_back(Object{{"custom_entity_check", std::move(json)}});
    }
};

Array checksToJson(const std::vector<EntityCheck>& checks)
{
    Array list;
    for (const EntityCheck& check : checks)
        std::visit(CheckWriter{list}, check);
    return list;
}

Object shorthandToJson(const Field& shorthand)
{
    Object json = fieldToJson(shorthand);
    Object deprecation{{"removal_in_version", "4.0"}};
    if (!shorthand.replacedBy.empty())
        deprecation.set("replaced_with", Array{Object{{"path", textsToJson(shorthand.replacedBy)}}});
    deprecation.set("message", shorthand.deprecation);
    json.set("deprecation", std::move(deprecation));
    return json;
}

} // namespace

Object fieldToJson(const Field& field)
{
    Object json{{"type", typeName(field.type)}};
    if (!field.description.empty())
        json.set("description", field.description);
    for (auto& [name, value] : rulesToJson(field))
        json.set(name, std::move(value));
    if (!field.reference.empty())
        json.set("reference", field.reference);
    if (field.keys)
        json.set("keys", fieldToJson(*field.keys));
    if (field.elements)
        json.set(field.type == FieldType::Map ? "values" : "elements", fieldToJson(*field.elements));
    if (field.type == FieldType::Record &&
        std::ranges::none_of(field.annotations, [](const auto& annotation) { return annotation.first == "abstract"; }))
        json.set("fields", fieldsToJson(field.fields));
    for (const Field& shorthand : field.shorthands)
        addTo(json, "shorthand_fields", Object{{shorthand.name, shorthandToJson(shorthand)}});
    if (field.rules)
        json.set("entity_checks", checksToJson(field.rules->checks));
    return json;
}

Object schemaToJson(const Schema& schema)
{
    return Object{{"fields", fieldsToJson(schema.fields)}, {"entity_checks", checksToJson(schema.checks)}};
}

} // namespace claimsmith::gateway
