// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/validation.h"

#include "base/random.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace claimsmith::gateway {

using document::Array;
using document::Object;
using document::Value;

namespace {

using MaybeError = std::optional<Value>;

MaybeError text(std::string message)
{
    return Value(std::move(message));
}

/// A number as Kong prints it: whole numbers without a fraction.
std::string numberText(double number)
{
    return document::Number(number).text();
}

std::string scalarText(const Value& value)
{
    if (const auto* string = value.asString())
        return *string;
    if (const auto* number = value.asNumber())
        return number->text();
    if (const auto* boolean = value.asBoolean())
        return *boolean ? "true" : "false";
    return "null";
}

bool isVaultReference(const Value& value) noexcept
{
    const auto* string = value.asString();
    return string && string->starts_with("{vault://") && string->ends_with("}");
}

/// Lua has one table type: an empty object is an empty list too.
bool isList(const Value& value) noexcept
{
    return value.asArray() || (value.asObject() && value.asObject()->empty());
}

bool isTable(const Value& value) noexcept
{
    return value.asObject() || value.asArray();
}

const char* typeError(const Field& field, const Value& value) noexcept
{
    switch (field.type) {
    case FieldType::String:
        return value.asString() ? nullptr : "expected a string";
    case FieldType::Integer: {
        const auto* number = value.asNumber();
        return number && std::isfinite(number->toDouble()) && std::trunc(number->toDouble()) == number->toDouble()
                   ? nullptr
                   : "expected an integer";
    }
    case FieldType::Number:
        return value.asNumber() ? nullptr : "expected a number";
    case FieldType::Boolean:
        return value.asBoolean() ? nullptr : "expected a boolean";
    case FieldType::Array:
        return isList(value) ? nullptr : "expected an array";
    case FieldType::Set:
        return isList(value) ? nullptr : "expected a set";
    case FieldType::Map:
        return isTable(value) ? nullptr : "expected a map";
    case FieldType::Record:
        return isTable(value) ? nullptr : "expected a record";
    case FieldType::Foreign:
        return nullptr;
    }
    return nullptr;
}

std::optional<std::size_t> lengthOf(const Value& value) noexcept
{
    if (const auto* string = value.asString())
        return string->size();
    if (const auto* array = value.asArray())
        return array->size();
    if (const auto* object = value.asObject())
        return object->size();
    return std::nullopt;
}

/// Equal as Lua compares: numbers by value.
bool sameScalar(const Value& a, const Value& b) noexcept
{
    if (a.asNumber() && b.asNumber())
        return a.asNumber()->toDouble() == b.asNumber()->toDouble();
    return a == b;
}

std::string choicesText(const std::vector<Value>& choices)
{
    std::string joined;
    for (const Value& choice : choices)
        joined += (joined.empty() ? "" : ", ") + scalarText(choice);
    return "expected one of: " + joined;
}

MaybeError lengthError(const Field& field, const Value& value)
{
    const auto length = lengthOf(value);
    if (!length)
        return std::nullopt;
    auto least = field.minimumLength;
    if (!least && field.type == FieldType::String && !field.allowsEmpty)
        least = 1;
    if (least && *length < *least)
        return text("length must be at least " + std::to_string(*least));
    if (field.maximumLength && *length > *field.maximumLength)
        return text("length must be at most " + std::to_string(*field.maximumLength));
    return std::nullopt;
}

/// The rules of one field in Kong's order (kong-core.md §1.3); the first that fails counts.
MaybeError ruleError(const Field& field, const Value& value)
{
    if (field.mustBeNull)
        return text("value must be null");
    if (!field.choices.empty() &&
        std::ranges::none_of(field.choices, [&](const Value& choice) { return sameScalar(choice, value); }))
        return text(choicesText(field.choices));
    const auto* number = value.asNumber();
    if (field.above && number && !(number->toDouble() > *field.above))
        return text("value must be greater than " + numberText(*field.above));
    if (field.format == Format::Uuid && value.asString() && !isUuid(*value.asString()))
        return text("expected a valid UUID");
    if (field.between && number &&
        !(number->toDouble() >= field.between->first && number->toDouble() <= field.between->second))
        return text("value should be between " + numberText(field.between->first) + " and " +
                    numberText(field.between->second));
    if (auto error = lengthError(field, value))
        return error;
    if (field.validator)
        if (auto error = field.validator(value))
            return text(std::move(*error));
    return std::nullopt;
}

class Validator final
{
public:
    explicit Validator(ForeignForm form) noexcept : m_form(form) {}

    Object checkFields(const std::vector<Field>& fields, const Object& value) const
    {
        Object errors;
        for (const auto& [name, member] : value) {
            const auto field = std::ranges::find(fields, name, &Field::name);
            if (field == fields.end())
                errors.set(name, "unknown field");
            else if (!member.isNull())
                if (auto error = checkField(*field, member))
                    errors.set(name, std::move(*error));
        }
        for (const Field& field : fields)
            if (const Value* member = value.find(field.name);
                field.required && !field.automatic && (!member || member->isNull()))
                errors.set(field.name, "required field missing");
        return errors;
    }

private:
    MaybeError checkField(const Field& field, const Value& value) const
    {
        if (field.referenceable && isVaultReference(value))
            return std::nullopt;
        if (const char* error = typeError(field, value))
            return text(error);
        if (auto error = checkContent(field, value))
            return error;
        return ruleError(field, value);
    }

    MaybeError checkContent(const Field& field, const Value& value) const
    {
        switch (field.type) {
        case FieldType::Array:
        case FieldType::Set:
            return value.asArray() ? checkElements(*field.elements, *value.asArray()) : std::nullopt;
        case FieldType::Map:
            return checkMap(field, value);
        case FieldType::Record:
            return checkRecord(field, value);
        case FieldType::Foreign:
            return field.mustBeNull ? std::nullopt : checkForeign(value);
        default:
            return std::nullopt;
        }
    }

    MaybeError checkElements(const Field& element, const Array& values) const
    {
        Array errors;
        for (std::size_t i = 0; i < values.size(); ++i)
            if (auto error = checkField(element, values[i])) {
                errors.resize(i + 1);
                errors[i] = std::move(*error);
            }
        return errors.empty() ? MaybeError() : MaybeError(std::move(errors));
    }

    /// Only the first bad key or value is told, of the whole map.
    MaybeError checkMap(const Field& field, const Value& value) const
    {
        if (value.asArray() && !value.asArray()->empty())
            return field.keys->type == FieldType::String ? text("expected a string") : std::nullopt;
        if (const auto* object = value.asObject())
            for (const auto& [key, member] : *object) {
                if (auto error = checkField(*field.keys, Value(key)))
                    return error;
                if (auto error = checkField(*field.elements, member))
                    return error;
            }
        return std::nullopt;
    }

    MaybeError checkRecord(const Field& field, const Value& value) const
    {
        static const Object nothing;
        if (value.asArray() && !value.asArray()->empty())
            return text("expected a record");
        Object errors = checkFields(field.fields, value.asObject() ? *value.asObject() : nothing);
        return errors.empty() ? MaybeError() : MaybeError(std::move(errors));
    }

    MaybeError checkForeign(const Value& value) const
    {
        if (m_form == ForeignForm::Document && value.asString())
            return std::nullopt;
        const Value* id = value.find("id");
        if (!id || id->isNull())
            return isTable(value) ? MaybeError(Object{{"id", "missing primary key"}}) : text("expected a table");
        if (!id->asString() || !isUuid(*id->asString()))
            return Value(Object{{"id", "expected a valid UUID"}});
        return std::nullopt;
    }

    ForeignForm m_form;
};

bool isNonEmpty(const Value* value) noexcept
{
    if (!value || value->isNull())
        return false;
    const auto length = lengthOf(*value);
    return !length || *length > 0;
}

std::string quotedNames(const std::vector<std::string>& names)
{
    std::string joined;
    for (const std::string& name : names)
        joined += (joined.empty() ? "'" : ", '") + name + "'";
    return joined;
}

bool groupHolds(const FieldGroup& group, const Object& value)
{
    const auto present =
        std::ranges::count_if(group.fields, [&](const std::string& path) { return isNonEmpty(findPath(value, path)); });
    switch (group.rule) {
    case FieldGroup::Rule::AtLeastOne:
        return present > 0;
    case FieldGroup::Rule::ExactlyOne:
        return present == 1;
    case FieldGroup::Rule::AllOrNone:
        return present == 0 || present == std::ssize(group.fields);
    case FieldGroup::Rule::AtMostOne:
        return present <= 1;
    case FieldGroup::Rule::Distinct:
        for (std::size_t i = 0; i < group.fields.size(); ++i)
            for (std::size_t j = i + 1; j < group.fields.size(); ++j) {
                const Value* a = findPath(value, group.fields[i]);
                const Value* b = findPath(value, group.fields[j]);
                if (a && b && !a->isNull() && *a == *b)
                    return false;
            }
        return true;
    }
    return true;
}

std::string groupText(const FieldGroup& group)
{
    switch (group.rule) {
    case FieldGroup::Rule::AtLeastOne:
        return "at least one of these fields must be non-empty: " + quotedNames(group.fields);
    case FieldGroup::Rule::ExactlyOne:
        return "exactly one of these fields must be non-empty: " + quotedNames(group.fields);
    case FieldGroup::Rule::AllOrNone:
        return "all or none of these fields must be set: " + quotedNames(group.fields);
    case FieldGroup::Rule::AtMostOne:
        return "only one or none of these fields must be set: " + quotedNames(group.fields);
    case FieldGroup::Rule::Distinct:
        return "values of these fields must be distinct: " + quotedNames(group.fields);
    }
    return {};
}

class CheckRunner final
{
public:
    CheckRunner(const Object& value, SchemaErrors& errors) noexcept : m_value(value), m_errors(errors) {}

    void operator()(const FieldGroup& group)
    {
        if (std::ranges::none_of(group.fields, [this](const std::string& path) { return hasError(path); }) &&
            !groupHolds(group, m_value))
            addError(m_errors, "@entity", groupText(group));
    }

    void operator()(const Conditional& rule)
    {
        static const Value null;
        const Value* subject = findPath(m_value, rule.ifField);
        if (hasError(rule.ifField) || hasError(rule.thenField) || !subject || !rule.condition(*subject))
            return;
        const Value* object = findPath(m_value, rule.thenField);
        auto error = rule.consequence(object ? *object : null);
        if (!error)
            return;
        addError(m_errors, rule.thenField, std::move(*error));
        addError(m_errors, "@entity",
                 rule.text.empty() ? "failed conditional validation given value of field '" + rule.ifField + "'"
                                   : rule.text);
    }

    void operator()(const CustomCheck& rule)
    {
        if (std::ranges::any_of(rule.fields, [this](const std::string& path) { return hasError(path); }))
            return;
        for (auto& [path, message] : rule.check(m_value))
            addError(m_errors, path, std::move(message));
    }

private:
    bool hasError(std::string_view path) const noexcept { return findPath(m_errors, path) != nullptr; }

    const Object& m_value;
    SchemaErrors& m_errors;
};

void dropRepeatedElements(Array& array)
{
    Array kept;
    for (Value& element : array)
        if (std::ranges::find(kept, element) == kept.end())
            kept.push_back(std::move(element));
    array = std::move(kept);
}

void fillIn(const Field& field, Value& value)
{
    if (field.type == FieldType::Record && value.asObject()) {
        value = withDefaults(field.fields, std::move(*value.asObject()));
        return;
    }
    if (field.type != FieldType::Array && field.type != FieldType::Set)
        return;
    if (value.asObject() && value.asObject()->empty())
        value = Array{};
    if (auto* array = value.asArray()) {
        for (Value& element : *array)
            fillIn(*field.elements, element);
        if (field.type == FieldType::Set)
            dropRepeatedElements(*array);
    }
}

} // namespace

const Value* findPath(const Object& object, std::string_view path) noexcept
{
    const auto dot = path.find('.');
    const Value* value = object.find(path.substr(0, dot));
    if (dot == std::string_view::npos || !value)
        return value;
    const Object* inner = value->asObject();
    return inner ? findPath(*inner, path.substr(dot + 1)) : nullptr;
}

Object withDefaults(const std::vector<Field>& fields, Object value)
{
    for (const Field& field : fields) {
        if (field.shorthand)
            continue;
        Value* member = value.find(field.name);
        if (!member) {
            Value initial = field.fallback.value_or(Value());
            if (field.type == FieldType::Record && field.required && initial.isNull())
                initial = Object{};
            member = &value.append(field.name, std::move(initial));
        }
        fillIn(field, *member);
    }
    return value;
}

SchemaErrors validate(const Schema& schema, const Object& value, ForeignForm form)
{
    SchemaErrors errors = Validator(form).checkFields(schema.fields, value);
    CheckRunner run(value, errors);
    for (const EntityCheck& check : schema.checks)
        std::visit(run, check);
    return errors;
}

void addError(SchemaErrors& errors, std::string_view path, std::string message)
{
    if (path == "@entity") {
        Value* list = errors.find("@entity");
        if (!list || !list->asArray())
            list = &errors.set("@entity", Array{});
        list->asArray()->push_back(std::move(message));
        return;
    }
    const auto dot = path.find('.');
    if (dot == std::string_view::npos) {
        errors.set(path, std::move(message));
        return;
    }
    Value* inner = errors.find(path.substr(0, dot));
    if (!inner || !inner->asObject())
        inner = &errors.set(path.substr(0, dot), Object{});
    addError(*inner->asObject(), path.substr(dot + 1), std::move(message));
}

} // namespace claimsmith::gateway
