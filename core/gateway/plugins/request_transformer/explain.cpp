// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/request_transformer/checks.h"
#include "gateway/plugins/request_transformer/handler.h"
#include "gateway/snapshot.h"

namespace claimsmith::gateway::requesttransformer {
namespace {

std::string_view causeOf(const Finding& finding) noexcept
{
    if (finding.check == templateRendered)
        return "request-transformer.template-failed";
    if (finding.check == pathSet)
        return "request-transformer.bad-path";
    return finding.check == methodSet ? "request-transformer.bad-method" : "request-transformer.bad-body";
}

} // namespace

void explainFailure(const Trace&, const Step& step, const Snapshot& snapshot, Explanation& explanation)
{
    const Finding& finding = *step.failure();
    setCause(explanation, causeOf(finding),
             {{"plugin", step.name}, {"scope", step.scope}, {"template", finding.expected}, {"found", finding.found}});
    const std::string& place = finding.pointer.empty() ? step.pointer : finding.pointer;
    if (snapshot.document().at(place))
        explanation.repairs.push_back({{"repair.open-plugin"}, OpenEntity{place}, true});
}

} // namespace claimsmith::gateway::requesttransformer
