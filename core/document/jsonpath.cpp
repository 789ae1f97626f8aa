// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/jsonpath.h"

#include "document/jsonpathquery.h"

#include <algorithm>

namespace claimsmith::document {
namespace {

using namespace jsonpath;

using Nodes = std::vector<const Value*>;

std::string_view codeName(int code) noexcept
{
    switch (static_cast<JsonPathErrorCode>(code)) {
    case JsonPathErrorCode::Syntax:
        return "syntax";
    case JsonPathErrorCode::UnknownFunction:
        return "unknown-function";
    case JsonPathErrorCode::TooDeep:
        return "too-deep";
    }
    return "unknown";
}

/// Runs a query from a root; `limit` bounds the result of the outermost one.
class Run
{
public:
    Run(const Value& root, std::size_t limit) noexcept : m_root(root), m_limit(limit) {}

    Nodes select(const std::vector<Segment>& segments, const Value& from) const
    {
        Nodes nodes{&from};
        for (std::size_t i = 0; i < segments.size() && !nodes.empty(); ++i) {
            const bool last = i + 1 == segments.size();
            Nodes next;
            for (const Value* node : nodes) {
                apply(segments[i], *node, next);
                if (last && next.size() >= m_limit)
                    break;
            }
            nodes = std::move(next);
        }
        nodes.resize(std::min(nodes.size(), m_limit));
        return nodes;
    }

private:
    void apply(const Segment& segment, const Value& node, Nodes& out) const
    {
        for (const Selector& selector : segment.selectors)
            std::visit([&](const auto& each) { choose(each, node, out); }, selector);
        if (segment.descendant)
            forEachChild(node, [&](const Value& child) { apply(segment, child, out); });
    }

    template <class Visit>
    static void forEachChild(const Value& node, const Visit& visit)
    {
        if (const Object* object = node.asObject()) {
            for (const Member& member : *object)
                visit(member.value);
        } else if (const Array* array = node.asArray()) {
            for (const Value& element : *array)
                visit(element);
        }
    }

    static void choose(const NameSelector& selector, const Value& node, Nodes& out)
    {
        if (const Value* found = node.find(selector.name))
            out.push_back(found);
    }

    static void choose(const WildcardSelector&, const Value& node, Nodes& out)
    {
        forEachChild(node, [&out](const Value& child) { out.push_back(&child); });
    }

    static void choose(const IndexSelector& selector, const Value& node, Nodes& out)
    {
        const Array* array = node.asArray();
        if (!array)
            return;
        const auto size = static_cast<std::int64_t>(array->size());
        const std::int64_t index = selector.index < 0 ? size + selector.index : selector.index;
        if (index >= 0 && index < size)
            out.push_back(&(*array)[static_cast<std::size_t>(index)]);
    }

    /// §2.3.4.2.2: bounds are normalised and clamped, then stepped from one to the other.
    static void choose(const SliceSelector& selector, const Value& node, Nodes& out)
    {
        const Array* array = node.asArray();
        if (!array || selector.step == 0)
            return;
        const auto size = static_cast<std::int64_t>(array->size());
        const bool up = selector.step > 0;
        const auto bound = [&](const std::optional<std::int64_t>& given, std::int64_t otherwise) {
            const std::int64_t value = !given ? otherwise : *given < 0 ? size + *given : *given;
            return up ? std::clamp<std::int64_t>(value, 0, size) : std::clamp<std::int64_t>(value, -1, size - 1);
        };
        // Without an end, a slice downwards goes past the first element: -1 here must not count from the end.
        const std::int64_t start = bound(selector.start, up ? 0 : size - 1);
        const std::int64_t end = selector.end ? bound(selector.end, 0) : up ? size : -1;
        for (std::int64_t i = start; up ? i < end : i > end; i += selector.step)
            out.push_back(&(*array)[static_cast<std::size_t>(i)]);
    }

    void choose(const std::shared_ptr<Filter>& filter, const Value& node, Nodes& out) const
    {
        forEachChild(node, [&](const Value& child) {
            if (holds(*filter, child))
                out.push_back(&child);
        });
    }

    bool holds(const Filter& filter, const Value& current) const
    {
        const auto part = [&](const std::shared_ptr<Filter>& each) { return holds(*each, current); };
        switch (filter.kind) {
        case Filter::Kind::Exists:
            return !nodesOf(std::get<SubQuery>(filter.operands[0].content), current).empty();
        case Filter::Kind::Compare:
            return compare(filter, current);
        case Filter::Kind::Not:
            return !part(filter.parts[0]);
        case Filter::Kind::And:
            return std::ranges::all_of(filter.parts, part);
        case Filter::Kind::Or:
            return std::ranges::any_of(filter.parts, part);
        }
        return false;
    }

    Nodes nodesOf(const SubQuery& query, const Value& current) const
    {
        return Run(m_root, static_cast<std::size_t>(-1)).select(query.segments, query.relative ? current : m_root);
    }

    /// §2.4.4 to §2.4.8, and §2.3.5.1 for what is no function. Nothing is a value too.
    std::optional<Value> valueOf(const Operand& operand, const Value& current) const
    {
        const SubQuery* query = std::get_if<SubQuery>(&operand.content);
        const Nodes nodes = query ? nodesOf(*query, current) : Nodes{&std::get<Value>(operand.content)};
        if (operand.function == Function::Count)
            return Value(nodes.size());
        if (nodes.size() != 1)
            return {};
        if (operand.function != Function::Length)
            return *nodes[0];
        return lengthOf(*nodes[0]);
    }

    static std::optional<Value> lengthOf(const Value& value)
    {
        if (const Array* array = value.asArray())
            return Value(array->size());
        if (const Object* object = value.asObject())
            return Value(object->size());
        const std::string* text = value.asString();
        if (!text)
            return {};
        const auto isStart = [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; };
        return Value(std::ranges::count_if(*text, isStart)); // Unicode scalar values
    }

    bool compare(const Filter& filter, const Value& current) const
    {
        const auto left = valueOf(filter.operands[0], current);
        const auto right = valueOf(filter.operands[1], current);
        switch (filter.comparison) {
        case Comparison::Equal:
            return isEqual(left, right);
        case Comparison::NotEqual:
            return !isEqual(left, right);
        case Comparison::Less:
            return isLess(left, right);
        case Comparison::LessOrEqual:
            return isLess(left, right) || isEqual(left, right);
        case Comparison::Greater:
            return isLess(right, left);
        case Comparison::GreaterOrEqual:
            return isLess(right, left) || isEqual(left, right);
        }
        return false;
    }

    static bool isEqual(const std::optional<Value>& left, const std::optional<Value>& right)
    {
        return left.has_value() == right.has_value() && (!left || isSame(*left, *right));
    }

    /// Numbers by their value, members of objects in any order.
    static bool isSame(const Value& left, const Value& right)
    {
        if (left.kind() != right.kind())
            return false;
        if (const Number* number = left.asNumber())
            return number->toDouble() == right.asNumber()->toDouble();
        if (const Array* array = left.asArray())
            return std::ranges::equal(*array, *right.asArray(), isSame);
        const Object* object = left.asObject();
        if (!object)
            return left == right;
        return object->size() == right.asObject()->size() &&
               std::all_of(object->begin(), object->end(), [&](const Member& member) {
                   const Value* other = right.find(member.name);
                   return other && isSame(member.value, *other);
               });
    }

    static bool isLess(const std::optional<Value>& left, const std::optional<Value>& right)
    {
        if (!left || !right || left->kind() != right->kind())
            return false;
        if (const Number* number = left->asNumber())
            return number->toDouble() < right->asNumber()->toDouble();
        return left->asString() && *left->asString() < *right->asString(); // UTF-8 sorts as its scalar values
    }

    const Value& m_root;
    std::size_t m_limit;
};

} // namespace

const ErrorDomain& errorDomain(JsonPathErrorCode) noexcept
{
    static constexpr ErrorDomain domain{"jsonpath", codeName};
    return domain;
}

Result<JsonPath> JsonPath::parse(std::string_view text)
{
    CLAIMSMITH_TRY(auto segments, jsonpath::parse(text));
    auto query = std::make_shared<Query>();
    query->segments = std::move(segments);
    return JsonPath(std::move(query));
}

std::vector<const Value*> JsonPath::select(const Value& root, std::size_t limit) const
{
    return Run(root, limit).select(m_query->segments, root);
}

} // namespace claimsmith::document
