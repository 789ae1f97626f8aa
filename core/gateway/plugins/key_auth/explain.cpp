// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/key_auth/explain.h"

#include "gateway/plugins/config.h"
#include "gateway/plugins/key_auth/checks.h"
#include "gateway/plugins/key_auth/credentials.h"

#include <utility>

namespace claimsmith::gateway::keyauth {
namespace {

constexpr std::size_t mostKeys = 3;

std::string_view causeOf(const Finding& finding) noexcept
{
    if (finding.check == keyFound)
        return "key-auth.no-key";
    return finding.check == singleKey ? "key-auth.several-keys" : "key-auth.unknown-key";
}

/// Keys of up to three credentials, sent where the plugin looks first.
void offerKeys(const Snapshot& snapshot, const document::Value& config, Explanation& explanation)
{
    const auto names = textsSetting(config, "key_names");
    if (names.empty())
        return;
    std::size_t count = 0;
    for (const auto& credential : snapshot.entities().all(keyAuthCredentialType().name)) {
        if (count++ == mostKeys)
            return;
        const Entity* consumer = snapshot.entities().find("consumers", credential->reference("consumer"));
        AttachKey action;
        action.consumerId = credential->reference("consumer");
        action.consumer = consumer ? std::string(consumer->name()) : std::string();
        action.credentialId = credential->id;
        action.name = names.front();
        action.inQuery = !flagSetting(config, "key_in_header");
        explanation.repairs.push_back({{"repair.attach-key", {{"consumer", action.consumer}}}, action, count == 1});
    }
}

} // namespace

void explainRefusal(const Trace&, const Step& step, const Snapshot& snapshot, Explanation& explanation)
{
    const Finding& finding = *step.failure();
    setCause(explanation, causeOf(finding),
             {{"scope", step.scope}, {"places", step.findings.front().expected}, {"place", finding.found}});
    const Entity* plugin = snapshot.entities().findAt(step.pointer);
    const document::Value* config = plugin ? plugin->fields.find("config") : nullptr;
    if (!config)
        return;
    offerKeys(snapshot, *config, explanation);
    explanation.repairs.push_back({{"repair.open-plugin"}, OpenEntity{plugin->pointer}, explanation.repairs.empty()});
}

} // namespace claimsmith::gateway::keyauth
