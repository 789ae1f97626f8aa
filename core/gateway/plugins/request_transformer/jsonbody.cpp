// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/request_transformer/jsonbody.h"

#include "document/json.h"
#include "gateway/plugin.h"
#include "gateway/plugins/kongjson.h"
#include "gateway/plugins/request_transformer/checks.h"
#include "gateway/plugins/request_transformer/jsonpath.h"
#include "gateway/snapshot.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace claimsmith::gateway::requesttransformer {

using document::Array;
using document::Object;
using document::Value;

namespace {

/// What Lua takes for a value that is there: anything but nothing and false.
bool isTruthy(const Value* value) noexcept
{
    return value && !(value->asBoolean() && !*value->asBoolean());
}

/// The text as a value of the entry's type; nothing for a number that is none (then the entry does nothing).
std::optional<Value> typedValue(const Entry& entry, const std::string& text)
{
    if (entry.type == JsonType::String)
        return Value(text);
    if (entry.type == JsonType::Boolean)
        return Value(text == "true");
    double number = 0;
    const auto end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number);
    return read.ec == std::errc() && read.ptr == end && std::isfinite(number) ? std::optional(Value(number))
                                                                              : std::nullopt;
}

/// As Lua's tables take it: a text becomes a list, a list grows, an object gets a member "1", all else gives way.
Value appended(const Value* before, Value value)
{
    if (before && before->asString())
        return Array{*before, std::move(value)};
    if (before && before->asArray()) {
        Array list = *before->asArray();
        list.push_back(std::move(value));
        return list;
    }
    if (before && before->asObject() && !before->asObject()->empty()) {
        Object object = *before->asObject();
        object.set("1", std::move(value));
        return object;
    }
    return Array{std::move(value)};
}

class JsonTransformer final
{
public:
    JsonTransformer(Rendering& rendering, Value& root) noexcept : m_rendering(rendering), m_root(root) {}

    void removeAndReplace()
    {
        const Transformation& change = m_rendering.transformation;
        m_rendering.each(change.remove.body, [&](const Rendered& item) { remove(item); });
        m_rendering.each(change.rename.body, [&](const Rendered& item) { rename(item); });
        m_rendering.each(change.replace.body, [&](const Rendered& item) { replace(item); });
    }

    void addAndAppend()
    {
        const Transformation& change = m_rendering.transformation;
        m_rendering.each(change.add.body, [&](const Rendered& item) { add(item); });
        m_rendering.each(change.append.body, [&](const Rendered& item) { append(item); });
    }

    void keepAllowed()
    {
        const auto& allowed = m_rendering.transformation.allowedBody;
        if (!allowed)
            return;
        m_isChanged = true;
        if (!m_root.asObject())
            return;
        Object kept;
        for (const auto& [name, value] : *m_root.asObject())
            if (allowed->contains(name))
                kept.set(name, value);
        m_root = std::move(kept);
    }

    bool isChanged() const noexcept { return m_isChanged; }

private:
    /// A list has no members by name: operations run, but leave it as it is. Anything else makes Kong break.
    std::vector<JsonPlace> places(std::string_view name)
    {
        if (m_root.asObject())
            return placesOf(m_root, name, m_rendering.transformation.hasDottedNames);
        if (m_root.asArray())
            return {};
        if (m_rendering.findings)
            m_rendering.findings.failed(
                {.check = std::string(bodyReadable), .found = std::string(kindName(m_root.kind()))});
        throw Fault{"[request-transformer] the JSON body is neither an object nor a list"};
    }

    void remove(const Rendered& item)
    {
        for (const JsonPlace& place : places(item.entry.name))
            place.remove();
        m_isChanged = true;
    }

    void rename(const Rendered& item)
    {
        const std::string to = item.value.value_or("");
        const bool hasDottedNames = m_rendering.transformation.hasDottedNames;
        for (const JsonPlace& place : places(item.entry.name)) {
            if (!isTruthy(place.find()) || item.entry.name == to)
                continue;
            Value value = *place.find();
            place.remove();
            for (const JsonPlace& target : placesOf(m_root, to, hasDottedNames))
                target.set(value);
            m_isChanged = true;
            return;
        }
    }

    void replace(const Rendered& item)
    {
        const auto value = valueOf(item);
        for (const JsonPlace& place : places(item.entry.name))
            if (value && isTruthy(place.find()))
                put(place, *value);
    }

    void add(const Rendered& item)
    {
        const auto value = valueOf(item);
        const auto targets = places(item.entry.name);
        if (m_root.asArray())
            m_isChanged = true;
        for (const JsonPlace& place : targets)
            if (value && !isTruthy(place.find()))
                put(place, *value);
    }

    void append(const Rendered& item)
    {
        const auto value = valueOf(item);
        m_isChanged = true;
        for (const JsonPlace& place : places(item.entry.name))
            if (value)
                put(place, appended(place.find(), *value));
    }

    void put(const JsonPlace& place, Value value)
    {
        place.set(std::move(value));
        m_isChanged = true;
    }

    static std::optional<Value> valueOf(const Rendered& item)
    {
        return item.value ? typedValue(item.entry, *item.value) : std::nullopt;
    }

    Rendering& m_rendering;
    Value& m_root;
    bool m_isChanged = false;
};

} // namespace

std::optional<Bytes> transformJson(Rendering& rendering, BytesView body)
{
    auto root = body.empty()
                    ? Result<Value>(Value(Object()))
                    : document::parseJson(
                          body, {.allowDuplicateKeys = true, .allowInvalidUtf8 = true, .allowKongNumbers = true});
    if (!root) {
        if (rendering.findings)
            rendering.findings.notAsked({.check = std::string(bodyReadable), .found = root.error().detail});
        return std::nullopt;
    }
    JsonTransformer transformer(rendering, *root);
    if (!body.empty())
        transformer.removeAndReplace();
    transformer.addAndAppend();
    transformer.keepAllowed();
    if (!transformer.isChanged())
        return std::nullopt;
    if (rendering.exchange.snapshot->conduct() == Conduct::Kong)
        *root = asKongWritesIt(*root);
    return document::toJson(*root, {.escapeSlash = true});
}

} // namespace claimsmith::gateway::requesttransformer
