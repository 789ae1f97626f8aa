// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/response_ratelimiting/explain.h"

#include "gateway/plugins/response_ratelimiting/checks.h"

namespace claimsmith::gateway::responseratelimiting {

void explainRefusal(const Trace&, const Step& step, const Snapshot&, Explanation& explanation)
{
    const Finding& finding = *step.failure();
    const bool isBlocked = finding.check == limit;
    const Parameters parameters{{"scope", step.scope},
                                {"name", std::string(finding.parameter("name"))},
                                {"period", std::string(finding.parameter("period"))},
                                {"limit", isBlocked ? finding.expected : std::string(finding.parameter("limit"))},
                                {"header", isBlocked ? std::string() : finding.expected},
                                {"found", finding.found}};
    setCause(explanation, isBlocked ? "response-ratelimiting.blocked" : "response-ratelimiting.withheld", parameters);
    explanation.repairs.push_back({{"repair.open-plugin"}, OpenEntity{step.pointer}, true});
}

} // namespace claimsmith::gateway::responseratelimiting
