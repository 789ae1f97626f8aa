// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/clisecrets.h"

#include "platform/keychainstore.h"

#include <QCoreApplication>
#include <QTimer>

#include <chrono>
#include <cstdlib>

namespace claimsmith::cli {
namespace {

constexpr std::chrono::seconds keychainPatience{30}; // it may ask the user to unlock it

std::optional<SecretBytes> fromEnvironment(const std::string& name)
{
    for (const std::string& variable : {name, secretVariable(name)}) {
        if (const char* const value = std::getenv(variable.c_str()))
            return SecretBytes(BytesView(value));
    }
    return std::nullopt;
}

} // namespace

std::string secretVariable(std::string_view name)
{
    std::string variable = "CLAIMSMITH_SECRET_";
    for (const char c : name) {
        const bool small = c >= 'a' && c <= 'z';
        const bool kept = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        variable += small ? static_cast<char>(c - 'a' + 'A') : kept ? c : '_';
    }
    return variable;
}

CliSecrets::CliSecrets(const std::set<std::string>& names, const std::string& workspaceId)
{
    std::set<std::string> missing;
    for (const std::string& name : names) {
        if (auto secret = fromEnvironment(name))
            m_secrets.emplace(name, std::move(*secret));
        else
            missing.insert(name);
    }
    if (!missing.empty() && !workspaceId.empty())
        loadFromKeychain(missing, workspaceId);
}

std::optional<BytesView> CliSecrets::findSecret(std::string_view name) const
{
    const auto found = m_secrets.find(name);
    return found == m_secrets.end() ? std::nullopt : std::optional(found->second.view());
}

void CliSecrets::loadFromKeychain(const std::set<std::string>& names, const std::string& workspaceId)
{
    int count = 0; // QtKeychain needs an application, and the application its arguments
    QCoreApplication application(count, nullptr);
    app::KeychainStore keychain(QStringLiteral("claimsmith/") + QString::fromStdString(workspaceId));
    std::size_t pending = names.size();
    for (const std::string& name : names) {
        keychain.read(name, [this, &pending, name](Result<SecretBytes> secret) {
            if (secret)
                m_secrets.insert_or_assign(name, std::move(*secret));
            if (--pending == 0)
                QCoreApplication::quit();
        });
    }
    QTimer::singleShot(keychainPatience, &application, &QCoreApplication::quit);
    QCoreApplication::exec();
}

} // namespace claimsmith::cli
