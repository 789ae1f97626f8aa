// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/value.h"
#include "document/yamlnode.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace claimsmith::document {

/// Where an edit takes place: the nodes from the root down to the last one that the pointer reaches in the text.
struct YamlWay
{
    struct Step
    {
        const YamlNode* node;
        std::size_t index; ///< of the child within the node: an element, or a mapping's value
    };
    std::vector<Step> parents;
    const YamlNode* node = nullptr;
    std::size_t tokensTaken = 0;

    /// Whether a collection in brackets encloses the node.
    bool inFlow() const;
};

/// Valid as long as the nodes of `root`.
YamlWay findYamlWay(const YamlNode& root, const std::vector<std::string>& tokens);

// One change of a text whose nodes are `root`. Each function returns the new text, or nothing where it knows no way;
// whether the new text has the value that was meant is for the caller to check.

/// Puts a value in the place of the way's node. `literalBlocks` allows "|" for texts of several lines.
std::optional<std::string> replaceInYamlText(std::string_view text, const YamlNode& root, const YamlWay& way,
                                             const Value& value, bool literalBlocks);
/// Adds a member (named by `token`) or an element behind the last one of the way's node, a collection.
std::optional<std::string> addToYamlText(std::string_view text, const YamlNode& root, const YamlWay& way,
                                         const std::string& token, const Value& value, bool literalBlocks);
/// Removes the way's node, which is not the root, from its collection.
std::optional<std::string> removeFromYamlText(std::string_view text, const YamlNode& root, const YamlWay& way);

} // namespace claimsmith::document
