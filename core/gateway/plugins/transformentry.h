// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace claimsmith::gateway {

/// One "name:value" of a transforming plugin.
struct TransformEntry
{
    std::string name;
    std::optional<std::string> value; ///< nothing when there is no text behind the colon
};

/// As Kong splits them: at the first colon, and at the ones that follow it directly; the value may hold further ones
/// (kong-plugins.md F1.1).
TransformEntry parseTransformEntry(std::string_view text);
std::vector<TransformEntry> parseTransformEntries(const std::vector<std::string>& texts);

} // namespace claimsmith::gateway
