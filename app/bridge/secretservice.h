// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/secret.h"
#include "workspace/sources.h"

#include <QObject>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace claimsmith::app {

/// The secrets of the open workspace by name, such as "DECK_LOGIN_SERVER_ISSUER" or "key/device-signing". What a
/// workspace refers to is loaded from the keychain or vault when it opens and kept in wiped memory, so that look-ups
/// answer at once. Lives on the GUI thread; findSecret() too.
class SecretService final : public QObject, public workspace::SecretSource
{
    Q_OBJECT

public:
    enum class State {
        Unlocked,    ///< keychain or vault open
        Locked,      ///< there is a keychain or vault, and it waits for its passphrase
        SessionOnly, ///< neither is available: secrets last until the program ends
    };
    Q_ENUM(State)

    explicit SecretService(QObject* parent = nullptr);
    ~SecretService() override;

    State state() const noexcept;

    std::optional<BytesView> findSecret(std::string_view name) const override;

    /// Keeps it in memory at once and in the store soon; storeFailed() tells when that did not work.
    void setSecret(const std::string& name, SecretBytes secret);
    void removeSecret(const std::string& name);
    /// Looks these up in the store; secretsChanged() follows when one was found.
    void load(const std::vector<std::string>& names);
    /// Opens (or makes) the vault file with a passphrase. `done` is called on this thread.
    void unlockVault(SecretBytes passphrase, std::function<void(Result<void>)> done);

signals:
    void stateChanged();
    void secretsChanged();
    void storeFailed(const std::string& name, const claimsmith::Error& error);

private:
    class Implementation;
    std::unique_ptr<Implementation> m;
};

} // namespace claimsmith::app
