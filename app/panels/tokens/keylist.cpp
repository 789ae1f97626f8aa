// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/tokens/keylist.h"

#include "gateway/snapshot.h"

#include <QCoreApplication>

namespace claimsmith::app {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(KeyList)
};

KeyEntry entryOf(const gateway::Entity& credential, const gateway::Consumer& consumer)
{
    KeyEntry entry;
    entry.choice.consumer = consumer.username;
    entry.choice.credential = credential.text("key");
    entry.name = QString::fromStdString(consumer.username);
    entry.detail = Tr::tr("Gateway credential");
    entry.algorithm = credential.text("algorithm");
    entry.isSecret = entry.algorithm.starts_with("HS");
    return entry;
}

KeyEntry entryOf(const workspace::StoredKey& key)
{
    KeyEntry entry;
    entry.choice.kind = KeyKind::Keyring;
    entry.choice.kid = key.kid;
    entry.name = QString::fromStdString(key.kid);
    entry.isSecret = key.publicJwk.empty();
    entry.canSign = key.hasPrivatePart;
    entry.detail = entry.isSecret       ? Tr::tr("Keychain, secret")
                   : key.hasPrivatePart ? Tr::tr("Keychain, key pair")
                                        : Tr::tr("Public only");
    entry.algorithm = key.algorithm;
    return entry;
}

} // namespace

std::vector<KeyEntry> keyEntries(const workspace::Workspace& workspace, const gateway::Snapshot* snapshot)
{
    std::vector<KeyEntry> entries;
    if (snapshot) {
        for (const auto& credential : snapshot->entities().all("jwt_secrets")) {
            if (const auto* consumer = snapshot->findConsumer(credential->reference("consumer")))
                entries.push_back(entryOf(*credential, *consumer));
        }
    }
    for (const workspace::StoredKey& key : workspace.keys)
        entries.push_back(entryOf(key));
    return entries;
}

} // namespace claimsmith::app
