// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "document/sourcemap.h"
#include "document/value.h"

#include <string>
#include <string_view>

namespace claimsmith::document {

enum class JsonErrorCode {
    UnexpectedEnd,
    UnexpectedCharacter,
    InvalidEscape,
    InvalidUtf8,
    InvalidNumber,
    DuplicateKey,
    TooDeep,
    TooLarge,
    TrailingContent,
};
const ErrorDomain& errorDomain(JsonErrorCode) noexcept;

/// What a reader lets pass beyond RFC 8259, and its limits.
struct JsonOptions
{
    bool allowDuplicateKeys = false; ///< keep all of them; Object::find() gives the last
    bool allowInvalidUtf8 = false;   ///< bytes pass as they are
    bool allowKongNumbers =
        false; ///< NaN, Inf(inity), hexadecimal, leading zeros, "+1", "1.", as Kong's cjson (strtod) reads them
    bool allowComments = false;          ///< "//" and "/* */", for files that people write by hand
    std::size_t maximumDepth = 200;      ///< arrays and objects within each other; never more than 1000
    std::size_t maximumSize = 64U << 20; ///< bytes
};

/// Reads one JSON text (RFC 8259). Key order and number texts are kept. The error's place has the offset, line and
/// column of the first byte that cannot be right (for DuplicateKey: of the second key) and the pointer of the value
/// being read. `sourceMap`, if given, is filled with the place of every value; on failure it holds those read so far.
Result<Value> parseJson(std::string_view text, const JsonOptions& options = {}, SourceMap* sourceMap = nullptr);

struct JsonStyle
{
    int indent = 0;           ///< spaces a level; 0 writes everything on one line without spaces
    bool escapeSlash = false; ///< "\/" as Kong's cjson writes it
    bool asciiOnly = false;   ///< \uXXXX for everything above U+007F
    friend bool operator==(const JsonStyle&, const JsonStyle&) = default;
};

/// Members in their order, numbers with their digits (those read with allowKongNumbers too, so the text is then no
/// JSON). Bytes of strings that are no UTF-8 are written as they are. Ends without a newline.
std::string toJson(const Value& value, const JsonStyle& style = {});
/// One string as a JSON string with its quotes.
std::string toJsonString(std::string_view text, const JsonStyle& style = {});

// The same at the end of a text, for whoever writes a document piece by piece.
void appendJson(std::string& out, const Value& value, const JsonStyle& style = {});
void appendJsonString(std::string& out, std::string_view text, const JsonStyle& style = {});

} // namespace claimsmith::document
