// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/yamlwriter.h"

#include "document/yaml.h"
#include "document/yamlscalar.h"

namespace claimsmith::document {
namespace {

constexpr std::size_t step = 2;

bool isEmptyCollection(const Value& value) noexcept
{
    return (value.asArray() && value.asArray()->empty()) || (value.asObject() && value.asObject()->empty());
}

std::string scalarText(const Value& value, YamlContext context)
{
    switch (value.kind()) {
    case Value::Kind::Boolean:
        return *value.asBoolean() ? "true" : "false";
    case Value::Kind::Number:
        return toYamlNumber(*value.asNumber());
    case Value::Kind::String:
        return toYamlString(*value.asString(), context);
    case Value::Kind::Array:
        return "[]";
    case Value::Kind::Object:
        return "{}";
    case Value::Kind::Null:
        break;
    }
    return "null";
}

/// A literal block scalar (YAML 1.1 §9.2.3); the header's chomping sign says how many newlines end the text.
YamlFragment literalBlock(std::string_view text, std::size_t indent)
{
    YamlFragment fragment;
    fragment.head = text.ends_with('\n') ? "|" : "|-";
    if (text.ends_with('\n'))
        text.remove_suffix(1);
    while (true) {
        const std::size_t newline = text.find('\n');
        const std::string_view line = text.substr(0, newline);
        if (!line.empty())
            fragment.body.append(indent, ' ').append(line);
        fragment.body += '\n';
        if (newline == std::string_view::npos)
            return fragment;
        text.remove_prefix(newline + 1);
    }
}

std::string line(std::size_t indent, std::string_view introducer, const YamlFragment& fragment)
{
    std::string text(indent, ' ');
    text += introducer;
    if (!fragment.head.empty())
        text += " " + fragment.head;
    return text + "\n" + fragment.body;
}

/// libyaml reads a simple key of at most 1024 characters on one line; a longer one needs the sign of a complex key.
std::string keyIntroducer(std::string_view name, YamlContext context, std::size_t indent)
{
    constexpr std::size_t longest = 1000;
    std::string text = toYamlString(name, context);
    if (text.size() <= longest)
        return text + ":";
    return "? " + text + (context == YamlContext::Flow ? " " : "\n" + std::string(indent, ' ')) + ":";
}

/// The members or elements of a collection that is not empty, at a column.
std::string collectionLines(const Value& value, std::size_t indent, YamlStyle style)
{
    std::string lines;
    if (const auto* object = value.asObject()) {
        for (const Member& member : *object)
            lines += memberLines(member.name, member.value, indent, style);
    } else {
        for (const Value& element : *value.asArray())
            lines += elementLines(element, indent, style);
    }
    return lines;
}

bool isBlockCollection(const Value& value) noexcept
{
    return (value.asArray() || value.asObject()) && !isEmptyCollection(value);
}

/// A scalar or an empty collection.
YamlFragment scalarFragment(const Value& value, std::size_t indent, YamlStyle style)
{
    if (style.literalBlocks && value.asString() && fitsLiteralBlock(*value.asString()))
        return literalBlock(*value.asString(), indent + step);
    return {scalarText(value, YamlContext::Block), {}};
}

} // namespace

YamlFragment memberFragment(const Value& value, std::size_t indent, YamlStyle style)
{
    if (!isBlockCollection(value))
        return scalarFragment(value, indent, style);
    const bool further = value.asObject() || style.indentSequences;
    return {{}, collectionLines(value, indent + (further ? step : 0), style)};
}

YamlFragment elementFragment(const Value& value, std::size_t indent, YamlStyle style)
{
    if (!isBlockCollection(value))
        return scalarFragment(value, indent, style);
    const std::string lines = collectionLines(value, indent + step, style);
    const std::size_t newline = lines.find('\n');
    return {lines.substr(indent + step, newline - indent - step), lines.substr(newline + 1)};
}

std::string memberLines(std::string_view name, const Value& value, std::size_t indent, YamlStyle style)
{
    return line(indent, keyIntroducer(name, YamlContext::Block, indent), memberFragment(value, indent, style));
}

std::string elementLines(const Value& value, std::size_t indent, YamlStyle style)
{
    return line(indent, "-", elementFragment(value, indent, style));
}

std::string flowMember(std::string_view name, const Value& value)
{
    return keyIntroducer(name, YamlContext::Flow, 0) + " " + flowText(value);
}

std::string flowText(const Value& value)
{
    std::string text;
    if (const auto* object = value.asObject()) {
        for (const Member& member : *object)
            text += (text.empty() ? "" : ", ") + flowMember(member.name, member.value);
        return "{" + text + "}";
    }
    if (const auto* array = value.asArray()) {
        for (const Value& element : *array)
            text += (text.empty() ? "" : ", ") + flowText(element);
        return "[" + text + "]";
    }
    return scalarText(value, YamlContext::Flow);
}

std::string toYaml(const Value& value)
{
    if (isBlockCollection(value))
        return collectionLines(value, 0, {});
    const YamlFragment fragment = scalarFragment(value, 0, {});
    return fragment.head + "\n" + fragment.body;
}

} // namespace claimsmith::document
