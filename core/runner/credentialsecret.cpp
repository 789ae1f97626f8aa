// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runner/credentialsecret.h"

#include "gateway/requestpath.h"
#include "gateway/router.h"
#include "gateway/snapshot.h"

namespace claimsmith::runner {
namespace {

bool isJwt(const gateway::PluginInstance& instance) noexcept
{
    return instance.enabled && instance.descriptor && instance.descriptor->name == "jwt";
}

bool decodes(const gateway::PluginInstance& instance)
{
    const document::Value* config = instance.entity->fields.find("config");
    return config && config->findBoolean("secret_is_base64").value_or(false);
}

/// The jwt plugin that checks this request's token, or null.
const gateway::PluginInstance* guardOf(const gateway::Snapshot& snapshot, const http::RequestHead& request)
{
    const std::string path = gateway::normalisePath(request.path());
    gateway::RouteQuery query;
    query.method = request.method;
    query.host = request.headers.value("Host");
    query.path = path;
    query.headers = &request.headers;
    const auto match = snapshot.router().find(query);
    if (!match)
        return nullptr;
    for (const gateway::ChainSlot& slot : snapshot.chainOf(match->route)) {
        if (slot.instance && isJwt(*slot.instance))
            return slot.instance;
    }
    return nullptr;
}

} // namespace

bool decodesSecrets(const gateway::Snapshot& snapshot, const http::RequestHead* request)
{
    if (const auto* guard = request ? guardOf(snapshot, *request) : nullptr)
        return decodes(*guard);
    bool any = false;
    for (const auto& instance : snapshot.plugins()) {
        if (!isJwt(*instance))
            continue;
        if (!decodes(*instance))
            return false;
        any = true;
    }
    return any;
}

} // namespace claimsmith::runner
