// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/yamlscalar.h"

#include "document/decimal.h"
#include "document/jsonnumber.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace claimsmith::document {
namespace {

constexpr std::array<std::string_view, 5> nullWords{"", "~", "null", "Null", "NULL"};
constexpr std::array<std::string_view, 9> trueWords{"true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON"};
constexpr std::array<std::string_view, 9> falseWords{"false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF"};
constexpr std::array<std::string_view, 6> infinityWords{".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"};
constexpr std::array<std::string_view, 3> minusInfinityWords{"-.inf", "-.Inf", "-.INF"};
constexpr std::array<std::string_view, 3> nanWords{".nan", ".NaN", ".NAN"};

template <class Words>
bool contains(const Words& words, std::string_view text) noexcept
{
    return std::find(words.begin(), words.end(), text) != words.end();
}

bool isDigit(char c) noexcept
{
    return c >= '0' && c <= '9';
}

/// Removes the sign from `text`; tells whether it was a minus.
bool takeSign(std::string_view& text) noexcept
{
    const bool negative = text.starts_with('-');
    if (negative || text.starts_with('+'))
        text.remove_prefix(1);
    return negative;
}

std::string withoutUnderscores(std::string_view text)
{
    std::string plain(text);
    std::erase(plain, '_');
    return plain;
}

int digitValue(char c) noexcept
{
    const char lower = toLower(c);
    return isDigit(c) ? c - '0' : lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : 99;
}

/// Sums digits in any base: exactly while they fit 64 bits, else as a double, as Lua does from the start.
class Sum final
{
public:
    void push(unsigned base, std::uint64_t digit) noexcept
    {
        m_overflow = m_overflow || m_exact > (limit - digit) / base;
        m_exact = m_exact * base + digit;
        m_approximate = m_approximate * base + static_cast<double>(digit);
    }
    void add(double fraction) noexcept
    {
        m_overflow = true;
        m_approximate += fraction;
    }
    Number number(bool negative) const
    {
        if (m_overflow)
            return Number(negative ? -m_approximate : m_approximate);
        return Number((negative && m_exact != 0 ? "-" : "") + std::to_string(m_exact));
    }

private:
    static constexpr std::uint64_t limit = std::numeric_limits<std::uint64_t>::max();
    std::uint64_t m_exact = 0;
    double m_approximate = 0;
    bool m_overflow = false;
};

/// Digits of one base with underscores between them; the first is a digit, after any number of underscores.
std::optional<Number> readDigits(std::string_view text, int base, bool negative)
{
    text.remove_prefix(std::min(text.find_first_not_of('_'), text.size()));
    if (text.empty())
        return std::nullopt;
    Sum sum;
    for (const char c : text) {
        if (c == '_')
            continue;
        if (digitValue(c) >= base)
            return std::nullopt;
        sum.push(static_cast<unsigned>(base), static_cast<std::uint64_t>(digitValue(c)));
    }
    return sum.number(negative);
}

std::optional<Number> readOctal(std::string_view text)
{
    const bool negative = takeSign(text);
    if (text.size() < 2 || text.front() != '0')
        return std::nullopt;
    return readDigits(text.substr(1), 8, negative);
}

std::optional<Number> readDecimal(std::string_view text)
{
    const bool negative = takeSign(text);
    return readDigits(text, 10, negative);
}

std::optional<Number> readHexadecimal(std::string_view text)
{
    const bool negative = takeSign(text);
    return text.starts_with("0x") ? readDigits(text.substr(2), 16, negative) : std::nullopt;
}

std::optional<Number> readBinary(std::string_view text)
{
    const bool negative = takeSign(text);
    if (!text.starts_with("0b"))
        return std::nullopt;
    text.remove_prefix(std::min(text.find_first_not_of('_', 2), text.size()));
    return text.size() >= 2 ? readDigits(text, 2, negative) : std::nullopt; // lyaml's pattern needs two characters
}

std::optional<Number> readFloat(std::string_view text)
{
    if (text.find_first_of(".eE") == std::string_view::npos)
        return std::nullopt;
    const std::string plain = withoutUnderscores(text);
    std::string_view magnitude = plain;
    takeSign(magnitude);
    const bool begins = !magnitude.empty() && (isDigit(magnitude[0]) ||
                                               (magnitude[0] == '.' && magnitude.size() > 1 && isDigit(magnitude[1])));
    // A sign in front, because only behind one does the scanner take a number that begins with a point.
    const std::string signedText = "+" + std::string(magnitude);
    const NumberScan scan = scanKongNumber(signedText);
    if (!begins || scan.outcome != NumberScan::Outcome::Number || scan.size != signedText.size())
        return std::nullopt;
    return Number(decimalToDouble(plain));
}

/// "1:30" and "1:30:15.5": minutes and seconds. As lyaml's patterns: the first part behind the first colon is below 60
/// or followed by more digits, later parts may be anything.
std::optional<Number> readSexagesimal(std::string_view text)
{
    const bool negative = takeSign(text);
    const std::size_t point = text.find('.');
    const std::string_view fraction = point == std::string_view::npos ? "" : text.substr(point);
    const std::string_view whole = text.substr(0, point);
    const std::size_t colon = whole.find(':');
    const auto allOf = [](std::string_view part, auto wanted) { return std::all_of(part.begin(), part.end(), wanted); };
    if (colon == 0 || colon == std::string_view::npos || colon + 1 == whole.size() || !isDigit(whole[colon + 1]))
        return std::nullopt;
    if (!allOf(whole, [](char c) { return isDigit(c) || c == ':'; }))
        return std::nullopt;
    if (point != std::string_view::npos && (fraction.size() < 2 || !allOf(fraction.substr(1), isDigit)))
        return std::nullopt;
    Sum sum;
    for (const std::string_view part : split(whole, ':')) {
        if (const auto value = readDecimal(part); value && !part.empty())
            sum.push(60, static_cast<std::uint64_t>(value->toInteger().value_or(0)));
    }
    if (!fraction.empty())
        sum.add(decimalToDouble("0" + std::string(fraction)));
    return sum.number(negative);
}

std::optional<Number> readSpecial(std::string_view text)
{
    if (contains(infinityWords, text))
        return Number(std::string("Infinity"));
    if (contains(minusInfinityWords, text))
        return Number(std::string("-Infinity"));
    return contains(nanWords, text) ? std::optional(Number(std::string("NaN"))) : std::nullopt;
}

bool isJsonNumber(std::string_view text) noexcept
{
    const NumberScan scan = scanJsonNumber(text);
    return scan.outcome == NumberScan::Outcome::Number && scan.size == text.size();
}

std::optional<Number> readNumber(std::string_view text)
{
    // Cheap refusal of nearly every string: numbers begin with a digit, a sign, a point or an underscore.
    if (text.empty() || (!isDigit(text[0]) && text[0] != '+' && text[0] != '-' && text[0] != '.' && text[0] != '_'))
        return std::nullopt;
    if (isJsonNumber(text))
        return Number(std::string(text));
    for (const auto read :
         {readOctal, readDecimal, readFloat, readSpecial, readHexadecimal, readBinary, readSexagesimal}) {
        if (auto number = read(text))
            return number;
    }
    return std::nullopt;
}

std::optional<bool> readBoolean(std::string_view text) noexcept
{
    if (contains(trueWords, text))
        return true;
    return contains(falseWords, text) ? std::optional(false) : std::nullopt;
}

/// Words that readers other than Kong's take for something else: YAML 1.1's y and n, its dates, and its two odd keys.
bool isAmbiguous(std::string_view text) noexcept
{
    constexpr std::array<std::string_view, 6> words{"y", "Y", "n", "N", "=", "<<"};
    const auto isDate = [](std::string_view t) {
        return t.size() >= 8 && isDigit(t[0]) && isDigit(t[1]) && isDigit(t[2]) && isDigit(t[3]) && t[4] == '-' &&
               isDigit(t[5]);
    };
    return contains(words, text) || isDate(text) || text.starts_with("0o") || text.starts_with("0b");
}

/// Printable in YAML and in an editor: no control characters and none of Unicode's own line ends (all of which a double
/// quoted scalar can escape).
bool isPrintable(std::string_view text) noexcept
{
    if (findInvalidUtf8(text) != std::string_view::npos)
        return false;
    const bool noControls = std::none_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && c != '\n') || byte == 0x7F;
    });
    // U+0080–U+009F, U+2028, U+2029, U+FEFF, U+FFFE, U+FFFF
    const auto has = [text](std::string_view sequence) { return text.find(sequence) != std::string_view::npos; };
    bool c1 = false;
    for (std::size_t i = text.find('\xC2'); i != std::string_view::npos && !c1; i = text.find('\xC2', i + 1))
        c1 = static_cast<unsigned char>(text[i + 1]) < 0xA0;
    return noControls && !c1 && !has("\xE2\x80\xA8") && !has("\xE2\x80\xA9") && !has("\xEF\xBB\xBF") &&
           !has("\xEF\xBF\xBE") && !has("\xEF\xBF\xBF");
}

/// The rules for plain scalars (YAML 1.1 §9.1.3), a little stricter.
bool canStandPlain(std::string_view text, YamlContext context) noexcept
{
    constexpr std::string_view indicators = "-?:,[]{}#&*!|>'\"%@`";
    if (text.empty() || text.front() == ' ' || text.back() == ' ' || text.back() == ':')
        return false;
    const bool dashWord = text.front() == '-' && text.size() > 1 && text[1] != ' ' && !text.starts_with("---");
    if (indicators.find(text.front()) != std::string_view::npos && !dashWord)
        return false;
    if (text.starts_with("..."))
        return false;
    if (text.find(": ") != std::string_view::npos || text.find(" #") != std::string_view::npos ||
        text.find('\n') != std::string_view::npos)
        return false;
    return context == YamlContext::Block || text.find_first_of(",[]{}?:") == std::string_view::npos;
}

std::string singleQuoted(std::string_view text)
{
    std::string quoted = "'";
    for (const char c : text) {
        quoted += c;
        if (c == '\'')
            quoted += c;
    }
    return quoted + "'";
}

std::string doubleQuoted(std::string_view text)
{
    constexpr std::string_view hex = "0123456789ABCDEF";
    std::string quoted = "\"";
    const bool ascii = !isPrintable(text);
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            quoted.append(1, '\\').append(1, c);
        else if (c == '\n')
            quoted += "\\n";
        else if (c == '\t')
            quoted += "\\t";
        else if (c == '\r')
            quoted += "\\r";
        else if (byte < 0x20 || byte == 0x7F)
            quoted.append("\\x").append(1, hex[byte >> 4U]).append(1, hex[byte & 15U]);
        else if (ascii && byte >= 0x80) {
            // A sequence of two to four bytes, or a stray byte, which YAML cannot write at all: U+FFFD stands for it.
            const std::size_t size = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2;
            const std::string_view sequence = text.substr(i, size);
            char32_t code = 0xFFFD;
            if (findInvalidUtf8(sequence) == std::string_view::npos) {
                code = byte & (0xFFU >> (size + 1));
                for (std::size_t k = 1; k < size; ++k)
                    code = (code << 6U) | (static_cast<unsigned char>(sequence[k]) & 0x3FU);
                i += size - 1;
            }
            quoted += "\\U";
            for (unsigned shift = 32; shift != 0;)
                quoted += hex[(code >> (shift -= 4)) & 15U];
        } else
            quoted += c;
    }
    return quoted + "\"";
}

} // namespace

Value resolvePlainScalar(std::string_view text)
{
    if (contains(nullWords, text))
        return {};
    if (const auto boolean = readBoolean(text))
        return *boolean;
    if (auto number = readNumber(text))
        return std::move(*number);
    return text;
}

std::optional<Value> resolveTaggedScalar(std::string_view tag, std::string_view text)
{
    if (tag == "str")
        return Value(text);
    if (tag == "null")
        return contains(nullWords, text) ? std::optional(Value()) : std::nullopt;
    if (tag == "bool") {
        const auto boolean = readBoolean(text);
        return boolean ? std::optional(Value(*boolean)) : std::nullopt;
    }
    if (tag == "int" || tag == "float") {
        auto number = readNumber(text);
        if (number && tag == "int" && std::floor(number->toDouble()) != number->toDouble())
            return std::nullopt;
        return number ? std::optional(Value(std::move(*number))) : std::nullopt;
    }
    return resolvePlainScalar(text);
}

std::string toYamlString(std::string_view text, YamlContext context)
{
    if (!isPrintable(text) || text.find('\n') != std::string_view::npos)
        return doubleQuoted(text);
    if (resolvePlainScalar(text).kind() != Value::Kind::String || isAmbiguous(text))
        return doubleQuoted(text);
    return canStandPlain(text, context) ? std::string(text) : singleQuoted(text);
}

std::string toYamlNumber(const Number& number)
{
    if (isJsonNumber(number.text()))
        return number.text();
    if (const auto whole = number.toInteger())
        return std::to_string(*whole);
    const double value = number.toDouble();
    if (std::isnan(value))
        return ".nan";
    if (std::isinf(value))
        return value < 0 ? "-.inf" : ".inf";
    return Number(value).text();
}

bool fitsLiteralBlock(std::string_view text)
{
    const std::size_t first = text.find_first_not_of('\n');
    return text.find('\n') != std::string_view::npos && !text.ends_with("\n\n") && first != std::string_view::npos &&
           text[first] != ' ' && text[first] != '\t' && isPrintable(text);
}

} // namespace claimsmith::document
