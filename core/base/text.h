// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace claimsmith {

/// ASCII only, whatever the locale; other bytes stay.
std::string toLower(std::string_view text);
constexpr char toLower(char c) noexcept
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}
/// Compares without regard to ASCII case.
bool equalIgnoringCase(std::string_view a, std::string_view b) noexcept;
/// Without spaces, tabs and line ends at both ends; a view into `text`.
std::string_view trimmed(std::string_view text) noexcept;
/// The parts between the separators; empty parts are kept. Views into `text`.
std::vector<std::string_view> split(std::string_view text, char separator);
/// Whether every byte belongs to a well-formed UTF-8 sequence (RFC 3629); else the offset of the first that does not.
std::size_t findInvalidUtf8(std::string_view text) noexcept; ///< npos when all is well
/// The code point as UTF-8 appended to `out`.
void appendUtf8(std::string& out, char32_t codePoint);

} // namespace claimsmith
