// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/jsonnumber.h"

#include "base/text.h"

namespace claimsmith::document {
namespace {

using Outcome = NumberScan::Outcome;

bool isDigit(char c) noexcept
{
    return c >= '0' && c <= '9';
}

bool isHexDigit(char c) noexcept
{
    const char lower = toLower(c);
    return isDigit(c) || (lower >= 'a' && lower <= 'f');
}

class Scanner final
{
public:
    explicit Scanner(std::string_view text) noexcept : m_text(text) {}

    char peek(std::size_t ahead = 0) const noexcept
    {
        return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : '\0';
    }

    bool take(char c) noexcept
    {
        if (m_at >= m_text.size() || m_text[m_at] != c)
            return false;
        ++m_at;
        return true;
    }

    bool takeWord(std::string_view word) noexcept
    {
        if (!equalIgnoringCase(m_text.substr(m_at, word.size()), word))
            return false;
        m_at += word.size();
        return true;
    }

    std::size_t takeWhile(bool (*wanted)(char) noexcept) noexcept
    {
        const std::size_t begin = m_at;
        while (m_at < m_text.size() && wanted(m_text[m_at]))
            ++m_at;
        return m_at - begin;
    }

    NumberScan end(Outcome outcome) const noexcept { return {outcome, m_at}; }

private:
    std::string_view m_text;
    std::size_t m_at = 0;
};

/// As strtod: an exponent without digits is no part of the number.
void takeOptionalExponent(Scanner& scanner, char letter) noexcept
{
    if (toLower(scanner.peek()) != letter)
        return;
    const std::size_t sign = scanner.peek(1) == '+' || scanner.peek(1) == '-' ? 1 : 0;
    if (!isDigit(scanner.peek(1 + sign)))
        return;
    scanner.take(scanner.peek());
    scanner.take(scanner.peek());
    scanner.takeWhile(isDigit);
}

} // namespace

NumberScan scanJsonNumber(std::string_view text) noexcept
{
    Scanner scanner(text);
    const bool negative = scanner.take('-');
    if (!isDigit(scanner.peek()))
        return scanner.end(negative ? Outcome::Invalid : Outcome::NotANumber);
    if (scanner.take('0')) {
        if (isDigit(scanner.peek()))
            return scanner.end(Outcome::Invalid);
    } else {
        scanner.takeWhile(isDigit);
    }
    if (scanner.take('.') && scanner.takeWhile(isDigit) == 0)
        return scanner.end(Outcome::Invalid);
    if (scanner.take('e') || scanner.take('E')) {
        if (!scanner.take('+'))
            scanner.take('-');
        if (scanner.takeWhile(isDigit) == 0)
            return scanner.end(Outcome::Invalid);
    }
    return scanner.end(Outcome::Number);
}

NumberScan scanKongNumber(std::string_view text) noexcept
{
    Scanner scanner(text);
    const bool signedNumber = scanner.take('-') || scanner.take('+');
    if (scanner.takeWord("infinity") || scanner.takeWord("inf") || scanner.takeWord("nan"))
        return scanner.end(Outcome::Number);
    const bool hexadecimal = scanner.peek() == '0' && toLower(scanner.peek(1)) == 'x' &&
                             (isHexDigit(scanner.peek(2)) || (scanner.peek(2) == '.' && isHexDigit(scanner.peek(3))));
    if (hexadecimal)
        scanner.takeWord("0x");
    else if (!isDigit(scanner.peek()) && !(signedNumber && scanner.peek() == '.' && isDigit(scanner.peek(1))))
        return scanner.end(signedNumber ? Outcome::Invalid : Outcome::NotANumber);
    const auto digits = hexadecimal ? isHexDigit : isDigit;
    scanner.takeWhile(digits);
    if (scanner.take('.'))
        scanner.takeWhile(digits);
    takeOptionalExponent(scanner, hexadecimal ? 'p' : 'e');
    return scanner.end(Outcome::Number);
}

} // namespace claimsmith::document
