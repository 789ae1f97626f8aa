// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/entities.h"
#include "gateway/exchange.h"
#include "gateway/pattern.h"
#include "http/message.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace claimsmith::gateway {

/// What of a request decides about its route. Views live as long as the call.
struct RouteQuery
{
    std::string_view method;
    std::string_view host; ///< the Host header as sent, with its port; compared with case, as Kong does
    std::string_view path; ///< normalised
    const http::HeaderMap* headers = nullptr;
    bool isTls = false;
    std::string_view serverName; ///< SNI
    std::uint16_t port = 0;      ///< where the request was accepted
};

/// Kong's default router, "traditional_compatible" (kong-core.md §3.2, §3.3): a route matches when each criterion it
/// has is met by one of its alternatives; of those that match, the one of the highest priority wins. Immutable; any
/// thread.
///
/// Routes are split by their path prefixes and put into buckets by prefix and exact host, each bucket in order of
/// priority: a request is held only against the routes whose prefix and host it has, and in each bucket only until one
/// matches.
class Router final
{
public:
    /// The routes have to outlive the router. Those of other protocols than HTTP's and gRPC's, and those of a disabled
    /// service, take no part.
    explicit Router(const std::vector<std::unique_ptr<const Route>>& routes);
    ~Router();
    Router(const Router&) = delete;
    Router& operator=(const Router&) = delete;

    std::optional<RouteMatch> find(const RouteQuery& query) const;

    /// How many routes take part.
    std::size_t routeCount() const noexcept { return m_routeCount; }

private:
    struct Candidate;

    struct Bucket
    {
        std::string_view prefix;
        std::string_view host;
        friend bool operator==(const Bucket&, const Bucket&) = default;
    };

    struct BucketHash
    {
        std::size_t operator()(const Bucket& bucket) const noexcept;
    };

    /// Position in the order of priority, and which of its prefixes brought the candidate into the bucket.
    using Entry = std::pair<std::size_t, std::string_view>;

    void addCandidates(const Route& route);
    void fillBuckets();
    void searchBucket(const RouteQuery& query, const Bucket& bucket, Entry& best) const;
    RouteMatch makeMatch(const Candidate& candidate, std::string_view prefix, const RouteQuery& query) const;

    std::vector<std::unique_ptr<Candidate>> m_candidates; ///< by priority, highest first
    std::unordered_map<Bucket, std::vector<Entry>, BucketHash> m_buckets;
    std::vector<std::size_t> m_prefixLengths; ///< ascending
    std::size_t m_routeCount = 0;
};

} // namespace claimsmith::gateway
