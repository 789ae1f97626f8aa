// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/value.h"

#include "document/decimal.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace claimsmith::document {
namespace {

std::string shortestText(double value)
{
    if (std::isnan(value))
        return "NaN";
    if (std::isinf(value))
        return value < 0 ? "-Infinity" : "Infinity";
    std::array<char, 32> buffer{};
    const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
    return std::string(buffer.data(), result.ptr);
}

/// One step of a pointer: the next token, unescaped, and the rest.
std::string takeToken(std::string_view& pointer)
{
    if (pointer.starts_with('/'))
        pointer.remove_prefix(1);
    const std::size_t end = std::min(pointer.find('/'), pointer.size());
    std::string token;
    for (std::size_t i = 0; i < end; ++i) {
        const bool escaped = pointer[i] == '~' && i + 1 < end && (pointer[i + 1] == '0' || pointer[i + 1] == '1');
        token += !escaped ? pointer[i] : pointer[++i] == '0' ? '~' : '/';
    }
    pointer.remove_prefix(end);
    return token;
}

const Value* step(const Value& value, const std::string& token) noexcept
{
    if (const auto* object = value.asObject())
        return object->find(token);
    const auto* array = value.asArray();
    const auto index = array ? parsePointerIndex(token) : std::nullopt;
    return index && *index < array->size() ? &(*array)[*index] : nullptr;
}

} // namespace

Number::Number(double value) : m_text(shortestText(value)) {}

std::optional<std::int64_t> Number::toInteger() const noexcept
{
    return decimalToInteger(m_text);
}

double Number::toDouble() const noexcept
{
    return decimalToDouble(m_text);
}

Object::Object() noexcept = default;

Object::Object(std::initializer_list<Member> members) : m_members(members) {}

Object::Object(const Object&) = default;
Object::Object(Object&&) noexcept = default;
Object& Object::operator=(const Object&) = default;
Object& Object::operator=(Object&&) noexcept = default;
Object::~Object() = default;

bool Object::empty() const noexcept
{
    return m_members.empty();
}

std::size_t Object::size() const noexcept
{
    return m_members.size();
}

const Value* Object::find(std::string_view name) const noexcept
{
    const auto found = std::find_if(m_members.rbegin(), m_members.rend(),
                                    [name](const Member& member) { return member.name == name; });
    return found == m_members.rend() ? nullptr : &found->value;
}

Value* Object::find(std::string_view name) noexcept
{
    return const_cast<Value*>(std::as_const(*this).find(name));
}

Value& Object::set(std::string_view name, Value value)
{
    if (Value* present = find(name))
        return *present = std::move(value);
    return append(std::string(name), std::move(value));
}

Value& Object::append(std::string name, Value value)
{
    return m_members.emplace_back(Member{std::move(name), std::move(value)}).value;
}

void Object::reserve(std::size_t members)
{
    m_members.reserve(members);
}

bool Object::remove(std::string_view name)
{
    return std::erase_if(m_members, [name](const Member& member) { return member.name == name; }) != 0;
}

bool operator==(const Object& a, const Object& b)
{
    return a.m_members == b.m_members;
}

const Value* Value::find(std::string_view name) const noexcept
{
    const Object* object = asObject();
    return object ? object->find(name) : nullptr;
}

Value* Value::find(std::string_view name) noexcept
{
    return const_cast<Value*>(std::as_const(*this).find(name));
}

const std::string* Value::findString(std::string_view name) const noexcept
{
    const Value* member = find(name);
    return member ? member->asString() : nullptr;
}

std::optional<bool> Value::findBoolean(std::string_view name) const noexcept
{
    const Value* member = find(name);
    const bool* content = member ? member->asBoolean() : nullptr;
    return content ? std::optional(*content) : std::nullopt;
}

std::optional<std::int64_t> Value::findInteger(std::string_view name) const noexcept
{
    const Value* member = find(name);
    const Number* number = member ? member->asNumber() : nullptr;
    return number ? number->toInteger() : std::nullopt;
}

const Value* Value::at(std::string_view pointer) const noexcept
{
    const Value* value = this;
    while (value && !pointer.empty())
        value = step(*value, takeToken(pointer));
    return value;
}

Value* Value::at(std::string_view pointer) noexcept
{
    return const_cast<Value*>(std::as_const(*this).at(pointer));
}

bool operator==(const Value& a, const Value& b)
{
    return a.m_content == b.m_content;
}

std::string_view kindName(Value::Kind kind) noexcept
{
    switch (kind) {
    case Value::Kind::Null:
        return "null";
    case Value::Kind::Boolean:
        return "boolean";
    case Value::Kind::Number:
        return "number";
    case Value::Kind::String:
        return "string";
    case Value::Kind::Array:
        return "array";
    case Value::Kind::Object:
        return "object";
    }
    return "";
}

std::string escapePointerToken(std::string_view token)
{
    std::string escaped;
    escaped.reserve(token.size());
    for (const char c : token) {
        if (c == '~')
            escaped += "~0";
        else if (c == '/')
            escaped += "~1";
        else
            escaped += c;
    }
    return escaped;
}

std::string joinPointer(std::string_view pointer, std::string_view token)
{
    return std::string(pointer) + '/' + escapePointerToken(token);
}

std::string joinPointer(std::string_view pointer, std::size_t index)
{
    return std::string(pointer) + '/' + std::to_string(index);
}

std::vector<std::string> splitPointer(std::string_view pointer)
{
    std::vector<std::string> tokens;
    while (!pointer.empty())
        tokens.push_back(takeToken(pointer));
    return tokens;
}

std::optional<std::size_t> parsePointerIndex(std::string_view token) noexcept
{
    if (token.empty() || (token.size() > 1 && token.front() == '0'))
        return std::nullopt;
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), index);
    return error == std::errc() && end == token.data() + token.size() ? std::optional(index) : std::nullopt;
}

} // namespace claimsmith::document
