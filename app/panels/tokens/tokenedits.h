// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "panels/tokens/tokendocument.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace claimsmith::app {

// What buttons and menus do to a token, as changes of its state; `now` is in seconds since 1970. Signing is the
// document's.

/// How long a token lives when nothing else is asked for, in seconds.
inline constexpr std::int64_t usualLife = 600;

/// A claim with a value to begin with: times from now, a new id for jti, an empty text for others.
void addClaim(TokenState& state, const std::string& name, std::int64_t now);
void removeClaim(TokenState& state, std::string_view name);
/// Does nothing when the new name is empty or taken.
void renameClaim(TokenState& state, const std::string& name, const std::string& newName);
/// Sets a claim to JSON; relative times follow.
void changeClaim(TokenState& state, std::string_view name, std::string_view json);

/// Issued now, expires so many seconds later; not above 0: expired a minute ago, after the usual life.
void setLifetime(TokenState& state, std::int64_t seconds, std::int64_t now);

/// Turns relative times that were typed as texts ("now+10m") into times that follow the moment of signing.
void takeRelativeTimes(TokenState& state, std::int64_t now);

/// Whether the payload is signed as it is (RFC 7797). Such a payload seldom fits between the dots of a compact token,
/// so it is left out of one.
void setUnencoded(TokenState& state, bool unencoded);

/// Takes the signature away and says so in the header (RFC 7519 §6).
void makeUnsecured(TokenState& state);

/// Corrects what times are most often by mistake: milliseconds and numbers within quotes.
void correctTime(TokenState& state, const std::string& claim);

/// The text as a JSON string.
std::string jsonString(std::string_view text);

} // namespace claimsmith::app
