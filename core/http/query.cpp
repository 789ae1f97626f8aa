// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/query.h"

#include <algorithm>

namespace claimsmith::http {
namespace {

int hexDigit(char c) noexcept
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

bool isAlphanumeric(char c) noexcept
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

std::string decode(std::string_view text, bool plusIsSpace)
{
    std::string result;
    result.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && hexDigit(text[i + 1]) >= 0 && hexDigit(text[i + 2]) >= 0) {
            result += static_cast<char>(hexDigit(text[i + 1]) * 16 + hexDigit(text[i + 2]));
            i += 2;
        } else {
            result += plusIsSpace && text[i] == '+' ? ' ' : text[i];
        }
    }
    return result;
}

std::string encode(std::string_view text, std::string_view kept, bool spaceIsPlus)
{
    static constexpr std::string_view digits = "0123456789ABCDEF";
    std::string result;
    result.reserve(text.size());
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (isAlphanumeric(c) || kept.find(c) != std::string_view::npos) {
            result += c;
        } else if (spaceIsPlus && c == ' ') {
            result += '+';
        } else {
            result += '%';
            result += digits[byte >> 4U];
            result += digits[byte & 15U];
        }
    }
    return result;
}

/// Calls `visit(part, name, value)` for each part between ampersands until it returns false; `value` is null without
/// '='.
template <class Visit>
void forEachPart(std::string_view query, Visit visit)
{
    while (!query.empty()) {
        const std::size_t end = std::min(query.find('&'), query.size());
        const std::string_view part = query.substr(0, end);
        query.remove_prefix(std::min(end + 1, query.size()));
        const std::size_t equals = part.find('=');
        const std::string_view name = part.substr(0, equals);
        const std::string_view value = equals == std::string_view::npos ? std::string_view{} : part.substr(equals + 1);
        if (!visit(part, name, equals == std::string_view::npos ? nullptr : &value))
            return;
    }
}

} // namespace

const QueryArgument* QueryArguments::find(std::string_view name) const noexcept
{
    const auto found = std::ranges::find(m_arguments, name, &QueryArgument::name);
    return found == m_arguments.end() ? nullptr : &*found;
}

std::vector<const QueryArgument*> QueryArguments::all(std::string_view name) const
{
    std::vector<const QueryArgument*> result;
    for (const QueryArgument& argument : m_arguments) {
        if (argument.name == name)
            result.push_back(&argument);
    }
    return result;
}

QueryArguments parseQuery(std::string_view query, std::size_t limit)
{
    std::vector<QueryArgument> arguments;
    forEachPart(query, [&](std::string_view, std::string_view name, const std::string_view* value) {
        if (arguments.size() == limit)
            return false;
        if (!name.empty()) {
            arguments.push_back({decode(name, true),
                                 value == nullptr ? std::nullopt : std::optional<std::string>(decode(*value, true))});
        }
        return true;
    });
    return QueryArguments(std::move(arguments));
}

std::string withoutArgument(std::string_view query, std::string_view unwanted)
{
    std::string result;
    forEachPart(query, [&](std::string_view part, std::string_view name, const std::string_view*) {
        if (decode(name, true) != unwanted) {
            if (!result.empty())
                result += '&';
            result += part;
        }
        return true;
    });
    return result;
}

std::string formatQuery(const QueryArguments& arguments)
{
    std::string result;
    for (const QueryArgument& argument : arguments) {
        if (!result.empty())
            result += '&';
        result += formEncode(argument.name);
        if (argument.value)
            result += '=' + formEncode(*argument.value);
    }
    return result;
}

std::string percentDecode(std::string_view text)
{
    return decode(text, false);
}

std::string percentEncode(std::string_view text)
{
    return encode(text, "-._~", false);
}

std::string formEncode(std::string_view text)
{
    return encode(text, "*-._", true);
}

} // namespace claimsmith::http
