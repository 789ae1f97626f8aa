// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/value.h"
#include "gateway/lua/template.h"

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace claimsmith::gateway::requesttransformer {

/// What a text becomes in a JSON body.
enum class JsonType { String, Number, Boolean };

/// One entry "name:value" of a list.
struct Entry
{
    std::string name;                   ///< before the first colon; empty makes Kong break
    std::optional<lua::Template> value; ///< behind the colons, when there is anything
    std::string pointer;                ///< of the entry in the document
    JsonType type = JsonType::String;   ///< of body entries: request-transformer-advanced's json_types
};

/// The lists of one operation.
struct Operation
{
    std::vector<Entry> headers;
    std::vector<Entry> query;
    std::vector<Entry> body;
};

/// A whole configuration of request-transformer or request-transformer-advanced, its templates prepared.
struct Transformation
{
    std::optional<std::string> method;
    std::optional<Entry> uri; ///< its name is "uri"
    Operation remove;
    Operation rename;
    Operation replace;
    Operation add;
    Operation append;
    std::optional<std::set<std::string, std::less<>>> allowedBody; ///< advanced: names that stay in the body
    bool hasDottedNames = true; ///< advanced: false makes "a.b" and "a[1]" lead into JSON bodies

    bool changesHeaders() const noexcept;
    bool changesQuery() const noexcept;
    bool changesBody() const noexcept;
    /// Whether the Content-Type may be another one afterwards.
    bool setsHeaders() const noexcept;
    /// Whether the method is one that makes a form body go into the query too.
    bool movesFormToQuery() const noexcept;
};

/// From a validated configuration; `pointer` is its place.
Transformation readTransformation(const document::Value& config, const std::string& pointer);

} // namespace claimsmith::gateway::requesttransformer
