// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/cors/explain.h"

#include "gateway/plugins/cors/checks.h"
#include "gateway/plugins/offers.h"

namespace claimsmith::gateway::cors {

void explainRefusal(const Trace&, const Step& step, const Snapshot& snapshot, Explanation& explanation)
{
    const Finding& finding = *step.failure();
    Offers offers(step, snapshot, explanation);
    const Parameters parameters{{"scope", step.scope}, {"found", finding.found}, {"list", finding.expected}};
    if (finding.check == originAllowed) {
        setCause(explanation, "cors.other-origin", parameters);
        offers.appendToConfig({"repair.allow-origin", {{"origin", finding.found}}}, "origins", finding.found);
    } else if (finding.check == methodAllowed) {
        setCause(explanation, "cors.other-method", parameters);
        offers.appendToConfig({"repair.allow-value", {{"value", finding.found}}}, "methods", finding.found);
    } else {
        setCause(explanation, "cors.other-header", parameters);
        offers.appendToConfig({"repair.allow-value", {{"value", finding.found}}}, "headers", finding.found);
    }
    offers.openPlugin();
}

} // namespace claimsmith::gateway::cors
