// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/response_ratelimiting/schema.h"

#include "gateway/fieldrules.h"
#include "gateway/plugins/periods.h"
#include "gateway/plugins/redisfields.h"

namespace claimsmith::gateway::responseratelimiting {
namespace {

std::optional<std::string> checkOrder(const document::Value& limits)
{
    return checkLimitOrder(limits, "the");
}

Field limitsField()
{
    std::vector<Field> fields;
    std::vector<std::string> names;
    for (const Period& period : periods) {
        names.emplace_back(period.name);
        fields.push_back(numberField(names.back()).exceed(0));
    }
    Field limits = withChecks(recordField({}, std::move(fields)).require().check(checkOrder),
                              {FieldGroup{FieldGroup::Rule::AtLeastOne, std::move(names)}});
    return mapField("limits", stringField(), std::move(limits))
        .describe("A map that defines rate limits for the plugin.")
        .require()
        .length(1, std::nullopt);
}

std::vector<Field> configFields()
{
    return {
        stringField("header_name")
            .describe("The name of the response header used to increment the counters.")
            .defaultTo("x-kong-limit"),
        stringField("limit_by")
            .describe(
                "The entity that will be used when aggregating the limits: `consumer`, `credential`, `ip`. If the "
                "`consumer` or the `credential` cannot be determined, the system will always fallback to `ip`.")
            .oneOf({"consumer", "credential", "ip"})
            .defaultTo("consumer"),
        policyField(),
        booleanField("fault_tolerant")
            .describe("A boolean value that determines if the requests should be proxied even if Kong has troubles "
                      "connecting a third-party datastore. If `true`, requests will be proxied anyway, effectively "
                      "disabling the rate-limiting function until the datastore is working again. If `false`, then "
                      "the clients will see `500` errors.")
            .require()
            .defaultTo(true),
        redisField(),
        booleanField("block_on_first_violation")
            .describe("A boolean value that determines if the requests should be blocked as soon as one limit is being "
                      "exceeded. This will block requests that are supposed to consume other limits too.")
            .require()
            .defaultTo(false),
        booleanField("hide_client_headers")
            .describe("Optionally hide informative response headers.")
            .require()
            .defaultTo(false),
        limitsField(),
    };
}

} // namespace

const Schema& schema()
{
    static const Schema responseRatelimiting{
        .fields = {httpProtocolsField(),
                   recordField("config", configFields()).require().accept(redisShorthands("response-ratelimiting"))},
        .checks = redisChecks(),
    };
    return responseRatelimiting;
}

} // namespace claimsmith::gateway::responseratelimiting
