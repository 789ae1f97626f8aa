// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"

#include <algorithm>

namespace claimsmith {

std::string toLower(std::string_view text)
{
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) { return toLower(c); });
    return lower;
}

bool equalIgnoringCase(std::string_view a, std::string_view b) noexcept
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return toLower(x) == toLower(y); });
}

std::string_view trimmed(std::string_view text) noexcept
{
    constexpr std::string_view blank = " \t\r\n";
    const std::size_t first = text.find_first_not_of(blank);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(blank) - first + 1);
}

std::vector<std::string_view> split(std::string_view text, char separator)
{
    std::vector<std::string_view> parts;
    std::size_t start = 0;
    for (;;) {
        const std::size_t end = text.find(separator, start);
        if (end == std::string_view::npos)
            break;
        parts.push_back(text.substr(start, end - start));
        start = end + 1;
    }
    parts.push_back(text.substr(start));
    return parts;
}

std::size_t findInvalidUtf8(std::string_view text) noexcept
{
    const auto byteAt = [&](std::size_t i) -> unsigned {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
    };
    const auto continues = [&](std::size_t i) { return (byteAt(i) & 0xc0U) == 0x80U; };
    std::size_t i = 0;
    while (i < text.size()) {
        const unsigned first = byteAt(i);
        if (first < 0x80) {
            i += 1;
        } else if (first >= 0xc2 && first <= 0xdf && continues(i + 1)) {
            i += 2;
        } else if (first >= 0xe0 && first <= 0xef && continues(i + 1) && continues(i + 2)) {
            const unsigned second = byteAt(i + 1);
            if ((first == 0xe0 && second < 0xa0) || (first == 0xed && second > 0x9f)) // overlong, surrogate
                return i;
            i += 3;
        } else if (first >= 0xf0 && first <= 0xf4 && continues(i + 1) && continues(i + 2) && continues(i + 3)) {
            const unsigned second = byteAt(i + 1);
            if ((first == 0xf0 && second < 0x90) || (first == 0xf4 && second > 0x8f)) // overlong, above U+10FFFF
                return i;
            i += 4;
        } else {
            return i;
        }
    }
    return std::string_view::npos;
}

void appendUtf8(std::string& out, char32_t codePoint)
{
    const auto push = [&out](char32_t value) { out.push_back(static_cast<char>(value)); };
    if (codePoint < 0x80) {
        push(codePoint);
    } else if (codePoint < 0x800) {
        push(0xc0 | (codePoint >> 6));
        push(0x80 | (codePoint & 0x3f));
    } else if (codePoint < 0x10000) {
        push(0xe0 | (codePoint >> 12));
        push(0x80 | ((codePoint >> 6) & 0x3f));
        push(0x80 | (codePoint & 0x3f));
    } else {
        push(0xf0 | (codePoint >> 18));
        push(0x80 | ((codePoint >> 12) & 0x3f));
        push(0x80 | ((codePoint >> 6) & 0x3f));
        push(0x80 | (codePoint & 0x3f));
    }
}

} // namespace claimsmith
