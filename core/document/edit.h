// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/value.h"

#include <string_view>

namespace claimsmith::document {

/// Replaces the value at a JSON pointer, adds a member to its object or, with "-" or the next index as the last token,
/// an element to its array. What is missing or null on the way is created: an array where the next token is "-" or "0",
/// else an object. False, with `root` as it was, when the way leads through another kind of value or behind the end of
/// an array.
bool setAt(Value& root, std::string_view pointer, Value value);

/// Removes a member or an element; false when there is none at the pointer. The root cannot be removed.
bool removeAt(Value& root, std::string_view pointer);

} // namespace claimsmith::document
