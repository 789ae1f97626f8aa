// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bridge/configedit.h"

#include "base/text.h"
#include "document/edit.h"
#include "document/json.h"
#include "document/yaml.h"

namespace claimsmith::app {
namespace {

using document::Value;

bool isJson(const std::string& text)
{
    return trimmed(text).substr(0, 1) == "{";
}

Result<Value> read(const std::string& text, document::SourceMap* places = nullptr)
{
    return isJson(text) ? document::parseJson(text, {}, places) : document::parseYaml(text, {}, places);
}

/// "/a/b/0" → "/a/b", "0".
std::pair<std::string, std::string> splitLast(const std::string& pointer)
{
    const std::size_t slash = pointer.rfind('/');
    if (slash == std::string::npos)
        return {};
    return {pointer.substr(0, slash), document::splitPointer(pointer.substr(slash)).front()};
}

Error noSuchPlace(const std::string& pointer)
{
    Error error{document::YamlErrorCode::NotEditable};
    error.place.pointer = pointer;
    error.detail = "no such place";
    return error;
}

/// Moves a Remove up while it would leave an empty list or record behind.
ConfigEdit withoutEmptyParents(ConfigEdit edit, const Value& document)
{
    for (;;) {
        const std::string parent = splitLast(edit.pointer).first;
        const Value* holder = parent.empty() ? nullptr : document.at(parent);
        const bool lastElement = holder && holder->asArray() && holder->asArray()->size() == 1;
        const bool lastMember = holder && holder->asObject() && holder->asObject()->size() == 1;
        // An entity that loses its last field is still an entity of its list.
        if (!lastElement && !(lastMember && !document::parsePointerIndex(splitLast(parent).second)))
            return edit;
        edit.pointer = parent;
    }
}

/// The edit on the value; false when the pointer leads nowhere.
bool applyToValue(Value& document, const ConfigEdit& edit)
{
    return edit.kind == ConfigEdit::Kind::Set ? document::setAt(document, edit.pointer, edit.value)
                                              : document::removeAt(document, edit.pointer);
}

Result<std::string> renameInText(const std::string& text, const ConfigEdit& edit)
{
    document::SourceMap places;
    CLAIMSMITH_TRY(const Value document, read(text, &places));
    const document::SourceMap::Entry* entry = places.find(edit.pointer);
    if (!entry || !entry->key)
        return noSuchPlace(edit.pointer);
    const bool quoted = isJson(text);
    std::string renamed = text;
    renamed.replace(entry->key->begin, entry->key->end - entry->key->begin,
                    quoted ? document::toJsonString(edit.name) : edit.name);
    return renamed;
}

/// Sets the nearest enclosing value that can be edited as text to what it is after the edit.
Result<std::string> rewriteAround(const std::string& text, const ConfigEdit& edit, Value document)
{
    if (!applyToValue(document, edit))
        return noSuchPlace(edit.pointer);
    for (std::string pointer = edit.pointer; !pointer.empty();) {
        pointer = splitLast(pointer).first;
        const Value* value = pointer.empty() ? nullptr : document.at(pointer);
        if (!value)
            continue;
        if (auto edited = document::setInYaml(text, pointer, *value))
            return edited;
    }
    return document::toYaml(document);
}

Result<std::string> applyEdit(const std::string& text, const ConfigEdit& requested)
{
    if (requested.kind == ConfigEdit::Kind::Rename)
        return renameInText(text, requested);
    CLAIMSMITH_TRY(Value document, read(text));
    // An empty file is a document without anything in it yet.
    if (document.isNull())
        document = document::Object{};
    const bool setting = requested.kind == ConfigEdit::Kind::Set;
    const ConfigEdit edit = setting ? requested : withoutEmptyParents(requested, document);
    if (isJson(text)) {
        if (!applyToValue(document, edit))
            return noSuchPlace(edit.pointer);
        return document::toJson(document, {2}) + "\n";
    }
    auto edited =
        setting ? document::setInYaml(text, edit.pointer, edit.value) : document::removeFromYaml(text, edit.pointer);
    return edited ? std::move(edited) : rewriteAround(text, edit, std::move(document));
}

} // namespace

ConfigEdit ConfigEdit::set(std::string pointer, Value value)
{
    return {Kind::Set, std::move(pointer), std::move(value), {}};
}

ConfigEdit ConfigEdit::remove(std::string pointer)
{
    return {Kind::Remove, std::move(pointer), {}, {}};
}

ConfigEdit ConfigEdit::rename(std::string pointer, std::string name)
{
    return {Kind::Rename, std::move(pointer), {}, std::move(name)};
}

Result<std::string> applyEdits(const std::string& text, const std::vector<ConfigEdit>& edits)
{
    std::string result = text;
    for (const ConfigEdit& edit : edits) {
        CLAIMSMITH_TRY(result, applyEdit(result, edit));
    }
    return result;
}

} // namespace claimsmith::app
