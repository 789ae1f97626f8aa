// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"

#include <optional>
#include <string_view>

namespace claimsmith::http {

/// An HTTP-date in any of its three forms (RFC 9110 §5.6.7); nothing when it is none. The name of the day is not
/// compared with the date.
std::optional<TimePoint> parseHttpDate(std::string_view text) noexcept;

} // namespace claimsmith::http
