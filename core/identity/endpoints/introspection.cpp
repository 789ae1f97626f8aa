// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/answers.h"
#include "identity/clientauthentication.h"
#include "identity/endpoints/endpoints.h"
#include "identity/scopes.h"
#include "identity/tokens.h"

namespace claimsmith::identity {
namespace {

using document::Object;

const Object inactive{{"active", false}};

Object describeAccessToken(const Realm& realm, const Object& claims)
{
    Object answer{{"active", true}};
    for (const document::Member& member : claims)
        answer.append(member.name, member.value);
    const std::string* const subject = findText(claims, "sub");
    const User* const user = subject == nullptr ? nullptr : findSubject(realm.settings, *subject);
    const bool isClient = subject != nullptr && realm.settings.findClient(*subject) != nullptr;
    if (user == nullptr ? !isClient : !user->enabled)
        return inactive;
    if (user != nullptr)
        answer.set("username", user->username);
    answer.set("token_type", "Bearer");
    return answer;
}

/// Other clients learn nothing of it (RFC 7662 §4).
Object describeRefreshToken(const Call& call, const Client& client, const RefreshToken& token)
{
    const Authorization* const authorization = call.realm.store.authorizations.find(token.authorization);
    if (token.used || token.expires <= call.now || authorization == nullptr || authorization->revoked ||
        authorization->client != client.id)
        return inactive;
    const User* const user = call.realm.settings.findUser(authorization->user);
    if (user == nullptr || !user->enabled)
        return inactive;
    return {{"active", true},
            {"scope", joinScopes(authorization->scopes)},
            {"client_id", authorization->client},
            {"username", user->username},
            {"sub", subjectOf(call.realm.settings, *user)},
            {"iss", call.realm.url},
            {"exp", token.expires},
            {"token_type", "refresh_token"}};
}

Result<Object> introspect(Call& call)
{
    CLAIMSMITH_CHECK(checkForm(call));
    CLAIMSMITH_TRY(const Client* client, authenticateConfidentialClient(call));
    CLAIMSMITH_TRY(const std::string token, required(call, "token"));
    // token_type_hint may be ignored: both kinds are told apart by looking (RFC 7662 §2.1).
    if (const RefreshToken* const refresh = call.realm.store.refreshTokens.find(token))
        return describeRefreshToken(call, *client, *refresh);
    const auto claims = readAccessToken(call.realm, token);
    return claims ? describeAccessToken(call.realm, *claims) : inactive;
}

} // namespace

/// RFC 7662 §2.
http::Response introspectionEndpoint(Call& call)
{
    const auto answer = introspect(call);
    return answer ? jsonAnswer(200, *answer) : errorAnswer(call, answer.error());
}

} // namespace claimsmith::identity
