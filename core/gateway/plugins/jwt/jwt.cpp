// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/jwt/jwt.h"

#include "gateway/fieldrules.h"
#include "gateway/plugins/identity.h"
#include "gateway/plugins/jwt/explain.h"
#include "gateway/plugins/jwt/verification.h"
#include "gateway/plugins/making.h"

namespace claimsmith::gateway {

using document::Array;
using document::Value;

namespace {

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
                            .describe("A list of querystring parameters that Kong will inspect to retrieve JWTs.")
                            .hint("Query parameters searched for a token.")
                            .defaultTo(Array{"jwt"}),
                        setField("cookie_names", stringField())
                            .describe("A list of cookie names that Kong will inspect to retrieve JWTs.")
                            .hint("Cookies searched for a token. None by default.")
                            .defaultTo(Array{}),
                        stringField("key_claim_name")
                            .describe("The name of the claim in which the key identifying the secret must be passed. "
                                      "The plugin will attempt to read this claim from the JWT payload and the header, "
                                      "in that order.")
                            .hint("Claim that names the credential. Read from the payload first, then the header.")
                            .defaultTo("iss"),
                        booleanField("secret_is_base64")
                            .describe("If true, the plugin assumes the credential’s secret to be base64 encoded. You "
                                      "will need to create a base64-encoded secret for your Consumer, and sign your "
                                      "JWT with the original secret.")
                            .hint("Decode credential secrets from base64url before use.")
                            .require()
                            .defaultTo(false),
                        setField("claims_to_verify", stringField().oneOf({"exp", "nbf"}))
                            .describe("A list of registered claims (according to RFC 7519) that Kong can verify as "
                                      "well. Accepted values: one of exp or nbf.")
                            .hint("Registered claims checked against the gateway clock."),
                        stringField("anonymous")
                            .describe("An optional string (consumer UUID or username) value to use as an “anonymous” "
                                      "consumer if authentication fails.")
                            .hint("Consumer used when authentication fails, instead of 401.")
                            .as(Format::ConsumerName),
                        booleanField("run_on_preflight")
                            .describe("A boolean value that indicates whether the plugin should run (and try to "
                                      "authenticate) on OPTIONS preflight requests. If set to false, then OPTIONS "
                                      "requests will always be allowed.")
                            .hint("Check tokens on OPTIONS requests too.")
                            .require()
                            .defaultTo(true),
                        numberField("maximum_expiration")
                            .describe("A value between 0 and 31536000 (365 days) limiting the lifetime of the JWT to "
                                      "maximum_expiration seconds in the future.")
                            .hint("Longest lifetime a token may have left. 0 turns the limit off.")
                            .measuredIn("s")
                            .range(0, 31536000)
                            .defaultTo(0),
                        setField("header_names", stringField())
                            .describe("A list of HTTP header names that Kong will inspect to retrieve JWTs.")
                            .hint("Headers searched for a token, in order.")
                            .defaultTo(Array{"authorization"}),
                        stringField("realm")
                            .describe("When authentication fails the plugin sends `WWW-Authenticate` header with "
                                      "`realm` attribute value.")
                            .hint("Realm that a refusal names in WWW-Authenticate.")
                            .annotate("required", false),
                    })
                    .require(),
            },
        .checks = {Conditional{"config.maximum_expiration", matching().exceed(0), "config.claims_to_verify",
                               matching().contain("exp")}},
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

} // namespace

PluginDescriptor jwtPlugin()
{
    return {
        .name = "jwt",
        .priority = 1450,
        .phases = {Phase::Access},
        .schema = schema,
        .entities = {&jwt::jwtSecretType()},
        .prepare = prepareData<jwt::JwtCredentials>,
        .create = makePluginWith<JwtPlugin, jwt::JwtCredentials>,
        .explain = jwt::explainRefusal,
    };
}

} // namespace claimsmith::gateway
