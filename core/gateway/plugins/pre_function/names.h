// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace claimsmith::gateway::functions {

/// The first chain such as "kong.cache" or "ngx.socket.tcp" in a text of Lua that leads to nothing the API has. What is
/// reached in other ways ("local k = kong") is found when it runs.
std::optional<std::string> findUnknownName(std::string_view source);

} // namespace claimsmith::gateway::functions
