// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/openid_connect/openid_connect.h"

#include "gateway/plugins/making.h"
#include "gateway/plugins/openid_connect/schema.h"

namespace claimsmith::gateway {
namespace {

/// Lets nobody in.
class OpenidConnectPlugin final : public Plugin
{
public:
    explicit OpenidConnectPlugin(const PluginContext&) {}

    Decision access(Exchange&) const override { throw Fault{"openid-connect can't authenticate anybody"}; }
};

} // namespace

PluginDescriptor openidConnectPlugin()
{
    return {
        .name = "openid-connect",
        .priority = 1050,
        .phases = {Phase::Access},
        .schema = openidconnect::schema,
        .create = makePlugin<OpenidConnectPlugin>,
        .enterpriseOnly = true,
    };
}

} // namespace claimsmith::gateway
