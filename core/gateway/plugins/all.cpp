// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/all.h"

#include "gateway/entities/entityschemas.h"
#include "gateway/plugins/acl/acl.h"
#include "gateway/plugins/basic_auth/basic_auth.h"
#include "gateway/plugins/bot_detection/bot_detection.h"
#include "gateway/plugins/correlation_id/correlation_id.h"
#include "gateway/plugins/cors/cors.h"
#include "gateway/plugins/file_log/file_log.h"
#include "gateway/plugins/hmac_auth/hmac_auth.h"
#include "gateway/plugins/http_log/http_log.h"
#include "gateway/plugins/ip_restriction/ip_restriction.h"
#include "gateway/plugins/jwt/jwt.h"
#include "gateway/plugins/key_auth/key_auth.h"
#include "gateway/plugins/mtls_auth/mtls_auth.h"
#include "gateway/plugins/openid_connect/openid_connect.h"
#include "gateway/plugins/pre_function/pre_function.h"
#include "gateway/plugins/proxy_cache/proxy_cache.h"
#include "gateway/plugins/rate_limiting/rate_limiting.h"
#include "gateway/plugins/redirect/redirect.h"
#include "gateway/plugins/request_size_limiting/request_size_limiting.h"
#include "gateway/plugins/request_termination/request_termination.h"
#include "gateway/plugins/request_transformer/request_transformer.h"
#include "gateway/plugins/request_transformer_advanced/request_transformer_advanced.h"
#include "gateway/plugins/response_ratelimiting/response_ratelimiting.h"
#include "gateway/plugins/response_transformer/response_transformer.h"
#include "gateway/plugins/x_custom_jwt/x_custom_jwt.h"

#include <algorithm>
#include <map>

namespace claimsmith::gateway {
namespace {

Schema composeSchema(const Schema& plugin, Edition edition)
{
    Schema schema = edition == Edition::Enterprise ? pluginSchema() : openSourcePluginSchema();
    for (const Field& field : plugin.fields) {
        std::erase_if(schema.fields, [&](const Field& general) { return general.name == field.name; });
        schema.fields.push_back(field);
    }
    schema.checks = plugin.checks;
    return schema;
}

/// Plugins that Kong's enterprise edition also lets run on WebSocket services.
constexpr std::string_view webSocketPlugins[] = {"basic-auth", "key-auth"};

void addWebSockets(Schema& schema)
{
    const auto protocols = std::ranges::find(schema.fields, "protocols", &Field::name);
    Field protocol = *protocols->elements;
    protocol.choices.insert(protocol.choices.end(), {"ws", "wss"});
    protocols->elements = std::make_shared<const Field>(std::move(protocol));
}

/// What can't be limited to a consumer can't be limited to a group of them.
void forbidGroups(Schema& schema)
{
    const Field* consumer = schema.find("consumer");
    if (consumer && consumer->mustBeNull && !schema.find("consumer_group"))
        schema.fields.push_back(
            foreignField("consumer_group", "consumer_groups").describe(consumer->description).forbid());
}

Schema enterpriseSchemaOf(const PluginDescriptor& plugin)
{
    Schema schema = plugin.enterpriseSchema ? plugin.enterpriseSchema() : plugin.schema();
    forbidGroups(schema);
    if (std::ranges::find(webSocketPlugins, plugin.name) != std::end(webSocketPlugins))
        addWebSockets(schema);
    return schema;
}

using Schemas = std::map<std::string_view, Schema>;

template <class Make>
Schemas makeSchemas(Make make)
{
    Schemas schemas;
    for (const PluginDescriptor& plugin : allPlugins())
        schemas.emplace(plugin.name, make(plugin));
    return schemas;
}

Schemas composeSchemas(Edition edition)
{
    return makeSchemas(
        [edition](const PluginDescriptor& plugin) { return composeSchema(pluginSchemaOf(plugin, edition), edition); });
}

} // namespace

const std::vector<PluginDescriptor>& allPlugins()
{
    static const std::vector<PluginDescriptor> plugins{
        aclPlugin(),
        basicAuthPlugin(),
        botDetectionPlugin(),
        correlationIdPlugin(),
        corsPlugin(),
        fileLogPlugin(),
        hmacAuthPlugin(),
        httpLogPlugin(),
        ipRestrictionPlugin(),
        jwtPlugin(),
        keyAuthPlugin(),
        mtlsAuthPlugin(),
        openidConnectPlugin(),
        postFunctionPlugin(),
        preFunctionPlugin(),
        proxyCachePlugin(),
        rateLimitingPlugin(),
        redirectPlugin(),
        requestSizeLimitingPlugin(),
        requestTerminationPlugin(),
        requestTransformerPlugin(),
        requestTransformerAdvancedPlugin(),
        responseRatelimitingPlugin(),
        responseTransformerPlugin(),
        xCustomJwtPlugin(),
    };
    return plugins;
}

const PluginDescriptor* findPlugin(std::string_view name) noexcept
{
    const auto found = std::ranges::find(allPlugins(), name, &PluginDescriptor::name);
    return found == allPlugins().end() ? nullptr : &*found;
}

const PluginDescriptor* findPlugin(std::string_view name, Edition edition) noexcept
{
    const PluginDescriptor* plugin = findPlugin(name);
    return plugin && plugin->enterpriseOnly && edition == Edition::OpenSource ? nullptr : plugin;
}

const Schema& pluginSchemaOf(const PluginDescriptor& plugin, Edition edition)
{
    static const Schemas enterprise = makeSchemas(enterpriseSchemaOf);
    return edition == Edition::Enterprise ? enterprise.at(plugin.name) : plugin.schema();
}

const Schema& entitySchemaOf(const PluginDescriptor& plugin, Edition edition)
{
    static const Schemas openSource = composeSchemas(Edition::OpenSource);
    static const Schemas enterprise = composeSchemas(Edition::Enterprise);
    return (edition == Edition::Enterprise ? enterprise : openSource).at(plugin.name);
}

} // namespace claimsmith::gateway
