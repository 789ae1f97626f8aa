// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/entities.h"
#include "gateway/exchange.h"
#include "gateway/pattern.h"
#include "gateway/prefixtree.h"
#include "http/message.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
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
/// priority: a request is held only against the routes whose prefix and host it has, longer prefixes first, and in each
/// bucket only until one matches or the best so far comes first.
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

    using Ranks = std::vector<std::size_t>; ///< positions in the order of priority, ascending

    /// The candidates with one prefix.
    struct Bucket
    {
        std::string_view prefix;
        Ranks anyHost; ///< also those with wildcards
        std::unordered_map<std::string_view, Ranks> byHost;
    };

    /// The best candidate so far, and which of its prefixes it was found by.
    struct Best
    {
        std::size_t rank;
        std::string_view prefix;
    };

    void addCandidates(const Route& route);
    void fillBuckets();
    void addToBucket(std::size_t rank, std::string_view prefix);
    void search(const Ranks& ranks, std::string_view prefix, const RouteQuery& query, Best& best) const;
    RouteMatch makeMatch(const Candidate& candidate, std::string_view prefix, const RouteQuery& query) const;

    std::vector<std::unique_ptr<Candidate>> m_candidates; ///< by priority, highest first
    PrefixTree m_prefixes;
    std::vector<Bucket> m_buckets; ///< by the number of the prefix
    std::size_t m_routeCount = 0;
};

} // namespace claimsmith::gateway
