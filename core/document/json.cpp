// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/json.h"

#include "document/jsonnumber.h"

#include "base/text.h"

#include <algorithm>
#include <array>

namespace claimsmith::document {
namespace {

std::string_view codeName(int code) noexcept
{
    switch (static_cast<JsonErrorCode>(code)) {
    case JsonErrorCode::UnexpectedEnd:
        return "unexpected-end";
    case JsonErrorCode::UnexpectedCharacter:
        return "unexpected-character";
    case JsonErrorCode::InvalidEscape:
        return "invalid-escape";
    case JsonErrorCode::InvalidUtf8:
        return "invalid-utf8";
    case JsonErrorCode::InvalidNumber:
        return "invalid-number";
    case JsonErrorCode::DuplicateKey:
        return "duplicate-key";
    case JsonErrorCode::TooDeep:
        return "too-deep";
    case JsonErrorCode::TooLarge:
        return "too-large";
    case JsonErrorCode::TrailingContent:
        return "trailing-content";
    }
    return "";
}

/// Each level costs a few hundred bytes of stack here and in Value's destructor.
constexpr std::size_t depthCeiling = 1000;

/// Objects up to this size find duplicate keys by comparing each with each.
constexpr std::size_t fewMembers = 12;

constexpr std::array<bool, 256> plainStringBytes()
{
    std::array<bool, 256> plain{};
    for (std::size_t c = 0x20; c < 0x80; ++c)
        plain[c] = c != '"' && c != '\\';
    return plain;
}

constexpr auto isPlain = plainStringBytes();

int hexDigit(char c) noexcept
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char lower = toLower(c);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// A recursive-descent reader of RFC 8259. Every parse function is called at the first byte of its production, returns
/// false after fail(), and leaves m_at behind what it read.
class Reader final
{
public:
    Reader(std::string_view text, const JsonOptions& options, SourceMap* sourceMap)
        : m_text(text), m_options(options), m_sourceMap(sourceMap),
          m_maximumDepth(std::min(options.maximumDepth, depthCeiling))
    {
    }

    Result<Value> read()
    {
        Value value;
        if (m_text.size() > m_options.maximumSize)
            fail(JsonErrorCode::TooLarge, m_options.maximumSize, "the text is too large");
        else if (skipSpace() && parseValue(value, nullptr) && skipSpace() && m_at < m_text.size())
            fail(JsonErrorCode::TrailingContent, m_at, "something follows the value");
        if (m_error)
            return std::move(*m_error);
        return value;
    }

private:
    /// A place to come back to: offset, line and the offset of the line's first byte.
    struct Mark
    {
        std::size_t offset;
        std::size_t line;
        std::size_t lineStart;
    };

    bool fail(JsonErrorCode code, std::size_t offset, std::string detail)
    {
        Error error{code};
        error.detail = std::move(detail);
        error.place.pointer = m_pointer;
        error.place.offset = offset;
        const std::string_view before = m_text.substr(0, offset);
        error.place.line = 1 + static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
        const std::size_t newline = before.rfind('\n');
        error.place.column = newline == std::string_view::npos ? offset + 1 : offset - newline;
        m_error = std::move(error);
        return false;
    }

    bool failUnexpected(const char* expected)
    {
        if (m_at >= m_text.size())
            return fail(JsonErrorCode::UnexpectedEnd, m_text.size(),
                        std::string("the text ends where it needs ") + expected);
        return fail(JsonErrorCode::UnexpectedCharacter, m_at, std::string("expected ") + expected);
    }

    bool atByte(char c) const noexcept { return m_at < m_text.size() && m_text[m_at] == c; }

    Mark mark() const noexcept { return {m_at, m_line, m_lineStart}; }

    Span spanFrom(const Mark& begin) const noexcept
    {
        return {begin.offset, m_at, begin.line, begin.offset - begin.lineStart + 1};
    }

    void passNewline() noexcept
    {
        ++m_line;
        m_lineStart = m_at + 1;
    }

    /// Skips white space and, where allowed, comments.
    bool skipSpace()
    {
        for (; m_at < m_text.size(); ++m_at) {
            const char c = m_text[m_at];
            if (c == '\n')
                passNewline();
            else if (c == '/' && m_options.allowComments) {
                if (!skipComment())
                    return false;
            } else if (c != ' ' && c != '\t' && c != '\r')
                break;
        }
        return true;
    }

    /// Leaves m_at on the last byte of the comment, or on the one before its newline.
    bool skipComment()
    {
        const std::size_t begin = m_at;
        const char kind = begin + 1 < m_text.size() ? m_text[begin + 1] : '\0';
        if (kind == '/') {
            m_at = std::min(m_text.find('\n', begin), m_text.size()) - 1;
            return true;
        }
        if (kind != '*')
            return failUnexpected("a comment");
        const std::size_t end = m_text.find("*/", begin + 2);
        if (end == std::string_view::npos)
            return fail(JsonErrorCode::UnexpectedEnd, begin, "the comment is not closed");
        for (m_at = begin; m_at < end; ++m_at) {
            if (m_text[m_at] == '\n')
                passNewline();
        }
        m_at = end + 1;
        return true;
    }

    bool parseValue(Value& out, const Span* key)
    {
        const Mark begin = mark();
        if (!parseBareValue(out))
            return false;
        if (m_sourceMap)
            m_sourceMap->add(m_pointer, {spanFrom(begin), key ? std::optional(*key) : std::nullopt});
        return true;
    }

    bool parseBareValue(Value& out)
    {
        switch (m_at < m_text.size() ? m_text[m_at] : '\0') {
        case '{':
            return parseNested(out, &Reader::parseObject);
        case '[':
            return parseNested(out, &Reader::parseArray);
        case '"': {
            std::string text;
            if (!parseString(text))
                return false;
            out = Value(std::move(text));
            return true;
        }
        case 't':
            return parseLiteral("true", Value(true), out);
        case 'f':
            return parseLiteral("false", Value(false), out);
        case 'n':
            if (m_text.substr(m_at, 2) == "nu")
                return parseLiteral("null", Value(), out);
            break;
        default:
            break;
        }
        return parseNumber(out);
    }

    bool parseLiteral(std::string_view literal, Value value, Value& out)
    {
        for (const char c : literal) {
            if (!atByte(c))
                return failUnexpected("a value");
            ++m_at;
        }
        out = std::move(value);
        return true;
    }

    bool parseNumber(Value& out)
    {
        const NumberScan scan =
            m_options.allowKongNumbers ? scanKongNumber(m_text.substr(m_at)) : scanJsonNumber(m_text.substr(m_at));
        if (scan.outcome == NumberScan::Outcome::NotANumber)
            return failUnexpected("a value");
        if (scan.outcome == NumberScan::Outcome::Invalid) {
            const bool ended = m_at + scan.size == m_text.size();
            return fail(ended ? JsonErrorCode::UnexpectedEnd : JsonErrorCode::InvalidNumber, m_at + scan.size,
                        ended ? "the text ends within a number" : "not the number that JSON allows");
        }
        out = Value(Number(std::string(m_text.substr(m_at, scan.size))));
        m_at += scan.size;
        return true;
    }

    bool parseNested(Value& out, bool (Reader::*parse)(Value&))
    {
        if (m_depth >= m_maximumDepth)
            return fail(JsonErrorCode::TooDeep, m_at, "arrays and objects are nested too deeply");
        ++m_depth;
        const bool read = (this->*parse)(out);
        --m_depth;
        return read;
    }

    bool parseArray(Value& out)
    {
        Array array;
        ++m_at;
        if (!skipSpace())
            return false;
        if (atByte(']'))
            return closeWith(out, Value(std::move(array)));
        const std::size_t parent = m_pointer.size();
        while (true) {
            if (m_sourceMap)
                m_pointer.append("/").append(std::to_string(array.size()));
            if (!parseValue(array.emplace_back(), nullptr))
                return false;
            m_pointer.resize(parent);
            if (!skipSpace())
                return false;
            if (atByte(']'))
                return closeWith(out, Value(std::move(array)));
            if (!atByte(','))
                return failUnexpected("',' or ']'");
            ++m_at;
            if (!skipSpace())
                return false;
        }
    }

    bool closeWith(Value& out, Value value)
    {
        ++m_at;
        out = std::move(value);
        return true;
    }

    bool parseObject(Value& out)
    {
        Object object;
        const std::size_t firstKey = m_keyOffsets.size();
        ++m_at;
        if (!skipSpace())
            return false;
        if (atByte('}'))
            return closeWith(out, Value(std::move(object)));
        while (true) {
            m_keyOffsets.push_back(m_at);
            if (!parseMember(object) || !skipSpace())
                return false;
            if (atByte('}'))
                return refuseDuplicates(object, firstKey) && closeWith(out, Value(std::move(object)));
            if (!atByte(','))
                return failUnexpected("',' or '}'");
            ++m_at;
            if (!skipSpace())
                return false;
        }
    }

    bool parseMember(Object& object)
    {
        const Mark begin = mark();
        if (!atByte('"'))
            return failUnexpected("a key in double quotes");
        std::string name;
        if (!parseString(name))
            return false;
        const Span key = spanFrom(begin);
        if (!skipSpace())
            return false;
        if (!atByte(':'))
            return failUnexpected("':'");
        ++m_at;
        if (!skipSpace())
            return false;
        const std::size_t parent = m_pointer.size();
        if (m_sourceMap)
            m_pointer.append("/").append(escapePointerToken(name));
        if (!parseValue(object.append(std::move(name), Value()), &key))
            return false;
        m_pointer.resize(parent);
        return true;
    }

    /// Fails at the first key that repeats an earlier one.
    bool refuseDuplicates(const Object& object, std::size_t firstKey)
    {
        std::size_t duplicate = object.size();
        if (!m_options.allowDuplicateKeys)
            duplicate = object.size() <= fewMembers ? findDuplicateAmongFew(object) : findDuplicate(object);
        const std::size_t offset = duplicate == object.size() ? 0 : m_keyOffsets[firstKey + duplicate];
        m_keyOffsets.resize(firstKey);
        return duplicate == object.size() ||
               fail(JsonErrorCode::DuplicateKey, offset,
                    "the key \"" + (object.begin() + static_cast<std::ptrdiff_t>(duplicate))->name + "\" stands twice");
    }

    static std::size_t findDuplicateAmongFew(const Object& object)
    {
        const auto repeatsEarlier = [&object](const Member& member) {
            return std::any_of(&*object.begin(), &member,
                               [&member](const Member& earlier) { return earlier.name == member.name; });
        };
        return static_cast<std::size_t>(std::find_if(object.begin(), object.end(), repeatsEarlier) - object.begin());
    }

    static std::size_t findDuplicate(const Object& object)
    {
        std::vector<std::pair<std::string_view, std::size_t>> names;
        names.reserve(object.size());
        for (const Member& member : object)
            names.emplace_back(member.name, names.size());
        std::sort(names.begin(), names.end());
        std::size_t first = object.size();
        for (std::size_t i = 1; i < names.size(); ++i) {
            if (names[i].first == names[i - 1].first)
                first = std::min(first, names[i].second);
        }
        return first;
    }

    bool parseString(std::string& out)
    {
        ++m_at;
        while (true) {
            const std::size_t begin = m_at;
            while (m_at < m_text.size() && isPlain[static_cast<unsigned char>(m_text[m_at])])
                ++m_at;
            out.append(m_text, begin, m_at - begin);
            if (atByte('"')) {
                ++m_at;
                return true;
            }
            if (!(atByte('\\') ? parseEscape(out) : parseNonAscii(out)))
                return false;
        }
    }

    /// Bytes from 0x80 up to the next one below; anything else here is an error.
    bool parseNonAscii(std::string& out)
    {
        const std::size_t begin = m_at;
        while (m_at < m_text.size() && static_cast<unsigned char>(m_text[m_at]) >= 0x80)
            ++m_at;
        const std::string_view run = m_text.substr(begin, m_at - begin);
        if (run.empty() && m_at >= m_text.size())
            return fail(JsonErrorCode::UnexpectedEnd, m_at, "the text ends within a string");
        if (run.empty())
            return fail(JsonErrorCode::UnexpectedCharacter, m_at,
                        "a control character within a string has to be escaped");
        if (!m_options.allowInvalidUtf8) {
            if (const std::size_t invalid = findInvalidUtf8(run); invalid != std::string_view::npos)
                return fail(JsonErrorCode::InvalidUtf8, begin + invalid, "not UTF-8");
        }
        out += run;
        return true;
    }

    bool parseEscape(std::string& out)
    {
        constexpr std::string_view letters = "\"\\/bfnrt";
        constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
        const std::size_t begin = m_at++;
        if (m_at >= m_text.size())
            return fail(JsonErrorCode::UnexpectedEnd, m_at, "the text ends within a string");
        const char letter = m_text[m_at++];
        if (letter == 'u')
            return parseUnicodeEscape(begin, out);
        const std::size_t known = letters.find(letter);
        if (known == std::string_view::npos)
            return fail(JsonErrorCode::InvalidEscape, begin, "an escape that JSON does not know");
        out += meanings[known];
        return true;
    }

    /// Called behind "\u". Surrogates have to come as a pair (RFC 8259 §7).
    bool parseUnicodeEscape(std::size_t begin, std::string& out)
    {
        char32_t code = 0;
        if (!parseHex4(begin, code))
            return false;
        if (code >= 0xD800 && code < 0xDC00) {
            char32_t low = 0;
            if (m_text.substr(m_at, 2) != "\\u")
                return fail(JsonErrorCode::InvalidEscape, begin, "half of a surrogate pair");
            m_at += 2;
            if (!parseHex4(begin, low))
                return false;
            if (low < 0xDC00 || low > 0xDFFF)
                return fail(JsonErrorCode::InvalidEscape, begin, "half of a surrogate pair");
            code = 0x10000 + ((code - 0xD800) << 10U) + (low - 0xDC00);
        } else if (code >= 0xDC00 && code <= 0xDFFF) {
            return fail(JsonErrorCode::InvalidEscape, begin, "half of a surrogate pair");
        }
        appendUtf8(out, code);
        return true;
    }

    bool parseHex4(std::size_t begin, char32_t& code)
    {
        for (int i = 0; i < 4; ++i, ++m_at) {
            if (m_at >= m_text.size())
                return fail(JsonErrorCode::UnexpectedEnd, m_at, "the text ends within a string");
            const int digit = hexDigit(m_text[m_at]);
            if (digit < 0)
                return fail(JsonErrorCode::InvalidEscape, begin, "\\u needs four hexadecimal digits");
            code = code * 16 + static_cast<char32_t>(digit);
        }
        return true;
    }

    const std::string_view m_text;
    const JsonOptions& m_options;
    SourceMap* const m_sourceMap;
    const std::size_t m_maximumDepth;
    std::size_t m_at = 0;
    std::size_t m_line = 1;
    std::size_t m_lineStart = 0;
    std::size_t m_depth = 0;
    std::string m_pointer;                 ///< of the value being read; kept up only for a source map
    std::vector<std::size_t> m_keyOffsets; ///< of the keys of all objects being read, the innermost last
    std::optional<Error> m_error;
};

} // namespace

const ErrorDomain& errorDomain(JsonErrorCode) noexcept
{
    static constexpr ErrorDomain domain{"json", codeName};
    return domain;
}

Result<Value> parseJson(std::string_view text, const JsonOptions& options, SourceMap* sourceMap)
{
    return Reader(text, options, sourceMap).read();
}

} // namespace claimsmith::document
