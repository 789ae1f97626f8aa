// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/x_custom_jwt/x_custom_jwt.h"

#include "base/log.h"
#include "base/random.h"
#include "document/json.h"
#include "gateway/fieldrules.h"
#include "gateway/plugins/config.h"
#include "gateway/plugins/findings.h"
#include "gateway/plugins/kongjson.h"
#include "gateway/plugins/making.h"
#include "gateway/plugins/x_custom_jwt/checks.h"
#include "gateway/plugins/x_custom_jwt/claims.h"
#include "gateway/plugins/x_custom_jwt/explain.h"
#include "gateway/plugins/x_custom_jwt/signing.h"
#include "gateway/plugins/x_custom_jwt/source.h"

namespace claimsmith::gateway {

using document::joinPointer;
using document::Object;
using document::Value;

namespace xcustomjwt {
namespace {

const Schema& schema()
{
    static const Schema customJwt{
        .fields =
            {
                httpProtocolsField(),
                recordField(
                    "config",
                    {
                        stringField("apikey_header").hint("Header that holds an API key.").defaultTo("apikey"),
                        stringField("bearer_clientid_claim")
                            .hint("Claim of the incoming token that becomes client_id.")
                            .defaultTo("clientId"),
                        headerNameField("upstream_custom_jwt_header")
                            .hint("Request header that carries the new token to the upstream.")
                            .require()
                            .defaultTo("X-Custom-Jwt"),
                        headerNameField("downstream_custom_jwt_header")
                            .hint("Response header that shows the new token to the client."),
                        numberField("expires_in")
                            .hint("How long the new token is valid.")
                            .measuredIn("s")
                            .require()
                            .defaultTo(1800),
                        urlField("iss")
                            .hint("Issuer that the new token names.")
                            .require()
                            .defaultTo("https://kong-gateway:8443/x-custom-jwt"),
                        urlField("jku")
                            .hint("Where the upstream finds the public key.")
                            .require()
                            .defaultTo("https://kong-gateway:8443/x-custom-jwt/jwks"),
                        stringField("private_jwk")
                            .hint("Private key that signs, as a JWK; it has to have alg.")
                            .as(Format::MultiLine)
                            .makeSecret()
                            .require()
                            .defaultTo(R"({"kty": "RSA","kid": "kong",...<***CHANGE_ME***>})"),
                        booleanField("verbose").hint("Say in the answer why a request was refused.").defaultTo(false),
                    })
                    .require(),
            },
        .checks = {},
    };
    return customJwt;
}

/// What one turn finds out, step by step.
struct Turn
{
    Exchange& exchange;
    Findings findings;
};

class XCustomJwtPlugin final : public Plugin
{
public:
    explicit XCustomJwtPlugin(const PluginContext& context)
        : m_settings(context.config, context.pointer),
          m_apiKeyHeader(textSetting(context.config, "apikey_header").value_or("")),
          m_upstreamHeader(textSetting(context.config, "upstream_custom_jwt_header").value_or("")),
          m_downstreamHeader(textSetting(context.config, "downstream_custom_jwt_header")),
          m_isVerbose(flagSetting(context.config, "verbose")),
          m_signer(textSetting(context.config, "private_jwk").value_or(""),
                   textSetting(context.config, "jku").value_or(""))
    {
    }

    Decision access(Exchange& exchange) const override
    {
        Turn turn{exchange, Findings(exchange.step(), all)};
        Decision decision = craft(turn);
        turn.findings.closeUnchecked();
        return decision;
    }

    void headerFilter(Exchange& exchange) const override
    {
        if (!m_downstreamHeader)
            return;
        if (const auto* value = std::any_cast<std::string>(&exchange.memory()))
            exchange.response.headers.set(*m_downstreamHeader, *value);
    }

private:
    Decision craft(Turn& turn) const
    {
        const std::string subject = clientSubject(turn.exchange);
        const Source source = findSource(turn.exchange, m_apiKeyHeader, subject);
        if (!record(turn, {.check = std::string(credentialFound), .found = std::string(nameOf(source.kind))},
                    source.kind != Source::Kind::None))
            return refuse("No suitable Authentication method is found: no Bearer token, no Basic Auth, no mTLS, no Key "
                          "Auth");
        Identification known = identify(source, m_settings.clientIdClaim);
        if (!record(turn, {.check = std::string(clientId), .found = known.problem}, known.clientId.has_value()) &&
            !known.problem.empty())
            return refuseIdentity(known.problem);
        const Consumer* consumer = turn.exchange.identity.consumer;
        if (!known.clientId && consumer)
            return refuseIdentity({});
        if (!record(turn, {.check = std::string(consumerKnown), .found = nameOfConsumer(consumer)},
                    consumer != nullptr))
            return refuseIdentity("There is no Kong consumer credential");
        CraftedClaims crafted = craftClaims(turn.exchange, m_settings, source.kind, std::move(known));
        return sign(turn, crafted);
    }

    Decision sign(Turn& turn, const CraftedClaims& crafted) const
    {
        Finding key{.check = std::string(keyUsable),
                    .found = m_signer.problem().empty() ? m_signer.algorithm() : m_signer.problem(),
                    .pointer = joinPointer(m_settings.pointer, "private_jwk")};
        if (!record(turn, std::move(key), m_signer.problem().empty()))
            return refuse(m_signer.problem());
        auto token = m_signer.sign(crafted.claims);
        if (!token)
            return refuse(token.error().detail);
        recordClaims(turn, crafted);
        // By the exact name, as in Kong: "authorization" gets the bare token.
        const std::string value = m_upstreamHeader == "Authorization" ? "Bearer " + *token : std::move(*token);
        turn.exchange.upstream.headers.set(m_upstreamHeader, value);
        if (m_downstreamHeader)
            turn.exchange.memory() = value;
        return Continue{};
    }

    /// Passes `isGood` on, so that a check reads as one line.
    static bool record(Turn& turn, Finding finding, bool isGood)
    {
        if (turn.findings)
            isGood ? turn.findings.passed(std::move(finding)) : turn.findings.failed(std::move(finding));
        return isGood;
    }

    static void recordClaims(Turn& turn, const CraftedClaims& crafted)
    {
        if (!turn.findings)
            return;
        for (const ClaimOrigin& origin : crafted.origins()) {
            const Value* value = crafted.claims.find(origin.claim);
            Finding finding{.check = std::string(claim),
                            .found = value && !origin.isConfidential ? document::toJson(*value) : std::string(),
                            .pointer = origin.pointer};
            finding.parameters = {{"claim", origin.claim}, {"origin", origin.origin}, {"source", origin.source}};
            turn.findings.passed(std::move(finding));
        }
    }

    static std::string nameOfConsumer(const Consumer* consumer)
    {
        return consumer ? std::string(consumer->entity->name()) : std::string();
    }

    Answer refuseIdentity(const std::string& detail) const
    {
        const std::string text = "Issue with 'client_id' claim retrieval or Kong Consumer";
        return refuse(detail.empty() ? text : text + ". " + detail);
    }

    Answer refuse(const std::string& reason) const
    {
        claimsmith::log(LogLevel::Error, "gateway", "x-custom-jwt: " + reason);
        Object body{{"ErrorMessage", "You are not authorized to access to this service"}};
        if (m_isVerbose)
            body.append("VerboseMessage", reason);
        Answer answer = exitAnswer(401, body);
        answer.headers.set("Content-Type", "application/json");
        return answer;
    }

    ClaimSettings m_settings;
    std::string m_apiKeyHeader;
    std::string m_upstreamHeader;
    std::optional<std::string> m_downstreamHeader;
    bool m_isVerbose;
    TokenSigner m_signer;
};

} // namespace
} // namespace xcustomjwt

PluginDescriptor xCustomJwtPlugin()
{
    return {
        .name = "x-custom-jwt",
        .priority = 1025,
        .phases = {Phase::Access, Phase::HeaderFilter},
        .schema = xcustomjwt::schema,
        .create = makePlugin<xcustomjwt::XCustomJwtPlugin>,
        .explain = xcustomjwt::explainRefusal,
        .enterpriseOnly = true,
    };
}

} // namespace claimsmith::gateway
