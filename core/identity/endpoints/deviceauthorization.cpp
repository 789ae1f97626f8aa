// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/answers.h"
#include "identity/authorization/device.h"
#include "identity/clientauthentication.h"
#include "identity/endpoints/endpoints.h"
#include "identity/oautherror.h"
#include "identity/scopes.h"

namespace claimsmith::identity {
namespace {

constexpr std::int64_t interval = 5; ///< seconds (RFC 8628 §3.2)

Result<document::Object> authorizeDevice(Call& call)
{
    CLAIMSMITH_CHECK(checkForm(call));
    CLAIMSMITH_TRY(const Client* client, authenticateClient(call));
    if (!client->has(GrantType::DeviceCode))
        return refusal(OAuthErrorCode::GrantNotAllowed);
    static const User anybody{.username = {}};
    CLAIMSMITH_TRY(const std::vector<std::string> scopes,
                   grantScopes(call.realm, *client, &anybody, call.parameters.find("scope")));
    const std::int64_t lifetime = call.realm.settings.lifetimes.deviceCode;
    const std::string deviceCode = makeOpaqueToken();
    const std::string userCode = makeUserCode();
    call.realm.store.devices.add(deviceCode, {.client = client->id,
                                              .userCode = userCode,
                                              .scopes = scopes,
                                              .expires = call.now + lifetime,
                                              .interval = interval});
    const std::string page = call.realm.url + "/device";
    return document::Object{{"device_code", deviceCode}, {"user_code", userCode},
                            {"verification_uri", page},  {"verification_uri_complete", page + "?user_code=" + userCode},
                            {"expires_in", lifetime},    {"interval", interval}};
}

} // namespace

/// RFC 8628 §3.1.
http::Response deviceAuthorizationEndpoint(Call& call)
{
    const auto answer = authorizeDevice(call);
    if (!answer)
        return errorAnswer(call, answer.error());
    call.log.event = "device-started";
    return jsonAnswer(200, *answer);
}

} // namespace claimsmith::identity
