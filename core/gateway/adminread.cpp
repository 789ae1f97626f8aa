// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/adminread.h"

#include "base/base64.h"
#include "base/text.h"
#include "http/query.h"

#include <algorithm>
#include <charconv>

namespace claimsmith::gateway {

using document::Array;
using document::Object;
using document::Value;

namespace {

constexpr std::size_t usualPage = 100;
constexpr std::size_t largestPage = 1000;

std::string_view pathOf(const EntityType& type) noexcept
{
    return type.path.empty() ? type.name : type.path;
}

std::string_view nestedPathOf(const EntityType& type) noexcept
{
    return type.nestedPath.empty() ? pathOf(type) : type.nestedPath;
}

/// Targets have no collection of their own.
const EntityType* findCollection(std::string_view path) noexcept
{
    const auto found = std::ranges::find(entityTypes(), path, [](const EntityType* type) { return pathOf(*type); });
    return found == entityTypes().end() || (*found)->name == "targets" ? nullptr : *found;
}

/// The kind that is nested under `parent` at this path, and the field that refers to the parent.
struct Nested
{
    const EntityType* type = nullptr;
    std::string_view field;
};

Nested findNested(const EntityType& parent, std::string_view path)
{
    for (const EntityType* type : entityTypes())
        if (nestedPathOf(*type) == path)
            for (const Field& field : type->schema().fields)
                if (field.reference == parent.name)
                    return {type, field.name};
    return {};
}

Answer notFound()
{
    return exitAnswer(404, Object{{"message", "Not found"}});
}

Answer invalid(int code, std::string_view name, std::string_view message)
{
    return exitAnswer(400, Object{{"code", code}, {"name", name}, {"message", message}});
}

bool hasTag(const Entity& entity, std::string_view tag)
{
    const Value* tags = entity.fields.find("tags");
    return tags && tags->asArray() && std::ranges::any_of(*tags->asArray(), [&](const Value& value) {
               return value.asString() && *value.asString() == tag;
           });
}

/// "a,b": all of them, "a/b": one of them.
bool passesFilter(const Entity& entity, std::string_view filter)
{
    const bool any = filter.find('/') != std::string_view::npos;
    const auto tags = split(filter, any ? '/' : ',');
    const auto has = [&](std::string_view tag) { return hasTag(entity, tag); };
    return any ? std::ranges::any_of(tags, has) : std::ranges::all_of(tags, has);
}

class Reader final
{
public:
    Reader(const Snapshot& snapshot, std::string_view path, std::string_view query)
        : m_entities(snapshot.entities()), m_path(path), m_arguments(http::parseQuery(query))
    {
        for (const std::string_view segment : split(path, '/'))
            if (!segment.empty())
                m_segments.push_back(http::percentDecode(segment));
    }

    std::optional<Answer> run() const
    {
        const EntityType* type = m_segments.empty() ? nullptr : findCollection(m_segments[0]);
        if (!type || m_segments.size() > 4)
            return std::nullopt;
        if (m_segments.size() == 1)
            return list(rowsOf(*type), true);
        const Entity* entity = findOne(*type, m_segments[1]);
        if (m_segments.size() == 2)
            return entity ? exitAnswer(200, entity->fields) : notFound();
        return below(*type, entity);
    }

private:
    std::optional<Answer> below(const EntityType& type, const Entity* entity) const
    {
        if (const Nested nested = findNested(type, m_segments[2]); nested.type) {
            if (!entity)
                return notFound();
            const auto rows = m_entities.referringTo(nested.type->name, nested.field, entity->id);
            return m_segments.size() == 3 ? list(rows, false) : one(*nested.type, rows);
        }
        const Field* field = type.schema().find(m_segments[2]);
        if (!field || field->type != FieldType::Foreign || m_segments.size() == 4)
            return std::nullopt;
        const Entity* parent = entity ? m_entities.find(field->reference, entity->reference(field->name)) : nullptr;
        return parent ? exitAnswer(200, parent->fields) : notFound();
    }

    Answer one(const EntityType& type, const std::vector<const Entity*>& rows) const
    {
        const Entity* wanted = findOne(type, m_segments[3]);
        return wanted && std::ranges::find(rows, wanted) != rows.end() ? exitAnswer(200, wanted->fields) : notFound();
    }

    const Entity* findOne(const EntityType& type, std::string_view key) const
    {
        const Entity* byId = m_entities.find(type.name, key);
        return byId ? byId : m_entities.findByName(type.name, key);
    }

    std::vector<const Entity*> rowsOf(const EntityType& type) const
    {
        std::vector<const Entity*> rows;
        for (const auto& entity : m_entities.all(type.name))
            rows.push_back(entity.get());
        return rows;
    }

    std::optional<std::string> argument(std::string_view name) const
    {
        const auto* found = m_arguments.find(name);
        return found ? std::optional(found->value.value_or("")) : std::nullopt;
    }

    Answer list(std::vector<const Entity*> rows, bool filters) const
    {
        if (const auto tags = argument("tags"); tags && filters) {
            if (tags->empty())
                return invalid(11, "invalid options", "invalid option (tags: cannot be null)");
            if (tags->find(',') != std::string::npos && tags->find('/') != std::string::npos)
                return invalid(11, "invalid options", "invalid option (tags: invalid filter syntax)");
            std::erase_if(rows, [&](const Entity* entity) { return !passesFilter(*entity, *tags); });
        }
        std::size_t size = usualPage;
        if (const auto text = argument("size")) {
            const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), size);
            if (error != std::errc() || end != text->data() + text->size())
                return invalid(9, "invalid size", "size must be a number");
            if (size < 1 || size > largestPage)
                return invalid(9, "invalid size", "size must be an integer between 1 and 1000");
        }
        const auto begin = startOfPage();
        if (!begin)
            return invalid(7, "invalid offset",
                           "'" + *argument("offset") + "' is not a valid offset: bad base64 encoding");
        return page(rows, std::min(*begin, rows.size()), size);
    }

    std::optional<std::size_t> startOfPage() const
    {
        const auto offset = argument("offset");
        if (!offset)
            return 0;
        const auto text = fromBase64Url(*offset);
        std::size_t begin = 0;
        if (!text || std::from_chars(text->data(), text->data() + text->size(), begin).ec != std::errc())
            return std::nullopt;
        return begin;
    }

    Answer page(const std::vector<const Entity*>& rows, std::size_t begin, std::size_t size) const
    {
        const std::size_t end = std::min(rows.size(), begin + size);
        Array data;
        for (std::size_t i = begin; i < end; ++i)
            data.push_back(rows[i]->fields);
        Object body{{"data", std::move(data)}, {"next", nullptr}};
        if (end < rows.size()) {
            const std::string offset = toBase64Url(std::to_string(end));
            std::string next = m_path + "?offset=" + offset;
            for (const std::string_view name : {"tags", "size"})
                if (const auto value = argument(name); value && m_segments.size() == 1)
                    next += "&" + std::string(name) + "=" + http::formEncode(*value);
            body.set("offset", offset);
            body.set("next", next);
        }
        return exitAnswer(200, std::move(body));
    }

    const Entities& m_entities;
    std::string m_path;
    http::QueryArguments m_arguments;
    std::vector<std::string> m_segments;
};

} // namespace

std::optional<Answer> readEntities(const Snapshot& snapshot, std::string_view path, std::string_view query)
{
    return Reader(snapshot, path, query).run();
}

} // namespace claimsmith::gateway
