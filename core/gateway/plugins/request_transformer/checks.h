// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace claimsmith::gateway::requesttransformer {

/// Ids of what request-transformer and request-transformer-advanced write into a trace, once for each entry that does
/// something.
inline constexpr std::string_view templateRendered =
    "request-transformer.template"; ///< expected: the template; found: what it gave, or Lua's message
inline constexpr std::string_view methodSet = "request-transformer.method";
inline constexpr std::string_view pathSet = "request-transformer.path"; ///< expected: what Kong asks of a path
inline constexpr std::string_view bodyReadable = "request-transformer.body";

} // namespace claimsmith::gateway::requesttransformer
