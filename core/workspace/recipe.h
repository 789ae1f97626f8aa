// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace claimsmith::workspace {

/// "now", "now+10m", "now-1h30m": seconds from now, or nothing when the text is no such expression. Units are s, m, h,
/// d, w; a number without one counts seconds.
std::optional<std::int64_t> parseRelativeTime(std::string_view text) noexcept;

/// The JSON text with every string that is a relative time replaced by its NumericDate (RFC 7519 §2); all other bytes
/// stay as typed. Fails with the JSON reader's error when the text is not JSON.
Result<std::string> expandRelativeTimes(std::string_view json, std::int64_t now);

} // namespace claimsmith::workspace
