// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/admin/endpoints.h"

#include "base/text.h"

#include <algorithm>

namespace claimsmith::gateway::admin {
namespace {

std::vector<Endpoint> collect(Edition edition)
{
    std::vector<Endpoint> list;
    addNodeEndpoints(list);
    addSchemaEndpoints(list);
    addConfigEndpoints(list);
    addUpstreamEndpoints(list);
    addTagEndpoints(list);
    addCacheEndpoints(list);
    if (edition == Edition::Enterprise)
        addMembershipEndpoints(list);
    addEntityEndpoints(list, edition);
    return list;
}

constexpr bool isPlaceholder(std::string_view part) noexcept
{
    return part.starts_with('{');
}

/// For each part whether it is spelled out; nothing when the path is another one.
std::optional<std::vector<bool>> match(std::string_view pattern, const std::vector<std::string>& segments)
{
    pattern.remove_prefix(1);
    const auto parts = pattern.empty() ? std::vector<std::string_view>() : split(pattern, '/');
    if (parts.size() != segments.size())
        return std::nullopt;
    std::vector<bool> literal;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        literal.push_back(!isPlaceholder(parts[i]));
        if (literal.back() && parts[i] != segments[i])
            return std::nullopt;
    }
    return literal;
}

} // namespace

const std::vector<Endpoint>& endpoints(Edition edition)
{
    static const std::vector<Endpoint> openSource = collect(Edition::OpenSource);
    static const std::vector<Endpoint> enterprise = collect(Edition::Enterprise);
    return edition == Edition::OpenSource ? openSource : enterprise;
}

const Endpoint* findEndpoint(Edition edition, const std::vector<std::string>& segments)
{
    const Endpoint* best = nullptr;
    std::vector<bool> bestLiteral;
    for (const Endpoint& endpoint : endpoints(edition))
        if (auto literal = match(endpoint.pattern, segments); literal && (!best || *literal > bestLiteral)) {
            best = &endpoint;
            bestLiteral = std::move(*literal);
        }
    return best;
}

std::string allowedMethods(const Endpoint& endpoint)
{
    std::vector<std::string_view> names{"OPTIONS"};
    for (const Endpoint::Method& method : endpoint.methods) {
        names.push_back(method.name);
        if (method.name == "GET")
            names.push_back("HEAD");
    }
    std::ranges::sort(names);
    std::string text;
    for (const std::string_view name : names)
        text += (text.empty() ? "" : ", ") + std::string(name);
    return text;
}

} // namespace claimsmith::gateway::admin
