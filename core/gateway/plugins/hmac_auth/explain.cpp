// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/hmac_auth/explain.h"

#include "gateway/plugins/hmac_auth/checks.h"
#include "gateway/plugins/hmac_auth/credentials.h"
#include "gateway/plugins/offers.h"

#include <charconv>
#include <cstdint>

namespace claimsmith::gateway::hmacauth {
namespace {

std::string_view causeOfDate(std::string_view problem) noexcept
{
    if (problem == "absent")
        return "hmac-auth.no-date";
    return problem == "far" ? "hmac-auth.far-date" : "hmac-auth.bad-date";
}

std::string_view causeOf(const Finding& finding) noexcept
{
    if (finding.check == headerFound)
        return "hmac-auth.no-header";
    if (finding.check == dateNear)
        return causeOfDate(finding.parameter("problem"));
    if (finding.check == headerReads)
        return "hmac-auth.other-form";
    if (finding.check == headersSigned)
        return "hmac-auth.not-signed";
    if (finding.check == algorithmAllowed)
        return "hmac-auth.other-algorithm";
    if (finding.check == userKnown)
        return "hmac-auth.unknown-user";
    return finding.check == signatureMatches ? "hmac-auth.wrong-signature" : "hmac-auth.wrong-digest";
}

std::int64_t numberOf(std::string_view text) noexcept
{
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

void offerTime(Offers& offers, const Finding& finding)
{
    const std::int64_t distance = numberOf(finding.parameter("distance"));
    const std::int64_t skew = distance < 0 ? -distance : distance;
    if (finding.parameter("problem") != "far")
        return;
    offers.add({"repair.shift-clock", {{"seconds", std::to_string(distance)}}}, ShiftClock{distance});
    offers.setConfig({"repair.set-field", {{"field", "clock_skew"}, {"value", std::to_string(skew)}}}, "clock_skew",
                     skew);
}

void offer(Offers& offers, const Finding& finding)
{
    if (finding.check == dateNear)
        offerTime(offers, finding);
    else if (finding.check == headersSigned)
        offers.removeFromConfig({"repair.stop-enforcing", {{"header", finding.found}}}, "enforce_headers",
                                finding.found);
    else if (finding.check == algorithmAllowed && finding.found.starts_with("hmac-sha"))
        offers.appendToConfig({"repair.allow-value", {{"value", finding.found}}}, "algorithms", finding.found);
    else if (finding.check == digestMatches && finding.parameter("signed") == "false")
        offers.add({"repair.set-header", {{"header", "Digest"}}}, SetHeader{"Digest", finding.expected});
}

} // namespace

void explainRefusal(const Trace&, const Step& step, const Snapshot& snapshot, Explanation& explanation)
{
    const Finding& finding = *step.failure();
    const std::string user(finding.parameter("user"));
    const std::int64_t distance = numberOf(finding.parameter("distance"));
    setCause(explanation, causeOf(finding),
             {{"scope", step.scope},
              {"found", finding.found},
              {"expected", finding.expected},
              {"header", std::string(finding.parameter("header"))},
              {"seconds", std::to_string(distance < 0 ? -distance : distance)},
              {"user", user}});
    const Entity* credential = snapshot.entities().findByName(hmacAuthCredentialType().name, user);
    if (credential)
        explanation.credential = CredentialRef{std::string(hmacAuthCredentialType().name),
                                               {credential->id, std::string(credential->name()), credential->pointer}};
    if (finding.check == signatureMatches)
        explanation.comparison.push_back(
            {{"compare.signed-text"}, std::string(finding.parameter("signed")), std::nullopt, {}, false});
    Offers offers(step, snapshot, explanation);
    offer(offers, finding);
    offers.open({"repair.open-credential"}, credential);
    offers.openPlugin();
}

} // namespace claimsmith::gateway::hmacauth
