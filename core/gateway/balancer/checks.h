// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace claimsmith::gateway::balancer {

/// One finding for each try: failed when it did not lead to an answer, or when no target was usable (then `found` is
/// empty). expected: the upstream; found: the target; parameters "algorithm", "source" (what was hashed), "value".
inline constexpr std::string_view target = "upstream.target";

} // namespace claimsmith::gateway::balancer
