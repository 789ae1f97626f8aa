// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/balancer/upstreamsettings.h"

#include "gateway/plugins/config.h"
#include "http/url.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace claimsmith::gateway {

using document::Value;

namespace {

constexpr std::array<std::string_view, 4> algorithms = {"round-robin", "least-connections", "consistent-hashing",
                                                        "latency"};
constexpr std::array<std::string_view, 8> hashKinds = {"none",   "consumer", "ip",        "header",
                                                       "cookie", "path",     "query_arg", "uri_capture"};

const Value& member(const Value& value, std::string_view name)
{
    static const Value null;
    const Value* found = value.find(name);
    return found ? *found : null;
}

unsigned countOf(const Value& value, std::string_view name)
{
    return static_cast<unsigned>(numberSetting(value, name));
}

std::vector<std::int64_t> statusesOf(const Value& value)
{
    std::vector<std::int64_t> statuses;
    if (const Value* list = value.find("http_statuses"); list && list->asArray())
        for (const Value& status : *list->asArray())
            if (status.asNumber())
                statuses.push_back(status.asNumber()->toInteger().value_or(0));
    return statuses;
}

/// `role` is "hash_on" or "hash_fallback".
HashSource sourceOf(const Value& upstream, const std::string& role)
{
    const std::string kind = textSetting(upstream, role).value_or("none");
    const auto found = std::ranges::find(hashKinds, kind);
    HashSource source;
    if (found != hashKinds.end())
        source.kind = static_cast<HashSource::Kind>(found - hashKinds.begin());
    // There is one cookie for both roles.
    const std::string field = kind == "cookie" ? "hash_on_cookie" : role + "_" + kind;
    source.name = textSetting(upstream, field).value_or("");
    return source;
}

HealthRules rulesOf(const Value& checks)
{
    const Value& healthy = member(checks, "healthy");
    const Value& unhealthy = member(checks, "unhealthy");
    return {statusesOf(healthy),
            statusesOf(unhealthy),
            countOf(healthy, "successes"),
            countOf(unhealthy, "http_failures"),
            countOf(unhealthy, "tcp_failures"),
            countOf(unhealthy, "timeouts")};
}

/// Kong looks at its checks ten times a second.
constexpr std::chrono::milliseconds shortestInterval{100};
/// The web server's own limit, which a timeout of 0 leaves in force.
constexpr std::chrono::milliseconds usualTimeout{60'000};

std::chrono::milliseconds secondsOf(const Value& value, std::string_view name)
{
    const std::chrono::duration<double> seconds(numberSetting(value, name));
    return std::chrono::duration_cast<std::chrono::milliseconds>(seconds);
}

std::chrono::milliseconds intervalOf(const Value& value)
{
    return numberSetting(value, "interval") > 0 ? std::max(secondsOf(value, "interval"), shortestInterval)
                                                : std::chrono::milliseconds(0);
}

/// A line for each value of each name; what would break out of its line is left out.
std::string headerLines(const Value& headers)
{
    std::string lines;
    if (headers.asObject() == nullptr)
        return lines;
    for (const auto& [name, values] : *headers.asObject()) {
        if (values.asArray() == nullptr || !http::isToken(name))
            continue;
        for (const Value& value : *values.asArray())
            if (value.asString() != nullptr && http::isSafeHeaderValue(*value.asString()))
                lines += name + ": " + *value.asString() + "\r\n";
    }
    return lines;
}

/// Checks of type "tcp" are for streams: Kong switches them off where it proxies HTTP. All others but "https" ask in
/// the clear.
ProbeSettings probeOf(const Value& active)
{
    ProbeSettings probe;
    probe.rules = rulesOf(active);
    const std::string type = textSetting(active, "type").value_or("http");
    if (type != "tcp") {
        probe.healthyInterval = intervalOf(member(active, "healthy"));
        probe.unhealthyInterval = intervalOf(member(active, "unhealthy"));
    }
    probe.timeout = secondsOf(active, "timeout");
    if (probe.timeout.count() == 0)
        probe.timeout = usualTimeout;
    probe.concurrency = static_cast<std::size_t>(std::max(1.0, numberSetting(active, "concurrency", 10)));
    probe.path = textSetting(active, "http_path").value_or("/");
    probe.headers = headerLines(member(active, "headers"));
    probe.isTls = type == "https";
    probe.serverName = textSetting(active, "https_sni").value_or("");
    const Value& verify = member(active, "https_verify_certificate");
    probe.verifies = verify.asBoolean() == nullptr || *verify.asBoolean();
    return probe;
}

bool isWatched(const Value& checks, const HealthRules& passive)
{
    const Value& active = member(checks, "active");
    return numberSetting(member(active, "healthy"), "interval") > 0 ||
           numberSetting(member(active, "unhealthy"), "interval") > 0 || passive.httpFailures > 0 ||
           passive.tcpFailures > 0 || passive.timeouts > 0;
}

TargetSettings targetOf(const Entity& entity)
{
    TargetSettings target;
    target.id = entity.id;
    target.pointer = entity.pointer;
    const std::string_view text = entity.text("target");
    const std::size_t colon = text.rfind(':');
    const bool hasPort = colon != std::string_view::npos && text.find(']', colon) == std::string_view::npos;
    if (hasPort)
        std::from_chars(text.data() + colon + 1, text.data() + text.size(), target.port);
    std::string_view host = text.substr(0, hasPort ? colon : text.size());
    if (host.starts_with('[') && host.ends_with(']'))
        host = host.substr(1, host.size() - 2);
    target.host = host;
    const Value* weight = entity.fields.find("weight");
    if (weight && weight->asNumber())
        target.weight = static_cast<unsigned>(weight->asNumber()->toInteger().value_or(100));
    return target;
}

} // namespace

UpstreamSettings::UpstreamSettings(const Entity& upstream, const std::vector<const Entity*>& targetEntities)
    : id(upstream.id), name(upstream.text("name"))
{
    const Value fields(upstream.fields);
    const auto found = std::ranges::find(algorithms, upstream.text("algorithm"));
    if (found != algorithms.end())
        algorithm = static_cast<Algorithm>(found - algorithms.begin());
    hashOn = sourceOf(fields, "hash_on");
    hashFallback = sourceOf(fields, "hash_fallback");
    cookiePath = textSetting(fields, "hash_on_cookie_path").value_or("/");
    slotCount = static_cast<std::size_t>(numberSetting(fields, "slots", 10000));
    hostHeader = upstream.text("host_header");
    const Value& checks = member(fields, "healthchecks");
    threshold = numberSetting(checks, "threshold");
    passive = rulesOf(member(checks, "passive"));
    probe = probeOf(member(checks, "active"));
    checksHealth = isWatched(checks, passive);
    for (const Entity* entity : targetEntities)
        targets.push_back(targetOf(*entity));
}

std::string_view UpstreamSettings::algorithmName() const noexcept
{
    return algorithms[static_cast<std::size_t>(algorithm)];
}

} // namespace claimsmith::gateway
