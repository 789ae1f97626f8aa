// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/jwt/explain.h"

#include "base/text.h"
#include "gateway/plugins/jwt/checks.h"
#include "gateway/plugins/jwt/repairs.h"

#include <algorithm>
#include <charconv>

namespace claimsmith::gateway::jwt {
namespace {

std::int64_t numberOf(std::string_view text) noexcept
{
    double number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return static_cast<std::int64_t>(number);
}

class Explainer final
{
public:
    Explainer(const Trace& trace, const Step& step, const Snapshot& snapshot, Explanation& explanation)
        : m_step(step), m_finding(*step.failure()), m_explanation(explanation),
          m_repairs(trace, step, snapshot, explanation)
    {
    }

    void run()
    {
        struct Row
        {
            std::string_view check;
            void (Explainer::*explain)();
        };

        static constexpr Row rows[] = {
            {tokenFound, &Explainer::noToken},
            {singleToken, &Explainer::severalTokens},
            {tokenIsText, &Explainer::flagForToken},
            {decodes, &Explainer::badToken},
            {algorithmKnown, &Explainer::unknownAlgorithm},
            {keyClaim, &Explainer::keyClaimFails},
            {credentialFound, &Explainer::unknownKey},
            {algorithmFits, &Explainer::otherAlgorithm},
            {keyUsable, &Explainer::badKey},
            {signatureValid, &Explainer::badSignature},
            {expiration, &Explainer::expirationFails},
            {notBefore, &Explainer::notBeforeFails},
            {maximumExpiration, &Explainer::livesTooLong},
        };
        const auto row = std::ranges::find(rows, std::string_view(m_finding.check), &Row::check);
        if (row != std::end(rows))
            (this->*row->explain)();
    }

private:
    void say(std::string_view cause, Parameters parameters = {})
    {
        parameters.emplace_back("scope", m_step.scope);
        setCause(m_explanation, cause, std::move(parameters));
    }

    void compare(Text label, std::string value, bool offending)
    {
        m_explanation.comparison.push_back({std::move(label), std::move(value), std::nullopt, {}, offending});
    }

    void noToken()
    {
        say("jwt.no-token", {{"places", m_finding.expected}});
        m_repairs.signTokens(true);
        m_repairs.readTokenFromWhereItIs();
        m_repairs.openPlugin();
    }

    void severalTokens()
    {
        say("jwt.several-tokens", {{"count", m_finding.found}, {"places", std::string(m_finding.parameter("places"))}});
        m_repairs.keepOne();
    }

    void flagForToken()
    {
        say("jwt.not-text", {{"place", m_finding.found}});
        m_repairs.signTokens(true);
    }

    void badToken()
    {
        const auto part = std::string(m_finding.parameter("part"));
        say("jwt.bad-token", {{"part", part}, {"problem", m_finding.found}});
        m_repairs.openToken(part == "payload"     ? OpenToken::Part::Payload
                            : part == "signature" ? OpenToken::Part::Signature
                                                  : OpenToken::Part::Header,
                            true);
        m_repairs.signTokens(false);
    }

    void unknownAlgorithm()
    {
        say("jwt.unknown-algorithm", {{"algorithm", m_finding.found}});
        m_repairs.signTokens(true);
        m_repairs.openToken(OpenToken::Part::Header, false);
    }

    void keyClaimFails()
    {
        const auto problem = m_finding.parameter("problem");
        const Parameters parameters{{"claim", std::string(m_finding.parameter("claim"))}, {"found", m_finding.found}};
        say(problem == "absent" ? "jwt.no-key" : problem == "empty" ? "jwt.empty-key" : "jwt.key-type", parameters);
        m_repairs.addKeyClaim();
        m_repairs.useOtherKeyClaim();
        m_repairs.openPlugin();
    }

    void unknownKey()
    {
        say("jwt.unknown-key", {{"claim", std::string(m_finding.parameter("claim"))}, {"key", m_finding.found}});
        compare({"compare.key"}, m_finding.found, true);
        if (const Entity* nearest = m_repairs.nearestCredential(m_finding.found))
            compare({"compare.nearest-key"}, std::string(nearest->text("key")), false);
        m_repairs.createCredential(m_finding.found);
        m_repairs.useNearestKey(m_finding.found);
        m_repairs.signTokens(false);
    }

    void otherAlgorithm()
    {
        say("jwt.algorithm",
            {{"found", m_finding.found}, {"expected", m_finding.expected}, {"consumer", m_repairs.consumerName()}});
        compare({"compare.algorithm-token"}, m_finding.found, true);
        compare({"compare.algorithm-credential"}, m_finding.expected, false);
        m_repairs.resignWithAlgorithm(m_finding.expected);
        m_repairs.setCredentialAlgorithm(m_finding.found);
        m_repairs.openCredential();
    }

    void badKey()
    {
        say("jwt.bad-key", {{"consumer", m_repairs.consumerName()},
                            {"problem", std::string(m_finding.parameter("problem"))},
                            {"algorithm", m_explanation.algorithm.value_or("")}});
        if (m_finding.parameter("problem") == "not-base64")
            m_repairs.setPluginField("secret_is_base64", false, true);
        m_repairs.openCredential();
    }

    void badSignature()
    {
        say("jwt.signature", {{"consumer", m_repairs.consumerName()}, {"algorithm", m_finding.found}});
        m_repairs.resignWithCredential();
        m_repairs.compareKeys();
        m_repairs.openCredential();
    }

    void expirationFails()
    {
        if (m_finding.parameter("problem") == "not-a-number") {
            missingTime("exp");
            m_repairs.resignWithExp(true);
            m_repairs.stopVerifying("exp");
        } else {
            const std::int64_t now = numberOf(m_finding.parameter("now"));
            const std::int64_t time = numberOf(m_finding.found);
            say("jwt.expired", {{"seconds", std::to_string(now - time)}, {"claim", "exp"}});
            compareTime("exp", time, now);
            m_repairs.resignWithExp(true);
            m_repairs.openCredential();
            m_repairs.signTokens(false);
            m_repairs.shiftClock(time - now - 1);
        }
        m_repairs.openPlugin();
    }

    void notBeforeFails()
    {
        if (m_finding.parameter("problem") == "not-a-number") {
            missingTime("nbf");
            m_repairs.resignWithNbf();
            m_repairs.stopVerifying("nbf");
            m_repairs.openPlugin();
            return;
        }
        const std::int64_t now = numberOf(m_finding.parameter("now"));
        const std::int64_t time = numberOf(m_finding.found);
        say("jwt.not-yet-valid", {{"seconds", std::to_string(time - now)}, {"claim", "nbf"}});
        compareTime("nbf", time, now);
        m_repairs.resignWithNbf();
        m_repairs.openToken(OpenToken::Part::Payload, false);
        m_repairs.shiftClock(time - now);
    }

    void missingTime(const std::string& claim)
    {
        say(m_finding.found.empty() ? "jwt.claim-missing" : "jwt.claim-type",
            {{"claim", claim}, {"found", m_finding.found}});
    }

    void livesTooLong()
    {
        if (m_finding.parameter("problem") == "absent") {
            say("jwt.claim-missing", {{"claim", "exp"}, {"limit", m_finding.expected}});
        } else {
            const std::int64_t now = numberOf(m_finding.parameter("now"));
            const std::int64_t time = numberOf(m_finding.found);
            say("jwt.lives-too-long", {{"limit", m_finding.expected}, {"seconds", std::to_string(time - now)}});
            compareTime("exp", time, now);
            m_explanation.comparison.back() = {{"compare.limit"}, m_finding.expected, std::nullopt, {}, false};
        }
        m_repairs.resignWithExp(true);
        m_repairs.raiseLimit(numberOf(m_finding.found) - numberOf(m_finding.parameter("now")));
        m_repairs.openPlugin();
    }

    void compareTime(const std::string& claim, std::int64_t time, std::int64_t now)
    {
        m_explanation.comparison = {
            {{"compare.claim", {{"name", claim}}}, m_finding.found, time, {}, true},
            {{"compare.gateway-clock"}, std::to_string(now), now, {}, false},
            {{"compare.leeway"}, "0 s", std::nullopt, {"compare.fixed-by-plugin", {{"plugin", "jwt"}}}, false},
        };
        m_explanation.ruler = m_repairs.timesOfToken();
        m_explanation.ruler.push_back({"now", now});
        std::ranges::stable_sort(m_explanation.ruler, {}, &RulerMark::time);
    }

    const Step& m_step;
    const Finding& m_finding;
    Explanation& m_explanation;
    Repairs m_repairs;
};

} // namespace

void explainRefusal(const Trace& trace, const Step& step, const Snapshot& snapshot, Explanation& explanation)
{
    Explainer(trace, step, snapshot, explanation).run();
}

} // namespace claimsmith::gateway::jwt
