// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/validation.h"

#include <optional>
#include <string>
#include <vector>

/// The parts of validate(): what is wrong with a value by its type, by the rules of its field, by what is in it, and by
/// the rules over several fields. Each gives Kong's error, a text or nested ones, or nothing.
namespace claimsmith::gateway::validation {

using MaybeError = std::optional<document::Value>;

/// "expected a string".
const char* typeError(const Field& field, const document::Value& value) noexcept;
/// The rules of one field in Kong's order (kong-core.md §1.3); the first that fails counts. The value is of the field's
/// type and not null.
MaybeError ruleError(const Field& field, const document::Value& value);
/// Type, content and rules. The value is not null.
MaybeError fieldError(const Field& field, const document::Value& value, ForeignForm form);
/// Errors of all fields, those that are missing and those that are unknown.
SchemaErrors fieldErrors(const std::vector<Field>& fields, const std::vector<Field>& shorthands,
                         const document::Object& value, ForeignForm form);
/// Adds what rules over several fields find.
void runChecks(const std::vector<EntityCheck>& checks, const std::vector<Field>& fields, const document::Object& value,
               ForeignForm form, SchemaErrors& errors);

/// What a rule means by a value that is there: no null, no empty text, no empty table.
bool isNonEmpty(const document::Value* value) noexcept;
/// Lua has one table type: an empty object is an empty list too.
bool isList(const document::Value& value) noexcept;
bool isTable(const document::Value& value) noexcept;
/// A scalar as Lua's tostring() shows it.
std::string scalarText(const document::Value& value);
/// Equal as Lua compares: numbers by value.
bool sameScalar(const document::Value& a, const document::Value& b) noexcept;

/// Why the value of an old name can't be taken over; nothing when it can.
MaybeError shorthandError(const Field& shorthand, const document::Value& value, const document::Object& record);

} // namespace claimsmith::gateway::validation
