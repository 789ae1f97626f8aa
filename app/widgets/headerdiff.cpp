// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/headerdiff.h"

#include "base/text.h"

#include <algorithm>

namespace claimsmith::app {

namespace {

using Kind = HeaderDifference::Kind;

std::vector<std::string_view> namesOf(const http::HeaderMap& headers)
{
    std::vector<std::string_view> names;
    for (const auto& field : headers) {
        const bool known = std::any_of(names.begin(), names.end(),
                                       [&](std::string_view name) { return equalIgnoringCase(name, field.name); });
        if (!known)
            names.push_back(field.name);
    }
    return names;
}

std::vector<gateway::Author> authorsOf(const std::vector<gateway::HeaderChange>& changes, std::string_view name)
{
    std::vector<gateway::Author> authors;
    for (const auto& change : changes) {
        if (equalIgnoringCase(change.name, name) &&
            std::find(authors.begin(), authors.end(), change.by) == authors.end())
            authors.push_back(change.by);
    }
    return authors;
}

/// What a plugin did comes first in its group: it is what a reader looks for.
std::pair<Kind, bool> rank(const HeaderDifference& row)
{
    const bool byPlugin = std::any_of(row.by.begin(), row.by.end(), [](const gateway::Author& author) {
        return author.kind == gateway::Author::Kind::Plugin;
    });
    return {row.kind, !byPlugin};
}

} // namespace

std::vector<HeaderDifference> headerDifferences(const gateway::Trace& trace)
{
    std::vector<HeaderDifference> rows;
    if (!trace.upstream)
        return rows;
    const http::HeaderMap& sent = trace.request.headers;
    const http::HeaderMap& received = trace.upstream->headers;
    const auto changes = trace.requestChanges();

    for (const std::string_view name : namesOf(received)) {
        HeaderDifference row{Kind::Added, std::string(name), sent.joined(name), received.joined(name), {}};
        if (sent.contains(name))
            row.kind = row.sent == row.received ? Kind::Same : Kind::Changed;
        if (row.kind != Kind::Same)
            row.by = authorsOf(changes, name);
        rows.push_back(std::move(row));
    }
    for (const std::string_view name : namesOf(sent)) {
        if (!received.contains(name))
            rows.push_back({Kind::Removed, std::string(name), sent.joined(name), {}, authorsOf(changes, name)});
    }
    std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return rank(a) < rank(b); });
    return rows;
}

HeaderDifferenceCounts countsOf(const std::vector<HeaderDifference>& differences) noexcept
{
    HeaderDifferenceCounts counts;
    for (const auto& row : differences) {
        counts.changed += row.kind == Kind::Changed;
        counts.removed += row.kind == Kind::Removed;
        counts.added += row.kind == Kind::Added;
    }
    return counts;
}

} // namespace claimsmith::app
