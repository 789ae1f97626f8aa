// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace claimsmith::gateway::basicauth {

/// Ids of the plugin's checks, in its order. No finding has a password.
inline constexpr std::string_view headerFound = "basic-auth.header-found"; ///< found: which header
inline constexpr std::string_view headerReads =
    "basic-auth.header-reads"; ///< found: the scheme; parameters "problem": scheme, base64, no-user, repeated; "header"
inline constexpr std::string_view userKnown = "basic-auth.user-known";     ///< found: the user name
inline constexpr std::string_view passwordMatches = "basic-auth.password"; ///< parameter "user"

inline constexpr std::string_view all[] = {headerFound, headerReads, userKnown, passwordMatches};

/// Notes on where Kong and the standards part, for Finding::quirk.
inline constexpr std::string_view laxHeader = "basic-auth.quirk.lax-header";   ///< RFC 7617 §2
inline constexpr std::string_view schemeCase = "basic-auth.quirk.scheme-case"; ///< RFC 9110 §11.1

} // namespace claimsmith::gateway::basicauth
