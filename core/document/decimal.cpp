// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/decimal.h"

#include "base/text.h"

#include <algorithm>
#include <charconv>
#include <limits>

namespace claimsmith::document {
namespace {

/// A number's text taken apart. Digits are views into the text.
struct Parts
{
    bool negative = false;
    bool hexadecimal = false;
    std::string_view magnitude; ///< without sign and "0x"
};

Parts takeApart(std::string_view text) noexcept
{
    Parts parts;
    if (text.starts_with('-') || text.starts_with('+')) {
        parts.negative = text.front() == '-';
        text.remove_prefix(1);
    }
    if (text.starts_with("0x") || text.starts_with("0X")) {
        parts.hexadecimal = true;
        text.remove_prefix(2);
    }
    parts.magnitude = text;
    return parts;
}

constexpr std::int64_t exponentBound = 1'000'000'000; // far beyond any text that fits in memory and a double

/// A decimal magnitude as digits × 10^exponent, without a copy: the digits are those of `whole` followed by `fraction`.
struct Scaled
{
    std::string_view whole;
    std::string_view fraction;
    std::int64_t exponent = 0;
};

Scaled scale(std::string_view magnitude) noexcept
{
    Scaled scaled;
    const std::size_t mark = magnitude.find_first_of("eE");
    const std::string_view mantissa = magnitude.substr(0, mark);
    if (mark != std::string_view::npos) {
        std::string_view text = magnitude.substr(mark + 1);
        if (text.starts_with('+'))
            text.remove_prefix(1);
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), scaled.exponent);
        if (error == std::errc::result_out_of_range)
            scaled.exponent = text.starts_with('-') ? -exponentBound : exponentBound;
        scaled.exponent = std::min(std::max(scaled.exponent, -exponentBound), exponentBound);
    }
    const std::size_t point = mantissa.find('.');
    scaled.whole = mantissa.substr(0, point);
    if (point != std::string_view::npos)
        scaled.fraction = mantissa.substr(point + 1);
    return scaled;
}

/// Decimal digits that have to be fed to an accumulator one by one.
class Accumulator final
{
public:
    bool push(char digit, unsigned base) noexcept
    {
        const auto value = static_cast<std::uint64_t>(digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
        if (m_sum > (limit - value) / base)
            return false;
        m_sum = m_sum * base + value;
        return true;
    }

    std::optional<std::int64_t> result(bool negative) const noexcept
    {
        if (m_sum > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()) + (negative ? 1U : 0U))
            return std::nullopt;
        return static_cast<std::int64_t>(negative ? 0 - m_sum : m_sum);
    }

private:
    static constexpr std::uint64_t limit = std::numeric_limits<std::uint64_t>::max();
    std::uint64_t m_sum = 0;
};

std::optional<std::int64_t> hexToInteger(const Parts& parts) noexcept
{
    Accumulator sum;
    for (const char c : parts.magnitude) {
        if (c == '.' || c == 'p' || c == 'P' || !sum.push(c, 16))
            return std::nullopt;
    }
    return sum.result(parts.negative);
}

bool isZero(const Scaled& scaled) noexcept
{
    return scaled.whole.find_first_not_of('0') == std::string_view::npos &&
           scaled.fraction.find_first_not_of('0') == std::string_view::npos;
}

/// The digit with the weight 10^power, before the exponent is applied.
char digitAt(const Scaled& scaled, std::int64_t power) noexcept
{
    const auto wholeSize = static_cast<std::int64_t>(scaled.whole.size());
    if (power >= 0)
        return power < wholeSize ? scaled.whole[static_cast<std::size_t>(wholeSize - 1 - power)] : '0';
    const auto index = static_cast<std::size_t>(-power - 1);
    return index < scaled.fraction.size() ? scaled.fraction[index] : '0';
}

std::optional<std::int64_t> scaledToInteger(const Scaled& scaled, bool negative) noexcept
{
    // Digits of a weight below one have to be zero. An exponent that large or small leaves at most 0 or nothing.
    const auto fractionSize = static_cast<std::int64_t>(scaled.fraction.size());
    const auto wholeSize = static_cast<std::int64_t>(scaled.whole.size());
    for (std::int64_t power = -fractionSize; power < std::min(-scaled.exponent, wholeSize); ++power) {
        if (digitAt(scaled, power) != '0')
            return std::nullopt;
    }
    Accumulator sum;
    for (std::int64_t power = wholeSize - 1; power >= -scaled.exponent; --power) {
        if (!sum.push(digitAt(scaled, power), 10))
            return std::nullopt;
    }
    return sum.result(negative);
}

double special(std::string_view magnitude) noexcept
{
    const char first = magnitude.empty() ? '\0' : toLower(magnitude.front());
    if (first == 'i')
        return std::numeric_limits<double>::infinity();
    return first == 'n' ? std::numeric_limits<double>::quiet_NaN() : 0;
}

/// from_chars tells only that the text is out of range, not on which side.
double beyondRange(const Parts& parts) noexcept
{
    if (parts.hexadecimal)
        return std::numeric_limits<double>::infinity();
    const Scaled scaled = scale(parts.magnitude);
    const std::size_t firstDigit = scaled.whole.find_first_not_of('0');
    const bool large = firstDigit != std::string_view::npos
                           ? scaled.exponent + static_cast<std::int64_t>(scaled.whole.size() - firstDigit) > 0
                           : scaled.exponent > static_cast<std::int64_t>(scaled.fraction.find_first_not_of('0'));
    return large ? std::numeric_limits<double>::infinity() : 0;
}

} // namespace

std::optional<std::int64_t> decimalToInteger(std::string_view text) noexcept
{
    const Parts parts = takeApart(text);
    if (parts.magnitude.empty())
        return std::nullopt;
    if (parts.hexadecimal)
        return hexToInteger(parts);
    if (const char first = parts.magnitude.front(); (first < '0' || first > '9') && first != '.')
        return std::nullopt;
    const Scaled scaled = scale(parts.magnitude);
    return isZero(scaled) ? std::optional<std::int64_t>(0) : scaledToInteger(scaled, parts.negative);
}

double decimalToDouble(std::string_view text) noexcept
{
    const Parts parts = takeApart(text);
    double value = 0;
    const char* end = parts.magnitude.data() + parts.magnitude.size();
    const auto result = std::from_chars(parts.magnitude.data(), end, value,
                                        parts.hexadecimal ? std::chars_format::hex : std::chars_format::general);
    if (result.ec == std::errc::result_out_of_range)
        value = beyondRange(parts);
    else if (result.ec != std::errc())
        value = special(parts.magnitude);
    return parts.negative ? -value : value;
}

} // namespace claimsmith::document
