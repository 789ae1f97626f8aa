// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/json.h"
#include "gateway/declarative/item.h"

#include <string>
#include <unordered_map>
#include <unordered_set>

namespace claimsmith::gateway::declarative {

using document::Array;
using document::Object;
using document::Value;

namespace {

/// A text of the item itself; empty when it has no such name.
std::string_view lookupName(const Item& item)
{
    if (item.type->lookupKey.empty())
        return {};
    const Value* value = item.fields.find(item.type->lookupKey);
    return value && value->asString() ? std::string_view(*value->asString()) : std::string_view();
}

/// Looks up texts of items, which stay where they are until all are linked.
struct Key
{
    std::string_view type;
    std::string_view field;
    std::string_view text;
    friend bool operator==(const Key&, const Key&) = default;
};

struct KeyHash
{
    std::size_t operator()(const Key& key) const noexcept
    {
        const std::hash<std::string_view> hash;
        return (hash(key.type) * 31 + hash(key.field)) * 31 + hash(key.text);
    }
};

std::string quote(std::string_view text)
{
    return "'" + std::string(text) + "'";
}

std::string repeated(const Item& item, std::string_view field, std::string_view value)
{
    return "uniqueness violation: " + quote(item.type->name) + " entity with " + std::string(field) + " set to " +
           quote(value) + " already declared";
}

class Linker final
{
public:
    Linker(Entities& entities, ConfigurationReport& report, bool transforms) noexcept
        : m_entities(entities), m_report(report), m_transforms(transforms)
    {
    }

    bool run(const Items& items)
    {
        index(items);
        if (m_isSound)
            checkUniqueFields(items);
        if (m_isSound)
            resolve(items);
        if (m_isSound)
            collect(items);
        return m_isSound;
    }

private:
    /// Ids and lookup keys, which other entities refer to.
    void index(const Items& items)
    {
        for (const auto& item : items) {
            index(item->children);
            if (item->id.empty()) // a relation
                continue;
            const std::string_view name = lookupName(*item);
            if (!name.empty() && !m_byName.emplace(Key{item->type->name, {}, name}, item.get()).second) {
                fail(*item, item->type->lookupKey, repeated(*item, item->type->lookupKey, name));
                listAt(m_report.fields, item->type->name, item->position) =
                    repeated(*item, item->type->lookupKey, name);
                flattenRepeated(*item, repeated(*item, item->type->lookupKey, name));
            } else if (!m_byId.emplace(Key{item->type->name, {}, item->id}, item.get()).second) {
                failRepeatedId(*item);
            }
        }
    }

    void failRepeatedId(const Item& item)
    {
        const std::string text = repeated(item, "primary key", item.id);
        fail(item, "id", text);
        if (!item.parent) {
            listAt(m_report.fields, item.type->name, item.position) = text;
        } else {
            Value& parent = listAt(m_report.fields, item.parent->type->name, item.parent->position);
            if (!parent.asObject())
                parent = Object{};
            listAt(*parent.asObject(), item.type->name, item.position) = text;
        }
        flattenRepeated(item, text);
    }

    /// Only what Kong finds again in the document has a flattened entry.
    void flattenRepeated(const Item& item, const std::string& text)
    {
        const bool isFoundAgain = !item.parent || (!item.parent->parent && lookupName(item).empty());
        if (!isFoundAgain) {
            m_report.unflattened = m_report.fields;
            return;
        }
        Item copy;
        copy.type = item.type;
        copy.given = item.given;
        if (!copy.given.contains("id"))
            copy.given.set("id", item.id);
        if (item.parent)
            copy.given.set(item.parentField, Object{{"id", item.parent->id}});
        SchemaErrors errors;
        addError(errors, "@entity", text);
        m_report.flattened.push_back(flatten(copy, errors));
    }

    void checkUniqueFields(const Items& items)
    {
        for (const auto& item : items) {
            checkUniqueFields(item->children);
            for (const Field& field : item->type->schema().fields) {
                const Value* value = item->fields.find(field.name);
                if (!field.unique || field.name == item->type->lookupKey || !value || !value->asString())
                    continue;
                if (m_unique.insert(Key{item->type->name, field.name, *value->asString()}).second)
                    continue;
                const std::string text = repeated(*item, field.name, *value->asString());
                fail(*item, field.name, text);
                keyed(*item).set(place(*item), text);
            }
        }
    }

    void resolve(const Items& items)
    {
        for (const auto& item : items) {
            if (item->parent)
                item->fields.set(item->parentField, Object{{"id", item->parent->id}});
            for (const Field& field : item->type->schema().fields)
                if (field.type == FieldType::Foreign)
                    resolveField(*item, field);
            resolve(item->children);
        }
    }

    void resolveField(Item& item, const Field& field)
    {
        Value* value = item.fields.find(field.name);
        if (!value || value->isNull() || (item.parent && item.parentField == field.name))
            return;
        const std::string* wanted = value->asString() ? value->asString() : value->findString("id");
        const Item* target = wanted ? find(field.reference, *wanted) : nullptr;
        if (target) {
            *value = Object{{"id", target->id}};
            return;
        }
        const std::string shown = value->asString() ? *value->asString() : document::toJson(*value);
        const std::string text =
            "invalid reference '" + field.name + ": " + shown + "' (no such entry in '" + field.reference + "')";
        fail(item, field.name, text);
        const Value* known = keyed(item).find(place(item));
        listAt(keyed(item), place(item), known && known->asArray() ? known->asArray()->size() : 0) = text;
    }

    const Item* find(std::string_view type, std::string_view idOrName) const
    {
        if (const auto byId = m_byId.find(Key{type, {}, idOrName}); byId != m_byId.end())
            return byId->second;
        const auto byName = m_byName.find(Key{type, {}, idOrName});
        return byName == m_byName.end() ? nullptr : byName->second;
    }

    void collect(const Items& items)
    {
        for (const auto& item : items) {
            if (item->type->isRelation && !joins(*item))
                continue;
            if (m_transforms && item->type->transform)
                item->type->transform(item->fields);
            m_entities.add(Entity{item->type, item->id, std::move(item->fields), item->pointer});
            collect(item->children);
        }
    }

    /// Whether the relation says something new. Gives it its id.
    bool joins(Item& item)
    {
        std::string sides;
        for (const Field& field : item.type->schema().fields)
            if (field.type == FieldType::Foreign)
                sides += (sides.empty() ? "" : ":") + *item.fields.find(field.name)->findString("id");
        if (!m_joined.insert(std::string(item.type->name) + ":" + sides).second)
            return false;
        if (item.id.empty()) {
            item.id = relationId(*item.type, sides);
            item.fields.set("id", item.id);
        }
        return true;
    }

    Object& keyed(const Item& item)
    {
        Value* value = m_report.fields.find(item.type->name);
        if (!value || !value->asObject())
            value = &m_report.fields.set(item.type->name, Object{});
        return *value->asObject();
    }

    static std::string place(const Item& item)
    {
        const std::string_view name = lookupName(item);
        const std::string id = item.id.empty() ? std::to_string(item.position + 1) : item.id;
        return name.empty() ? id : std::string(name);
    }

    void fail(const Item& item, std::string_view field, std::string message)
    {
        m_isSound = false;
        m_report.problems.push_back(problemOf(item, field, std::move(message)));
    }

    Entities& m_entities;
    ConfigurationReport& m_report;
    bool m_transforms;
    bool m_isSound = true;
    std::unordered_map<Key, const Item*, KeyHash> m_byName;
    std::unordered_map<Key, const Item*, KeyHash> m_byId;
    std::unordered_set<Key, KeyHash> m_unique;
    std::unordered_set<std::string> m_joined;
};

} // namespace

bool linkItems(Document& document, Entities& entities, ConfigurationReport& report)
{
    return Linker(entities, report, document.transform).run(document.items);
}

} // namespace claimsmith::gateway::declarative
