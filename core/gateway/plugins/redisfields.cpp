// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/redisfields.h"

#include "base/log.h"
#include "gateway/fieldrules.h"
#include "gateway/plugins/config.h"

namespace claimsmith::gateway {

Field redisField()
{
    return recordField(
               "redis",
               {
                   hostField("host"),
                   portField("port").defaultTo(6379),
                   timeoutField("timeout")
                       .describe("An integer representing a timeout in milliseconds. Must be between 0 and 2^31-2.")
                       .range(0, 2147483646)
                       .defaultTo(2000),
                   stringField("username")
                       .describe("Username to use for Redis connections. If undefined, ACL authentication "
                                 "won't be performed. This requires Redis v6.0.0+. To be compatible with "
                                 "Redis v5.x.y, you can set it to `default`.")
                       .makeReferenceable(),
                   stringField("password")
                       .describe("Password to use for Redis connections. If undefined, no AUTH commands are "
                                 "sent to Redis.")
                       .makeEncrypted()
                       .makeReferenceable()
                       .allowEmpty(),
                   integerField("database")
                       .describe("Database to use for the Redis connection when using the `redis` strategy")
                       .defaultTo(0),
                   booleanField("ssl")
                       .describe("If set to true, uses SSL to connect to Redis.")
                       .annotate("required", false)
                       .defaultTo(false),
                   booleanField("ssl_verify")
                       .describe("If set to true, verifies the validity of the server SSL certificate. If "
                                 "setting this parameter, also configure `lua_ssl_trusted_certificate` in "
                                 "`kong.conf` to specify the CA (or server) certificate used by your Redis "
                                 "server. You may also need to configure `lua_ssl_verify_depth` accordingly.")
                       .annotate("required", false)
                       .defaultTo(false),
                   sniField("server_name").annotate("required", false),
               })
        .describe("Redis configuration")
        .require();
}

std::vector<Field> redisShorthands(const std::string& plugin)
{
    std::vector<Field> names;
    const auto add = [&](Field field, const std::string& member) {
        const std::string text =
            plugin + ": config.redis_" + member + " is deprecated, please use config.redis." + member + " instead";
        names.push_back(std::move(field).rename("redis_" + member).standFor({"redis", member}, text));
    };
    add(stringField(), "host");
    add(integerField(), "port");
    add(stringField().allowEmpty(), "password");
    add(stringField(), "username");
    add(booleanField(), "ssl");
    add(booleanField(), "ssl_verify");
    add(stringField(), "server_name");
    add(integerField(), "timeout");
    add(integerField(), "database");
    return names;
}

std::vector<EntityCheck> redisChecks()
{
    std::vector<EntityCheck> checks;
    for (const char* const field : {"config.redis.host", "config.redis.port", "config.redis.timeout"})
        checks.push_back(Conditional{"config.policy", matching().equal("redis"), field, matching().require()});
    return checks;
}

Field policyField()
{
    return stringField("policy")
        .describe("The rate-limiting policies to use for retrieving and incrementing the limits.")
        .oneOf({"local", "redis"})
        .defaultTo("local");
}

bool usesNoRedis(std::string_view plugin, const document::Value& config)
{
    const bool isLocal = textSetting(config, "policy") != "redis";
    if (!isLocal)
        log(LogLevel::Warning, "gateway",
            std::string(plugin) + " with policy redis counts in this process: there is no Redis here");
    return isLocal;
}

} // namespace claimsmith::gateway
