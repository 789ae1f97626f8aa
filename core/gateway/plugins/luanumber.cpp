// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/luanumber.h"

#include "base/text.h"

#include <charconv>
#include <cmath>

namespace claimsmith::gateway {

std::optional<double> luaNumber(std::string_view text)
{
    text = trimmed(text);
    const bool isNegative = text.starts_with('-');
    if (isNegative || text.starts_with('+'))
        text.remove_prefix(1);
    const bool isHexadecimal = text.starts_with("0x") || text.starts_with("0X");
    if (isHexadecimal)
        text.remove_prefix(2);
    if (text.starts_with('-')) // a second sign, which from_chars would take for the first
        return std::nullopt;
    double number = 0;
    const auto format = isHexadecimal ? std::chars_format::hex : std::chars_format::general;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, format);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(number))
        return std::nullopt;
    return isNegative ? -number : number;
}

} // namespace claimsmith::gateway
