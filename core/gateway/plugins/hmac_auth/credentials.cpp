// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/hmac_auth/credentials.h"

#include "gateway/fieldrules.h"

#include <utility>

namespace claimsmith::gateway::hmacauth {
namespace {

const Schema& schema()
{
    static const Schema credential = credentialSchema({
        stringField("username").hint("Sent upstream as X-Credential-Identifier.").require().makeUnique(),
        stringField("secret").hint("What requests are signed with.").makeSecret().makeAutomatic(),
    });
    return credential;
}

HmacCredential prepared(const Entity& entity, const Snapshot& snapshot)
{
    const auto key = [&](std::size_t i) {
        return crypto::Hmac(algorithms[i].digest, SecretBytes(BytesView(entity.text("secret"))));
    };
    return {&entity, snapshot.findConsumer(entity.reference("consumer")), {key(0), key(1), key(2), key(3)}};
}

} // namespace

HmacCredentials::HmacCredentials(const Snapshot& snapshot)
{
    for (const auto& entity : snapshot.entities().all(hmacAuthCredentialType().name))
        m_byUsername.emplace(entity->text("username"), prepared(*entity, snapshot));
}

const HmacCredential* HmacCredentials::find(std::string_view username) const noexcept
{
    const auto found = m_byUsername.find(username);
    return found == m_byUsername.end() ? nullptr : &found->second;
}

const EntityType& hmacAuthCredentialType()
{
    static const EntityType type{
        "hmacauth_credentials", "hmacauth_credential", "username", schema, "hmac-auths", "hmac-auth"};
    return type;
}

} // namespace claimsmith::gateway::hmacauth
