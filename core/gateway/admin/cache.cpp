// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/admin/endpoints.h"
#include "gateway/admin/responses.h"
#include "gateway/plugins/proxy_cache/admin.h"

namespace claimsmith::gateway::admin {
namespace {

using http::Response;

Response asResponse(Answer answer)
{
    return {{answer.status, {}, {}, std::move(answer.headers)}, std::move(answer.body)};
}

Response purgeAll(const Call& call)
{
    return call.context.shared ? asResponse(proxycache::purgeAll(*call.snapshot, *call.context.shared)) : notFound();
}

template <Answer (*function)(const Snapshot&, SharedState&, std::string_view, TimePoint)>
Response onEntry(const Call& call)
{
    return call.context.shared
               ? asResponse(function(*call.snapshot, *call.context.shared, call.segments[1], systemClock().now()))
               : notFound();
}

template <Answer (*function)(const Snapshot&, SharedState&, std::string_view, std::string_view, TimePoint)>
Response onEntryOfPlugin(const Call& call)
{
    return call.context.shared ? asResponse(function(*call.snapshot, *call.context.shared, call.segments[1],
                                                     call.segments[3], systemClock().now()))
                               : notFound();
}

} // namespace

void addCacheEndpoints(std::vector<Endpoint>& list)
{
    list.push_back({"/proxy-cache", {{"DELETE", purgeAll}}});
    list.push_back({"/proxy-cache/{cache_key}",
                    {{"GET", onEntry<proxycache::showEntry>}, {"DELETE", onEntry<proxycache::purgeEntry>}}});
    list.push_back(
        {"/proxy-cache/{plugin_id}/caches/{cache_key}",
         {{"GET", onEntryOfPlugin<proxycache::showEntryOf>}, {"DELETE", onEntryOfPlugin<proxycache::purgeEntryOf>}}});
}

} // namespace claimsmith::gateway::admin
