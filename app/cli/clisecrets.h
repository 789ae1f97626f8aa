// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/secret.h"
#include "workspace/sources.h"

#include <map>
#include <set>
#include <string>
#include <string_view>

namespace claimsmith::cli {

/// Secrets for one run of the program: from the process environment, else from the keychain of a workspace.
class CliSecrets final : public workspace::SecretSource
{
public:
    /// Looks all of them up at once; the keychain is asked, for at most half a minute, only for what the environment
    /// lacks.
    CliSecrets(const std::set<std::string>& names, const std::string& workspaceId);

    std::optional<BytesView> findSecret(std::string_view name) const override;

private:
    void loadFromKeychain(const std::set<std::string>& names, const std::string& workspaceId);

    std::map<std::string, SecretBytes, std::less<>> m_secrets;
};

/// "login-password" → "CLAIMSMITH_SECRET_LOGIN_PASSWORD".
std::string secretVariable(std::string_view name);

} // namespace claimsmith::cli
