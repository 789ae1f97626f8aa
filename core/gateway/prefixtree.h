// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace claimsmith::gateway {

/// Which of many texts a text begins with: a radix tree, so that the cost depends on the length of the text and not on
/// how many there are. Built once, then read by any thread.
class PrefixTree final
{
public:
    PrefixTree() : m_nodes(1) {}

    /// The number of this prefix: 0 for the first, 1 for the next new one, the same again for one that is known.
    std::size_t add(std::string_view prefix);

    /// Calls `visit(number)` for each prefix of `text`, the longest first. The empty prefix is one of every text.
    template <class Visit>
    void visitPrefixesOf(std::string_view text, Visit&& visit) const
    {
        visitFrom(m_nodes.front(), text, visit);
    }

private:
    struct Node
    {
        std::string label;                 ///< what leads here from the parent; empty only for the root
        std::string branches;              ///< the first bytes of the children's labels, which differ
        std::vector<std::size_t> children; ///< in the order of `branches`
        std::optional<std::size_t> number; ///< when a prefix ends here
    };

    template <class Visit>
    void visitFrom(const Node& node, std::string_view rest, Visit& visit) const
    {
        if (!rest.empty())
            if (const auto branch = node.branches.find(rest.front()); branch != std::string::npos)
                if (const Node& child = m_nodes[node.children[branch]]; rest.starts_with(child.label))
                    visitFrom(child, rest.substr(child.label.size()), visit);
        if (node.number)
            visit(*node.number);
    }

    std::size_t descend(std::size_t node, std::string_view& rest);
    void split(std::size_t node, std::size_t length);

    std::vector<Node> m_nodes; ///< the root first
    std::size_t m_count = 0;
};

} // namespace claimsmith::gateway
