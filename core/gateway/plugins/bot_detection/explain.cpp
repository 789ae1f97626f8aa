// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/bot_detection/explain.h"

#include "gateway/plugins/bot_detection/checks.h"

namespace claimsmith::gateway::botdetection {
namespace {

std::string_view causeOf(const Finding& finding) noexcept
{
    if (finding.check == singleAgent)
        return "bot-detection.several-agents";
    return finding.check == notDenied ? "bot-detection.denied" : "bot-detection.known-bot";
}

/// The text as an expression that only it matches.
std::string quoted(std::string_view text)
{
    std::string expression = "^";
    for (const char c : text) {
        if (std::string_view(R"(\^$.|?*+()[]{})").find(c) != std::string_view::npos)
            expression += '\\';
        expression += c;
    }
    return expression + "$";
}

} // namespace

void explainRefusal(const Trace&, const Step& step, const Snapshot&, Explanation& explanation)
{
    const Finding& finding = *step.failure();
    setCause(explanation, causeOf(finding),
             {{"scope", step.scope}, {"agent", finding.found}, {"expression", finding.expected}});
    const bool isSeveral = finding.check == singleAgent;
    explanation.repairs.push_back({{"bot-detection.drop-agent"}, SetHeader{"User-Agent", std::nullopt}, isSeveral});
    if (isSeveral)
        return;
    if (finding.check == notDenied)
        explanation.repairs.push_back(
            {{"bot-detection.stop-denying", {{"expression", finding.expected}}}, RemoveField{finding.pointer}, true});
    explanation.repairs.push_back({{"bot-detection.let-in", {{"agent", finding.found}}},
                                   SetField{step.pointer + "/config/allow/-", quoted(finding.found)},
                                   finding.check == notKnown});
}

} // namespace claimsmith::gateway::botdetection
