// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/value.h"
#include "gateway/validation.h"
#include "http/message.h"

#include <string>
#include <string_view>

/// The answers of the Admin API (kong-admin-deck.md §1.6).
namespace claimsmith::gateway::admin {

http::Response json(int status, const document::Value& value);
http::Response message(int status, std::string_view text); ///< {"message": …}
http::Response empty(int status);

http::Response notFound();
http::Response methodNotAllowed();
/// The 500 that Kong answers when it breaks.
http::Response broken();

/// One of Kong's numbered errors.
enum class ErrorKind {
    InvalidPrimaryKey = 1,
    SchemaViolation = 2,
    PrimaryKeyViolation = 3,
    ForeignKeyViolation = 4,
    UniqueViolation = 5,
    NotFound = 6,
    InvalidOffset = 7,
    InvalidSize = 9,
    InvalidUnique = 10,
    InvalidOptions = 11,
    OperationUnsupported = 12,
    ForeignKeysUnresolved = 13,
    InvalidConfiguration = 14,
    ReferencedByOthers = 19,
};

/// {"code", "name", "message"} and, unless null, `fields`.
http::Response failure(ErrorKind kind, std::string_view text, document::Value fields = {});
http::Response schemaViolation(const SchemaErrors& errors);
/// A path or body key that is no UUID where only that will do.
http::Response invalidPrimaryKey();
/// The key of an entity is no possible value of its lookup field.
http::Response invalidUnique(std::string_view field, std::string_view text);
http::Response invalidOption(std::string_view option, std::string_view text);
/// A write where there is no database. The verb is Kong's: "create", "remove"; `byField` the lookup key when the path
/// names the entity by it.
http::Response unsupported(std::string_view verb, std::string_view kind, std::string_view byField = {});
/// "could not find the entity with …": what was looked for is the body's `fields`.
http::Response missingEntity(std::string_view field, std::string_view value);

} // namespace claimsmith::gateway::admin
