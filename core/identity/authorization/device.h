// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/message.h"
#include "identity/call.h"

#include <string>
#include <string_view>

namespace claimsmith::identity {

/// The device authorization that this code stands for, as people type it: in either case, with or without the dash.
/// Null when there is none that waits and holds. `*deviceCode` gets its name in the store.
DeviceAuthorization* findDevice(Call& call, std::string_view typedCode, std::string* deviceCode = nullptr);

/// Asks the user of this session whether the device may have access (RFC 8628 §3.3); `browser` is the cookie that the
/// page is bound to.
http::Response askForDevice(Call& call, const std::string& userCode, const Session& session,
                            const std::string& browser);

/// Eight letters that are no word, with a dash in the middle (RFC 8628 §6.1).
std::string makeUserCode();

} // namespace claimsmith::identity
