// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/authorization/device.h"

#include "base/random.h"
#include "identity/authorization/flow.h"
#include "identity/interaction.h"
#include "identity/oautherror.h"
#include "identity/pages/pages.h"

namespace claimsmith::identity {
namespace {

constexpr std::string_view letters = "BCDFGHJKLMNPQRSTVWXZ"; ///< 20: no vowels, so no words
constexpr std::size_t codeLetters = 8;

/// Upper-case letters alone, as typed: "wdjb-mjht" → "WDJBMJHT".
std::string lettersOf(std::string_view typed)
{
    std::string code;
    for (const char c : typed) {
        if (c >= 'a' && c <= 'z')
            code += static_cast<char>(c - 'a' + 'A');
        else if (c >= 'A' && c <= 'Z')
            code += c;
    }
    return code;
}

} // namespace

DeviceAuthorization* findDevice(Call& call, std::string_view typedCode, std::string* deviceCode)
{
    const std::string wanted = lettersOf(typedCode);
    DeviceAuthorization* found = nullptr;
    call.realm.store.devices.each([&](const std::string& name, DeviceAuthorization& device) {
        const bool isOpen = device.state == DeviceAuthorization::State::Pending && device.expires > call.now;
        if (!isOpen || lettersOf(device.userCode) != wanted)
            return;
        found = &device;
        if (deviceCode != nullptr)
            *deviceCode = name;
    });
    return found;
}

http::Response askForDevice(Call& call, const std::string& userCode, const Session& session, const std::string& browser)
{
    const DeviceAuthorization* const device = findDevice(call, userCode);
    if (device == nullptr)
        return errorPage(call, refusal(OAuthErrorCode::UserCodeUnknown));
    call.log.user = session.user;
    call.log.client = device->client;
    const ShownInteraction shown = show(call, {.kind = Interaction::Kind::Consent, .userCode = userCode}, browser);
    call.log.event = "consent-page";
    return withBrowser(call,
                       consentPage(shown, clientName(call.realm, device->client), session.user,
                                   scopesFor(call.realm, device->scopes, session.user)),
                       shown);
}

std::string makeUserCode()
{
    constexpr unsigned fair = 256 / letters.size() * letters.size(); // values above would favour the first letters
    std::string code;
    while (code.size() < codeLetters) {
        const auto value = static_cast<unsigned char>(randomBytes(1).front());
        if (value < fair)
            code += letters[value % letters.size()];
    }
    return code.insert(codeLetters / 2, 1, '-');
}

} // namespace claimsmith::identity
