// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/yaml.h"

#include "document/yamlnode.h"
#include "document/yamlscalar.h"

#include <map>
#include <set>

namespace claimsmith::document {
namespace {

std::string_view codeName(int code) noexcept
{
    switch (static_cast<YamlErrorCode>(code)) {
    case YamlErrorCode::Syntax:
        return "syntax";
    case YamlErrorCode::DuplicateKey:
        return "duplicate-key";
    case YamlErrorCode::KeyNotScalar:
        return "key-not-scalar";
    case YamlErrorCode::TagMismatch:
        return "tag-mismatch";
    case YamlErrorCode::MergeNotMapping:
        return "merge-not-mapping";
    case YamlErrorCode::UnknownAlias:
        return "unknown-alias";
    case YamlErrorCode::TooManyAliases:
        return "too-many-aliases";
    case YamlErrorCode::TooDeep:
        return "too-deep";
    case YamlErrorCode::TooLarge:
        return "too-large";
    case YamlErrorCode::SeveralDocuments:
        return "several-documents";
    case YamlErrorCode::NotEditable:
        return "not-editable";
    }
    return "";
}

constexpr std::string_view tagPrefix = "tag:yaml.org,2002:";

/// What a copy of a value costs, and how deep it is.
struct Extent
{
    std::size_t bytes = 0;
    std::size_t depth = 0;
};

class Composer final
{
public:
    Composer(std::string_view text, const YamlOptions& options, SourceMap* sourceMap)
        : m_lines(text), m_options(options), m_sourceMap(sourceMap)
    {
    }

    Result<Value> compose(const YamlNode& root)
    {
        Value value;
        if (!composeNode(root, nullptr, value))
            return std::move(*m_error);
        return value;
    }

private:
    struct Anchor
    {
        Value value;
        Extent extent;
    };

    bool fail(YamlErrorCode code, const YamlNode& node, std::string detail)
    {
        const Span at = m_lines.span(node.begin, node.end);
        Error error{code};
        error.detail = std::move(detail);
        error.place.pointer = m_pointer;
        error.place.offset = at.begin;
        error.place.line = at.line;
        error.place.column = at.column;
        m_error = std::move(error);
        return false;
    }

    bool composeNode(const YamlNode& node, const YamlNode* key, Value& out)
    {
        if (m_sourceMap)
            m_sourceMap->add(m_pointer, {m_lines.span(node.content, node.end),
                                         key ? std::optional(m_lines.span(key->begin, key->end)) : std::nullopt});
        if (!composeContent(node, out))
            return false;
        return node.anchor.empty() || keepAnchor(node, out);
    }

    /// The copy counts as an expansion: anchors within anchors would multiply it.
    bool keepAnchor(const YamlNode& node, const Value& value)
    {
        const Extent extent = measure(value);
        if (!spend(node, extent))
            return false;
        m_anchors.insert_or_assign(node.anchor, Anchor{value, extent});
        return true;
    }

    bool composeContent(const YamlNode& node, Value& out)
    {
        switch (node.kind) {
        case YamlNode::Kind::Scalar:
            return composeScalar(node, out);
        case YamlNode::Kind::Alias:
            return composeAlias(node, out);
        case YamlNode::Kind::Sequence:
            return composeSequence(node, out);
        case YamlNode::Kind::Mapping:
            return composeMapping(node, out);
        }
        return false;
    }

    bool composeScalar(const YamlNode& node, Value& out)
    {
        if (node.tag.starts_with(tagPrefix)) {
            auto value = resolveTaggedScalar(std::string_view(node.tag).substr(tagPrefix.size()), node.text);
            if (!value)
                return fail(YamlErrorCode::TagMismatch, node, "the value does not fit its tag " + node.tag);
            out = std::move(*value);
        } else {
            out = node.plain ? resolvePlainScalar(node.text) : Value(node.text);
        }
        return true;
    }

    bool composeAlias(const YamlNode& node, Value& out)
    {
        const auto anchor = m_anchors.find(node.text);
        if (anchor == m_anchors.end())
            return fail(YamlErrorCode::UnknownAlias, node, "no anchor named " + node.text + " ends before this");
        if (!spend(node, anchor->second.extent))
            return false;
        out = anchor->second.value;
        return true;
    }

    /// Refuses an expansion that would make the document much larger or deeper than its text.
    bool spend(const YamlNode& node, const Extent& extent)
    {
        if (extent.bytes > m_options.maximumExpansion - m_expansion)
            return fail(YamlErrorCode::TooManyAliases, node, "aliases make the document too large");
        if (m_depth + extent.depth > m_options.maximumDepth)
            return fail(YamlErrorCode::TooDeep, node, "aliases nest collections too deeply");
        m_expansion += extent.bytes;
        return true;
    }

    bool composeSequence(const YamlNode& node, Value& out)
    {
        Array array;
        array.reserve(node.children.size());
        const std::size_t parent = m_pointer.size();
        ++m_depth;
        for (const YamlNode& child : node.children) {
            m_pointer.append("/").append(std::to_string(array.size()));
            if (!composeNode(child, nullptr, array.emplace_back()))
                return false;
            m_pointer.resize(parent);
        }
        --m_depth;
        out = std::move(array);
        return true;
    }

    bool composeMapping(const YamlNode& node, Value& out)
    {
        Object object;
        std::set<std::string_view> written; // keys of this mapping itself, which merged ones give way to
        ++m_depth;
        for (std::size_t i = 0; i + 1 < node.children.size(); i += 2) {
            const YamlNode& key = node.children[i];
            const YamlNode& value = node.children[i + 1];
            if (key.kind != YamlNode::Kind::Scalar)
                return fail(YamlErrorCode::KeyNotScalar, key, "a key has to be a scalar");
            const bool merged = key.plain && key.text == "<<";
            if (!merged && !written.insert(key.text).second && !m_options.allowDuplicateKeys)
                return fail(YamlErrorCode::DuplicateKey, key, "the key \"" + key.text + "\" stands twice");
            if (!(merged ? merge(value, object) : composeMember(key, value, object)))
                return false;
        }
        --m_depth;
        out = std::move(object);
        return true;
    }

    bool composeMember(const YamlNode& key, const YamlNode& value, Object& object)
    {
        const std::size_t parent = m_pointer.size();
        m_pointer.append("/").append(escapePointerToken(key.text));
        if (!composeNode(value, &key, object.set(key.text, Value())))
            return false;
        m_pointer.resize(parent);
        return true;
    }

    /// `<<: *base` or `<<: [*one, *two]`: adds the members that the mapping lacks so far.
    bool merge(const YamlNode& node, Object& object)
    {
        Value source;
        SourceMap* const sourceMap = std::exchange(m_sourceMap, nullptr); // merged members have no place of their own
        const bool composed = composeNode(node, nullptr, source);
        m_sourceMap = sourceMap;
        if (!composed)
            return false;
        if (source.asObject())
            return mergeObject(node, source, object);
        if (!source.asArray())
            return fail(YamlErrorCode::MergeNotMapping, node, "only mappings can be merged");
        for (const Value& element : *source.asArray()) {
            if (!mergeObject(node, element, object))
                return false;
        }
        return true;
    }

    bool mergeObject(const YamlNode& node, const Value& source, Object& object)
    {
        if (!source.asObject())
            return fail(YamlErrorCode::MergeNotMapping, node, "only mappings can be merged");
        for (const Member& member : *source.asObject()) {
            if (!object.contains(member.name))
                object.append(member.name, member.value);
        }
        return true;
    }

    static Extent measure(const Value& value)
    {
        Extent extent{sizeof(Value), 0};
        const auto add = [&extent](const Value& child) {
            const Extent inner = measure(child);
            extent.bytes += inner.bytes;
            extent.depth = std::max(extent.depth, inner.depth + 1);
        };
        if (const auto* text = value.asString())
            extent.bytes += text->size();
        if (const auto* array = value.asArray()) {
            extent.depth = 1;
            for (const Value& element : *array)
                add(element);
        }
        if (const auto* object = value.asObject()) {
            extent.depth = 1;
            for (const Member& member : *object) {
                extent.bytes += member.name.size();
                add(member.value);
            }
        }
        return extent;
    }

    const LineIndex m_lines;
    const YamlOptions& m_options;
    SourceMap* m_sourceMap;
    std::map<std::string, Anchor, std::less<>> m_anchors;
    std::string m_pointer;
    std::size_t m_depth = 0;
    std::size_t m_expansion = 0;
    std::optional<Error> m_error;
};

} // namespace

const ErrorDomain& errorDomain(YamlErrorCode) noexcept
{
    static constexpr ErrorDomain domain{"yaml", codeName};
    return domain;
}

Result<Value> composeYaml(const YamlNode& root, std::string_view text, const YamlOptions& options, SourceMap* sourceMap)
{
    return Composer(text, options, sourceMap).compose(root);
}

Result<Value> parseYaml(std::string_view text, const YamlOptions& options, SourceMap* sourceMap)
{
    CLAIMSMITH_TRY(const std::optional<YamlNode> root, readYamlNode(text, options));
    return root ? composeYaml(*root, text, options, sourceMap) : Result<Value>(Value());
}

} // namespace claimsmith::document
