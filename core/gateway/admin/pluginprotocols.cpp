// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/admin/pluginprotocols.h"

#include "gateway/admin/responses.h"

#include <algorithm>

namespace claimsmith::gateway::admin {

using document::Array;
using document::Object;
using document::Value;
using http::Response;

namespace {

/// The id in a foreign field; null when there is none.
const std::string* idIn(const Object& fields, std::string_view name)
{
    const Value* value = fields.find(name);
    return value ? value->findString("id") : nullptr;
}

bool sharesProtocol(const Array& protocols, const Entity& route)
{
    const Value* allowed = route.fields.find("protocols");
    return allowed && allowed->asArray() && std::ranges::any_of(protocols, [&](const Value& protocol) {
               return std::ranges::find(*allowed->asArray(), protocol) != allowed->asArray()->end();
           });
}

Response mismatch(std::string_view text)
{
    return schemaViolation({{"protocols", text}});
}

} // namespace

std::optional<Response> findProtocolConflict(const Call& call, const Object& plugin)
{
    const Value* protocols = plugin.find("protocols");
    if (!protocols || !protocols->asArray())
        return std::nullopt;
    if (const std::string* id = idIn(plugin, "route")) {
        const Entity* route = call.entities().find("routes", *id);
        return route && !sharesProtocol(*protocols->asArray(), *route)
                   ? std::optional(mismatch("must match the associated route's protocols"))
                   : std::nullopt;
    }
    const std::string* id = idIn(plugin, "service");
    if (!id)
        return std::nullopt;
    const auto routes = call.entities().referringTo("routes", "service", *id);
    const bool isServed =
        std::ranges::any_of(routes, [&](const Entity* route) { return sharesProtocol(*protocols->asArray(), *route); });
    return routes.empty() || isServed
               ? std::nullopt
               : std::optional(
                     mismatch("must match the protocols of at least one route pointing to this Plugin's service"));
}

} // namespace claimsmith::gateway::admin
