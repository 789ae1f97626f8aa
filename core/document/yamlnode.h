// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/yaml.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace claimsmith::document {

/// A node of a YAML document as it stands in the text: what parseYaml() composes values from, and what edits look at.
/// Offsets are bytes.
struct YamlNode
{
    enum class Kind { Scalar, Sequence, Mapping, Alias };

    Kind kind = Kind::Scalar;
    bool flow = false;    ///< a collection in brackets
    bool plain = false;   ///< a scalar without quotes
    bool literal = false; ///< a block scalar, "|" or ">"
    std::string text;     ///< of a scalar; the anchor's name of an alias
    std::string tag;
    std::string anchor;
    std::size_t begin = 0;   ///< of the anchor or tag, if any, else of the content
    std::size_t content = 0; ///< of the content behind anchor and tag; in block collections: of the first key or dash
    std::size_t end = 0;     ///< behind the last byte of the content; white space and comments behind it excluded
    std::vector<YamlNode> children; ///< elements; in a mapping key, value, key, value …
};

/// Line starts of a text, to tell lines and columns of offsets.
class LineIndex final
{
public:
    explicit LineIndex(std::string_view text);
    /// Of a stretch; lines and columns count from 1, columns in bytes.
    Span span(std::size_t begin, std::size_t end) const;

private:
    std::vector<std::size_t> m_starts;
};

/// The one document of the text; nothing when it has none. Aliases are not followed.
Result<std::optional<YamlNode>> readYamlNode(std::string_view text, const YamlOptions& options);

/// A document's value, with aliases and merges carried out.
Result<Value> composeYaml(const YamlNode& root, std::string_view text, const YamlOptions& options,
                          SourceMap* sourceMap);

} // namespace claimsmith::document
