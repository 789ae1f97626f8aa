// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/authorization/device.h"
#include "identity/authorization/flow.h"
#include "identity/endpoints/endpoints.h"
#include "identity/grants/grants.h"
#include "identity/interaction.h"
#include "identity/oautherror.h"
#include "identity/pages/pages.h"

namespace claimsmith::identity {
namespace {

http::Response askAgain(Call& call, const Answered& form, const Error& error)
{
    http::Response again = errorPage(call, error); // for the log
    const std::string username(call.parameters.value("username"));
    const std::string client = clientName(call.realm, form.interaction->request.client);
    const ShownInteraction shown = showAgain(call, form.id, *form.interaction);
    std::string problem(info(OAuthErrorCode::WrongPassword).description);
    problem.front() = 'T';
    return withBrowser(call, loginPage(call.realm, shown, client, username, problem + '.'), shown);
}

} // namespace

/// The login page's form.
http::Response loginEndpoint(Call& call)
{
    const auto form = answered(call, Interaction::Kind::Login);
    if (!form)
        return errorPage(call, form.error());
    call.log.client = form->interaction->request.client;
    const auto user = authenticateUser(call, call.parameters.value("username"), call.parameters.value("password"));
    if (!user)
        return askAgain(call, *form, user.error());
    const Interaction interaction = *form->interaction;
    call.realm.store.interactions.remove(form->id);
    const std::string cookie = startSession(call, **user);
    const Session session = *call.realm.store.sessions.find(cookie);
    http::Response response = interaction.userCode.empty() ? proceedAs(call, interaction.request, session, cookie)
                                                           : askForDevice(call, interaction.userCode, session, cookie);
    if (call.log.error.empty())
        call.log.event = "signed-in";
    setSessionCookie(call, response, cookie);
    return response;
}

} // namespace claimsmith::identity
