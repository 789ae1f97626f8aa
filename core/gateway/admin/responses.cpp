// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/admin/responses.h"

#include "document/json.h"

namespace claimsmith::gateway::admin {

using document::Object;
using document::Value;
using http::Response;

namespace {

constexpr document::JsonStyle kongStyle{0, true, false};

struct ErrorForm
{
    ErrorKind kind;
    int status;
    const char* name;
};

const ErrorForm& formOf(ErrorKind kind) noexcept
{
    static constexpr ErrorForm forms[] = {
        {ErrorKind::InvalidPrimaryKey, 400, "invalid primary key"},
        {ErrorKind::SchemaViolation, 400, "schema violation"},
        {ErrorKind::PrimaryKeyViolation, 400, "primary key violation"},
        {ErrorKind::ForeignKeyViolation, 400, "foreign key violation"},
        {ErrorKind::UniqueViolation, 409, "unique constraint violation"},
        {ErrorKind::NotFound, 404, "not found"},
        {ErrorKind::InvalidOffset, 400, "invalid offset"},
        {ErrorKind::InvalidSize, 400, "invalid size"},
        {ErrorKind::InvalidUnique, 400, "invalid unique"},
        {ErrorKind::InvalidOptions, 400, "invalid options"},
        {ErrorKind::OperationUnsupported, 405, "operation unsupported"},
        {ErrorKind::ForeignKeysUnresolved, 400, "foreign keys unresolved"},
        {ErrorKind::InvalidConfiguration, 400, "invalid declarative configuration"},
        {ErrorKind::ReferencedByOthers, 400, "referenced by others"},
    };
    for (const ErrorForm& form : forms)
        if (form.kind == kind)
            return form;
    return forms[0];
}

Object errorBody(ErrorKind kind, std::string_view text)
{
    return {{"code", static_cast<int>(kind)}, {"name", formOf(kind).name}, {"message", text}};
}

} // namespace

Response json(int status, const Value& value)
{
    return Response::make(status, "application/json; charset=utf-8", document::toJson(value, kongStyle));
}

Response message(int status, std::string_view text)
{
    return json(status, Object{{"message", text}});
}

Response empty(int status)
{
    Response response;
    response.head.status = status;
    return response;
}

Response notFound()
{
    return message(404, "Not found");
}

Response methodNotAllowed()
{
    return message(405, "Method not allowed");
}

Response broken()
{
    return message(500, "An unexpected error occurred");
}

Response failure(ErrorKind kind, std::string_view text, Value fields)
{
    Object body = errorBody(kind, text);
    if (!fields.isNull())
        body.set("fields", std::move(fields));
    return json(formOf(kind).status, body);
}

Response schemaViolation(const SchemaErrors& errors)
{
    return failure(ErrorKind::SchemaViolation, toMessage(errors), errors);
}

Response invalidPrimaryKey()
{
    return failure(ErrorKind::InvalidPrimaryKey, "invalid primary key: '{id=\"expected a valid UUID\"}'",
                   Object{{"id", "expected a valid UUID"}});
}

Response invalidUnique(std::string_view field, std::string_view text)
{
    Object body = errorBody(ErrorKind::InvalidUnique, text);
    body.set("name", "invalid unique " + std::string(field));
    return json(400, body);
}

Response invalidOption(std::string_view option, std::string_view text)
{
    Object body =
        errorBody(ErrorKind::InvalidOptions, "invalid option (" + std::string(option) + ": " + std::string(text) + ")");
    body.set("options", Object{{std::string(option), text}});
    return json(400, body);
}

Response unsupported(std::string_view verb, std::string_view kind, std::string_view byField)
{
    std::string text = "cannot " + std::string(verb) + " '" + std::string(kind) + "' entities";
    if (!byField.empty())
        text += " by '" + std::string(byField) + "'";
    return failure(ErrorKind::OperationUnsupported, text + " when not using a database");
}

Response missingEntity(std::string_view field, std::string_view value)
{
    const Object wanted{{std::string(field), value}};
    const std::string how =
        field == "id" ? "could not find the entity with primary key '" : "could not find the entity with '";
    return failure(ErrorKind::NotFound, how + toLuaText(wanted) + "'", wanted);
}

} // namespace claimsmith::gateway::admin
