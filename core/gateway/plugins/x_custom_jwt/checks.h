// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace claimsmith::gateway::xcustomjwt {

/// Ids of the plugin's checks, in its order.
inline constexpr std::string_view credentialFound = "x-custom-jwt.credential-found"; ///< found: "bearer", "basic"…
inline constexpr std::string_view clientId = "x-custom-jwt.client-id";
inline constexpr std::string_view consumerKnown = "x-custom-jwt.consumer";
inline constexpr std::string_view keyUsable = "x-custom-jwt.key"; ///< found: the algorithm, or what is wrong

inline constexpr std::string_view all[] = {credentialFound, clientId, consumerKnown, keyUsable};

/// One for each claim of the new token, in its order, behind the checks: where the claim comes from. found: its value
/// as JSON; pointer: of the setting or entity behind it. Parameters: "claim"; "origin", one of the names below;
/// "source": what it was there (the claim of the incoming token, the field of the consumer or setting), when that has a
/// name.
inline constexpr std::string_view claim = "x-custom-jwt.claim";

/// Where a claim of the new token comes from.
inline constexpr std::string_view copied = "copied";             ///< the same claim of the incoming token
inline constexpr std::string_view renamed = "renamed";           ///< another claim of the incoming token
inline constexpr std::string_view extended = "extended";         ///< copied, with a member from the consumer
inline constexpr std::string_view fromConsumer = "consumer";     ///< a field of the consumer
inline constexpr std::string_view fromCredential = "credential"; ///< user name, API key, certificate subject
inline constexpr std::string_view fromService = "service";       ///< put together from the service's fields
inline constexpr std::string_view constant = "constant";         ///< a setting of the plugin
inline constexpr std::string_view fromClock = "clock";           ///< the gateway's time
inline constexpr std::string_view random = "random";             ///< made for this token

} // namespace claimsmith::gateway::xcustomjwt
