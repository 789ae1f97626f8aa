// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace claimsmith::http {

/// A media type (RFC 9110 §8.3.1): "text/html; charset=utf-8".
struct MediaType
{
    std::string type;                                            ///< lower case
    std::string subtype;                                         ///< lower case, with its suffix: "problem+json"
    std::vector<std::pair<std::string, std::string>> parameters; ///< names in lower case, values unquoted

    bool is(std::string_view essence) const noexcept; ///< compares with "type/subtype" in lower case
    /// Whether the content is JSON by its type: application/json or a subtype that ends in "+json".
    bool isJson() const noexcept;
    std::optional<std::string_view> parameter(std::string_view name) const noexcept; ///< a view into this object
};

/// Nothing when the text has no type and subtype that are tokens. A broken parameter is left out.
std::optional<MediaType> parseMediaType(std::string_view text);

} // namespace claimsmith::http
