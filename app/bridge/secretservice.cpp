// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bridge/secretservice.h"

#include <map>

namespace claimsmith::app {

class SecretService::Implementation
{
public:
    State state = State::SessionOnly;
    std::map<std::string, SecretBytes, std::less<>> secrets;
};

SecretService::SecretService(QObject* parent) : QObject(parent), m(std::make_unique<Implementation>()) {}
SecretService::~SecretService() = default;

SecretService::State SecretService::state() const noexcept
{
    return m->state;
}

std::optional<BytesView> SecretService::findSecret(std::string_view name) const
{
    const auto found = m->secrets.find(name);
    return found == m->secrets.end() ? std::nullopt : std::optional(found->second.view());
}

void SecretService::setSecret(const std::string& name, SecretBytes secret)
{
    m->secrets.insert_or_assign(name, std::move(secret));
    emit secretsChanged();
}

void SecretService::removeSecret(const std::string& name)
{
    if (m->secrets.erase(name) > 0)
        emit secretsChanged();
}

void SecretService::load(const std::vector<std::string>&) {}

void SecretService::unlockVault(SecretBytes, std::function<void(Result<void>)> done)
{
    done({});
}

} // namespace claimsmith::app
