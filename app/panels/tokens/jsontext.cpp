// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/jsontext.h"

#include "document/json.h"

#include <algorithm>

namespace claimsmith::app {

namespace {

using document::SourceMap;
using document::Span;

constexpr std::size_t widestArray = 60;

bool isBlank(char c) noexcept
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// Offset behind the string that begins at `offset`.
std::size_t endOfString(std::string_view json, std::size_t offset) noexcept
{
    for (++offset; offset < json.size(); ++offset) {
        if (json[offset] == '\\')
            ++offset;
        else if (json[offset] == '"')
            return offset + 1;
    }
    return json.size();
}

/// Walks over compact JSON and lays it out anew.
class Layouter final
{
public:
    explicit Layouter(std::string_view compact) : m_json(compact) {}

    std::string run()
    {
        while (m_offset < m_json.size())
            step();
        return std::move(m_out);
    }

private:
    void step()
    {
        const char c = m_json[m_offset];
        switch (c) {
        case '"': {
            const std::size_t end = endOfString(m_json, m_offset);
            take(end - m_offset);
            return;
        }
        case '{':
        case '[':
            open(c);
            return;
        case '}':
        case ']':
            --m_depth;
            breakLine();
            break;
        case ',':
            take(1);
            breakLine();
            return;
        case ':':
            take(1);
            m_out += ' ';
            return;
        default:
            break;
        }
        take(1);
    }

    void open(char bracket)
    {
        if (m_json[m_offset + 1] == (bracket == '{' ? '}' : ']')) {
            take(2);
            return;
        }
        if (bracket == '[' && takeShortArray())
            return;
        take(1);
        ++m_depth;
        breakLine();
    }

    /// An array that holds no other container and fits on a line.
    bool takeShortArray()
    {
        std::string line = "[";
        for (std::size_t at = m_offset + 1; at < m_json.size() && line.size() <= widestArray;) {
            const char c = m_json[at];
            if (c == '[' || c == '{')
                return false;
            const std::size_t end = c == '"' ? endOfString(m_json, at) : at + 1;
            line += m_json.substr(at, end - at);
            if (c == ',')
                line += ' ';
            at = end;
            if (c != ']')
                continue;
            m_out += line;
            m_offset = at;
            return true;
        }
        return false;
    }

    void take(std::size_t count)
    {
        m_out += m_json.substr(m_offset, count);
        m_offset += count;
    }

    void breakLine()
    {
        m_out += '\n';
        m_out.append(2 * m_depth, ' ');
    }

    std::string_view m_json;
    std::string m_out;
    std::size_t m_offset = 0;
    std::size_t m_depth = 0;
};

struct ReadObject
{
    document::Object object;
    SourceMap map;
};

Result<ReadObject> readObject(std::string_view json)
{
    SourceMap map;
    document::JsonOptions options;
    options.allowDuplicateKeys = true;
    CLAIMSMITH_TRY(document::Value value, document::parseJson(json, options, &map));
    if (!value.asObject())
        return Error{.code = JsonTextErrorCode::NotAnObject, .detail = "expected an object"};
    return ReadObject{std::move(*value.asObject()), std::move(map)};
}

std::string replaced(std::string_view text, std::size_t begin, std::size_t end, std::string_view by)
{
    std::string result(text.substr(0, begin));
    result += by;
    result += text.substr(end);
    return result;
}

/// What stands between the members: the blanks before the last key, or a line and two spaces for an object over lines.
std::string_view separatorBefore(std::string_view json, std::size_t key)
{
    std::size_t begin = key;
    while (begin > 0 && isBlank(json[begin - 1]))
        --begin;
    return json.substr(begin, key - begin);
}

} // namespace

const ErrorDomain& errorDomain(JsonTextErrorCode) noexcept
{
    static constexpr ErrorDomain domain{"json-text", [](int) noexcept -> std::string_view { return "not-an-object"; }};
    return domain;
}

std::string compactJson(std::string_view json)
{
    std::string result;
    result.reserve(json.size());
    for (std::size_t offset = 0; offset < json.size();) {
        if (json[offset] == '"') {
            const std::size_t end = endOfString(json, offset);
            result += json.substr(offset, end - offset);
            offset = end;
            continue;
        }
        if (!isBlank(json[offset]))
            result += json[offset];
        ++offset;
    }
    return result;
}

std::string indentedJson(std::string_view json)
{
    const std::string compact = compactJson(json);
    return Layouter(compact).run();
}

Result<std::string> withMember(std::string_view json, std::string_view name, std::string_view value)
{
    CLAIMSMITH_TRY(const ReadObject read, readObject(json));
    const std::string pointer = document::joinPointer("", name);
    if (const auto* entry = read.map.find(pointer))
        return replaced(json, entry->value.begin, entry->value.end, value);

    const std::string member = document::toJsonString(name) + ": " + std::string(value);
    const Span& whole = read.map.find("")->value;
    if (read.object.empty())
        return replaced(json, whole.begin, whole.end, "{\n  " + member + "\n}");
    const auto& last = *read.map.find(document::joinPointer("", (read.object.end() - 1)->name));
    std::string addition = ",";
    addition += separatorBefore(json, last.key->begin);
    return replaced(json, last.value.end, last.value.end, addition + member);
}

Result<std::string> withoutMember(std::string_view json, std::string_view name)
{
    CLAIMSMITH_TRY(const ReadObject read, readObject(json));
    const auto* entry = read.map.find(document::joinPointer("", name));
    if (!entry)
        return std::string(json);
    std::size_t begin = entry->key->begin;
    std::size_t end = entry->value.end;
    while (begin > 0 && isBlank(json[begin - 1]))
        --begin;
    std::size_t behind = end;
    while (behind < json.size() && isBlank(json[behind]))
        ++behind;
    // One comma goes with the member: the one before it, or for the first member the one behind it.
    if (json[begin - 1] == ',')
        --begin;
    else if (json[behind] == ',')
        end = behind + 1;
    return replaced(json, begin, end, "");
}

Result<std::string> withRenamedMember(std::string_view json, std::string_view name, std::string_view newName)
{
    CLAIMSMITH_TRY(const ReadObject read, readObject(json));
    const auto* entry = read.map.find(document::joinPointer("", name));
    if (!entry)
        return std::string(json);
    return replaced(json, entry->key->begin, entry->key->end, document::toJsonString(newName));
}

} // namespace claimsmith::app
