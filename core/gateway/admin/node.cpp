// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/node.h"

#include "gateway/admin/bundle.h"
#include "gateway/admin/endpoints.h"
#include "gateway/admin/listing.h"
#include "gateway/admin/responses.h"
#include "gateway/plugins/all.h"

#include <algorithm>

namespace claimsmith::gateway::admin {

using document::Array;
using document::Object;
using document::Value;
using http::Response;

namespace {

Value number(std::uint64_t value)
{
    return Value(static_cast<std::int64_t>(value));
}

/// Names of the plugins that the configuration uses.
Array pluginsInUse(const Entities& entities)
{
    Array names;
    for (const Entity* plugin : sortedRows(entities, "plugins"))
        if (Value name(plugin->text("name")); std::ranges::find(names, name) == names.end())
            names.push_back(std::move(name));
    return names;
}

Object pluginsOnServer(Edition edition)
{
    Object available;
    for (const PluginDescriptor& plugin : allPlugins())
        if (edition == Edition::Enterprise || !plugin.enterpriseOnly)
            available.set(plugin.name, Object{{"version", "3.9.1"}, {"priority", plugin.priority}});
    return available;
}

Response showNode(const Call& call)
{
    const NodeIdentity& node = nodeIdentity();
    const Edition edition = call.snapshot->edition();
    return json(200, Object{{"tagline", "Welcome to kong"},
                            {"version", "3.9.1"},
                            {"edition", edition == Edition::OpenSource ? "community" : "enterprise"},
                            {"hostname", node.hostName},
                            {"node_id", node.id},
                            {"timers", Object{{"running", 0}, {"pending", 0}}},
                            {"plugins", Object{{"available_on_server", pluginsOnServer(edition)},
                                               {"enabled_in_cluster", pluginsInUse(call.entities())}}},
                            {"lua_version", "LuaJIT 2.1"},
                            {"configuration", Object{{"database", call.context.writes ? "postgres" : "off"},
                                                     {"router_flavor", "traditional_compatible"}}},
                            {"pids", Object{{"master", node.processId}, {"workers", Array{node.processId}}}}});
}

Response showStatus(const Call& call)
{
    const EngineCounters counters = call.context.counters();
    Object body{{"memory", Object{{"workers_lua_vms", Array{}}, {"lua_shared_dicts", Object{}}}},
                {"server", Object{{"connections_active", number(counters.connections)},
                                  {"connections_reading", 0},
                                  {"connections_writing", number(counters.connections)},
                                  {"connections_waiting", 0},
                                  {"connections_accepted", number(counters.requests)},
                                  {"connections_handled", number(counters.requests)},
                                  {"total_requests", number(counters.requests)}}}};
    if (call.context.writes)
        body.set("database", Object{{"reachable", true}});
    else
        body.set("configuration_hash", call.snapshot->hash());
    return json(200, body);
}

Response showTimers(const Call&)
{
    return json(200, Object{{"worker", Object{{"id", 0}, {"count", 1}}},
                            {"stats", Object{{"timers", Object{}}, {"sys", Object{{"total", 0}, {"running", 0}}}}}});
}

Response showEndpoints(const Call& call)
{
    std::vector<std::string> patterns(otherEndpoints().begin(), otherEndpoints().end());
    for (const Endpoint& endpoint : endpoints(call.snapshot->edition()))
        patterns.push_back(endpoint.pattern);
    std::ranges::sort(patterns);
    const auto repeated = std::ranges::unique(patterns);
    patterns.erase(repeated.begin(), repeated.end());
    return json(200, Object{{"data", Array(patterns.begin(), patterns.end())}});
}

Response showEnabledPlugins(const Call& call)
{
    std::vector<std::string_view> names(bundledPlugins().begin(), bundledPlugins().end());
    for (const PluginDescriptor& plugin : allPlugins())
        if (call.snapshot->edition() == Edition::Enterprise || !plugin.enterpriseOnly)
            names.push_back(plugin.name);
    std::ranges::sort(names);
    const auto repeated = std::ranges::unique(names);
    names.erase(repeated.begin(), repeated.end());
    return json(200, Object{{"enabled_plugins", Array(names.begin(), names.end())}});
}

Response showLogLevel(const Call& call)
{
    return message(200, "log level: " + call.memory.logLevel);
}

Response setLogLevel(const Call& call)
{
    static constexpr std::string_view levels[] = {"debug", "info", "notice", "warn", "error", "crit", "alert", "emerg"};
    const std::string& level = call.segments.back();
    if (std::ranges::find(levels, level) == std::end(levels))
        return message(400, "unknown log level: " + level);
    if (!call.context.writes)
        return message(405, "cannot change log level when not using a database");
    if (level == call.memory.logLevel)
        return message(200, "log level is already " + level);
    call.memory.logLevel = level;
    return message(200, "log level changed");
}

Response refuseClustering(const Call&)
{
    return message(400, "this endpoint is only available when Kong is configured to run as Control Plane for the "
                        "cluster");
}

Response refuseFilters(const Call&)
{
    return message(400, "this endpoint is only available when wasm is enabled");
}

Response refuseDns(const Call&)
{
    return message(501, "not implemented with the legacy DNS client");
}

/// There is no cache behind the entities: nothing is ever found in it.
Response findNothing(const Call&)
{
    return notFound();
}

Response dropNothing(const Call&)
{
    return empty(204);
}

} // namespace

void addNodeEndpoints(std::vector<Endpoint>& list)
{
    list.push_back({"/", {{"GET", showNode}}});
    list.push_back({"/status", {{"GET", showStatus}}});
    list.push_back({"/status/dns", {{"GET", refuseDns}}});
    list.push_back({"/timers", {{"GET", showTimers}}});
    list.push_back({"/endpoints", {{"GET", showEndpoints}}});
    list.push_back({"/plugins/enabled", {{"GET", showEnabledPlugins}}});
    list.push_back({"/debug/node/log-level", {{"GET", showLogLevel}}});
    list.push_back({"/debug/node/log-level/{log_level}", {{"PUT", setLogLevel}}});
    list.push_back({"/debug/cluster/log-level/{log_level}", {{"PUT", setLogLevel}}});
    list.push_back({"/clustering/data-planes", {{"GET", refuseClustering}}});
    list.push_back({"/clustering/status", {{"GET", refuseClustering}}});
    list.push_back({"/cache", {{"DELETE", dropNothing}}});
    list.push_back({"/cache/{key}", {{"GET", findNothing}, {"DELETE", dropNothing}}});
    list.push_back({"/filter-chains", {{"GET", refuseFilters}, {"POST", refuseFilters}}});
    for (const char* const pattern :
         {"/filter-chains/{filter_chains}", "/routes/{routes}/filter-chains", "/services/{services}/filter-chains"})
        list.push_back({pattern, {{"GET", refuseFilters}}});
}

} // namespace claimsmith::gateway::admin
