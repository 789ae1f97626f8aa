// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string_view>

/// What an open-source Kong 3.9.1 brings along and tells of, whether or not this gateway runs it.
namespace claimsmith::gateway::admin {

/// Its plugins by name. A document that uses one that this gateway does not run is refused all the same.
std::span<const std::string_view> bundledPlugins() noexcept;
/// Paths that its plugins add to the Admin API, beside those that this gateway serves.
std::span<const std::string_view> otherEndpoints() noexcept;

} // namespace claimsmith::gateway::admin
