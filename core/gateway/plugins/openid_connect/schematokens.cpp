// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/openid_connect/schemaparts.h"

#include "gateway/fieldrules.h"

#include <string>
#include <utility>

namespace claimsmith::gateway::openidconnect {

using document::Array;
using document::Value;

namespace {

Field places(const char* name, const char* hint, bool withCookie = false)
{
    std::vector<Value> values{"header", "query", "body"};
    if (withCookie)
        values.insert(values.begin() + 1, "cookie");
    return choices(name, std::move(values), hint).defaultTo(Array{"header", "query", "body"});
}

void addTokenHeaders(std::vector<Field>& fields, const std::string& side)
{
    static constexpr std::pair<const char*, const char*> told[] = {
        {"access_token_jwk", "Header with the key that verified the access token."},
        {"id_token", "Header with the ID token."},
        {"id_token_jwk", "Header with the key that verified the ID token."},
        {"refresh_token", "Header with the refresh token."},
        {"user_info", "Header with what the provider says of the user, in base64."},
        {"user_info_jwt", "Header with the same as a signed token."},
        {"introspection", "Header with what the provider says of the token, in base64."},
        {"introspection_jwt", "Header with the same as a signed token."},
        {"session_id", "Header with the id of the session."},
    };
    for (const auto& [name, hint] : told)
        fields.push_back(text((side + name + "_header").c_str(), hint));
}

/// An old name of a field, with Kong's words for it; without a successor the value counts for nothing.
Field old(Field field, std::vector<std::string> path)
{
    std::string name = "openid-connect: config." + field.name;
    std::string successor;
    for (const std::string& part : path)
        successor += "." + part;
    std::string words = path.empty() ? name + " option does not exist anymore"
                                     : name + " is deprecated, please use config" + successor + " instead";
    return std::move(field).standFor(std::move(path), std::move(words));
}

} // namespace

std::vector<Field> credentialFields()
{
    return {
        places("bearer_token_param_type", "Where access tokens are looked for.", true),
        text("bearer_token_cookie_name", "Cookie with the access token."),
        places("client_credentials_param_type", "Where ids and secrets of clients are looked for."),
        places("password_param_type", "Where names and passwords of users are looked for."),
        places("id_token_param_type", "Where ID tokens are looked for."),
        text("id_token_param_name", "Name of the ID token there."),
        places("refresh_token_param_type", "Where refresh tokens are looked for."),
        text("refresh_token_param_name", "Name of the refresh token there."),
        flag("refresh_tokens", true, "Refresh the tokens of a session when they expire."),
    };
}

std::vector<Field> headerFields()
{
    std::vector<Field> fields{
        texts("upstream_headers_claims", "Claims that the upstream is told."),
        texts("upstream_headers_names", "Headers that tell them, in the same order."),
        text("upstream_access_token_header", "Header with the access token; authorization:bearer for the usual one.")
            .defaultTo("authorization:bearer"),
    };
    addTokenHeaders(fields, "upstream_");
    fields.push_back(texts("downstream_headers_claims", "Claims that the client is told."));
    fields.push_back(texts("downstream_headers_names", "Headers that tell them, in the same order."));
    fields.push_back(text("downstream_access_token_header", "Header with the access token."));
    addTokenHeaders(fields, "downstream_");
    return fields;
}

std::vector<Field> connectionFields()
{
    const std::vector<Value> proofs{"off", "strict", "optional"};
    return {
        seconds("cache_ttl", 3600, "How long answers of the provider count that say no time themselves."),
        number("cache_ttl_max", "How long they count at most.").measuredIn("s"),
        number("cache_ttl_min", "How long they count at least.").measuredIn("s"),
        number("cache_ttl_neg", "How long a failure counts.").measuredIn("s"),
        number("cache_ttl_resurrect", "How long an old answer counts while there is no new one.").measuredIn("s"),
        flag("cache_tokens", true, "Keep tokens that were had for clients."),
        text("cache_tokens_salt", "Goes into the keys under which they are kept.").makeAutomatic(),
        flag("cache_introspection", true, "Keep what the provider says of tokens."),
        flag("cache_token_exchange", true, "Keep tokens that were exchanged."),
        flag("cache_user_info", true, "Keep what the provider says of users."),
        flag("search_user_info", false, "Ask about the user for claims that the token lacks."),
        flag("hide_credentials", false, "Take the credentials out of what goes upstream."),
        number("http_version", "Version of HTTP.").defaultTo(1.1),
        url("http_proxy", "Proxy for providers with http."),
        text("http_proxy_authorization", "Its Authorization header.").makeReferenceable(),
        url("https_proxy", "Proxy for providers with https."),
        text("https_proxy_authorization", "Its Authorization header.").makeReferenceable(),
        text("no_proxy", "Hosts that need none, with commas."),
        flag("keepalive", true, "Keep connections to the provider."),
        flag("ssl_verify", false, "Verify the provider's certificate."),
        number("timeout", "How long the provider may take.").measuredIn("ms").defaultTo(10000),
        flag("display_errors", false, "Tell clients why."),
        flag("by_username_ignore_case", false, "Compare user names without regard to case."),
        flag("resolve_distributed_claims", false, "Fetch claims that stand elsewhere."),
        booleanField("expose_error_code").hint("Tell clients the OAuth error code.").defaultTo(true),
        booleanField("token_cache_key_include_scope")
            .hint("Keep tokens for each list of scopes apart.")
            .defaultTo(false),
        text("introspection_token_param_name", "Argument with the token that is asked about.").defaultTo("token"),
        text("revocation_token_param_name", "Argument with the token that is revoked.").defaultTo("token"),
        choice("proof_of_possession_mtls", proofs, "off", "Tokens are bound to the client's certificate."),
        flag("proof_of_possession_auth_methods_validation", true,
             "Refuse a configuration whose methods can't be bound."),
        text("tls_client_auth_cert_id", "Id of the certificate for tls_client_auth.").as(Format::Uuid),
        flag("tls_client_auth_ssl_verify", true, "Verify the provider's certificate then."),
        url("mtls_token_endpoint", "Where tokens are had with a certificate."),
        url("mtls_introspection_endpoint", "Where tokens are asked about with a certificate."),
        url("mtls_revocation_endpoint", "Where tokens are revoked with a certificate."),
        choice("proof_of_possession_dpop", proofs, "off", "Tokens are bound to a key of the client."),
        flag("dpop_use_nonce", false, "Proofs need a nonce."),
        seconds("dpop_proof_lifetime", 300, "How long a proof counts."),
        texts("claims_forbidden", "Claims that no token may have."),
        choice("cluster_cache_strategy", {"off", "redis"}, "off", "Where a cluster shares what it has learnt."),
        redisRecord("cluster_cache_redis", false),
    };
}

std::vector<Field> sessionShorthands()
{
    std::vector<Field> names{
        old(numberField("authorization_cookie_lifetime"), {"authorization_rolling_timeout"}),
        old(stringField("authorization_cookie_samesite"), {"authorization_cookie_same_site"}),
        old(booleanField("authorization_cookie_httponly"), {"authorization_cookie_http_only"}),
        old(numberField("session_cookie_lifetime"), {"session_rolling_timeout"}),
        old(numberField("session_cookie_idletime"), {"session_idling_timeout"}),
        old(stringField("session_cookie_samesite"), {"session_cookie_same_site"}),
        old(booleanField("session_cookie_httponly"), {"session_cookie_http_only"}),
        old(stringField("session_memcache_prefix"), {"session_memcached_prefix"}),
        old(stringField("session_memcache_socket"), {"session_memcached_socket"}),
        old(stringField("session_memcache_host"), {"session_memcached_host"}),
        old(integerField("session_memcache_port"), {"session_memcached_port"}),
        old(numberField("session_cookie_renew"), {}),
        old(integerField("session_cookie_maxsize"), {}),
        old(stringField("session_strategy"), {}),
        old(stringField("session_compressor"), {}),
    };
    const auto addRedis = [&names](Field field) {
        std::string member = field.name;
        names.push_back(old(std::move(field).rename("session_redis_" + member), {"redis", member}));
    };
    addRedis(stringField("prefix"));
    addRedis(stringField("socket"));
    addRedis(stringField("host"));
    addRedis(integerField("port"));
    addRedis(stringField("username"));
    addRedis(stringField("password"));
    addRedis(integerField("connect_timeout"));
    addRedis(integerField("read_timeout"));
    addRedis(integerField("send_timeout"));
    addRedis(booleanField("ssl"));
    addRedis(booleanField("ssl_verify"));
    addRedis(stringField("server_name"));
    addRedis(arrayField("cluster_nodes", recordField({}, {hostField("ip").require().defaultTo("127.0.0.1"),
                                                          portField("port").defaultTo(6379)})));
    addRedis(integerField("cluster_max_redirections"));
    return names;
}

} // namespace claimsmith::gateway::openidconnect
