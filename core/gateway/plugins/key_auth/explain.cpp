// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/key_auth/explain.h"

#include "gateway/plugins/config.h"
#include "gateway/plugins/key_auth/checks.h"
#include "gateway/plugins/key_auth/credentials.h"
#include "gateway/plugins/offers.h"

namespace claimsmith::gateway::keyauth {
namespace {

std::string_view causeOf(const Finding& finding) noexcept
{
    if (finding.check == keyFound)
        return "key-auth.no-key";
    return finding.check == singleKey ? "key-auth.several-keys" : "key-auth.unknown-key";
}

/// A key, sent where the plugin looks first.
void offerKeys(Offers& offers)
{
    const auto names = offers.config() ? textsSetting(*offers.config(), "key_names") : std::vector<std::string>();
    if (names.empty())
        return;
    const bool inQuery = !flagSetting(*offers.config(), "key_in_header");
    offers.sendCredentials(keyAuthCredentialType().name, "repair.attach-key",
                           [&](const Entity& credential, const std::string& consumer) -> std::optional<RepairAction> {
                               return AttachKey{std::string(credential.reference("consumer")), consumer, credential.id,
                                                names.front(), inQuery};
                           });
}

} // namespace

void explainRefusal(const Trace&, const Step& step, const Snapshot& snapshot, Explanation& explanation)
{
    const Finding& finding = *step.failure();
    setCause(explanation, causeOf(finding),
             {{"scope", step.scope}, {"places", step.findings.front().expected}, {"place", finding.found}});
    Offers offers(step, snapshot, explanation);
    offerKeys(offers);
    offers.openPlugin();
}

} // namespace claimsmith::gateway::keyauth
