// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/proxy_cache/schema.h"

#include "gateway/fieldrules.h"
#include "gateway/validation.h"

#include <algorithm>
#include <array>

namespace claimsmith::gateway::proxycache {

using document::Array;

namespace {

/// The shared dictionaries of a Kong as it is installed. Here they are one table.
constexpr std::array<std::string_view, 11> dictionaries = {
    "kong",
    "kong_locks",
    "kong_healthchecks",
    "kong_cluster_events",
    "kong_rate_limiting_counters",
    "kong_core_db_cache",
    "kong_core_db_cache_miss",
    "kong_db_cache",
    "kong_db_cache_miss",
    "kong_secrets",
    "kong_dns_cache",
};

CustomCheck::Errors checkDictionary(const document::Object& plugin)
{
    const document::Value* name = findPath(plugin, "config.memory.dictionary_name");
    if (!name || !name->asString() || std::ranges::find(dictionaries, *name->asString()) != dictionaries.end())
        return {};
    return {{"@entity", "missing shared dict '" + *name->asString() + "'"}};
}

Field memoryField()
{
    return recordField("memory",
                       {stringField("dictionary_name")
                            .describe("The name of the shared dictionary in which to hold cache entities when the "
                                      "memory strategy is selected. Note that this dictionary currently must be "
                                      "defined manually in the Kong Nginx template.")
                            .require()
                            .defaultTo("kong_db_cache")})
        .require();
}

Field headersSwitches()
{
    return recordField("response_headers",
                       {
                           booleanField("age").defaultTo(true),
                           booleanField("X-Cache-Status").defaultTo(true),
                           booleanField("X-Cache-Key").defaultTo(true),
                       })
        .describe("Caching related diagnostic headers that should be included in cached responses")
        .require();
}

Field configField()
{
    return recordField(
               "config",
               {
                   arrayField("response_code", integerField().range(100, 900))
                       .describe("Upstream response status code considered cacheable.")
                       .require()
                       .length(1, std::nullopt)
                       .defaultTo(Array{200, 301, 404}),
                   arrayField("request_method", stringField().oneOf({"HEAD", "GET", "POST", "PATCH", "PUT"}))
                       .describe("Downstream request methods considered cacheable.")
                       .require()
                       .defaultTo(Array{"GET", "HEAD"}),
                   arrayField("content_type", stringField())
                       .describe("Upstream response content types considered cacheable. The plugin performs an "
                                 "**exact match** against each specified value.")
                       .require()
                       .defaultTo(Array{"text/plain", "application/json"}),
                   integerField("cache_ttl")
                       .describe("TTL, in seconds, of cache entities.")
                       .measuredIn("s")
                       .exceed(0)
                       .defaultTo(300),
                   stringField("strategy")
                       .describe("The backing data store in which to hold cache entities.")
                       .require()
                       .oneOf({"memory"}),
                   booleanField("cache_control")
                       .describe("When enabled, respect the Cache-Control behaviors defined in RFC7234.")
                       .require()
                       .defaultTo(false),
                   booleanField("ignore_uri_case")
                       .hint("Whether paths that differ only in case are one.")
                       .annotate("required", false)
                       .defaultTo(false),
                   integerField("storage_ttl")
                       .describe("Number of seconds to keep resources in the storage backend. This value is "
                                 "independent of `cache_ttl` or resource TTLs defined by Cache-Control behaviors.")
                       .measuredIn("s"),
                   memoryField(),
                   arrayField("vary_query_params", stringField())
                       .describe("Relevant query parameters considered for the cache key. If undefined, all params "
                                 "are taken into consideration."),
                   arrayField("vary_headers", stringField())
                       .describe("Relevant headers considered for the cache key. If undefined, none of the headers "
                                 "are taken into consideration."),
                   headersSwitches(),
               })
        .require();
}

} // namespace

const Schema& schema()
{
    static const Schema proxyCache{
        .fields = {protocolsField({"grpc", "grpcs", "http", "https"}), configField()},
        .checks = {CustomCheck{checkDictionary, {"config"}}},
    };
    return proxyCache;
}

} // namespace claimsmith::gateway::proxycache
