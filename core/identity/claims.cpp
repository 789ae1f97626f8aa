// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/claims.h"

#include "identity/scopes.h"

#include <algorithm>
#include <array>

namespace claimsmith::identity {
namespace {

using document::Array;
using document::Object;
using document::Value;

/// What only the protocol says: a user's claims of these names would make an ID token pass for an access token, or
/// somebody for somebody else.
constexpr std::array<std::string_view, 19> reserved{
    "iss",     "sub", "aud", "exp",   "nbf",       "iat", "jti",    "azp",      "auth_time", "nonce",
    "at_hash", "act", "sid", "scope", "client_id", "typ", "active", "username", "token_type"};

void addUnlessThere(Object& claims, std::string_view name, const Value& value)
{
    if (std::ranges::find(reserved, name) == reserved.end() && !claims.contains(name))
        claims.append(std::string(name), value);
}

/// Claims of the user as far as the provider knows them by itself.
Object claimsOf(const User& user)
{
    Object claims = user.claims;
    if (!claims.contains("preferred_username"))
        claims.append("preferred_username", user.username);
    if (!user.groups.empty() && !claims.contains("groups"))
        claims.append("groups", Array(user.groups.begin(), user.groups.end()));
    return claims;
}

void addScopeClaims(Object& claims, const Realm& realm, const std::vector<std::string>& scopes, const User& user)
{
    const Object known = claimsOf(user);
    for (const Scope& scope : realm.scopes) {
        if (!hasScope(scopes, scope.name))
            continue;
        for (const std::string& name : scope.claims) {
            if (const Value* value = known.find(name))
                addUnlessThere(claims, name, *value);
        }
    }
}

Value audienceOf(TokenKind kind, const Authorization& authorization, const Client& client)
{
    if (kind == TokenKind::Id)
        return client.id;
    const std::vector<std::string>& list = authorization.audience.empty() ? client.audience : authorization.audience;
    if (list.size() > 1)
        return Array(list.begin(), list.end());
    return list.empty() ? client.id : list.front();
}

void addIdClaims(Object& claims, const Authorization& authorization)
{
    if (authorization.authenticated)
        claims.append("auth_time", *authorization.authenticated);
    if (!authorization.nonce.empty())
        claims.append("nonce", authorization.nonce);
}

void addAccessClaims(Object& claims, const Authorization& authorization, const Client& client)
{
    claims.append("client_id", client.id);
    claims.append("scope", joinScopes(authorization.scopes));
    for (const document::Member& member : client.claims)
        addUnlessThere(claims, member.name, member.value);
}

std::int64_t lifetimeOf(const Realm& realm, TokenKind kind, const Authorization& authorization, const Client& client)
{
    if (kind == TokenKind::Id)
        return realm.settings.lifetimes.idToken;
    return authorization.lifetime.value_or(client.accessTokenLifetime.value_or(realm.settings.lifetimes.accessToken));
}

} // namespace

const std::string* findText(const Object& claims, std::string_view name) noexcept
{
    const Value* const value = claims.find(name);
    return value == nullptr ? nullptr : value->asString();
}

Object claimsFor(const Realm& realm, TokenKind kind, const Authorization& authorization, const Client& client,
                 const User* user, std::int64_t now)
{
    const std::string subject = user == nullptr ? client.id : subjectOf(realm.settings, *user);
    Object claims;
    if (kind != TokenKind::UserInfo)
        claims.append("iss", realm.url);
    claims.append("sub", subject);
    if (kind != TokenKind::UserInfo) {
        claims.append("aud", audienceOf(kind, authorization, client));
        claims.append("azp", client.id);
        if (!authorization.session.empty())
            claims.append("sid", authorization.session);
    }
    if (kind == TokenKind::Id)
        addIdClaims(claims, authorization);
    if (user != nullptr)
        addScopeClaims(claims, realm, authorization.scopes, *user);
    if (kind == TokenKind::Access)
        addAccessClaims(claims, authorization, client);
    if (kind == TokenKind::UserInfo)
        return claims;
    for (const document::Member& member : authorization.extra)
        claims.set(member.name, member.value);
    if (!claims.contains("iat"))
        claims.append("iat", now);
    if (!claims.contains("exp"))
        claims.append("exp", now + lifetimeOf(realm, kind, authorization, client));
    return claims;
}

} // namespace claimsmith::identity
