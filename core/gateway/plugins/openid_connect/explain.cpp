// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/openid_connect/explain.h"

#include "gateway/plugins/authorization.h"
#include "gateway/plugins/offers.h"
#include "gateway/plugins/openid_connect/checks.h"
#include "http/query.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <utility>

namespace claimsmith::gateway::openidconnect {
namespace {

std::int64_t numberOf(std::string_view text) noexcept
{
    double number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return static_cast<std::int64_t>(number);
}

std::string distance(std::int64_t seconds)
{
    return std::to_string(seconds < 0 ? -seconds : seconds);
}

/// What a problem of a check is called, where it has several.
struct Cause
{
    std::string_view check;
    std::string_view problem; ///< empty: any other
    std::string_view cause;
};

constexpr Cause causes[] = {
    {credentialFound, "", "openid-connect.no-credential"},
    {providerKnown, "", "openid-connect.provider-unknown"},
    {loginValid, "state", "openid-connect.unknown-login"},
    {loginValid, "error", "openid-connect.login-refused"},
    {loginValid, "issuer", "openid-connect.login-at-other-issuer"},
    {loginValid, "no-code", "openid-connect.login-without-code"},
    {loginValid, "no-id-token", "openid-connect.no-id-token"},
    {tokenActive, "", "openid-connect.inactive"},
    {tokenReadable, "crit", "openid-connect.critical-header"},
    {tokenReadable, "", "openid-connect.unreadable"},
    {algorithmKnown, "none", "openid-connect.unsigned"},
    {algorithmKnown, "hs-disabled", "openid-connect.secret-disabled"},
    {algorithmKnown, "", "openid-connect.unknown-algorithm"},
    {keyFound, "", "openid-connect.unknown-key"},
    {signatureValid, "", "openid-connect.signature"},
    {issuerKnown, "", "openid-connect.other-issuer"},
    {idTokenForClient, "", "openid-connect.other-client"},
    {nonceFits, "", "openid-connect.nonce"},
    {sessionFits, "", "openid-connect.other-session"},
    {loginRecent, "", "openid-connect.old-login"},
    {domainAllowed, "", "openid-connect.other-domain"},
    {scopesHeld, "", "openid-connect.lacking"},
    {audienceHeld, "", "openid-connect.lacking"},
    {groupsHeld, "", "openid-connect.lacking"},
    {rolesHeld, "", "openid-connect.lacking"},
    {claimsAllowed, "", "openid-connect.forbidden-claim"},
    {consumerFound, "no-claim", "openid-connect.no-consumer-claim"},
    {consumerFound, "", "openid-connect.unknown-consumer"},
};

std::string_view causeOf(const Finding& finding) noexcept
{
    const auto problem = finding.parameter("problem");
    if (finding.check == providerAnswered)
        return finding.found.empty() ? "openid-connect.endpoint-silent" : "openid-connect.endpoint-refused";
    if (finding.check == expiration || finding.check == notBefore || finding.check == issuedAt) {
        if (problem == "type")
            return "openid-connect.time-type";
        return finding.check == expiration  ? "openid-connect.expired"
               : finding.check == notBefore ? "openid-connect.not-yet-valid"
                                            : "openid-connect.from-the-future";
    }
    for (const Cause& row : causes)
        if (row.check == finding.check && (row.problem.empty() || row.problem == problem))
            return row.cause;
    return {};
}

class Explainer final
{
public:
    Explainer(const Trace& trace, const Step& step, const Snapshot& snapshot, Explanation& explanation)
        : m_trace(trace), m_finding(*step.failure()), m_explanation(explanation), m_offers(step, snapshot, explanation)
    {
        Parameters parameters = m_finding.parameters;
        parameters.emplace_back("scope", step.scope);
        parameters.emplace_back("found", m_finding.found);
        parameters.emplace_back("expected", m_finding.expected);
        parameters.emplace_back("seconds", distance(numberOf(m_finding.found) - now()));
        setCause(explanation, causeOf(m_finding), std::move(parameters));
    }

    void run()
    {
        struct Row
        {
            std::string_view check;
            void (Explainer::*offer)();
        };
        static constexpr Row rows[] = {
            {credentialFound, &Explainer::offerPlaces},   {tokenReadable, &Explainer::offerToken},
            {algorithmKnown, &Explainer::offerSecrets},   {keyFound, &Explainer::showKeys},
            {signatureValid, &Explainer::offerToken},     {expiration, &Explainer::offerTime},
            {notBefore, &Explainer::offerTime},           {issuedAt, &Explainer::offerTime},
            {issuerKnown, &Explainer::offerIssuer},       {loginRecent, &Explainer::offerAge},
            {domainAllowed, &Explainer::offerDomain},     {scopesHeld, &Explainer::offerRequirement},
            {audienceHeld, &Explainer::offerRequirement}, {groupsHeld, &Explainer::offerRequirement},
            {rolesHeld, &Explainer::offerRequirement},    {claimsAllowed, &Explainer::offerClaim},
            {consumerFound, &Explainer::offerConsumer},
        };
        const auto row = std::ranges::find(rows, std::string_view(m_finding.check), &Row::check);
        if (row != std::end(rows))
            (this->*row->offer)();
        m_offers.openPlugin();
    }

private:
    std::int64_t now() const noexcept { return numberOf(m_finding.parameter("now")); }

    /// A token that stands where nobody looks.
    void offerPlaces()
    {
        const document::Value* config = m_offers.config();
        const document::Value* list = config ? config->find("bearer_token_param_type") : nullptr;
        const auto* places = list ? list->asArray() : nullptr;
        const auto isSearched = [&](const char* place) {
            return places && std::ranges::find(*places, document::Value(place)) != places->end();
        };
        const auto offer = [&](const char* place) {
            m_offers.appendToConfig({"repair.add-place", {{"place", place}}}, "bearer_token_param_type", place);
        };
        if (!isSearched("header") && afterScheme(m_trace.request.headers.value("Authorization"), "bearer"))
            offer("header");
        const auto query = http::parseQuery(m_trace.request.query().value_or(""));
        if (!isSearched("query") && query.find("access_token"))
            offer("query");
    }

    void offerToken()
    {
        const auto problem = m_finding.parameter("problem");
        const bool isSignature = m_finding.check == signatureValid || problem == "signature";
        m_offers.add({"repair.open-token"}, OpenToken{isSignature            ? OpenToken::Part::Signature
                                                      : problem == "payload" ? OpenToken::Part::Payload
                                                      : problem == "parts"   ? OpenToken::Part::Whole
                                                                             : OpenToken::Part::Header});
    }

    void offerSecrets()
    {
        if (m_finding.parameter("problem") == "hs-disabled")
            set("enable_hs_signatures", true);
        m_offers.add({"repair.open-token"}, OpenToken{OpenToken::Part::Header});
    }

    void showKeys()
    {
        compare({"compare.key"}, m_finding.found, true);
        compare({"compare.known-keys"}, m_finding.expected, false);
        m_offers.add({"repair.open-token"}, OpenToken{OpenToken::Part::Header});
    }

    /// The clock that suits the token, or a leeway that lets it pass.
    void offerTime()
    {
        const std::int64_t time = numberOf(m_finding.found);
        const bool isEnd = m_finding.check == expiration;
        if (m_finding.parameter("problem") == "type") {
            m_offers.add({"repair.open-token"}, OpenToken{OpenToken::Part::Payload});
            return;
        }
        const std::string claim(m_finding.parameter("claim"));
        m_explanation.comparison = {
            {{"compare.claim", {{"name", claim}}}, m_finding.found, time, {}, true},
            {{"compare.gateway-clock"}, std::to_string(now()), now(), {}, false},
            {{"compare.leeway"}, std::string(m_finding.parameter("leeway")) + " s", std::nullopt, {}, false},
        };
        m_explanation.ruler = {{claim, time}, {"now", now()}};
        std::ranges::stable_sort(m_explanation.ruler, {}, &RulerMark::time);
        const std::int64_t shift = isEnd ? time - now() - 1 : time - now();
        m_offers.add({"repair.shift-clock", {{"seconds", std::to_string(shift)}}}, ShiftClock{shift});
        set("leeway", isEnd ? now() - time + 1 : time - now());
    }

    void offerIssuer()
    {
        compareTwo();
        if (!m_finding.found.empty())
            m_offers.appendToConfig({"repair.allow-value", {{"value", m_finding.found}}}, "issuers_allowed",
                                    m_finding.found);
    }

    void offerAge() { m_offers.setConfig({"repair.stop-verifying", {{"claim", "auth_time"}}}, "max_age", nullptr); }

    void offerDomain()
    {
        if (!m_finding.found.empty())
            m_offers.appendToConfig({"repair.allow-value", {{"value", m_finding.found}}}, "domains", m_finding.found);
    }

    void offerRequirement()
    {
        compareTwo();
        const std::string setting(m_finding.parameter("setting"));
        if (!m_finding.found.empty())
            m_offers.appendToConfig({"repair.allow-value", {{"value", m_finding.found}}}, setting, m_finding.found);
        m_offers.setConfig({"repair.stop-verifying", {{"claim", std::string(m_finding.parameter("claim"))}}}, setting,
                           nullptr);
    }

    void offerClaim()
    {
        m_offers.removeFromConfig({"repair.allow-value", {{"value", m_finding.found}}}, "claims_forbidden",
                                  m_finding.found);
    }

    void offerConsumer()
    {
        const bool isNamed = m_finding.parameter("problem") == "unknown";
        const bool isById = m_finding.expected.find("username") == std::string::npos;
        if (isNamed)
            m_offers.add({"repair.create-consumer", {{"consumer", m_finding.found}}},
                         AddEntity{"/consumers", {{isById ? "custom_id" : "username", m_finding.found}}});
        set("consumer_optional", true);
    }

    void set(const char* field, document::Value value)
    {
        const std::string shown = value.asNumber() ? value.asNumber()->text() : "true";
        m_offers.setConfig({"repair.set-field", {{"field", field}, {"value", shown}}}, field, std::move(value));
    }

    void compareTwo()
    {
        compare({"compare.token-holds"}, m_finding.found, true);
        compare({"compare.plugin-wants"}, m_finding.expected, false);
    }

    void compare(Text label, std::string value, bool isOffending)
    {
        m_explanation.comparison.push_back({std::move(label), std::move(value), std::nullopt, {}, isOffending});
    }

    const Trace& m_trace;
    const Finding& m_finding;
    Explanation& m_explanation;
    Offers m_offers;
};

} // namespace

void explainRefusal(const Trace& trace, const Step& step, const Snapshot& snapshot, Explanation& explanation)
{
    Explainer(trace, step, snapshot, explanation).run();
}

} // namespace claimsmith::gateway::openidconnect
