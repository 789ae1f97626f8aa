// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/filename.h"

#include "base/text.h"

#include <algorithm>
#include <array>

namespace claimsmith::workspace {
namespace {

constexpr std::size_t longestStem = 80;

bool isKept(char c) noexcept
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

/// Cut to a number of bytes without splitting a character.
void shorten(std::string& stem)
{
    if (stem.size() <= longestStem)
        return;
    std::size_t end = longestStem;
    while (end > 0 && (static_cast<unsigned char>(stem[end]) & 0xC0U) == 0x80)
        --end;
    stem.resize(end);
}

bool isReserved(std::string_view stem) noexcept
{
    constexpr std::array<std::string_view, 4> devices{"con", "prn", "aux", "nul"};
    const bool port =
        stem.size() == 4 && (stem.starts_with("com") || stem.starts_with("lpt")) && stem[3] >= '0' && stem[3] <= '9';
    return port || std::find(devices.begin(), devices.end(), stem) != devices.end();
}

} // namespace

std::string fileStem(std::string_view name)
{
    std::string stem;
    for (const char letter : name) {
        const char c = toLower(letter);
        if (isKept(c))
            stem += c;
        else if (!stem.empty() && stem.back() != '-')
            stem += '-';
    }
    if (findInvalidUtf8(stem) != std::string_view::npos)
        std::erase_if(stem, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
    shorten(stem);
    while (!stem.empty() && stem.back() == '-')
        stem.pop_back();
    if (stem.empty())
        return "untitled";
    return isReserved(stem) ? stem + "_" : stem;
}

} // namespace claimsmith::workspace
