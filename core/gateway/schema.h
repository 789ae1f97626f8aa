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

/// Lua patterns (Lua 5.1 §5.4.1) that a string has to match, or must not; told with Kong's text.
struct PatternRule
{
    enum class Kind {
        Match, ///< one pattern; without a text it is "invalid value: …"
        None,
        All,
        Any,
    };
    Kind kind;
    std::vector<std::string> patterns;
    std::string error = {};
};

struct RecordRules;

/// One field. Made with the functions below and narrowed with the members that return a reference; read as plain data.
struct Field
{
    std::string name = {};
    FieldType type = FieldType::String;
    std::string description = {}; ///< Kong's own, in English, as /schemas prints it
    std::string help = {};        ///< what a form says: the description unless there is a better one
    std::string unit = {};        ///< "s", "ms"; empty when it has none
    Format format = Format::Plain;
    bool required = false;      ///< null and absent are refused, unless there is a default
    bool unique = false;        ///< no two entities of the kind have the same value
    bool automatic = false;     ///< the gateway makes a value when there is none: ids, times, generated keys
    bool secret = false;        ///< never shown, logged or exported in the clear
    bool referenceable = false; ///< "{vault://…}" may stand in its place
    bool shorthand = false;     ///< written, never stored: `url`
    bool mustBeNull = false;    ///< a scope that the plugin forbids
    bool allowsEmpty = false;   ///< "" is a string like any other
    bool cascades = false;      ///< an entity that refers to one that is deleted goes with it
    bool isTime = false;        ///< a Unix time
    bool isRegex = false;       ///< has to be a regular expression
    bool transient = false;     ///< printed and read, but never stored: a certificate's `snis`
    std::optional<document::Value> fallback = {}; ///< the default
    std::optional<document::Value> equals = {};   ///< the only value; null is one
    std::optional<std::pair<double, double>> between = {};
    std::optional<double> above = {};
    std::optional<std::size_t> minimumLength = {};
    std::optional<std::size_t> maximumLength = {};
    std::optional<std::size_t> exactLength = {};
    std::vector<document::Value> choices = {};
    std::vector<document::Value> exclusions = {}; ///< values that it must not have
    std::string prefix = {};                      ///< how it has to begin
    std::vector<PatternRule> patterns = {};
    std::optional<document::Value> contained = {};               ///< what the list has to contain
    std::vector<std::vector<std::string>> exclusiveSubsets = {}; ///< a set may draw from one of these only
    std::string reference = {};                                  ///< the entity a foreign field points to: "consumers"
    FieldValidator validator = nullptr;
    std::shared_ptr<const Field> elements = {};    ///< of an array or set; the values of a map
    std::shared_ptr<const Field> keys = {};        ///< of a map
    std::vector<Field> fields = {};                ///< of a record
    std::shared_ptr<const RecordRules> rules = {}; ///< of a record, over several of its fields
    /// Old names that a record still takes, each with the path in the record that it stands for in `replacedBy`;
    /// without one the value counts for nothing.
    std::vector<Field> shorthands = {};
    std::vector<std::string> replacedBy = {};
    std::string deprecation = {}; ///< what Kong says of an old name
    /// What Kong's schema language says and nothing here depends on; only printed.
    std::vector<std::pair<std::string, document::Value>> annotations = {};

    Field rename(std::string text) &&;
    Field describe(std::string text) &&; ///< with Kong's words
    Field hint(std::string text) &&;     ///< for forms, where Kong says nothing or too much
    Field measuredIn(std::string unitName) &&;
    Field as(Format meaning) &&;
    Field require() &&;
    Field makeUnique() &&;
    Field makeAutomatic() &&;
    Field makeSecret() &&;
    Field makeEncrypted() &&; ///< a secret that Kong marks as one to be kept encrypted
    Field makeReferenceable() &&;
    Field makeShorthand() &&;
    Field forbid() &&;
    Field allowEmpty() &&;
    Field defaultTo(document::Value value) &&;
    Field range(double least, double most) &&;
    Field length(std::optional<std::size_t> least, std::optional<std::size_t> most) &&;
    Field oneOf(std::vector<document::Value> values) &&;
    Field noneOf(std::vector<document::Value> values) &&;
    Field equal(document::Value value) &&;
    Field exceed(double bound) &&; ///< "gt"
    Field lengthOf(std::size_t exactly) &&;
    Field startWith(std::string text) &&;
    Field match(std::string pattern) &&;
    Field match(PatternRule rule) &&;
    Field contain(document::Value value) &&;
    Field excludeMixing(std::vector<std::vector<std::string>> subsets) &&;
    Field regex() &&; ///< also as(Format::Regex)
    Field cascade() &&;
    Field makeTime() &&; ///< a Unix time, automatic
    Field makeTransient() &&;
    Field check(FieldValidator rule) &&;
    Field accept(std::vector<Field> oldNames) &&; ///< of a record: its shorthands
    /// Makes an old name of it, for accept(): what it stands for, and what Kong says of that.
    Field standFor(std::vector<std::string> path, std::string text) &&;
    Field annotate(std::string attribute, document::Value value) &&;

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
/// Rules for a Conditional, on top of those that the field has anyway: matching().oneOf({"https", "tls"}).
Field matching();

/// Rules over several fields, with the texts of kong-core.md §1.4. Field names may be paths: "config.claims_to_verify".
/// A rule is passed over when one of its fields has an error of its own.
struct FieldGroup
{
    enum class Rule { AtLeastOne, ExactlyOne, AllOrNone, AtMostOne, Distinct };
    Rule rule;
    std::vector<std::string> fields;
};

/// When the value of `ifField` keeps the rules of `ifMatch`, that of `thenField` has to keep those of `thenMatch`.
struct Conditional
{
    std::string ifField;
    Field ifMatch;
    std::string thenField;
    Field thenMatch;
    std::string text = {}; ///< said of the entity instead of Kong's usual sentence
};

/// Anything else: gives errors as (path, text), where the path "@entity" stands for the entity.
struct CustomCheck
{
    using Errors = std::vector<std::pair<std::string, std::string>>;
    Errors (*check)(const document::Object&); ///< null: only printed
    std::vector<std::string> fields = {};     ///< what it reads: not made when one of them has an error of its own
    bool isPrinted = true;                    ///< whether /schemas tells of it
    bool runsWithMissingFields = false;       ///< only printed, as is:
    bool runsWithInvalidFields = false;
};

using EntityCheck = std::variant<FieldGroup, Conditional, CustomCheck>;

struct RecordRules
{
    std::vector<EntityCheck> checks;
};

/// The record with rules over several of its fields, whose names are those within the record.
Field withChecks(Field record, std::vector<EntityCheck> checks);

struct Schema
{
    std::vector<Field> fields = {};
    std::vector<EntityCheck> checks = {};

    const Field* find(std::string_view name) const noexcept;
    /// The field at a path such as "config.claims_to_verify"; null when there is none.
    const Field* findPath(std::string_view path) const noexcept;
};

} // namespace claimsmith::gateway
