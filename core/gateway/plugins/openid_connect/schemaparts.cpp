// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/openid_connect/schemaparts.h"

#include "gateway/fieldrules.h"

#include <utility>

namespace claimsmith::gateway::openidconnect {

using document::Value;

namespace {

Field optional(Field field, const char* hint)
{
    return std::move(field).hint(hint).annotate("required", false);
}

Field nodesField(const char* name, const char* host, const char* hint)
{
    return optional(arrayField(name, recordField({}, {hostField(host).require().defaultTo("127.0.0.1"),
                                                      portField("port").defaultTo(6379)}))
                        .length(1, std::nullopt),
                    hint);
}

Field wait(const char* name, const char* hint)
{
    return timeoutField(name).hint(hint).measuredIn("ms").range(0, 2147483646).defaultTo(2000);
}

} // namespace

Field text(const char* name, const char* hint)
{
    return optional(stringField(name), hint);
}

Field texts(const char* name, const char* hint)
{
    return optional(arrayField(name, stringField()), hint);
}

Field flag(const char* name, bool initial, const char* hint)
{
    return optional(booleanField(name), hint).defaultTo(initial);
}

Field maybeFlag(const char* name, const char* hint)
{
    return optional(booleanField(name), hint);
}

Field number(const char* name, const char* hint)
{
    return optional(numberField(name), hint);
}

Field seconds(const char* name, int initial, const char* hint)
{
    return number(name, hint).measuredIn("s").defaultTo(initial);
}

Field choice(const char* name, std::vector<Value> values, const char* initial, const char* hint)
{
    return optional(stringField(name).oneOf(std::move(values)), hint).defaultTo(initial);
}

Field choices(const char* name, std::vector<Value> values, const char* hint)
{
    return optional(arrayField(name, stringField().oneOf(std::move(values))), hint);
}

Field url(const char* name, const char* hint)
{
    return optional(urlField(name), hint);
}

Field urls(const char* name, const char* hint)
{
    return optional(arrayField(name, urlField()), hint);
}

std::vector<Value> authenticationMethods()
{
    return {"password", "client_credentials", "authorization_code", "bearer", "introspection",
            "userinfo", "kong_oauth2",        "refresh_token",      "session"};
}

std::vector<Value> grants()
{
    return {"password", "client_credentials", "authorization_code", "refresh_token"};
}

Field clientAuthentication(const char* name, const char* hint)
{
    return optional(
        stringField(name).oneOf({"client_secret_basic", "client_secret_post", "client_secret_jwt", "private_key_jwt",
                                 "tls_client_auth", "self_signed_tls_client_auth", "none"}),
        hint);
}

Field redisRecord(const char* name, bool ofSessions)
{
    std::vector<Field> fields{
        hostField("host").hint("Where Redis listens.").defaultTo("127.0.0.1"),
        portField("port").hint("Its port.").defaultTo(6379),
        wait("connect_timeout", "For connecting."),
        wait("send_timeout", "For sending."),
        wait("read_timeout", "For an answer."),
        stringField("username").hint("User of Redis 6 or later.").makeReferenceable(),
        stringField("password").hint("Its password.").makeEncrypted().makeReferenceable().allowEmpty(),
        stringField("sentinel_username").hint("User of the Sentinels.").makeReferenceable(),
        stringField("sentinel_password").hint("Its password.").makeEncrypted().makeReferenceable().allowEmpty(),
        integerField("database").hint("Number of the database.").defaultTo(0),
        integerField("keepalive_pool_size").hint("Idle connections that are kept.").range(1, 2147483646).defaultTo(256),
        integerField("keepalive_backlog").hint("Connections beyond the pool that may wait.").range(0, 2147483646),
        stringField("sentinel_master").hint("Name of the master that the Sentinels watch."),
        stringField("sentinel_role").hint("Which of them is used.").oneOf({"master", "slave", "any"}),
        nodesField("sentinel_nodes", "host", "The Sentinels."),
        nodesField("cluster_nodes", "ip", "The nodes of a cluster."),
        flag("ssl", false, "Whether TLS is used."),
        flag("ssl_verify", false, "Whether the server's certificate is verified."),
        sniField("server_name").hint("Name that TLS asks for.").annotate("required", false),
        optional(integerField("cluster_max_redirections"), "How often a cluster may send on.").defaultTo(5),
        flag("connection_is_proxied", false, "Whether a proxy stands before Redis."),
    };
    if (ofSessions) {
        fields.push_back(text("prefix", "Begins the keys of sessions."));
        fields.push_back(text("socket", "Path of a socket instead of host and port."));
    }
    using Rule = FieldGroup::Rule;
    return withChecks(recordField(name, std::move(fields))
                          .hint("Redis. This gateway has none: sessions stay in cookies, caches in memory.")
                          .require(),
                      {FieldGroup{Rule::AllOrNone, {"host", "port"}},
                       FieldGroup{Rule::AllOrNone, {"sentinel_master", "sentinel_role", "sentinel_nodes"}},
                       FieldGroup{Rule::AllOrNone, {"connect_timeout", "send_timeout", "read_timeout"}},
                       Conditional{"connection_is_proxied", matching().equal(true), "host", matching().require()}});
}

} // namespace claimsmith::gateway::openidconnect
