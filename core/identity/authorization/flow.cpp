// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/authorization/flow.h"

#include "http/query.h"
#include "identity/answers.h"
#include "identity/interaction.h"
#include "identity/oautherror.h"
#include "identity/pages/pages.h"
#include "identity/scopes.h"
#include "identity/tokens.h"

#include <algorithm>

namespace claimsmith::identity {
namespace {

using Fields = std::vector<std::pair<std::string, std::string>>;

std::string consentName(std::string_view client, std::string_view user)
{
    return std::string(client) + '\n' + std::string(user);
}

/// Whether the browser's session is not enough for this request.
bool needsLogin(const Call& call, const AuthorizationRequest& request, const Session* session)
{
    if (session == nullptr || request.prompts.contains("login") || request.prompts.contains("select_account"))
        return true;
    if (request.maximumAge && call.now - session->authenticated > *request.maximumAge)
        return true;
    const User* const user = call.realm.settings.findUser(session->user);
    return !request.hintedSubject.empty() && subjectOf(call.realm.settings, *user) != request.hintedSubject;
}

http::Response askToSignIn(Call& call, const AuthorizationRequest& request)
{
    const ShownInteraction shown = show(call, {.kind = Interaction::Kind::Login, .request = request});
    call.log.event = "login-page";
    return withBrowser(
        call, loginPage(call.realm, shown, clientName(call.realm, request.client), request.loginHint, {}), shown);
}

http::Response askForConsent(Call& call, const AuthorizationRequest& request, const Session& session,
                             const std::string& browser)
{
    const ShownInteraction shown = show(call, {.kind = Interaction::Kind::Consent, .request = request}, browser);
    call.log.event = "consent-page";
    return withBrowser(call, consentPage(shown, clientName(call.realm, request.client), session.user, request.scopes),
                       shown);
}

http::Response goOn(Call& call, AuthorizationRequest request, const Session& session, const std::string& browser)
{
    call.log.user = session.user;
    request.scopes = scopesFor(call.realm, request.scopes, session.user);
    const Client* const client = call.realm.settings.findClient(request.client);
    if (client == nullptr)
        return errorPage(call, refusal(OAuthErrorCode::ClientUnknown));
    const bool isAgreed = !client->consent || hasConsented(call.realm, client->id, session.user, request.scopes);
    if (isAgreed && !request.prompts.contains("consent"))
        return grantCode(call, request, session);
    if (request.prompts.contains("none"))
        return refuseClient(call, request, refusal(OAuthErrorCode::ConsentRequired));
    return askForConsent(call, request, session, browser);
}

} // namespace

std::string clientName(const Realm& realm, std::string_view client)
{
    const Client* const found = realm.settings.findClient(client);
    return found == nullptr || found->name.empty() ? std::string(client) : found->name;
}

bool hasConsented(const Realm& realm, std::string_view client, std::string_view user,
                  const std::vector<std::string>& scopes)
{
    const auto* const known = realm.store.consents.find(consentName(client, user));
    return known != nullptr &&
           std::ranges::all_of(scopes, [known](const std::string& scope) { return hasScope(*known, scope); });
}

void noteConsent(Realm& realm, std::string_view client, std::string_view user, const std::vector<std::string>& scopes)
{
    const std::string name = consentName(client, user);
    std::vector<std::string> all = scopes;
    if (const auto* const known = realm.store.consents.find(name))
        std::ranges::copy_if(*known, std::back_inserter(all),
                             [&scopes](const std::string& scope) { return !hasScope(scopes, scope); });
    realm.store.consents.add(name, std::move(all));
}

std::vector<std::string> scopesFor(const Realm& realm, const std::vector<std::string>& scopes,
                                   std::string_view username)
{
    std::vector<std::string> granted = scopes;
    const User* const user = realm.settings.findUser(username);
    if (user != nullptr && !user->scopes.empty())
        std::erase_if(granted,
                      [user](const std::string& scope) { return scope != "openid" && !hasScope(user->scopes, scope); });
    return granted;
}

http::Response proceed(Call& call, const AuthorizationRequest& request)
{
    const Session* const session = findSession(call);
    if (!needsLogin(call, request, session))
        return goOn(call, request, *session, {});
    if (request.prompts.contains("none"))
        return refuseClient(call, request, refusal(OAuthErrorCode::LoginRequired));
    return askToSignIn(call, request);
}

http::Response proceedAs(Call& call, AuthorizationRequest request, const Session& session, const std::string& browser)
{
    const User* const user = call.realm.settings.findUser(session.user);
    if (!request.hintedSubject.empty() && subjectOf(call.realm.settings, *user) != request.hintedSubject)
        return refuseClient(call, request, refusal(OAuthErrorCode::LoginRequired));
    request.prompts.erase("login");
    request.prompts.erase("select_account");
    request.maximumAge.reset();
    return goOn(call, std::move(request), session, browser);
}

http::Response grantCode(Call& call, const AuthorizationRequest& request, const Session& session)
{
    const Authorization& authorization = remember(call.realm, {.id = {},
                                                               .client = request.client,
                                                               .user = session.user,
                                                               .scopes = request.scopes,
                                                               .nonce = request.nonce,
                                                               .authenticated = session.authenticated,
                                                               .session = session.id});
    std::string code = makeOpaqueToken();
    call.realm.store.codes.add(code, {authorization.id, request.namesRedirectUri ? request.redirectUri : std::string(),
                                      request.challenge, call.now + call.realm.settings.lifetimes.code});
    call.log.event = "code-issued";
    return answerClient(call, request, {{"code", std::move(code)}});
}

http::Response redirectTo(std::string_view uri, const Fields& fields, char separator)
{
    std::string target(uri);
    for (const auto& [name, value] : fields) {
        target += separator;
        target += http::percentEncode(name) + '=' + http::percentEncode(value);
        separator = '&';
    }
    http::Response response = http::Response::make(303, {}, {});
    response.head.headers.set("Location", target);
    response.head.headers.set("Cache-Control", "no-store");
    response.head.headers.set("Referrer-Policy", "no-referrer");
    return response;
}

http::Response answerClient(Call& call, const AuthorizationRequest& request, Fields fields)
{
    if (!request.state.empty())
        fields.emplace_back("state", call.realm.has(Fault::OtherState) ? "other-state" : request.state);
    fields.emplace_back("iss", call.realm.url);
    if (request.responseMode == "form_post")
        return formPostPage(request.redirectUri, fields);
    const char joint = request.redirectUri.find('?') == std::string::npos ? '?' : '&';
    return redirectTo(request.redirectUri, fields, request.responseMode == "fragment" ? '#' : joint);
}

http::Response refuseClient(Call& call, const AuthorizationRequest& request, const Error& error)
{
    note(call.log, error);
    return answerClient(call, request,
                        {{"error", std::string(infoOf(error).error)}, {"error_description", descriptionOf(error)}});
}

} // namespace claimsmith::identity
