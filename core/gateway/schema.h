// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/value.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace claimsmith::gateway {

/// A schema is data: what an entity or a plugin's configuration may hold. Validation with Kong's texts, defaults, the
/// Admin API's /schemas and the desktop's forms are all made from it; nothing else repeats a field name.

enum class FieldType { String, Integer, Number, Boolean, Array, Set, Map, Record, Foreign };

/// A rule of its own; gives Kong's text when the value (of the field's type, not null) breaks it.
using FieldValidator = std::optional<std::string> (*)(const document::Value&);

/// What a string stands for, when a form should offer more than a line of text.
enum class Format {
    Plain,
    HostName,
    Path,
    Url,
    HeaderName,
    Method,
    Uuid,
    Pem,
    Regex,
    ConsumerName, ///< the id or username of a consumer
    MultiLine,
};

/// One field. Made with the functions below and narrowed with the members that return a reference; read as plain data.
struct Field
{
    std::string name = {};
    FieldType type = FieldType::String;
    std::string help = {}; ///< Kong's own description, in English
    std::string unit = {}; ///< "s", "ms"; empty when it has none
    Format format = Format::Plain;
    bool required = false;      ///< null and absent are refused, unless there is a default
    bool unique = false;        ///< no two entities of the kind have the same value
    bool automatic = false;     ///< the gateway makes a value when there is none: ids, times, generated keys
    bool secret = false;        ///< never shown, logged or exported in the clear
    bool referenceable = false; ///< "{vault://…}" may stand in its place
    bool shorthand = false;     ///< written, never stored: `url`
    bool mustBeNull = false;    ///< a scope that the plugin forbids
    bool allowsEmpty = false;   ///< "" is a string like any other
    std::optional<document::Value> fallback = {}; ///< the default
    std::optional<std::pair<double, double>> between = {};
    std::optional<double> above = {};
    std::optional<std::size_t> minimumLength = {};
    std::optional<std::size_t> maximumLength = {};
    std::vector<document::Value> choices = {};
    std::string reference = {}; ///< the entity a foreign field points to: "consumers"
    FieldValidator validator = nullptr;
    std::shared_ptr<const Field> elements = {}; ///< of an array or set; the values of a map
    std::shared_ptr<const Field> keys = {};     ///< of a map
    std::vector<Field> fields = {};             ///< of a record

    Field describe(std::string text) &&;
    Field measuredIn(std::string unitName) &&;
    Field as(Format meaning) &&;
    Field require() &&;
    Field makeUnique() &&;
    Field makeAutomatic() &&;
    Field makeSecret() &&; ///< also referenceable, as every secret of Kong's is
    Field makeReferenceable() &&;
    Field makeShorthand() &&;
    Field forbid() &&;
    Field allowEmpty() &&;
    Field defaultTo(document::Value value) &&;
    Field range(double least, double most) &&;
    Field length(std::optional<std::size_t> least, std::optional<std::size_t> most) &&;
    Field oneOf(std::vector<document::Value> values) &&;
    Field check(FieldValidator rule) &&;

    const Field* find(std::string_view member) const noexcept; ///< of a record; null when there is none
};

Field stringField(std::string name = {});
Field integerField(std::string name = {});
Field numberField(std::string name = {});
Field booleanField(std::string name = {});
Field arrayField(std::string name, Field elements);
Field setField(std::string name, Field elements);
Field mapField(std::string name, Field keys, Field values);
Field recordField(std::string name, std::vector<Field> fields);
Field foreignField(std::string name, std::string reference);

/// Rules over several fields, with the texts of kong-core.md §1.4. Field names may be paths: "config.claims_to_verify".
/// A rule is passed over when one of its fields has an error of its own.
struct FieldGroup
{
    enum class Rule { AtLeastOne, ExactlyOne, AllOrNone, AtMostOne, Distinct };
    Rule rule;
    std::vector<std::string> fields;
};

/// When `ifField` satisfies `condition`, `thenField` has to satisfy `consequence`.
struct Conditional
{
    std::string ifField;
    bool (*condition)(const document::Value&);
    std::string thenField;
    FieldValidator consequence;
    std::string text = {}; ///< said of the entity instead of Kong's usual sentence
};

/// Anything else: gives errors as (path, text), where the path "@entity" stands for the entity.
struct CustomCheck
{
    using Errors = std::vector<std::pair<std::string, std::string>>;
    Errors (*check)(const document::Object&);
    std::vector<std::string> fields = {}; ///< what it reads: not made when one of them has an error of its own
};

using EntityCheck = std::variant<FieldGroup, Conditional, CustomCheck>;

struct Schema
{
    std::vector<Field> fields = {};
    std::vector<EntityCheck> checks = {};

    const Field* find(std::string_view name) const noexcept;
    /// The field at a path such as "config.claims_to_verify"; null when there is none.
    const Field* findPath(std::string_view path) const noexcept;
};

} // namespace claimsmith::gateway
