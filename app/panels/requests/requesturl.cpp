// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/requests/requesturl.h"

#include "http/query.h"
#include "workspace/variables.h"

#include <algorithm>
#include <optional>

namespace claimsmith::app {

namespace {

using workspace::Row;

/// A URL cut around its query, which references and a fragment do not belong to.
struct Parts
{
    std::string_view base;
    std::optional<std::string_view> query;
    std::string_view fragment; ///< with its '#'
};

bool insideReference(const std::vector<workspace::Reference>& references, std::size_t offset)
{
    return std::any_of(references.begin(), references.end(),
                       [&](const auto& each) { return offset >= each.begin && offset < each.end; });
}

std::size_t findOutside(std::string_view text, char sought, const std::vector<workspace::Reference>& references)
{
    std::size_t at = text.find(sought);
    while (at != std::string_view::npos && insideReference(references, at))
        at = text.find(sought, at + 1);
    return at;
}

Parts partsOf(std::string_view url)
{
    const auto references = workspace::findReferences(url);
    Parts parts{url, {}, {}};
    if (const std::size_t hash = findOutside(url, '#', references); hash != std::string_view::npos) {
        parts.fragment = url.substr(hash);
        parts.base = url.substr(0, hash);
    }
    if (const std::size_t mark = findOutside(parts.base, '?', references); mark != std::string_view::npos) {
        parts.query = parts.base.substr(mark + 1);
        parts.base = parts.base.substr(0, mark);
    }
    return parts;
}

/// Encodes what would end or split an argument; references stay, to be replaced when the request is sent.
std::string encoded(std::string_view text, bool isName)
{
    const auto references = workspace::findReferences(text);
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool special = c == '&' || c == '#' || c == '+' || c == '%' || c == ' ' || (isName && c == '=');
        if (special && !insideReference(references, i))
            out += http::percentEncode(std::string_view(&text[i], 1));
        else
            out += c;
    }
    return out;
}

std::string argumentOf(const Row& row)
{
    return encoded(row.name, true) + "=" + encoded(row.value, false);
}

struct Argument
{
    std::string_view bytes;
    Row row;
};

std::string decoded(std::string_view text)
{
    std::string plain(text);
    std::replace(plain.begin(), plain.end(), '+', ' ');
    return http::percentDecode(plain);
}

std::vector<Argument> argumentsOf(std::string_view query)
{
    std::vector<Argument> arguments;
    while (!query.empty()) {
        const std::string_view part = query.substr(0, findOutside(query, '&', workspace::findReferences(query)));
        query.remove_prefix(std::min(part.size() + 1, query.size()));
        if (part.empty())
            continue;
        const auto references = workspace::findReferences(part);
        const std::size_t equals = findOutside(part, '=', references);
        Row row{true, decoded(part.substr(0, equals)), {}, {}};
        if (equals != std::string_view::npos)
            row.value = decoded(part.substr(equals + 1));
        arguments.push_back({part, std::move(row)});
    }
    return arguments;
}

/// The bytes that an argument had before, when name and value are still the same; each is used once.
std::string bytesFor(const Row& row, std::vector<Argument>& before)
{
    const auto same = std::find_if(before.begin(), before.end(), [&](const Argument& each) {
        return !each.bytes.empty() && each.row.name == row.name && each.row.value == row.value;
    });
    if (same == before.end())
        return argumentOf(row);
    std::string bytes(same->bytes);
    same->bytes = {};
    return bytes;
}

} // namespace

std::string displayedUrl(const workspace::Request& request)
{
    const Parts parts = partsOf(request.url);
    std::string query(parts.query.value_or(std::string_view{}));
    bool hasQuery = parts.query.has_value();
    for (const Row& row : request.params) {
        if (!row.enabled)
            continue;
        query += (query.empty() ? "" : "&") + argumentOf(row);
        hasQuery = true;
    }
    return std::string(parts.base) + (hasQuery ? "?" + query : std::string()) + std::string(parts.fragment);
}

workspace::Request withDisplayedUrl(workspace::Request request, std::string_view url)
{
    request.url = url;
    std::erase_if(request.params, [](const Row& row) { return row.enabled; });
    return request;
}

std::vector<Row> paramRows(const workspace::Request& request)
{
    const std::string url = displayedUrl(request);
    std::vector<Row> rows;
    for (auto& argument : argumentsOf(partsOf(url).query.value_or(std::string_view{})))
        rows.push_back(std::move(argument.row));
    for (const Row& row : request.params) {
        if (!row.enabled)
            rows.push_back(row);
    }
    return rows;
}

workspace::Request withParamRows(workspace::Request request, const std::vector<Row>& rows)
{
    const std::string url = displayedUrl(request);
    const Parts parts = partsOf(url);
    auto before = argumentsOf(parts.query.value_or(std::string_view{}));
    std::string query;
    request.params.clear();
    for (const Row& row : rows) {
        if (!row.enabled)
            request.params.push_back(row);
        else
            query += (query.empty() ? "" : "&") + bytesFor(row, before);
    }
    request.url = std::string(parts.base) + (query.empty() ? "" : "?" + query) + std::string(parts.fragment);
    return request;
}

} // namespace claimsmith::app
