// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace claimsmith::gateway::mtlsauth {

/// Ids of the plugin's checks, in its order.
inline constexpr std::string_view certificateSent = "mtls-auth.certificate-sent"; ///< parameter "tls": true, false
inline constexpr std::string_view trusted = "mtls-auth.trusted"; ///< found: subject; parameters "problem": untrusted,
                                                                 ///< expired, not-yet-valid; "reason"; "distance"
inline constexpr std::string_view notRevoked = "mtls-auth.not-revoked"; ///< expected: the mode; nobody is asked here
inline constexpr std::string_view consumerFound =
    "mtls-auth.consumer-found"; ///< found: names; expected: fields compared

inline constexpr std::string_view all[] = {certificateSent, trusted, notRevoked, consumerFound};

} // namespace claimsmith::gateway::mtlsauth
