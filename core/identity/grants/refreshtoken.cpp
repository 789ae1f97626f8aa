// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/answers.h"
#include "identity/authorization/flow.h"
#include "identity/grants/grants.h"
#include "identity/oautherror.h"
#include "identity/scopes.h"
#include "identity/tokens.h"

namespace claimsmith::identity {
namespace {

using enum OAuthErrorCode;

Result<void> checkToken(Call& call, const Client& client, const RefreshToken& token, const Authorization& authorization)
{
    if (authorization.client != client.id)
        return refusal(TokenOfOtherClient);
    if (token.used) {
        revoke(call.realm, authorization.id); // one of the two who had it is a thief (RFC 9700 §4.14.2)
        return refusal(RefreshReused);
    }
    if (authorization.revoked)
        return refusal(AuthorizationRevoked);
    if (token.expires <= call.now)
        return refusal(RefreshExpired);
    return {};
}

} // namespace

/// RFC 6749 §6, with a new refresh token each time.
Result<document::Object> refreshTokenGrant(Call& call, const Client& client)
{
    CLAIMSMITH_TRY(const std::string text, required(call, "refresh_token"));
    RefreshToken* const token = call.realm.store.refreshTokens.find(text);
    Authorization* const authorization =
        token == nullptr ? nullptr : call.realm.store.authorizations.find(token->authorization);
    if (authorization == nullptr)
        return refusal(RefreshUnknown);
    call.log.user = authorization->user;
    CLAIMSMITH_CHECK(checkToken(call, client, *token, *authorization));
    // Fewer scopes are for this access token alone; the next refresh may have all of them again.
    Authorization narrowed = *authorization;
    CLAIMSMITH_TRY(narrowed.scopes, narrowScopes(scopesFor(call.realm, authorization->scopes, authorization->user),
                                                 call.parameters.find("scope")));
    // Only then is the old one used up; it may have gone to make room for the new one.
    CLAIMSMITH_TRY(const IssuedTokens tokens, issueTokens(call.realm, narrowed, true));
    if (RefreshToken* const old = call.realm.store.refreshTokens.find(text))
        old->used = true;
    authorization->accessIssued = narrowed.accessIssued;
    authorization->accessExpires = narrowed.accessExpires;
    authorization->refreshed = true;
    return tokenAnswer(tokens);
}

} // namespace claimsmith::identity
