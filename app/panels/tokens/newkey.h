// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "bridge/secretservice.h"
#include "jose/key.h"

#include <QString>

#include <string>
#include <vector>

namespace claimsmith::app {

struct AppContext;

/// Where the private part of a new key is kept.
enum class KeepKeyIn { Keychain, EncryptedFile, Memory };

/// The place that secrets of the open workspace go to.
KeepKeyIn usualPlace(const SecretService& secrets);
/// Why a key cannot be kept there now; empty when it can.
QString whyNot(KeepKeyIn place, const SecretService& secrets);

/// A consumer of kong.yml that can get a credential.
struct ConsumerEntry
{
    std::string pointer;
    QString name;
};
std::vector<ConsumerEntry> consumersOf(const AppContext& context);

struct NewKey
{
    jose::Key key;         ///< with its id
    std::string algorithm; ///< name; empty when it is not known
    KeepKeyIn place = KeepKeyIn::Keychain;
    std::string consumer = {}; ///< pointer of the consumer that gets a jwt credential; empty: none
};

/// Gives the consumer at this pointer a jwt credential with the public half or the secret. The credential's `key` is
/// the key's id. Fails, with nothing changed, when kong.yml does not parse.
Result<void> addCredential(AppContext& context, const jose::Key& key, const std::string& algorithm,
                           const std::string& consumer);

/// Puts the key into the keyring, in place of one with the same id, and its public half or secret into a credential
/// when asked for. Fails, with nothing kept, when kong.yml does not parse.
Result<void> keepNewKey(AppContext& context, const NewKey& newKey);

} // namespace claimsmith::app
