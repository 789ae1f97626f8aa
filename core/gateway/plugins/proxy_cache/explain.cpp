// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/proxy_cache/explain.h"

#include "gateway/plugins/proxy_cache/checks.h"

#include <algorithm>
#include <charconv>

namespace claimsmith::gateway::proxycache {
namespace {

std::string_view causeOf(const Finding& finding) noexcept
{
    if (finding.check == method)
        return "proxy-cache.other-method";
    if (finding.check == clientAllows)
        return "proxy-cache.client-forbids";
    if (finding.check == entry)
        return "proxy-cache.only-if-cached";
    if (finding.check == status)
        return "proxy-cache.other-status";
    if (finding.check == contentType)
        return "proxy-cache.other-type";
    return finding.check == responseAllows ? "proxy-cache.response-forbids" : "proxy-cache.no-lifetime";
}

document::Value valueOf(const Finding& finding)
{
    if (finding.check != status)
        return finding.found;
    int number = 0;
    std::from_chars(finding.found.data(), finding.found.data() + finding.found.size(), number);
    return number;
}

void offerToTake(const Finding& finding, Explanation& explanation)
{
    const bool isList = finding.check == method || finding.check == status || finding.check == contentType;
    if (isList && !finding.found.empty())
        explanation.repairs.push_back({{"proxy-cache.take", {{"value", finding.found}}},
                                       SetField{finding.pointer + "/-", valueOf(finding)},
                                       true});
    if (finding.check == clientAllows || finding.check == entry)
        explanation.repairs.push_back({{"proxy-cache.drop-header"}, SetHeader{"Cache-Control", std::nullopt}, true});
    if (!isList && finding.check != entry)
        explanation.repairs.push_back(
            {{"proxy-cache.ignore-headers"}, SetField{finding.pointer, false}, explanation.repairs.empty()});
}

} // namespace

void explainOutcome(const Trace&, const Step& step, const Snapshot&, Explanation& explanation)
{
    const Finding& finding = *step.failure();
    setCause(explanation, causeOf(finding),
             {{"scope", step.scope}, {"found", finding.found}, {"expected", finding.expected}});
    offerToTake(finding, explanation);
    explanation.repairs.push_back({{"repair.open-plugin"}, OpenEntity{step.pointer}, explanation.repairs.empty()});
}

} // namespace claimsmith::gateway::proxycache
