// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/validationparts.h"

#include <algorithm>

namespace claimsmith::gateway {

using document::Array;
using document::Object;
using document::Value;

namespace {

constexpr std::size_t fewElements = 16;

/// Keeps the first of equal elements.
void dropRepeatedElements(Array& array)
{
    Array kept;
    kept.reserve(array.size());
    if (array.size() <= fewElements) {
        for (Value& element : array)
            if (std::ranges::find(kept, element) == kept.end())
                kept.push_back(std::move(element));
    } else {
        // A long list could not be compared element by element with itself.
        std::vector<std::pair<std::string, std::size_t>> keys;
        for (std::size_t i = 0; i < array.size(); ++i)
            keys.emplace_back(toLuaText(array[i]), i);
        std::ranges::sort(keys);
        std::vector<bool> isRepeated(array.size());
        for (std::size_t i = 1; i < keys.size(); ++i)
            isRepeated[keys[i].second] = keys[i].first == keys[i - 1].first;
        for (std::size_t i = 0; i < array.size(); ++i)
            if (!isRepeated[i])
                kept.push_back(std::move(array[i]));
    }
    array = std::move(kept);
}

Value* childOf(Object& object, std::string_view name)
{
    Value* child = object.find(name);
    if (!child || child->isNull())
        child = &object.set(name, Object{});
    return child;
}

/// Sets the value at the path unless there is one. Without a path it counts for nothing.
void offer(Object& record, const std::vector<std::string>& path, Value value)
{
    if (path.empty())
        return;
    Object* at = &record;
    for (std::size_t i = 0; i + 1 < path.size(); ++i) {
        at = childOf(*at, path[i])->asObject();
        if (!at)
            return;
    }
    const Value* known = at->find(path.back());
    if (!known || known->isNull())
        at->set(path.back(), std::move(value));
}

/// What is given under an old name moves to where it belongs; what can't stays, for validate() to find.
void takeOver(const std::vector<Field>& shorthands, Object& record)
{
    for (const Field& shorthand : shorthands) {
        const Value* given = record.find(shorthand.name);
        if (!given || validation::shorthandError(shorthand, *given, record))
            continue;
        Value value = *given;
        record.remove(shorthand.name);
        offer(record, shorthand.replacedBy, std::move(value));
    }
}

const Value* valueAt(const Object& record, const std::vector<std::string>& path)
{
    const Object* at = &record;
    const Value* value = nullptr;
    for (const std::string& name : path) {
        value = at ? at->find(name) : nullptr;
        at = value ? value->asObject() : nullptr;
    }
    return value;
}

void fillIn(const Field& field, Value& value)
{
    if (field.type == FieldType::Record && (value.asObject() || (value.asArray() && value.asArray()->empty()))) {
        Object record = value.asObject() ? std::move(*value.asObject()) : Object{};
        takeOver(field.shorthands, record);
        value = withDefaults(field.fields, std::move(record));
        return;
    }
    if (field.type == FieldType::Map && value.asArray() && value.asArray()->empty())
        value = Object{};
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

validation::MaybeError validation::shorthandError(const Field& shorthand, const Value& value, const Object& record)
{
    if (value.isNull())
        return std::nullopt;
    if (auto error = fieldError(shorthand, value, ForeignForm::Object))
        return error;
    const Value* current = valueAt(record, shorthand.replacedBy);
    if (!current || current->isNull() || sameScalar(*current, value))
        return std::nullopt;
    std::string path;
    for (const std::string& name : shorthand.replacedBy)
        path += (path.empty() ? "" : ".") + name;
    return Value("both deprecated and new field are used but their values mismatch: " + shorthand.name + " = " +
                 scalarText(value) + " vs " + path + " = " + scalarText(*current));
}

Object withDefaults(const std::vector<Field>& fields, Object value)
{
    value.reserve(fields.size());
    for (const Field& field : fields) {
        if (field.shorthand || field.transient)
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

Object moveOldNames(const std::vector<Field>& fields, Object value)
{
    for (const Field& field : fields)
        if (Value* member = value.find(field.name); member && member->asObject())
            takeOver(field.shorthands, *member->asObject());
    return value;
}

Object withOldNames(const std::vector<Field>& fields, Object value)
{
    for (const Field& field : fields) {
        Value* member = value.find(field.name);
        Object* record = member && field.type == FieldType::Record ? member->asObject() : nullptr;
        if (!record)
            continue;
        for (const Field& shorthand : field.shorthands) {
            if (shorthand.replacedBy.empty())
                continue;
            const Value* current = valueAt(*record, shorthand.replacedBy);
            record->set(shorthand.name, current ? *current : Value());
        }
    }
    return value;
}

} // namespace claimsmith::gateway
