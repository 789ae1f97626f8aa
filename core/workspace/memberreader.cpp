// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/memberreader.h"

#include "document/json.h"

#include <algorithm>

namespace claimsmith::workspace {

using document::Value;

MemberReader::MemberReader(std::string_view text, std::string file) : m_file(std::move(file))
{
    auto root = document::parseJson(text, {}, &m_sourceMap);
    if (!root) {
        Error error{StorageErrorCode::Unreadable};
        error.place = root.error().place;
        error.place.file = m_file;
        error.cause = std::make_shared<Error>(std::move(root).error());
        m_error = std::move(error);
        return;
    }
    m_root = std::move(*root);
    begin();
}

MemberReader::MemberReader(Value root, document::SourceMap sourceMap, std::string file)
    : m_file(std::move(file)), m_root(std::move(root)), m_sourceMap(std::move(sourceMap))
{
    begin();
}

void MemberReader::begin()
{
    m_object = &m_root;
    if (!m_root.asObject())
        failType({}, "object", m_root);
}

bool MemberReader::has(std::string_view name) const
{
    return value(name) != nullptr;
}

const Value* MemberReader::value(std::string_view name) const
{
    return m_object ? m_object->find(name) : nullptr;
}

std::string MemberReader::required(std::string_view name)
{
    if (!m_error && !has(name))
        fail(StorageErrorCode::MissingMember, {}, "the member \"" + std::string(name) + "\" is missing",
             {{"name", std::string(name)}});
    return text(name);
}

std::string MemberReader::text(std::string_view name, std::string_view fallback)
{
    const Value* member = value(name);
    if (!member)
        return std::string(fallback);
    if (const std::string* line = member->asString())
        return *line;
    std::string lines;
    const auto* array = member->asArray();
    for (std::size_t i = 0; array && i < array->size(); ++i) {
        const std::string* line = (*array)[i].asString();
        if (!line) {
            failType(document::joinPointer(document::joinPointer(m_pointer, name), i), "string", (*array)[i]);
            return std::string(fallback);
        }
        lines.append(i == 0 ? "" : "\n").append(*line);
    }
    if (!array)
        failType(document::joinPointer(m_pointer, name), "string", *member);
    return lines;
}

bool MemberReader::boolean(std::string_view name, bool fallback)
{
    const Value* member = value(name);
    if (member && !member->asBoolean())
        failType(document::joinPointer(m_pointer, name), "boolean", *member);
    return member && member->asBoolean() ? *member->asBoolean() : fallback;
}

std::optional<std::int64_t> MemberReader::integer(std::string_view name)
{
    const Value* member = value(name);
    const auto whole = member && member->asNumber() ? member->asNumber()->toInteger() : std::nullopt;
    if (member && !whole)
        failType(document::joinPointer(m_pointer, name), "integer", *member);
    return whole;
}

void MemberReader::refuseOthers(const std::vector<std::string_view>& names)
{
    for (const document::Member& member : object() ? *object() : document::Object()) {
        if (std::ranges::find(names, member.name) != names.end())
            continue;
        const std::string expected = expectedWords(names);
        fail(StorageErrorCode::UnknownValue, member.name, "\"" + member.name + "\" is none of " + expected,
             {{"value", member.name}, {"expected", expected}});
    }
}

std::size_t MemberReader::line() const
{
    const auto* entry = m_sourceMap.findNearest(m_pointer);
    return entry ? entry->value.line : 0;
}

std::vector<std::string> MemberReader::texts(std::string_view name)
{
    std::vector<std::string> found;
    const Value* member = value(name);
    if (!member)
        return found;
    const std::string pointer = document::joinPointer(m_pointer, name);
    const auto* array = member->asArray();
    if (!array)
        failType(pointer, "array", *member);
    for (std::size_t i = 0; array && i < array->size(); ++i) {
        if (const std::string* element = (*array)[i].asString())
            found.push_back(*element);
        else
            failType(document::joinPointer(pointer, i), "string", (*array)[i]);
    }
    return found;
}

void MemberReader::enter(std::string_view name, const std::function<void()>& read)
{
    if (const Value* member = value(name))
        enterObject(*member, document::joinPointer(m_pointer, name), read);
}

void MemberReader::enterEach(std::string_view name, const std::function<void()>& read)
{
    const Value* member = value(name);
    if (!member)
        return;
    const std::string pointer = document::joinPointer(m_pointer, name);
    if (!member->asArray())
        return failType(pointer, "array", *member);
    for (std::size_t i = 0; i < member->asArray()->size(); ++i)
        enterObject((*member->asArray())[i], document::joinPointer(pointer, i), read);
}

void MemberReader::enterObject(const Value& value, std::string pointer, const std::function<void()>& read)
{
    if (!value.asObject())
        return failType(pointer, "object", value);
    const Value* const outer = std::exchange(m_object, &value);
    std::string outerPointer = std::exchange(m_pointer, std::move(pointer));
    read();
    m_object = outer;
    m_pointer = std::move(outerPointer);
}

void MemberReader::fail(StorageErrorCode code, std::string_view name, std::string detail,
                        std::vector<std::pair<std::string, std::string>> parameters)
{
    failAt(code, name.empty() ? m_pointer : document::joinPointer(m_pointer, name), std::move(detail),
           std::move(parameters));
}

void MemberReader::failType(std::string_view pointer, std::string_view expected, const Value& found)
{
    const std::string kind(document::kindName(found.kind()));
    failAt(StorageErrorCode::WrongType, std::string(pointer), "expected " + std::string(expected) + ", found " + kind,
           {{"expected", std::string(expected)}, {"found", kind}});
}

void MemberReader::failAt(StorageErrorCode code, std::string pointer, std::string detail,
                          std::vector<std::pair<std::string, std::string>> parameters)
{
    if (m_error)
        return;
    Error error{code};
    error.place.file = m_file;
    if (const auto* entry = m_sourceMap.findNearest(pointer)) {
        error.place.offset = entry->value.begin;
        error.place.line = entry->value.line;
        error.place.column = entry->value.column;
    }
    error.place.pointer = std::move(pointer);
    error.detail = std::move(detail);
    error.parameters = std::move(parameters);
    m_error = std::move(error);
}

std::string MemberReader::expectedWords(const std::vector<std::string_view>& words)
{
    std::string text;
    for (const std::string_view word : words)
        text.append(text.empty() ? "" : ", ").append(word);
    return text;
}

} // namespace claimsmith::workspace
