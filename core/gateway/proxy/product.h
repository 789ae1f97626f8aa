// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace claimsmith::gateway {

/// How the gateway names itself in Server and Via: as the one it rehearses, because upstreams and tests look at it.
inline constexpr std::string_view productName = "kong/3.9.1";

} // namespace claimsmith::gateway
