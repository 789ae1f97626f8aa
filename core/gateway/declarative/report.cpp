// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/random.h"
#include "gateway/declarative/item.h"

#include <algorithm>

namespace claimsmith::gateway::declarative {

using document::Array;
using document::joinPointer;
using document::Object;
using document::Value;

namespace {

/// A leaf of nested errors: where, and what is wrong.
struct Leaf
{
    std::string path; ///< dotted, positions from 1; "@entity" for rules over several fields
    std::string text;
};

void collectLeaves(const Value& error, const std::string& path, std::vector<Leaf>& leaves)
{
    const auto inner = [&](const std::string& part) { return path.empty() ? part : path + "." + part; };
    if (const auto* text = error.asString()) {
        leaves.push_back({path, *text});
    } else if (const auto* array = error.asArray()) {
        for (std::size_t i = 0; i < array->size(); ++i)
            if (!(*array)[i].isNull())
                collectLeaves((*array)[i], path == "@entity" ? path : inner(std::to_string(i + 1)), leaves);
    } else if (const auto* object = error.asObject()) {
        for (const auto& [name, member] : *object)
            collectLeaves(member, name == "@entity" ? name : inner(name), leaves);
    }
}

/// Fields by name, then what is said of the entity.
std::vector<Leaf> sortedLeaves(const SchemaErrors& errors)
{
    std::vector<Leaf> leaves;
    collectLeaves(errors, "", leaves);
    std::ranges::stable_sort(leaves, [](const Leaf& a, const Leaf& b) {
        const bool first = a.path == "@entity";
        const bool second = b.path == "@entity";
        return first != second ? second : first ? a.text < b.text : a.path < b.path;
    });
    return leaves;
}

/// Errors of an item and of what is nested in it, in the form of the document.
Object nestedErrors(const Item& item)
{
    Object errors = item.errors;
    for (const auto& child : item.children) {
        const Object inner = nestedErrors(*child);
        if (inner.empty())
            continue;
        listAt(errors, child->list, child->position) = inner;
    }
    return errors;
}

/// The place of a field in the document; one that came out of `url` is shown there.
std::string pointerOf(const Item& item, std::string_view path)
{
    if (path.empty() || path == "@entity")
        return item.pointer;
    std::string pointer = item.pointer;
    const Object* object = &item.given;
    const Value* value = nullptr;
    bool isFirst = true;
    while (!path.empty()) {
        const auto dot = path.find('.');
        const std::string token(path.substr(0, dot));
        path = dot == std::string_view::npos ? std::string_view() : path.substr(dot + 1);
        if (isFirst && !object->contains(token) && object->contains("url"))
            return joinPointer(pointer, "url");
        isFirst = false;
        const Array* array = value ? value->asArray() : nullptr;
        const bool isPosition = array && std::ranges::all_of(token, [](char c) { return c >= '0' && c <= '9'; });
        pointer = isPosition ? joinPointer(pointer, std::stoul(token) - 1) : joinPointer(pointer, token);
        const Object* current = value ? value->asObject() : object;
        value = isPosition ? &(*array)[std::min(std::stoul(token) - 1, array->size() - 1)]
                : current  ? current->find(token)
                           : nullptr;
        if (!value)
            break;
    }
    return pointer;
}

std::string shownName(const Item& item)
{
    for (const std::string_view field : {"name", "username", "key"})
        if (const Value* value = item.given.find(field); value && value->asString())
            return *value->asString();
    return {};
}

void reportItem(const Item& item, ConfigurationReport& report)
{
    for (const Leaf& leaf : sortedLeaves(item.errors))
        report.problems.push_back(problemOf(item, leaf.path, leaf.text));
    if (!item.errors.empty())
        report.flattened.push_back(flatten(item, item.errors));
    for (const auto& child : item.children)
        reportItem(*child, report);
}

} // namespace

Value& listAt(Object& object, std::string_view name, std::size_t position)
{
    Value* list = object.find(name);
    if (!list || !list->asArray())
        list = &object.set(name, Array{});
    list->asArray()->resize(std::max(list->asArray()->size(), position + 1));
    return (*list->asArray())[position];
}

Problem problemOf(const Item& item, std::string_view path, std::string message)
{
    Problem problem;
    problem.place.pointer = pointerOf(item, path);
    problem.message = std::move(message);
    problem.entity = item.type->name;
    problem.name = shownName(item);
    problem.field = path == "@entity" ? std::string() : std::string(path);
    return problem;
}

Object flatten(const Item& item, const SchemaErrors& errors)
{
    Object entry;
    if (const Value* id = item.given.find("id"); id && id->asString() && isUuid(*id->asString()))
        entry.set("entity_id", *id);
    if (const Value* name = item.given.find("name"); name && name->asString() && !name->asString()->empty())
        entry.set("entity_name", *name);
    if (const Value* tags = item.given.find("tags");
        tags && tags->asArray() && !tags->asArray()->empty() &&
        std::ranges::all_of(*tags->asArray(), [](const Value& tag) { return tag.asString() != nullptr; }))
        entry.set("entity_tags", *tags);
    Array list;
    for (const Leaf& leaf : sortedLeaves(errors)) {
        if (leaf.path == "@entity")
            list.push_back(Object{{"type", "entity"}, {"message", leaf.text}});
        else
            list.push_back(Object{{"type", "field"}, {"field", leaf.path}, {"message", leaf.text}});
    }
    entry.set("errors", std::move(list));
    entry.set("entity_type", item.type->singular);
    Object entity = item.given;
    if (item.parent && item.parent->given.contains("id"))
        entity.set(item.parentField, Object{{"id", *item.parent->given.find("id")}});
    entry.set("entity", std::move(entity));
    return entry;
}

void reportItems(const Document& document, ConfigurationReport& report)
{
    for (const auto& [name, error] : document.errors) {
        report.fields.set(name, error);
        report.unflattened.set(name, error);
        std::vector<Leaf> leaves;
        collectLeaves(error, "", leaves);
        for (Leaf& leaf : leaves) {
            Problem problem;
            problem.place.pointer = joinPointer("", name);
            problem.message = std::move(leaf.text);
            problem.field = name;
            report.problems.push_back(std::move(problem));
        }
    }
    for (const auto& item : document.items) {
        const Object errors = nestedErrors(*item);
        if (!errors.empty())
            listAt(report.fields, item->list, item->position) = errors;
        reportItem(*item, report);
    }
}

} // namespace claimsmith::gateway::declarative
