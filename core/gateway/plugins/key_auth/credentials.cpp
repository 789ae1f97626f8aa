// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/key_auth/credentials.h"

#include "gateway/fieldrules.h"

namespace claimsmith::gateway::keyauth {
namespace {

const Schema& schema()
{
    static const Schema credential = credentialSchema({
        stringField("key")
            .hint("What the client sends.")
            .makeSecret()
            .makeUnique()
            .makeAutomatic()
            .annotate("required", false),
    });
    return credential;
}

} // namespace

KeyCredentials::KeyCredentials(const Snapshot& snapshot)
{
    for (const auto& entity : snapshot.entities().all(keyAuthCredentialType().name))
        if (const auto key = entity->text("key"); !key.empty())
            m_byKey.emplace(key, KeyCredential{entity.get(), snapshot.findConsumer(entity->reference("consumer"))});
}

const KeyCredential* KeyCredentials::find(std::string_view key) const noexcept
{
    const auto found = m_byKey.find(key);
    return found == m_byKey.end() ? nullptr : &found->second;
}

const EntityType& keyAuthCredentialType()
{
    static const EntityType type{"keyauth_credentials", "keyauth_credential", "key", schema, "key-auths", "key-auth"};
    return type;
}

} // namespace claimsmith::gateway::keyauth
