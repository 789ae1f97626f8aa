// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/grants/grants.h"
#include "identity/oautherror.h"
#include "identity/scopes.h"
#include "identity/tokens.h"

namespace claimsmith::identity {

/// RFC 6749 §4.4: no refresh token, and no ID token, for there is nobody to tell about.
Result<document::Object> clientCredentialsGrant(Call& call, const Client& client)
{
    if (!client.isConfidential())
        return refusal(OAuthErrorCode::ClientIsPublic);
    CLAIMSMITH_TRY(const std::vector<std::string> scopes,
                   grantScopes(call.realm, client, nullptr, call.parameters.find("scope")));
    Authorization& authorization = remember(call.realm, {.id = {}, .client = client.id, .user = {}, .scopes = scopes});
    CLAIMSMITH_TRY(const IssuedTokens tokens, issueTokens(call.realm, authorization, false));
    return tokenAnswer(tokens);
}

} // namespace claimsmith::identity
