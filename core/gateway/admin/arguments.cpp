// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/admin/input.h"

#include "document/json.h"
#include "gateway/admin/multipart.h"
#include "gateway/admin/responses.h"
#include "gateway/proxy/failure.h"
#include "http/mediatype.h"

#include <algorithm>
#include <charconv>

namespace claimsmith::gateway::admin {

using document::Array;
using document::Object;
using document::Value;
using http::Response;

namespace {

constexpr std::size_t mostArguments = 1000;

/// "hosts[1]" and "config.a[]" taken apart: the names on the way, and whether a list ends it.
struct ArgumentPath
{
    std::vector<std::string> names;
    bool isList = false;
};

bool isPosition(std::string_view text) noexcept
{
    return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

ArgumentPath pathOfArgument(std::string_view name)
{
    ArgumentPath path;
    while (!name.empty()) {
        const auto end = std::min(name.find_first_of(".["), name.size());
        if (end > 0)
            path.names.emplace_back(name.substr(0, end));
        if (end < name.size() && name[end] == '[') {
            const auto close = std::min(name.find(']', end), name.size());
            const std::string_view inner = name.substr(end + 1, close - end - 1);
            if (isPosition(inner))
                path.isList = true;
            else
                path.names.emplace_back(inner);
            name.remove_prefix(std::min(close + 1, name.size()));
        } else {
            name.remove_prefix(std::min(end + 1, name.size()));
        }
    }
    return path;
}

/// A name that comes again makes a list of what it names.
void addArgument(Object& values, const ArgumentPath& path, std::string text)
{
    Object* at = &values;
    for (std::size_t i = 0; i + 1 < path.names.size(); ++i) {
        Value* next = at->find(path.names[i]);
        if (!next || !next->asObject())
            next = &at->set(path.names[i], Object{});
        at = next->asObject();
    }
    Value* known = at->find(path.names.back());
    if (!known) {
        at->set(path.names.back(), path.isList ? Value(Array{Value(std::move(text))}) : Value(std::move(text)));
        return;
    }
    if (!known->asArray())
        *known = Array{*known};
    known->asArray()->push_back(std::move(text));
}

Value inferred(const Field& field, Value value);

Value inferredList(const Field& field, Value value)
{
    Array list = value.asArray() ? std::move(*value.asArray()) : Array{std::move(value)};
    for (Value& element : list)
        element = inferred(*field.elements, std::move(element));
    return list;
}

Value inferredNumber(Value value)
{
    const std::string& text = *value.asString();
    auto number = document::parseJson(text);
    return number && number->asNumber() ? std::move(*number) : value;
}

Value inferred(const Field& field, Value value)
{
    if (value.asString() && value.asString()->empty())
        return {};
    switch (field.type) {
    case FieldType::Number:
    case FieldType::Integer:
        return value.asString() ? inferredNumber(std::move(value)) : value;
    case FieldType::Boolean:
        if (value.asString() && (*value.asString() == "true" || *value.asString() == "false"))
            return *value.asString() == "true";
        return value;
    case FieldType::Array:
    case FieldType::Set:
        return inferredList(field, std::move(value));
    case FieldType::Map:
        if (value.asObject())
            for (auto& [name, member] : *value.asObject())
                member = inferred(*field.elements, std::move(member));
        return value;
    case FieldType::Record:
        return value.asObject() ? Value(inferTypes(field.fields, std::move(*value.asObject()))) : value;
    default:
        return value;
    }
}

std::variant<Arguments, Response> fromForm(const http::QueryArguments& form)
{
    if (form.size() > mostArguments)
        return message(400, "Too many arguments");
    return Arguments{nestArguments(form), false};
}

} // namespace

Object nestArguments(const http::QueryArguments& form)
{
    Object values;
    for (const auto& [name, value] : form)
        if (const ArgumentPath path = pathOfArgument(name); !path.names.empty())
            addArgument(values, path, value.value_or(""));
    return values;
}

Object inferTypes(const std::vector<Field>& fields, Object values)
{
    for (auto& [name, value] : values)
        if (const auto field = std::ranges::find(fields, name, &Field::name); field != fields.end())
            value = inferred(*field, std::move(value));
    return values;
}

std::variant<Arguments, Response> readArguments(const http::Request& request)
{
    const auto type = http::parseMediaType(request.head.headers.value("content-type"));
    if (!type && request.body.empty())
        return Arguments{};
    if (!type)
        return nginxPage(415);
    if (type->is("application/x-www-form-urlencoded"))
        return fromForm(http::parseQuery(request.body, mostArguments + 1));
    if (type->is("multipart/form-data"))
        return fromForm(readMultipart(request.body, type->parameter("boundary").value_or("")));
    if (!type->is("application/json"))
        return nginxPage(415);
    if (request.body.empty())
        return Arguments{};
    auto parsed = document::parseJson(request.body, {.allowDuplicateKeys = true});
    if (!parsed)
        return message(400, "Cannot parse JSON body");
    return Arguments{parsed->asObject() ? std::move(*parsed->asObject()) : Object{}, true};
}

} // namespace claimsmith::gateway::admin
