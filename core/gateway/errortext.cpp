// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/validation.h"

#include <algorithm>
#include <cctype>

namespace claimsmith::gateway {

using document::Array;
using document::Object;
using document::Value;

namespace {

bool isIdentifier(std::string_view text) noexcept
{
    static constexpr std::string_view keywords[] = {"and", "break",    "do",     "else", "elseif", "end",   "false",
                                                    "for", "function", "if",     "in",   "local",  "nil",   "not",
                                                    "or",  "repeat",   "return", "then", "true",   "until", "while"};
    const auto isWord = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; };
    return !text.empty() && !std::isdigit(static_cast<unsigned char>(text.front())) &&
           std::ranges::all_of(text, isWord) && std::ranges::find(keywords, text) == std::end(keywords);
}

/// Penlight's quoting: double quotes, or long brackets around a text of several lines.
std::string luaString(std::string_view text)
{
    if (text.find('\n') != std::string_view::npos)
        return "[[" + std::string(text) + "]]";
    std::string quoted = "\"";
    for (char c : text) {
        if (c == '"' || c == '\\')
            quoted += '\\';
        quoted += c;
    }
    return quoted + "\"";
}

std::string arrayText(const Array& array)
{
    std::string out;
    bool inSequence = true;
    for (std::size_t i = 0; i < array.size(); ++i) {
        if (array[i].isNull()) {
            inSequence = false;
            continue;
        }
        out += out.empty() ? "" : ",";
        out += inSequence ? "" : "[" + std::to_string(i + 1) + "]=";
        out += toLuaText(array[i]);
    }
    return out;
}

std::vector<const document::Member*> sortedMembers(const Object& object)
{
    std::vector<const document::Member*> members;
    for (const auto& member : object)
        members.push_back(&member);
    std::ranges::sort(members, {}, &document::Member::name);
    return members;
}

std::string objectText(const Object& object)
{
    std::string out;
    for (const auto* member : sortedMembers(object)) {
        out += out.empty() ? "" : ",";
        out += isIdentifier(member->name) ? member->name : "[" + luaString(member->name) + "]";
        out += "=" + toLuaText(member->value);
    }
    return out;
}

std::string toLuaBlock(const Value& value, std::size_t depth);

std::string blockLine(const std::string& key, const Value& value, std::size_t depth)
{
    return std::string(2 * (depth + 1), ' ') + key + toLuaBlock(value, depth + 1);
}

/// The form of several lines in which Kong prints a table that is nested deep.
std::string toLuaBlock(const Value& value, std::size_t depth)
{
    std::vector<std::string> lines;
    if (const auto* array = value.asArray()) {
        bool inSequence = true;
        for (std::size_t i = 0; i < array->size(); ++i) {
            inSequence = inSequence && !(*array)[i].isNull();
            if (!(*array)[i].isNull())
                lines.push_back(blockLine(inSequence ? "" : "[" + std::to_string(i + 1) + "] = ", (*array)[i], depth));
        }
    } else if (const auto* object = value.asObject()) {
        for (const auto* member : sortedMembers(*object))
            lines.push_back(
                blockLine((isIdentifier(member->name) ? member->name : "[" + luaString(member->name) + "]") + " = ",
                          member->value, depth));
    } else {
        return toLuaText(value);
    }
    std::string joined;
    for (const std::string& line : lines)
        joined += (joined.empty() ? "" : ",\n") + line;
    return "{\n" + joined + "\n" + std::string(2 * depth, ' ') + "}";
}

void collect(std::vector<std::string>& items, const std::string& name, const Value& error)
{
    if (const auto* text = error.asString()) {
        items.push_back(name + ": " + *text);
        return;
    }
    const auto addItem = [&](const std::string& key, const Value& inner) {
        items.push_back(name + "." + key + ": " + (inner.asString() ? *inner.asString() : toLuaBlock(inner, 0)));
    };
    if (const auto* array = error.asArray()) {
        for (std::size_t i = 0; i < array->size(); ++i)
            if (!(*array)[i].isNull())
                addItem(std::to_string(i + 1), (*array)[i]);
        return;
    }
    if (const auto* object = error.asObject())
        for (const auto* member : sortedMembers(*object))
            addItem(member->name, member->value);
}

} // namespace

std::string toLuaText(const Value& value)
{
    if (const auto* string = value.asString())
        return luaString(*string);
    if (const auto* number = value.asNumber())
        return number->text();
    if (const auto* boolean = value.asBoolean())
        return *boolean ? "true" : "false";
    if (const auto* array = value.asArray())
        return "{" + arrayText(*array) + "}";
    if (const auto* object = value.asObject())
        return "{" + objectText(*object) + "}";
    return "null";
}

std::string toMessage(const SchemaErrors& errors)
{
    std::vector<std::string> items;
    if (const Value* entity = errors.find("@entity"); entity && entity->asArray())
        for (const Value& text : *entity->asArray())
            items.push_back(text.asString() ? *text.asString() : toLuaText(text));
    std::vector<const document::Member*> fields;
    for (const auto& member : errors)
        if (member.name != "@entity")
            fields.push_back(&member);
    std::ranges::sort(fields, {}, &document::Member::name);
    for (const auto* field : fields)
        collect(items, field->name, field->value);

    std::string joined;
    for (const std::string& item : items)
        joined += (joined.empty() ? "" : "; ") + item;
    return items.size() == 1 ? "schema violation (" + joined + ")"
                             : std::to_string(items.size()) + " schema violations (" + joined + ")";
}

} // namespace claimsmith::gateway
