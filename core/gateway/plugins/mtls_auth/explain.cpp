// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/mtls_auth/explain.h"

#include "gateway/plugins/mtls_auth/checks.h"
#include "gateway/plugins/mtls_auth/mappings.h"
#include "gateway/plugins/offers.h"

#include <charconv>
#include <cstdint>

namespace claimsmith::gateway::mtlsauth {
namespace {

constexpr std::size_t mostConsumers = 3;

std::string_view causeOf(const Finding& finding) noexcept
{
    if (finding.check == certificateSent)
        return finding.parameter("tls") == "true" ? "mtls-auth.no-certificate" : "mtls-auth.no-tls";
    if (finding.check == consumerFound)
        return "mtls-auth.no-consumer";
    if (finding.check == notRevoked)
        return "mtls-auth.revocation-unknown";
    const auto problem = finding.parameter("problem");
    if (problem == "expired")
        return "mtls-auth.expired";
    return problem == "not-yet-valid" ? "mtls-auth.not-yet-valid" : "mtls-auth.untrusted";
}

std::int64_t numberOf(std::string_view text) noexcept
{
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

/// Says by hand whose certificate it is.
void offerMappings(Offers& offers, const Snapshot& snapshot, const std::string& name)
{
    std::size_t count = 0;
    for (const auto& consumer : snapshot.consumers())
        if (!name.empty() && !consumer->entity->pointer.empty() && count++ < mostConsumers)
            offers.add(
                {"repair.map-certificate", {{"consumer", std::string(consumer->entity->name())}, {"name", name}}},
                AddEntity{document::joinPointer(consumer->entity->pointer, mtlsAuthCredentialType().name),
                          {{"subject_name", name}}});
}

} // namespace

void explainRefusal(const Trace&, const Step& step, const Snapshot& snapshot, Explanation& explanation)
{
    const Finding& finding = *step.failure();
    const std::int64_t distance = numberOf(finding.parameter("distance"));
    setCause(explanation, causeOf(finding),
             {{"scope", step.scope},
              {"subject", finding.found},
              {"issuer", std::string(finding.parameter("issuer"))},
              {"expected", finding.expected},
              {"seconds", std::to_string(distance < 0 ? -distance : distance)}});
    Offers offers(step, snapshot, explanation);
    if (finding.check == consumerFound)
        offerMappings(offers, snapshot, std::string(finding.parameter("name")));
    else if (finding.check == trusted && finding.parameter("problem") != "untrusted")
        offers.add({"repair.shift-clock", {{"seconds", std::to_string(distance)}}}, ShiftClock{distance});
    else if (finding.check == notRevoked)
        offers.setConfig({"repair.set-field", {{"field", "revocation_check_mode"}, {"value", "IGNORE_CA_ERROR"}}},
                         "revocation_check_mode", "IGNORE_CA_ERROR");
    offers.openPlugin();
}

} // namespace claimsmith::gateway::mtlsauth
