// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/newkey.h"

#include "bridge/appcontext.h"
#include "bridge/gatewaydocument.h"
#include "bridge/secretnames.h"
#include "bridge/workspacesession.h"
#include "document/json.h"
#include "jose/jwk.h"

#include <QCoreApplication>

namespace claimsmith::app {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(NewKey)
};

SecretBytes materialOf(const jose::Key& key)
{
    return key.secret() ? key.secret()->clone() : key.privateKey()->pem();
}

/// The credential's `key` is the key's id: that is how both the panel and the runner find the private half again.
Result<void> addCredential(AppContext& context, const NewKey& newKey)
{
    GatewayDocument& document = context.gatewayDocument;
    document::Object credential{{"key", newKey.key.id()}, {"algorithm", std::string(jose::toString(newKey.algorithm))}};
    std::string secretName;
    if (newKey.key.secret()) {
        secretName = freeSecretName(document.lastGood(), newKey.consumer, newKey.key.id());
        credential.set("secret", referenceTo(secretName));
        context.secrets.setSecret(secretName, newKey.key.secret()->clone());
    } else {
        credential.set("rsa_public_key", newKey.key.publicKey()->publicPem());
    }
    auto added = document.change({ConfigEdit::set(newKey.consumer + "/jwt_secrets/-", std::move(credential))},
                                 Tr::tr("Add JWT credential"));
    if (!added && !secretName.empty())
        context.secrets.removeSecret(secretName);
    return added;
}

} // namespace

KeepKeyIn usualPlace(const SecretService& secrets)
{
    if (secrets.state() == SecretService::State::SessionOnly)
        return KeepKeyIn::Memory;
    return secrets.isVault() ? KeepKeyIn::EncryptedFile : KeepKeyIn::Keychain;
}

QString whyNot(KeepKeyIn place, const SecretService& secrets)
{
    const KeepKeyIn usual = usualPlace(secrets);
    if (place == usual || place == KeepKeyIn::Memory)
        return {};
    if (place == KeepKeyIn::Keychain)
        return Tr::tr("This desktop has no keychain");
    return usual == KeepKeyIn::Keychain ? Tr::tr("Secrets of this workspace are in the system keychain")
                                        : Tr::tr("Set a passphrase first: click the keychain in the status bar");
}

std::vector<ConsumerEntry> consumersOf(const AppContext& context)
{
    std::vector<ConsumerEntry> consumers;
    if (!context.gatewayDocument.parses())
        return consumers;
    for (const OutlineEntity& entity : context.gatewayDocument.lastGood().outline.entities()) {
        if (entity.type->name == "consumers")
            consumers.push_back({entity.pointer, QString::fromStdString(entity.name)});
    }
    return consumers;
}

Result<void> keepNewKey(AppContext& context, const NewKey& newKey)
{
    if (!newKey.consumer.empty()) {
        if (auto added = addCredential(context, newKey); !added)
            return added;
    }
    workspace::StoredKey stored;
    stored.kid = newKey.key.id();
    stored.algorithm = jose::toString(newKey.algorithm);
    stored.hasPrivatePart = true;
    if (const auto half = newKey.key.publicPart())
        stored.publicJwk = document::toJson(jose::writeJwk(*half, jose::KeyParts::Public));
    if (newKey.place == KeepKeyIn::Memory)
        context.secrets.setSessionSecret("key/" + stored.kid, materialOf(newKey.key));
    else
        context.secrets.setSecret("key/" + stored.kid, materialOf(newKey.key));
    context.workspace.edit(WorkspaceSession::Part::Keys,
                           [&](workspace::Workspace& workspace) { workspace.keys.push_back(stored); });
    return {};
}

} // namespace claimsmith::app
