// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/proxy_cache/admin.h"

#include "gateway/plugins/proxy_cache/storedresponse.h"
#include "gateway/sharedstate.h"
#include "gateway/snapshot.h"

#include <algorithm>

namespace claimsmith::gateway::proxycache {

using document::Array;
using document::Object;
using document::Value;

namespace {

constexpr int formatVersion = 1; ///< of Kong's stored objects

bool isInUse(const Snapshot& snapshot)
{
    return std::ranges::any_of(snapshot.entities().all("plugins"),
                               [](const auto& plugin) { return plugin->text("name") == "proxy-cache"; });
}

/// A line as text; several lines of a name as a list, in the place of the first.
Object headersOf(const http::HeaderMap& headers)
{
    Object object;
    for (const http::HeaderField& field : headers) {
        if (object.contains(field.name))
            continue;
        const auto values = headers.values(field.name);
        object.set(field.name, values.size() == 1 ? Value(values.front()) : Value(Array(values.begin(), values.end())));
    }
    return object;
}

Value toValue(const StoredResponse& stored)
{
    return Object{{"status", stored.status},  {"headers", headersOf(stored.headers)},
                  {"body", stored.body},      {"body_len", stored.body.size()},
                  {"timestamp", stored.time}, {"ttl", stored.ttl},
                  {"version", formatVersion}, {"req_body", stored.requestBody}};
}

Answer show(SharedState& state, std::string_view key, TimePoint now)
{
    const auto found = state.responses.find(key, now);
    return found ? exitAnswer(200, toValue(**found)) : exitAnswer(404);
}

Answer purge(SharedState& state, std::string_view key, TimePoint now)
{
    return exitAnswer(state.responses.erase(key, now) ? 204 : 404);
}

} // namespace

Answer purgeAll(const Snapshot& snapshot, SharedState& state)
{
    if (isInUse(snapshot))
        state.responses.clear();
    return exitAnswer(204);
}

Answer showEntry(const Snapshot& snapshot, SharedState& state, std::string_view key, TimePoint now)
{
    return isInUse(snapshot) ? show(state, key, now) : exitAnswer(404);
}

Answer purgeEntry(const Snapshot& snapshot, SharedState& state, std::string_view key, TimePoint now)
{
    return isInUse(snapshot) ? purge(state, key, now) : exitAnswer(404);
}

Answer showEntryOf(const Snapshot& snapshot, SharedState& state, std::string_view plugin, std::string_view key,
                   TimePoint now)
{
    return snapshot.entities().find("plugins", plugin) ? show(state, key, now) : exitAnswer(404);
}

Answer purgeEntryOf(const Snapshot& snapshot, SharedState& state, std::string_view plugin, std::string_view key,
                    TimePoint now)
{
    return snapshot.entities().find("plugins", plugin) ? purge(state, key, now) : exitAnswer(404);
}

} // namespace claimsmith::gateway::proxycache
