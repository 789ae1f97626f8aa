// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/message.h"
#include "identity/call.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace claimsmith::identity {

/// Goes on with a request that is in order: asks to sign in, asks for consent, or answers the client (OpenID Connect
/// Core §3.1.2.3-5).
http::Response proceed(Call& call, const AuthorizationRequest& request);
/// The same for a user who has just signed in: that is not asked for again.
/// `browser` is the session's name, which this answer makes the cookie's value.
http::Response proceedAs(Call& call, AuthorizationRequest request, const Session& session, const std::string& browser);
/// The client's code for what the user has agreed to.
http::Response grantCode(Call& call, const AuthorizationRequest& request, const Session& session);

/// The answer to the client in the mode that it asked for, with state and iss (RFC 9207).
http::Response answerClient(Call& call, const AuthorizationRequest& request,
                            std::vector<std::pair<std::string, std::string>> fields);
/// An error for the client (RFC 6749 §4.1.2.1), noted in the log.
http::Response refuseClient(Call& call, const AuthorizationRequest& request, const Error& error);

/// A redirect that turns a POST into a GET (RFC 9700 §4.12).
http::Response redirectTo(std::string_view uri, const std::vector<std::pair<std::string, std::string>>& fields,
                          char separator);

/// The name that people know a client by.
std::string clientName(const Realm& realm, std::string_view client);

/// What the user is still to be asked for; notes what was agreed to.
bool hasConsented(const Realm& realm, std::string_view client, std::string_view user,
                  const std::vector<std::string>& scopes);
void noteConsent(Realm& realm, std::string_view client, std::string_view user, const std::vector<std::string>& scopes);

/// Scopes of the request that this user can have.
std::vector<std::string> scopesFor(const Realm& realm, const std::vector<std::string>& scopes,
                                   std::string_view username);

} // namespace claimsmith::identity
