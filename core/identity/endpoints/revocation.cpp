// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/answers.h"
#include "identity/clientauthentication.h"
#include "identity/endpoints/endpoints.h"
#include "identity/oautherror.h"
#include "identity/tokens.h"

namespace claimsmith::identity {
namespace {

/// A refresh token takes the whole authorization with it (RFC 7009 §2.1).
Result<void> revokeRefreshToken(Realm& realm, const Client& client, const RefreshToken& token)
{
    const Authorization* const authorization = realm.store.authorizations.find(token.authorization);
    if (authorization == nullptr)
        return {};
    if (authorization->client != client.id)
        return refusal(OAuthErrorCode::TokenOfOtherClient);
    revoke(realm, token.authorization);
    return {};
}

Result<void> revokeAccessToken(Realm& realm, const Client& client, const document::Object& claims)
{
    const std::string* const owner = findText(claims, "client_id");
    const std::string* const id = findText(claims, "jti");
    if (owner == nullptr || *owner != client.id)
        return refusal(OAuthErrorCode::TokenOfOtherClient);
    AccessToken* const token = id == nullptr ? nullptr : realm.store.accessTokens.find(*id);
    if (token != nullptr)
        token->revoked = true;
    else if (id != nullptr)
        realm.store.accessTokens.add(*id, {{}, true}); // made before this start
    return {};
}

Result<void> revokeToken(Call& call)
{
    CLAIMSMITH_CHECK(checkForm(call));
    CLAIMSMITH_TRY(const Client* client, authenticateClient(call));
    CLAIMSMITH_TRY(const std::string token, required(call, "token"));
    if (const RefreshToken* const refresh = call.realm.store.refreshTokens.find(token))
        return revokeRefreshToken(call.realm, *client, *refresh);
    if (const auto claims = readAccessToken(call.realm, token))
        return revokeAccessToken(call.realm, *client, *claims);
    if (readCurrentIdToken(call.realm, token))
        return refusal(OAuthErrorCode::TokenTypeUnsupported);
    return {}; // what is not valid needs no revocation (RFC 7009 §2.2)
}

} // namespace

/// RFC 7009 §2.
http::Response revocationEndpoint(Call& call)
{
    const auto revoked = revokeToken(call);
    if (!revoked)
        return errorAnswer(call, revoked.error());
    call.log.event = "token-revoked";
    http::Response response = http::Response::make(200, {}, {});
    response.head.headers.set("Cache-Control", "no-store");
    return response;
}

} // namespace claimsmith::identity
