// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/message.h"
#include "identity/interaction.h"
#include "identity/realm.h"

#include <string_view>
#include <utility>
#include <vector>

namespace claimsmith::identity {

/// The provider's pages. All arguments are plain text and are escaped here.

http::Response loginPage(const Realm& realm, const ShownInteraction& shown, std::string_view clientName,
                         std::string_view username, std::string_view problem);
http::Response consentPage(const ShownInteraction& shown, std::string_view clientName, std::string_view username,
                           const std::vector<std::string>& scopes);
/// Asks for the code that a device shows (RFC 8628 §3.3).
http::Response deviceCodePage(const ShownInteraction& shown, std::string_view userCode, std::string_view problem);
http::Response logoutPage(const ShownInteraction& shown, std::string_view username);
/// Something to read and nothing to do.
http::Response messagePage(int status, std::string_view title, std::string_view text);
/// Hands an authorization answer over by form (OAuth 2.0 Form Post Response Mode): without a script a person presses
/// its button.
http::Response formPostPage(std::string_view redirectUri,
                            const std::vector<std::pair<std::string, std::string>>& fields);

} // namespace claimsmith::identity
