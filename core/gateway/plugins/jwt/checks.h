// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace claimsmith::gateway::jwt {

/// Ids of the plugin's checks, in its order (kong-plugins.md B1.4). The plugin writes them into findings; explain() and
/// the desktop's sentences go by them.
inline constexpr std::string_view tokenFound = "jwt.token-found";
inline constexpr std::string_view singleToken = "jwt.single-token";
inline constexpr std::string_view tokenIsText = "jwt.token-is-text";
inline constexpr std::string_view decodes = "jwt.decodes"; ///< parameter "part": header, payload, signature
inline constexpr std::string_view algorithmKnown = "jwt.algorithm-known";
inline constexpr std::string_view keyClaim =
    "jwt.key-claim"; ///< parameters "claim", "problem": absent, empty, not-text
inline constexpr std::string_view credentialFound = "jwt.credential-found"; ///< parameters "claim", "key"
inline constexpr std::string_view algorithmFits = "jwt.algorithm-fits";
inline constexpr std::string_view keyUsable = "jwt.key-usable"; ///< parameter "problem": absent, not-base64, unreadable
inline constexpr std::string_view signatureValid = "jwt.signature-valid";
inline constexpr std::string_view expiration = "jwt.exp"; ///< parameters "now", "problem": not-a-number, past
inline constexpr std::string_view notBefore = "jwt.nbf";  ///< parameters "now", "problem": not-a-number, future
inline constexpr std::string_view maximumExpiration =
    "jwt.maximum-expiration"; ///< parameters "now", "exp", "problem": absent, too-long

inline constexpr std::string_view all[] = {tokenFound, singleToken,     tokenIsText,      decodes,   algorithmKnown,
                                           keyClaim,   credentialFound, algorithmFits,    keyUsable, signatureValid,
                                           expiration, notBefore,       maximumExpiration};

/// Notes on where Kong and the standards part, for Finding::quirk.
inline constexpr std::string_view unknownCritical = "jwt.quirk.crit-ignored";     ///< RFC 7515 §4.1.11
inline constexpr std::string_view plainPayload = "jwt.quirk.b64-ignored";         ///< RFC 7797 §7
inline constexpr std::string_view laxEncoding = "jwt.quirk.base64-not-canonical"; ///< RFC 7515 §2
inline constexpr std::string_view repeatedMember = "jwt.quirk.repeated-member";   ///< RFC 7515 §4, RFC 7519 §4
inline constexpr std::string_view answers500 = "jwt.quirk.answers-500";           ///< 401 would be the answer
inline constexpr std::string_view curveIgnored = "jwt.quirk.curve-ignored";       ///< RFC 7518 §3.4

} // namespace claimsmith::gateway::jwt
