// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace claimsmith::document {

class Value;

/// A number as it was written: "1.0", "1e3", "9007199254740993" keep their digits, so a token is signed as it was typed.
class Number final
{
public:
    /// `text` has to be a number in the grammar of the document it came from; readers guarantee it.
    explicit Number(std::string text) : m_text(std::move(text)) {}
    explicit Number(std::int64_t value) : m_text(std::to_string(value)) {}
    /// The shortest text that reads back as the same double.
    explicit Number(double value);

    const std::string& text() const noexcept { return m_text; }
    /// The value when it is a whole number in range, also from "80.0" or "1e3".
    std::optional<std::int64_t> toInteger() const noexcept;
    /// The nearest double; NaN and infinities only from documents read leniently.
    double toDouble() const noexcept;

    /// Equal digits. Numerical equality is `toDouble() == other.toDouble()`.
    friend bool operator==(const Number&, const Number&) = default;

private:
    std::string m_text;
};

using Array = std::vector<Value>;

struct Member;

/// Members in the order of the document. A reader refuses or keeps duplicates as told; find() gives the last one, as JSON
/// readers commonly do (RFC 8259 §4).
class Object final
{
public:
    Object() = default;
    Object(std::initializer_list<Member> members);

    bool empty() const noexcept;
    std::size_t size() const noexcept;
    auto begin() const noexcept { return m_members.begin(); }
    auto end() const noexcept { return m_members.end(); }
    auto begin() noexcept { return m_members.begin(); }
    auto end() noexcept { return m_members.end(); }

    /// The value of the last member with this name, or null. Valid until the object changes.
    const Value* find(std::string_view name) const noexcept;
    Value* find(std::string_view name) noexcept;
    bool contains(std::string_view name) const noexcept { return find(name) != nullptr; }
    /// Replaces the value in its place, or appends a member.
    Value& set(std::string_view name, Value value);
    /// Appends even if the name is there already: for readers and for forged tokens.
    Value& append(std::string name, Value value);
    /// Removes every member with this name; tells whether there was one.
    bool remove(std::string_view name);

    friend bool operator==(const Object&, const Object&);

private:
    std::vector<Member> m_members;
};

/// A JSON or YAML value: null, boolean, number, string, array or object. A plain value: copy, compare, move.
class Value final
{
public:
    enum class Kind { Null, Boolean, Number, String, Array, Object };

    Value() noexcept = default;
    Value(std::nullptr_t) noexcept {}
    Value(bool value) noexcept : m_content(value) {}
    Value(int value) : m_content(Number(static_cast<std::int64_t>(value))) {}
    Value(std::int64_t value) : m_content(Number(value)) {}
    Value(double value) : m_content(Number(value)) {}
    Value(Number value) : m_content(std::move(value)) {}
    Value(std::string value) : m_content(std::move(value)) {}
    Value(std::string_view value) : m_content(std::string(value)) {}
    Value(const char* value) : m_content(std::string(value)) {}
    Value(Array value) : m_content(std::move(value)) {}
    Value(Object value) : m_content(std::move(value)) {}

    Kind kind() const noexcept { return static_cast<Kind>(m_content.index()); }
    bool isNull() const noexcept { return kind() == Kind::Null; }

    /// The content when it is of the kind asked for, else null. Valid until the value changes.
    const bool* asBoolean() const noexcept { return std::get_if<bool>(&m_content); }
    const Number* asNumber() const noexcept { return std::get_if<Number>(&m_content); }
    const std::string* asString() const noexcept { return std::get_if<std::string>(&m_content); }
    const Array* asArray() const noexcept { return std::get_if<Array>(&m_content); }
    const Object* asObject() const noexcept { return std::get_if<Object>(&m_content); }
    bool* asBoolean() noexcept { return std::get_if<bool>(&m_content); }
    Number* asNumber() noexcept { return std::get_if<Number>(&m_content); }
    std::string* asString() noexcept { return std::get_if<std::string>(&m_content); }
    Array* asArray() noexcept { return std::get_if<Array>(&m_content); }
    Object* asObject() noexcept { return std::get_if<Object>(&m_content); }

    /// The member of an object, or null when this is no object or lacks it.
    const Value* find(std::string_view name) const noexcept;
    /// The value at a JSON pointer (RFC 6901), or null. "" is the value itself.
    const Value* at(std::string_view pointer) const noexcept;
    Value* at(std::string_view pointer) noexcept;

    friend bool operator==(const Value&, const Value&);

private:
    std::variant<std::monostate, bool, Number, std::string, Array, Object> m_content;
};

struct Member
{
    std::string name;
    Value value;
    friend bool operator==(const Member&, const Member&) = default;
};

/// A reference token escaped for a JSON pointer (RFC 6901 §3): "~" → "~0", "/" → "~1".
std::string escapePointerToken(std::string_view token);
/// `pointer` with one more token.
std::string joinPointer(std::string_view pointer, std::string_view token);
std::string joinPointer(std::string_view pointer, std::size_t index);

} // namespace claimsmith::document
