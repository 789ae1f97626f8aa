// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/jwt/jwt.h"

#include "gateway/fieldrules.h"
#include "gateway/plugins/identity.h"
#include "gateway/plugins/jwt/explain.h"
#include "gateway/plugins/jwt/verification.h"

namespace claimsmith::gateway {

using document::Array;
using document::Value;

namespace {

bool isPositive(const Value& value)
{
    return value.asNumber() && value.asNumber()->toDouble() > 0;
}

/// Kong looks only into a list: without one, a limit goes unnoticed.
std::optional<std::string> mustListExp(const Value& value)
{
    if (!value.asArray())
        return std::nullopt;
    for (const Value& claim : *value.asArray())
        if (claim.asString() && *claim.asString() == "exp")
            return std::nullopt;
    return "expected to contain: exp";
}

const Schema& schema()
{
    static const Schema jwt{
        .fields =
            {
                forbiddenConsumerField(),
                httpProtocolsField(),
                recordField(
                    "config",
                    {
                        setField("uri_param_names", stringField())
                            .describe("Query parameters searched for a token.")
                            .defaultTo(Array{"jwt"}),
                        setField("cookie_names", stringField())
                            .describe("Cookies searched for a token. None by default.")
                            .defaultTo(Array{}),
                        stringField("key_claim_name")
                            .describe("Claim that names the credential. Read from the payload first, then the header.")
                            .defaultTo("iss"),
                        booleanField("secret_is_base64")
                            .describe("Decode credential secrets from base64url before use.")
                            .require()
                            .defaultTo(false),
                        setField("claims_to_verify", stringField().oneOf({"exp", "nbf"}))
                            .describe("Registered claims checked against the gateway clock."),
                        stringField("anonymous")
                            .describe("Consumer used when authentication fails, instead of 401.")
                            .as(Format::ConsumerName),
                        booleanField("run_on_preflight")
                            .describe("Check tokens on OPTIONS requests too.")
                            .require()
                            .defaultTo(true),
                        numberField("maximum_expiration")
                            .describe("Longest lifetime a token may have left. 0 turns the limit off.")
                            .measuredIn("s")
                            .range(0, 31536000)
                            .defaultTo(0),
                        setField("header_names", stringField())
                            .describe("Headers searched for a token, in order.")
                            .defaultTo(Array{"authorization"}),
                        stringField("realm").describe("Realm that a refusal names in WWW-Authenticate."),
                    })
                    .require(),
            },
        .checks = {Conditional{"config.maximum_expiration", isPositive, "config.claims_to_verify", mustListExp}},
    };
    return jwt;
}

class JwtPlugin final : public Plugin
{
public:
    JwtPlugin(const PluginContext& context, const jwt::JwtCredentials& credentials)
        : m_settings(context.config, context.conduct, context.pointer), m_rule(context.config),
          m_credentials(credentials)
    {
    }

    Decision access(Exchange& exchange) const override
    {
        if (m_rule.passes(exchange))
            return Continue{};
        auto refusal = jwt::Verification(exchange, m_settings, m_credentials).run();
        return refusal ? m_rule.refuse(exchange, std::move(*refusal)) : Continue{};
    }

private:
    jwt::Settings m_settings;
    AuthenticationRule m_rule;
    const jwt::JwtCredentials& m_credentials;
};

std::shared_ptr<const PluginData> prepare(const Snapshot& snapshot)
{
    return std::make_shared<const jwt::JwtCredentials>(snapshot);
}

Result<std::unique_ptr<const Plugin>> create(const PluginContext& context)
{
    const auto& credentials = static_cast<const jwt::JwtCredentials&>(*context.data);
    return std::unique_ptr<const Plugin>(std::make_unique<const JwtPlugin>(context, credentials));
}

} // namespace

PluginDescriptor jwtPlugin()
{
    return {
        .name = "jwt",
        .priority = 1450,
        .phases = {Phase::Access},
        .schema = schema,
        .entities = {&jwt::jwtSecretType()},
        .prepare = prepare,
        .create = create,
        .explain = jwt::explainRefusal,
    };
}

} // namespace claimsmith::gateway
