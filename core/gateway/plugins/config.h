// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/value.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace claimsmith::gateway {

/// Readers for a plugin's validated configuration: what is null or absent is nothing.

std::optional<std::string> textSetting(const document::Value& config, std::string_view name);
std::vector<std::string> textsSetting(const document::Value& config, std::string_view name);
bool flagSetting(const document::Value& config, std::string_view name);
double numberSetting(const document::Value& config, std::string_view name, double fallback = 0);

} // namespace claimsmith::gateway
