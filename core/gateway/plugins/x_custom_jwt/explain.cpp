// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/x_custom_jwt/explain.h"

#include "gateway/plugins/x_custom_jwt/checks.h"

namespace claimsmith::gateway::xcustomjwt {
namespace {

std::string_view causeOf(const Finding& finding) noexcept
{
    if (finding.check == credentialFound)
        return "x-custom-jwt.no-credential";
    if (finding.check == clientId)
        return finding.found.empty() ? "x-custom-jwt.no-user-name" : "x-custom-jwt.no-client-id";
    return finding.check == consumerKnown ? "x-custom-jwt.no-consumer" : "x-custom-jwt.bad-key";
}

} // namespace

void explainRefusal(const Trace&, const Step& step, const Snapshot& snapshot, Explanation& explanation)
{
    const Finding& finding = *step.failure();
    setCause(explanation, causeOf(finding), {{"scope", step.scope}, {"reason", finding.found}});
    const std::string& place = finding.pointer.empty() ? step.pointer : finding.pointer;
    if (snapshot.document().at(place))
        explanation.repairs.push_back({{"repair.open-plugin"}, OpenEntity{place}, true});
}

} // namespace claimsmith::gateway::xcustomjwt
