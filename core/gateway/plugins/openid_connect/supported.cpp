// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/openid_connect/supported.h"

#include "base/log.h"
#include "gateway/snapshot.h"

#include <algorithm>
#include <string>
#include <string_view>

namespace claimsmith::gateway::openidconnect {

using document::Array;
using document::Value;

namespace {

/// A setting with the values that are not honoured here, and what is done instead.
struct Limit
{
    std::string_view setting;
    std::string_view values; ///< separated by spaces; "true": the flag
    std::string_view instead;
};

/// Whoever is bound to a certificate or key would pass without showing it, and what has to be signed or pushed would go
/// openly; answers of a login that nobody can read would send browsers round in circles.
constexpr Limit refused[] = {
    {"proof_of_possession_mtls", "strict optional", ""},
    {"proof_of_possession_dpop", "strict optional", ""},
    {"session_enforce_same_subject", "true", ""},
    {"client_auth", "tls_client_auth self_signed_tls_client_auth", ""},
    {"token_endpoint_auth_method", "tls_client_auth self_signed_tls_client_auth", ""},
    {"introspection_endpoint_auth_method", "tls_client_auth self_signed_tls_client_auth", ""},
    {"response_mode", "fragment query.jwt form_post.jwt fragment.jwt jwt", ""},
    {"require_pushed_authorization_requests", "true", ""},
    {"require_signed_request_object", "true", ""},
};

constexpr Limit warned[] = {
    {"session_storage", "memcache memcached redis", "sessions stay in cookies"},
    {"cluster_cache_strategy", "redis", "caches stay in memory"},
    {"resolve_distributed_claims", "true", "they are not fetched"},
    {"session_remember", "true", "sessions end with the browser"},
    {"session_store_metadata", "true", "there is no list of sessions"},
};

bool lists(std::string_view words, std::string_view word) noexcept
{
    while (!words.empty()) {
        const auto end = std::min(words.find(' '), words.size());
        if (words.substr(0, end) == word)
            return true;
        words.remove_prefix(std::min(end + 1, words.size()));
    }
    return false;
}

bool meets(const Value& value, std::string_view values)
{
    if (const auto* list = value.asArray())
        return std::ranges::any_of(*list, [&](const Value& element) { return meets(element, values); });
    if (const bool* flag = value.asBoolean())
        return *flag && values == "true";
    return value.asString() && lists(values, *value.asString());
}

bool meets(const Value& config, const Limit& limit)
{
    const Value* value = config.find(limit.setting);
    return value && meets(*value, limit.values);
}

} // namespace

Result<void> checkSupported(const Value& config)
{
    for (const Limit& limit : refused)
        if (meets(config, limit))
            return Error{.code = ConfigurationErrorCode::PluginFailed,
                         .place = {.pointer = document::joinPointer("", limit.setting)},
                         .detail = std::string(limit.setting) + " can't be honoured here"};
    for (const Limit& limit : warned)
        if (meets(config, limit))
            log(LogLevel::Warning, "gateway",
                "openid-connect: " + std::string(limit.setting) + " is not honoured: " + std::string(limit.instead));
    return {};
}

} // namespace claimsmith::gateway::openidconnect
