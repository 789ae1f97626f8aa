// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/router.h"

#include "base/text.h"
#include "gateway/uuid.h"

#include <algorithm>
#include <charconv>

namespace claimsmith::gateway {
namespace {

/// Kong's namespace for the ids of split routes.
constexpr std::string_view splitNamespace = "7f145bf9-0dce-4f91-98eb-debbce4b9f6b";

struct HostAndPort
{
    std::string_view host;
    std::optional<std::uint16_t> port;
};

/// Splits at the first ":" when digits follow.
HostAndPort splitHost(std::string_view text) noexcept
{
    const auto colon = text.find(':');
    if (colon == std::string_view::npos)
        return {text, std::nullopt};
    const auto digits = text.substr(colon + 1);
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (error != std::errc() || end != digits.data() + digits.size())
        return {text, std::nullopt};
    return {text.substr(0, colon), port};
}

bool isWildcard(std::string_view text) noexcept
{
    return text.find('*') != std::string_view::npos;
}

/// "*.x" is a suffix, "x.*" a prefix; anything else has to be equal.
bool matchesName(std::string_view wanted, std::string_view name) noexcept
{
    if (wanted.starts_with('*'))
        return name.ends_with(wanted.substr(1));
    if (wanted.ends_with('*'))
        return name.starts_with(wanted.substr(0, wanted.size() - 1));
    return wanted == name;
}

bool matchesHost(std::string_view wanted, const HostAndPort& host, std::uint16_t listeningPort) noexcept
{
    const HostAndPort parts = splitHost(wanted);
    return matchesName(parts.host, host.host) && (!parts.port || *parts.port == host.port.value_or(listeningPort));
}

/// Header names in the form in which Kong compares them.
std::string canonicalName(std::string_view name)
{
    std::string canonical = toLower(name);
    std::ranges::replace(canonical, '-', '_');
    return canonical;
}

bool sameName(std::string_view name, std::string_view canonical) noexcept
{
    return std::ranges::equal(name, canonical, {}, [](char c) { return c == '-' ? '_' : toLower(c); });
}

struct HeaderCriterion
{
    std::string name;                ///< canonical
    std::vector<std::string> values; ///< in lower case
    std::vector<Pattern> patterns;

    explicit HeaderCriterion(const std::pair<std::string, std::vector<std::string>>& header)
        : name(canonicalName(header.first))
    {
        for (const std::string& value : header.second) {
            std::string lower = toLower(value);
            if (!lower.starts_with("~*"))
                values.push_back(std::move(lower));
            else if (auto pattern = Pattern::compile(lower.substr(2), Pattern::Anchor::None))
                patterns.push_back(std::move(*pattern));
        }
    }

    bool accepts(std::string_view sent) const
    {
        const std::string value = toLower(sent);
        return std::ranges::find(values, value) != values.end() ||
               std::ranges::any_of(patterns, [&](const Pattern& pattern) { return pattern.matches(value); });
    }

    bool isMetBy(const http::HeaderMap& headers) const
    {
        return std::ranges::any_of(headers, [this](const http::HeaderField& field) {
            return sameName(field.name, name) && accepts(field.value);
        });
    }
};

bool takesPart(const Route& route) noexcept
{
    const bool isHttp = route.allows("http") || route.allows("https") || route.allows("grpc") || route.allows("grpcs");
    return isHttp && (!route.service || route.service->enabled);
}

/// The criteria that a route has, as Kong counts them.
std::size_t countCriteria(const Route& route) noexcept
{
    const bool criteria[] = {!route.methods.empty(), !route.hosts.empty(), !route.headers.empty(), !route.snis.empty(),
                             !route.paths.empty()};
    return static_cast<std::size_t>(std::ranges::count(criteria, true));
}

/// A shift as Kong's router makes it. It means to pack its weights into 64 bits, but shifts Lua numbers, which have 32
/// and a sign: the number of criteria (meant for bit 61) weighs less than a plain host (bit 60) or a regular expression
/// (bit 51), and a negative regex_priority, or a fourth criterion, sets every higher bit.
std::uint64_t shiftAsLua(std::uint64_t value, unsigned bits) noexcept
{
    const auto shifted = static_cast<std::uint32_t>(value) << (bits % 32U);
    return static_cast<std::uint64_t>(static_cast<std::int64_t>(static_cast<std::int32_t>(shifted)));
}

/// Paths of a route that count alike: prefixes of one length, or all regular expressions.
struct PathGroup
{
    bool isRegex = false;
    std::size_t length = 0;
    std::vector<std::string_view> paths; ///< without the "~"
};

std::vector<PathGroup> groupPaths(const Route& route)
{
    std::vector<PathGroup> groups;
    for (const std::string& path : route.paths) {
        const bool isRegex = path.starts_with('~');
        const std::size_t length = isRegex ? 0 : path.size();
        auto group = std::ranges::find_if(
            groups, [&](const PathGroup& known) { return known.isRegex == isRegex && known.length == length; });
        if (group == groups.end())
            group = groups.insert(groups.end(), PathGroup{isRegex, length, {}});
        group->paths.push_back(std::string_view(path).substr(isRegex ? 1 : 0));
    }
    if (groups.empty())
        groups.emplace_back();
    return groups;
}

} // namespace

/// A route, or the part of one whose paths count alike.
struct Router::Candidate
{
    const Route* route = nullptr;
    PathGroup group;
    std::string tieBreaker;
    std::vector<Pattern> patterns;
    std::vector<HeaderCriterion> headers;

    /// The higher, the earlier (kong-core.md §3.3).
    std::uint64_t priority() const noexcept
    {
        const bool plainHosts = !route->hosts.empty() && std::ranges::none_of(route->hosts, isWildcard);
        return (plainHosts ? std::uint64_t{1} << 60U : 0) | (group.isRegex ? std::uint64_t{1} << 51U : 0) |
               shiftAsLua(countCriteria(*route), 61) |
               shiftAsLua(std::min<std::size_t>(route->headers.size(), 255), 52) |
               shiftAsLua(group.isRegex ? static_cast<std::uint64_t>(route->regexPriority) : 0, 19) |
               (group.length & 0x7ffffU);
    }

    /// Everything but the path.
    bool matches(const RouteQuery& query, const HostAndPort& host) const
    {
        const auto hasHost = [&](const std::string& wanted) { return matchesHost(wanted, host, query.port); };
        const auto hasName = [&](std::string_view wanted) {
            return matchesName(wanted.ends_with('.') ? wanted.substr(0, wanted.size() - 1) : wanted, query.serverName);
        };
        if (!route->methods.empty() && std::ranges::find(route->methods, query.method) == route->methods.end())
            return false;
        if (!route->hosts.empty() && std::ranges::none_of(route->hosts, hasHost))
            return false;
        if (query.isTls && !route->snis.empty() && std::ranges::none_of(route->snis, hasName))
            return false;
        return std::ranges::all_of(
                   headers,
                   [&](const HeaderCriterion& header) { return query.headers && header.isMetBy(*query.headers); }) &&
               (!group.isRegex ||
                std::ranges::any_of(patterns, [&](const Pattern& pattern) { return pattern.matches(query.path); }));
    }
};

Router::~Router() = default;

Router::Router(const std::vector<std::unique_ptr<const Route>>& routes)
{
    for (const auto& route : routes)
        if (takesPart(*route)) {
            addCandidates(*route);
            ++m_routeCount;
        }
    std::ranges::stable_sort(m_candidates, [](const auto& a, const auto& b) {
        const auto first = a->priority();
        const auto second = b->priority();
        return first != second ? first > second : a->tieBreaker > b->tieBreaker;
    });
    fillBuckets();
}

void Router::addCandidates(const Route& route)
{
    const auto groups = groupPaths(route);
    for (std::size_t i = 0; i < groups.size(); ++i) {
        auto candidate = std::make_unique<Candidate>();
        candidate->route = &route;
        candidate->group = groups[i];
        candidate->tieBreaker =
            groups.size() == 1 ? route.id : nameUuid(splitNamespace, route.id + "#" + std::to_string(i + 1));
        if (groups[i].isRegex)
            for (const std::string_view expression : groups[i].paths)
                if (auto pattern = Pattern::compile(expression, Pattern::Anchor::Start))
                    candidate->patterns.push_back(std::move(*pattern));
        for (const auto& header : route.headers)
            candidate->headers.emplace_back(header);
        m_candidates.push_back(std::move(candidate));
    }
}

void Router::fillBuckets()
{
    for (std::size_t rank = 0; rank < m_candidates.size(); ++rank) {
        const PathGroup& group = m_candidates[rank]->group;
        if (group.isRegex || group.paths.empty())
            addToBucket(rank, {});
        else
            for (const std::string_view prefix : group.paths)
                addToBucket(rank, prefix);
    }
}

void Router::addToBucket(std::size_t rank, std::string_view prefix)
{
    const std::size_t number = m_prefixes.add(prefix);
    if (number == m_buckets.size())
        m_buckets.push_back({prefix, {}, {}});
    Bucket& bucket = m_buckets[number];
    const auto addTo = [rank](Ranks& ranks) {
        if (ranks.empty() || ranks.back() != rank)
            ranks.push_back(rank);
    };
    const auto& hosts = m_candidates[rank]->route->hosts;
    for (const std::string& host : hosts)
        addTo(isWildcard(host) ? bucket.anyHost : bucket.byHost[splitHost(host).host]);
    if (hosts.empty())
        addTo(bucket.anyHost);
}

std::optional<RouteMatch> Router::find(const RouteQuery& query) const
{
    // Kong's matching engine takes text only.
    if (findInvalidUtf8(query.path) != std::string_view::npos)
        return std::nullopt;
    const std::string_view host = splitHost(query.host).host;
    Best best{m_candidates.size(), {}};
    m_prefixes.visitPrefixesOf(query.path, [&](std::size_t number) {
        const Bucket& bucket = m_buckets[number];
        if (!bucket.byHost.empty())
            if (const auto found = bucket.byHost.find(host); found != bucket.byHost.end())
                search(found->second, bucket.prefix, query, best);
        search(bucket.anyHost, bucket.prefix, query, best);
    });
    if (best.rank == m_candidates.size())
        return std::nullopt;
    return makeMatch(*m_candidates[best.rank], best.prefix, query);
}

void Router::search(const Ranks& ranks, std::string_view prefix, const RouteQuery& query, Best& best) const
{
    for (const std::size_t rank : ranks) {
        if (rank >= best.rank)
            return;
        if (m_candidates[rank]->matches(query, splitHost(query.host))) {
            best = {rank, prefix};
            return;
        }
    }
}

RouteMatch Router::makeMatch(const Candidate& candidate, std::string_view prefix, const RouteQuery& query) const
{
    RouteMatch match;
    match.route = candidate.route;
    match.service = candidate.route->service;
    match.prefix = prefix;
    for (const Pattern& pattern : candidate.patterns)
        if (auto found = pattern.match(query.path)) {
            match.prefix = found->whole;
            if (!found->groups.empty()) {
                match.captures.emplace_back(found->whole);
                for (auto& group : found->groups)
                    match.captures.push_back(std::move(group));
            }
            match.namedCaptures = std::move(found->named);
            break;
        }
    return match;
}

} // namespace claimsmith::gateway
