// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/answers.h"
#include "identity/clientauthentication.h"
#include "identity/endpoints/endpoints.h"
#include "identity/grants/grants.h"
#include "identity/oautherror.h"

#include <algorithm>

namespace claimsmith::identity {
namespace {

struct Grant
{
    GrantType type;
    GrantHandler handle;
};

constexpr Grant grants[] = {
    {GrantType::AuthorizationCode, authorizationCodeGrant},
    {GrantType::ClientCredentials, clientCredentialsGrant},
    {GrantType::Password, passwordGrant},
    {GrantType::RefreshToken, refreshTokenGrant},
    {GrantType::DeviceCode, deviceCodeGrant},
    {GrantType::TokenExchange, tokenExchangeGrant},
    {GrantType::JwtBearer, jwtBearerGrant},
};

const Grant* findGrant(std::string_view name)
{
    const auto* const found =
        std::ranges::find_if(grants, [name](const Grant& grant) { return toString(grant.type) == name; });
    return found == std::end(grants) ? nullptr : found;
}

Result<document::Object> exchange(Call& call)
{
    CLAIMSMITH_CHECK(checkForm(call));
    CLAIMSMITH_TRY(const std::string name, required(call, "grant_type"));
    CLAIMSMITH_TRY(const Client* client, authenticateClient(call));
    const Grant* const grant = findGrant(name);
    if (grant == nullptr)
        return refusal(OAuthErrorCode::UnsupportedGrant);
    call.log.grant = name;
    if (!client->has(grant->type))
        return refusal(OAuthErrorCode::GrantNotAllowed);
    return grant->handle(call, *client);
}

} // namespace

/// RFC 6749 §3.2.
http::Response tokenEndpoint(Call& call)
{
    const auto answer = exchange(call);
    if (!answer)
        return errorAnswer(call, answer.error());
    call.log.event = "tokens-issued";
    return jsonAnswer(200, *answer);
}

} // namespace claimsmith::identity
