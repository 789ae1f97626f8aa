// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/jsonpath.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

/// A JSONPath query as parts: between jsonpathparser.cpp, which makes it, and jsonpath.cpp, which runs it.
namespace claimsmith::document {

namespace jsonpath {

struct Filter;

struct NameSelector
{
    std::string name;
};

struct WildcardSelector
{
};

struct IndexSelector
{
    std::int64_t index = 0; ///< below 0: from the end
};

struct SliceSelector
{
    std::optional<std::int64_t> start = {};
    std::optional<std::int64_t> end = {};
    std::int64_t step = 1;
};

using Selector = std::variant<NameSelector, WildcardSelector, IndexSelector, SliceSelector, std::shared_ptr<Filter>>;

struct Segment
{
    bool descendant = false; ///< ".."
    std::vector<Selector> selectors;
};

/// A query inside a filter.
struct SubQuery
{
    bool relative = true; ///< from "@", else from "$"
    std::vector<Segment> segments;
};

enum class Function { Length, Count, Value };

/// What is compared or tested: a literal, a query, or a function of one of those.
struct Operand
{
    std::variant<Value, SubQuery> content;
    std::optional<Function> function = {};
};

enum class Comparison { Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual };

/// A logical expression: a leaf that tests or compares, or others joined.
struct Filter
{
    enum class Kind { Exists, Compare, Not, And, Or };
    Kind kind = Kind::Exists;
    Comparison comparison = Comparison::Equal;
    std::vector<Operand> operands; ///< one for Exists, two for Compare
    std::vector<std::shared_ptr<Filter>> parts;
};

/// The segments of a whole query.
Result<std::vector<Segment>> parse(std::string_view text);

} // namespace jsonpath

class JsonPath::Query
{
public:
    std::vector<jsonpath::Segment> segments;
};

} // namespace claimsmith::document
