// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/query.h"
#include "identity/answers.h"
#include "identity/authorization/logout.h"
#include "identity/endpoints/endpoints.h"
#include "identity/interaction.h"
#include "identity/oautherror.h"
#include "identity/pages/pages.h"
#include "identity/tokens.h"

#include <algorithm>

namespace claimsmith::identity {
namespace {

/// Who asks to sign out, and where to go then.
struct LogoutRequest
{
    std::string subject = {}; ///< of the hint; empty: none
    std::string session = {}; ///< "sid" of the hint; empty: none
    std::string target = {};  ///< with the state; empty: nowhere
};

Result<std::string> target(const Call& call, std::string_view clientId)
{
    const std::string* const uri = call.parameters.find("post_logout_redirect_uri");
    if (uri == nullptr)
        return std::string();
    const Client* const client = call.realm.settings.findClient(clientId);
    const bool isRegistered = client != nullptr && std::ranges::find(client->postLogoutRedirectUris, *uri) !=
                                                       client->postLogoutRedirectUris.end();
    if (!isRegistered)
        return refusal(OAuthErrorCode::LogoutUriUnregistered);
    const std::string* const state = call.parameters.find("state");
    if (state == nullptr)
        return *uri;
    return *uri + (uri->find('?') == std::string::npos ? '?' : '&') + "state=" + http::percentEncode(*state);
}

Result<LogoutRequest> readRequest(Call& call)
{
    LogoutRequest request;
    const std::string repeated = call.parameters.repeated();
    if (!repeated.empty())
        return refusal(OAuthErrorCode::RepeatedParameter, repeated);
    std::string client(call.parameters.value("client_id"));
    if (const std::string* const hint = call.parameters.find("id_token_hint")) {
        CLAIMSMITH_TRY(const document::Object claims, readIdToken(call.realm, *hint));
        const std::string* const owner = findText(claims, "azp");
        const std::string* const subject = findText(claims, "sub");
        if (owner == nullptr || subject == nullptr || (!client.empty() && client != *owner))
            return refusal(OAuthErrorCode::HintInvalid);
        client = *owner;
        request.subject = *subject;
        const std::string* const session = findText(claims, "sid");
        request.session = session == nullptr ? std::string() : *session;
    }
    call.log.client = client;
    CLAIMSMITH_TRY(request.target, target(call, client));
    return request;
}

} // namespace

/// OpenID Connect RP-Initiated Logout §2. Without a hint that names the user of this browser a person is asked: a link
/// alone signs nobody out.
http::Response endSessionEndpoint(Call& call)
{
    auto request = readRequest(call);
    if (!request)
        return errorPage(call, request.error());
    const Session* const session = findSession(call);
    if (session == nullptr)
        return signOut(call, request->target);
    const User* const user = call.realm.settings.findUser(session->user);
    const bool isOfSession = request->session.empty() || request->session == session->id;
    if (isOfSession && subjectOf(call.realm.settings, *user) == request->subject)
        return signOut(call, request->target);
    const ShownInteraction shown = show(call, {.kind = Interaction::Kind::Logout, .logoutUri = request->target});
    return withBrowser(call, logoutPage(shown, session->user), shown);
}

} // namespace claimsmith::identity
