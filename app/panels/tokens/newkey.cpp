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

#include <algorithm>

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

/// The credential's `key` is the key's id: that is how both the panel and the runner find the private half again.
Result<void> addCredential(AppContext& context, const jose::Key& key, const std::string& algorithm,
                           const std::string& consumer)
{
    GatewayDocument& document = context.gatewayDocument;
    document::Object credential{{"key", key.id()}, {"algorithm", algorithm}};
    std::string secretName;
    if (key.secret()) {
        secretName = freeSecretName(document.lastGood(), consumer, key.id());
        credential.set("secret", referenceTo(secretName));
        context.secrets.setSecret(secretName, key.secret()->clone());
    } else {
        credential.set("rsa_public_key", key.publicPart()->publicKey()->publicPem());
    }
    auto added = document.change({ConfigEdit::set(consumer + "/jwt_secrets/-", std::move(credential))},
                                 Tr::tr("Add JWT credential"));
    if (!added && !secretName.empty())
        context.secrets.removeSecret(secretName);
    return added;
}

Result<void> keepNewKey(AppContext& context, const NewKey& newKey)
{
    if (!newKey.consumer.empty()) {
        if (auto added = addCredential(context, newKey.key, newKey.algorithm, newKey.consumer); !added)
            return added;
    }
    workspace::StoredKey stored;
    stored.kid = newKey.key.id();
    stored.algorithm = newKey.algorithm;
    stored.hasPrivatePart = newKey.key.canSign();
    if (const auto half = newKey.key.publicPart())
        stored.publicJwk = document::toJson(jose::writeJwk(*half, jose::KeyParts::Public));
    if (stored.hasPrivatePart && newKey.place == KeepKeyIn::Memory)
        context.secrets.setSessionSecret("key/" + stored.kid, materialOf(newKey.key));
    else if (stored.hasPrivatePart)
        context.secrets.setSecret("key/" + stored.kid, materialOf(newKey.key));
    context.workspace.edit(WorkspaceSession::Part::Keys, [&](workspace::Workspace& workspace) {
        const auto same = std::find_if(workspace.keys.begin(), workspace.keys.end(),
                                       [&](const auto& each) { return each.kid == stored.kid; });
        if (same == workspace.keys.end())
            workspace.keys.push_back(stored);
        else
            *same = stored;
    });
    return {};
}

} // namespace claimsmith::app
