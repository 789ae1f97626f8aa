// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/tokens.h"

#include "base/base64.h"
#include "base/random.h"
#include "crypto/digest.h"
#include "identity/oautherror.h"
#include "identity/scopes.h"
#include "identity/signing.h"
#include "jose/verify.h"

namespace claimsmith::identity {
namespace {

using document::Object;

/// The left half of the digest that the signature's algorithm uses (OpenID Connect Core §3.1.3.6).
std::string leftHalfOfDigest(const Realm& realm, std::string_view text)
{
    const jose::AlgorithmInfo& algorithm = jose::info(realm.settings.algorithm);
    const auto kind = algorithm.keyType == jose::KeyType::Okp ? crypto::DigestKind::Sha512 : algorithm.digest;
    const Bytes whole = crypto::digest(kind, text);
    return toBase64Url(BytesView(whole).substr(0, whole.size() / 2));
}

std::string addRefreshToken(Realm& realm, Authorization& authorization)
{
    std::string token = makeOpaqueToken();
    realm.store.refreshTokens.add(token, {authorization.id, realm.now() + realm.settings.lifetimes.refreshToken});
    authorization.hasRefreshToken = true;
    return token;
}

/// Signature, issuer and times; `isCurrent` false leaves the times out.
Result<Object> verifyOwn(const Realm& realm, std::string_view token, bool isCurrent)
{
    const std::int64_t now = realm.now();
    const FixedClock clock(now);
    jose::VerifyOptions options;
    options.keys = realm.keys.published(now);
    if (realm.strayKey)
        options.keys.push_back(*realm.strayKey->publicPart());
    options.clock = &clock;
    options.claims->issuers = {realm.url};
    const jose::VerificationReport report = jose::verify(token, options);
    for (const jose::Rung& rung : report.rungs) {
        const bool isTime = rung.id == jose::RungId::Expiration || rung.id == jose::RungId::NotBefore ||
                            rung.id == jose::RungId::IssuedAt;
        if (rung.state != jose::RungState::Failed || (isTime && !isCurrent))
            continue;
        return refusal(rung.id == jose::RungId::Expiration ? OAuthErrorCode::TokenExpired
                                                           : OAuthErrorCode::TokenInvalid);
    }
    if (!report.claims || !report.keyIndex)
        return refusal(OAuthErrorCode::TokenInvalid);
    return *report.claims;
}

/// Only access tokens carry client_id and scope: see the reserved names of claims.cpp.
bool isAccessToken(const Object& claims) noexcept
{
    return claims.contains("client_id") && claims.contains("scope");
}

/// Whether it or what it was exchanged from was revoked, or is forgotten.
bool isRevoked(const Realm& realm, std::string_view authorization)
{
    const Authorization* const found = realm.store.authorizations.find(authorization);
    if (found == nullptr || found->revoked)
        return true;
    return !found->parent.empty() && isRevoked(realm, found->parent); // a parent is always older: this ends
}

bool isRevoked(const Realm& realm, const Object& claims)
{
    const std::string* const id = findText(claims, "jti");
    const AccessToken* const token = id == nullptr ? nullptr : realm.store.accessTokens.find(*id);
    if (token != nullptr)
        return token->revoked || isRevoked(realm, token->authorization);
    // Keys may outlive a start, what was issued before it is not known. Of this start nothing unknown is taken: it was
    // forgotten, and with it whether it was revoked.
    const document::Value* const issued = claims.find("iat");
    return issued == nullptr || issued->asNumber() == nullptr ||
           issued->asNumber()->toDouble() > static_cast<double>(realm.started);
}

} // namespace

Authorization& remember(Realm& realm, Authorization authorization)
{
    authorization.id = randomUuid();
    authorization.created = realm.now();
    const std::string id = authorization.id;
    return realm.store.authorizations.add(id, std::move(authorization));
}

Result<IssuedTokens> issueTokens(Realm& realm, Authorization& authorization, bool withRefresh)
{
    const Client* const client = realm.settings.findClient(authorization.client);
    const User* const user = realm.settings.findUser(authorization.user);
    if (client == nullptr || (user == nullptr && !authorization.user.empty()))
        return refusal(OAuthErrorCode::AuthorizationRevoked);
    if (user != nullptr && !user->enabled)
        return refusal(OAuthErrorCode::UserDisabled);
    const std::int64_t dated = datingTime(realm, realm.now());
    IssuedTokens tokens;
    tokens.scopes = authorization.scopes;

    Object access = claimsFor(realm, TokenKind::Access, authorization, *client, user, dated);
    const std::string id = randomUuid();
    access.set("jti", id);
    const std::int64_t expires = document::Value(access).findInteger("exp").value_or(dated);
    tokens.expiresIn = expires - dated;
    CLAIMSMITH_TRY(tokens.access, signToken(realm, TokenKind::Access, std::move(access)));
    if (user != nullptr && hasScope(authorization.scopes, "openid")) {
        Object claims = claimsFor(realm, TokenKind::Id, authorization, *client, user, dated);
        claims.set("at_hash", leftHalfOfDigest(realm, tokens.access));
        CLAIMSMITH_TRY(tokens.id, signToken(realm, TokenKind::Id, std::move(claims)));
    }
    realm.store.accessTokens.add(id, {authorization.id});
    authorization.accessIssued = realm.now();
    authorization.accessExpires = realm.now() + tokens.expiresIn;
    if (withRefresh)
        tokens.refresh = addRefreshToken(realm, authorization);
    return tokens;
}

Object tokenAnswer(const IssuedTokens& tokens)
{
    Object answer{{"access_token", tokens.access}, {"token_type", "Bearer"}, {"expires_in", tokens.expiresIn}};
    if (!tokens.refresh.empty())
        answer.append("refresh_token", tokens.refresh);
    if (!tokens.id.empty())
        answer.append("id_token", tokens.id);
    answer.append("scope", joinScopes(tokens.scopes));
    return answer;
}

Result<Object> readAccessToken(const Realm& realm, std::string_view token)
{
    CLAIMSMITH_TRY(Object claims, verifyOwn(realm, token, true));
    if (!isAccessToken(claims))
        return refusal(OAuthErrorCode::TokenInvalid);
    if (isRevoked(realm, claims))
        return refusal(OAuthErrorCode::TokenRevoked);
    return claims;
}

Result<Object> readIdToken(const Realm& realm, std::string_view token)
{
    auto claims = verifyOwn(realm, token, false);
    if (!claims || isAccessToken(*claims))
        return refusal(OAuthErrorCode::HintInvalid);
    return claims;
}

Result<Object> readCurrentIdToken(const Realm& realm, std::string_view token)
{
    CLAIMSMITH_TRY(Object claims, verifyOwn(realm, token, true));
    if (isAccessToken(claims))
        return refusal(OAuthErrorCode::TokenInvalid);
    return claims;
}

} // namespace claimsmith::identity
