// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/rate_limiting/schema.h"

#include "gateway/fieldrules.h"
#include "gateway/plugins/config.h"
#include "gateway/plugins/periods.h"
#include "gateway/plugins/redisfields.h"

namespace claimsmith::gateway::ratelimiting {
namespace {

constexpr double synchronous = -1;
constexpr double leastSyncRate = 0.02;

std::optional<std::string> checkConfig(const document::Value& config)
{
    if (auto error = checkLimitOrder(config, "The"))
        return error;
    const double rate = numberSetting(config, "sync_rate", synchronous);
    if (rate == synchronous)
        return std::nullopt;
    if (textSetting(config, "policy") != "redis")
        return "sync_rate can only be used with the redis policy";
    if (rate < leastSyncRate)
        return "sync_rate must be greater than 0.02, or -1 to disable";
    return std::nullopt;
}

Field limitField(const Period& period)
{
    return numberField(std::string(period.name))
        .describe("The number of HTTP requests that can be made per " + std::string(period.name) + ".")
        .exceed(0);
}

std::vector<Field> configFields()
{
    std::vector<Field> fields;
    for (const Period& period : periods)
        fields.push_back(limitField(period));
    fields.push_back(stringField("limit_by")
                         .describe("The entity that is used when aggregating the limits.")
                         .oneOf({"consumer", "credential", "ip", "service", "header", "path"})
                         .defaultTo("consumer"));
    fields.push_back(headerNameField("header_name"));
    fields.push_back(pathField("path"));
    fields.push_back(policyField().allowEmpty());
    fields.push_back(booleanField("fault_tolerant")
                         .describe("A boolean value that determines if the requests should be proxied even if Kong has "
                                   "troubles connecting a third-party data store. If `true`, requests will be proxied "
                                   "anyway, effectively disabling the rate-limiting function until the data store is "
                                   "working again. If `false`, then the clients will see `500` errors.")
                         .require()
                         .defaultTo(true));
    fields.push_back(redisField());
    fields.push_back(booleanField("hide_client_headers")
                         .describe("Optionally hide informative response headers.")
                         .require()
                         .defaultTo(false));
    fields.push_back(numberField("error_code")
                         .describe("Set a custom error code to return when the rate limit is exceeded.")
                         .exceed(0)
                         .defaultTo(429));
    fields.push_back(stringField("error_message")
                         .describe("Set a custom error message to return when the rate limit is exceeded.")
                         .defaultTo("API rate limit exceeded"));
    fields.push_back(numberField("sync_rate")
                         .describe("How often to sync counter data to the central data store. A value of -1 results "
                                   "in synchronous behavior.")
                         .measuredIn("s")
                         .require()
                         .defaultTo(-1));
    return fields;
}

std::vector<EntityCheck> checks()
{
    std::vector<std::string> limits;
    for (const Period& period : periods)
        limits.push_back("config." + std::string(period.name));
    std::vector<EntityCheck> all{FieldGroup{FieldGroup::Rule::AtLeastOne, std::move(limits)}};
    for (EntityCheck& check : redisChecks())
        all.push_back(std::move(check));
    const auto needs = [&all](const char* limitBy, const char* field) {
        all.push_back(Conditional{"config.limit_by", matching().equal(limitBy), field, matching().require()});
    };
    needs("header", "config.header_name");
    needs("path", "config.path");
    return all;
}

} // namespace

const Schema& schema()
{
    static const Schema rateLimiting{
        .fields = {httpProtocolsField(), recordField("config", configFields())
                                             .require()
                                             .accept(redisShorthands("rate-limiting"))
                                             .check(checkConfig)},
        .checks = checks(),
    };
    return rateLimiting;
}

} // namespace claimsmith::gateway::ratelimiting
