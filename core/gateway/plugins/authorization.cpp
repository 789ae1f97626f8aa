// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/authorization.h"

#include "base/base64.h"
#include "base/text.h"

#include <algorithm>

namespace claimsmith::gateway {
namespace {

constexpr bool isSpace(char c) noexcept
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

} // namespace

std::optional<std::string_view> findAfterScheme(std::string_view value, std::string_view scheme, SchemeGap gap) noexcept
{
    const std::string_view tail = scheme.substr(1);
    for (std::size_t at = value.find(tail); at != std::string_view::npos; at = value.find(tail, at + 1)) {
        if (at == 0 || toLower(value[at - 1]) != scheme.front())
            continue;
        const auto rest = value.substr(at + tail.size());
        const auto begin = static_cast<std::size_t>(std::ranges::find_if_not(rest, isSpace) - rest.begin());
        if (begin == rest.size() || (begin == 0 && gap == SchemeGap::Needed))
            continue;
        return rest.substr(begin, rest.find('\n', begin) - begin);
    }
    return std::nullopt;
}

std::optional<std::string_view> afterScheme(std::string_view value, std::string_view scheme) noexcept
{
    if (!equalIgnoringCase(schemeOf(value), scheme))
        return std::nullopt;
    const auto begin = value.find_first_not_of(' ', scheme.size());
    return begin == std::string_view::npos ? std::nullopt : std::optional(value.substr(begin));
}

std::string_view schemeOf(std::string_view value) noexcept
{
    return value.substr(0, value.find(' '));
}

std::optional<Bytes> fromBase64BeforePadding(std::string_view text)
{
    return fromBase64(text.substr(0, text.find('=')), Base64Rule::Lenient);
}

} // namespace claimsmith::gateway
