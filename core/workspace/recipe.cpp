// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/recipe.h"

#include "document/json.h"

#include <charconv>
#include <map>

namespace claimsmith::workspace {
namespace {

constexpr std::int64_t longestShift = 1'000'000'000'000; ///< seconds; keeps sums far from overflow

std::optional<std::int64_t> secondsOf(char unit) noexcept
{
    switch (unit) {
    case 's':
        return 1;
    case 'm':
        return 60;
    case 'h':
        return 3600;
    case 'd':
        return 86400;
    case 'w':
        return 604800;
    default:
        return std::nullopt;
    }
}

/// Reads "10m30s" and moves `text` behind it.
std::optional<std::int64_t> parseDuration(std::string_view& text) noexcept
{
    std::int64_t total = 0;
    bool any = false;
    while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
        std::int64_t count = 0;
        const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), count);
        if (error != std::errc() || count > longestShift)
            return std::nullopt;
        text.remove_prefix(static_cast<std::size_t>(rest - text.data()));
        std::int64_t unit = 1;
        if (!text.empty() && secondsOf(text.front())) {
            unit = *secondsOf(text.front());
            text.remove_prefix(1);
        }
        if (count > longestShift / unit)
            return std::nullopt;
        total += count * unit;
        if (total > longestShift)
            return std::nullopt;
        any = true;
    }
    return any ? std::optional(total) : std::nullopt;
}

} // namespace

std::optional<std::int64_t> parseRelativeTime(std::string_view text) noexcept
{
    constexpr std::string_view now = "now";
    if (!text.starts_with(now))
        return std::nullopt;
    text.remove_prefix(now.size());
    std::int64_t shift = 0;
    while (!text.empty()) {
        const char sign = text.front();
        if (sign != '+' && sign != '-')
            return std::nullopt;
        text.remove_prefix(1);
        const auto duration = parseDuration(text);
        if (!duration)
            return std::nullopt;
        shift += sign == '+' ? *duration : -*duration;
    }
    return shift;
}

Result<std::string> expandRelativeTimes(std::string_view json, std::int64_t now)
{
    document::SourceMap map;
    document::JsonOptions options;
    options.allowDuplicateKeys = true;
    CLAIMSMITH_TRY(const document::Value value, document::parseJson(json, options, &map));

    std::map<std::size_t, std::pair<std::size_t, std::string>> replacements; // begin → end, text
    for (const auto& [pointer, entry] : map) {
        const document::Value* found = value.at(pointer);
        const std::string* text = found ? found->asString() : nullptr;
        if (const auto shift = text ? parseRelativeTime(*text) : std::nullopt)
            replacements[entry.value.begin] = {entry.value.end, std::to_string(now + *shift)};
    }

    std::string expanded;
    std::size_t copied = 0;
    for (const auto& [begin, replacement] : replacements) {
        expanded += json.substr(copied, begin - copied);
        expanded += replacement.second;
        copied = replacement.first;
    }
    expanded += json.substr(copied);
    return expanded;
}

} // namespace claimsmith::workspace
