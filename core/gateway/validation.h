// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/value.h"
#include "gateway/schema.h"

#include <string>
#include <string_view>

namespace claimsmith::gateway {

/// Validation errors in Kong's nested form: texts at the leaves, objects for records, arrays with null for good
/// elements; rules over several fields in an array under "@entity". Empty: all is well.
using SchemaErrors = document::Object;

/// How a reference to another entity is written.
enum class ForeignForm {
    Object,   ///< {"id": …}, as in the Admin API
    Document, ///< also an id or a lookup key as text, as in declarative documents
};

/// Fills in defaults, drops repeated elements of sets and turns an empty object into the empty list that Lua takes it
/// for; absent fields without a default become null; what is given under an old name moves to the new one. Values of a
/// wrong type stay as they are, for validate() to find.
document::Object withDefaults(const std::vector<Field>& fields, document::Object value);

/// Moves what is given under old names of records' members to the new ones; what can't be moved stays.
document::Object moveOldNames(const std::vector<Field>& fields, document::Object value);

/// The same with the old names of members beside the new ones, which is how the Admin API shows an entity.
document::Object withOldNames(const std::vector<Field>& fields, document::Object value);

/// Checks every field, then the rules over several fields.
SchemaErrors validate(const Schema& schema, const document::Object& value, ForeignForm form = ForeignForm::Object);

/// Puts `error` in at a path such as "config.key_names"; "@entity" collects a list.
void addError(SchemaErrors& errors, std::string_view path, document::Value error);

/// "schema violation (host: required field missing)", "2 schema violations (…; …)": Kong's one-line form (kong-core.md
/// §1.5).
std::string toMessage(const SchemaErrors& errors);

/// The inline form in which Kong prints a table in a message: {services={{host="required field missing"}}}. Keys are
/// sorted; null elements of an array are left out and the ones behind them carry their position.
std::string toLuaText(const document::Value& value);

/// The value at a path such as "config.claims_to_verify"; null when some part of it is absent.
const document::Value* findPath(const document::Object& object, std::string_view path) noexcept;

} // namespace claimsmith::gateway
