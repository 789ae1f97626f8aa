// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/lua/pattern.h"

#include "base/text.h"

#include <algorithm>
#include <cstring>

namespace claimsmith::gateway::lua {
namespace {

constexpr bool isIn(char c, char first, char last) noexcept
{
    return c >= first && c <= last;
}

/// The classes of the manual, for ASCII whatever the locale.
bool isOfClass(char c, char letter) noexcept
{
    const auto u = static_cast<unsigned char>(c);
    const bool isAlpha = isIn(c, 'a', 'z') || isIn(c, 'A', 'Z');
    const bool isDigit = isIn(c, '0', '9');
    switch (letter) {
    case 'a':
        return isAlpha;
    case 'c':
        return u < 0x20 || u == 0x7f;
    case 'd':
        return isDigit;
    case 'l':
        return isIn(c, 'a', 'z');
    case 'p':
        return u > 0x20 && u < 0x7f && !isAlpha && !isDigit;
    case 's':
        return c == ' ' || isIn(c, '\t', '\r');
    case 'u':
        return isIn(c, 'A', 'Z');
    case 'w':
        return isAlpha || isDigit;
    case 'x':
        return isDigit || isIn(c, 'a', 'f') || isIn(c, 'A', 'F');
    default:
        return u == 0; // z
    }
}

bool matchesClass(char c, char letter) noexcept
{
    const char lower = toLower(letter);
    if (!std::strchr("acdlpsuwxz", lower) || lower == '\0')
        return letter == c;
    return isOfClass(c, lower) == (lower == letter);
}

/// `p` is at "[", `end` at its "]".
bool matchesSet(char c, const char* p, const char* end) noexcept
{
    bool isWanted = true;
    if (p[1] == '^') {
        isWanted = false;
        ++p;
    }
    while (++p < end) {
        if (*p == '%') {
            ++p;
            if (matchesClass(c, *p))
                return isWanted;
        } else if (p[1] == '-' && p + 2 < end) {
            p += 2;
            if (static_cast<unsigned char>(p[-2]) <= static_cast<unsigned char>(c) &&
                static_cast<unsigned char>(c) <= static_cast<unsigned char>(*p))
                return isWanted;
        } else if (*p == c) {
            return isWanted;
        }
    }
    return !isWanted;
}

} // namespace

PatternMatch::Outcome PatternMatch::matchAt(std::size_t offset) noexcept
{
    m_level = 0;
    m_depth = 0;
    m_end = match(m_subject.data() + offset, m_pattern.data());
    if (m_error)
        return Outcome::Malformed;
    if (m_steps == 0)
        return Outcome::Exhausted;
    if (!m_end)
        return Outcome::NotFound;
    const auto begin = m_captures.begin();
    if (std::any_of(begin, begin + static_cast<std::ptrdiff_t>(m_level),
                    [](const Capture& capture) { return capture.size == Capture::unfinished; })) {
        fail("unfinished capture");
        return Outcome::Malformed;
    }
    return Outcome::Found;
}

bool PatternMatch::fail(const char* reason) noexcept
{
    m_error = reason;
    return false;
}

/// False when there is no point in going on.
bool PatternMatch::step() noexcept
{
    if (m_error || m_steps == 0)
        return false;
    --m_steps;
    return m_steps > 0;
}

const char* PatternMatch::match(const char* s, const char* p) noexcept
{
    if (++m_depth > deepest) {
        fail("pattern too complex");
        return nullptr;
    }
    bool isTail = true;
    while (s && isTail && p != patternEnd()) {
        if (!step())
            s = nullptr;
        else
            s = matchItem(s, p, isTail, p);
    }
    --m_depth;
    return s;
}

/// Matches the item at `p`. When `isTail` stays set, `nextP` is where to go on; otherwise the rest has been matched
/// too.
const char* PatternMatch::matchItem(const char* s, const char* p, bool& isTail, const char*& nextP) noexcept
{
    if (*p == '(' || *p == ')') {
        isTail = false;
        if (*p == ')')
            return closeCapture(s, p + 1);
        const bool isPosition = p + 1 != patternEnd() && p[1] == ')';
        return isPosition ? openCapture(s, p + 2, Capture::position) : openCapture(s, p + 1, Capture::unfinished);
    }
    if (*p == '$' && p + 1 == patternEnd()) {
        nextP = p + 1;
        return s == subjectEnd() ? s : nullptr;
    }
    if (*p == '%' && p + 1 != patternEnd() && (p[1] == 'b' || p[1] == 'f' || isIn(p[1], '0', '9')))
        return matchEscape(s, p, nextP);
    const char* ep = classEnd(p);
    if (!ep)
        return nullptr;
    const char repeat = ep == patternEnd() ? '\0' : *ep;
    const bool isMatch = s != subjectEnd() && matchesOne(s, p, ep);
    nextP = ep + 1;
    switch (repeat) {
    case '?':
        if (!isMatch)
            return s;
        if (const char* rest = match(s + 1, ep + 1)) {
            isTail = false;
            return rest;
        }
        return m_error ? nullptr : s;
    case '*':
        isTail = false;
        return expandMost(s, p, ep);
    case '+':
        isTail = false;
        return isMatch ? expandMost(s + 1, p, ep) : nullptr;
    case '-':
        isTail = false;
        return expandLeast(s, p, ep);
    default:
        nextP = ep;
        return isMatch ? s + 1 : nullptr;
    }
}

const char* PatternMatch::matchEscape(const char* s, const char* p, const char*& nextP) noexcept
{
    if (p[1] == 'b') {
        nextP = p + 4;
        return matchBalance(s, p + 2);
    }
    if (p[1] != 'f') {
        nextP = p + 2;
        return matchBack(s, p[1]);
    }
    p += 2;
    if (p == patternEnd() || *p != '[') {
        fail("missing '[' after '%f' in pattern");
        return nullptr;
    }
    const char* ep = classEnd(p);
    nextP = ep;
    return ep && matchFrontier(s, p, ep - 1) ? s : nullptr;
}

bool PatternMatch::matchFrontier(const char* s, const char* set, const char* setEnd) noexcept
{
    const char before = s == m_subject.data() ? '\0' : s[-1];
    const char at = s == subjectEnd() ? '\0' : *s;
    return !matchesSet(before, set, setEnd) && matchesSet(at, set, setEnd);
}

const char* PatternMatch::matchBalance(const char* s, const char* p) noexcept
{
    if (patternEnd() - p < 2) {
        fail("unbalanced pattern");
        return nullptr;
    }
    if (s == subjectEnd() || *s != p[0])
        return nullptr;
    int open = 1;
    while (++s != subjectEnd() && step()) {
        if (*s == p[1]) {
            if (--open == 0)
                return s + 1;
        } else if (*s == p[0]) {
            ++open;
        }
    }
    return nullptr;
}

const char* PatternMatch::matchBack(const char* s, char digit) noexcept
{
    const auto index = static_cast<std::size_t>(digit - '1');
    if (digit == '0' || index >= m_level || m_captures[index].size == Capture::unfinished) {
        fail("invalid capture index");
        return nullptr;
    }
    const Capture& capture = m_captures[index];
    const std::ptrdiff_t size = std::max<std::ptrdiff_t>(capture.size, 0);
    m_steps -= std::min(m_steps, static_cast<std::uint64_t>(size));
    if (subjectEnd() - s < size || std::memcmp(capture.begin, s, static_cast<std::size_t>(size)) != 0)
        return nullptr;
    return s + size;
}

const char* PatternMatch::expandMost(const char* s, const char* p, const char* ep) noexcept
{
    std::ptrdiff_t count = 0;
    while (s + count != subjectEnd() && step() && matchesOne(s + count, p, ep))
        ++count;
    for (; count >= 0 && step(); --count)
        if (const char* rest = match(s + count, ep + 1))
            return rest;
    return nullptr;
}

const char* PatternMatch::expandLeast(const char* s, const char* p, const char* ep) noexcept
{
    while (step()) {
        if (const char* rest = match(s, ep + 1))
            return rest;
        if (s == subjectEnd() || !matchesOne(s, p, ep))
            return nullptr;
        ++s;
    }
    return nullptr;
}

const char* PatternMatch::openCapture(const char* s, const char* p, std::ptrdiff_t size) noexcept
{
    if (m_level == mostCaptures) {
        fail("too many captures");
        return nullptr;
    }
    m_captures[m_level++] = {s, size};
    const char* rest = match(s, p);
    if (!rest)
        --m_level;
    return rest;
}

const char* PatternMatch::closeCapture(const char* s, const char* p) noexcept
{
    std::size_t index = m_level;
    while (index > 0 && m_captures[index - 1].size != Capture::unfinished)
        --index;
    if (index == 0) {
        fail("invalid pattern capture");
        return nullptr;
    }
    m_captures[index - 1].size = s - m_captures[index - 1].begin;
    const char* rest = match(s, p);
    if (!rest)
        m_captures[index - 1].size = Capture::unfinished;
    return rest;
}

/// Behind the single character class that begins at `p`.
const char* PatternMatch::classEnd(const char* p) noexcept
{
    const char first = *p++;
    if (first == '%') {
        if (p == patternEnd()) {
            fail("malformed pattern (ends with '%')");
            return nullptr;
        }
        return p + 1;
    }
    if (first != '[')
        return p;
    if (p != patternEnd() && *p == '^')
        ++p;
    do {
        if (p == patternEnd()) {
            fail("malformed pattern (missing ']')");
            return nullptr;
        }
        if (*p++ == '%' && p != patternEnd())
            ++p; // "%]" does not end the set
    } while (p == patternEnd() || *p != ']');
    return p + 1;
}

bool PatternMatch::matchesOne(const char* s, const char* p, const char* ep) noexcept
{
    switch (*p) {
    case '.':
        return true;
    case '%':
        return matchesClass(*s, p[1]);
    case '[':
        return matchesSet(*s, p, ep - 1);
    default:
        return *p == *s;
    }
}

} // namespace claimsmith::gateway::lua
