// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/openid_connect/schemaparts.h"

#include "gateway/fieldrules.h"

#include <utility>

namespace claimsmith::gateway::openidconnect {

using document::Value;

namespace {

Field cookiePath(const char* name, const char* hint)
{
    return text(name, hint)
        .startWith("/")
        .match(PatternRule{PatternRule::Kind::None, {"//"}, "must not have empty segments"})
        .as(Format::Path)
        .defaultTo("/");
}

std::vector<Field> authorizationFields()
{
    return {
        url("pushed_authorization_request_endpoint", "Where authorization requests are pushed to."),
        clientAuthentication("pushed_authorization_request_endpoint_auth_method",
                             "How the client proves itself there."),
        maybeFlag("require_pushed_authorization_requests", "Push authorization requests, whatever discovery says."),
        maybeFlag("require_proof_key_for_code_exchange", "Use PKCE, whatever discovery says."),
        maybeFlag("require_signed_request_object", "Sign authorization requests, whatever discovery says."),
        url("authorization_endpoint", "Where browsers log in. Unset: as discovered."),
        texts("authorization_query_args_names", "Further arguments of the login."),
        texts("authorization_query_args_values", "Their values, in the same order."),
        texts("authorization_query_args_client", "Arguments of the client's request that are passed on."),
        seconds("authorization_rolling_timeout", 600, "How long a login may take."),
        text("authorization_cookie_name", "Cookie that keeps a login under way.").defaultTo("authorization"),
        cookiePath("authorization_cookie_path", "Its path."),
        text("authorization_cookie_domain", "Its domain."),
        choice("authorization_cookie_same_site", {"Strict", "Lax", "None", "Default"}, "Default", "Its SameSite."),
        flag("authorization_cookie_http_only", true, "Keep it from scripts."),
        maybeFlag("authorization_cookie_secure", "Only with HTTPS. Unset: when the request came so."),
        flag("preserve_query_args", false, "Keep the query of the address that was asked for over the login."),
    };
}

std::vector<Field> tokenFields()
{
    return {
        url("token_endpoint", "Where tokens are had. Unset: as discovered."),
        clientAuthentication("token_endpoint_auth_method", "How the client proves itself there."),
        texts("token_headers_names", "Further headers there."),
        texts("token_headers_values", "Their values, in the same order."),
        texts("token_headers_client", "Headers of the client's request that are passed on."),
        texts("token_headers_replay", "Headers of the answer that the client gets."),
        text("token_headers_prefix", "Begins their names."),
        choices("token_headers_grants", grants(), "Grants for which they are passed on."),
        texts("token_post_args_names", "Further arguments there."),
        texts("token_post_args_values", "Their values, in the same order."),
        texts("token_post_args_client", "Arguments of the client's request that are passed on."),
    };
}

std::vector<Field> introspectionFields()
{
    Field values = arrayField("introspection_headers_values", stringField().makeReferenceable())
                       .hint("Their values, in the same order.")
                       .annotate("encrypted", true)
                       .annotate("required", false);
    return {
        url("introspection_endpoint", "Where tokens are asked about. Unset: as discovered."),
        clientAuthentication("introspection_endpoint_auth_method", "How the client proves itself there."),
        text("introspection_hint", "What kind of token it is said to be.").defaultTo("access_token"),
        flag("introspection_check_active", true, "The token has to be active."),
        choice("introspection_accept", {"application/json", "application/token-introspection+jwt", "application/jwt"},
               "application/json", "Type of answer that is asked for."),
        texts("introspection_headers_names", "Further headers there."),
        std::move(values),
        texts("introspection_headers_client", "Headers of the client's request that are passed on."),
        texts("introspection_post_args_names", "Further arguments there."),
        texts("introspection_post_args_values", "Their values, in the same order."),
        texts("introspection_post_args_client", "Arguments of the client's request that are passed on."),
        texts("introspection_post_args_client_headers", "Headers of the client's request that become arguments."),
        flag("introspect_jwt_tokens", false, "Also ask about tokens that can be verified here."),
    };
}

std::vector<Field> otherEndpoints()
{
    return {
        url("revocation_endpoint", "Where tokens are revoked. Unset: as discovered."),
        clientAuthentication("revocation_endpoint_auth_method", "How the client proves itself there."),
        url("end_session_endpoint", "Where browsers log out. Unset: as discovered."),
        url("userinfo_endpoint", "Where users are asked about. Unset: as discovered."),
        choice("userinfo_accept", {"application/json", "application/jwt"}, "application/json",
               "Type of answer that is asked for."),
        texts("userinfo_headers_names", "Further headers there."),
        texts("userinfo_headers_values", "Their values, in the same order."),
        texts("userinfo_headers_client", "Headers of the client's request that are passed on."),
        texts("userinfo_query_args_names", "Further arguments there."),
        texts("userinfo_query_args_values", "Their values, in the same order."),
        texts("userinfo_query_args_client", "Arguments of the client's request that are passed on."),
        url("token_exchange_endpoint", "Where tokens are exchanged."),
    };
}

} // namespace

std::vector<Field> endpointFields()
{
    std::vector<Field> fields = authorizationFields();
    for (const auto part : {tokenFields, introspectionFields, otherEndpoints})
        for (Field& field : part())
            fields.push_back(std::move(field));
    return fields;
}

std::vector<Field> sessionFields()
{
    const std::vector<Value> told{
        "id", "audience", "subject", "timeout", "idling-timeout", "rolling-timeout", "absolute-timeout"};
    return {
        text("session_secret", "What session cookies are encrypted with. Unset: a key of this start.")
            .makeEncrypted()
            .makeReferenceable(),
        text("session_audience", "Whom sessions are for.").defaultTo("default"),
        text("session_cookie_name", "Cookie that keeps the session.").defaultTo("session"),
        flag("session_remember", false, "Offer sessions that outlive the browser."),
        text("session_remember_cookie_name", "Their cookie.").defaultTo("remember"),
        seconds("session_remember_rolling_timeout", 604800, "How long such a session lasts before it is renewed."),
        seconds("session_remember_absolute_timeout", 2592000, "How long it lasts at all."),
        seconds("session_idling_timeout", 900, "How long a session lasts without a request."),
        seconds("session_rolling_timeout", 3600, "How long a session lasts before it is renewed."),
        seconds("session_absolute_timeout", 86400, "How long a session lasts at all."),
        cookiePath("session_cookie_path", "Path of the session's cookie."),
        text("session_cookie_domain", "Its domain."),
        choice("session_cookie_same_site", {"Strict", "Lax", "None", "Default"}, "Lax", "Its SameSite."),
        flag("session_cookie_http_only", true, "Keep it from scripts."),
        maybeFlag("session_cookie_secure", "Only with HTTPS. Unset: when the request came so."),
        setField("session_request_headers", stringField().oneOf(told))
            .hint("What the upstream is told of the session.")
            .annotate("required", false),
        setField("session_response_headers", stringField().oneOf(told))
            .hint("What the client is told of the session.")
            .annotate("required", false),
        choice("session_storage", {"cookie", "memcache", "memcached", "redis"}, "cookie",
               "Where sessions are kept. Here always in the cookie."),
        flag("session_store_metadata", false, "Keep a list of a subject's sessions."),
        flag("session_enforce_same_subject", false, "All audiences of a session have one subject."),
        flag("session_hash_subject", false, "Keep subjects as hashes."),
        flag("session_hash_storage_key", false, "Keep ids of sessions as hashes."),
        text("session_memcached_prefix", "Begins the keys of sessions."),
        text("session_memcached_socket", "Path of a socket instead of host and port."),
        text("session_memcached_host", "Where memcached listens.").defaultTo("127.0.0.1"),
        portField("session_memcached_port").hint("Its port.").defaultTo(11211),
        redisRecord("redis", true),
        flag("reverify", false, "Verify the tokens of a session with each request."),
        text("jwt_session_claim", "Claim that has to equal the cookie below.").defaultTo("sid"),
        text("jwt_session_cookie", "Cookie that a token is bound to."),
    };
}

} // namespace claimsmith::gateway::openidconnect
