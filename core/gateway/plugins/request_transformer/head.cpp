// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"
#include "gateway/plugin.h"
#include "gateway/plugins/request_transformer/arguments.h"
#include "gateway/plugins/request_transformer/checks.h"
#include "gateway/plugins/request_transformer/rendering.h"
#include "gateway/plugins/requestarguments.h"
#include "gateway/requestpath.h"

#include <algorithm>

namespace claimsmith::gateway::requesttransformer {
namespace {

/// Those that nginx has a number for.
constexpr std::string_view knownMethods[] = {"GET",      "HEAD",      "PUT",    "POST",  "DELETE",
                                             "OPTIONS",  "MKCOL",     "COPY",   "MOVE",  "LOCK",
                                             "PROPFIND", "PROPPATCH", "UNLOCK", "PATCH", "TRACE"};

bool isHost(std::string_view name) noexcept
{
    return equalIgnoringCase(name, "host");
}

std::vector<std::string_view> linesOf(const http::HeaderMap& headers, std::string_view name)
{
    return isHost(name) ? std::vector<std::string_view>() : findHeaderLines(headers, name);
}

/// Lines of one name in place of whatever had it.
void setLines(http::HeaderMap& headers, std::string_view name, const std::vector<std::string_view>& lines)
{
    headers.remove(name);
    for (const std::string_view line : lines)
        headers.add(name, line);
}

void renameHeader(http::HeaderMap& headers, const std::string& from, const std::string& to)
{
    const auto lines = linesOf(headers, from);
    if (lines.empty() || from == to)
        return;
    headers.remove(from);
    setLines(headers, to, lines);
}

void setQuery(Exchange& exchange, const Arguments& arguments)
{
    std::string query = arguments.toText(true);
    exchange.upstream.query = query.empty() ? std::nullopt : std::optional(std::move(query));
}

} // namespace

void transformUri(Rendering& rendering)
{
    const auto& uri = rendering.transformation.uri;
    if (!uri)
        return;
    const auto path = rendering.value(*uri);
    if (!path)
        return;
    const bool isPath = path->starts_with('/');
    if (rendering.findings) {
        Finding finding{.check = std::string(pathSet), .expected = "/…", .found = *path, .pointer = uri->pointer};
        isPath ? rendering.findings.passed(std::move(finding)) : rendering.findings.failed(std::move(finding));
    }
    if (!isPath)
        throw Fault{"[request-transformer] the path has to begin with '/': " + *path};
    rendering.exchange.upstream.path = encodePath(*path);
}

void transformMethod(Rendering& rendering)
{
    const auto& method = rendering.transformation.method;
    if (!method)
        return;
    Exchange& exchange = rendering.exchange;
    const bool isKnown = std::ranges::find(knownMethods, *method) != std::end(knownMethods);
    if (rendering.findings) {
        Finding finding{.check = std::string(methodSet), .expected = exchange.upstream.method, .found = *method};
        isKnown ? rendering.findings.passed(std::move(finding)) : rendering.findings.failed(std::move(finding));
    }
    if (!isKnown)
        throw Fault{"[request-transformer] no such method: " + *method};
    exchange.upstream.method = *method;
    if (!rendering.transformation.movesFormToQuery() || bodyKindOf(exchange.upstream.headers) != BodyKind::Form)
        return;
    const Arguments form(http::parseQuery(currentBody(exchange)));
    if (form.empty())
        return;
    Arguments query(http::parseQuery(exchange.upstream.query.value_or("")));
    query.merge(form);
    setQuery(exchange, query);
}

void transformHeaders(Rendering& rendering)
{
    const Transformation& change = rendering.transformation;
    if (!change.changesHeaders())
        return;
    UpstreamRequest& upstream = rendering.exchange.upstream;
    // Templates see the headers as they were until all of these operations are done.
    http::HeaderMap headers = upstream.headers;
    rendering.each(change.remove.headers, [&](const Rendered& item) {
        if (!isHost(item.entry.name))
            headers.remove(item.entry.name);
    });
    rendering.each(change.rename.headers, [&](const Rendered& item) {
        if (item.value)
            renameHeader(headers, item.entry.name, *item.value);
    });
    rendering.each(change.replace.headers, [&](const Rendered& item) {
        if (item.value && isHost(item.entry.name))
            upstream.hostHeader = *item.value;
        else if (item.value && !linesOf(headers, item.entry.name).empty())
            headers.set(item.entry.name, *item.value);
    });
    rendering.each(change.add.headers, [&](const Rendered& item) {
        if (item.value && !isHost(item.entry.name) && linesOf(headers, item.entry.name).empty())
            headers.add(item.entry.name, *item.value);
    });
    rendering.each(change.append.headers, [&](const Rendered& item) {
        if (!item.value || isHost(item.entry.name))
            return;
        auto lines = linesOf(headers, item.entry.name);
        lines.push_back(*item.value);
        setLines(headers, item.entry.name, lines);
    });
    rendering.headersBefore = std::move(upstream.headers);
    upstream.headers = std::move(headers);
}

void transformQuery(Rendering& rendering)
{
    const Transformation& change = rendering.transformation;
    if (!change.changesQuery())
        return;
    Arguments query(rendering.values.arguments());
    rendering.each(change.remove.query, [&](const Rendered& item) { query.remove(item.entry.name); });
    rendering.each(change.rename.query,
                   [&](const Rendered& item) { query.rename(item.entry.name, item.value.value_or("")); });
    rendering.each(change.replace.query, [&](const Rendered& item) {
        if (item.value && query.contains(item.entry.name))
            query.set(item.entry.name, *item.value);
    });
    rendering.each(change.add.query, [&](const Rendered& item) {
        if (item.value && !query.contains(item.entry.name))
            query.set(item.entry.name, *item.value);
    });
    rendering.each(change.append.query, [&](const Rendered& item) {
        if (item.value)
            query.append(item.entry.name, *item.value);
    });
    setQuery(rendering.exchange, query);
}

} // namespace claimsmith::gateway::requesttransformer
