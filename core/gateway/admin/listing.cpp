// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/admin/listing.h"

#include "base/base64.h"
#include "base/text.h"
#include "gateway/admin/responses.h"
#include "gateway/plugins/all.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace claimsmith::gateway::admin {

using document::Array;
using document::Object;
using document::Value;
using http::Response;

namespace {

constexpr std::size_t usualPage = 100;
constexpr double largestPage = 1000;
constexpr std::size_t mostTags = 5;
constexpr std::string_view endOfRows = "end"; ///< as an offset

/// Whether to break where a Kong without a database does.
bool breaks(const Call& call) noexcept
{
    return !call.context.writes && call.snapshot->conduct() == Conduct::Kong;
}

bool hasTag(const Entity& entity, std::string_view tag)
{
    const Value* tags = entity.fields.find("tags");
    return tags && tags->asArray() && std::ranges::any_of(*tags->asArray(), [&](const Value& value) {
               return value.asString() && *value.asString() == tag;
           });
}

/// "a,b": all of them; "a/b": one of them.
struct TagFilter
{
    std::vector<std::string> tags;
    bool needsAll = true;

    bool passes(const Entity& entity) const
    {
        const auto has = [&](const std::string& tag) { return hasTag(entity, tag); };
        return needsAll ? std::ranges::all_of(tags, has) : std::ranges::any_of(tags, has);
    }
};

std::variant<TagFilter, Response> readFilter(const std::string& text)
{
    const bool alternatives = text.find('/') != std::string::npos;
    if (text.empty())
        return invalidOption("tags", "cannot be null");
    if (alternatives && text.find(',') != std::string::npos)
        return invalidOption("tags", "invalid filter syntax");
    TagFilter filter;
    filter.needsAll = !alternatives;
    for (const std::string_view tag : split(text, alternatives ? '/' : ','))
        filter.tags.emplace_back(tag);
    if (filter.tags.size() > mostTags)
        return invalidOption("tags", "cannot query more than 5 tags");
    return filter;
}

std::variant<std::size_t, Response> readSize(const Call& call)
{
    const auto text = call.argument("size");
    if (!text)
        return usualPage;
    if (call.query.all("size").size() > 1)
        return broken();
    char* end = nullptr;
    const double size = std::strtod(text->c_str(), &end);
    if (text->empty() || *end != '\0')
        return failure(ErrorKind::InvalidSize, "size must be a number");
    if (size < 1 || size > largestPage || std::trunc(size) != size)
        return failure(ErrorKind::InvalidSize, "size must be an integer between 1 and 1000");
    return static_cast<std::size_t>(size);
}

/// An offset is the id of the row that the page begins with.
std::variant<Rows::const_iterator, Response> readOffset(const Call& call, const Rows& rows)
{
    const auto text = call.argument("offset");
    if (!text)
        return rows.begin();
    if (text->empty() && breaks(call))
        return broken();
    const auto id = fromBase64Url(*text);
    if (!id && call.context.writes)
        return failure(ErrorKind::InvalidOffset, "'" + *text + "' is not a valid offset: bad base64 encoding");
    return id ? std::ranges::find(rows, *id, &Entity::id) : rows.end();
}

class Lister final
{
public:
    Lister(const Call& call, const Rows& rows, bool isNested) noexcept
        : m_call(call), m_rows(rows), m_isNested(isNested)
    {
    }

    Response run()
    {
        const auto tags = m_isNested ? std::nullopt : m_call.argument("tags");
        if (tags) {
            auto filter = readFilter(*tags);
            if (auto* answer = std::get_if<Response>(&filter))
                return std::move(*answer);
            m_filter = std::get<TagFilter>(std::move(filter));
        }
        auto size = readSize(m_call);
        if (auto* answer = std::get_if<Response>(&size))
            return std::move(*answer);
        auto begin = readOffset(m_call, m_rows);
        if (auto* answer = std::get_if<Response>(&begin))
            return std::move(*answer);
        return page(std::get<Rows::const_iterator>(begin), std::get<std::size_t>(size));
    }

private:
    Response page(Rows::const_iterator row, std::size_t size)
    {
        Array data;
        for (; row != m_rows.end() && data.size() < size; ++row)
            if (!m_filter || m_filter->passes(**row))
                data.push_back(shown(**row, m_call.entities()));
        // A Kong without a database ends in an error when it runs out of rows with these tags, unless there is but one
        // row.
        if (m_filter && data.size() < size && m_rows.size() > 1 && breaks(m_call))
            return broken();
        const bool isFull = data.size() == size;
        Object body{{"data", std::move(data)}, {"next", nullptr}};
        // A Kong without a database only sees on the next page that there is nothing more.
        if (row != m_rows.end() || (isFull && !m_isNested && breaks(m_call))) {
            const std::string offset = toBase64Url(row != m_rows.end() ? (*row)->id : std::string(endOfRows));
            body.set("offset", offset);
            body.set("next", nextPage(offset));
        }
        return json(200, body);
    }

    std::string nextPage(const std::string& offset) const
    {
        std::string next = std::string(m_call.path) + "?offset=" + http::percentEncode(offset);
        for (const std::string_view name : {"tags", "size"})
            if (const auto value = m_call.argument(name); value && !m_isNested)
                next += "&" + std::string(name) + "=" + http::percentEncode(*value);
        return next;
    }

    const Call& m_call;
    const Rows& m_rows;
    bool m_isNested;
    std::optional<TagFilter> m_filter;
};

Array namesOf(const Entity& certificate, const Entities& entities)
{
    std::vector<std::string> names;
    for (const Entity* sni : entities.referringTo("snis", "certificate", certificate.id))
        names.emplace_back(sni->text("name"));
    std::ranges::sort(names);
    return Array(names.begin(), names.end());
}

} // namespace

Rows sortedRows(const Entities& entities, std::string_view type)
{
    Rows rows;
    for (const auto& entity : entities.all(type))
        rows.push_back(entity.get());
    std::ranges::sort(rows, {}, &Entity::id);
    return rows;
}

Object shown(const Entity& entity, const Entities& entities)
{
    Object fields = entity.fields;
    if (entity.type->name == "certificates")
        fields.set("snis", namesOf(entity, entities));
    if (entity.type->name != "plugins")
        return fields;
    const PluginDescriptor* plugin = findPlugin(entity.text("name"));
    return plugin ? withOldNames(entitySchemaOf(*plugin).fields, std::move(fields)) : fields;
}

Response listCollection(const Call& call, const Rows& rows)
{
    return Lister(call, rows, false).run();
}

Response listNested(const Call& call, const Rows& rows)
{
    return Lister(call, rows, true).run();
}

} // namespace claimsmith::gateway::admin
