// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/validation.h"

#include "base/random.h"
#include "gateway/validationparts.h"

#include <algorithm>

namespace claimsmith::gateway {

using document::Array;
using document::Object;
using document::Value;

namespace validation {
namespace {

constexpr const char* missing = "required field missing";

MaybeError text(std::string message)
{
    return Value(std::move(message));
}

MaybeError elementError(const Field& field, const Value& value, ForeignForm form)
{
    return value.isNull() ? text(missing) : fieldError(field, value, form);
}

MaybeError elementsError(const Field& element, const Array& values, ForeignForm form)
{
    Array errors;
    for (std::size_t i = 0; i < values.size(); ++i)
        if (auto error = elementError(element, values[i], form)) {
            errors.resize(i + 1);
            errors[i] = std::move(*error);
        }
    return errors.empty() ? MaybeError() : MaybeError(std::move(errors));
}

/// Only the first bad key or value is told, of the whole map.
MaybeError mapError(const Field& field, const Value& value, ForeignForm form)
{
    if (value.asArray() && !value.asArray()->empty())
        return field.keys->type == FieldType::String ? text("expected a string") : std::nullopt;
    if (const auto* object = value.asObject())
        for (const auto& [key, member] : *object) {
            if (auto error = fieldError(*field.keys, Value(key), form))
                return error;
            if (auto error = elementError(*field.elements, member, form))
                return error;
        }
    return std::nullopt;
}

/// The positions of a list are names that no record has.
MaybeError recordError(const Field& field, const Value& value, ForeignForm form)
{
    static const Object nothing;
    if (value.asArray() && !value.asArray()->empty())
        return Value(Array(value.asArray()->size(), Value("unknown field")));
    const Object& record = value.asObject() ? *value.asObject() : nothing;
    SchemaErrors errors = fieldErrors(field.fields, field.shorthands, record, form);
    if (field.rules)
        runChecks(field.rules->checks, field.fields, record, form, errors);
    return errors.empty() ? MaybeError() : MaybeError(std::move(errors));
}

MaybeError foreignError(const Value& value, ForeignForm form)
{
    if (form == ForeignForm::Document && value.asString())
        return std::nullopt;
    const Value* id = value.find("id");
    if (!id || id->isNull())
        return isTable(value) || form == ForeignForm::Object ? Value(Object{{"id", "missing primary key"}})
                                                             : text("expected a table");
    if (!id->asString() || !isUuid(*id->asString()))
        return Value(Object{{"id", "expected a valid UUID"}});
    return std::nullopt;
}

MaybeError contentError(const Field& field, const Value& value, ForeignForm form)
{
    switch (field.type) {
    case FieldType::Array:
    case FieldType::Set:
        return value.asArray() ? elementsError(*field.elements, *value.asArray(), form) : std::nullopt;
    case FieldType::Map:
        return mapError(field, value, form);
    case FieldType::Record:
        return recordError(field, value, form);
    case FieldType::Foreign:
        return field.mustBeNull ? std::nullopt : foreignError(value, form);
    default:
        return std::nullopt;
    }
}

bool isVaultReference(const Value& value) noexcept
{
    const auto* string = value.asString();
    return string && string->starts_with("{vault://") && string->ends_with("}");
}

MaybeError memberError(const std::vector<Field>& fields, const std::vector<Field>& shorthands, const Object& record,
                       const document::Member& member, ForeignForm form)
{
    if (const auto field = std::ranges::find(fields, member.name, &Field::name); field != fields.end())
        return member.value.isNull() ? std::nullopt : fieldError(*field, member.value, form);
    if (const auto old = std::ranges::find(shorthands, member.name, &Field::name); old != shorthands.end())
        return shorthandError(*old, member.value, record);
    return text("unknown field");
}

} // namespace

MaybeError fieldError(const Field& field, const Value& value, ForeignForm form)
{
    if (field.mustBeNull)
        return text("value must be null");
    if (field.referenceable && isVaultReference(value))
        return std::nullopt;
    if (const char* error = typeError(field, value))
        return text(error);
    if (auto error = contentError(field, value, form))
        return error;
    return ruleError(field, value);
}

SchemaErrors fieldErrors(const std::vector<Field>& fields, const std::vector<Field>& shorthands, const Object& value,
                         ForeignForm form)
{
    SchemaErrors errors;
    for (const document::Member& member : value)
        if (auto error = memberError(fields, shorthands, value, member, form))
            errors.set(member.name, std::move(*error));
    for (const Field& field : fields)
        if (const Value* member = value.find(field.name);
            field.required && !field.automatic && (!member || member->isNull()))
            errors.set(field.name, missing);
    return errors;
}

} // namespace validation

const Value* findPath(const Object& object, std::string_view path) noexcept
{
    const auto dot = path.find('.');
    const Value* value = object.find(path.substr(0, dot));
    if (dot == std::string_view::npos || !value)
        return value;
    const Object* inner = value->asObject();
    return inner ? findPath(*inner, path.substr(dot + 1)) : nullptr;
}

SchemaErrors validate(const Schema& schema, const Object& value, ForeignForm form)
{
    SchemaErrors errors = validation::fieldErrors(schema.fields, {}, value, form);
    validation::runChecks(schema.checks, schema.fields, value, form, errors);
    return errors;
}

void addError(SchemaErrors& errors, std::string_view path, Value error)
{
    if (path == "@entity") {
        Value* list = errors.find("@entity");
        if (!list || !list->asArray())
            list = &errors.set("@entity", Array{});
        list->asArray()->push_back(std::move(error));
        return;
    }
    const auto dot = path.find('.');
    if (dot == std::string_view::npos) {
        errors.set(path, std::move(error));
        return;
    }
    Value* inner = errors.find(path.substr(0, dot));
    if (!inner || !inner->asObject())
        inner = &errors.set(path.substr(0, dot), Object{});
    addError(*inner->asObject(), path.substr(dot + 1), std::move(error));
}

} // namespace claimsmith::gateway
