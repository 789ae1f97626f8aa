// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/basic_auth/explain.h"

#include "gateway/plugins/basic_auth/checks.h"
#include "gateway/plugins/basic_auth/credentials.h"
#include "gateway/plugins/offers.h"

namespace claimsmith::gateway::basicauth {
namespace {

std::string_view causeOf(const Finding& finding) noexcept
{
    if (finding.check == headerFound)
        return "basic-auth.no-header";
    if (finding.check == userKnown)
        return "basic-auth.unknown-user";
    if (finding.check == passwordMatches)
        return "basic-auth.wrong-password";
    const auto problem = finding.parameter("problem");
    if (problem == "scheme")
        return "basic-auth.other-scheme";
    if (problem == "repeated")
        return "basic-auth.repeated";
    return problem == "base64" ? "basic-auth.not-base64" : "basic-auth.no-user";
}

Parameters parametersOf(const Finding& finding, const Step& step)
{
    return {{"scope", step.scope},
            {"places", step.findings.front().expected},
            {"scheme", finding.found},
            {"header", std::string(finding.parameter("header"))},
            {"user", finding.check == userKnown ? finding.found : std::string(finding.parameter("user"))}};
}

} // namespace

void explainRefusal(const Trace&, const Step& step, const Snapshot& snapshot, Explanation& explanation)
{
    const Finding& finding = *step.failure();
    const Parameters parameters = parametersOf(finding, step);
    setCause(explanation, causeOf(finding), parameters);
    const auto type = basicAuthCredentialType().name;
    const Entity* credential = snapshot.entities().findByName(type, finding.parameter("user"));
    if (credential)
        explanation.credential =
            CredentialRef{std::string(type), {credential->id, std::string(credential->name()), credential->pointer}};
    Offers offers(step, snapshot, explanation);
    offers.sendCredentials(
        type, "repair.attach-basic",
        [&](const Entity& each, const std::string& consumer) -> std::optional<RepairAction> {
            if (!isPasswordKnown(each, snapshot))
                return std::nullopt;
            return AttachBasic{std::string(each.reference("consumer")), consumer, each.id};
        },
        credential);
    offers.open({"repair.open-credential"}, credential);
    offers.openPlugin();
}

} // namespace claimsmith::gateway::basicauth
