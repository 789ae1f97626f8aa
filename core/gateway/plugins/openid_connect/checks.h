// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace claimsmith::gateway::openidconnect {

/// Ids of the plugin's checks, in its order.
inline constexpr std::string_view credentialFound =
    "openid-connect.credential-found"; ///< found: what and where; expected: where it was looked for; parameter
                                       ///< "method"
inline constexpr std::string_view providerKnown =
    "openid-connect.provider-known"; ///< found: issuer; expected: URL of discovery; parameters "problem", "keys"
inline constexpr std::string_view providerAnswered =
    "openid-connect.provider-answered"; ///< found: status; expected: URL; parameters "endpoint", "problem", "error"
inline constexpr std::string_view loginValid =
    "openid-connect.login-valid"; ///< of a browser that comes back; parameter "problem": state, error, no-code
inline constexpr std::string_view tokenActive = "openid-connect.token-active"; ///< of an introspected token
inline constexpr std::string_view tokenReadable =
    "openid-connect.token-readable"; ///< parameter "problem": parts, header, payload, signature, crit
inline constexpr std::string_view algorithmKnown = "openid-connect.algorithm-known"; ///< found; parameter "problem":
                                                                                     ///< unknown, none, hs-disabled
inline constexpr std::string_view keyFound =
    "openid-connect.key-found"; ///< found: kid; expected: those of the set; parameter "rediscovered"
inline constexpr std::string_view signatureValid = "openid-connect.signature-valid"; ///< found: algorithm; parameter
                                                                                     ///< "kid"
inline constexpr std::string_view expiration =
    "openid-connect.expiration"; ///< found: exp; parameters "now", "leeway", "problem": type
inline constexpr std::string_view notBefore = "openid-connect.not-before";     ///< the same with nbf
inline constexpr std::string_view issuedAt = "openid-connect.issued-at";       ///< the same with iat
inline constexpr std::string_view issuerKnown = "openid-connect.issuer-known"; ///< found: iss; expected: those taken
inline constexpr std::string_view idTokenForClient =
    "openid-connect.id-token-for-client"; ///< found: aud of an ID token; expected: the client's id
inline constexpr std::string_view nonceFits = "openid-connect.nonce-fits";     ///< of an ID token
inline constexpr std::string_view sessionFits = "openid-connect.session-fits"; ///< found: claim; of jwt_session_cookie
inline constexpr std::string_view loginRecent =
    "openid-connect.login-recent"; ///< found: auth_time; expected: max_age; parameter "now"
inline constexpr std::string_view domainAllowed = "openid-connect.domain-allowed"; ///< found: hd
inline constexpr std::string_view scopesHeld = "openid-connect.scopes-held"; ///< found, expected; parameter "claim";
inline constexpr std::string_view audienceHeld = "openid-connect.audience-held"; ///< so the next three
inline constexpr std::string_view groupsHeld = "openid-connect.groups-held";
inline constexpr std::string_view rolesHeld = "openid-connect.roles-held";
inline constexpr std::string_view claimsAllowed = "openid-connect.claims-allowed"; ///< found: forbidden ones
inline constexpr std::string_view consumerFound =
    "openid-connect.consumer-found"; ///< found: value; expected: fields compared; parameters "claim", "problem":
                                     ///< no-claim, unknown

inline constexpr std::string_view all[] = {
    credentialFound, providerKnown,    providerAnswered, loginValid,  tokenActive,   tokenReadable,
    algorithmKnown,  keyFound,         signatureValid,   expiration,  notBefore,     issuedAt,
    issuerKnown,     idTokenForClient, nonceFits,        sessionFits, loginRecent,   domainAllowed,
    scopesHeld,      audienceHeld,     groupsHeld,       rolesHeld,   claimsAllowed, consumerFound,
};

} // namespace claimsmith::gateway::openidconnect
