// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/yamlnode.h"

#include <yaml.h>

#include <algorithm>

namespace claimsmith::document {
namespace {

/// libyaml would count it as a column, so that the first line is indented more than the others.
constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";

/// Byte offsets for libyaml's marks, which count characters. Marks come nearly in order, so a cursor that steps from
/// the last one costs a constant each.
class Offsets final
{
public:
    /// `start` is the offset of the character that libyaml counts as 0.
    Offsets(std::string_view text, std::size_t start) : m_text(text), m_offset(start) {}

    std::size_t of(const yaml_mark_t& mark)
    {
        while (m_character < mark.index && m_offset < m_text.size()) {
            do
                ++m_offset;
            while (isContinuation(m_offset));
            ++m_character;
        }
        while (m_character > mark.index && m_offset > 0) {
            do
                --m_offset;
            while (m_offset > 0 && isContinuation(m_offset));
            --m_character;
        }
        return m_offset;
    }

private:
    bool isContinuation(std::size_t offset) const noexcept
    {
        return offset < m_text.size() && (static_cast<unsigned char>(m_text[offset]) & 0xC0U) == 0x80;
    }

    std::string_view m_text;
    std::size_t m_character = 0;
    std::size_t m_offset;
};

std::string textOf(const yaml_char_t* text)
{
    return text ? std::string(reinterpret_cast<const char*>(text)) : std::string();
}

/// libyaml's event stream as a tree.
class TreeReader final
{
public:
    TreeReader(std::string_view text, const YamlOptions& options)
        : m_text(text), m_options(options), m_start(text.starts_with(byteOrderMark) ? byteOrderMark.size() : 0),
          m_offsets(text, m_start)
    {
        yaml_parser_initialize(&m_parser);
        yaml_parser_set_encoding(&m_parser, YAML_UTF8_ENCODING);
        const std::string_view input = text.substr(m_start);
        yaml_parser_set_input_string(&m_parser, reinterpret_cast<const unsigned char*>(input.data()), input.size());
    }
    TreeReader(const TreeReader&) = delete;
    TreeReader& operator=(const TreeReader&) = delete;
    ~TreeReader()
    {
        clearEvent();
        yaml_parser_delete(&m_parser);
    }

    Result<std::optional<YamlNode>> read()
    {
        std::optional<YamlNode> root;
        if (m_text.size() > m_options.maximumSize)
            fail(YamlErrorCode::TooLarge, m_options.maximumSize, "the text is too large");
        else if (next() && next())
            readDocuments(root);
        if (m_error)
            return std::move(*m_error);
        return root;
    }

private:
    bool fail(YamlErrorCode code, std::size_t offset, std::string detail)
    {
        const Span at = LineIndex(m_text).span(offset, offset);
        Error error{code};
        error.detail = std::move(detail);
        error.place.offset = offset;
        error.place.line = at.line;
        error.place.column = at.column;
        m_error = std::move(error);
        return false;
    }

    void clearEvent() noexcept
    {
        if (m_hasEvent)
            yaml_event_delete(&m_event);
        m_hasEvent = false;
    }

    bool next()
    {
        clearEvent();
        if (yaml_parser_parse(&m_parser, &m_event) == 0)
            return failAsParser();
        m_hasEvent = true;
        m_lastEvent = m_event.start_mark;
        return true;
    }

    bool failAsParser()
    {
        const std::string problem = m_parser.problem ? m_parser.problem : "no YAML";
        const bool unreadable = m_parser.error == YAML_READER_ERROR;
        fail(YamlErrorCode::Syntax,
             unreadable ? std::min(m_start + m_parser.problem_offset, m_text.size())
                        : m_offsets.of(m_parser.problem_mark),
             m_parser.context ? std::string(m_parser.context) + ": " + problem : problem);
        m_error->parameters = {
            {"problem", problem},
            {"after", std::to_string(m_lastEvent.line + 1) + ":" + std::to_string(m_lastEvent.column + 1)}};
        return false;
    }

    bool readDocuments(std::optional<YamlNode>& root)
    {
        while (m_event.type != YAML_STREAM_END_EVENT) { // at DOCUMENT-START
            const std::size_t begin = m_offsets.of(m_event.start_mark);
            if (root && !m_options.allowFurtherDocuments)
                return fail(YamlErrorCode::SeveralDocuments, begin, "a second document begins");
            YamlNode node;
            if (!next() || !readNode(node, 0) || !next() || !next())
                return false;
            if (!root)
                root = std::move(node);
        }
        return true;
    }

    /// Called at the node's first event; leaves its last one current.
    bool readNode(YamlNode& node, std::size_t depth)
    {
        if (++m_nodes > m_options.maximumNodes)
            return fail(YamlErrorCode::TooLarge, m_offsets.of(m_event.start_mark), "too many values");
        node.begin = m_offsets.of(m_event.start_mark);
        node.end = m_offsets.of(m_event.end_mark);
        switch (m_event.type) {
        case YAML_ALIAS_EVENT:
            node.kind = YamlNode::Kind::Alias;
            node.text = textOf(m_event.data.alias.anchor);
            node.content = node.begin;
            return true;
        case YAML_SCALAR_EVENT:
            readScalar(node);
            return true;
        case YAML_SEQUENCE_START_EVENT:
            node.kind = YamlNode::Kind::Sequence;
            node.flow = m_event.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
            takeProperties(node, m_event.data.sequence_start.anchor, m_event.data.sequence_start.tag);
            return readChildren(node, depth, YAML_SEQUENCE_END_EVENT);
        case YAML_MAPPING_START_EVENT:
            node.kind = YamlNode::Kind::Mapping;
            node.flow = m_event.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE;
            takeProperties(node, m_event.data.mapping_start.anchor, m_event.data.mapping_start.tag);
            return readChildren(node, depth, YAML_MAPPING_END_EVENT);
        default:
            return fail(YamlErrorCode::Syntax, node.begin, "expected a value");
        }
    }

    void readScalar(YamlNode& node)
    {
        const auto& scalar = m_event.data.scalar;
        node.text.assign(reinterpret_cast<const char*>(scalar.value), scalar.length);
        node.plain = scalar.style == YAML_PLAIN_SCALAR_STYLE;
        node.literal = scalar.style == YAML_LITERAL_SCALAR_STYLE || scalar.style == YAML_FOLDED_SCALAR_STYLE;
        takeProperties(node, scalar.anchor, scalar.tag);
        node.content = std::min(node.content, node.end); // nothing stands behind the properties of an empty scalar
        if (node.literal)
            trimBlockScalar(node);
    }

    /// libyaml ends a block scalar behind the empty lines that follow. They belong to it only if it keeps them ("|+").
    void trimBlockScalar(YamlNode& node) const
    {
        const std::string_view header = m_text.substr(node.content, m_text.find('\n', node.content) - node.content);
        if (header.substr(0, 3).find('+') != std::string_view::npos)
            return;
        while (node.end > node.content &&
               (m_text[node.end - 1] == '\n' || m_text[node.end - 1] == '\r' || m_text[node.end - 1] == ' '))
            --node.end;
    }

    /// Anchor and tag, and where the content behind them begins.
    void takeProperties(YamlNode& node, const yaml_char_t* anchor, const yaml_char_t* tag)
    {
        node.anchor = textOf(anchor);
        node.tag = textOf(tag);
        node.content = node.begin;
        const int properties = (anchor ? 1 : 0) + (tag ? 1 : 0);
        for (int i = 0; i < properties; ++i) {
            node.content = std::min(m_text.find_first_of(" \t\r\n,]}", node.content), m_text.size());
            skipToContent(node.content);
        }
    }

    /// Over white space and comments.
    void skipToContent(std::size_t& offset) const
    {
        while (offset < m_text.size()) {
            offset = std::min(m_text.find_first_not_of(" \t\r\n", offset), m_text.size());
            if (offset == m_text.size() || m_text[offset] != '#')
                return;
            offset = std::min(m_text.find('\n', offset), m_text.size());
        }
    }

    bool readChildren(YamlNode& node, std::size_t depth, yaml_event_type_t endType)
    {
        if (depth >= m_options.maximumDepth)
            return fail(YamlErrorCode::TooDeep, node.begin, "collections are nested too deeply");
        while (next()) {
            if (m_event.type == endType) {
                // A block collection ends, for libyaml, where the next token begins.
                node.end =
                    node.flow || node.children.empty() ? m_offsets.of(m_event.end_mark) : node.children.back().end;
                return true;
            }
            if (!readNode(node.children.emplace_back(), depth + 1))
                return false;
        }
        return false;
    }

    const std::string_view m_text;
    const YamlOptions& m_options;
    const std::size_t m_start;
    Offsets m_offsets;
    yaml_parser_t m_parser{};
    yaml_event_t m_event{};
    bool m_hasEvent = false;
    yaml_mark_t m_lastEvent{};
    std::size_t m_nodes = 0;
    std::optional<Error> m_error;
};

} // namespace

LineIndex::LineIndex(std::string_view text)
{
    m_starts.push_back(0);
    for (std::size_t i = text.find('\n'); i != std::string_view::npos; i = text.find('\n', i + 1))
        m_starts.push_back(i + 1);
}

Span LineIndex::span(std::size_t begin, std::size_t end) const
{
    const auto behind = std::upper_bound(m_starts.begin(), m_starts.end(), begin);
    return {begin, end, static_cast<std::size_t>(behind - m_starts.begin()), begin - *(behind - 1) + 1};
}

Result<std::optional<YamlNode>> readYamlNode(std::string_view text, const YamlOptions& options)
{
    return TreeReader(text, options).read();
}

} // namespace claimsmith::document
