// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace claimsmith::http {

/// One argument of a query or a form, decoded. `?a` has no value, `?a=` an empty one.
struct QueryArgument
{
    std::string name;
    std::optional<std::string> value;
    friend bool operator==(const QueryArgument&, const QueryArgument&) = default;
};

/// Decoded arguments in order, duplicates kept.
class QueryArguments final
{
public:
    QueryArguments() = default;

    explicit QueryArguments(std::vector<QueryArgument> arguments) : m_arguments(std::move(arguments)) {}

    auto begin() const noexcept { return m_arguments.begin(); }

    auto end() const noexcept { return m_arguments.end(); }

    bool empty() const noexcept { return m_arguments.empty(); }

    std::size_t size() const noexcept { return m_arguments.size(); }

    /// The first argument with this name, or null. Names are compared exactly.
    const QueryArgument* find(std::string_view name) const noexcept;
    /// All arguments with this name, in order. Pointers into this object.
    std::vector<const QueryArgument*> all(std::string_view name) const;

    friend bool operator==(const QueryArguments&, const QueryArguments&) = default;

private:
    std::vector<QueryArgument> m_arguments;
};

/// How many arguments a gateway's plugins see (Kong's lua_max_uri_args).
inline constexpr std::size_t maximumArguments = 100;

/// Splits at '&' and the first '=', decodes '+' and percent triplets; an incomplete triplet stays as it is. Parts
/// without a name are skipped, and everything behind `limit` arguments. Also reads application/x-www-form-urlencoded
/// bodies.
QueryArguments parseQuery(std::string_view query, std::size_t limit = maximumArguments);

/// The query without the arguments whose decoded name is `name`. The others keep order and bytes.
std::string withoutArgument(std::string_view query, std::string_view name);

/// Joins with '&'; an argument without a value is written as its bare name.
std::string formatQuery(const QueryArguments& arguments);

/// Decodes percent triplets; an incomplete one stays as it is. '+' stays.
std::string percentDecode(std::string_view text);
/// Percent-encodes everything but the unreserved characters of RFC 3986 §2.3, with upper-case digits.
std::string percentEncode(std::string_view text);
/// As application/x-www-form-urlencoded wants it (WHATWG URL §5.2): space is '+'; letters, digits and "*-._" stay.
std::string formEncode(std::string_view text);

} // namespace claimsmith::http
