// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/value.h"
#include "identity/realm.h"

#include <cstdint>

namespace claimsmith::identity {

enum class TokenKind { Access, Id, UserInfo };

/// The text of a claim; null when it is absent or no text. Valid as long as the claims.
const std::string* findText(const document::Object& claims, std::string_view name) noexcept;

/// The claims of a token or of the user info for this authorization, at this time: those of the protocol, then those
/// that the granted scopes open of what is configured for the user, then what the client's settings and the
/// authorization add (access tokens). Nothing configured replaces a claim of the protocol. `user` is null for a client
/// that acts for itself. Without what depends on the other token (at_hash, jti).
document::Object claimsFor(const Realm& realm, TokenKind kind, const Authorization& authorization, const Client& client,
                           const User* user, std::int64_t now);

} // namespace claimsmith::identity
