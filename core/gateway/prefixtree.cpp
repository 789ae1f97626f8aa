// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/prefixtree.h"

#include <algorithm>

namespace claimsmith::gateway {
namespace {

std::size_t commonLength(std::string_view a, std::string_view b) noexcept
{
    return static_cast<std::size_t>(std::ranges::mismatch(a, b).in1 - a.begin());
}

} // namespace

std::size_t PrefixTree::add(std::string_view prefix)
{
    std::size_t node = 0;
    while (!prefix.empty())
        node = descend(node, prefix);
    auto& number = m_nodes[node].number;
    if (!number)
        number = m_count++;
    return *number;
}

/// One step towards `rest`, of which it takes off what the step covers; makes the node when there is none.
std::size_t PrefixTree::descend(std::size_t node, std::string_view& rest)
{
    const auto branch = m_nodes[node].branches.find(rest.front());
    if (branch == std::string::npos) {
        const std::size_t child = m_nodes.size();
        m_nodes[node].branches += rest.front();
        m_nodes[node].children.push_back(child);
        m_nodes.push_back({std::string(rest), {}, {}, std::nullopt});
        rest = {};
        return child;
    }
    const std::size_t child = m_nodes[node].children[branch];
    const std::size_t common = commonLength(m_nodes[child].label, rest);
    if (common < m_nodes[child].label.size())
        split(child, common);
    rest.remove_prefix(common);
    return child;
}

/// Keeps the first `length` bytes of the label; the others go to a new child, with all that hung below.
void PrefixTree::split(std::size_t node, std::size_t length)
{
    Node lower = std::move(m_nodes[node]);
    Node upper{lower.label.substr(0, length), {lower.label[length]}, {m_nodes.size()}, std::nullopt};
    lower.label.erase(0, length);
    m_nodes[node] = std::move(upper);
    m_nodes.push_back(std::move(lower));
}

} // namespace claimsmith::gateway
