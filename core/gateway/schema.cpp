// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/schema.h"

#include <algorithm>
#include <utility>

namespace claimsmith::gateway {
namespace {

Field fieldOf(FieldType type, std::string name)
{
    Field field;
    field.name = std::move(name);
    field.type = type;
    return field;
}

const Field* findIn(const std::vector<Field>& fields, std::string_view name) noexcept
{
    const auto found = std::ranges::find(fields, name, &Field::name);
    return found == fields.end() ? nullptr : &*found;
}

} // namespace

Field Field::rename(std::string text) &&
{
    name = std::move(text);
    return std::move(*this);
}

Field Field::describe(std::string text) &&
{
    description = std::move(text);
    if (help.empty())
        help = description;
    return std::move(*this);
}

Field Field::hint(std::string text) &&
{
    help = std::move(text);
    return std::move(*this);
}

Field Field::measuredIn(std::string unitName) &&
{
    unit = std::move(unitName);
    return std::move(*this);
}

Field Field::as(Format meaning) &&
{
    format = meaning;
    return std::move(*this);
}

Field Field::require() &&
{
    required = true;
    return std::move(*this);
}

Field Field::makeUnique() &&
{
    unique = true;
    return std::move(*this);
}

Field Field::makeAutomatic() &&
{
    automatic = true;
    return std::move(*this);
}

Field Field::makeSecret() &&
{
    secret = true;
    return std::move(*this);
}

Field Field::makeEncrypted() &&
{
    secret = true;
    return std::move(*this).annotate("encrypted", true);
}

Field Field::makeReferenceable() &&
{
    referenceable = true;
    return std::move(*this);
}

Field Field::makeShorthand() &&
{
    shorthand = true;
    return std::move(*this);
}

Field Field::forbid() &&
{
    mustBeNull = true;
    return std::move(*this);
}

Field Field::allowEmpty() &&
{
    allowsEmpty = true;
    return std::move(*this);
}

Field Field::defaultTo(document::Value value) &&
{
    fallback = std::move(value);
    return std::move(*this);
}

Field Field::range(double least, double most) &&
{
    between = {least, most};
    return std::move(*this);
}

Field Field::length(std::optional<std::size_t> least, std::optional<std::size_t> most) &&
{
    minimumLength = least;
    maximumLength = most;
    return std::move(*this);
}

Field Field::oneOf(std::vector<document::Value> values) &&
{
    choices = std::move(values);
    return std::move(*this);
}

Field Field::noneOf(std::vector<document::Value> values) &&
{
    exclusions = std::move(values);
    return std::move(*this);
}

Field Field::equal(document::Value value) &&
{
    equals = std::move(value);
    return std::move(*this);
}

Field Field::exceed(double bound) &&
{
    above = bound;
    return std::move(*this);
}

Field Field::lengthOf(std::size_t exactly) &&
{
    exactLength = exactly;
    return std::move(*this);
}

Field Field::startWith(std::string text) &&
{
    prefix = std::move(text);
    return std::move(*this);
}

Field Field::match(std::string pattern) &&
{
    patterns.push_back({PatternRule::Kind::Match, {std::move(pattern)}});
    return std::move(*this);
}

Field Field::match(PatternRule rule) &&
{
    patterns.push_back(std::move(rule));
    return std::move(*this);
}

Field Field::contain(document::Value value) &&
{
    contained = std::move(value);
    return std::move(*this);
}

Field Field::excludeMixing(std::vector<std::vector<std::string>> subsets) &&
{
    exclusiveSubsets = std::move(subsets);
    return std::move(*this);
}

Field Field::regex() &&
{
    isRegex = true;
    format = Format::Regex;
    return std::move(*this);
}

Field Field::cascade() &&
{
    cascades = true;
    return std::move(*this);
}

Field Field::makeTime() &&
{
    isTime = true;
    automatic = true;
    return std::move(*this);
}

Field Field::makeTransient() &&
{
    transient = true;
    return std::move(*this);
}

Field Field::check(FieldValidator rule) &&
{
    validator = rule;
    return std::move(*this);
}

Field Field::accept(std::vector<Field> oldNames) &&
{
    shorthands = std::move(oldNames);
    return std::move(*this);
}

Field Field::standFor(std::vector<std::string> path, std::string text) &&
{
    replacedBy = std::move(path);
    deprecation = std::move(text);
    return std::move(*this);
}

Field Field::annotate(std::string attribute, document::Value value) &&
{
    annotations.emplace_back(std::move(attribute), std::move(value));
    return std::move(*this);
}

const Field* Field::find(std::string_view member) const noexcept
{
    return findIn(fields, member);
}

Field stringField(std::string name)
{
    return fieldOf(FieldType::String, std::move(name));
}

Field integerField(std::string name)
{
    return fieldOf(FieldType::Integer, std::move(name));
}

Field numberField(std::string name)
{
    return fieldOf(FieldType::Number, std::move(name));
}

Field booleanField(std::string name)
{
    return fieldOf(FieldType::Boolean, std::move(name));
}

Field arrayField(std::string name, Field elements)
{
    Field field = fieldOf(FieldType::Array, std::move(name));
    field.elements = std::make_shared<const Field>(std::move(elements));
    return field;
}

Field setField(std::string name, Field elements)
{
    Field field = fieldOf(FieldType::Set, std::move(name));
    field.elements = std::make_shared<const Field>(std::move(elements));
    return field;
}

Field mapField(std::string name, Field keys, Field values)
{
    Field field = fieldOf(FieldType::Map, std::move(name));
    field.keys = std::make_shared<const Field>(std::move(keys));
    field.elements = std::make_shared<const Field>(std::move(values));
    return field;
}

Field recordField(std::string name, std::vector<Field> fields)
{
    Field field = fieldOf(FieldType::Record, std::move(name));
    field.fields = std::move(fields);
    return field;
}

Field foreignField(std::string name, std::string reference)
{
    Field field = fieldOf(FieldType::Foreign, std::move(name));
    field.reference = std::move(reference);
    return field;
}

Field matching()
{
    return stringField().allowEmpty();
}

Field withChecks(Field record, std::vector<EntityCheck> checks)
{
    record.rules = std::make_shared<const RecordRules>(RecordRules{std::move(checks)});
    return record;
}

const Field* Schema::find(std::string_view name) const noexcept
{
    return findIn(fields, name);
}

const Field* Schema::findPath(std::string_view path) const noexcept
{
    const auto dot = path.find('.');
    const Field* field = find(path.substr(0, dot));
    while (field && path.find('.') != std::string_view::npos) {
        path.remove_prefix(path.find('.') + 1);
        field = field->find(path.substr(0, path.find('.')));
    }
    return field;
}

} // namespace claimsmith::gateway
