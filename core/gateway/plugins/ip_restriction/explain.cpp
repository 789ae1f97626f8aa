// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/ip_restriction/explain.h"

#include "gateway/plugins/config.h"
#include "gateway/plugins/ip_restriction/checks.h"
#include "gateway/plugins/offers.h"

namespace claimsmith::gateway::iprestriction {

void explainRefusal(const Trace&, const Step& step, const Snapshot& snapshot, Explanation& explanation)
{
    const Finding& finding = *step.failure();
    const std::string entry(finding.parameter("entry"));
    const Parameters parameters{
        {"scope", step.scope}, {"address", finding.found}, {"list", finding.expected}, {"entry", entry}};
    Offers offers(step, snapshot, explanation);
    if (finding.check == allowed) {
        setCause(explanation, "ip-restriction.not-allowed", parameters);
        offers.appendToConfig({"repair.allow-value", {{"value", finding.found}}}, "allow", finding.found);
    } else {
        setCause(explanation, "ip-restriction.denied", parameters);
        // Kong wants one list at least.
        const auto* config = offers.config();
        if (config && textsSetting(*config, "allow").size() + textsSetting(*config, "deny").size() > 1)
            offers.removeFromConfig({"repair.stop-denying", {{"value", entry}}}, "deny", entry);
    }
    offers.openPlugin();
}

} // namespace claimsmith::gateway::iprestriction
