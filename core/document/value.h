// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace claimsmith::document {

class Value;

/// Here and not in Value, because GCC takes an enumerator for a shadow of the alias Array if that comes first.
enum class ValueKind { Null, Boolean, Number, String, Array, Object };

template <class T>
concept Boolean = std::is_same_v<T, bool>;
template <class T>
concept WholeNumber = std::is_integral_v<T> && !Boolean<T> && !std::is_same_v<T, char>;

/// A number as it was written: "1.0", "1e3", "9007199254740993" keep their digits, so a token is signed as it was
/// typed.
class Number final
{
public:
    /// `text` has to be a JSON number, or one of the extensions that JsonOptions::allowKongNumbers names; readers
    /// guarantee it, other callers have to.
    explicit Number(std::string text) noexcept : m_text(std::move(text)) {}
    explicit Number(WholeNumber auto value) : m_text(std::to_string(value)) {}

    /// The shortest text that reads back as the same double; "NaN", "Infinity" or "-Infinity" for those that JSON
    /// lacks.
    explicit Number(double value);

    const std::string& text() const noexcept { return m_text; }

    /// The value when it is a whole number in the range of the type, also from "80.0", "1e3" or "0x50". Exact: never by
    /// way of a double.
    std::optional<std::int64_t> toInteger() const noexcept;
    /// The nearest double, an infinity beyond its range; NaN only from documents read leniently.
    double toDouble() const noexcept;

    /// Equal digits. Numerical equality is `toDouble() == other.toDouble()`.
    friend bool operator==(const Number&, const Number&) = default;

private:
    std::string m_text;
};

using Array = std::vector<Value>;

struct Member;

/// Members in the order of the document. A reader refuses or keeps duplicates as told; find() gives the last one, as
/// JSON readers commonly do (RFC 8259 §4). Look-ups are linear: documents that people write have small objects.
class Object final
{
public:
    Object() noexcept;
    Object(std::initializer_list<Member> members);
    Object(const Object&);
    Object(Object&&) noexcept;
    Object& operator=(const Object&);
    Object& operator=(Object&&) noexcept;
    ~Object();

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
    /// Replaces the value of the member that find() gives, in its place, or appends a member.
    Value& set(std::string_view name, Value value);
    /// Makes room for this many members in all.
    void reserve(std::size_t members);
    /// Appends even if the name is there already: for readers and for forged tokens.
    Value& append(std::string name, Value value);
    /// Removes every member with this name; tells whether there was one.
    bool remove(std::string_view name);

    /// The same members in the same order.
    friend bool operator==(const Object&, const Object&);

private:
    std::vector<Member> m_members;
};

/// A JSON or YAML value: null, boolean, number, string, array or object. A plain value: copy, compare, move.
/// Destruction, copy and comparison recurse, so what nests values bounds their depth, as the readers do.
class Value final
{
public:
    using Kind = ValueKind;

    Value() noexcept = default;
    Value(std::nullptr_t) noexcept {}

    /// Constrained, so that a pointer does not turn into a boolean.
    Value(Boolean auto value) noexcept : m_content(value) {}
    Value(WholeNumber auto value) : m_content(Number(value)) {}
    Value(double value) : m_content(Number(value)) {}
    Value(Number value) noexcept : m_content(std::move(value)) {}
    Value(std::string value) noexcept : m_content(std::move(value)) {}
    Value(std::string_view value) : m_content(std::string(value)) {}
    Value(const char* value) : m_content(std::string(value)) {}
    Value(Array value) noexcept : m_content(std::move(value)) {}
    Value(Object value) noexcept : m_content(std::move(value)) {}
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
    Value* find(std::string_view name) noexcept;
    /// The string, boolean or whole number of a member: the common questions to a configuration in one step. Null or
    /// nothing when the member is absent or of another kind.
    const std::string* findString(std::string_view name) const noexcept;
    std::optional<bool> findBoolean(std::string_view name) const noexcept;
    std::optional<std::int64_t> findInteger(std::string_view name) const noexcept;
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

/// "null", "boolean", "number", "string", "array", "object": for messages and schemas.
std::string_view kindName(Value::Kind kind) noexcept;

/// A reference token escaped for a JSON pointer (RFC 6901 §3): "~" → "~0", "/" → "~1".
std::string escapePointerToken(std::string_view token);
/// `pointer` with one more token, which is escaped.
std::string joinPointer(std::string_view pointer, std::string_view token);
std::string joinPointer(std::string_view pointer, std::size_t index);
/// The tokens of a pointer, unescaped: "/a~1b/0" → "a/b", "0". None for "". A text that does not start with "/" is
/// taken as if it did.
std::vector<std::string> splitPointer(std::string_view pointer);
/// An array index as RFC 6901 §4 writes it: digits without leading zeros.
std::optional<std::size_t> parsePointerIndex(std::string_view token) noexcept;

} // namespace claimsmith::document
