// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/answers.h"
#include "identity/grants/grants.h"
#include "identity/oautherror.h"
#include "identity/tokens.h"

namespace claimsmith::identity {
namespace {

using enum OAuthErrorCode;
using State = DeviceAuthorization::State;

constexpr std::int64_t slowDown = 5; ///< seconds more between questions (RFC 8628 §3.5)

Result<void> checkPending(Call& call, DeviceAuthorization& device)
{
    const bool isEarly = device.lastPoll != 0 && call.now - device.lastPoll < device.interval;
    device.lastPoll = call.now;
    if (!isEarly)
        return refusal(DevicePending);
    device.interval += slowDown;
    return refusal(DeviceSlowDown);
}

Result<void> checkDevice(Call& call, const Client& client, DeviceAuthorization& device)
{
    if (device.client != client.id)
        return refusal(DeviceCodeOfOtherClient);
    if (device.state == State::Used)
        return refusal(DeviceCodeUnknown);
    if (device.expires <= call.now)
        return refusal(DeviceCodeExpired);
    if (device.state == State::Denied)
        return refusal(DeviceDenied);
    return device.state == State::Pending ? checkPending(call, device) : Result<void>();
}

} // namespace

/// RFC 8628 §3.4.
Result<document::Object> deviceCodeGrant(Call& call, const Client& client)
{
    CLAIMSMITH_TRY(const std::string code, required(call, "device_code"));
    DeviceAuthorization* const device = call.realm.store.devices.find(code);
    if (device == nullptr)
        return refusal(DeviceCodeUnknown);
    call.log.user = device->user;
    CLAIMSMITH_CHECK(checkDevice(call, client, *device));
    device->state = State::Used;
    Authorization& authorization = remember(call.realm, {.id = {},
                                                         .client = client.id,
                                                         .user = device->user,
                                                         .scopes = device->scopes,
                                                         .authenticated = device->authenticated,
                                                         .session = device->session});
    CLAIMSMITH_TRY(const IssuedTokens tokens,
                   issueTokens(call.realm, authorization, client.has(GrantType::RefreshToken)));
    return tokenAnswer(tokens);
}

} // namespace claimsmith::identity
