// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "http/message.h"
#include "identity/endpoints/endpoints.h"
#include "identity/realm.h"

#include <string_view>

namespace claimsmith::identity {

/// Keeps pages of other sites out, as the Admin API does: a name that somebody else's DNS points here (Host), and
/// scripts and forms of other sites (Origin, Sec-Fetch-Site). ForeignHost, ForeignOrigin.
Result<void> checkHost(const http::Request& request, std::string_view listenHost, std::string_view publicHost);
Result<void> checkOrigin(const http::Request& request, const Realm& realm, const Endpoint& endpoint);

/// The answer to a preflight request (Fetch §4.8); its grant is added by grantOrigin().
http::Response preflightAnswer(const Endpoint& endpoint);
/// Lets the page that asked read the answer, where the endpoint is for pages.
void grantOrigin(http::Response& response, const http::Request& request, const Endpoint& endpoint);

/// "http://localhost:3000" of a web URI; empty for other schemes.
std::string originOf(std::string_view uri);

} // namespace claimsmith::identity
