// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/key_auth/key_auth.h"

#include "gateway/fieldrules.h"
#include "gateway/plugins/bodyarguments.h"
#include "gateway/plugins/config.h"
#include "gateway/plugins/findings.h"
#include "gateway/plugins/identity.h"
#include "gateway/plugins/key_auth/checks.h"
#include "gateway/plugins/key_auth/credentials.h"
#include "gateway/plugins/key_auth/explain.h"
#include "gateway/plugins/making.h"
#include "gateway/plugins/requestarguments.h"
#include "http/query.h"

namespace claimsmith::gateway {

using document::Array;
using keyauth::KeyCredential;
using keyauth::KeyCredentials;

namespace {

const Schema& schema()
{
    static const Schema keyAuth{
        .fields =
            {
                forbiddenConsumerField(),
                httpProtocolsField(),
                recordField(
                    "config",
                    {
                        arrayField("key_names", headerNameField())
                            .describe("Describes an array of parameter names where the plugin will look for a key. The "
                                      "key names may only contain [a-z], [A-Z], [0-9], [_] underscore, and [-] hyphen.")
                            .hint("Names of headers, parameters and fields searched for a key, in order.")
                            .require()
                            .defaultTo(Array{"apikey"}),
                        booleanField("hide_credentials")
                            .describe(
                                "An optional boolean value telling the plugin to show or hide the credential from the "
                                "upstream service. If `true`, the plugin strips the credential from the request.")
                            .hint("Take the key out before the request goes on.")
                            .require()
                            .defaultTo(false),
                        stringField("anonymous")
                            .describe("An optional string (consumer UUID or username) value to use as an “anonymous” "
                                      "consumer if authentication fails. If empty (default null), the request will "
                                      "fail with an authentication failure `4xx`.")
                            .hint("Consumer used when authentication fails, instead of 401.")
                            .as(Format::ConsumerName),
                        booleanField("key_in_header")
                            .describe("If enabled (default), the plugin reads the request header and tries to find the "
                                      "key in it.")
                            .hint("Look into headers.")
                            .require()
                            .defaultTo(true),
                        booleanField("key_in_query")
                            .describe("If enabled (default), the plugin reads the query parameter in the request and "
                                      "tries to find the key in it.")
                            .hint("Look into query parameters.")
                            .require()
                            .defaultTo(true),
                        booleanField("key_in_body")
                            .describe(
                                "If enabled, the plugin reads the request body. Supported MIME types: "
                                "`application/www-form-urlencoded`, `application/json`, and `multipart/form-data`.")
                            .hint("Look into the body: forms, JSON objects, multipart.")
                            .require()
                            .defaultTo(false),
                        booleanField("run_on_preflight")
                            .describe("A boolean value that indicates whether the plugin should run (and try to "
                                      "authenticate) on `OPTIONS` preflight requests. If set to `false`, then "
                                      "`OPTIONS` requests are always allowed.")
                            .hint("Check keys on OPTIONS requests too.")
                            .require()
                            .defaultTo(true),
                        stringField("realm")
                            .describe("When authentication fails the plugin sends `WWW-Authenticate` header with "
                                      "`realm` attribute value.")
                            .hint("Realm that a refusal names in WWW-Authenticate.")
                            .annotate("required", false),
                    })
                    .require(),
            },
        .checks = {},
    };
    return keyAuth;
}

/// What stood under a name: nothing, a text, several values, or something that is no text.
struct Candidate
{
    BodyArguments::Shape shape = BodyArguments::Shape::Absent;
    std::string text;
    std::string_view place; ///< "header", "query", "body"
};

class KeyAuthPlugin final : public Plugin
{
public:
    KeyAuthPlugin(const PluginContext& context, const KeyCredentials& credentials)
        : m_names(textsSetting(context.config, "key_names")), m_hides(flagSetting(context.config, "hide_credentials")),
          m_inHeader(flagSetting(context.config, "key_in_header")),
          m_inQuery(flagSetting(context.config, "key_in_query")), m_inBody(flagSetting(context.config, "key_in_body")),
          m_realm(textSetting(context.config, "realm")), m_pointer(context.pointer), m_rule(context.config),
          m_credentials(credentials)
    {
    }

    bool needsRequestBody(const ClientRequest&) const noexcept override { return m_inBody; }

    Decision access(Exchange& exchange) const override
    {
        if (m_rule.passes(exchange))
            return Continue{};
        Findings findings(exchange.step(), keyauth::all);
        auto refusal = check(exchange, findings);
        findings.closeUnchecked();
        return refusal ? m_rule.refuse(exchange, std::move(*refusal)) : Continue{};
    }

private:
    using Shape = BodyArguments::Shape;

    std::optional<Answer> check(Exchange& exchange, Findings& findings) const
    {
        const Candidate key = findKey(exchange);
        const bool isFound = key.shape != Shape::Absent && (key.shape != Shape::Text || !key.text.empty());
        if (findings) {
            Finding found{.check = std::string(keyauth::keyFound),
                          .expected = places(),
                          .found = std::string(key.place),
                          .pointer = m_pointer};
            isFound ? findings.passed(std::move(found)) : findings.failed(std::move(found));
        }
        if (!isFound)
            return refuse(exchange, "No API key found in request");
        if (findings) {
            Finding single{.check = std::string(keyauth::singleKey), .found = std::string(key.place)};
            key.shape == Shape::Text ? findings.passed(std::move(single)) : findings.failed(std::move(single));
        }
        if (key.shape != Shape::Text)
            return refuse(exchange, "Duplicate API key found");
        const KeyCredential* credential = m_credentials.find(key.text);
        if (findings) {
            Finding known{.check = std::string(keyauth::keyKnown)};
            if (credential) {
                known.found = credential->consumer->entity->name();
                known.pointer = credential->entity->pointer;
            }
            credential ? findings.passed(std::move(known)) : findings.failed(std::move(known));
        }
        if (!credential)
            return refuse(exchange, "Unauthorized");
        authenticate(exchange, *credential->consumer, *credential->entity, credential->entity->id);
        return std::nullopt;
    }

    Candidate findKey(Exchange& exchange) const
    {
        std::optional<BodyArguments> body;
        for (const std::string& name : m_names) {
            Candidate candidate = look(exchange, name, body);
            if (candidate.shape == Shape::Text && m_hides)
                hide(exchange, name, body);
            if (candidate.shape == Shape::Text || candidate.shape == Shape::Several)
                return candidate;
        }
        return {};
    }

    /// The next place is looked into only when the name does not occur in this one.
    Candidate look(const Exchange& exchange, const std::string& name, std::optional<BodyArguments>& body) const
    {
        if (m_inHeader)
            if (const auto lines = findHeaderLines(exchange.upstream.headers, name); !lines.empty())
                return {lines.size() == 1 ? Shape::Text : Shape::Several, std::string(lines.front()), "header"};
        if (m_inQuery && exchange.upstream.query) {
            const auto arguments = http::parseQuery(*exchange.upstream.query);
            if (const auto found = arguments.all(name); found.size() > 1)
                return {Shape::Several, {}, "query"};
            else if (found.size() == 1)
                return {found.front()->value ? Shape::Text : Shape::Other, found.front()->value.value_or(""), "query"};
        }
        if (!m_inBody || !exchange.request.body)
            return {};
        if (!body)
            body = BodyArguments::parse(exchange.upstream.headers.value("Content-Type"), currentBody(exchange));
        const auto found = body->find(name);
        return {found.shape, found.text, "body"};
    }

    /// Kong writes the arguments that stay anew, as a form would (kong-plugins.md A4).
    static std::string rewritten(std::string_view query, std::string_view without)
    {
        std::string out;
        for (const http::QueryArgument& argument : http::parseQuery(query))
            if (argument.name != without)
                out += (out.empty() ? "" : "&") + http::formEncode(argument.name) + "=" +
                       http::formEncode(argument.value.value_or(""));
        return out;
    }

    static const Bytes& currentBody(const Exchange& exchange)
    {
        return exchange.upstream.body ? *exchange.upstream.body : *exchange.request.body;
    }

    void hide(Exchange& exchange, const std::string& name, const std::optional<BodyArguments>& body) const
    {
        exchange.upstream.headers.remove(name);
        if (exchange.upstream.query)
            exchange.upstream.query = rewritten(*exchange.upstream.query, name);
        if (!m_inBody || !exchange.request.body)
            return;
        const auto arguments =
            body ? *body : BodyArguments::parse(exchange.upstream.headers.value("Content-Type"), currentBody(exchange));
        if (auto rest = arguments.without(name))
            exchange.upstream.body = std::move(*rest);
    }

    Answer refuse(const Exchange& exchange, std::string_view message) const
    {
        Answer answer = errorAnswer(exchange.request.head.headers, exchange.requestId, 401, message);
        answer.headers.set("WWW-Authenticate", m_realm ? "Key realm=\"" + *m_realm + "\"" : "Key");
        return answer;
    }

    std::string places() const
    {
        std::string list;
        for (const std::string& name : m_names)
            for (const auto& [kind, isUsed] :
                 {std::pair("header", m_inHeader), {"query", m_inQuery}, {"body", m_inBody}})
                if (isUsed)
                    list += (list.empty() ? "" : ", ") + std::string(kind) + " " + name;
        return list;
    }

    std::vector<std::string> m_names;
    bool m_hides;
    bool m_inHeader;
    bool m_inQuery;
    bool m_inBody;
    std::optional<std::string> m_realm;
    std::string m_pointer;
    AuthenticationRule m_rule;
    const KeyCredentials& m_credentials;
};

} // namespace

PluginDescriptor keyAuthPlugin()
{
    return {
        .name = "key-auth",
        .priority = 1250,
        .phases = {Phase::Access},
        .schema = schema,
        .entities = {&keyauth::keyAuthCredentialType()},
        .prepare = prepareData<KeyCredentials>,
        .create = makePluginWith<KeyAuthPlugin, KeyCredentials>,
        .explain = keyauth::explainRefusal,
    };
}

} // namespace claimsmith::gateway
