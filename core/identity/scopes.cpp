// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/scopes.h"

#include "base/text.h"
#include "identity/oautherror.h"

#include <algorithm>

namespace claimsmith::identity {
namespace {

bool isKnown(const Realm& realm, std::string_view scope) noexcept
{
    return std::ranges::find(realm.scopes, scope, &Scope::name) != realm.scopes.end();
}

void dropWhatUserLacks(const User* user, std::vector<std::string>& scopes)
{
    if (user == nullptr) {
        std::erase_if(scopes, [](const std::string& scope) { return scope == "openid" || scope == "offline_access"; });
        return;
    }
    if (user->scopes.empty())
        return;
    std::erase_if(scopes,
                  [user](const std::string& scope) { return scope != "openid" && !hasScope(user->scopes, scope); });
}

} // namespace

std::vector<std::string> splitScopes(std::string_view text)
{
    std::vector<std::string> scopes;
    for (const std::string_view word : split(text, ' ')) {
        if (!word.empty() && !hasScope(scopes, word))
            scopes.emplace_back(word);
    }
    return scopes;
}

std::string joinScopes(const std::vector<std::string>& scopes)
{
    std::string text;
    for (const std::string& scope : scopes)
        text.append(text.empty() ? "" : " ").append(scope);
    return text;
}

bool hasScope(const std::vector<std::string>& scopes, std::string_view scope) noexcept
{
    return std::ranges::find(scopes, scope) != scopes.end();
}

std::vector<std::string> scopesOf(const Realm& realm, const Client& client)
{
    if (!client.scopes.empty())
        return client.scopes;
    std::vector<std::string> names;
    for (const Scope& scope : realm.scopes)
        names.push_back(scope.name);
    return names;
}

Result<std::vector<std::string>> grantScopes(const Realm& realm, const Client& client, const User* user,
                                             const std::string* asked)
{
    const std::vector<std::string> allowed = scopesOf(realm, client);
    std::vector<std::string> scopes = asked != nullptr ? splitScopes(*asked) : allowed;
    if (asked == nullptr)
        std::erase(scopes, "offline_access");
    for (const std::string& scope : scopes) {
        if (!isKnown(realm, scope) && !hasScope(client.scopes, scope))
            return refusal(OAuthErrorCode::ScopeUnknown, scope);
        if (!hasScope(allowed, scope))
            return refusal(OAuthErrorCode::ScopeNotAllowed, scope);
    }
    dropWhatUserLacks(user, scopes);
    return scopes;
}

Result<std::vector<std::string>> narrowScopes(const std::vector<std::string>& granted, const std::string* asked)
{
    if (asked == nullptr)
        return granted;
    std::vector<std::string> scopes = splitScopes(*asked);
    for (const std::string& scope : scopes) {
        if (!hasScope(granted, scope))
            return refusal(OAuthErrorCode::ScopeBeyondGrant, scope);
    }
    return scopes;
}

} // namespace claimsmith::identity
