// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "identity/call.h"

namespace claimsmith::identity {

/// Grants of the token endpoint, each in a file of its name. The client is authenticated and may use the grant; each
/// gives back the members of the answer.
using GrantHandler = Result<document::Object> (*)(Call& call, const Client& client);

Result<document::Object> clientCredentialsGrant(Call& call, const Client& client);
Result<document::Object> passwordGrant(Call& call, const Client& client);
Result<document::Object> authorizationCodeGrant(Call& call, const Client& client);
Result<document::Object> refreshTokenGrant(Call& call, const Client& client);
Result<document::Object> deviceCodeGrant(Call& call, const Client& client);
Result<document::Object> tokenExchangeGrant(Call& call, const Client& client);
Result<document::Object> jwtBearerGrant(Call& call, const Client& client);

/// The user whose password this is: UserUnknown, UserWithoutPassword, WrongPassword, UserDisabled. Notes a name
/// that is known in the log.
Result<const User*> authenticateUser(Call& call, std::string_view username, std::string_view password);

} // namespace claimsmith::identity
