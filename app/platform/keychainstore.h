// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "platform/secretstore.h"

#include <QObject>
#include <QString>

#include <memory>

namespace claimsmith::app {

/// The keychain of the desktop, through QtKeychain: GNOME Keyring or another Secret Service, KWallet, macOS Keychain,
/// Windows Credential Manager. Its plain-text fallback is off.
class KeychainStore final : public SecretStore
{
public:
    /// Secrets of different services do not meet; a workspace's is "claimsmith/<workspace id>".
    explicit KeychainStore(QString service);
    ~KeychainStore() override;

    void read(const std::string& name, Read callback) override;
    void write(const std::string& name, SecretBytes secret, Done callback) override;
    void remove(const std::string& name, Done callback) override;

    /// Asks for a secret that nobody has: success says that a keychain answers, else NoBackend or Denied.
    void probe(Done callback);

private:
    QString m_service;
    std::unique_ptr<QObject> m_callbacks; ///< context of what is under way, so that no callback outlives the store
};

} // namespace claimsmith::app
