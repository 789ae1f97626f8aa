// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "identity/claims.h"
#include "identity/realm.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace claimsmith::identity {

struct IssuedTokens
{
    std::string access;
    std::string id;      ///< empty: none
    std::string refresh; ///< empty: none
    std::int64_t expiresIn = 0;
    std::vector<std::string> scopes;
};

/// Makes the tokens of an authorization: an access token, an ID token where a user granted "openid", a refresh token
/// where `withRefresh`. Notes them in the store. AuthorizationRevoked when client or user are gone; SigningFailed. The
/// faults that are on show in what it makes.
Result<IssuedTokens> issueTokens(Realm& realm, Authorization& authorization, bool withRefresh);

/// The token answer (RFC 6749 §5.1).
document::Object tokenAnswer(const IssuedTokens& tokens);

/// Notes an authorization under an id that is made for it.
Authorization& remember(Realm& realm, Authorization authorization);

/// The claims of an access token of this issuer that is good now: TokenInvalid, TokenExpired, TokenRevoked.
Result<document::Object> readAccessToken(const Realm& realm, std::string_view token);
/// The claims of an ID token of this issuer, expired or not, as logout and hints take them: HintInvalid.
Result<document::Object> readIdToken(const Realm& realm, std::string_view token);
/// The claims of an ID token that is good now: TokenInvalid, TokenExpired.
Result<document::Object> readCurrentIdToken(const Realm& realm, std::string_view token);

} // namespace claimsmith::identity
