// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/luapattern.h"

#include <cctype>
#include <cstddef>

namespace claimsmith::gateway {
namespace {

bool isOfClass(unsigned char c, char letter) noexcept
{
    const auto lower = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
    bool is = false;
    switch (lower) {
    case 'a':
        is = std::isalpha(c) != 0;
        break;
    case 'c':
        is = std::iscntrl(c) != 0;
        break;
    case 'd':
        is = std::isdigit(c) != 0;
        break;
    case 'l':
        is = std::islower(c) != 0;
        break;
    case 'p':
        is = std::ispunct(c) != 0;
        break;
    case 's':
        is = std::isspace(c) != 0;
        break;
    case 'u':
        is = std::isupper(c) != 0;
        break;
    case 'w':
        is = std::isalnum(c) != 0;
        break;
    case 'x':
        is = std::isxdigit(c) != 0;
        break;
    default:
        return static_cast<unsigned char>(letter) == c;
    }
    return is == (lower == letter); // a capital means all others
}

/// The length of the single-character item that the pattern begins with; 0 when it is unfinished.
std::size_t itemLength(std::string_view pattern) noexcept
{
    if (pattern.front() == '%')
        return pattern.size() >= 2 ? 2 : 0;
    if (pattern.front() != '[')
        return 1;
    std::size_t at = pattern.substr(1).starts_with('^') ? 2 : 1;
    do { // a "]" that comes first stands for itself
        if (at < pattern.size() && pattern[at] == '%')
            ++at;
        ++at;
    } while (at < pattern.size() && pattern[at] != ']');
    return at < pattern.size() ? at + 1 : 0;
}

bool isInSet(unsigned char c, std::string_view set) noexcept
{
    const bool isNegated = set.starts_with('^');
    if (isNegated)
        set.remove_prefix(1);
    for (std::size_t i = 0; i < set.size(); ++i) {
        if (set[i] == '%' && i + 1 < set.size()) {
            if (isOfClass(c, set[++i]))
                return !isNegated;
        } else if (i + 2 < set.size() && set[i + 1] == '-') {
            if (c >= static_cast<unsigned char>(set[i]) && c <= static_cast<unsigned char>(set[i + 2]))
                return !isNegated;
            i += 2;
        } else if (static_cast<unsigned char>(set[i]) == c) {
            return !isNegated;
        }
    }
    return isNegated;
}

bool matchesItem(std::string_view text, std::string_view item) noexcept
{
    if (text.empty())
        return false;
    const auto c = static_cast<unsigned char>(text.front());
    if (item.front() == '.')
        return true;
    if (item.front() == '%')
        return isOfClass(c, item[1]);
    if (item.front() == '[')
        return isInSet(c, item.substr(1, item.size() - 2));
    return static_cast<unsigned char>(item.front()) == c;
}

bool matchesHere(std::string_view text, std::string_view pattern) noexcept;

/// "*" and "+": as many as there are, then fewer; "-": as few as will do, then more.
bool matchesRepeated(std::string_view text, std::string_view item, std::string_view rest, bool isLazy) noexcept
{
    std::size_t most = 0;
    while (matchesItem(text.substr(most), item)) {
        if (isLazy && matchesHere(text.substr(most), rest))
            return true;
        ++most;
    }
    for (std::size_t count = most + 1; count-- > (isLazy ? most : 0);)
        if (matchesHere(text.substr(count), rest))
            return true;
    return false;
}

bool matchesHere(std::string_view text, std::string_view pattern) noexcept
{
    while (!pattern.empty()) {
        if (pattern.front() == '(' || pattern.front() == ')') {
            pattern.remove_prefix(1);
            continue;
        }
        if (pattern == "$")
            return text.empty();
        const std::size_t length = itemLength(pattern);
        if (length == 0)
            return false;
        const std::string_view item = pattern.substr(0, length);
        const std::string_view rest = pattern.substr(length);
        const char repetition = rest.empty() ? '\0' : rest.front();
        if (repetition == '*' || repetition == '-')
            return matchesRepeated(text, item, rest.substr(1), repetition == '-');
        if (repetition == '+')
            return matchesItem(text, item) && matchesRepeated(text.substr(1), item, rest.substr(1), false);
        if (repetition == '?') {
            if (matchesItem(text, item) && matchesHere(text.substr(1), rest.substr(1)))
                return true;
            pattern = rest.substr(1);
            continue;
        }
        if (!matchesItem(text, item))
            return false;
        text.remove_prefix(1);
        pattern = rest;
    }
    return true;
}

} // namespace

bool matchesLuaPattern(std::string_view text, std::string_view pattern) noexcept
{
    if (pattern.starts_with('^'))
        return matchesHere(text, pattern.substr(1));
    for (;; text.remove_prefix(1)) {
        if (matchesHere(text, pattern))
            return true;
        if (text.empty())
            return false;
    }
}

} // namespace claimsmith::gateway
