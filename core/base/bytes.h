// SPDX-FileCopyrightText: Claimsmith developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace claimsmith {

/// Octets. A std::string, because most octet strings here (HTTP bodies, token segments, header values) are text half of
/// the time; the alias says that the content need not be text.
using Bytes = std::string;
/// Octets owned by someone else; valid as long as their owner is unchanged.
using BytesView = std::string_view;

} // namespace claimsmith
