// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/answers.h"
#include "identity/grants/grants.h"
#include "identity/oautherror.h"
#include "identity/scopes.h"
#include "identity/tokens.h"

namespace claimsmith::identity {

Result<const User*> authenticateUser(Call& call, std::string_view username, std::string_view password)
{
    const User* const user = call.realm.settings.findUser(username);
    if (user == nullptr)
        return refusal(OAuthErrorCode::UserUnknown); // the log keeps no name: people type passwords there
    call.log.user = user->username;
    const SecretBytes* const secret = call.realm.findSecret(user->password);
    if (secret == nullptr)
        return refusal(OAuthErrorCode::UserWithoutPassword);
    if (!equalInConstantTime(secret->view(), password))
        return refusal(OAuthErrorCode::WrongPassword);
    if (!user->enabled)
        return refusal(OAuthErrorCode::UserDisabled);
    return user;
}

/// RFC 6749 §4.3.
Result<document::Object> passwordGrant(Call& call, const Client& client)
{
    CLAIMSMITH_TRY(const std::string username, required(call, "username"));
    CLAIMSMITH_TRY(const std::string password, required(call, "password"));
    CLAIMSMITH_TRY(const User* user, authenticateUser(call, username, password));
    CLAIMSMITH_TRY(const std::vector<std::string> scopes,
                   grantScopes(call.realm, client, user, call.parameters.find("scope")));
    Authorization& authorization =
        remember(call.realm,
                 {.id = {}, .client = client.id, .user = user->username, .scopes = scopes, .authenticated = call.now});
    CLAIMSMITH_TRY(const IssuedTokens tokens,
                   issueTokens(call.realm, authorization, client.has(GrantType::RefreshToken)));
    return tokenAnswer(tokens);
}

} // namespace claimsmith::identity
