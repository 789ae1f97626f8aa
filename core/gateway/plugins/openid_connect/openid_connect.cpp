// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/openid_connect/openid_connect.h"

#include "gateway/plugins/making.h"
#include "gateway/plugins/openid_connect/authentication.h"
#include "gateway/plugins/openid_connect/explain.h"
#include "gateway/plugins/openid_connect/schema.h"
#include "gateway/plugins/openid_connect/supported.h"
#include "gateway/sharedstate.h"

#include <memory>
#include <utility>

namespace claimsmith::gateway {

using openidconnect::Authentication;
using openidconnect::Consumers;
using openidconnect::ResponseHeaders;
using openidconnect::Settings;

namespace {

/// What one request keeps from phase to phase. The flow refers to the other members: it goes first.
struct Memory
{
    ResponseHeaders headers; ///< for the client, whoever answers
    std::unique_ptr<Authentication> authentication;
    std::optional<AccessFlow> flow;
};

using MemoryPointer = std::shared_ptr<Memory>;

class OpenidConnectPlugin final : public Plugin
{
public:
    OpenidConnectPlugin(const PluginContext& context, const Consumers& consumers)
        : m_settings(context), m_rule(context.config), m_consumers(consumers)
    {
    }

    Decision access(Exchange& exchange) const override
    {
        if (m_rule.passes(exchange))
            return Continue{};
        const auto memory = std::make_shared<Memory>();
        exchange.memory() = memory;
        memory->flow.emplace([&](Waits& waits) {
            SharedState& state = exchange.state;
            memory->authentication = std::make_unique<Authentication>(
                waits, exchange, m_settings, m_consumers, m_rule, state.openidConnect, state.outgoing, memory->headers);
            return memory->authentication->run();
        });
        return memory->flow->start();
    }

    Decision resume(Exchange& exchange) const override
    {
        return std::any_cast<const MemoryPointer&>(exchange.memory())->flow->resume();
    }

    void headerFilter(Exchange& exchange) const override
    {
        const auto* memory = std::any_cast<MemoryPointer>(&exchange.memory());
        if (!memory)
            return;
        for (const auto& [name, value] : (*memory)->headers)
            name == "Set-Cookie" ? exchange.response.headers.add(name, value)
                                 : exchange.response.headers.set(name, value);
    }

    bool needsRequestBody(const ClientRequest& request) const noexcept override
    {
        return m_settings.needsBody(request.head);
    }

private:
    Settings m_settings;
    AuthenticationRule m_rule;
    const Consumers& m_consumers;
};

Result<std::unique_ptr<const Plugin>> create(const PluginContext& context)
{
    CLAIMSMITH_CHECK(openidconnect::checkSupported(context.config));
    return makePluginWith<OpenidConnectPlugin, Consumers>(context);
}

} // namespace

PluginDescriptor openidConnectPlugin()
{
    return {
        .name = "openid-connect",
        .priority = 1050,
        .phases = {Phase::Access, Phase::HeaderFilter},
        .schema = openidconnect::schema,
        .prepare = prepareData<Consumers>,
        .create = create,
        .explain = openidconnect::explainRefusal,
        .enterpriseOnly = true,
    };
}

} // namespace claimsmith::gateway
