// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/authorization/device.h"
#include "identity/authorization/flow.h"
#include "identity/endpoints/endpoints.h"
#include "identity/interaction.h"
#include "identity/oautherror.h"
#include "identity/pages/pages.h"

namespace claimsmith::identity {
namespace {

http::Response askForCode(Call& call)
{
    const ShownInteraction shown = show(call, {.kind = Interaction::Kind::Device});
    return withBrowser(call, deviceCodePage(shown, call.parameters.value("user_code"), {}), shown);
}

http::Response askAgain(Call& call, const Answered& form)
{
    const Error error = refusal(OAuthErrorCode::UserCodeUnknown);
    const http::Response unused = errorPage(call, error); // for the log
    const ShownInteraction shown = showAgain(call, form.id, *form.interaction);
    return withBrowser(
        call, deviceCodePage(shown, call.parameters.value("user_code"), "There is no such code, or it has expired."),
        shown);
}

} // namespace

/// RFC 8628 §3.3. The code is always confirmed by a form and a question: a link alone connects no device (§5.4).
http::Response devicePageEndpoint(Call& call)
{
    if (!call.isPost())
        return askForCode(call);
    const auto form = answered(call, Interaction::Kind::Device);
    if (!form)
        return errorPage(call, form.error());
    const DeviceAuthorization* const device = findDevice(call, call.parameters.value("user_code"));
    if (device == nullptr)
        return askAgain(call, *form);
    call.log.client = device->client;
    call.realm.store.interactions.remove(form->id);
    if (const Session* const session = findSession(call))
        return askForDevice(call, device->userCode, *session, {});
    Interaction login{.kind = Interaction::Kind::Login, .userCode = device->userCode};
    login.request.client = device->client;
    const ShownInteraction shown = show(call, std::move(login));
    call.log.event = "login-page";
    return withBrowser(call, loginPage(call.realm, shown, clientName(call.realm, device->client), {}, {}), shown);
}

} // namespace claimsmith::identity
