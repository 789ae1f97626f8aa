// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "identity/realm.h"

#include <string>
#include <string_view>
#include <vector>

namespace claimsmith::identity {

/// The words of a scope parameter (RFC 6749 §3.3), each once.
std::vector<std::string> splitScopes(std::string_view text);
std::string joinScopes(const std::vector<std::string>& scopes);
bool hasScope(const std::vector<std::string>& scopes, std::string_view scope) noexcept;

/// The scopes that this client may have.
std::vector<std::string> scopesOf(const Realm& realm, const Client& client);

/// What is granted of what was asked for. Without a question: all that the client may have, but for offline_access, and
/// without a user also openid. ScopeUnknown, ScopeNotAllowed. Scopes that the user is not entitled to are left out, as
/// the standard permits; the answer names what is left.
Result<std::vector<std::string>> grantScopes(const Realm& realm, const Client& client, const User* user,
                                             const std::string* asked);

/// The scopes asked for when each of them was granted before, all of them when nothing is asked; else ScopeBeyondGrant.
Result<std::vector<std::string>> narrowScopes(const std::vector<std::string>& granted, const std::string* asked);

} // namespace claimsmith::identity
