// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/basic_auth/credentials.h"

#include "base/base64.h"
#include "base/secret.h"
#include "crypto/digest.h"
#include "gateway/fieldrules.h"

namespace claimsmith::gateway::basicauth {
namespace {

const Schema& schema()
{
    static const Schema credential = credentialSchema({
        stringField("username").hint("Sent upstream as X-Credential-Identifier.").require().makeUnique(),
        stringField("password").hint("Kept as a digest only.").require().makeEncrypted(),
    });
    return credential;
}

void hashPassword(document::Object& fields)
{
    const document::Value* password = fields.find("password");
    const document::Value* consumer = fields.find("consumer");
    const std::string* owner = consumer ? consumer->findString("id") : nullptr;
    if (password && password->asString() && owner)
        fields.set("password", digestOf(*password->asString(), *owner));
}

} // namespace

std::string digestOf(std::string_view password, std::string_view consumerId)
{
    crypto::Digest digest(crypto::DigestKind::Sha1);
    digest.add(password);
    digest.add(consumerId);
    return toHex(digest.finish());
}

bool BasicCredential::accepts(std::string_view password) const
{
    return equalInConstantTime(digestOf(password, consumer->id), digest);
}

BasicCredentials::BasicCredentials(const Snapshot& snapshot)
{
    for (const auto& entity : snapshot.entities().all(basicAuthCredentialType().name))
        m_byUsername.emplace(entity->text("username"),
                             BasicCredential{entity.get(), snapshot.findConsumer(entity->reference("consumer")),
                                             std::string(entity->text("password"))});
}

const BasicCredential* BasicCredentials::find(std::string_view username) const noexcept
{
    const auto found = m_byUsername.find(username);
    return found == m_byUsername.end() ? nullptr : &found->second;
}

bool isPasswordKnown(const Entity& credential, const Snapshot& snapshot)
{
    const auto* password = snapshot.document().at(document::joinPointer(credential.pointer, "password"));
    return password && password->asString() &&
           digestOf(*password->asString(), credential.reference("consumer")) == credential.text("password");
}

const EntityType& basicAuthCredentialType()
{
    static const EntityType type{"basicauth_credentials", "basicauth_credential", "username", schema,
                                 "basic-auths",           "basic-auth",           false,      hashPassword};
    return type;
}

} // namespace claimsmith::gateway::basicauth
