// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/exchange.h"

#include <string>
#include <vector>

namespace claimsmith::gateway::proxycache {

/// What tells requests apart beside their method and path.
struct KeyRules
{
    std::vector<std::string> queryParameters; ///< empty: all, sorted
    std::vector<std::string> headers;
    bool ignoresCase = false;
};

/// The key of a request, 64 hexadecimal digits, the same as Kong's (kong-plugins.md D6.2). Call it in access(): it
/// reads the request as plugins have changed it by then, and the request line as the client sent it.
std::string keyOf(const Exchange& exchange, const KeyRules& rules);

} // namespace claimsmith::gateway::proxycache
