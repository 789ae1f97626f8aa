// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bridge/secretservice.h"

#include "platform/keychainstore.h"
#include "platform/vaultstore.h"

#include <map>
#include <utility>

namespace claimsmith::app {
namespace {

/// Nobody has a secret of this name: the answer tells whether a store is there and open.
constexpr auto probeName = "claimsmith-probe";

bool isNotFound(const Error& error)
{
    return error.code == ErrorCode(SecretErrorCode::NotFound);
}

} // namespace

class SecretService::Implementation
{
public:
    Implementation(SecretService& owner, QString folder, KeychainMaker maker)
        : q(owner), vaultFolder(std::move(folder)), makeKeychain(std::move(maker))
    {
    }

    void setState(State next)
    {
        if (std::exchange(state, next) != next)
            emit q.stateChanged();
    }

    void openFor(const std::string& id, const std::set<std::string>& names)
    {
        keychain.reset();
        secrets.clear();
        unsaved.clear();
        wanted = names;
        const QString name = QString::fromStdString(id);
        vault = std::make_unique<VaultStore>(vaultFolder + QLatin1Char('/') + name + QStringLiteral(".vault.json"));
        keychain = makeKeychain ? makeKeychain(QStringLiteral("claimsmith/") + name) : nullptr;
        emit q.secretsChanged();
        probe();
    }

    void probe()
    {
        if (!keychain) {
            setState(vault->exists() ? State::Locked : State::SessionOnly);
            return;
        }
        setState(State::Opening);
        keychain->read(probeName, [this](Result<SecretBytes> result) {
            if (result || isNotFound(result.error())) {
                opened(keychain.get());
                return;
            }
            if (result.error().code == ErrorCode(SecretErrorCode::Denied)) {
                setState(State::Locked);
                return;
            }
            dropped = std::move(keychain); // not inside its own callback's way out
            setState(vault->exists() ? State::Locked : State::SessionOnly);
        });
    }

    /// A store is open: what waited for it is written, what the workspace needs is read.
    void opened(SecretStore* open)
    {
        store = open;
        setState(State::Unlocked);
        for (const std::string& name : std::exchange(unsaved, {}))
            write(name);
        load(wanted);
    }

    void write(const std::string& name)
    {
        if (!store) {
            unsaved.insert(name);
            return;
        }
        store->write(name, secrets.at(name).clone(), [this, name](Result<void> result) {
            if (result)
                return;
            unsaved.insert(name);
            emit q.storeFailed(name, result.error());
        });
    }

    void load(const std::set<std::string>& names)
    {
        wanted.insert(names.begin(), names.end());
        if (!store)
            return;
        for (const std::string& name : names) {
            if (secrets.contains(name))
                continue;
            store->read(name, [this, name](Result<SecretBytes> result) {
                if (result) {
                    secrets.try_emplace(name, std::move(result).value());
                    emit q.secretsChanged();
                } else if (!isNotFound(result.error())) {
                    emit q.storeFailed(name, result.error());
                }
            });
        }
    }

    SecretService& q;
    QString vaultFolder;
    KeychainMaker makeKeychain;
    State state = State::SessionOnly;
    std::map<std::string, SecretBytes, std::less<>> secrets;
    std::set<std::string> unsaved; ///< in memory, and not yet in the store
    std::set<std::string> wanted;  ///< named by the workspace
    std::unique_ptr<VaultStore> vault;
    std::unique_ptr<SecretStore> keychain;
    std::unique_ptr<SecretStore> dropped;
    SecretStore* store = nullptr; ///< the one of the two that is open
};

SecretService::SecretService(QString vaultFolder, QObject* parent)
    : SecretService(
          std::move(vaultFolder),
          [](const QString& service) -> std::unique_ptr<SecretStore> {
              return std::make_unique<KeychainStore>(service);
          },
          parent)
{
}

SecretService::SecretService(QString vaultFolder, KeychainMaker keychain, QObject* parent)
    : QObject(parent), m(std::make_unique<Implementation>(*this, std::move(vaultFolder), std::move(keychain)))
{
}

SecretService::~SecretService() = default;

void SecretService::openFor(const std::string& workspaceId, const std::set<std::string>& names)
{
    m->store = nullptr;
    m->openFor(workspaceId, names);
}

SecretService::State SecretService::state() const noexcept
{
    return m->state;
}

bool SecretService::isVault() const noexcept
{
    return !m->keychain;
}

std::optional<BytesView> SecretService::findSecret(std::string_view name) const
{
    const auto found = m->secrets.find(name);
    return found == m->secrets.end() ? std::nullopt : std::optional(found->second.view());
}

void SecretService::setSecret(const std::string& name, SecretBytes secret)
{
    m->secrets.insert_or_assign(name, std::move(secret));
    m->write(name);
    emit secretsChanged();
}

void SecretService::setSessionSecret(const std::string& name, SecretBytes secret)
{
    m->secrets.insert_or_assign(name, std::move(secret));
    emit secretsChanged();
}

void SecretService::removeSecret(const std::string& name)
{
    m->unsaved.erase(name);
    const bool known = m->secrets.erase(name) > 0;
    if (m->store)
        m->store->remove(name, [this, name](Result<void> result) {
            if (!result)
                emit storeFailed(name, result.error());
        });
    if (known)
        emit secretsChanged();
}

void SecretService::load(const std::set<std::string>& names)
{
    m->load(names);
}

void SecretService::unlockVault(SecretBytes passphrase, std::function<void(Result<void>)> done)
{
    VaultStore* const vault = m->vault.get();
    if (!vault) {
        done(Error{SecretErrorCode::Locked, {}, "no workspace is open"});
        return;
    }
    vault->open(std::move(passphrase), [this, vault, done = std::move(done)](Result<void> result) {
        if (result)
            m->opened(vault);
        done(std::move(result));
    });
}

void SecretService::retryKeychain()
{
    if (m->keychain && m->state == State::Locked)
        m->probe();
}

} // namespace claimsmith::app
