// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/yamltextedit.h"

#include "document/yaml.h"
#include "document/yamlwriter.h"

#include <algorithm>

namespace claimsmith::document {
namespace {

/// Index of the child that a pointer's token names, or nothing.
std::optional<std::size_t> findChild(const YamlNode& node, const std::string& token)
{
    if (node.kind == YamlNode::Kind::Sequence) {
        const auto index = parsePointerIndex(token);
        return index && *index < node.children.size() ? index : std::nullopt;
    }
    if (node.kind != YamlNode::Kind::Mapping)
        return std::nullopt;
    for (std::size_t i = 0; i + 1 < node.children.size(); i += 2) {
        const YamlNode& key = node.children[i];
        if (key.text == token && !(key.plain && key.text == "<<"))
            return i + 1;
    }
    return std::nullopt;
}

/// Whether the document keeps sequences two spaces further in than their key, as its first one does.
bool indentsSequences(const YamlNode& node, std::string_view text)
{
    const auto column = [text](std::size_t offset) { return offset - (text.rfind('\n', offset) + 1); };
    for (std::size_t i = 0; i < node.children.size(); ++i) {
        const YamlNode& child = node.children[i];
        if (node.kind == YamlNode::Kind::Mapping && !node.flow && child.kind == YamlNode::Kind::Sequence && !child.flow)
            return column(child.content) > column(node.content);
        if (!child.flow && indentsSequences(child, text))
            return true;
    }
    return false;
}
/// One change of a text whose nodes are known. Each function returns the new text, or nothing where it knows no way.
class Editor final
{
public:
    Editor(std::string_view text, const YamlNode& root, bool literalBlocks)
        : m_text(text), m_style{indentsSequences(root, text), literalBlocks}
    {
    }

    std::optional<std::string> replace(const YamlWay& way, const Value& value) const
    {
        const YamlNode& node = *way.node;
        if (!node.anchor.empty() && !node.tag.empty())
            return std::nullopt;
        if (way.parents.empty())
            return replaceRoot(node, value);
        if (way.inFlow())
            return replaceInFlow(node, value);
        return replaceInBlock(way, value);
    }

    /// Adds a member or an element behind the last one of a collection.
    std::optional<std::string> add(const YamlWay& way, const std::string& token, const Value& value) const
    {
        const YamlNode& node = *way.node;
        const bool mapping = node.kind == YamlNode::Kind::Mapping;
        if (node.children.empty())
            return replace(way, mapping ? Value(Object{{token, value}}) : Value(Array{value}));
        if (node.flow)
            return spliced(node.children.back().end, node.children.back().end,
                           ", " + (mapping ? flowMember(token, value) : flowText(value)));
        const std::size_t indent = columnOf(node.content);
        const std::string lines =
            mapping ? memberLines(token, value, indent, m_style) : elementLines(value, indent, m_style);
        const std::size_t at = behindLine(node.end);
        const bool openLine = at > 0 && m_text[at - 1] != '\n';
        return spliced(at, at, (openLine ? "\n" : "") + lines);
    }

    std::optional<std::string> remove(const YamlWay& way) const
    {
        const YamlNode& parent = *way.parents.back().node;
        const std::size_t index = way.parents.back().index;
        const std::size_t stride = parent.kind == YamlNode::Kind::Mapping ? 2 : 1;
        if (parent.children.size() <= stride) {
            YamlWay toParent = way;
            toParent.node = &parent;
            toParent.parents.pop_back();
            return replace(toParent, stride == 2 ? Value(Object{}) : Value(Array{}));
        }
        const std::size_t first = index - (stride - 1); // the key, in a mapping
        return parent.flow ? removeInFlow(parent, first, stride) : removeInBlock(parent, first, stride);
    }

private:
    std::string spliced(std::size_t begin, std::size_t end, std::string_view replacement) const
    {
        std::string text(m_text.substr(0, begin));
        text += replacement;
        text += m_text.substr(end);
        return text;
    }

    std::size_t lineStart(std::size_t offset) const
    {
        const std::size_t newline = offset == 0 ? std::string_view::npos : m_text.rfind('\n', offset - 1);
        if (newline != std::string_view::npos)
            return newline + 1;
        return m_text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    }

    std::size_t columnOf(std::size_t offset) const { return offset - lineStart(offset); }

    /// The offset of the newline that ends the line of the byte before `end`, without a carriage return; or the text's
    /// end.
    std::size_t endOfLine(std::size_t end) const
    {
        if (end > 0 && m_text[end - 1] == '\n')
            return end - 1;
        std::size_t newline = std::min(m_text.find('\n', end), m_text.size());
        return newline > end && m_text[newline - 1] == '\r' ? newline - 1 : newline;
    }

    /// The start of the line behind the one that ends what ends at `end`; or the text's end.
    std::size_t behindLine(std::size_t end) const
    {
        const std::size_t newline = m_text.find('\n', endOfLine(end));
        return newline == std::string_view::npos ? m_text.size() : newline + 1;
    }

    /// Over white space and comments.
    std::size_t skipToContent(std::size_t offset) const
    {
        while ((offset = std::min(m_text.find_first_not_of(" \t\r\n", offset), m_text.size())) < m_text.size() &&
               m_text[offset] == '#')
            offset = std::min(m_text.find('\n', offset), m_text.size());
        return offset;
    }

    std::size_t dashOf(const YamlNode& sequence, std::size_t index) const
    {
        return index == 0 ? sequence.content : skipToContent(sequence.children[index - 1].end);
    }

    bool isBlank(std::size_t begin, std::size_t end) const
    {
        return m_text.substr(begin, end - begin).find_first_not_of(' ') == std::string_view::npos;
    }

    std::string replaceRoot(const YamlNode& node, const Value& value) const
    {
        std::string yaml = toYaml(value);
        const std::size_t begin = node.anchor.empty() ? node.begin : node.content;
        const bool behindOpenLine = begin == node.end && !m_text.empty() && m_text.back() != '\n';
        if (behindOpenLine || !isBlank(lineStart(begin), begin))
            yaml.insert(0, "\n");
        const std::size_t end = begin == node.end ? begin : endOfLine(node.end);
        if (end < m_text.size())
            yaml.pop_back();
        return spliced(begin, end, yaml);
    }

    std::string replaceInFlow(const YamlNode& node, const Value& value) const
    {
        const std::size_t begin = node.anchor.empty() ? node.begin : node.content;
        const bool glued = begin == node.end && begin > 0 && m_text[begin - 1] != ' ';
        return spliced(begin, node.end, (glued ? " " : "") + flowText(value));
    }

    std::optional<std::string> replaceInBlock(const YamlWay& way, const Value& value) const
    {
        const YamlNode& node = *way.node;
        const auto& [parent, index] = way.parents.back();
        const bool mapping = parent->kind == YamlNode::Kind::Mapping;
        const std::size_t introducer =
            mapping ? skipToContent(parent->children[index - 1].end) : dashOf(*parent, index);
        if (introducer >= m_text.size() || m_text[introducer] != (mapping ? ':' : '-'))
            return std::nullopt;
        const std::size_t behind = node.anchor.empty() ? introducer + 1 : node.begin + 1 + node.anchor.size();
        const std::size_t indent = columnOf(parent->content);
        const YamlFragment fragment =
            mapping ? memberFragment(value, indent, m_style) : elementFragment(value, indent, m_style);
        const std::size_t content = std::max(node.content, behind);
        const bool sameLine = m_text.substr(behind, content - behind).find('\n') == std::string_view::npos;
        return sameLine ? replaceOnLine(node, behind, content, fragment)
                        : replaceBelow(node, behind, content, fragment);
    }

    /// The old value begins on its introducer's line. What stands behind it, a comment, stays on that line.
    std::string replaceOnLine(const YamlNode& node, std::size_t behind, std::size_t content,
                              const YamlFragment& fragment) const
    {
        const std::size_t end = std::max(node.end, behind);
        const std::size_t lineEnd = endOfLine(end);
        const std::string_view gap = m_text.substr(behind, content - behind);
        std::string text(m_text.substr(0, behind));
        if (!fragment.head.empty())
            text.append(gap.empty() ? " " : gap).append(fragment.head);
        if (lineEnd > end)
            text += m_text.substr(end, lineEnd - end);
        return withBody(std::move(text), {}, fragment.body, lineEnd);
    }

    /// The old value begins below its introducer. Comments on and right below the introducer's line stay.
    std::string replaceBelow(const YamlNode& node, std::size_t behind, std::size_t content,
                             const YamlFragment& fragment) const
    {
        const std::size_t introducerEnd = endOfLine(behind);
        const std::size_t between = m_text.find('\n', introducerEnd) + 1;
        std::string text(m_text.substr(0, behind));
        if (!fragment.head.empty())
            text += " " + fragment.head;
        text += m_text.substr(behind, introducerEnd - behind);
        const std::string_view comments = m_text.substr(between, std::max(lineStart(content), between) - between);
        return withBody(std::move(text), fragment.head.empty() ? comments : "", fragment.body, endOfLine(node.end));
    }

    /// `text`, on new lines `comments` and `body`, and the old text from `rest`, where a line ends, on.
    std::string withBody(std::string text, std::string_view comments, std::string_view body, std::size_t rest) const
    {
        if (!body.empty()) {
            text += '\n';
            text.append(comments).append(body.substr(0, body.size() - 1));
        }
        text += m_text.substr(rest);
        if (!body.empty() && rest == m_text.size())
            text += '\n';
        return text;
    }

    std::string removeInFlow(const YamlNode& parent, std::size_t first, std::size_t stride) const
    {
        const auto& children = parent.children;
        if (first + stride < children.size())
            return spliced(children[first].begin, children[first + stride].begin, {});
        return spliced(children[first - 1].end, children[first + stride - 1].end, {});
    }

    std::optional<std::string> removeInBlock(const YamlNode& parent, std::size_t first, std::size_t stride) const
    {
        const auto beginOf = [&](std::size_t child) {
            return stride == 2 ? parent.children[child].begin : dashOf(parent, child);
        };
        const std::size_t begin = beginOf(first);
        if (isBlank(lineStart(begin), begin))
            return spliced(lineStart(begin), behindLine(parent.children[first + stride - 1].end), {});
        if (first + stride < parent.children.size()) // the first one, on the line of an outer dash
            return spliced(begin, beginOf(first + stride), {});
        return std::nullopt;
    }

    std::string_view m_text;
    YamlStyle m_style;
};

} // namespace

bool YamlWay::inFlow() const
{
    return std::any_of(parents.begin(), parents.end(), [](const Step& step) { return step.node->flow; });
}

YamlWay findYamlWay(const YamlNode& root, const std::vector<std::string>& tokens)
{
    YamlWay way;
    way.node = &root;
    for (const std::string& token : tokens) {
        const auto child = findChild(*way.node, token);
        if (!child)
            break;
        way.parents.push_back({way.node, *child});
        way.node = &way.node->children[*child];
        ++way.tokensTaken;
    }
    return way;
}

std::optional<std::string> replaceInYamlText(std::string_view text, const YamlNode& root, const YamlWay& way,
                                             const Value& value, bool literalBlocks)
{
    return Editor(text, root, literalBlocks).replace(way, value);
}

std::optional<std::string> addToYamlText(std::string_view text, const YamlNode& root, const YamlWay& way,
                                         const std::string& token, const Value& value, bool literalBlocks)
{
    return Editor(text, root, literalBlocks).add(way, token, value);
}

std::optional<std::string> removeFromYamlText(std::string_view text, const YamlNode& root, const YamlWay& way)
{
    return Editor(text, root, true).remove(way);
}

} // namespace claimsmith::document
