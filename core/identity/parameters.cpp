// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/parameters.h"

#include <algorithm>
#include <array>

namespace claimsmith::identity {
namespace {

/// RFC 8693 §2.1, RFC 8707 §2.
constexpr std::array<std::string_view, 2> repeatable{"audience", "resource"};

} // namespace

Parameters::Parameters(std::string_view text) : m_arguments(http::parseQuery(text)) {}

const std::string* Parameters::find(std::string_view name) const noexcept
{
    for (const http::QueryArgument& argument : m_arguments) {
        if (argument.name == name && argument.value && !argument.value->empty())
            return &*argument.value;
    }
    return nullptr;
}

std::string_view Parameters::value(std::string_view name) const noexcept
{
    const std::string* const found = find(name);
    return found == nullptr ? std::string_view() : std::string_view(*found);
}

std::vector<std::string> Parameters::all(std::string_view name) const
{
    std::vector<std::string> values;
    for (const http::QueryArgument& argument : m_arguments) {
        if (argument.name == name && argument.value && !argument.value->empty())
            values.push_back(*argument.value);
    }
    return values;
}

std::string Parameters::repeated() const
{
    for (const http::QueryArgument& argument : m_arguments) {
        const bool mayRepeat = std::ranges::find(repeatable, argument.name) != repeatable.end();
        if (!mayRepeat && m_arguments.all(argument.name).size() > 1)
            return argument.name;
    }
    return {};
}

} // namespace claimsmith::identity
