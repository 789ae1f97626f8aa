// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/request_transformer/transformation.h"

#include "gateway/plugins/config.h"
#include "gateway/plugins/transformentry.h"

#include <algorithm>

namespace claimsmith::gateway::requesttransformer {

using document::joinPointer;
using document::Value;

namespace {

JsonType typeNamed(std::string_view name) noexcept
{
    if (name == "number")
        return JsonType::Number;
    return name == "boolean" ? JsonType::Boolean : JsonType::String;
}

Entry readEntry(std::string_view text, std::string pointer)
{
    TransformEntry parts = parseTransformEntry(text);
    Entry entry{std::move(parts.name), std::nullopt, std::move(pointer), JsonType::String};
    if (parts.value)
        entry.value.emplace(std::move(*parts.value));
    return entry;
}

std::vector<Entry> readEntries(const Value& operation, std::string_view list, const std::string& pointer)
{
    std::vector<Entry> entries;
    for (const std::string& text : textsSetting(operation, list))
        entries.push_back(readEntry(text, joinPointer(joinPointer(pointer, list), entries.size())));
    return entries;
}

Operation readOperation(const Value& config, std::string_view name, const std::string& configPointer)
{
    const Value* operation = config.find(name);
    if (!operation)
        return {};
    const std::string pointer = joinPointer(configPointer, name);
    Operation read{readEntries(*operation, "headers", pointer), readEntries(*operation, "querystring", pointer),
                   readEntries(*operation, "body", pointer)};
    const auto types = textsSetting(*operation, "json_types");
    for (std::size_t i = 0; i < std::min(types.size(), read.body.size()); ++i)
        read.body[i].type = typeNamed(types[i]);
    return read;
}

std::optional<Entry> readUri(const Value& config, const std::string& pointer)
{
    const Value* replace = config.find("replace");
    const auto uri = replace ? textSetting(*replace, "uri") : std::nullopt;
    if (!uri)
        return std::nullopt;
    return Entry{"uri", lua::Template(*uri), joinPointer(joinPointer(pointer, "replace"), "uri"), JsonType::String};
}

std::optional<std::set<std::string, std::less<>>> readAllowed(const Value& config)
{
    const Value* allow = config.find("allow");
    const Value* body = allow ? allow->find("body") : nullptr;
    if (!body || !body->asArray())
        return std::nullopt;
    const auto names = textsSetting(*allow, "body");
    return std::set<std::string, std::less<>>(names.begin(), names.end());
}

} // namespace

bool Transformation::changesHeaders() const noexcept
{
    return !remove.headers.empty() || setsHeaders();
}

bool Transformation::changesQuery() const noexcept
{
    return !remove.query.empty() || !rename.query.empty() || !replace.query.empty() || !add.query.empty() ||
           !append.query.empty();
}

bool Transformation::changesBody() const noexcept
{
    return !remove.body.empty() || !rename.body.empty() || !replace.body.empty() || !add.body.empty() ||
           !append.body.empty() || allowedBody;
}

bool Transformation::setsHeaders() const noexcept
{
    return !rename.headers.empty() || !replace.headers.empty() || !add.headers.empty() || !append.headers.empty();
}

bool Transformation::movesFormToQuery() const noexcept
{
    return method == "GET" || method == "HEAD" || method == "TRACE";
}

Transformation readTransformation(const Value& config, const std::string& pointer)
{
    Transformation read;
    read.method = textSetting(config, "http_method");
    read.uri = readUri(config, pointer);
    read.remove = readOperation(config, "remove", pointer);
    read.rename = readOperation(config, "rename", pointer);
    read.replace = readOperation(config, "replace", pointer);
    read.add = readOperation(config, "add", pointer);
    read.append = readOperation(config, "append", pointer);
    read.allowedBody = readAllowed(config);
    read.hasDottedNames = config.findBoolean("dots_in_keys").value_or(true);
    return read;
}

} // namespace claimsmith::gateway::requesttransformer
