// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/mediatype.h"

#include "base/text.h"
#include "http/message.h"

#include <algorithm>

namespace claimsmith::http {
namespace {

/// Takes a token or a quoted string (RFC 9110 §5.6.4) off the front of `text`; nothing when neither stands there.
std::optional<std::string> takeValue(std::string_view& text)
{
    if (text.empty() || text.front() != '"') {
        const std::size_t end = std::min(text.find(';'), text.size());
        const std::string_view token = trimmed(text.substr(0, end));
        text.remove_prefix(end);
        return isToken(token) ? std::optional<std::string>(token) : std::nullopt;
    }
    std::string value;
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (text[i] == '"') {
            text.remove_prefix(i + 1);
            return value;
        }
        if (text[i] == '\\' && i + 1 < text.size())
            ++i;
        value += text[i];
    }
    text = {};
    return std::nullopt;
}

void readParameters(std::string_view text, MediaType& result)
{
    for (;;) {
        const std::size_t semicolon = text.find(';');
        if (semicolon == std::string_view::npos)
            return;
        text = trimmed(text.substr(semicolon + 1));
        const std::size_t equals = text.find_first_of("=;");
        if (equals == std::string_view::npos || text[equals] == ';')
            continue;
        const std::string_view name = text.substr(0, equals);
        text.remove_prefix(equals + 1);
        auto value = takeValue(text);
        if (isToken(name) && value)
            result.parameters.emplace_back(toLower(name), *std::move(value));
    }
}

} // namespace

bool MediaType::is(std::string_view essence) const noexcept
{
    return essence.size() == type.size() + 1 + subtype.size() && essence.substr(0, type.size()) == type &&
           essence[type.size()] == '/' && essence.substr(type.size() + 1) == subtype;
}

bool MediaType::isJson() const noexcept
{
    return is("application/json") || subtype.ends_with("+json");
}

std::optional<std::string_view> MediaType::parameter(std::string_view name) const noexcept
{
    for (const auto& [key, value] : parameters) {
        if (equalIgnoringCase(key, name))
            return value;
    }
    return std::nullopt;
}

std::optional<MediaType> parseMediaType(std::string_view text)
{
    const std::string_view essence = trimmed(text.substr(0, text.find(';')));
    const std::size_t slash = essence.find('/');
    if (slash == std::string_view::npos || !isToken(essence.substr(0, slash)) || !isToken(essence.substr(slash + 1)))
        return std::nullopt;
    MediaType result{toLower(essence.substr(0, slash)), toLower(essence.substr(slash + 1)), {}};
    readParameters(text, result);
    return result;
}

} // namespace claimsmith::http
