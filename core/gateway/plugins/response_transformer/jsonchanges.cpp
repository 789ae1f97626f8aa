// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/response_transformer/jsonchanges.h"

#include "document/json.h"
#include "gateway/plugins/config.h"
#include "gateway/plugins/luanumber.h"
#include "gateway/plugins/transformentry.h"

namespace claimsmith::gateway::responsetransformer {

using document::Array;
using document::Object;
using document::Value;

namespace {

/// The text as Kong reads it: encoded as a JSON string, without the outer quotes, and with quotes and slashes as they
/// were. Other escapes stay, so a line end becomes "\\n".
std::string asConfigured(const std::string& text)
{
    const std::string encoded = document::toJsonString(text);
    std::string result;
    for (std::size_t i = 1; i + 1 < encoded.size(); ++i) {
        if (encoded[i] == '\\' && i + 2 < encoded.size() && encoded[i + 1] == '"')
            continue;
        result += encoded[i];
        if (encoded[i] == '\\' && encoded[i + 1] == '\\')
            result += encoded[++i];
    }
    return result;
}

std::optional<Value> convert(const std::optional<std::string>& text, std::string_view type)
{
    // Kong encodes the value that is not there, which gives "null".
    std::string value = text ? asConfigured(*text) : "null";
    if (type == "number") {
        const auto number = luaNumber(value);
        return number ? std::optional(Value(*number)) : std::nullopt;
    }
    if (type == "boolean")
        return Value(value == "true");
    return Value(std::move(value));
}

/// Lua's idea of truth: false is none, null (a value of its own) is.
bool isTruthy(const Value* value)
{
    return value && !(value->asBoolean() && !*value->asBoolean());
}

const Value* settingOf(const Value& config, std::string_view operation)
{
    static const Value none{Object{}};
    const Value* record = config.find(operation);
    return record ? record : &none;
}

} // namespace

std::vector<JsonChanges::Member> JsonChanges::membersOf(const Value& config, std::string_view operation)
{
    const Value& record = *settingOf(config, operation);
    const std::vector<std::string> types = textsSetting(record, "json_types");
    std::vector<Member> members;
    for (TransformEntry& entry : parseTransformEntries(textsSetting(record, "json"))) {
        const std::string_view type = members.size() < types.size() ? std::string_view(types[members.size()]) : "";
        members.push_back({std::move(entry.name), convert(entry.value, type)});
    }
    return members;
}

JsonChanges::JsonChanges(const Value& config)
    : m_removed(textsSetting(*settingOf(config, "remove"), "json")), m_replaced(membersOf(config, "replace")),
      m_added(membersOf(config, "add")), m_appended(membersOf(config, "append"))
{
    for (TransformEntry& entry : parseTransformEntries(textsSetting(*settingOf(config, "rename"), "json")))
        m_renamed.push_back({std::move(entry.name), entry.value ? std::optional<Value>(*entry.value) : std::nullopt});
}

bool JsonChanges::isEmpty() const noexcept
{
    return m_removed.empty() && m_renamed.empty() && m_replaced.empty() && m_added.empty() && m_appended.empty();
}

void JsonChanges::apply(Object& object) const
{
    for (const std::string& name : m_removed)
        object.remove(name);
    for (const auto& [name, newName] : m_renamed)
        if (Value* const old = newName ? object.find(name) : nullptr) {
            Value value = std::move(*old);
            object.set(*newName->asString(), std::move(value));
            object.remove(name);
        }
    for (const auto& [name, value] : m_replaced)
        if (value && isTruthy(object.find(name)))
            object.set(name, *value);
    for (const auto& [name, value] : m_added)
        if (value && !isTruthy(object.find(name)))
            object.set(name, *value);
    for (const auto& [name, value] : m_appended) {
        if (!value)
            continue;
        Value* const old = object.find(name);
        if (old && old->asArray())
            old->asArray()->push_back(*value);
        else if (old && old->asString())
            object.set(name, Array{Value(*old->asString()), *value});
        else
            object.set(name, Array{*value});
    }
}

} // namespace claimsmith::gateway::responsetransformer
