// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/random.h"
#include "gateway/declarative/deck.h"
#include "gateway/declarative/item.h"
#include "gateway/plugins/all.h"

#include <algorithm>
#include <unordered_map>

namespace claimsmith::gateway::declarative {

using document::Array;
using document::joinPointer;
using document::Object;
using document::Value;

namespace {

bool isEmptyObject(const Value& value)
{
    return value.asObject() && value.asObject()->empty();
}

class Reader final
{
public:
    explicit Reader(const BuildOptions& options) noexcept : m_options(options) {}

    Document read(const Value& source)
    {
        Document document;
        static const Object nothing;
        const Object& members = source.asObject() ? *source.asObject() : nothing;
        m_source = &members;
        readVersion(document, members);
        if (m_options.edition == Edition::Enterprise) {
            m_deck = DeckSettings(members, document.errors);
            document.transform = !m_deck.hasDigests();
        }
        for (const auto& [name, value] : members)
            if (members.find(name) == &value) // of repeated keys the last one counts
                readMember(document, name, value);
        return document;
    }

private:
    void readVersion(Document& document, const Object& members)
    {
        const Value* version = members.find("_format_version");
        if (!version || version->isNull())
            document.errors.set("_format_version", "required field missing");
        else if (!version->asString())
            document.errors.set("_format_version", "expected a string");
        else if (*version->asString() == "1.1" || *version->asString() == "2.1")
            m_migrates = true;
        else if (*version->asString() != "3.0")
            document.errors.set("_format_version", "expected one of: 1.1, 2.1, 3.0");
    }

    void readMember(Document& document, const std::string& name, const Value& value)
    {
        if (name == "_format_version")
            return;
        if (name == "_transform" && !value.isNull()) {
            if (!value.asBoolean())
                document.errors.set(name, "expected a boolean");
            else
                document.transform = document.transform && *value.asBoolean();
            return;
        }
        if (readRemark(name, value, document.errors))
            return;
        if (m_options.edition == Edition::Enterprise && DeckSettings::hasMember(name))
            return;
        const EntityType* type = findEntityType(name);
        if (!type || !type->isKnownTo(m_options.edition)) {
            document.errors.set(name, "unknown field");
            return;
        }
        readList({type, {}, type->name}, value, joinPointer("", name), nullptr, document.items, document.errors);
    }

    /// `_comment` and `_ignore` may stand anywhere.
    static bool readRemark(const std::string& name, const Value& value, SchemaErrors& errors)
    {
        if (name != "_comment" && name != "_ignore")
            return false;
        if (value.isNull())
            return true;
        if (name == "_comment" && !value.asString())
            errors.set(name, "expected a string");
        if (name == "_ignore" && !value.asArray() && !isEmptyObject(value))
            errors.set(name, "expected an array");
        return true;
    }

    void readList(const ListKind& kind, const Value& value, const std::string& pointer, Item* parent, Items& items,
                  SchemaErrors& errors)
    {
        if (value.isNull() || isEmptyObject(value))
            return;
        if (!value.asArray()) {
            errors.set(kind.name, "expected an array");
            return;
        }
        Array shapes;
        const Array& list = *value.asArray();
        for (std::size_t i = 0; i < list.size(); ++i) {
            if (!list[i].asObject()) {
                shapes.resize(i + 1);
                shapes[i] = "expected a record";
                continue;
            }
            auto item = std::make_unique<Item>();
            item->type = kind.type;
            item->pointer = joinPointer(pointer, i);
            item->parent = parent;
            item->parentField = kind.field;
            item->list = kind.name;
            item->position = i;
            readItem(*item, *list[i].asObject(), kind);
            items.push_back(std::move(item));
        }
        if (!shapes.empty())
            errors.set(kind.name, std::move(shapes));
    }

    void readItem(Item& item, const Object& source, const ListKind& kind)
    {
        const auto& lists = listsOf(*item.type, m_options.edition);
        SchemaErrors shapes;
        for (const auto& [name, value] : source) {
            if (source.find(name) != &value)
                continue;
            const auto list = std::ranges::find(lists, name, &ListKind::name);
            if (list != lists.end())
                readList(*list, value, joinPointer(item.pointer, name), &item, item.children, shapes);
            if (list == lists.end() || shapes.contains(name))
                item.given.append(name, value);
        }
        if (kind.otherSide.empty())
            validateItem(item, shapes);
        else
            readOtherSide(item, kind.otherSide);
        for (auto& [name, error] : shapes)
            item.errors.set(name, std::move(error));
    }

    void validateItem(Item& item, const SchemaErrors& shapes)
    {
        Object own;
        SchemaErrors remarks;
        for (const auto& [name, value] : item.given)
            if (!readRemark(name, value, remarks) && !shapes.contains(name))
                own.append(name, value);
        if (m_migrates && item.type->name == "routes")
            migrateRoute(own);
        const Schema* schema = schemaOf(item, own);
        if (!schema)
            return;
        if (const Value* url = own.find("url");
            item.type->name == "services" && url && !url->isNull() && !url->asString())
            remarks.set("url", "expected a string");
        expandShorthands(*item.type, own);
        if (m_options.edition == Edition::Enterprise) {
            m_deck.complete(*item.type, own, remarks);
            expandShorthands(*item.type, own); // what was added may stand for something too
        }
        item.fields = withDefaults(schema->fields, std::move(own));
        item.errors = validate(*schema, item.fields, ForeignForm::Document);
        if (!item.parentField.empty() && !item.given.contains(item.parentField))
            forgiveMissingParent(item);
        checkKeySet(item);
        for (auto& [name, error] : remarks)
            item.errors.set(name, std::move(error));
    }

    /// Makes a relation of what names its other side by id or name. Whatever else is said there is said again where
    /// that entity stands.
    void readOtherSide(Item& item, std::string_view field)
    {
        const EntityType& other = *findEntityType(item.type->schema().find(field)->reference);
        for (const auto& [name, value] : item.given)
            if (!other.schema().find(name) && !readRemark(name, value, item.errors))
                item.errors.set(name, "unknown field");
        const Value* id = item.given.find("id");
        const std::string_view key = id ? std::string_view("id") : other.lookupKey;
        const Value* given = item.given.find(key);
        if (!given || given->isNull())
            item.errors.set(key, "required field missing");
        else if (!given->asString())
            item.errors.set(key, "expected a string");
        else
            item.fields = withDefaults(item.type->schema().fields, Object{{std::string(field), *given->asString()}});
    }

    /// The place in the document tells the parent. Of a parent that has no name Kong only knows later, and says so when
    /// something else is wrong too.
    static void forgiveMissingParent(Item& item)
    {
        const bool isKnownLater = item.parent->type->lookupKey.empty() && !item.parent->given.contains("id");
        if (!isKnownLater || item.errors.size() == 1)
            item.errors.remove(item.parentField);
    }

    /// Kong wants the id of a key set, or the name of one that the document has.
    void checkKeySet(Item& item) const
    {
        const Value* set = item.type->name == "keys" ? item.fields.find("set") : nullptr;
        const std::string* name = set ? set->asString() : nullptr;
        if (!name || isUuid(*name))
            return;
        const Value* sets = m_source->find("key_sets");
        const bool isThere = sets && sets->asArray() && std::ranges::any_of(*sets->asArray(), [&](const Value& other) {
                                 const std::string* otherName = other.findString("name");
                                 return otherName && *otherName == *name;
                             });
        if (!isThere)
            item.errors.set("set", Object{{"id", "missing primary key"}});
    }

    /// Null, with an error, for a plugin that can't be known.
    const Schema* schemaOf(Item& item, const Object& own) const
    {
        if (item.type->name != "plugins")
            return &item.type->schemaIn(m_options.edition);
        const Value* name = own.find("name");
        if (!name || name->isNull()) {
            item.errors.set("name", "required field missing");
            return nullptr;
        }
        if (!name->asString()) {
            item.errors.set("name", "expected a string");
            return nullptr;
        }
        item.plugin = findPlugin(*name->asString(), m_options.edition);
        if (!item.plugin) {
            item.errors.set("name", notEnabled(*name->asString()));
            return nullptr;
        }
        return &entitySchemaOf(*item.plugin, m_options.edition);
    }

    const BuildOptions& m_options;
    const Object* m_source = nullptr; ///< the document
    DeckSettings m_deck;
    bool m_migrates = false;
};

} // namespace

std::string notEnabled(std::string_view plugin)
{
    return "plugin '" + std::string(plugin) + "' not enabled; add it to the 'plugins' configuration property";
}

bool Item::isSound() const noexcept
{
    return errors.empty() && std::ranges::all_of(children, [](const auto& child) { return child->isSound(); });
}

bool Document::isSound() const noexcept
{
    return errors.empty() && std::ranges::all_of(items, [](const auto& item) { return item->isSound(); });
}

namespace {

/// decK's names for the two lists in which consumers and their groups tell of each other.
void addShortLists(std::vector<ListKind>& lists, const EntityType& parent)
{
    const EntityType* membership = findEntityType("consumer_group_consumers");
    if (parent.name == "consumers")
        lists.push_back({membership, "consumer", "groups", "consumer_group"});
    if (parent.name == "consumer_groups")
        lists.push_back({membership, "consumer_group", "consumers", "consumer"});
}

std::vector<ListKind> makeLists(const EntityType& parent, Edition edition)
{
    std::vector<ListKind> lists;
    for (const EntityType* type : entityTypes()) {
        const auto& fields = type->schema().fields;
        const auto field = std::ranges::find(
            fields, parent.name, [](const Field& candidate) { return std::string_view(candidate.reference); });
        if (field != fields.end() && type->isKnownTo(edition))
            lists.push_back({type, field->name, type->name});
    }
    if (edition == Edition::Enterprise)
        addShortLists(lists, parent);
    return lists;
}

using Lists = std::unordered_map<const EntityType*, std::vector<ListKind>>;

Lists makeAllLists(Edition edition)
{
    Lists lists;
    for (const EntityType* type : entityTypes())
        lists.emplace(type, makeLists(*type, edition));
    return lists;
}

} // namespace

const std::vector<ListKind>& listsOf(const EntityType& parent, Edition edition)
{
    static const Lists openSource = makeAllLists(Edition::OpenSource);
    static const Lists enterprise = makeAllLists(Edition::Enterprise);
    return (edition == Edition::Enterprise ? enterprise : openSource).at(&parent);
}

Document readItems(const Value& document, const BuildOptions& options)
{
    return Reader(options).read(document);
}

} // namespace claimsmith::gateway::declarative
