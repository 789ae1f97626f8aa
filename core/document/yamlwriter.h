// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/value.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace claimsmith::document {

/// A value as it stands behind "key:" or "-" in block style.
struct YamlFragment
{
    std::string head; ///< what follows on the same line, without the space before it; empty when the value begins below
    std::string body; ///< further lines, each indented and ended by a newline
};

struct YamlStyle
{
    bool indentSequences = false; ///< a sequence under a key stands two spaces further in
    bool literalBlocks = true;    ///< texts of several lines as "|" where that reads well
};

/// `indent` is the column of the key.
YamlFragment memberFragment(const Value& value, std::size_t indent, YamlStyle style);
/// `indent` is the column of the dash. A collection begins on the dash's own line.
YamlFragment elementFragment(const Value& value, std::size_t indent, YamlStyle style);
/// A whole member or element with its lines, at a column.
std::string memberLines(std::string_view name, const Value& value, std::size_t indent, YamlStyle style);
std::string elementLines(const Value& value, std::size_t indent, YamlStyle style);
/// On one line, collections in brackets.
std::string flowText(const Value& value);
std::string flowMember(std::string_view name, const Value& value);

} // namespace claimsmith::document
