// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/secretstore.h"

#include <array>

namespace claimsmith::app {

const ErrorDomain& errorDomain(SecretErrorCode) noexcept
{
    static const ErrorDomain domain{"platform.secrets", [](int code) noexcept -> std::string_view {
                                        constexpr std::array<std::string_view, 8> names = {
                                            "not-found",        "no-backend",    "denied",     "locked",
                                            "wrong-passphrase", "corrupt-vault", "unwritable", "backend"};
                                        return names[static_cast<std::size_t>(code)];
                                    }};
    return domain;
}

void SessionStore::read(const std::string& name, Read callback)
{
    const auto found = m_secrets.find(name);
    if (found == m_secrets.end())
        callback(Error{SecretErrorCode::NotFound, {}, "there is no secret named " + name, {{"name", name}}});
    else
        callback(found->second.clone());
}

void SessionStore::write(const std::string& name, SecretBytes secret, Done callback)
{
    m_secrets.insert_or_assign(name, std::move(secret));
    callback({});
}

void SessionStore::remove(const std::string& name, Done callback)
{
    m_secrets.erase(name);
    callback({});
}

} // namespace claimsmith::app
