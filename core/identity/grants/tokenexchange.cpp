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

/// The claims of subject_token or actor_token.
Result<Object> readToken(const Call& call, const std::string& name, OAuthErrorCode invalid)
{
    CLAIMSMITH_TRY(const std::string token, required(call, name));
    CLAIMSMITH_TRY(const std::string type, required(call, name + "_type"));
    const auto* const found = std::ranges::find(tokenTypes, std::string_view(type), &TokenType::name);
    if (found == std::end(tokenTypes))
        return refusal(TokenTypeUnknown, type);
    auto claims = found->read(call.realm, token);
    if (!claims)
        return refusal(invalid, std::string(infoOf(claims.error()).reason));
    return claims;
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

/// Never more than the subject token allows; an ID token says nothing of scopes, so the client's own count.
Result<std::vector<std::string>> scopes(const Call& call, const Client& client, const Object& subject, const User* user)
{
    const std::string* const granted = findText(subject, "scope");
    if (granted == nullptr)
        return grantScopes(call.realm, client, user, call.parameters.find("scope"));
    std::vector<std::string> known = splitScopes(*granted);
    const std::vector<std::string> allowed = scopesOf(call.realm, client);
    std::erase_if(known, [&allowed](const std::string& scope) { return !hasScope(allowed, scope); });
    return narrowScopes(known, call.parameters.find("scope"));
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
    CLAIMSMITH_TRY(const Object subject, readToken(call, "subject_token", SubjectTokenInvalid));
    const std::string* const name = findText(subject, "sub");
    const User* const user = name == nullptr ? nullptr : findSubject(call.realm.settings, *name);
    Authorization authorization;
    authorization.client = client.id;
    authorization.user = user == nullptr ? std::string() : user->username;
    call.log.user = authorization.user;
    if (name == nullptr)
        return refusal(SubjectTokenInvalid, "it has no sub");
    authorization.extra.set("sub", *name);
    if (call.parameters.find("actor_token") != nullptr) {
        CLAIMSMITH_TRY(const Object actor, readToken(call, "actor_token", ActorTokenInvalid));
        authorization.extra.set("act", actorClaim(actor, subject));
    } else if (const document::Value* const earlier = subject.find("act")) {
        authorization.extra.set("act", *earlier);
    }
    CLAIMSMITH_TRY(authorization.audience, targets(call, client));
    CLAIMSMITH_TRY(authorization.scopes, scopes(call, client, subject, user));
    Authorization& noted = remember(call.realm, std::move(authorization));
    CLAIMSMITH_TRY(IssuedTokens tokens, issueTokens(call.realm, noted, false));
    tokens.id.clear();
    Object answer = tokenAnswer(tokens);
    const std::string* const type = call.parameters.find("requested_token_type");
    answer.append("issued_token_type", type == nullptr ? std::string(accessTokenType) : *type);
    return answer;
}

} // namespace claimsmith::identity
