// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/answers.h"
#include "identity/grants/grants.h"
#include "identity/oautherror.h"
#include "identity/scopes.h"
#include "identity/tokens.h"

#include <algorithm>

namespace claimsmith::identity {
namespace {

using document::Object;
using enum OAuthErrorCode;

constexpr std::string_view accessTokenType = "urn:ietf:params:oauth:token-type:access_token";
constexpr std::string_view jwtType = "urn:ietf:params:oauth:token-type:jwt";

/// How tokens of a type (RFC 8693 §3) are read.
struct TokenType
{
    std::string_view name;
    Result<Object> (*read)(const Realm& realm, std::string_view token);
};

Result<Object> readEither(const Realm& realm, std::string_view token)
{
    auto claims = readAccessToken(realm, token);
    return claims ? std::move(claims) : readCurrentIdToken(realm, token);
}

constexpr TokenType tokenTypes[] = {
    {accessTokenType, readAccessToken},
    {"urn:ietf:params:oauth:token-type:id_token", readCurrentIdToken},
    {jwtType, readEither},
};

bool names(const document::Value* audience, std::string_view name) noexcept
{
    if (audience == nullptr)
        return false;
    if (const document::Array* const list = audience->asArray())
        return std::ranges::any_of(*list, [name](const document::Value& one) { return names(&one, name); });
    return audience->asString() != nullptr && *audience->asString() == name;
}

/// Whether the token was issued to this client or is meant for it: others are no client's to trade.
bool belongsTo(const Object& claims, const Client& client)
{
    const std::string* const owner = findText(claims, "azp");
    return (owner != nullptr && *owner == client.id) || names(claims.find("aud"), client.id);
}

/// The claims of subject_token or actor_token.
Result<Object> readToken(const Call& call, const Client& client, const std::string& name, OAuthErrorCode invalid)
{
    CLAIMSMITH_TRY(const std::string token, required(call, name));
    CLAIMSMITH_TRY(const std::string type, required(call, name + "_type"));
    const auto* const found = std::ranges::find(tokenTypes, std::string_view(type), &TokenType::name);
    if (found == std::end(tokenTypes))
        return refusal(TokenTypeUnknown, type);
    auto claims = found->read(call.realm, token);
    if (!claims)
        return refusal(invalid, std::string(infoOf(claims.error()).reason));
    if (!belongsTo(*claims, client))
        return refusal(invalid, "it is not for this client");
    return claims;
}

/// The authorization that the token came from; null when it is not known.
const Authorization* originOf(const Realm& realm, const Object& claims)
{
    const std::string* const id = findText(claims, "jti");
    if (const AccessToken* const token = id == nullptr ? nullptr : realm.store.accessTokens.find(*id))
        return realm.store.authorizations.find(token->authorization);
    // An ID token: by the session of the browser and the client.
    const std::string* const session = findText(claims, "sid");
    const std::string* const client = findText(claims, "azp");
    const Authorization* origin = nullptr;
    realm.store.authorizations.each([&](const std::string&, const Authorization& authorization) {
        if (session != nullptr && client != nullptr && authorization.session == *session &&
            authorization.client == *client)
            origin = &authorization;
    });
    return origin;
}

/// The audiences asked for, each of which the client may ask for.
Result<std::vector<std::string>> targets(const Call& call, const Client& client)
{
    std::vector<std::string> wanted = call.parameters.all("audience");
    const std::vector<std::string> resources = call.parameters.all("resource");
    wanted.insert(wanted.end(), resources.begin(), resources.end());
    for (const std::string& target : wanted) {
        const bool isOwn = target == client.id || std::ranges::find(client.audience, target) != client.audience.end();
        if (!isOwn && std::ranges::find(client.targets, target) == client.targets.end())
            return refusal(TargetUnknown, target);
    }
    return wanted;
}

/// Never more than the subject token allows. An ID token says nothing of scopes: what its login was granted counts.
Result<std::vector<std::string>> scopes(const Call& call, const Client& client, const Object& subject,
                                        const Authorization* origin)
{
    std::vector<std::string> known;
    if (const std::string* const granted = findText(subject, "scope"))
        known = splitScopes(*granted);
    else if (origin != nullptr)
        known = origin->scopes;
    const std::vector<std::string> allowed = scopesOf(call.realm, client);
    std::erase_if(known, [&allowed](const std::string& scope) { return !hasScope(allowed, scope); });
    return narrowScopes(known, call.parameters.find("scope"));
}

/// What is exchanged ends with what it came from: by time, by sign-out, by revocation.
void tieTo(Authorization& authorization, const Realm& realm, const Client& client, const Object& subject,
           const Authorization* origin)
{
    const std::int64_t usual = client.accessTokenLifetime.value_or(realm.settings.lifetimes.accessToken);
    const std::int64_t expires = document::Value(subject).findInteger("exp").value_or(realm.now());
    authorization.lifetime = std::min(usual, expires - realm.now());
    if (const std::string* const session = findText(subject, "sid"))
        authorization.session = *session;
    if (origin != nullptr)
        authorization.parent = origin->id;
}

/// "act" (RFC 8693 §4.1): who acts, and who acted before.
Object actorClaim(const Object& actor, const Object& subject)
{
    Object act{{"sub", *actor.find("sub")}};
    if (const document::Value* const client = actor.find("client_id"))
        act.append("client_id", *client);
    if (const document::Value* const earlier = subject.find("act"))
        act.append("act", *earlier);
    return act;
}

Result<void> checkRequestedType(const Call& call)
{
    const std::string* const type = call.parameters.find("requested_token_type");
    if (type != nullptr && *type != accessTokenType && *type != jwtType)
        return refusal(TokenTypeUnknown, *type);
    return {};
}

} // namespace

/// RFC 8693 §2.
Result<Object> tokenExchangeGrant(Call& call, const Client& client)
{
    CLAIMSMITH_CHECK(checkRequestedType(call));
    CLAIMSMITH_TRY(const Object subject, readToken(call, client, "subject_token", SubjectTokenInvalid));
    const std::string* const name = findText(subject, "sub");
    const User* const user = name == nullptr ? nullptr : findSubject(call.realm.settings, *name);
    Authorization authorization;
    authorization.client = client.id;
    authorization.user = user == nullptr ? std::string() : user->username;
    call.log.user = authorization.user;
    if (name == nullptr || (user == nullptr && call.realm.settings.findClient(*name) == nullptr))
        return refusal(SubjectTokenInvalid, "its sub is nobody");
    const Authorization* const origin = originOf(call.realm, subject);
    tieTo(authorization, call.realm, client, subject, origin);
    authorization.extra.set("sub", *name);
    if (call.parameters.find("actor_token") != nullptr) {
        CLAIMSMITH_TRY(const Object actor, readToken(call, client, "actor_token", ActorTokenInvalid));
        authorization.extra.set("act", actorClaim(actor, subject));
    } else if (const document::Value* const earlier = subject.find("act")) {
        authorization.extra.set("act", *earlier);
    }
    CLAIMSMITH_TRY(authorization.audience, targets(call, client));
    CLAIMSMITH_TRY(authorization.scopes, scopes(call, client, subject, origin));
    Authorization& noted = remember(call.realm, std::move(authorization));
    CLAIMSMITH_TRY(IssuedTokens tokens, issueTokens(call.realm, noted, false));
    tokens.id.clear();
    Object answer = tokenAnswer(tokens);
    const std::string* const type = call.parameters.find("requested_token_type");
    answer.append("issued_token_type", type == nullptr ? std::string(accessTokenType) : *type);
    return answer;
}

} // namespace claimsmith::identity
