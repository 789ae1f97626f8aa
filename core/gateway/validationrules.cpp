// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/random.h"
#include "gateway/luapattern.h"
#include "gateway/pattern.h"
#include "gateway/validationparts.h"

#include <algorithm>
#include <cmath>

namespace claimsmith::gateway::validation {

using document::Value;

namespace {

using MaybeText = std::optional<std::string>;

/// A number as Kong prints it: whole numbers without a fraction.
std::string numberText(double number)
{
    return document::Number(number).text();
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

std::string joined(const std::vector<Value>& values)
{
    std::string text;
    for (const Value& value : values)
        text += (text.empty() ? "" : ", ") + scalarText(value);
    return text;
}

bool isAmong(const Value& value, const std::vector<Value>& values)
{
    return std::ranges::any_of(values, [&](const Value& candidate) { return sameScalar(candidate, value); });
}

MaybeText choiceError(const Field& field, const Value& value)
{
    if (field.equals && !sameScalar(*field.equals, value))
        return "value must be " + scalarText(*field.equals);
    if (isAmong(value, field.exclusions))
        return "must not be one of: " + joined(field.exclusions);
    if (!field.choices.empty() && !isAmong(value, field.choices))
        return "expected one of: " + joined(field.choices);
    return std::nullopt;
}

/// As Lua's "%d" writes it: without a fraction.
std::string wholeText(double number)
{
    return std::to_string(static_cast<std::int64_t>(number));
}

MaybeText numberError(const Field& field, double number)
{
    if (field.above && !(number > *field.above))
        return "value must be greater than " + numberText(*field.above);
    if (field.isTime && !(number > 0))
        return "expected a valid timestamp";
    if (field.between && !(number >= field.between->first && number <= field.between->second))
        return "value should be between " + wholeText(field.between->first) + " and " +
               wholeText(field.between->second);
    return std::nullopt;
}

MaybeText lengthError(const Field& field, const Value& value)
{
    const auto length = lengthOf(value);
    if (!length)
        return std::nullopt;
    if (field.exactLength && *length != *field.exactLength)
        return "length must be " + std::to_string(*field.exactLength);
    auto least = field.minimumLength;
    if (!least && field.type == FieldType::String && !field.allowsEmpty)
        least = 1;
    if (least && *length < *least)
        return "length must be at least " + std::to_string(*least);
    if (field.maximumLength && *length > *field.maximumLength)
        return "length must be at most " + std::to_string(*field.maximumLength);
    return std::nullopt;
}

bool keeps(const PatternRule& rule, const std::string& text)
{
    const auto matches = [&](const std::string& pattern) { return matchesLuaPattern(text, pattern); };
    switch (rule.kind) {
    case PatternRule::Kind::Match:
    case PatternRule::Kind::All:
        return std::ranges::all_of(rule.patterns, matches);
    case PatternRule::Kind::None:
        return std::ranges::none_of(rule.patterns, matches);
    case PatternRule::Kind::Any:
        return std::ranges::any_of(rule.patterns, matches);
    }
    return true;
}

MaybeText patternError(const Field& field, const std::string& text)
{
    if (!text.starts_with(field.prefix))
        return "should start with: " + field.prefix;
    for (const PatternRule& rule : field.patterns)
        if (!keeps(rule, text))
            return rule.error.empty() ? "invalid value: " + text : rule.error;
    return std::nullopt;
}

MaybeText containmentError(const Field& field, const Value& value)
{
    if (!field.contained || !value.asArray())
        return std::nullopt;
    const bool contains =
        std::ranges::any_of(*value.asArray(), [&](const Value& item) { return sameScalar(item, *field.contained); });
    return contains ? MaybeText() : "expected to contain: " + scalarText(*field.contained);
}

std::string subsetText(const std::vector<std::string>& subset)
{
    std::string text;
    for (const std::string& member : subset)
        text += (text.empty() ? "'" : ", '") + member + "'";
    return "(" + text + ")";
}

/// Told of the subsets that the set draws from, when there is more than one.
MaybeText mixingError(const Field& field, const Value& value)
{
    std::string used;
    int count = 0;
    for (const auto& subset : field.exclusiveSubsets) {
        const bool draws = value.asArray() && std::ranges::any_of(*value.asArray(), [&](const Value& item) {
                               return item.asString() && std::ranges::find(subset, *item.asString()) != subset.end();
                           });
        if (!draws)
            continue;
        used += (used.empty() ? "" : ", ") + subsetText(subset);
        ++count;
    }
    return count > 1 ? MaybeText("these sets are mutually exclusive: " + used) : std::nullopt;
}

MaybeText textError(const Field& field, const Value& value)
{
    const auto* text = value.asString();
    if (text && field.format == Format::Uuid && !isUuid(*text))
        return "expected a valid UUID";
    if (text && field.isRegex && findSyntaxError(*text))
        return "not a valid regex: " + *text;
    if (auto error = lengthError(field, value))
        return error;
    return text ? patternError(field, *text) : std::nullopt;
}

MaybeText firstRule(const Field& field, const Value& value)
{
    if (field.mustBeNull)
        return "value must be null";
    if (auto error = choiceError(field, value))
        return error;
    if (const auto* number = value.asNumber())
        if (auto error = numberError(field, number->toDouble()))
            return error;
    if (auto error = textError(field, value))
        return error;
    if (auto error = containmentError(field, value))
        return error;
    if (field.validator)
        if (auto error = field.validator(value))
            return error;
    return mixingError(field, value);
}

} // namespace

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

MaybeError ruleError(const Field& field, const Value& value)
{
    auto error = firstRule(field, value);
    return error ? MaybeError(std::move(*error)) : std::nullopt;
}

bool isNonEmpty(const Value* value) noexcept
{
    if (!value || value->isNull())
        return false;
    const auto length = lengthOf(*value);
    return !length || *length > 0;
}

bool isList(const Value& value) noexcept
{
    return value.asArray() || (value.asObject() && value.asObject()->empty());
}

bool isTable(const Value& value) noexcept
{
    return value.asObject() || value.asArray();
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

bool sameScalar(const Value& a, const Value& b) noexcept
{
    if (a.asNumber() && b.asNumber())
        return a.asNumber()->toDouble() == b.asNumber()->toDouble();
    return a == b;
}

} // namespace claimsmith::gateway::validation
