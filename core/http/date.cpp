// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/date.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace claimsmith::http {
namespace {

constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr int twoDigitPivot = 70; ///< RFC 850 years below are of this century

/// Takes words off the front of a date.
class Words final
{
public:
    explicit Words(std::string_view text) noexcept : m_rest(text) {}

    std::string_view next(std::string_view separators) noexcept
    {
        const std::size_t begin = std::min(m_rest.find_first_not_of(separators), m_rest.size());
        const std::size_t end = std::min(m_rest.find_first_of(separators, begin), m_rest.size());
        const std::string_view word = m_rest.substr(begin, end - begin);
        m_rest.remove_prefix(end);
        return word;
    }

    std::string_view rest() const noexcept { return m_rest; }

private:
    std::string_view m_rest;
};

std::optional<int> numberOf(std::string_view text) noexcept
{
    int number = 0;
    const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
    return result.ec == std::errc() && result.ptr == text.data() + text.size() && number >= 0 ? std::optional(number)
                                                                                              : std::nullopt;
}

struct Parts
{
    std::string_view day, month, year, hour, minute, second;
};

std::optional<TimePoint> timeOf(const Parts& parts) noexcept
{
    const auto day = numberOf(parts.day);
    const auto month = std::ranges::find(months, parts.month);
    auto year = numberOf(parts.year);
    const auto hour = numberOf(parts.hour);
    const auto minute = numberOf(parts.minute);
    const auto second = numberOf(parts.second);
    if (!day || month == months.end() || !year || !hour || !minute || !second)
        return std::nullopt;
    if (parts.year.size() == 2)
        *year += *year < twoDigitPivot ? 2000 : 1900;
    const std::chrono::year_month_day date{std::chrono::year(*year),
                                           std::chrono::month(static_cast<unsigned>(month - months.begin()) + 1),
                                           std::chrono::day(static_cast<unsigned>(*day))};
    if (!date.ok() || *year > 9999 || *hour > 23 || *minute > 59 || *second > 60)
        return std::nullopt;
    return std::chrono::sys_days(date) + std::chrono::hours(*hour) + std::chrono::minutes(*minute) +
           std::chrono::seconds(*second);
}

} // namespace

std::optional<TimePoint> parseHttpDate(std::string_view text) noexcept
{
    const std::string_view date = trimmed(text);
    Words words(date);
    Parts parts;
    const bool hasComma = words.next(" ").ends_with(',');
    if (hasComma) { // IMF-fixdate or RFC 850
        parts.day = words.next(" -");
        parts.month = words.next(" -");
        parts.year = words.next(" -");
    } else { // asctime
        parts.month = words.next(" ");
        parts.day = words.next(" ");
    }
    parts.hour = words.next(" :");
    parts.minute = words.next(" :");
    parts.second = words.next(" :");
    if (hasComma && words.next(" ") != "GMT")
        return std::nullopt;
    if (!hasComma)
        parts.year = words.next(" ");
    return trimmed(words.rest()).empty() ? timeOf(parts) : std::nullopt;
}

} // namespace claimsmith::http
