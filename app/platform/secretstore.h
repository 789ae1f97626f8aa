// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/secret.h"

#include <functional>
#include <map>
#include <string>

namespace claimsmith::app {

enum class SecretErrorCode {
    NotFound,        ///< the store is open and has no secret of this name
    NoBackend,       ///< no keychain service answers on this machine
    Denied,          ///< the keychain is locked and the user did not open it, or refused
    Locked,          ///< the vault was not opened yet
    WrongPassphrase, ///< or the vault file was changed: the two can't be told apart
    CorruptVault,    ///< the file is no vault; the place has its name
    Unwritable,      ///< the vault file can't be written; the place has its name
    Backend,         ///< the keychain failed for a reason of its own; the detail says which
};
const ErrorDomain& errorDomain(SecretErrorCode) noexcept;

/// Keeps secrets by name at rest. Asynchronous: a keychain may ask the user first. Callbacks come later, on the thread
/// that called; none comes after the store is gone. Used on one thread, which needs an event loop.
class SecretStore
{
public:
    using Read = std::function<void(Result<SecretBytes>)>;
    using Done = std::function<void(Result<void>)>;

    virtual ~SecretStore() = default;
    SecretStore(const SecretStore&) = delete;
    SecretStore& operator=(const SecretStore&) = delete;

    virtual void read(const std::string& name, Read callback) = 0;
    virtual void write(const std::string& name, SecretBytes secret, Done callback) = 0;
    /// Removing what is not there succeeds.
    virtual void remove(const std::string& name, Done callback) = 0;

protected:
    SecretStore() = default;
};

/// Keeps secrets until the program ends: what is used where there is neither keychain nor vault.
class SessionStore final : public SecretStore
{
public:
    void read(const std::string& name, Read callback) override;
    void write(const std::string& name, SecretBytes secret, Done callback) override;
    void remove(const std::string& name, Done callback) override;

private:
    std::map<std::string, SecretBytes> m_secrets;
};

} // namespace claimsmith::app
