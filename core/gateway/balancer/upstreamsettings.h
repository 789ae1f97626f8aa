// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/entities.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace claimsmith::gateway {

/// What of a request is hashed.
struct HashSource
{
    enum class Kind { None, Consumer, Ip, Header, Cookie, Path, QueryArgument, UriCapture };
    Kind kind = Kind::None;
    std::string name = {}; ///< of the header, cookie, argument or capture
};

/// What turns a target healthy or unhealthy: counters at 0 are off.
struct HealthRules
{
    std::vector<std::int64_t> healthyStatuses;
    std::vector<std::int64_t> unhealthyStatuses;
    unsigned successes = 0;
    unsigned httpFailures = 0;
    unsigned tcpFailures = 0;
    unsigned timeouts = 0;
};

/// Active health checks: requests of the gateway's own to every target.
struct ProbeSettings
{
    HealthRules rules = {};
    std::chrono::milliseconds healthyInterval{0};   ///< between two probes of a healthy target; 0: none
    std::chrono::milliseconds unhealthyInterval{0}; ///< of an unhealthy one
    std::chrono::milliseconds timeout{1000};        ///< for connecting, and for each read and write
    std::size_t concurrency = 10;                   ///< how many targets are asked at once
    std::string path = "/";
    std::string headers = {}; ///< lines with their ends
    bool isTls = false;
    bool verifies = true;        ///< under TLS, the target's certificate
    std::string serverName = {}; ///< to ask for under TLS; empty: the Host

    bool isOn() const noexcept { return healthyInterval.count() > 0 || unhealthyInterval.count() > 0; }

    std::chrono::milliseconds intervalOf(bool isHealthy) const noexcept
    {
        return isHealthy ? healthyInterval : unhealthyInterval;
    }
};

struct TargetSettings
{
    std::string id;
    std::string pointer;
    std::string host; ///< IPv6 without brackets
    std::uint16_t port = 8000;
    unsigned weight = 100;
};

/// An upstream with its targets, as the engine reads them.
struct UpstreamSettings
{
    enum class Algorithm { RoundRobin, LeastConnections, ConsistentHashing, Latency };

    std::string id;
    std::string name;
    Algorithm algorithm = Algorithm::RoundRobin;
    HashSource hashOn;
    HashSource hashFallback;
    std::string cookiePath = "/";
    std::size_t slotCount = 10000; ///< of the ring that hashes fall on
    std::string hostHeader;        ///< empty: the target's own host
    double threshold = 0;          ///< percent of the weight that has to be available, and more
    bool checksHealth = false;     ///< whether anything looks at health, actively or passively
    HealthRules passive;
    ProbeSettings probe;
    std::vector<TargetSettings> targets;

    UpstreamSettings() = default;
    /// `targets` belong to the upstream.
    UpstreamSettings(const Entity& upstream, const std::vector<const Entity*>& targetEntities);

    /// As in the configuration: "round-robin".
    std::string_view algorithmName() const noexcept;
};

} // namespace claimsmith::gateway
