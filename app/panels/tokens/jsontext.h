// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>

namespace claimsmith::app {

// Changes to JSON texts that leave every string, number and key as it was typed: a token is signed as typed, so going
// through values would already say something else ("1.0" or "\u00e9" written differently). All texts are UTF-8.

/// The text without the white space between its tokens. `json` has to be JSON; other text loses its blanks all the
/// same.
std::string compactJson(std::string_view json);

/// The text with one member or element a line, indented by two spaces; an array of a few plain values stays on one
/// line. `json` has to be JSON.
std::string indentedJson(std::string_view json);

/// Sets the value of a member of the outermost object, in its place or behind the last one in the same layout. `value`
/// has to be JSON. Fails with the JSON reader's error when the text is not JSON, or with NotAnObject.
Result<std::string> withMember(std::string_view json, std::string_view name, std::string_view value);
/// Without the member; the same text when there is none.
Result<std::string> withoutMember(std::string_view json, std::string_view name);
/// With another name for the member, in its place.
Result<std::string> withRenamedMember(std::string_view json, std::string_view name, std::string_view newName);

enum class JsonTextErrorCode {
    NotAnObject, ///< the text is JSON, but no object
};
const ErrorDomain& errorDomain(JsonTextErrorCode) noexcept;

} // namespace claimsmith::app
