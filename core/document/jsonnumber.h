// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string_view>

namespace claimsmith::document {

/// What stands at the start of a text when a number is looked for there.
struct NumberScan
{
    enum class Outcome {
        Number,
        NotANumber, ///< it does not begin as a number
        Invalid,    ///< it begins as a number but goes on as none
    };
    Outcome outcome = Outcome::NotANumber;
    std::size_t size = 0; ///< bytes of the number; for Invalid: offset of the first byte that cannot be right
};

/// The number production of RFC 8259 §6.
NumberScan scanJsonNumber(std::string_view text) noexcept;
/// What lua-cjson reads with its default settings: all that C's strtod takes, but for the payload of a NaN.
NumberScan scanKongNumber(std::string_view text) noexcept;

} // namespace claimsmith::document
