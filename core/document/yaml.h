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
    Syntax,
    DuplicateKey,
    KeyNotScalar,
    UnknownAlias,
    TooManyAliases, ///< a document that aliases would blow up beyond the node budget
    TooDeep,
    TooLarge,
    SeveralDocuments,
    NotEditable, ///< the pointer names no place that can be edited as text
};
const ErrorDomain& errorDomain(YamlErrorCode) noexcept;

struct YamlOptions
{
    std::size_t maximumDepth = 100;
    std::size_t maximumNodes = 2'000'000; ///< after aliases are expanded
    std::size_t maximumSize = 64U << 20;  ///< bytes
};

/// Reads one YAML document with the scalars of the YAML 1.1 core that Kong's libyaml binding reads (true/false/yes/no?
/// see yaml.cpp for the table), merges (`<<`) and bounded aliases. Number texts are kept. The error's place has line
/// and column.
Result<Value> parseYaml(std::string_view text, const YamlOptions& options = {}, SourceMap* sourceMap = nullptr);

/// Block style, two spaces a level, sequences not indented under their key, as decK writes it. Ends with a newline.
std::string toYaml(const Value& value);

/// Edits of a YAML text that change only the lines concerned: comments, key order and quoting elsewhere survive. Each
/// returns the new text. Fails with NotEditable where the place stands in flow style shared with other lines, or in an
/// alias.
Result<std::string> setInYaml(std::string_view text, std::string_view pointer,
                              const Value& value); ///< replaces or adds a member or appends with "/-"
Result<std::string> removeFromYaml(std::string_view text, std::string_view pointer);

} // namespace claimsmith::document
