// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/secret.h"
#include "platform/secretstore.h"
#include "workspace/sources.h"

#include <QObject>
#include <QString>

#include <functional>
#include <memory>
#include <set>
#include <string>

namespace claimsmith::app {

/// The secrets of the open workspace by name, such as "DECK_LOGIN_SERVER_ISSUER" or "key/device-signing". What the
/// workspace refers to is loaded from the keychain or vault when it opens and kept in wiped memory, so that look-ups
/// answer at once. Lives on the GUI thread; findSecret() too.
class SecretService final : public QObject, public workspace::SecretSource
{
    Q_OBJECT

public:
    enum class State {
        Opening,     ///< the keychain was asked and has not answered yet
        Unlocked,    ///< keychain or vault open
        Locked,      ///< there is a keychain or vault, and it is not open
        SessionOnly, ///< neither is there: secrets last until the program ends
    };
    Q_ENUM(State)

    /// Makes the keychain of a service, null for none: tests and machines without one.
    using KeychainMaker = std::function<std::unique_ptr<SecretStore>(const QString& service)>;

    /// Vault files lie in `vaultFolder`. The keychain of the desktop is used unless told otherwise.
    explicit SecretService(QString vaultFolder, QObject* parent = nullptr);
    SecretService(QString vaultFolder, KeychainMaker keychain, QObject* parent = nullptr);
    ~SecretService() override;

    /// Turns to the secrets of a workspace and loads the ones named; those of the workspace before are wiped.
    void openFor(const std::string& workspaceId, const std::set<std::string>& names);
    State state() const noexcept;
    /// Whether the store behind is a vault file: it asks for a passphrase, a keychain asks by itself.
    bool isVault() const noexcept;

    std::optional<BytesView> findSecret(std::string_view name) const override;

    /// Keeps it in memory at once and in the store as soon as that is open; storeFailed() tells when that did not work.
    void setSecret(const std::string& name, SecretBytes secret);
    /// Keeps it in memory alone: it is gone when the workspace closes.
    void setSessionSecret(const std::string& name, SecretBytes secret);
    void removeSecret(const std::string& name);
    /// Looks up those that are not in memory; secretsChanged() follows when one was found.
    void load(const std::set<std::string>& names);

    /// Opens the vault file with a passphrase, or makes one when there is none, and keeps there what only memory held.
    /// `done` is called on this thread.
    void unlockVault(SecretBytes passphrase, std::function<void(Result<void>)> done);
    /// Asks a locked keychain again; it may show its own dialog.
    void retryKeychain();

signals:
    void stateChanged();
    void secretsChanged();
    void storeFailed(const std::string& name, const claimsmith::Error& error);

private:
    class Implementation;
    std::unique_ptr<Implementation> m;
};

} // namespace claimsmith::app
