// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "platform/secretstore.h"

#include <QObject>
#include <QString>

#include <memory>

namespace claimsmith::app {

/// An encrypted file of secrets, for machines without a keychain. The key comes from a passphrase through scrypt (RFC
/// 7914); names and secrets are sealed together with AES-256-GCM; the file is replaced atomically and readable by its
/// owner only.
class VaultStore final : public SecretStore
{
public:
    explicit VaultStore(QString file);
    ~VaultStore() override;

    bool exists() const;
    bool isOpen() const noexcept;
    /// Opens the file, or makes a new one that this passphrase opens. Takes some tenths of a second on another thread.
    /// WrongPassphrase, CorruptVault, Unwritable.
    void open(SecretBytes passphrase, Done callback);

    /// Locked until open() succeeded.
    void read(const std::string& name, Read callback) override;
    void write(const std::string& name, SecretBytes secret, Done callback) override;
    void remove(const std::string& name, Done callback) override;

private:
    class Implementation;
    std::unique_ptr<Implementation> m;
};

} // namespace claimsmith::app
