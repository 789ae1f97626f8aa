// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "identity/call.h"

namespace claimsmith::identity {

/// Client and redirect URI of an authorization request: what has to be right before an answer may be sent anywhere
/// (RFC 6749 §4.1.2.1). Fails with what a person has to read: MissingParameter, ClientUnknown, RedirectUriMissing,
/// RedirectUriUnregistered, RepeatedParameter, GrantNotAllowed.
Result<AuthorizationRequest> readAuthorizationTarget(const Call& call);

/// The rest of it (RFC 6749 §4.1.1, RFC 7636 §4.3, OpenID Connect Core §3.1.2.1). Fails with what the client is told.
/// `request` keeps what was read so far: state and response mode, which an error answer needs, come first.
Result<void> readAuthorizationRequest(const Call& call, AuthorizationRequest& request);

} // namespace claimsmith::identity
