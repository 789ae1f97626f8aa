// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/edit.h"
#include "document/yaml.h"
#include "document/yamlnode.h"
#include "document/yamlwriter.h"

#include <algorithm>

namespace claimsmith::document {
namespace {

/// Where an edit takes place: the nodes from the root down to the last one that the pointer reaches in the text.
struct Way
{
    struct Step
    {
        const YamlNode* node;
        std::size_t index; ///< of the child within the node: an element, or a mapping's value
    };
    std::vector<Step> parents;
    const YamlNode* node = nullptr;
    std::size_t tokensTaken = 0;

    bool inFlow() const
    {
        return std::any_of(parents.begin(), parents.end(), [](const Step& step) { return step.node->flow; });
    }
};

Error notEditable(std::string_view pointer, std::string detail)
{
    Error error{YamlErrorCode::NotEditable};
    error.place.pointer = std::string(pointer);
    error.detail = std::move(detail);
    return error;
}

bool isNull(const YamlNode& node)
{
    constexpr std::string_view words[] = {"", "~", "null", "Null", "NULL"};
    return node.kind == YamlNode::Kind::Scalar && node.plain && node.tag.empty() &&
           std::find(std::begin(words), std::end(words), node.text) != std::end(words);
}

bool isCollection(const YamlNode& node)
{
    return node.kind == YamlNode::Kind::Mapping || node.kind == YamlNode::Kind::Sequence;
}

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

Way findWay(const YamlNode& root, const std::vector<std::string>& tokens)
{
    Way way;
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

/// One change of a text whose nodes are known. Each function returns the new text, or an empty one where it knows no
/// way.
class Editor final
{
public:
    Editor(std::string_view text, const YamlNode& root, bool literalBlocks)
        : m_text(text), m_style{indentsSequences(root, text), literalBlocks}
    {
    }

    std::string replace(const Way& way, const Value& value) const
    {
        const YamlNode& node = *way.node;
        if (!node.anchor.empty() && !node.tag.empty())
            return {};
        if (way.parents.empty())
            return replaceRoot(node, value);
        if (way.inFlow())
            return replaceInFlow(node, value);
        return replaceInBlock(way, value);
    }

    /// Adds a member or an element behind the last one of a collection.
    std::string add(const Way& way, const std::string& token, const Value& value) const
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

    std::string remove(const Way& way) const
    {
        const YamlNode& parent = *way.parents.back().node;
        const std::size_t index = way.parents.back().index;
        const std::size_t stride = parent.kind == YamlNode::Kind::Mapping ? 2 : 1;
        if (parent.children.size() <= stride) {
            Way toParent = way;
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

    std::string replaceInBlock(const Way& way, const Value& value) const
    {
        const YamlNode& node = *way.node;
        const auto& [parent, index] = way.parents.back();
        const bool mapping = parent->kind == YamlNode::Kind::Mapping;
        const std::size_t introducer =
            mapping ? skipToContent(parent->children[index - 1].end) : dashOf(*parent, index);
        if (introducer >= m_text.size() || m_text[introducer] != (mapping ? ':' : '-'))
            return {};
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

    std::string removeInBlock(const YamlNode& parent, std::size_t first, std::size_t stride) const
    {
        const auto beginOf = [&](std::size_t child) {
            return stride == 2 ? parent.children[child].begin : dashOf(parent, child);
        };
        const std::size_t begin = beginOf(first);
        if (isBlank(lineStart(begin), begin))
            return spliced(lineStart(begin), behindLine(parent.children[first + stride - 1].end), {});
        if (first + stride < parent.children.size()) // the first one, on the line of an outer dash
            return spliced(begin, beginOf(first + stride), {});
        return {};
    }

    std::string_view m_text;
    YamlStyle m_style;
};

/// The value within the collections that the tokens from `first` on call for.
Value wrapped(const std::vector<std::string>& tokens, std::size_t first, const Value& value)
{
    std::string pointer;
    for (std::size_t i = first; i < tokens.size(); ++i)
        pointer = joinPointer(pointer, tokens[i]);
    Value root;
    setAt(root, pointer, value);
    return root;
}

/// Sets a value by one change of the text. Whether the result is right is for the caller to check.
Result<std::string> setOnce(std::string_view text, std::string_view pointer, const Value& value, bool literalBlocks)
{
    const std::vector<std::string> tokens = splitPointer(pointer);
    CLAIMSMITH_TRY(const std::optional<YamlNode> root, readYamlNode(text, {}));
    if (!root)
        return std::string(text) + (text.empty() || text.ends_with('\n') ? "" : "\n") +
               toYaml(wrapped(tokens, 0, value));
    const Way way = findWay(*root, tokens);
    const Editor editor(text, *root, literalBlocks);
    std::string edited;
    if (way.tokensTaken == tokens.size() || isNull(*way.node))
        edited = editor.replace(way, wrapped(tokens, way.tokensTaken, value));
    else if (isCollection(*way.node))
        edited = editor.add(way, tokens[way.tokensTaken], wrapped(tokens, way.tokensTaken + 1, value));
    if (edited.empty())
        return notEditable(pointer, "the place cannot be edited as text");
    return edited;
}

Result<std::string> removeOnce(std::string_view text, std::string_view pointer)
{
    const std::vector<std::string> tokens = splitPointer(pointer);
    CLAIMSMITH_TRY(const std::optional<YamlNode> root, readYamlNode(text, {}));
    if (!root || tokens.empty())
        return notEditable(pointer, "there is nothing to remove");
    const Way way = findWay(*root, tokens);
    if (way.tokensTaken != tokens.size())
        return notEditable(pointer, "there is nothing to remove, or it comes from an alias or a merge");
    std::string edited = Editor(text, *root, true).remove(way);
    if (edited.empty())
        return notEditable(pointer, "the place cannot be edited as text");
    return edited;
}

/// Turns the value at a pointer into another by as few changes as possible, so that comments between them survive.
class Merger final
{
public:
    Merger(std::string_view text, bool literalBlocks) : m_text(text), m_literalBlocks(literalBlocks) {}

    /// False when the texts' layout or the order of members asks for a replacement as a whole.
    bool merge(const std::string& pointer, const Value& from, const Value& to)
    {
        if (from == to)
            return true;
        if (from.asObject() && to.asObject() && !from.asObject()->empty() && !to.asObject()->empty())
            return mergeObject(pointer, *from.asObject(), *to.asObject());
        if (from.asArray() && to.asArray() && !from.asArray()->empty() && !to.asArray()->empty())
            return mergeArray(pointer, *from.asArray(), *to.asArray());
        return apply(setOnce(m_text, pointer, to, m_literalBlocks));
    }

    std::string take() && { return std::move(m_text); }

private:
    static constexpr std::size_t maximumEdits = 100; // each reads the whole text anew

    bool apply(Result<std::string> edited)
    {
        if (!edited || ++m_edits > maximumEdits)
            return false;
        m_text = std::move(*edited);
        return true;
    }

    /// Members that stay have to come in the order of `to`, and new ones behind them.
    static bool keepsOrder(const Object& from, const Object& to)
    {
        auto next = from.begin();
        bool added = false;
        for (const Member& member : to) {
            if (!from.contains(member.name)) {
                added = true;
                continue;
            }
            next = std::find_if(next, from.end(), [&](const Member& old) { return old.name == member.name; });
            if (added || next == from.end())
                return false;
            ++next;
        }
        return true;
    }

    bool mergeObject(const std::string& pointer, const Object& from, const Object& to)
    {
        const bool disjoint =
            std::none_of(to.begin(), to.end(), [&](const Member& m) { return from.contains(m.name); });
        if (disjoint || !keepsOrder(from, to))
            return apply(setOnce(m_text, pointer, Value(to), m_literalBlocks));
        for (const Member& member : from) {
            if (!to.contains(member.name) && !apply(removeOnce(m_text, joinPointer(pointer, member.name))))
                return false;
        }
        for (const Member& member : to) {
            const std::string place = joinPointer(pointer, member.name);
            const Value* old = from.find(member.name);
            if (!(old ? merge(place, *old, member.value)
                      : apply(setOnce(m_text, place, member.value, m_literalBlocks))))
                return false;
        }
        return true;
    }

    bool mergeArray(const std::string& pointer, const Array& from, const Array& to)
    {
        const auto differing = std::mismatch(from.begin(), from.end(), to.begin(), to.end());
        const auto first = static_cast<std::size_t>(differing.first - from.begin());
        // Elements that went from the middle: those behind them stay as they are.
        const std::size_t gone = from.size() > to.size() ? from.size() - to.size() : 0;
        for (std::size_t i = 0; i < gone; ++i) {
            const bool tailStays =
                std::equal(from.begin() + static_cast<std::ptrdiff_t>(first + gone), from.end(),
                           to.begin() + static_cast<std::ptrdiff_t>(std::min(first, to.size())), to.end());
            const std::size_t place = tailStays ? first : from.size() - 1 - i;
            if (!apply(removeOnce(m_text, joinPointer(pointer, place))))
                return false;
            if (tailStays && i + 1 == gone)
                return true;
        }
        for (std::size_t i = first; i < to.size(); ++i) {
            const std::string place = joinPointer(pointer, i);
            if (!(i < from.size() ? merge(place, from[i], to[i])
                                  : apply(setOnce(m_text, place, to[i], m_literalBlocks))))
                return false;
        }
        return true;
    }

    std::string m_text;
    bool m_literalBlocks;
    std::size_t m_edits = 0;
};

bool hasAliases(const YamlNode& node)
{
    return node.kind == YamlNode::Kind::Alias || std::any_of(node.children.begin(), node.children.end(), hasAliases);
}

/// Whether the edited text has the value that the edit was to give it. With aliases in the text a change may show in
/// several places, so then only its own is looked at.
bool isAsExpected(std::string_view text, const Value& expected, std::string_view pointer)
{
    const auto root = readYamlNode(text, {});
    if (!root || !*root)
        return false;
    const auto value = composeYaml(**root, text, {}, nullptr);
    if (!value)
        return false;
    if (*value == expected)
        return true;
    const Value* changed = value->at(pointer);
    const Value* wanted = expected.at(pointer);
    return hasAliases(**root) && (changed && wanted ? *changed == *wanted : !changed && !wanted);
}

/// The pointer with "-" replaced by the index that it stood for.
std::string resolved(std::string_view pointer, const Value& before)
{
    std::string place;
    for (const std::string& token : splitPointer(pointer)) {
        const Value* parent = before.at(place);
        const Array* array = parent ? parent->asArray() : nullptr;
        if (token == "-" && (array || !parent || parent->isNull()))
            place = joinPointer(place, array ? array->size() : 0);
        else
            place = joinPointer(place, token);
    }
    return place;
}

/// The place to write when one is asked for. What lies within an alias or in merged members has none of its own: the
/// alias makes way for a copy, or the merged member is overridden by one.
Result<std::string> ownPlace(std::string_view text, const std::string& pointer, const Value& before)
{
    CLAIMSMITH_TRY(const std::optional<YamlNode> root, readYamlNode(text, {}));
    const std::vector<std::string> tokens = splitPointer(pointer);
    if (!root)
        return pointer;
    const Way way = findWay(*root, tokens);
    if (way.tokensTaken == tokens.size())
        return pointer;
    std::string reached;
    for (std::size_t i = 0; i < way.tokensTaken; ++i)
        reached = joinPointer(reached, tokens[i]);
    const std::string merged = joinPointer(reached, tokens[way.tokensTaken]);
    if (way.node->kind == YamlNode::Kind::Alias)
        return reached;
    return before.at(merged) ? merged : pointer;
}

} // namespace

Result<std::string> setInYaml(std::string_view text, std::string_view pointer, const Value& value)
{
    CLAIMSMITH_TRY(const Value before, parseYaml(text));
    Value expected = before;
    const std::string asked = resolved(pointer, before);
    if (!setAt(expected, asked, value))
        return notEditable(pointer, "there is no object or array to hold the value");
    CLAIMSMITH_TRY(const std::string place, ownPlace(text, asked, before));
    const Value& wanted = *expected.at(place);
    // A literal block can run into what follows it; then the same in quotes.
    for (const bool literalBlocks : {true, false}) {
        Merger merger(text, literalBlocks);
        const Value* old = before.at(place);
        if (old && merger.merge(place, *old, wanted)) {
            if (std::string merged = std::move(merger).take(); isAsExpected(merged, expected, place))
                return merged;
        }
        CLAIMSMITH_TRY(std::string edited, setOnce(text, place, wanted, literalBlocks));
        if (isAsExpected(edited, expected, place))
            return edited;
    }
    return notEditable(pointer, "the place cannot be edited as text");
}

Result<std::string> removeFromYaml(std::string_view text, std::string_view pointer)
{
    CLAIMSMITH_TRY(Value expected, parseYaml(text));
    CLAIMSMITH_TRY(std::string edited, removeOnce(text, pointer));
    if (!removeAt(expected, pointer) || !isAsExpected(edited, expected, pointer))
        return notEditable(pointer, "the place cannot be edited as text");
    return edited;
}

} // namespace claimsmith::document
