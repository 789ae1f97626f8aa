// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace claimsmith::gateway::hmacauth {

/// Ids of the plugin's checks, in its order (kong-plugins.md B4). No finding has a secret or a right signature.
inline constexpr std::string_view headerFound = "hmac-auth.header-found";
inline constexpr std::string_view dateNear =
    "hmac-auth.date"; ///< found: the date; expected: seconds allowed; parameters "problem": absent, unreadable, far;
                      ///< "distance": seconds after the gateway's clock; "header"
inline constexpr std::string_view headerReads = "hmac-auth.header-reads";     ///< found: the scheme
inline constexpr std::string_view headersSigned = "hmac-auth.headers-signed"; ///< found: the first that is not
inline constexpr std::string_view algorithmAllowed = "hmac-auth.algorithm";   ///< found: the algorithm
inline constexpr std::string_view userKnown = "hmac-auth.user-known";         ///< found: the user name
inline constexpr std::string_view signatureMatches = "hmac-auth.signature";   ///< parameters "user", "signed": the text
inline constexpr std::string_view digestMatches =
    "hmac-auth.digest"; ///< expected: the right Digest; found: the sent one

inline constexpr std::string_view all[] = {headerFound,      dateNear,  headerReads,      headersSigned,
                                           algorithmAllowed, userKnown, signatureMatches, digestMatches};

/// Notes on where Kong and the drafts that it follows part, for Finding::quirk.
inline constexpr std::string_view laxHeader = "hmac-auth.quirk.lax-header";
inline constexpr std::string_view fixedOrder = "hmac-auth.quirk.fixed-order";
inline constexpr std::string_view largeBody = "hmac-auth.quirk.large-body";
inline constexpr std::string_view unsignedDigest = "hmac-auth.quirk.unsigned-digest";

} // namespace claimsmith::gateway::hmacauth
