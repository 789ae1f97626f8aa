// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/basic_auth/basic_auth.h"

#include "gateway/fieldrules.h"
#include "gateway/plugins/basic_auth/checks.h"
#include "gateway/plugins/basic_auth/credentials.h"
#include "gateway/plugins/basic_auth/explain.h"
#include "gateway/plugins/basic_auth/header.h"
#include "gateway/plugins/config.h"
#include "gateway/plugins/findings.h"
#include "gateway/plugins/identity.h"
#include "gateway/plugins/making.h"

#include <utility>

namespace claimsmith::gateway {

using basicauth::BasicCredential;
using basicauth::BasicCredentials;
using basicauth::Given;

namespace {

constexpr std::string_view places = "header Proxy-Authorization, header Authorization";

const Schema& schema()
{
    static const Schema basicAuth{
        .fields =
            {
                forbiddenConsumerField(),
                httpProtocolsField(),
                recordField(
                    "config",
                    {
                        stringField("anonymous")
                            .describe(
                                "An optional string (Consumer UUID or username) value to use as an “anonymous” "
                                "consumer if authentication fails. If empty (default null), the request will fail with "
                                "an authentication failure `4xx`. Please note that this value must refer to the "
                                "Consumer `id` or `username` attribute, and **not** its `custom_id`.")
                            .hint("Consumer used when authentication fails, instead of 401.")
                            .as(Format::ConsumerName),
                        booleanField("hide_credentials")
                            .describe("An optional boolean value telling the plugin to show or hide the credential "
                                      "from the upstream service. If `true`, the plugin will strip the credential from "
                                      "the request (i.e. the `Authorization` header) before proxying it.")
                            .hint("Take the header out before the request goes on.")
                            .require()
                            .defaultTo(false),
                        stringField("realm")
                            .describe("When authentication fails the plugin sends `WWW-Authenticate` header with "
                                      "`realm` attribute value.")
                            .hint("Realm that a refusal names in WWW-Authenticate.")
                            .require()
                            .defaultTo("service"),
                    })
                    .require(),
            },
        .checks = {},
    };
    return basicAuth;
}

std::string_view problemOf(Given::Form form) noexcept
{
    switch (form) {
    case Given::Form::OtherScheme:
        return "scheme";
    case Given::Form::NotBase64:
        return "base64";
    case Given::Form::NoUser:
        return "no-user";
    case Given::Form::Repeated:
        return "repeated";
    case Given::Form::Absent:
    case Given::Form::Good:
        break;
    }
    return "";
}

class BasicAuthPlugin final : public Plugin
{
public:
    BasicAuthPlugin(const PluginContext& context, const BasicCredentials& credentials)
        : m_hides(flagSetting(context.config, "hide_credentials")),
          m_challenge("Basic realm=\"" + textSetting(context.config, "realm").value_or("service") + "\""),
          m_pointer(context.pointer), m_conduct(context.conduct), m_rule(context.config), m_credentials(credentials)
    {
    }

    Decision access(Exchange& exchange) const override
    {
        if (m_rule.passes(exchange))
            return Continue{};
        Findings findings(exchange.step(), basicauth::all);
        const bool isKnown = check(exchange, findings);
        findings.closeUnchecked();
        return isKnown ? Continue{} : m_rule.refuse(exchange, refusal(exchange));
    }

private:
    /// What was read last, and whose it is.
    struct Attempt
    {
        Given given;
        const BasicCredential* credential = nullptr;
    };

    bool check(Exchange& exchange, Findings& findings) const
    {
        const http::HeaderMap& headers = exchange.upstream.headers;
        const bool isSent = headers.contains("Authorization") || headers.contains("Proxy-Authorization");
        if (!isSent) {
            if (findings)
                noteHeader(findings, {});
            return false;
        }
        const Attempt attempt = look(exchange);
        const bool accepts = attempt.credential && attempt.credential->accepts(attempt.given.password.view());
        if (findings)
            note(findings, attempt, accepts);
        if (accepts)
            authenticate(exchange, *attempt.credential->consumer, *attempt.credential->entity,
                         attempt.credential->entity->text("username"));
        return accepts;
    }

    /// Proxy-Authorization first; the other only when nobody is called as that one says (kong-plugins.md B3).
    Attempt look(Exchange& exchange) const
    {
        Attempt first = examine(exchange, "Proxy-Authorization");
        if (first.credential)
            return first;
        Attempt second = examine(exchange, "Authorization");
        return second.given.form == Given::Form::Absent ? std::move(first) : std::move(second);
    }

    Attempt examine(Exchange& exchange, std::string_view header) const
    {
        http::HeaderMap& headers = exchange.upstream.headers;
        Attempt attempt{basicauth::readBasic(headers, header, m_conduct)};
        if (attempt.given.isGood())
            attempt.credential = m_credentials.find(attempt.given.username);
        // Kong forgets to hide what decodes to something else than user and password.
        if (m_hides && (attempt.given.form != Given::Form::NoUser || m_conduct == Conduct::Strict))
            headers.remove(header);
        return attempt;
    }

    void noteHeader(Findings& findings, std::string_view header) const
    {
        findings.record(!header.empty(), {.check = std::string(basicauth::headerFound),
                                          .expected = std::string(places),
                                          .found = header.empty() ? "" : "header " + std::string(header),
                                          .pointer = m_pointer});
    }

    void note(Findings& findings, const Attempt& attempt, bool accepts) const
    {
        const Given& given = attempt.given;
        noteHeader(findings, given.header);
        noteReading(findings, given);
        if (!given.isGood())
            return;
        Finding user{.check = std::string(basicauth::userKnown), .found = given.username};
        if (attempt.credential)
            user.pointer = attempt.credential->entity->pointer;
        findings.record(attempt.credential != nullptr, std::move(user));
        if (attempt.credential)
            findings.record(accepts, {.check = std::string(basicauth::passwordMatches),
                                      .pointer = attempt.credential->entity->pointer,
                                      .parameters = {{"user", given.username}}});
    }

    static void noteReading(Findings& findings, const Given& given)
    {
        Finding reads{
            .check = std::string(basicauth::headerReads),
            .expected = "Basic",
            .found = std::string(given.scheme),
            .parameters = {{"problem", std::string(problemOf(given.form))}, {"header", std::string(given.header)}}};
        if (given.isLax) {
            reads.standard = "RFC 7617 §2";
            reads.quirk = basicauth::laxHeader;
        } else if (given.isRefusedByCase) {
            reads.standard = "RFC 9110 §11.1";
            reads.quirk = basicauth::schemeCase;
        }
        findings.record(given.isGood(), std::move(reads));
    }

    Answer refusal(const Exchange& exchange) const
    {
        Answer answer = errorAnswer(exchange.request.head.headers, exchange.requestId, 401, "Unauthorized");
        answer.headers.set("WWW-Authenticate", m_challenge);
        return answer;
    }

    bool m_hides;
    std::string m_challenge;
    std::string m_pointer;
    Conduct m_conduct;
    AuthenticationRule m_rule;
    const BasicCredentials& m_credentials;
};

} // namespace

PluginDescriptor basicAuthPlugin()
{
    return {
        .name = "basic-auth",
        .priority = 1100,
        .phases = {Phase::Access},
        .schema = schema,
        .entities = {&basicauth::basicAuthCredentialType()},
        .prepare = prepareData<BasicCredentials>,
        .create = makePluginWith<BasicAuthPlugin, BasicCredentials>,
        .explain = basicauth::explainRefusal,
    };
}

} // namespace claimsmith::gateway
