// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/admin/bundle.h"

namespace claimsmith::gateway::admin {

std::span<const std::string_view> bundledPlugins() noexcept
{
    static constexpr std::string_view names[] = {
        "acl",
        "acme",
        "ai-prompt-decorator",
        "ai-prompt-guard",
        "ai-prompt-template",
        "ai-proxy",
        "ai-request-transformer",
        "ai-response-transformer",
        "aws-lambda",
        "azure-functions",
        "basic-auth",
        "bot-detection",
        "correlation-id",
        "cors",
        "datadog",
        "file-log",
        "grpc-gateway",
        "grpc-web",
        "hmac-auth",
        "http-log",
        "ip-restriction",
        "jwt",
        "key-auth",
        "ldap-auth",
        "loggly",
        "oauth2",
        "opentelemetry",
        "post-function",
        "pre-function",
        "prometheus",
        "proxy-cache",
        "rate-limiting",
        "redirect",
        "request-size-limiting",
        "request-termination",
        "request-transformer",
        "response-ratelimiting",
        "response-transformer",
        "session",
        "standard-webhooks",
        "statsd",
        "syslog",
        "tcp-log",
        "udp-log",
        "zipkin",
    };
    return names;
}

std::span<const std::string_view> otherEndpoints() noexcept
{
    static constexpr std::string_view patterns[] = {
        "/acme",
        "/acme/certificates",
        "/acme/certificates/{certificates}",
        "/acme_storage",
        "/acme_storage/{acme_storage}",
        "/consumers/{consumers}/oauth2",
        "/consumers/{consumers}/oauth2/{oauth2_credentials}",
        "/filter-chains",
        "/filter-chains/{filter_chains}",
        "/filter-chains/{filter_chains}/route",
        "/filter-chains/{filter_chains}/service",
        "/metrics",
        "/oauth2",
        "/oauth2/{oauth2_credentials}",
        "/oauth2/{oauth2_credentials}/consumer",
        "/oauth2/{oauth2_credentials}/oauth2_tokens",
        "/oauth2/{oauth2_credentials}/oauth2_tokens/{oauth2_tokens}",
        "/oauth2_tokens",
        "/oauth2_tokens/{oauth2_tokens}",
        "/oauth2_tokens/{oauth2_tokens}/credential",
        "/oauth2_tokens/{oauth2_tokens}/service",
        "/proxy-cache",
        "/proxy-cache/{cache_key}",
        "/proxy-cache/{plugin_id}/caches/{cache_key}",
        "/routes/{routes}/filter-chains",
        "/routes/{routes}/filter-chains/{filter_chains}",
        "/routes/{routes}/filters/all",
        "/routes/{routes}/filters/disabled",
        "/routes/{routes}/filters/enabled",
        "/schemas/filters/{name}",
        "/services/{services}/filter-chains",
        "/services/{services}/filter-chains/{filter_chains}",
        "/services/{services}/oauth2_tokens",
        "/services/{services}/oauth2_tokens/{oauth2_tokens}",
        "/sessions",
        "/sessions/{sessions}",
    };
    return patterns;
}

} // namespace claimsmith::gateway::admin
