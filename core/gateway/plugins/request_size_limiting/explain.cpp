// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/request_size_limiting/explain.h"

#include "gateway/plugins/config.h"
#include "gateway/plugins/offers.h"
#include "gateway/plugins/request_size_limiting/checks.h"

#include <charconv>
#include <cstdint>

namespace claimsmith::gateway::requestsize {
namespace {

std::int64_t numberOf(std::string_view text) noexcept
{
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

/// The least size in the plugin's own unit that lets this request in.
void offerSize(Offers& offers, const Finding& finding)
{
    if (!offers.config())
        return;
    const std::string unit = textSetting(*offers.config(), "size_unit").value_or("megabytes");
    const std::int64_t factor = unit == "bytes" ? 1 : unit == "kilobytes" ? 1024 : 1024 * 1024;
    const std::int64_t size = (numberOf(finding.found) + factor - 1) / factor;
    offers.setConfig({"repair.set-field", {{"field", "allowed_payload_size"}, {"value", std::to_string(size)}}},
                     "allowed_payload_size", size);
}

} // namespace

void explainRefusal(const Trace&, const Step& step, const Snapshot& snapshot, Explanation& explanation)
{
    const Finding& finding = *step.failure();
    Offers offers(step, snapshot, explanation);
    setCause(explanation,
             finding.check == within ? "request-size-limiting.too-large" : "request-size-limiting.no-length",
             {{"scope", step.scope}, {"size", finding.found}, {"limit", finding.expected}});
    if (finding.check == within)
        offerSize(offers, finding);
    else
        offers.setConfig({"repair.set-field", {{"field", "require_content_length"}, {"value", "false"}}},
                         "require_content_length", false);
    offers.openPlugin();
}

} // namespace claimsmith::gateway::requestsize
