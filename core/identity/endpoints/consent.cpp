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

http::Response answerDevice(Call& call, const std::string& userCode, const Session& session, bool isAllowed)
{
    DeviceAuthorization* const device = findDevice(call, userCode);
    if (device == nullptr)
        return errorPage(call, refusal(OAuthErrorCode::UserCodeUnknown));
    call.log.client = device->client;
    device->state = isAllowed ? DeviceAuthorization::State::Approved : DeviceAuthorization::State::Denied;
    device->user = session.user;
    device->authenticated = session.authenticated;
    device->session = session.id;
    device->scopes = scopesFor(call.realm, device->scopes, session.user);
    call.log.event = isAllowed ? "device-approved" : "device-refused";
    return messagePage(200, isAllowed ? "Device connected" : "Device refused", "You may go back to your device.");
}

} // namespace

/// The consent page's form. Only one decision lets anything through.
http::Response consentEndpoint(Call& call)
{
    const auto form = answered(call, Interaction::Kind::Consent);
    if (!form)
        return errorPage(call, form.error());
    const Interaction interaction = *form->interaction;
    call.realm.store.interactions.remove(form->id);
    const Session* const session = findSession(call);
    if (session == nullptr)
        return errorPage(call, refusal(OAuthErrorCode::InteractionUnknown));
    const bool isAllowed = call.parameters.value("decision") == "allow";
    call.log.user = session->user;
    call.log.client = interaction.request.client;
    if (!interaction.userCode.empty())
        return answerDevice(call, interaction.userCode, *session, isAllowed);
    if (!isAllowed)
        return refuseClient(call, interaction.request, refusal(OAuthErrorCode::UserRefused));
    noteConsent(call.realm, interaction.request.client, session->user, interaction.request.scopes);
    return grantCode(call, interaction.request, *session);
}

} // namespace claimsmith::identity
