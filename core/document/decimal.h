// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace claimsmith::document {

// What a number's text is worth, whatever the locale. Texts are JSON numbers or the extensions of
// JsonOptions::allowKongNumbers; for anything else the results are nothing and 0.

/// The value when it is whole and in range. Exact.
std::optional<std::int64_t> decimalToInteger(std::string_view text) noexcept;
/// The nearest double; infinite beyond the range.
double decimalToDouble(std::string_view text) noexcept;

} // namespace claimsmith::document
