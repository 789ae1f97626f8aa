// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/edit.h"
#include "document/yaml.h"
#include "document/yamlnode.h"
#include "document/yamltextedit.h"

#include <algorithm>

namespace claimsmith::document {
namespace {

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
    const YamlWay way = findYamlWay(*root, tokens);
    std::optional<std::string> edited;
    if (way.tokensTaken == tokens.size() || isNull(*way.node))
        edited = replaceInYamlText(text, *root, way, wrapped(tokens, way.tokensTaken, value), literalBlocks);
    else if (isCollection(*way.node))
        edited = addToYamlText(text, *root, way, tokens[way.tokensTaken], wrapped(tokens, way.tokensTaken + 1, value),
                               literalBlocks);
    if (!edited)
        return notEditable(pointer, "the place cannot be edited as text");
    return std::move(*edited);
}

Result<std::string> removeOnce(std::string_view text, std::string_view pointer)
{
    const std::vector<std::string> tokens = splitPointer(pointer);
    CLAIMSMITH_TRY(const std::optional<YamlNode> root, readYamlNode(text, {}));
    if (!root || tokens.empty())
        return notEditable(pointer, "there is nothing to remove");
    const YamlWay way = findYamlWay(*root, tokens);
    if (way.tokensTaken != tokens.size())
        return notEditable(pointer, "there is nothing to remove, or it comes from an alias or a merge");
    std::optional<std::string> edited = removeFromYamlText(text, *root, way);
    if (!edited)
        return notEditable(pointer, "the place cannot be edited as text");
    return std::move(*edited);
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
    const YamlWay way = findYamlWay(*root, tokens);
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
