// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/configuration.h"

#include <algorithm>

namespace claimsmith::identity {
namespace {

template <class Enum>
std::string_view wordOf(const std::vector<std::pair<std::string_view, Enum>>& words, Enum value) noexcept
{
    return std::ranges::find(words, value, &std::pair<std::string_view, Enum>::second)->first;
}

} // namespace

const std::vector<std::pair<std::string_view, ClientAuthentication>>& clientAuthenticationWords()
{
    static const std::vector<std::pair<std::string_view, ClientAuthentication>> words{
        {"client_secret_basic", ClientAuthentication::SecretBasic},
        {"client_secret_post", ClientAuthentication::SecretPost},
        {"client_secret_jwt", ClientAuthentication::SecretJwt},
        {"private_key_jwt", ClientAuthentication::PrivateKeyJwt},
        {"none", ClientAuthentication::None},
    };
    return words;
}

const std::vector<std::pair<std::string_view, GrantType>>& grantWords()
{
    static const std::vector<std::pair<std::string_view, GrantType>> words{
        {"authorization_code", GrantType::AuthorizationCode},
        {"client_credentials", GrantType::ClientCredentials},
        {"password", GrantType::Password},
        {"refresh_token", GrantType::RefreshToken},
        {"urn:ietf:params:oauth:grant-type:device_code", GrantType::DeviceCode},
        {"urn:ietf:params:oauth:grant-type:token-exchange", GrantType::TokenExchange},
        {"urn:ietf:params:oauth:grant-type:jwt-bearer", GrantType::JwtBearer},
    };
    return words;
}

std::string_view toString(ClientAuthentication method) noexcept
{
    return wordOf(clientAuthenticationWords(), method);
}

std::string_view toString(GrantType grant) noexcept
{
    return wordOf(grantWords(), grant);
}

bool Client::has(GrantType grant) const noexcept
{
    return std::ranges::find(grants, grant) != grants.end();
}

bool Client::has(ClientAuthentication method) const noexcept
{
    return std::ranges::find(authentication, method) != authentication.end();
}

bool Client::isConfidential() const noexcept
{
    return std::ranges::any_of(authentication,
                               [](ClientAuthentication method) { return method != ClientAuthentication::None; });
}

const Client* Issuer::findClient(std::string_view id) const noexcept
{
    const auto found = std::ranges::find(clients, id, &Client::id);
    return found == clients.end() ? nullptr : &*found;
}

const User* Issuer::findUser(std::string_view username) const noexcept
{
    const auto found = std::ranges::find(users, username, &User::username);
    return found == users.end() ? nullptr : &*found;
}

const std::vector<Scope>& standardScopes()
{
    static const std::vector<Scope> scopes{
        {"openid", {}},
        {"profile",
         {"name", "family_name", "given_name", "middle_name", "nickname", "preferred_username", "profile", "picture",
          "website", "gender", "birthdate", "zoneinfo", "locale", "updated_at"}},
        {"email", {"email", "email_verified"}},
        {"address", {"address"}},
        {"phone", {"phone_number", "phone_number_verified"}},
        {"groups", {"groups"}},
        {"offline_access", {}},
    };
    return scopes;
}

std::vector<Scope> scopesOf(const Issuer& issuer)
{
    std::vector<Scope> scopes;
    for (const Scope& scope : standardScopes()) {
        if (std::ranges::find(issuer.scopes, scope.name, &Scope::name) == issuer.scopes.end())
            scopes.push_back(scope);
    }
    scopes.insert(scopes.end(), issuer.scopes.begin(), issuer.scopes.end());
    return scopes;
}

std::set<std::string> secretNames(const ProviderConfiguration& configuration)
{
    std::set<std::string> names;
    for (const Issuer& issuer : configuration.issuers) {
        for (const Client& client : issuer.clients)
            names.insert(client.secret);
        for (const User& user : issuer.users)
            names.insert(user.password);
    }
    names.erase(std::string());
    return names;
}

} // namespace claimsmith::identity
