// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "document/value.h"

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

namespace claimsmith::document {

enum class JsonPathErrorCode {
    Syntax,          ///< the error's place has the offset of what cannot be right; its detail says what was wanted
    UnknownFunction, ///< parameter "name"; match() and search() are among them
    TooDeep,         ///< parentheses or filters within each other
};
const ErrorDomain& errorDomain(JsonPathErrorCode) noexcept;

/// A JSONPath query (RFC 9535): child and descendant segments; name, wildcard, index, slice and filter selectors;
/// filters with comparisons, existence tests, !, &&, || and the functions length(), count() and value(). The functions
/// that take regular expressions are refused, not ignored. Immutable and shared by copies; any thread.
class JsonPath final
{
public:
    /// Reads the whole text as one query. It begins with "$".
    static Result<JsonPath> parse(std::string_view text);

    /// The values that the query selects, in its order, at most `limit`. They live as long as `root`. An object's
    /// members come in the order of the document.
    std::vector<const Value*> select(const Value& root, std::size_t limit = static_cast<std::size_t>(-1)) const;

    class Query;

private:
    explicit JsonPath(std::shared_ptr<const Query> query) noexcept : m_query(std::move(query)) {}

    std::shared_ptr<const Query> m_query;
};

} // namespace claimsmith::document
