// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/message.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace claimsmith::gateway {

/// The header lines that Kong finds by a name: those of that name, else those of its lower-case form with "-" for "_"
/// (kong-plugins.md A4). Views into `headers`.
std::vector<std::string_view> findHeaderLines(const http::HeaderMap& headers, std::string_view name);
/// The first of them.
std::optional<std::string_view> findHeaderLine(const http::HeaderMap& headers, std::string_view name);

} // namespace claimsmith::gateway
