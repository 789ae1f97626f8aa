// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/json.h"

#include "base/text.h"

#include <algorithm>
#include <array>

namespace claimsmith::document {
namespace {

constexpr std::string_view hexDigits = "0123456789abcdef";

void appendUnicodeEscape(std::string& out, unsigned code)
{
    out += "\\u";
    for (const unsigned shift : {12U, 8U, 4U, 0U})
        out += hexDigits[(code >> shift) & 15U];
}

/// The two-character escape of a byte, or 0 where it has none.
char shortEscape(char c, const JsonStyle& style) noexcept
{
    switch (c) {
    case '"':
    case '\\':
        return c;
    case '/':
        return style.escapeSlash ? c : '\0';
    case '\b':
        return 'b';
    case '\f':
        return 'f';
    case '\n':
        return 'n';
    case '\r':
        return 'r';
    case '\t':
        return 't';
    default:
        return '\0';
    }
}

/// The code point of the well-formed UTF-8 sequence at the start of `text`, and its size.
std::pair<char32_t, std::size_t> decode(std::string_view text) noexcept
{
    const auto byte = [text](std::size_t i) { return static_cast<char32_t>(static_cast<unsigned char>(text[i])); };
    const std::size_t size = byte(0) < 0xE0 ? 2 : byte(0) < 0xF0 ? 3 : 4;
    char32_t code = byte(0) & (0xFFU >> (size + 1));
    for (std::size_t i = 1; i < size; ++i)
        code = (code << 6U) | (byte(i) & 0x3FU);
    return {code, size};
}

/// Escapes the non-ASCII run at the start of `text`; bytes that are no UTF-8 are written as they are. Returns its size.
std::size_t appendAsciiOnly(std::string& out, std::string_view text)
{
    const auto ascii =
        std::find_if(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    const std::string_view run = text.substr(0, static_cast<std::size_t>(ascii - text.begin()));
    const std::size_t invalid = findInvalidUtf8(run);
    if (invalid == 0) {
        out += run.front();
        return 1;
    }
    const auto [code, size] = decode(run);
    if (code < 0x10000) {
        appendUnicodeEscape(out, code);
    } else {
        appendUnicodeEscape(out, 0xD800 + ((code - 0x10000) >> 10U));
        appendUnicodeEscape(out, 0xDC00 + ((code - 0x10000) & 0x3FFU));
    }
    return size;
}

/// Bytes that appendString() has to look at; all others are copied in runs.
constexpr auto makeSpecialBytes()
{
    std::array<bool, 256> special{};
    for (std::size_t byte = 0; byte < special.size(); ++byte)
        special[byte] = byte < 0x20 || byte >= 0x7F;
    for (const char c : {'"', '\\', '/'})
        special[static_cast<unsigned char>(c)] = true;
    return special;
}

constexpr std::array<bool, 256> specialBytes = makeSpecialBytes();

void appendString(std::string& out, std::string_view text, const JsonStyle& style)
{
    out += '"';
    std::size_t copied = 0; // bytes of `text` that are in `out`
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const auto byte = static_cast<unsigned char>(c);
        if (!specialBytes[byte])
            continue;
        const char escape = shortEscape(c, style);
        const bool isControl = byte < 0x20 || byte == 0x7F;
        const bool isWide = byte >= 0x80 && style.asciiOnly;
        if (escape == 0 && !isControl && !isWide)
            continue;
        out.append(text, copied, i - copied);
        if (escape != 0)
            out.append(1, '\\').append(1, escape);
        else if (isControl)
            appendUnicodeEscape(out, byte);
        else
            i += appendAsciiOnly(out, text.substr(i)) - 1;
        copied = i + 1;
    }
    out.append(text, copied).append(1, '"');
}

class Writer final
{
public:
    Writer(std::string& out, const JsonStyle& style) : m_out(out), m_style(style) {}

    void write(const Value& value)
    {
        switch (value.kind()) {
        case Value::Kind::Null:
            m_out += "null";
            break;
        case Value::Kind::Boolean:
            m_out += *value.asBoolean() ? "true" : "false";
            break;
        case Value::Kind::Number:
            m_out += value.asNumber()->text();
            break;
        case Value::Kind::String:
            appendString(m_out, *value.asString(), m_style);
            break;
        case Value::Kind::Array:
            writeAll('[', ']', *value.asArray(), [this](const Value& element) { write(element); });
            break;
        case Value::Kind::Object:
            writeAll('{', '}', *value.asObject(), [this](const Member& member) { writeMember(member); });
            break;
        }
    }

private:
    void writeMember(const Member& member)
    {
        appendString(m_out, member.name, m_style);
        m_out += m_style.indent > 0 ? ": " : ":";
        write(member.value);
    }

    template <class Items, class WriteItem>
    void writeAll(char open, char close, const Items& items, WriteItem writeItem)
    {
        m_out += open;
        ++m_level;
        bool first = true;
        for (const auto& item : items) {
            if (!first)
                m_out += ',';
            first = false;
            breakLine();
            writeItem(item);
        }
        --m_level;
        if (!first)
            breakLine();
        m_out += close;
    }

    void breakLine()
    {
        if (m_style.indent <= 0)
            return;
        m_out += '\n';
        m_out.append(static_cast<std::size_t>(m_style.indent) * m_level, ' ');
    }

    std::string& m_out;
    const JsonStyle& m_style;
    std::size_t m_level = 0;
};

} // namespace

void appendJson(std::string& out, const Value& value, const JsonStyle& style)
{
    Writer(out, style).write(value);
}

std::string toJson(const Value& value, const JsonStyle& style)
{
    std::string out;
    appendJson(out, value, style);
    return out;
}

void appendJsonString(std::string& out, std::string_view text, const JsonStyle& style)
{
    appendString(out, text, style);
}

std::string toJsonString(std::string_view text, const JsonStyle& style)
{
    std::string out;
    appendString(out, text, style);
    return out;
}

} // namespace claimsmith::document
