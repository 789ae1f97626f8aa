// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "identity/claims.h"
#include "identity/realm.h"

#include <cstdint>
#include <string>
#include <vector>

namespace claimsmith::identity {

/// The time that tokens are dated with: `now`, unless a fault moves the clock.
std::int64_t datingTime(const Realm& realm, std::int64_t now) noexcept;

/// The key that signs now: of the ring, or the stray one. The error of its making.
Result<jose::Key> signingKey(Realm& realm);

/// Signs the claims, after the faults that are on have spoilt them. SigningFailed, the cause says why.
Result<std::string> signToken(Realm& realm, TokenKind kind, document::Object claims);

/// What the JWKS shows, faults included.
Result<std::vector<jose::Key>> publishedKeys(Realm& realm);

} // namespace claimsmith::identity
