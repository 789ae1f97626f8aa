// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/plugins/authorization.h"
#include "identity/answers.h"
#include "identity/endpoints/endpoints.h"
#include "identity/oautherror.h"
#include "identity/scopes.h"
#include "identity/tokens.h"

namespace claimsmith::identity {
namespace {

/// The token of the header or of a form (RFC 6750 §2.1, §2.2).
Result<std::string> bearerToken(const Call& call)
{
    const auto header = call.request.head.headers.find("authorization");
    const std::string* const field = call.isPost() ? call.parameters.find("access_token") : nullptr;
    if (header && field != nullptr)
        return refusal(OAuthErrorCode::TokenTwice);
    if (field != nullptr) {
        CLAIMSMITH_CHECK(checkForm(call));
        return *field;
    }
    const auto token = header ? gateway::afterScheme(*header, "bearer") : std::nullopt;
    if (!token)
        return refusal(OAuthErrorCode::TokenMissing);
    return std::string(*token);
}

Result<document::Object> userInfo(Call& call)
{
    CLAIMSMITH_TRY(const std::string token, bearerToken(call));
    CLAIMSMITH_TRY(const document::Object claims, readAccessToken(call.realm, token));
    const std::string* const id = findText(claims, "client_id");
    const Client* const client = id == nullptr ? nullptr : call.realm.settings.findClient(*id);
    const std::string* const subject = findText(claims, "sub");
    const User* const user = subject == nullptr ? nullptr : findSubject(call.realm.settings, *subject);
    const std::string* const scope = findText(claims, "scope");
    Authorization authorization;
    authorization.scopes = splitScopes(scope == nullptr ? std::string_view() : std::string_view(*scope));
    if (!hasScope(authorization.scopes, "openid"))
        return refusal(OAuthErrorCode::InsufficientScope);
    if (client == nullptr || user == nullptr || !user->enabled)
        return refusal(OAuthErrorCode::TokenInvalid);
    call.log.client = client->id;
    call.log.user = user->username;
    document::Object answer = claimsFor(call.realm, TokenKind::UserInfo, authorization, *client, user, call.now);
    if (call.realm.has(Fault::OtherSubject))
        answer.set("sub", "00000000-0000-4000-8000-000000000000");
    return answer;
}

} // namespace

/// OpenID Connect Core §5.3.
http::Response userInfoEndpoint(Call& call)
{
    const auto answer = userInfo(call);
    return answer ? jsonAnswer(200, *answer) : bearerErrorAnswer(call, answer.error());
}

} // namespace claimsmith::identity
