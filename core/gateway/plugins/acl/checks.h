// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace claimsmith::gateway::acl {

/// Ids of the plugin's checks, in its order.
inline constexpr std::string_view somebody = "acl.somebody"; ///< found: whose groups count; "problem": no-consumer
inline constexpr std::string_view groups =
    "acl.groups"; ///< found: the groups; expected: the list; parameters "mode": allow, deny; "group": the one that was
                  ///< hit, "own": the first one

inline constexpr std::string_view all[] = {somebody, groups};

/// Note on where Kong and caution part, for Finding::quirk: what the client claims goes on to the upstream.
inline constexpr std::string_view claimedGroups = "acl.quirk.claimed-groups";

} // namespace claimsmith::gateway::acl
