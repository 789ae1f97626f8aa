// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/cors/cors.h"

#include "base/text.h"
#include "gateway/fieldrules.h"
#include "gateway/pattern.h"
#include "gateway/plugins/config.h"
#include "gateway/plugins/cors/checks.h"
#include "gateway/plugins/cors/explain.h"
#include "gateway/plugins/cors/origins.h"
#include "gateway/plugins/findings.h"

#include <algorithm>
#include <utility>

namespace claimsmith::gateway {

using cors::OriginRules;
using document::Array;
using document::Value;

namespace {

const Array& methodNames()
{
    static const Array names{"GET", "HEAD", "PUT", "PATCH", "POST", "DELETE", "OPTIONS", "TRACE", "CONNECT"};
    return names;
}

std::optional<std::string> checkOrigin(const Value& value)
{
    const std::string& entry = *value.asString();
    if (entry == "*" || !findSyntaxError(entry))
        return std::nullopt;
    return "'" + entry + "' is not a valid regex";
}

const Schema& schema()
{
    static const Schema cors{
        .fields =
            {
                forbiddenConsumerField(),
                httpProtocolsField(),
                recordField(
                    "config",
                    {
                        arrayField("origins", stringField().check(checkOrigin))
                            .describe("List of allowed domains for the `Access-Control-Allow-Origin` header. If you "
                                      "want to allow all origins, add `*` as a single value to this configuration "
                                      "field. The accepted values can either be flat strings or PCRE regexes.")
                            .hint("Origins that may read responses: full ones, regular expressions, or * for all."),
                        arrayField("headers", stringField())
                            .describe("Value for the `Access-Control-Allow-Headers` header.")
                            .hint("Request headers that may be sent; none: whatever a preflight asks for."),
                        arrayField("exposed_headers", stringField())
                            .describe("Value for the `Access-Control-Expose-Headers` header. If not specified, no "
                                      "custom headers are exposed.")
                            .hint("Response headers that scripts may read."),
                        arrayField("methods", stringField().oneOf(methodNames()))
                            .describe("'Value for the `Access-Control-Allow-Methods` header. Available options include "
                                      "`GET`, `HEAD`, `PUT`, `PATCH`, `POST`, `DELETE`, `OPTIONS`, `TRACE`, `CONNECT`. "
                                      "By default, all options are allowed.'")
                            .hint("Methods that preflights are told of.")
                            .defaultTo(methodNames()),
                        numberField("max_age")
                            .describe(
                                "Indicates how long the results of the preflight request can be cached, in `seconds`.")
                            .hint("How long browsers keep the answer to a preflight.")
                            .measuredIn("s"),
                        booleanField("credentials")
                            .describe("Flag to determine whether the `Access-Control-Allow-Credentials` header should "
                                      "be sent with `true` as the value.")
                            .hint("Let browsers send cookies and authorization.")
                            .require()
                            .defaultTo(false),
                        booleanField("private_network")
                            .describe("Flag to determine whether the `Access-Control-Allow-Private-Network` header "
                                      "should be sent with `true` as the value.")
                            .hint("Let public pages reach this private network.")
                            .require()
                            .defaultTo(false),
                        booleanField("preflight_continue")
                            .describe("A boolean value that instructs the plugin to proxy the `OPTIONS` preflight "
                                      "request to the Upstream service.")
                            .hint("Leave preflights to the upstream.")
                            .require()
                            .defaultTo(false),
                    })
                    .require(),
            },
        .checks = {},
    };
    return cors;
}

std::string joined(const std::vector<std::string>& texts, std::string_view separator = ",")
{
    std::string list;
    for (const std::string& text : texts)
        list += (list.empty() ? "" : std::string(separator)) + text;
    return list;
}

bool lists(const std::vector<std::string>& texts, std::string_view text)
{
    return std::ranges::any_of(texts, [&](const std::string& each) { return equalIgnoringCase(each, text); });
}

/// Methods that browsers send without asking (Fetch standard, "CORS-safelisted method").
bool isSafelisted(std::string_view method) noexcept
{
    return method == "GET" || method == "HEAD" || method == "POST";
}

std::string numberText(double number)
{
    return document::Number(number).text();
}

class CorsPlugin final : public Plugin
{
public:
    CorsPlugin(const PluginContext& context, OriginRules origins)
        : m_rules(std::move(origins)), m_origins(textsSetting(context.config, "origins")),
          m_methodList(textsSetting(context.config, "methods")), m_headerList(textsSetting(context.config, "headers")),
          m_methods(joined(m_methodList)), m_headers(joined(m_headerList)),
          m_exposed(joined(textsSetting(context.config, "exposed_headers"))),
          m_credentials(flagSetting(context.config, "credentials")),
          m_privateNetwork(flagSetting(context.config, "private_network")),
          m_continuesPreflight(flagSetting(context.config, "preflight_continue")), m_conduct(context.conduct),
          m_pointer(context.pointer)
    {
        if (const Value* methods = context.config.find("methods"); !methods || methods->isNull()) {
            m_methodList = textsOf(methodNames());
            m_methods = joined(m_methodList);
        }
        if (const Value* age = context.config.find("max_age"); age && age->asNumber())
            m_maxAge = age->asNumber()->toInteger() ? age->asNumber()->text() : numberText(age->asNumber()->toDouble());
    }

    Decision access(Exchange& exchange) const override
    {
        const http::HeaderMap& sent = exchange.request.head.headers;
        const auto origin = sent.find("Origin");
        const auto method = sent.find("Access-Control-Request-Method");
        if (exchange.request.head.method != "OPTIONS" || !origin || !method)
            return Continue{};
        exchange.memory() = true; // headerFilter() has nothing to add
        if (m_continuesPreflight) {
            exchange.setVerdict(Step::Verdict::Skipped);
            return Continue{};
        }
        Findings findings(exchange.step(), cors::all);
        Answer answer = exitAnswer(200);
        allowOrigin(answer.headers, origin, false);
        tellPreflight(answer.headers, sent);
        if (findings) {
            noteOrigin(findings, *origin, answer.headers);
            notePreflight(findings, *method, sent);
        }
        return answer;
    }

    void headerFilter(Exchange& exchange) const override
    {
        if (exchange.memory().has_value())
            return;
        const auto origin = exchange.request.head.headers.find("Origin");
        http::HeaderMap& headers = exchange.response.headers;
        if (origin && origin->empty() && m_conduct == Conduct::Kong && readsOrigins()) {
            exchange.response.status = hangUpStatus; // Kong breaks here
            return;
        }
        allowOrigin(headers, origin, true);
        if (!m_exposed.empty())
            headers.set("Access-Control-Expose-Headers", m_exposed);
        Findings findings(exchange.step(), cors::all);
        if (findings && origin)
            noteOrigin(findings, *origin, headers);
    }

private:
    static std::vector<std::string> textsOf(const Array& array)
    {
        std::vector<std::string> texts;
        for (const Value& value : array)
            texts.push_back(*value.asString());
        return texts;
    }

    /// Whether the request's origin is looked at, and not only answered with a fixed text.
    bool readsOrigins() const { return !m_rules.choose(std::nullopt).allowed; }

    void allowOrigin(http::HeaderMap& headers, std::optional<std::string_view> origin, bool keepsVary) const
    {
        const auto choice = m_rules.choose(origin);
        if (choice.varies)
            vary(headers, keepsVary);
        if (choice.allowed)
            headers.set("Access-Control-Allow-Origin", *choice.allowed);
        else
            headers.remove("Access-Control-Allow-Origin");
        if (m_credentials)
            allowCredentials(headers, choice, origin, keepsVary);
    }

    /// "*" and credentials do not go together (Fetch standard, CORS check): the origin itself stands in its place.
    static void allowCredentials(http::HeaderMap& headers, const OriginRules::Choice& choice,
                                 std::optional<std::string_view> origin, bool keepsVary)
    {
        if (choice.allowsAll && !origin)
            return;
        if (choice.allowsAll) {
            vary(headers, keepsVary);
            headers.set("Access-Control-Allow-Origin", *origin);
        }
        headers.set("Access-Control-Allow-Credentials", "true");
    }

    static void vary(http::HeaderMap& headers, bool keepsVary)
    {
        if (keepsVary)
            headers.add("Vary", "Origin");
        else
            headers.set("Vary", "Origin");
    }

    void tellPreflight(http::HeaderMap& headers, const http::HeaderMap& sent) const
    {
        if (!m_headers.empty())
            headers.set("Access-Control-Allow-Headers", m_headers);
        else if (const auto asked = sent.find("Access-Control-Request-Headers"))
            headers.set("Access-Control-Allow-Headers", *asked);
        headers.set("Access-Control-Allow-Methods", m_methods);
        if (m_maxAge)
            headers.set("Access-Control-Max-Age", *m_maxAge);
        if (m_privateNetwork && sent.value("Access-Control-Request-Private-Network") == "true")
            headers.set("Access-Control-Allow-Private-Network", "true");
    }

    /// The browser compares what comes back with the origin as it sent it.
    void noteOrigin(Findings& findings, std::string_view origin, const http::HeaderMap& answer) const
    {
        const auto allowed = answer.value("Access-Control-Allow-Origin");
        findings.record(allowed == "*" || allowed == origin,
                        {.check = std::string(cors::originAllowed),
                         .expected = m_origins.empty() ? "*" : joined(m_origins, ", "),
                         .found = std::string(origin),
                         .pointer = document::joinPointer(m_pointer, "origins"),
                         .standard = "Fetch",
                         .quirk = isOpenEnded(origin, allowed) ? std::string(cors::openEnd) : std::string()});
    }

    /// Whether a stricter reading of the expressions would keep the origin out.
    bool isOpenEnded(std::string_view origin, std::string_view allowed) const
    {
        if (m_conduct == Conduct::Strict || allowed.empty() || allowed == "*")
            return false;
        const auto strict = OriginRules::create(m_origins, Conduct::Strict);
        return strict && !strict->choose(origin).allowed;
    }

    void notePreflight(Findings& findings, std::string_view method, const http::HeaderMap& sent) const
    {
        const bool isListed = std::ranges::find(m_methodList, method) != m_methodList.end();
        findings.record(isSafelisted(method) || isListed, {.check = std::string(cors::methodAllowed),
                                                           .expected = m_methods,
                                                           .found = std::string(method),
                                                           .pointer = document::joinPointer(m_pointer, "methods"),
                                                           .standard = "Fetch"});
        const std::string asked(sent.value("Access-Control-Request-Headers"));
        std::string missing;
        for (const std::string_view name : split(asked, ','))
            if (!m_headerList.empty() && !trimmed(name).empty() && !lists(m_headerList, trimmed(name)) &&
                missing.empty())
                missing = trimmed(name);
        findings.record(missing.empty(), {.check = std::string(cors::headersAllowed),
                                          .expected = m_headers,
                                          .found = missing.empty() ? asked : missing,
                                          .pointer = document::joinPointer(m_pointer, "headers"),
                                          .standard = "Fetch"});
    }

    OriginRules m_rules;
    std::vector<std::string> m_origins;
    std::vector<std::string> m_methodList;
    std::vector<std::string> m_headerList;
    std::string m_methods;
    std::string m_headers;
    std::string m_exposed;
    std::optional<std::string> m_maxAge;
    bool m_credentials;
    bool m_privateNetwork;
    bool m_continuesPreflight;
    Conduct m_conduct;
    std::string m_pointer;
};

Result<std::unique_ptr<const Plugin>> create(const PluginContext& context)
{
    auto rules = OriginRules::create(textsSetting(context.config, "origins"), context.conduct);
    if (!rules)
        return std::move(rules).error();
    return std::unique_ptr<const Plugin>(std::make_unique<const CorsPlugin>(context, std::move(*rules)));
}

} // namespace

PluginDescriptor corsPlugin()
{
    return {
        .name = "cors",
        .priority = 2000,
        .phases = {Phase::Access, Phase::HeaderFilter},
        .schema = schema,
        .create = create,
        .explain = cors::explainRefusal,
    };
}

} // namespace claimsmith::gateway
