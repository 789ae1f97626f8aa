// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "identity/call.h"

namespace claimsmith::identity {

/// The client that the request proves to come from, in exactly one of the ways that it may use (RFC 6749 §2.3, OpenID
/// Connect Core §9, RFC 7523 §2.2); a public client only names itself. Notes the client in the log. The errors are
/// those of client authentication. Valid as long as the settings.
Result<const Client*> authenticateClient(Call& call);

/// The same, without public clients: ClientIsPublic.
Result<const Client*> authenticateConfidentialClient(Call& call);

} // namespace claimsmith::identity
