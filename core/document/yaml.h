// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "document/sourcemap.h"
#include "document/value.h"

#include <string>
#include <string_view>

namespace claimsmith::document {

enum class YamlErrorCode {
    Syntax, ///< parameters "problem", libyaml's words, and "after", the "line:column" of what was read last, as Kong
            ///< shows
    DuplicateKey,
    KeyNotScalar,
    TagMismatch,     ///< "!!int x"
    MergeNotMapping, ///< "<<" with something else than a mapping or a list of them
    UnknownAlias,    ///< also one within the value that it names
    TooManyAliases,  ///< a document that aliases would blow up beyond the budget
    TooDeep,
    TooLarge,
    SeveralDocuments,
    NotEditable, ///< the pointer names no place that can be edited as text
};
const ErrorDomain& errorDomain(YamlErrorCode) noexcept;

struct YamlOptions
{
    bool allowDuplicateKeys = false;    ///< the last one counts, as in Kong
    bool allowFurtherDocuments = false; ///< only the first one is read, as in Kong
    std::size_t maximumDepth = 100;
    std::size_t maximumNodes = 2'000'000;
    std::size_t maximumSize = 64U << 20;      ///< bytes of text
    std::size_t maximumExpansion = 16U << 20; ///< bytes that anchors, aliases and merges may add
};

/// Reads one YAML document as lyaml does, the libyaml binding of Kong: the scalars of YAML 1.1 (yes/no/on/off are
/// booleans, y/n are not; octal, hexadecimal, binary and sexagesimal numbers), merges ("<<") and aliases, here with a
/// budget. Keys are taken as they are written. Number texts that JSON has too are kept, others become decimal. A text
/// without a document is null. The error's place has offset, line and column, and a pointer where the value is known.
/// `sourceMap`, if given, is filled with the place of every value but those that merges and aliases bring in; these
/// have the place of the nearest value around them.
Result<Value> parseYaml(std::string_view text, const YamlOptions& options = {}, SourceMap* sourceMap = nullptr);

/// Block style, two spaces a level, sequences not indented under their key, as decK writes it. Ends with a newline.
/// parseYaml() reads the same value from it, but for bytes that are no UTF-8, which YAML cannot write (U+FFFD replaces
/// them).
std::string toYaml(const Value& value);

// Edits of a YAML text that change only the lines concerned: comments, key order and quoting elsewhere survive. Each
// returns the new text, whose value is that of the old text with the one change (see setAt() and removeAt() of edit.h);
// this is checked, and an edit that would do anything else fails with NotEditable. Only a value with an anchor changes
// wherever it is used. A text that parseYaml() refuses is refused with the same error.

/// Replaces the value at the pointer, adds a member to its object or, with "/-" or the next index, an element to its
/// array. Collections on the way there that are missing or null are created. An object or array that replaces another
/// of its kind is merged into it member by member where the order allows, so that comments within survive. A place
/// within an alias or merged members gets a copy of its own.
Result<std::string> setInYaml(std::string_view text, std::string_view pointer, const Value& value);
/// Removes a member or an element with its lines; the last one leaves "{}" or "[]" behind. Merged members cannot go.
Result<std::string> removeFromYaml(std::string_view text, std::string_view pointer);

} // namespace claimsmith::document
