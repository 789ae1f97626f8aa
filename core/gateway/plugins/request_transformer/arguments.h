// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/query.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace claimsmith::gateway::requesttransformer {

/// Arguments of a query or a form as Kong holds them: each name once, with one or several values; a value that is
/// nothing is a bare name.
class Arguments final
{
public:
    using Values = std::vector<std::optional<std::string>>;

    explicit Arguments(const http::QueryArguments& arguments);

    bool empty() const noexcept { return m_arguments.empty(); }

    bool contains(std::string_view name) const noexcept { return find(name) != nullptr; }

    bool remove(std::string_view name);
    /// Moves the values to another name, which loses its own; false when there are none or the names are equal.
    bool rename(std::string_view from, const std::string& to);
    void set(std::string_view name, std::string value);
    /// Adds a value behind those there are. A bare name gives way, as in Kong.
    void append(std::string_view name, std::string value);
    /// Adds all of another's values behind those of the same name.
    void merge(const Arguments& others);
    /// Keeps the names for which `predicate(name)` holds.
    template <class Predicate>
    void keepIf(Predicate predicate)
    {
        std::erase_if(m_arguments, [&](const Argument& argument) { return !predicate(argument.name); });
    }

    /// Percent-encoded. Sorted as Kong writes queries: the pairs of each name as one text.
    std::string toText(bool isSorted) const;

private:
    struct Argument
    {
        std::string name;
        Values values;
    };

    const Argument* find(std::string_view name) const noexcept;
    Values& valuesOf(std::string_view name);
    static std::string toText(const Argument& argument);

    std::vector<Argument> m_arguments;
};

} // namespace claimsmith::gateway::requesttransformer
