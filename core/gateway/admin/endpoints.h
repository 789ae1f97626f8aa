// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/admin/call.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace claimsmith::gateway::admin {

/// One path of the Admin API and what can be done there.
struct Endpoint
{
    struct Method
    {
        std::string_view name; ///< GET serves HEAD too
        std::function<http::Response(const Call&)> handle;
    };

    std::string pattern; ///< "/services/{services}": a part in braces stands for any text
    std::vector<Method> methods;
};

/// Those of this edition: of the node, of schemas and of every kind of entity.
const std::vector<Endpoint>& endpoints(Edition edition);
/// The endpoint that a path means: a part that is spelled out goes before a placeholder. Null when there is none.
const Endpoint* findEndpoint(Edition edition, const std::vector<std::string>& segments);
/// "GET, HEAD, OPTIONS, POST": sorted.
std::string allowedMethods(const Endpoint& endpoint);

/// Their parts, each in a file of its own.
void addNodeEndpoints(std::vector<Endpoint>& list);
void addSchemaEndpoints(std::vector<Endpoint>& list);
void addConfigEndpoints(std::vector<Endpoint>& list);
void addUpstreamEndpoints(std::vector<Endpoint>& list);
void addCacheEndpoints(std::vector<Endpoint>& list);
void addTagEndpoints(std::vector<Endpoint>& list);
void addMembershipEndpoints(std::vector<Endpoint>& list); ///< of consumers in groups: enterprise only
void addEntityEndpoints(std::vector<Endpoint>& list, Edition edition);

} // namespace claimsmith::gateway::admin
